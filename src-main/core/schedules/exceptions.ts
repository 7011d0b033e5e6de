import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { ScheduleException } from '../../contract/schedules.ts';
import { wallClock } from '../appointments/wall-clock.ts';
import { iso } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { scheduleExceptions } from '../schema/replica/index.ts';
import { countAffected } from './affected-by-cut.ts';
import { readDoctor, todayOf } from './working-hours.ts';

const SELECT = `
  select id, kind, doctor_id doctorId, location_id locationId, starts_at start, ends_at "end", reason, source
  from schedule_exceptions where deleted_at is null`;

export type ExceptionRow = Omit<ScheduleException, 'start' | 'end' | 'affected'> & {
  start: number;
  end: number;
};

/** What touches a stretch of time, by start; of a doctor or location also what is for all of them. */
export const exceptions = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'exceptions'>,
): CallResult<'exceptions'> => {
  const rows = desk.replica
    .statement(
      `${SELECT} and starts_at < @to and ends_at > @from
         and (@doctorId is null or doctor_id is null or doctor_id = @doctorId)
         and (@locationId is null or location_id is null or location_id = @locationId)
       order by starts_at, id`,
    )
    .all({
      from: Date.parse(input.from),
      to: Date.parse(input.to),
      doctorId: input.doctorId ?? null,
      locationId: input.locationId ?? null,
    }) as ExceptionRow[];
  return ok(rows.map((row) => describe(desk, row)));
};

/** Adds one; its appointments stay where they are until somebody moves them. */
export const addException = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'addException'>,
): CallResult<'addException'> => {
  const planned = planException(desk, input);
  if (!planned.ok) return planned;
  const row = { id: desk.newId(), ...planned.value };
  writeChange(desk, { kind: 'addException', actor: session.userId }, (change) => {
    const { start, end, ...columns } = row;
    change.insert(scheduleExceptions, { ...columns, startsAt: iso(start), endsAt: iso(end) });
  });
  return ok(describe(desk, row));
};

/** Takes one away that was added here. */
export const removeException = (
  desk: Desk,
  session: Session,
  { exceptionId }: ParsedInput<'removeException'>,
): CallResult<'removeException'> => {
  const row = readException(desk, exceptionId);
  if (!row) return refuse('not_found', { what: 'exception', id: exceptionId });
  if (row.source !== null) return refuse('owned_outside', { source: row.source });
  writeChange(desk, { kind: 'removeException', actor: session.userId }, (change) =>
    change.update(scheduleExceptions, exceptionId, { deletedAt: desk.now() }),
  );
  return ok({});
};

/** What was asked for, as instants of the location's clock. Refuses one that is over or names what is not there. */
export const planException = (
  desk: Desk,
  input: ParsedInput<'addException'>,
): Result<Omit<ExceptionRow, 'id'>> => {
  const { kind, doctorId, locationId } = input;
  const doctor = doctorId === null ? undefined : readDoctor(desk, doctorId);
  if (doctorId !== null && !doctor) return refuse('not_found', { what: 'doctor', id: doctorId });
  const open = desk.replica.statement('select 1 from clinic_locations where id = ? and deleted_at is null');
  if (locationId !== null && !open.get(locationId))
    return refuse('not_found', { what: 'location', id: locationId });
  const place = locationId ?? doctor?.locationId ?? null;
  if (input.lastDay < todayOf(desk, place)) return refuse('in_the_past', { start: input.lastDay });
  const zone = zoneOf(desk, place);
  return ok({
    kind,
    doctorId,
    locationId,
    start: wallClock(input.firstDay, input.startTime, zone),
    end: wallClock(input.lastDay, input.endTime, zone),
    reason: input.reason || null,
    source: null,
  });
};

/** One that stands, or undefined. */
export const readException = ({ replica }: Desk, id: string): ExceptionRow | undefined =>
  replica.statement(`${SELECT} and id = ?`).get(id) as ExceptionRow | undefined;

const describe = (desk: Desk, row: ExceptionRow): ScheduleException => ({
  ...row,
  start: iso(row.start),
  end: iso(row.end),
  affected: countAffected(desk, row),
});
