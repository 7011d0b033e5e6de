import pg from 'pg';
import type { BenchClinic } from './setting.ts';

/** A day of one location that is full: whose it is, when, and how many appointments stand on it. */
export interface FullDay {
  locationId: string;
  /** `2026-11-24` */
  date: string;
  doctors: number;
  appointments: number;
}

/**
 * Fills the next weekday of the first location: `doctors` columns and, if their slots suffice, `appointments` cards.
 * Other doctors' slots of that day go.
 */
export const fillDay = async (
  { ownerUrl, clinicId }: BenchClinic,
  doctors: number,
  appointments: number,
): Promise<FullDay> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const query = async (sql: string, values: unknown[]): Promise<Record<string, unknown>[]> =>
    (await client.query(sql, values)).rows;
  try {
    const [day] = await query(
      `select l.id, to_char(s.start_time_utc at time zone l.timezone, 'YYYY-MM-DD') as date
       from clinic_locations l join doctor_time_slots s on s.clinic_id = l.clinic_id and s.location_id = l.id
       where l.clinic_id = $1 and l.timezone = 'Europe/Athens' and s.start_time_utc > now() + interval '1 day'
         and s.start_time_utc < now() + interval '8 days'
       group by 1, 2 order by count(*) filter (where s.is_available) desc, 2 limit 1`,
      [clinicId],
    );
    const on = [clinicId, day?.['id'], day?.['date']];
    const ofDay = (column: string) =>
      `clinic_id = $1 and location_id = $2 and ${column} >= $3::date::timestamp at time zone 'Europe/Athens'
       and ${column} < ($3::date + 1)::timestamp at time zone 'Europe/Athens'`;
    // Receipts are append-only, so their trigger looks away while the messages of the old day go.
    await query(`set session_replication_role = replica`, []);
    await query(`delete from message_receipts where clinic_id = $1`, [clinicId]);
    await query(`delete from messages where clinic_id = $1`, [clinicId]);
    await query(`set session_replication_role = origin`, []);
    await query(`delete from appointments where ${ofDay('scheduled_at')}`, on);
    await query(
      `with busiest as (select doctor_id from doctor_time_slots where ${ofDay('start_time_utc')} and is_available
         group by 1 having count(*) <= 28 order by count(*) desc, 1 limit $4)
       delete from doctor_time_slots where ${ofDay('start_time_utc')} and doctor_id not in (select doctor_id from busiest)`,
      [...on, doctors],
    );
    const made = await query(
      `with chosen as (
         select s.*, row_number() over (partition by doctor_id order by start_time_utc) as place,
           row_number() over (order by start_time_utc, doctor_id) as n
         from doctor_time_slots s where ${ofDay('start_time_utc')} and is_available),
       people as (select id, row_number() over (order by id) as n from patients where clinic_id = $1)
       insert into appointments (clinic_id, id, slot_id, doctor_id, patient_id, location_id, scheduled_at, ends_at,
         status, reason)
       select $1, gen_random_uuid(), c.id, c.doctor_id, p.id, $2, c.start_time_utc, c.end_time_utc, 'scheduled',
         'Check-up' from chosen c join people p on p.n = c.n
       order by c.place, c.doctor_id limit $4 returning doctor_id`,
      [...on, appointments],
    );
    return {
      locationId: String(on[1]),
      date: String(on[2]),
      doctors: new Set(made.map((row) => row['doctor_id'])).size,
      appointments: made.length,
    };
  } finally {
    await client.end();
  }
};
