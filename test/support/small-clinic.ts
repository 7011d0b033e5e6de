import { v7 as newId } from 'uuid';
import { clinicWithDesks, freshCentral, type TestCentral, type TestDesk, withClient } from './central.ts';

/** The day that the small clinic works, and its first slot: 9:00 in Athens. */
export const workDay = '2026-11-24';
const firstSlot = Date.parse('2026-11-24T07:00:00.000Z');

/** What the small clinic consists of. */
export interface SmallClinicRows {
  locationId: string;
  roomId: string;
  visitTypeId: string;
  doctors: { id: string; slots: string[] }[];
  patients: string[];
}

/** A clinic of one location, two doctors with sixteen slots of half an hour each, one room and some patients. */
export interface SmallClinic extends TestCentral, SmallClinicRows {
  clinicId: string;
  desks: TestDesk[];
}

/** Makes it in a central of its own, by the owner's hand. */
export const smallClinic = async (
  deskNames = ['Desk 1', 'Desk 2'],
  patientCount = 6,
): Promise<SmallClinic> => {
  const central = await freshCentral();
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl, deskNames);
  return {
    ...central,
    clinicId,
    desks,
    ...(await fillSmallClinic(central.ownerUrl, clinicId, patientCount)),
  };
};

/** Fills a clinic that has nothing yet, at a central of any version. */
export const fillSmallClinic = async (
  ownerUrl: string,
  clinicId: string,
  patientCount = 6,
  doctorCount = 2,
  first = firstSlot,
): Promise<SmallClinicRows> => {
  const ids = { locationId: newId(), roomId: newId(), visitTypeId: newId() };
  const doctors = Array.from({ length: doctorCount }, (_, index) => ({
    id: newId(),
    name: ['Maria', 'Nikos'][index] ?? `Doctor${index}`,
    slots: Array.from({ length: 16 }, () => newId()),
  }));
  const patients = Array.from({ length: patientCount }, () => newId());
  await withClient(ownerUrl, async (owner) => {
    await owner.query('begin');
    await owner.query(
      `insert into clinic_locations (clinic_id, id, name, address_line1, city, country, timezone)
       values ($1, $2, 'Main', 'Street 1', 'Athens', 'GR', 'Europe/Athens')`,
      [clinicId, ids.locationId],
    );
    await owner.query(`insert into rooms (clinic_id, id, location_id, name) values ($1, $2, $3, 'Room 1')`, [
      clinicId,
      ids.roomId,
      ids.locationId,
    ]);
    await owner.query(
      `insert into visit_types (clinic_id, id, name_en, name_el, duration_minutes) values ($1, $2, 'Visit', 'Επίσκεψη', 30)`,
      [clinicId, ids.visitTypeId],
    );
    for (const doctor of doctors) {
      await owner.query(
        `insert into doctors (clinic_id, id, location_id, first_name, last_name, email, specialization)
         values ($1, $2, $3, $4::text, 'Doctor', $4::text || '@clinic.example', 'General')`,
        [clinicId, doctor.id, ids.locationId, doctor.name],
      );
      for (const [index, slot] of doctor.slots.entries()) {
        const start = first + index * 30 * 60_000;
        await owner.query(
          `insert into doctor_time_slots (clinic_id, id, doctor_id, location_id, start_time_utc, end_time_utc)
           values ($1, $2, $3, $4, $5, $6)`,
          [
            clinicId,
            slot,
            doctor.id,
            ids.locationId,
            new Date(start).toISOString(),
            new Date(start + 30 * 60_000).toISOString(),
          ],
        );
      }
    }
    for (const [index, patient] of patients.entries()) {
      await owner.query(
        `insert into patients (clinic_id, id, first_name, last_name, phone, address, contact_confirmed_at)
         values ($1, $2, 'Patient', $3, '2101234567', 'Street 2', '2026-11-01')`,
        [clinicId, patient, `No${index}`],
      );
    }
    await owner.query('commit');
  });
  return { ...ids, doctors, patients };
};
