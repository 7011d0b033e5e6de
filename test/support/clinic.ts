import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { rights } from '../../src-main/contract/calls.ts';
import type { Session } from '../../src-main/core/desk.ts';
import { putRow } from '../../src-main/core/replica/rows.ts';
import { describedTable, toDriverRow } from '../../src-main/core/replica/tables.ts';
import * as schema from '../../src-main/core/schema/replica/index.ts';
import { type LoneDesk, loneDesk } from './desk.ts';

/** A readable UUIDv7 of a hand-made row. */
const id = (kind: number, n: number): string =>
  `0192f000-00${String(kind).padStart(2, '0')}-7000-8000-${String(n).padStart(12, '0')}`;

/** Ids of the hand-made clinic, by what they stand for. */
export const ids = {
  clinic: id(1, 1),
  receptionist: id(2, 1),
  athens: id(3, 1),
  london: id(3, 2),
  room1: id(4, 1),
  room2: id(4, 2),
  londonRoom: id(4, 3),
  cardiology: id(5, 1),
  dermatology: id(5, 2),
  adamou: id(6, 1),
  baker: id(6, 2),
  georgiou: id(6, 3),
  checkUp: id(7, 1),
  surgery: id(7, 2),
  mole: id(7, 3),
  maria: id(8, 1),
  john: id(8, 2),
  nikos: id(8, 3),
  rex: id(8, 4),
  deleted: id(8, 5),
  merged: id(8, 6),
} as const;

/** Someone who may do everything and is known by name. */
export const receptionist: Session = { userId: ids.receptionist, rights: new Set(rights) };

/** The clinic's today, a Tuesday; Athens is two hours ahead of UTC, London is not. */
export const TODAY = '2026-11-24';

type Values = Record<string, unknown>;

/** A desk whose replica holds the hand-made clinic. */
export interface ClinicDesk extends LoneDesk {
  /** Writes a row as central would have sent it; stamps are filled in. */
  put(table: SQLiteTable, row: Values): void;
  /** Puts an appointment: `start` is UTC, status `scheduled` unless told. Returns its id. */
  putAppointment(
    row: { doctorId: string; patientId: string; start: string; minutes?: number } & Values,
  ): string;
  /** Changes that wait for central, oldest first. */
  waiting(): { kind: string; actor: string | null; rows: unknown[] }[];
}

/**
 * A clinic of two locations (Athens, London), three doctors, two days of slots of 15 minutes and six patients. At 09:00
 * Athens time (07:00 UTC) of 24 November 2026 unless told otherwise.
 *
 * Adamou and Baker work in Athens 09:00 to 13:00, Adamou in room 1 and with a block 11:00 to 11:30; Georgiou works in
 * London 09:00 to 11:00. A check-up takes 30 minutes, surgery 60 with 15 free before and after.
 */
export const clinicDesk = (now = `${TODAY}T07:00:00.000Z`): ClinicDesk => {
  const desk = loneDesk(now);
  const put = (table: SQLiteTable, row: Values): void => {
    const description = describedTable(table);
    const stored: Values = {
      rev: 1,
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
    };
    for (const [key, value] of Object.entries(row)) stored[description.names.get(key) ?? key] = value;
    putRow(desk.replica, description.name, toDriverRow(description, stored));
  };
  let appointments = 0;
  const clinic: ClinicDesk = {
    ...desk,
    put,
    putAppointment: ({ start, minutes = 15, ...row }) => {
      appointments += 1;
      const appointmentId = id(9, appointments);
      put(schema.appointments, {
        id: appointmentId,
        locationId: ids.athens,
        scheduledAt: start,
        endsAt: new Date(Date.parse(start) + minutes * 60_000).toISOString(),
        status: 'scheduled',
        appointmentType: 'in_person',
        origin: 'desk',
        ...row,
      });
      return appointmentId;
    },
    waiting: () => desk.replica.orm.select().from(schema.outbox).all(),
  };
  desk.replica.db.transaction(() => putClinic(clinic))();
  return clinic;
};

