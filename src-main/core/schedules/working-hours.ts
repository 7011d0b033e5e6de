import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { NewWorkingHours } from '../../contract/schedules.ts';
import { dayOf } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { scheduleTemplates } from '../schema/replica/index.ts';
import { readTemplates } from './rules.ts';
import { overlappingWeekday, replaceWeek, weeksOf } from './working-week.ts';

/** A doctor's weekly hours from today on. */
export const workingHours = (
  desk: Desk,
  _session: Session,
  { doctorId }: ParsedInput<'workingHours'>,
): CallResult<'workingHours'> => {
  const doctor = readDoctor(desk, doctorId);
  if (!doctor) return refuse('not_found', { what: 'doctor', id: doctorId });
  return ok({ doctorId, weeks: weeksOf(readTemplates(desk, doctorId), todayOf(desk, doctor.locationId)) });
};

/**
 * Puts a whole week in the place of what holds on its days, in one change: templates from before end the day before it,
 * those that go on after it begin again then. The slots follow by themselves (`slot-job.ts`).
 */
export const setWorkingHours = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'setWorkingHours'>,
): CallResult<'setWorkingHours'> => {
  const refused = checkHours(desk, input);
  if (refused) return refused;
  const { end, remove, add } = replaceWeek(readTemplates(desk, input.doctorId), input);
  writeChange(desk, { kind: 'setWorkingHours', actor: session.userId }, (change) => {
    // Old ones go first: central looks for overlaps row by row.
    for (const { id, validUntil } of end) change.update(scheduleTemplates, id, { validUntil });
    for (const id of remove) change.update(scheduleTemplates, id, { deletedAt: desk.now() });
    for (const row of add) change.insert(scheduleTemplates, { id: desk.newId(), ...row });
  });
  return workingHours(desk, session, input);
};

/** Why these hours cannot be, or undefined. */
export const checkHours = (desk: Desk, hours: NewWorkingHours): Result<never> | undefined => {
  const doctor = readDoctor(desk, hours.doctorId);
  if (!doctor) return refuse('not_found', { what: 'doctor', id: hours.doctorId });
  if (hours.from < todayOf(desk, doctor.locationId)) return refuse('in_the_past', { start: hours.from });
  for (const { locationId, roomId } of hours.stretches) {
    if (!isThere(desk, 'select 1 from clinic_locations where id = ? and deleted_at is null', locationId))
      return refuse('not_found', { what: 'location', id: locationId });
    const inRoom = 'select 1 from rooms where id = ? and location_id = ? and deleted_at is null';
    if (roomId !== null && !isThere(desk, inRoom, roomId, locationId))
      return refuse('not_found', { what: 'room', id: roomId });
  }
  const weekday = overlappingWeekday(hours.stretches);
  return weekday === undefined ? undefined : refuse('hours_overlap', { weekday });
};

/** A doctor who still belongs to the clinic, with the home location. */
export const readDoctor = ({ replica }: Desk, id: string): { locationId: string | null } | undefined =>
  replica
    .statement('select location_id locationId from doctors where id = ? and deleted_at is null')
    .get(id) as { locationId: string | null } | undefined;

/** Today at a location, or by the clinic's own clock where none is named. */
export const todayOf = (desk: Desk, locationId: string | null): string =>
  dayOf(Date.parse(desk.now()), zoneOf(desk, locationId));

const isThere = ({ replica }: Desk, sql: string, ...ids: string[]): boolean =>
  replica.statement(sql).get(...ids) !== undefined;
