import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { WaitingListEntry } from '../../contract/waiting-list.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { readBriefs } from '../patients/find.ts';
import { inTurn, type Waiter } from './waiting-list.ts';

const MINUTE = 60_000;

/** A stored entry with what its appointment and visit type say. */
export interface StoredEntry extends Omit<Waiter, 'urgent' | 'later'> {
  id: string;
  patientId: string;
  visitTypeId: string | null;
  visitTypeEn: string | null;
  visitTypeEl: string | null;
  urgent: 0 | 1;
  notes: string | null;
  appointmentId: string | null;
  appointmentStatus: string | null;
  appointmentDoctorId: string | null;
  appointmentLocationId: string | null;
  appointmentStart: number | null;
}

const SELECT = `
  select w.id, w.patient_id patientId, w.doctor_id doctorId, w.specialty_id specialtyId, w.location_id locationId,
    w.part_of_day partOfDay, w.earliest_day earliestDay, w.latest_day latestDay, w.urgent, w.notes, w.status,
    w.created_at createdAt, w.visit_type_id visitTypeId, v.name_en visitTypeEn, v.name_el visitTypeEl,
    a.id appointmentId, a.status appointmentStatus, a.doctor_id appointmentDoctorId,
    a.location_id appointmentLocationId, a.scheduled_at appointmentStart,
    coalesce(a.ends_at - a.scheduled_at, v.duration_minutes * ${MINUTE}) length
  from waiting_list_entries w
    left join appointments a on a.id = w.appointment_id
    left join visit_types v on v.id = w.visit_type_id`;

/** One entry, or undefined. */
export const readEntry = ({ replica }: Desk, id: string): StoredEntry | undefined =>
  replica.statement(`${SELECT} where w.id = ?`).get(id) as StoredEntry | undefined;

/** Everybody who waits, in their turn. */
export const readWaiting = ({ replica }: Desk): StoredEntry[] =>
  (replica.statement(`${SELECT} where w.status = 'waiting' order by w.id`).all() as StoredEntry[]).sort(
    (a, b) => inTurn(waiterOf(a), waiterOf(b)),
  );

/** An entry as the rules see it. */
export const waiterOf = (entry: StoredEntry): Waiter => ({
  ...entry,
  urgent: entry.urgent === 1,
  later:
    entry.appointmentStart === null
      ? null
      : {
          start: entry.appointmentStart,
          movable: entry.appointmentStatus === 'scheduled' || entry.appointmentStatus === 'pending',
        },
});

/** Entries as the screens see them; whose patient's row has not arrived is left out. */
export const describeEntries = (desk: Desk, entries: readonly StoredEntry[]): WaitingListEntry[] => {
  const briefs = readBriefs(desk, [...new Set(entries.map(({ patientId }) => patientId))]);
  const patients = new Map(briefs.map((patient) => [patient.id, patient]));
  const doctorName = doctorNames(desk);
  return entries.flatMap((entry) => {
    const patient = patients.get(entry.patientId);
    return patient ? [{ ...factsOf(entry), patient, appointment: laterOf(entry, doctorName) }] : [];
  });
};

const factsOf = (entry: StoredEntry) => ({
  id: entry.id,
  doctorId: entry.doctorId,
  specialtyId: entry.specialtyId,
  locationId: entry.locationId,
  visitTypeId: entry.visitTypeId,
  visitType:
    entry.visitTypeEn === null ? null : { en: entry.visitTypeEn, el: entry.visitTypeEl ?? entry.visitTypeEn },
  minutes: entry.length === null ? null : entry.length / MINUTE,
  partOfDay: entry.partOfDay,
  earliestDay: entry.earliestDay,
  latestDay: entry.latestDay,
  urgent: entry.urgent === 1,
  notes: entry.notes,
  status: entry.status,
  since: iso(entry.createdAt),
});

const laterOf = (
  { appointmentId, appointmentDoctorId, appointmentLocationId, appointmentStart }: StoredEntry,
  doctorName: ReturnType<typeof doctorNames>,
): WaitingListEntry['appointment'] =>
  appointmentId === null || appointmentDoctorId === null || appointmentStart === null
    ? null
    : {
        id: appointmentId,
        doctorName: doctorName(appointmentDoctorId),
        locationId: appointmentLocationId,
        start: iso(appointmentStart),
      };

/** Who waits for an earlier time, in their turn. */
export const waitingList = (
  desk: Desk,
  _session: Session,
  { patientId }: ParsedInput<'waitingList'>,
): CallResult<'waitingList'> =>
  ok(
    describeEntries(
      desk,
      readWaiting(desk).filter((entry) => patientId === undefined || entry.patientId === patientId),
    ),
  );
