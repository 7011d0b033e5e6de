/** Ids of the simulated clinic: the same in every world, so that a run can be repeated. */
const id = (kind: number, number: number): string =>
  `0190${String(kind).padStart(4, '0')}-0000-7000-8000-${String(number).padStart(12, '0')}`;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

const slotsOfDoctor = 8;
const firstSlot = Date.parse('2026-11-24T07:00:00.000Z');
const half = 30 * 60_000;

/** A clinic of one location: two doctors with eight slots of half an hour, one room, four patients, three desks. */
export const clinic = {
  clinicId: id(1, 1),
  locationId: id(2, 1),
  roomId: id(3, 1),
  visitTypeId: id(4, 1),
  doctors: numbers(2).map((doctor) => ({
    id: id(5, doctor),
    slots: numbers(slotsOfDoctor).map((slot) => id(6, doctor * 100 + slot)),
  })),
  patients: numbers(4).map((patient) => id(7, patient)),
  desks: numbers(3).map((desk) => ({
    deskId: id(8, desk),
    userId: id(9, desk),
    name: `Desk ${desk}`,
    role: `anteroom_simulated_${desk}`,
  })),
};

const { clinicId, locationId, roomId, visitTypeId } = clinic;

const at = (slot: number): string => new Date(firstSlot + slot * half).toISOString();

/** What makes it, in a migrated and empty database. */
export const clinicSql: readonly string[] = [
  `insert into clinics (clinic_id, id, name, timezone, currency)
   values ('${clinicId}', '${clinicId}', 'Simulated clinic', 'Europe/Athens', 'EUR')`,
  `insert into clinic_locations (clinic_id, id, name, address_line1, city, country, timezone)
   values ('${clinicId}', '${locationId}', 'Main', 'Street 1', 'Athens', 'GR', 'Europe/Athens')`,
  `insert into rooms (clinic_id, id, location_id, name) values ('${clinicId}', '${roomId}', '${locationId}', 'Room 1')`,
  `insert into visit_types (clinic_id, id, name_en, name_el, duration_minutes)
   values ('${clinicId}', '${visitTypeId}', 'Visit', 'Επίσκεψη', 30)`,
  ...clinic.doctors.flatMap((doctor, index) => [
    `insert into doctors (clinic_id, id, location_id, first_name, last_name, email, specialization)
     values ('${clinicId}', '${doctor.id}', '${locationId}', 'Doctor', 'No${index}', 'd${index}@clinic.example', 'General')`,
    ...doctor.slots.map(
      (slot, place) =>
        `insert into doctor_time_slots (clinic_id, id, doctor_id, location_id, start_time_utc, end_time_utc)
         values ('${clinicId}', '${slot}', '${doctor.id}', '${locationId}', '${at(place)}', '${at(place + 1)}')`,
    ),
  ]),
  ...clinic.patients.map(
    (patient, index) =>
      `insert into patients (clinic_id, id, first_name, last_name, phone, address, contact_confirmed_at)
       values ('${clinicId}', '${patient}', 'Patient', 'No${index}', '210123456${index}', 'Street 2', '2026-11-01')`,
  ),
  ...clinic.desks.flatMap(({ deskId, userId, name, role }) => [
    // Roles are the server's and not the database's: worlds that run beside this one have the same.
    `do $$ begin
       create role ${role} nologin in role anteroom_desk;
     exception when duplicate_object or unique_violation then null; end $$`,
    `insert into users (clinic_id, id, email, display_name, hashed_password, role)
     values ('${clinicId}', '${userId}', '${role}@desk.invalid', '${name}', '!', 'receptionist')`,
    `insert into desks (clinic_id, id, name, role, user_id)
     values ('${clinicId}', '${deskId}', '${name}', '${role}', '${userId}')`,
  ]),
];
