/**
 * The start of a doctor's first free slot from `@now` on, in SQL that names the doctor `d`: what central's function
 * `refresh_next_available` keeps in `doctors.next_available_slot`, but of this desk's own rows, so that it holds at
 * once after a booking made here, online or not.
 */
export const NEXT_AVAILABLE = `(
  select s.start_time_utc from doctor_time_slots s
  where s.doctor_id = d.id and s.is_available and s.deleted_at is null and s.start_time_utc >= @now
    and not exists (
      select 1 from appointments a
      where a.doctor_id = s.doctor_id and a.scheduled_at < s.end_time_utc and a.ends_at > s.start_time_utc
        and a.scheduled_at > s.start_time_utc - 12 * 3600000
        and a.status not in ('cancelled', 'no_show', 'left')
        and (a.status <> 'held' or a.held_until >= @now))
  order by s.start_time_utc limit 1)`;
