import type { Desk } from '../desk.ts';

/** Which rows name a row of a table, and what of them counts. */
const references: Record<string, readonly string[]> = {
  patients: [
    'appointments where patient_id = ?',
    'patients where owner_id = ?',
    `waiting_list_entries where patient_id = ? and status = 'waiting'`,
    `recalls where patient_id = ? and status = 'open'`,
    'messages where patient_id = ? and deleted_at is null',
  ],
  appointments: [
    'payments where appointment_id = ?',
    'prescriptions where appointment_id = ?',
    'messages where appointment_id = ? and deleted_at is null',
  ],
  doctors: [
    'appointments where doctor_id = ?',
    'schedule_templates where doctor_id = ? and deleted_at is null',
  ],
  clinic_locations: [
    'rooms where location_id = ? and deleted_at is null',
    'schedule_templates where location_id = ? and deleted_at is null',
  ],
  rooms: ['appointments where room_id = ?', 'schedule_templates where room_id = ? and deleted_at is null'],
  visit_types: ['appointments where visit_type_id = ?'],
  doctor_time_slots: ['appointments where slot_id = ?'],
  appointment_series: [`appointments where series_id = ? and status not in ('cancelled', 'no_show')`],
};

/** Whether a row that was added is named by others than those that were added with it. */
export const dependents = ({ replica }: Desk, table: string, id: string, own: ReadonlySet<string>): boolean =>
  (references[table] ?? []).some((where) =>
    (replica.statement(`select id from ${where}`).pluck().all(id) as string[]).some(
      (other) => !own.has(other),
    ),
  );