const putClinic = ({ put }: ClinicDesk): void => {
  put(schema.clinics, {
    id: ids.clinic,
    name: 'Harbour Clinic',
    nameEl: 'Κλινική Λιμάνι',
    kind: 'human',
    timezone: 'Europe/Athens',
    currency: 'EUR',
    firstWeekday: 1,
    isSample: true,
    settings: { waiting_limit_minutes: 25 },
  });
  putPlaces(put);
  putDoctors(put);
  putPatients(put);
  for (const day of [TODAY, '2026-11-25']) putSlots(put, day);
};

const putPlaces = (put: ClinicDesk['put']): void => {
  const place = { addressLine1: '1 Quay Street', country: 'Greece' };
  put(schema.clinicLocations, {
    ...place,
    id: ids.athens,
    name: 'Athens',
    nameEl: 'Αθήνα',
    city: 'Athens',
    phone: '+30 210 1234567',
    timezone: 'Europe/Athens',
  });
  put(schema.clinicLocations, {
    ...place,
    id: ids.london,
    name: 'London',
    city: 'London',
    timezone: 'Europe/London',
  });
  put(schema.rooms, {
    id: ids.room1,
    locationId: ids.athens,
    name: 'Room 1',
    nameEl: 'Δωμάτιο 1',
    sortOrder: 1,
  });
  put(schema.rooms, {
    id: ids.room2,
    locationId: ids.athens,
    name: 'Room 2',
    nameEl: 'Δωμάτιο 2',
    sortOrder: 2,
  });
  put(schema.rooms, { id: ids.londonRoom, locationId: ids.london, name: 'Room A', sortOrder: 1 });
};

const putDoctors = (put: ClinicDesk['put']): void => {
  put(schema.specialties, {
    id: ids.cardiology,
    nameEn: 'Cardiology',
    nameEl: 'Καρδιολογία',
    slug: 'cardiology',
  });
  put(schema.specialties, {
    id: ids.dermatology,
    nameEn: 'Dermatology',
    nameEl: 'Δερματολογία',
    slug: 'dermatology',
  });
  const doctor = {
    specialization: 'Doctor',
    rating: 4.5,
    reviewCount: 12,
    consultationFeeCurrency: 'EUR',
    isActive: true,
  };
  put(schema.doctors, {
    ...doctor,
    id: ids.adamou,
    firstName: 'Eleni',
    lastName: 'Adamou',
    firstNameEl: 'Ελένη',
    lastNameEl: 'Αδάμου',
    email: 'adamou@example.com',
    specialtyId: ids.cardiology,
    locationId: ids.athens,
    consultationFee: 6000,
    verifiedAt: '2026-01-01T00:00:00.000Z',
    sortOrder: 1,
  });
  put(schema.doctors, {
    ...doctor,
    id: ids.baker,
    firstName: 'Tom',
    lastName: 'Baker',
    email: 'baker@example.com',
    specialtyId: ids.dermatology,
    locationId: ids.athens,
    sortOrder: 2,
  });
  put(schema.doctors, {
    ...doctor,
    id: ids.georgiou,
    firstName: 'Nikos',
    lastName: 'Georgiou',
    firstNameEl: 'Νίκος',
    lastNameEl: 'Γεωργίου',
    email: 'georgiou@example.com',
    specialtyId: ids.cardiology,
    locationId: ids.london,
    sortOrder: 3,
  });
  const visit = { bufferBeforeMinutes: 0, bufferAfterMinutes: 0, feeMinor: 5000, feeCurrency: 'EUR' };
  put(schema.visitTypes, {
    ...visit,
    id: ids.checkUp,
    nameEn: 'Check-up',
    nameEl: 'Έλεγχος',
    durationMinutes: 30,
    sortOrder: 1,
  });
  put(schema.visitTypes, {
    ...visit,
    id: ids.surgery,
    nameEn: 'Surgery',
    nameEl: 'Επέμβαση',
    durationMinutes: 60,
    bufferBeforeMinutes: 15,
    bufferAfterMinutes: 15,
    specialtyId: ids.cardiology,
    sortOrder: 2,
  });
  put(schema.visitTypes, {
    ...visit,
    id: ids.mole,
    nameEn: 'Mole check',
    nameEl: 'Έλεγχος σπίλων',
    durationMinutes: 15,
    specialtyId: ids.dermatology,
    sortOrder: 3,
  });
  put(schema.scheduleTemplates, {
    id: id(10, 1),
    doctorId: ids.adamou,
    locationId: ids.athens,
    roomId: ids.room1,
    weekday: 2,
    startsLocal: '09:00',
    endsLocal: '13:00',
    slotMinutes: 15,
    validFrom: '2026-01-01',
  });
  put(schema.scheduleExceptions, {
    id: id(11, 1),
    doctorId: ids.adamou,
    kind: 'block',
    startsAt: `${TODAY}T09:00:00.000Z`,
    endsAt: `${TODAY}T09:30:00.000Z`,
    reason: 'Staff meeting',
  });
};

