import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { BundleEntry } from '../../../contract/export.ts';
import type { Desk, Session } from '../../desk.ts';
import { letOthersGo } from '../../let-others-go.ts';
import {
  appointmentEntry,
  type DoctorRow,
  locationEntry,
  type PatientRow,
  patientEntry,
  practitionerEntry,
  type SlotRow,
  scheduleEntry,
  slotEntry,
} from './fhir.ts';
import { boundsOf, readExported, readLocation } from './schedule.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * A location's days as entries of a FHIR R4 Bundle: the location, its doctors with their schedules and slots, the
 * appointments and their patients. Everything that an entry refers to is an entry too. A day at a time, so that no
 * other call waits long.
 */
export const exportFhir = async (
  desk: Desk,
  _session: Session,
  { locationId, from, to }: ParsedInput<'exportFhir'>,
): Promise<CallResult<'exportFhir'>> => {
  const location = readLocation(desk, locationId);
  if (!location) return refuse('not_found', { what: 'location', id: locationId });
  const bounds = boundsOf(from, to, location.zone);
  const entries = new Map<string, BundleEntry>();
  const put = (entry: BundleEntry): unknown => entries.set(entry.fullUrl, entry);
  put(locationEntry(location));
  for (let start = bounds.start; start < bounds.end; start += DAY_MS) {
    const day = { start, end: Math.min(start + DAY_MS, bounds.end) };
    const slots = readSlots(desk, locationId, day);
    const appointments = readExported(desk, locationId, day);
    const doctorIds = new Set([...slots, ...appointments].map(({ doctorId }) => doctorId));
    for (const doctor of readDoctors(desk, doctorIds)) {
      put(practitionerEntry(doctor));
      put(scheduleEntry(doctor, location, bounds));
    }
    await letOthersGo();
    for (const slot of slots) put(slotEntry(slot, locationId));
    await letOthersGo();
    const patientIds = new Set(appointments.flatMap(({ patientId }) => patientId ?? []));
    for (const patient of readPatients(desk, patientIds)) put(patientEntry(patient));
    for (const appointment of appointments)
      put(appointmentEntry(appointment, location, (id) => entries.has(`urn:uuid:${id}`)));
    await letOthersGo();
  }
  return ok([...entries.values()]);
};

const readSlots = (
  { replica }: Desk,
  locationId: string,
  { start, end }: { start: number; end: number },
): SlotRow[] =>
  replica
    .statement(
      `select s.id, s.doctor_id doctorId, s.start_time_utc start, s.end_time_utc "end", s.is_available available,
         exists (
           select 1 from appointments a
           where a.doctor_id = s.doctor_id and a.scheduled_at < s.end_time_utc
             and a.scheduled_at > s.start_time_utc - ${DAY_MS} and a.ends_at > s.start_time_utc
             and a.status not in ('cancelled', 'no_show', 'left')
         ) taken
       from doctor_time_slots s left join doctors d on s.location_id is null and d.id = s.doctor_id
       where s.start_time_utc >= ? and s.start_time_utc < ? and s.deleted_at is null
         and coalesce(s.location_id, d.location_id) = ?
       order by s.start_time_utc, s.id`,
    )
    .all(start, end, locationId) as SlotRow[];

const readDoctors = ({ replica }: Desk, ids: ReadonlySet<string>): DoctorRow[] =>
  replica
    .statement(
      `select d.id, d.first_name firstName, d.last_name lastName, d.email, d.phone, s.name_en specialty,
         d.is_active and d.deleted_at is null active
       from doctors d left join specialties s on s.id = d.specialty_id
       where d.id in (select value from json_each(?)) order by d.id`,
    )
    .all(JSON.stringify([...ids])) as DoctorRow[];

const readPatients = ({ replica }: Desk, ids: ReadonlySet<string>): PatientRow[] =>
  replica
    .statement(
      `select p.id, p.first_name firstName, p.last_name lastName, p.phone, p.email, p.address, p.city,
         p.date_of_birth dateOfBirth, p.gender, p.preferred_language language, p.species, p.breed,
         o.first_name ownerFirst, o.last_name ownerLast, o.phone ownerPhone,
         p.deleted_at is null and p.merged_into_id is null active
       from patients p left join patients o on o.id = p.owner_id
       where p.id in (select value from json_each(?)) order by p.id`,
    )
    .all(JSON.stringify([...ids])) as PatientRow[];
