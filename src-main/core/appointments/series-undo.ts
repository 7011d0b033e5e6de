import type { ChangeRow } from '../../contract/change.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointmentSeries, appointments } from '../schema/replica/index.ts';
import { stampsOf } from './appointment.ts';
import { restore } from './restore.ts';
import { isOpen, readSeries } from './series-members.ts';
import { readAppointment } from './view.ts';

interface Done {
  rows: readonly ChangeRow[];
}

const seriesOf = (desk: Desk, { rows }: Done) => {
  const id = rows.find(({ table }) => table === 'appointments')?.id;
  return id === undefined ? undefined : readSeries(desk, id);
};

/** Takes a series back that was booked (Ctrl+Z): one action made all of it, so all of it goes that is still to come. */
export const takeBackBookedSeries = (desk: Desk, session: Session, done: Done): Result<unknown> => {
  const found = seriesOf(desk, done);
  if (!found) return refuse('not_undoable', { reason: 'gone' });
  const now = desk.now();
  const open = found.members.filter((member) => isOpen(member, Date.parse(now)));
  if (open.length === 0) return refuse('not_undoable', { reason: 'stands' });
  for (const { id } of open)
    writeChange(desk, { kind: 'undo', actor: session.userId }, (change) =>
      change.update(appointments, id, {
        status: 'cancelled',
        ...stampsOf({ arrivedAt: null, readyAt: null, inRoomAt: null }, 'cancelled', now),
        cancelledBy: session.userId,
      }),
    );
  if (open.length === found.members.length)
    writeChange(desk, { kind: 'undo', actor: session.userId }, (change) =>
      change.update(appointmentSeries, found.row.id, { deletedAt: now }),
    );
  return ok(null);
};

/** Puts those back that one action cancelled (Ctrl+Z); whose time somebody has taken since stays cancelled. */
export const takeBackCancelledSeries = (desk: Desk, session: Session, done: Done): Result<unknown> => {
  const found = seriesOf(desk, done);
  const cancelledAt = found && readAppointment(desk, found.target.id)?.cancelledAt;
  if (!found || !cancelledAt) return refuse('not_undoable', { reason: 'gone' });
  const together = found.members.filter(
    ({ id, status }) => status === 'cancelled' && readAppointment(desk, id)?.cancelledAt === cancelledAt,
  );
  const results = together.map(({ id }) => restore(desk, session, { appointmentId: id }, 'undo'));
  return (
    results.find(({ ok: restored }) => restored) ?? results[0] ?? refuse('not_undoable', { reason: 'gone' })
  );
};
