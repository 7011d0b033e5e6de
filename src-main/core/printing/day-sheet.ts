import type { DaySheet, DaySheetLine } from '../../contract/printing.ts';
import { dayBounds, iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { personOf } from '../replica/same-person.ts';
import { readLetterhead } from './letterhead.ts';
import { bilingual, PATIENT_COLUMNS, type PatientRow, paperPatient } from './rows.ts';

/**
 * All doctors of a location on one day of its calendar, in board order, with who comes to them. Cancelled
 * appointments stay away; who missed or left is on it. Undefined for a location that is not here.
 */
export const readDaySheet = (desk: Desk, date: string, locationId: string): DaySheet | undefined => {
  const known = desk.replica.statement('select 1 from clinic_locations where id = ?').get(locationId);
  if (!known) return undefined;
  const letterhead = readLetterhead(desk, locationId);
  const day = dayBounds(date, letterhead.timezone);
  const lines = readLines(desk, locationId, day.start, day.end);
  const working = desk.replica
    .statement(
      `select distinct s.doctor_id from doctor_time_slots s
         left join doctors d on s.location_id is null and d.id = s.doctor_id
       where s.start_time_utc >= ? and s.start_time_utc < ? and s.deleted_at is null
         and coalesce(s.location_id, d.location_id) = ?`,
    )
    .pluck()
    .all(day.start, day.end, locationId) as string[];
  const wanted = new Set([...working, ...lines.keys()]);
  const name = doctorNames(desk);
  const inOrder = desk.replica
    .statement('select id from doctors order by sort_order, last_name, id')
    .pluck()
    .all() as string[];
  return {
    kind: 'daySheet',
    letterhead,
    printedAt: desk.now(),
    date,
    doctors: inOrder
      .filter((doctorId) => wanted.has(doctorId))
      .map((doctorId) => ({ doctorId, name: name(doctorId), lines: lines.get(doctorId) ?? [] })),
  };
};

interface LineRow extends PatientRow {
  doctorId: string;
  start: number;
  end: number;
  status: DaySheetLine['status'];
  confirmedAt: number | null;
  reason: string | null;
  notes: string | null;
  visitEn: string | null;
  visitEl: string | null;
  roomEn: string | null;
  roomEl: string | null;
}

const readLines = (
  { replica }: Desk,
  locationId: string,
  start: number,
  end: number,
): Map<string, DaySheetLine[]> => {
  const rows = replica
    .statement(
      `select a.doctor_id doctorId, a.scheduled_at start, a.ends_at "end", a.status, a.confirmed_at confirmedAt,
         a.reason, a.notes, v.name_en visitEn, v.name_el visitEl, r.name roomEn, r.name_el roomEl,
         ${PATIENT_COLUMNS}
       from appointments a
         left join doctors d on a.location_id is null and d.id = a.doctor_id
         left join patients p on p.id = ${personOf('a.patient_id')}
         left join patients o on o.id = ${personOf('p.owner_id')}
         left join visit_types v on v.id = a.visit_type_id
         left join rooms r on r.id = a.room_id
       where a.scheduled_at >= ? and a.scheduled_at < ? and coalesce(a.location_id, d.location_id) = ?
         and a.status <> 'cancelled'
       order by a.scheduled_at, a.id`,
    )
    .all(start, end, locationId) as LineRow[];
  const byDoctor = new Map<string, DaySheetLine[]>();
  for (const row of rows) {
    const lines = byDoctor.get(row.doctorId) ?? [];
    byDoctor.set(row.doctorId, lines);
    lines.push({
      start: iso(row.start),
      end: iso(row.end),
      patient: paperPatient(row),
      visitType: bilingual(row.visitEn, row.visitEl),
      reason: row.reason,
      notes: row.notes,
      room: bilingual(row.roomEn, row.roomEl),
      status: row.status,
      confirmed: row.confirmedAt !== null,
    });
  }
  return byDoctor;
};
