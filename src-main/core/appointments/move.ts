import type { CallResult } from '../../contract/calls.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import type { Status } from '../../contract/status.ts';
import { dayOf } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';
import { mayMove, type Stamps, stampsOf } from './appointment.ts';
import type { FoundAppointment } from './found.ts';
import { answerWith } from './view.ts';

/** A refused move, with both names. */
export const refuseMove = (from: Status, to: Status): Result<never> =>
  refuse('move_not_allowed', { from, to });

/**
 * Moves an appointment to another status, with the stamps of that move and what `more` adds; `kind` names the command.
 * A completed visit is opened again on its own day only, by the location's clock.
 */
export const move = (
  desk: Desk,
  session: Session,
  kind: string,
  appointment: FoundAppointment,
  to: Status,
  more: Partial<Stamps> = {},
): CallResult<'appointment'> => {
  const { id, status: from } = appointment;
  if (!mayMove(from, to)) return refuseMove(from, to);
  if (from === 'completed' && !wasToday(desk, appointment)) return refuseMove(from, to);
  writeChange(desk, { kind, actor: session.userId }, (change) =>
    change.update(appointments, id, { status: to, ...stampsOf(appointment, to, desk.now()), ...more }),
  );
  return answerWith(desk, id);
};

const wasToday = (desk: Desk, { completedAt, start, locationId }: FoundAppointment): boolean =>
  isToday(desk, completedAt ?? start, locationId);

/** Whether an instant (ISO 8601 UTC) lies on the day that it now is at a location. */
export const isToday = (desk: Desk, at: string, locationId: string | null): boolean => {
  const zone = zoneOf(desk, locationId);
  return dayOf(Date.parse(at), zone) === dayOf(Date.parse(desk.now()), zone);
};