const putPatients = (put: ClinicDesk['put']): void => {
  const confirmed = {
    address: '1 Hill Road',
    city: 'Athens',
    contactConfirmedAt: '2026-06-01T00:00:00.000Z',
  };
  put(schema.patients, {
    ...confirmed,
    id: ids.maria,
    firstName: 'Μαρία',
    lastName: 'Παπαδοπούλου',
    phone: '+30 694 412 3456',
    email: 'maria.p@example.com',
    dateOfBirth: '1980-03-12',
    gender: 'female',
  });
  put(schema.patients, {
    ...confirmed,
    id: ids.john,
    firstName: 'John',
    lastName: 'Smith',
    phone: '020 7946 0958',
  });
  put(schema.patients, { id: ids.nikos, firstName: 'Νίκος', lastName: 'Κωνσταντίνου', phone: '2101112223' });
  put(schema.patients, {
    id: ids.rex,
    firstName: 'Rex',
    lastName: 'Smith',
    species: 'Dog',
    breed: 'Collie',
    ownerId: ids.john,
  });
  put(schema.patients, {
    id: ids.deleted,
    firstName: 'Gone',
    lastName: 'Away',
    deletedAt: '2026-02-01T00:00:00.000Z',
  });
  put(schema.patients, {
    id: ids.merged,
    firstName: 'Maria',
    lastName: 'Papadopoulou',
    mergedIntoId: ids.maria,
  });
};

const DOCTOR_DAYS = [
  { doctorId: ids.adamou, locationId: ids.athens, from: 7, to: 11, kind: 20 },
  { doctorId: ids.baker, locationId: ids.athens, from: 7, to: 11, kind: 21 },
  { doctorId: ids.georgiou, locationId: ids.london, from: 9, to: 11, kind: 22 },
] as const;

const putSlots = (put: ClinicDesk['put'], day: string): void => {
  const midnight = Date.parse(`${day}T00:00:00.000Z`);
  for (const { doctorId, locationId, from, to } of DOCTOR_DAYS)
    for (let minute = from * 60; minute < to * 60; minute += 15) {
      const start = new Date(midnight + minute * 60_000).toISOString();
      put(schema.doctorTimeSlots, {
        id: slotAt(doctorId, start),
        doctorId,
        locationId,
        startTimeUtc: start,
        endTimeUtc: new Date(midnight + (minute + 15) * 60_000).toISOString(),
        isAvailable: !(doctorId === ids.adamou && day === TODAY && minute >= 9 * 60 && minute < 9.5 * 60),
      });
    }
};

/** The id of a doctor's slot that begins at an instant, ISO 8601 UTC; `07:00` stands for today's. */
export const slotAt = (doctorId: string, start: string): string => {
  const at = start.length === 5 ? `${TODAY}T${start}:00.000Z` : start;
  const kind = DOCTOR_DAYS.find((day) => day.doctorId === doctorId)?.kind ?? 29;
  return id(kind, Date.parse(at) / 60_000);
};
