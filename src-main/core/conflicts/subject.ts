import type { WireRow } from '../../contract/change.ts';
import type { Conflict } from '../../contract/sync.ts';
import type { Desk } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { fullName } from '../patients/patient.ts';
import type { RefusalEntry } from '../replica/refusals.ts';
import { type Attempt, readWire } from './attempt.ts';

/** Whose record a conflict is about, or else what it is about by its own name: a doctor, a room, a visit type. */
export const subjectOf = (desk: Desk, entry: RefusalEntry, attempt: Attempt | null): Conflict['subject'] => {
  const patientId = attempt?.tried.patient_id ?? patientOf(desk, entry);
  if (patientId == null) return { patientId: null, name: ownName(desk, entry), phone: null };
  const patient = readPatient(desk, entry, patientId);
  return { patientId: patient.stands ? patientId : null, name: patient.name, phone: patient.phone };
};

/** Every refused row with its values: those it would have, or those that stand where it sets only some. */
const valuesOf = (desk: Desk, { changes }: RefusalEntry): { table: string; id: string; values: WireRow }[] =>
  changes
    .flatMap(({ rows }) => rows)
    .map((row) => ({
      table: row.table,
      id: row.id,
      values: 'insert' in row ? row.insert : (readWire(desk, row.table, row.id) ?? {}),
    }));

/** Whose record the refused rows are, or belong to: a patient's own, a message, a payment of an appointment … */
const patientOf = (desk: Desk, entry: RefusalEntry): string | undefined => {
  for (const { table, id, values } of valuesOf(desk, entry)) {
    if (table === 'patients') return id;
    const { patient_id: patientId, appointment_id: appointmentId } = values;
    if (typeof patientId === 'string') return patientId;
    if (typeof appointmentId !== 'string') continue;
    const appointment = readWire(desk, 'appointments', appointmentId);
    if (typeof appointment?.['patient_id'] === 'string') return appointment['patient_id'];
  }
  return undefined;
};

const ownName = (desk: Desk, entry: RefusalEntry): string => {
  for (const { table, id, values } of valuesOf(desk, entry)) {
    if (table === 'doctors')
      return fullName(String(values['first_name'] ?? ''), String(values['last_name'] ?? ''));
    const account = table === 'staff_keys' ? id : table === 'user_sessions' ? values['user_id'] : null;
    if (typeof account === 'string') return String(readWire(desk, 'users', account)?.['display_name'] ?? '');
    const { name, name_en: nameEn, doctor_id: doctorId, location_id: locationId } = values;
    if (typeof name === 'string') return name;
    if (typeof nameEn === 'string') return nameEn;
    if (typeof doctorId === 'string') return doctorNames(desk)(doctorId).en;
    const location = typeof locationId === 'string' ? readWire(desk, 'clinic_locations', locationId) : null;
    if (location && location['id'] !== id) return String(location['name']);
  }
  return '';
};

/** A patient of the replica, or one whose registration was refused too; nobody where a time is only held. */
export const readPatient = (desk: Desk, { changes }: RefusalEntry, id: string | null) => {
  if (id === null) return { stands: false, name: '', phone: null };
  const stored = readWire(desk, 'patients', id);
  const row: WireRow = stored ?? registered(changes, id);
  return {
    stands: stored !== null,
    name: fullName(String(row['first_name'] ?? ''), String(row['last_name'] ?? '')),
    phone: row['phone'] == null ? null : String(row['phone']),
  };
};

const registered = (changes: RefusalEntry['changes'], id: string): WireRow => {
  for (const row of changes.flatMap(({ rows }) => rows))
    if (row.id === id && 'insert' in row) return row.insert;
  return {};
};
