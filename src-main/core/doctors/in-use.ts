import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { type ChangeWriter, writeChange } from '../replica/write.ts';
import { clinicLocations, doctors, rooms, scheduleTemplates, visitTypes } from '../schema/replica/index.ts';
import { isThere } from './rows.ts';

type What = ParsedInput<'setInUse'>['what'];

const tables = {
  location: 'clinic_locations',
  room: 'rooms',
  visitType: 'visit_types',
  doctor: 'doctors',
} as const;

/** Coming appointments that need it. A visit type may go: what is booked keeps its length. */
const standing: Partial<Record<What, string>> = {
  location: 'location_id',
  room: 'room_id',
  doctor: 'doctor_id',
};

/**
 * Puts something out of use or back. Refused where coming appointments stand on it, and for the last location. Weekly
 * hours at a location end with it, and those in a room go on without a room.
 */
export const setInUse = (
  desk: Desk,
  session: Session,
  { what, id, inUse }: ParsedInput<'setInUse'>,
): CallResult<'setInUse'> => {
  if (!isThere(desk, tables[what], id)) return refuse('not_found', { what, id });
  if (!inUse) {
    const appointments = comingAt(desk, what, id);
    if (appointments > 0) return refuse('still_in_use', { what, appointments });
    if (what === 'location' && isLast(desk, id)) return refuse('still_in_use', { what, last: true });
  }
  writeChange(desk, { kind: 'setInUse', actor: session.userId }, (change) => {
    const deletedAt = inUse ? null : desk.now();
    if (what === 'doctor') change.update(doctors, id, { isActive: inUse });
    else
      change.update(what === 'location' ? clinicLocations : what === 'room' ? rooms : visitTypes, id, {
        deletedAt,
      });
    if (!inUse) loosenTemplates(desk, change, what, id);
  });
  return ok({});
};

const comingAt = ({ replica, now }: Desk, what: What, id: string): number => {
  const column = standing[what];
  if (column === undefined) return 0;
  return replica
    .statement(
      `select count(*) from appointments
       where ${column} = ? and ends_at > ? and status not in ('cancelled', 'no_show', 'left', 'completed', 'held')`,
    )
    .pluck()
    .get(id, Date.parse(now())) as number;
};

const isLast = ({ replica }: Desk, id: string): boolean =>
  replica.statement('select 1 from clinic_locations where deleted_at is null and id <> ?').get(id) ===
  undefined;

const loosenTemplates = (desk: Desk, change: ChangeWriter, what: What, id: string): void => {
  if (what !== 'location' && what !== 'room') return;
  const column = what === 'location' ? 'location_id' : 'room_id';
  const ids = desk.replica
    .statement(`select id from schedule_templates where ${column} = ? and deleted_at is null`)
    .pluck()
    .all(id) as string[];
  const set = what === 'location' ? { deletedAt: iso(Date.parse(desk.now())) } : { roomId: null };
  for (const template of ids) change.update(scheduleTemplates, template, set);
};

/** Sets an order; what is not named keeps its place number. */
export const arrange = (
  desk: Desk,
  session: Session,
  { what, ids }: ParsedInput<'arrange'>,
): CallResult<'arrange'> => {
  const missing = ids.find((id) => !isThere(desk, tables[what], id));
  if (missing !== undefined) return refuse('not_found', { what, id: missing });
  const table = what === 'doctor' ? doctors : what === 'room' ? rooms : visitTypes;
  writeChange(desk, { kind: 'arrange', actor: session.userId }, (change) => {
    ids.forEach((id, place) => {
      change.update(table, id, { sortOrder: place + 1 });
    });
  });
  return ok({});
};
