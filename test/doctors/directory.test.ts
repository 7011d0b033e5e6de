import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  clinic,
  doctors,
  locations,
  specialties,
  visitTypes,
} from '../../src-main/core/doctors/directory.ts';
import { titledNames } from '../../src-main/core/doctors/doctor.ts';
import { waitingLimitMinutes } from '../../src-main/core/doctors/settings.ts';
import { clinics, doctors as doctorsTable } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const idsOf = (result: ReturnType<typeof doctors | typeof visitTypes>) =>
  result.ok ? result.value.map(({ id }) => id) : result.error;

it('the clinic is named in both languages, with its waiting limit', () => {
  expect(clinic(desk)).toMatchObject({
    value: {
      name: { en: 'Harbour Clinic', el: 'Κλινική Λιμάνι' },
      waitingLimitMinutes: 25,
      insecureKeyFile: false,
    },
  });
  expect(clinic({ ...desk, insecureKeyFile: true })).toMatchObject({ value: { insecureKeyFile: true } });
});

it('a desk that was never filled says that it is not ready', () => {
  desk.replica.orm.delete(clinics).run();
  expect(clinic(desk)).toMatchObject({ error: { code: 'not_ready' } });
});

it('a limit that makes no sense counts as none', () => {
  for (const limit of [0, -5, 2.5, '20', null, undefined])
    expect(waitingLimitMinutes({ waiting_limit_minutes: limit })).toBe(20);
});

it('locations come with their rooms, a missing Greek name in the other language', () =>
  expect(locations(desk)).toMatchObject({
    value: [
      {
        name: { en: 'Athens', el: 'Αθήνα' },
        timezone: 'Europe/Athens',
        rooms: [{ id: ids.room1 }, { id: ids.room2 }],
      },
      { name: { en: 'London', el: 'London' }, rooms: [{ name: { en: 'Room A', el: 'Room A' } }] },
    ],
  }));

it('doctors stand in board order and are named with their title in both languages', () => {
  expect(doctors(desk, receptionist, {})).toMatchObject({
    value: [
      { name: { en: 'Dr Adamou', el: 'Δρ Αδάμου' }, fee: { minor: 6000, currency: 'EUR' }, verified: true },
      { name: { en: 'Dr Baker', el: 'Δρ Baker' }, fee: null, verified: false },
      { name: { en: 'Dr Georgiou', el: 'Δρ Γεωργίου' }, specialty: { slug: 'cardiology' } },
    ],
  });
  expect(idsOf(doctors(desk, receptionist, { locationId: ids.london }))).toEqual([ids.georgiou]);
  expect(idsOf(doctors(desk, receptionist, { specialtyId: ids.cardiology }))).toEqual([
    ids.adamou,
    ids.georgiou,
  ]);
});

it('a doctor who visits a location by weekly template is listed there, one who left is listed nowhere', () => {
  desk.replica.db.exec(`update schedule_templates set location_id = '${ids.london}'`);
  expect(idsOf(doctors(desk, receptionist, { locationId: ids.london }))).toEqual([ids.adamou, ids.georgiou]);
  desk.replica.orm.update(doctorsTable).set({ isActive: false }).run();
  expect(idsOf(doctors(desk, receptionist, {}))).toEqual([]);
});

it('two doctors of one last name are told apart', () => {
  const doctor = (id: string, firstName: string, lastName: string) => ({
    id,
    firstName,
    lastName,
    firstNameEl: null,
    lastNameEl: null,
  });
  const names = titledNames([
    doctor('1', 'Eleni', 'Adamou'),
    doctor('2', 'Petros', 'Adamou'),
    doctor('3', 'Tom', 'Baker'),
  ]);
  expect([...names.values()].map(({ en }) => en)).toEqual(['Dr E. Adamou', 'Dr P. Adamou', 'Dr Baker']);
});

it('a doctor is offered the visit types of the specialty and those of none', () => {
  expect(idsOf(visitTypes(desk, receptionist, {}))).toEqual([ids.checkUp, ids.surgery, ids.mole]);
  expect(idsOf(visitTypes(desk, receptionist, { doctorId: ids.baker }))).toEqual([ids.checkUp, ids.mole]);
  expect(idsOf(visitTypes(desk, receptionist, { doctorId: ids.maria }))).toMatchObject({ code: 'not_found' });
});

it('specialties are named in both languages', () =>
  expect(specialties(desk)).toMatchObject({
    value: [{ name: { en: 'Cardiology', el: 'Καρδιολογία' } }, {}],
  }));
