import { v5 as idFrom } from 'uuid';
import type { BundleEntry } from '../../../contract/export.ts';
import type { Status } from '../../../contract/status.ts';
import { iso } from '../../clinic-day.ts';
import type { ExportedAppointment, ExportedLocation } from './schedule.ts';

/**
 * Rows as resources of HL7 FHIR R4. Statuses follow front-desk.md. An empty text is left out, since FHIR has none.
 * References name the entries of the same Bundle by `urn:uuid`.
 */

type Text = string | null;
type Json = Record<string, unknown>;

/** Statuses of an appointment in FHIR (front-desk.md). */
const appointmentStatus: Record<Status, string> = {
  held: 'pending',
  pending: 'pending',
  scheduled: 'booked',
  arrived: 'arrived',
  ready: 'checked-in',
  in_room: 'fulfilled',
  completed: 'fulfilled',
  left: 'cancelled',
  cancelled: 'cancelled',
  no_show: 'noshow',
};

/** For ids that are made from others: the same schedule has the same id in every export. */
const NAMESPACE = '6f1d3a1e-9c86-4a0b-8c1f-2f6f5b7c9d10';

/** The id of a doctor's schedule at a location. */
export const scheduleId = (doctorId: string, locationId: string): string =>
  idFrom(`schedule ${doctorId} ${locationId}`, NAMESPACE);

/** Text as FHIR takes it: no other white space than spaces, tabs and line ends, and never empty. */
const text = (value: Text | undefined): string | undefined =>
  value?.replace(/[^\S \r\n\t]/g, ' ').trim() || undefined;

/** A resource without what is not known: FHIR knows neither null nor an empty list. */
const known = (values: Json): Json =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );

const entry = (resourceType: string, id: string, values: Json): BundleEntry => ({
  fullUrl: `urn:uuid:${id}`,
  resource: { resourceType, id, ...known(values) },
});

const reference = (id: string, display?: Text): Json =>
  known({ reference: `urn:uuid:${id}`, display: text(display) });
const concept = (words: Text | undefined): Json | undefined => {
  const said = text(words);
  return said === undefined ? undefined : { text: said };
};
const telecom = (phone: Text, email: Text = null): Json[] => [
  ...(text(phone) ? [{ system: 'phone', value: text(phone) }] : []),
  ...(text(email) ? [{ system: 'email', value: text(email) }] : []),
];
const humanName = (first: Text, last: Text): Json[] => {
  const whole = text([first, last].filter(Boolean).join(' '));
  const given = text(first);
  return whole ? [known({ text: whole, family: text(last), given: given && [given] })] : [];
};

export interface PatientRow {
  id: string;
  firstName: string;
  lastName: string;
  phone: Text;
  email: Text;
  address: Text;
  city: Text;
  dateOfBirth: Text;
  gender: 'male' | 'female' | 'other' | 'prefer_not_to_say' | null;
  language: Text;
  species: Text;
  breed: Text;
  ownerFirst: Text;
  ownerLast: Text;
  ownerPhone: Text;
  active: 0 | 1;
}

const ANIMAL = 'http://hl7.org/fhir/StructureDefinition/patient-animal';

/** An animal is a patient with the extension of the core specification, and its owner as a contact. */
export const patientEntry = (row: PatientRow): BundleEntry =>
  entry('Patient', row.id, {
    extension: animal(row),
    active: row.active === 1,
    name: humanName(row.firstName, row.lastName),
    telecom: telecom(row.phone, row.email),
    gender: row.gender === 'prefer_not_to_say' ? 'unknown' : row.gender,
    birthDate: row.dateOfBirth,
    address: address(row),
    contact: row.ownerFirst === null ? [] : [owner(row)],
    communication: row.language === null ? [] : [{ language: language(row.language), preferred: true }],
  });

const animal = ({ species, breed }: PatientRow): Json[] => {
  const kind = concept(species);
  if (!kind) return [];
  const ofBreed = concept(breed);
  return [
    {
      url: ANIMAL,
      extension: [
        { url: 'species', valueCodeableConcept: kind },
        ...(ofBreed ? [{ url: 'breed', valueCodeableConcept: ofBreed }] : []),
      ],
    },
  ];
};
const owner = (row: PatientRow): Json =>
  known({
    relationship: [{ text: 'Owner' }],
    name: humanName(row.ownerFirst, row.ownerLast)[0],
    telecom: telecom(row.ownerPhone),
  });
