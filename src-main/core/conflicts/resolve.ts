import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { ChangeRow } from '../../contract/change.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { ConflictChoice } from '../../contract/sync.ts';
import { findFreeTimes } from '../appointments/next-free.ts';
import { findPlace, type Place } from '../appointments/placement.ts';
import { readAppointment } from '../appointments/view.ts';
import { dayOf } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { type RefusalEntry, readRefusal, resolveRefusal } from '../replica/refusals.ts';
import { writeChange } from '../replica/write.ts';
import { visitOf, whyNotAgain } from './again.ts';
import { type AppointmentRow, type Attempt, readAttempt } from './attempt.ts';
import { mayMoveOn } from './list.ts';
import { inOpenDay } from './money.ts';
import { whyNotBy } from './rights.ts';

/**
 * Decides a conflict. Keeping theirs changes nothing more; keeping mine makes the refused changes again on top of
 * what stands now; the next free one makes them again at another time. Each writes a new change, which central
 * may refuse in its turn, in the transaction that marks the entry as decided.
 */
export const resolveConflict = (
  desk: Desk,
  session: Session,
  { changeId, choice, slotId }: ParsedInput<'resolveConflict'>,
): CallResult<'resolveConflict'> => {
  const entry = readRefusal(desk.replica, changeId);
  if (!entry) return refuse('not_found', { what: 'conflict', id: changeId });
  if (entry.resolvedAt !== null) return refuse('already_resolved');
  const attempt = readAttempt(desk, entry);
  const rows = rowsOf(desk, session, entry, attempt, choice, slotId);
  if (!rows.ok) return rows;
  const kind = entry.changes[0]?.kind ?? choice;
  writeChange(desk, { kind, actor: session.userId }, (change) => {
    for (const row of rows.value) change.repeat(row);
    resolveRefusal(desk.replica, changeId, choice, desk.now());
  });
  desk.replica.announce(new Set(['refusals']));
  const id = attempt?.tried.id;
  return ok({ appointment: (id !== undefined && readAppointment(desk, id)) || null });
};

const rowsOf = (
  desk: Desk,
  session: Session,
  entry: RefusalEntry,
  attempt: Attempt | null,
  choice: ConflictChoice,
  slotId: string | undefined,
): Result<ChangeRow[]> => {
  switch (choice) {
    case 'keep_theirs':
      return ok([]);
    case 'keep_mine':
      return (
        whyNotBy(session, entry) ??
        whyNotAgain(desk, entry) ??
        ok(
          inOpenDay(
            desk,
            entry.changes.flatMap(({ rows }) => rows),
          ).map((row) => approvedBy(session, row)),
        )
      );
    case 'next_free': {
      if (!mayMoveOn(entry, attempt)) return refuse('not_resolvable', { code: entry.refusal.code });
      const place = findOtherPlace(desk, session, attempt, slotId);
      return place.ok ? ok(rowsAt(desk, entry, attempt.tried, place.value)) : place;
    }
  }
};

/** An overbook that is made again is approved by whoever makes it. */
const approvedBy = ({ userId }: Session, row: ChangeRow): ChangeRow => {
  const columns = 'insert' in row ? row.insert : row.set;
  if (row.table !== 'appointments' || columns['overbook_reason'] == null) return row;
  const approved = { ...columns, overbooked_by: userId };
  return 'insert' in row ? { ...row, insert: approved } : { ...row, set: approved };
};

/** The slot that was asked for, or the doctor's next free one from the refused time on. */
const findOtherPlace = (
  desk: Desk,
  session: Session,
  { tried }: Attempt,
  slotId: string | undefined,
): Result<Place> => {
  const visit = visitOf(desk, tried);
  const [soonest] = slotId
    ? [{ slotId }]
    : findFreeTimes(desk, {
        doctorIds: [tried.doctor_id],
        visit,
        partOfDay: 'any',
        after: Date.parse(tried.scheduled_at),
        movingId: tried.id,
        count: 1,
      });
  if (!soonest) return refuse('not_resolvable', { reason: 'nothing_free' });
  const place = findPlace(desk, session, {
    slotId: soonest.slotId,
    visit,
    usualRoomId: tried.room_id,
    movingId: tried.id,
  });
  if (place.ok || place.error.code !== 'in_the_past') return place;
  return refuse('not_resolvable', { reason: 'in_the_past' });
};

/** Columns that say where an appointment stands; the new place has its own. */
const placeColumns = [
  'slot_id',
  'doctor_id',
  'location_id',
  'room_id',
  'scheduled_at',
  'ends_at',
  'overbook_reason',
  'overbooked_by',
];

/**
 * The refused changes with the appointment at another place. What was done to it afterwards, such as a check-in,
 * goes along where the day is the same; a patient who comes another day has not arrived.
 */
const rowsAt = (desk: Desk, { changes }: RefusalEntry, tried: AppointmentRow, place: Place): ChangeRow[] => {
  const zone = zoneOf(desk, tried.location_id);
  const day = (at: string) => dayOf(Date.parse(at), zone);
  const sameDay = day(place.scheduledAt) === day(tried.scheduled_at);
  const [first, ...after] = changes;
  const moved = (first?.rows ?? []).map((row) => (row.id === tried.id ? atPlace(row, place) : row));
  const later = after
    .flatMap(({ rows }) => rows)
    .filter((row) => row.id !== tried.id || sameDay)
    .map((row) => (row.id === tried.id ? withoutPlace(row) : row));
  return [...moved, ...later];
};

const atPlace = (row: ChangeRow, place: Place): ChangeRow => {
  const columns = {
    slot_id: place.slotId,
    doctor_id: place.doctorId,
    location_id: place.locationId,
    room_id: place.roomId,
    scheduled_at: place.scheduledAt,
    ends_at: place.endsAt,
    overbook_reason: place.overbookReason,
    overbooked_by: place.overbookedBy,
  };
  return 'insert' in row
    ? { ...row, insert: { ...row.insert, ...columns } }
    : { ...row, set: { ...row.set, ...columns } };
};

const withoutPlace = (row: ChangeRow): ChangeRow => {
  if ('insert' in row) return row;
  const kept = Object.entries(row.set).filter(([column]) => !placeColumns.includes(column));
  return { ...row, set: Object.fromEntries(kept) };
};
