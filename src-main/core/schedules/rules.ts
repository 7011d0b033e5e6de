import type { ScheduleException, ScheduleRules, WeeklyStretch } from '../appointments/make-slots.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';

type ExceptionRow = Omit<ScheduleException, 'startsAt' | 'endsAt'> & { startsAt: number; endsAt: number };

/** All that one doctor's slots are made from. A doctor who left, and a location that closed, have none. */
export const readRules = ({ replica }: Desk, doctorId: string): ScheduleRules => {
  const zones = new Map(
    replica.statement('select id, timezone from clinic_locations where deleted_at is null').raw().all() as [
      string,
      string,
    ][],
  );
  const exceptions = replica
    .statement(
      `select doctor_id doctorId, location_id locationId, kind, starts_at startsAt, ends_at endsAt
       from schedule_exceptions
       where deleted_at is null and (doctor_id is null or doctor_id = ?) order by starts_at, id`,
    )
    .all(doctorId) as ExceptionRow[];
  const works = isActive({ replica }, doctorId);
  return {
    templates: works
      ? readTemplates({ replica }, doctorId).filter(({ locationId }) => zones.has(locationId))
      : [],
    // Of what is not named for a doctor, an opening is for those with weekly hours there.
    exceptions: exceptions
      .filter(({ kind }) => works || kind !== 'opening')
      .map((row) => ({ ...row, startsAt: iso(row.startsAt), endsAt: iso(row.endsAt) })),
    zones,
  };
};

/** A doctor's weekly stretches, those of the past and of closed locations too. */
export const readTemplates = ({ replica }: Pick<Desk, 'replica'>, doctorId: string): Template[] =>
  replica
    .statement(
      `select id, doctor_id doctorId, location_id locationId, room_id roomId, weekday, starts_local startsLocal,
         ends_local endsLocal, slot_minutes slotMinutes, valid_from validFrom, valid_until validUntil
       from schedule_templates where doctor_id = ? and deleted_at is null
       order by valid_from, weekday, starts_local, id`,
    )
    .all(doctorId) as Template[];

/** A row of `schedule_templates`. */
export interface Template extends WeeklyStretch {
  id: string;
  roomId: string | null;
}

const isActive = ({ replica }: Pick<Desk, 'replica'>, doctorId: string): boolean =>
  replica
    .statement('select 1 from doctors where id = ? and is_active and deleted_at is null')
    .get(doctorId) !== undefined;

/** Tells one state of everything that slots follow from apart from another. */
export const rulesDigest = ({ replica }: Desk): string =>
  (
    replica
      .statement(
        `select count(*) || '/' || total(updated_at) from schedule_templates
         union all select count(*) || '/' || total(updated_at) from schedule_exceptions
         union all select count(*) || '/' || total(updated_at) from clinic_locations
         union all select group_concat(id) from (
           select id from doctors where is_active and deleted_at is null order by id)
         union all select timezone || settings from clinics`,
      )
      .pluck()
      .all() as (string | null)[]
  ).join(' ');