const language = (code: string): Json => ({ coding: [{ system: 'urn:ietf:bcp:47', code }] });
const address = (row: PatientRow): Json[] => {
  const line = text(row.address);
  const city = text(row.city);
  return line || city ? [known({ line: line && [line], city })] : [];
};

export interface DoctorRow {
  id: string;
  firstName: string;
  lastName: string;
  email: Text;
  phone: Text;
  specialty: Text;
  active: 0 | 1;
}

export const practitionerEntry = (row: DoctorRow): BundleEntry =>
  entry('Practitioner', row.id, {
    active: row.active === 1,
    name: humanName(row.firstName, row.lastName),
    telecom: telecom(row.phone, row.email),
  });

/** A location of the clinic; the clocks that it goes by stand in the extension of the core specification. */
export const locationEntry = (row: ExportedLocation): BundleEntry => {
  const lines = [text(row.line1), text(row.line2)].filter((line) => line !== undefined);
  return entry('Location', row.id, {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: row.zone }],
    status: row.active === 1 ? 'active' : 'inactive',
    name: text(row.name),
    mode: 'instance',
    telecom: telecom(row.phone),
    address: known({
      line: lines,
      city: text(row.city),
      state: text(row.region),
      postalCode: text(row.postalCode),
      country: text(row.country),
    }),
  });
};

/** A doctor's time at a location. */
export const scheduleEntry = (
  doctor: DoctorRow,
  location: ExportedLocation,
  horizon: { start: number; end: number },
): BundleEntry => {
  const specialty = concept(doctor.specialty);
  return entry('Schedule', scheduleId(doctor.id, location.id), {
    active: doctor.active === 1,
    specialty: specialty ? [specialty] : [],
    actor: [
      reference(doctor.id, `${doctor.firstName} ${doctor.lastName}`),
      reference(location.id, location.name),
    ],
    planningHorizon: { start: iso(horizon.start), end: iso(horizon.end) },
  });
};

export interface SlotRow {
  id: string;
  doctorId: string;
  start: number;
  end: number;
  available: 0 | 1;
  /** Whether a live appointment lies on it. */
  taken: 0 | 1;
}

export const slotEntry = (row: SlotRow, locationId: string): BundleEntry =>
  entry('Slot', row.id, {
    schedule: reference(scheduleId(row.doctorId, locationId)),
    status: row.taken === 1 ? 'busy' : row.available === 1 ? 'free' : 'busy-unavailable',
    start: iso(row.start),
    end: iso(row.end),
  });

/** An appointment; `has` says whether a slot or a patient is an entry of the same export, and so can be named. */
export const appointmentEntry = (
  row: ExportedAppointment,
  location: ExportedLocation,
  has: (id: string) => boolean,
): BundleEntry => {
  const gone = row.status === 'cancelled' || row.status === 'left' || row.status === 'no_show';
  const serviceType = concept(row.visitType);
  return entry('Appointment', row.id, {
    status: appointmentStatus[row.status],
    cancelationReason: gone
      ? concept(row.status === 'left' ? 'Left without being seen' : row.cancellationReason)
      : undefined,
    serviceType: serviceType ? [serviceType] : [],
    appointmentType: row.type === 'walk_in' ? WALK_IN : undefined,
    reasonCode: text(row.reason) ? [concept(row.reason)] : [],
    start: iso(row.start),
    end: iso(row.end),
    minutesDuration: Math.max(1, Math.round((row.end - row.start) / 60_000)),
    slot: row.slotId !== null && has(row.slotId) ? [reference(row.slotId)] : [],
    created: iso(row.createdAt),
    comment: text(row.notes),
    participant: [
      ...(row.patientId === null || !has(row.patientId)
        ? []
        : [participant(row.patientId, patientAccepts(row), [row.firstName, row.lastName].join(' '))]),
      participant(row.doctorId, 'accepted'),
      participant(location.id, 'accepted', location.name),
    ],
  });
};

const WALK_IN = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/v2-0276',
      code: 'WALKIN',
      display: 'A previously unscheduled walk-in visit',
    },
  ],
};

const participant = (id: string, status: string, display?: Text): Json => ({
  actor: reference(id, display),
  required: 'required',
  status,
});

/** Confirmed or come is a yes; a cancellation a no; else nobody has asked. */
const patientAccepts = ({ status, confirmedAt }: ExportedAppointment): string => {
  if (status === 'cancelled') return 'declined';
  const came = status !== 'held' && status !== 'pending' && status !== 'scheduled' && status !== 'no_show';
  return came || confirmedAt !== null ? 'accepted' : 'needs-action';
};
