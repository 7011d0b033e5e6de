import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallName } from '../../src-main/contract/calls.ts';
import { DoctorInput, LocationInput, VisitTypeInput } from '../../src-main/contract/set-up.ts';
import { readClinic, updateClinic } from '../../src-main/core/doctors/clinic-settings.ts';
import { doctors, locations, visitTypes } from '../../src-main/core/doctors/directory.ts';
import { doctorProfile } from '../../src-main/core/doctors/doctor-directory.ts';
import { arrange, setInUse } from '../../src-main/core/doctors/in-use.ts';
import { saveDoctor, saveSpecialty, saveVisitType } from '../../src-main/core/doctors/save-offer.ts';
import { saveLocation, saveRoom } from '../../src-main/core/doctors/save-places.ts';
import { setUp, setUpSteps } from '../../src-main/core/doctors/set-up.ts';
import { readTemplates } from '../../src-main/core/schedules/rules.ts';
import { clinics, scheduleTemplates } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const value = <T>(answer: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};
const code = (answer: { ok: true } | { ok: false; error: { code: string } }): string =>
  answer.ok ? 'ok' : answer.error.code;
/** The columns that the last change sets. */
const lastSet = () => {
  const rows = desk.waiting().at(-1)?.rows as { set?: object; insert?: object }[];
  return rows.map(({ set, insert }) => Object.keys(set ?? insert ?? {}).sort());
};
const kinds = (): CallName[] => desk.waiting().map(({ kind }) => kind as CallName);

test('a clinic sets its name and how it works; what is not named stays, and only what differs is written', () => {
  updateClinic(desk, receptionist, {
    set: { name: 'Harbour Clinic', phone: '210 1234567', waitingLimitMinutes: 25 },
  });
  expect(lastSet()).toEqual([['phone']]);
  updateClinic(desk, receptionist, { set: { noShowGraceMinutes: 10, slotHorizonDays: 60, phone: '' } });
  expect(readClinic(desk)).toMatchObject({
    name: 'Harbour Clinic',
    nameEl: 'Κλινική Λιμάνι',
    phone: null,
    waitingLimitMinutes: 25,
    noShowGraceMinutes: 10,
    slotHorizonDays: 60,
  });
  expect(desk.replica.orm.select().from(clinics).get()?.settings).toEqual({
    waiting_limit_minutes: 25,
    no_show_grace_minutes: 10,
    slot_horizon_days: 60,
  });
});

test('a location is added with its own clock, and rooms in it', () => {
  const input = { name: 'Patras', city: 'Patras', country: 'Greece', timezone: 'Europe/Athens' };
  const { id } = value(saveLocation(desk, receptionist, LocationInput.parse(input)));
  const room = value(saveRoom(desk, receptionist, { locationId: id, name: 'Room 1', nameEl: '' }));
  expect(value(locations(desk)).find((one) => one.id === id)).toMatchObject({
    name: { en: 'Patras', el: 'Patras' },
    rooms: [{ id: room.id, name: { en: 'Room 1', el: 'Room 1' } }],
  });
  expect(LocationInput.safeParse({ ...input, timezone: 'Europe/Atlantis' }).success).toBe(false);
});

test('a room has its name alone, and one that was put out of use comes back by it', () => {
  const add = (name: string) => saveRoom(desk, receptionist, { locationId: ids.athens, name, nameEl: '' });
  expect(code(add('Room 1'))).toBe('name_in_use');
  expect(code(setInUse(desk, receptionist, { what: 'room', id: ids.room2, inUse: false }))).toBe('ok');
  expect(value(add('Room 2'))).toEqual({ id: ids.room2 });
  expect(
    code(saveRoom(desk, receptionist, { id: ids.room1, locationId: ids.athens, name: 'Room 2', nameEl: '' })),
  ).toBe('name_in_use');
});

test('a visit type is added last, with a fee in the smallest unit of its currency', () => {
  const fee = { minor: 1500, currency: 'KWD' };
  const { id } = value(
    saveVisitType(desk, receptionist, VisitTypeInput.parse({ nameEn: 'X-ray', durationMinutes: 20, fee })),
  );
  expect(value(visitTypes(desk, receptionist, {})).at(-1)).toMatchObject({
    id,
    name: { en: 'X-ray', el: 'X-ray' },
    durationMinutes: 20,
    bufferAfterMinutes: 0,
    fee,
  });
  arrange(desk, receptionist, { what: 'visitType', ids: [id, ids.mole, ids.checkUp] });
  expect(
    value(visitTypes(desk, receptionist, {}))
      .map((one) => one.id)
      .slice(0, 2),
  ).toEqual([id, ids.mole]);
});

test('a doctor is added with as little as a name, and is on the board and in the directory at once', () => {
  const input = DoctorInput.parse({ firstName: 'Anna', lastName: 'Nikolaou', specialtyId: ids.cardiology });
  const { id } = value(saveDoctor(desk, receptionist, input));
  expect(value(doctors(desk, receptionist, {})).at(-1)).toMatchObject({
    id,
    name: { en: 'Dr Nikolaou' },
    rating: 0,
  });
  expect(value(doctorProfile(desk, receptionist, { doctorId: id }))).toMatchObject({
    email: '',
    specialization: 'Cardiology',
    hasHours: false,
    nextAvailable: null,
    reviewCount: 0,
  });
  saveDoctor(desk, receptionist, {
    ...input,
    id,
    bio: 'Hearts.',
    bioEl: 'Καρδιές.',
    fee: { minor: 50, currency: 'JPY' },
  });
  expect(value(doctorProfile(desk, receptionist, { doctorId: id }))).toMatchObject({
    bio: { en: 'Hearts.', el: 'Καρδιές.' },
    fee: { minor: 50, currency: 'JPY' },
  });
  const taken = { ...input, email: 'Baker@example.com' };
  expect(code(saveDoctor(desk, receptionist, taken))).toBe('email_in_use');
});

test('a specialty is known by a name in Latin letters, also one that was typed in Greek', () => {
  value(saveSpecialty(desk, receptionist, { nameEn: 'Παιδιατρική', nameEl: '' }));
  expect(value(setUp(desk)).specialties.map(({ nameEn }) => nameEn)).toContain('Παιδιατρική');
  const row = desk.replica
    .statement(`select slug from specialties where name_en = 'Παιδιατρική'`)
    .pluck()
    .get();
  expect(row).toBe('paidiatriki');
  expect(code(saveSpecialty(desk, receptionist, { nameEn: 'paidiatriki', nameEl: '' }))).toBe('name_in_use');
});

test('nothing goes out of use while coming appointments stand on it, and the last location never', () => {
  const put = (id: string, what: 'location' | 'room' | 'doctor' | 'visitType') =>
    code(setInUse(desk, receptionist, { what, id, inUse: false }));
  const appointment = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    roomId: ids.room1,
    visitTypeId: ids.checkUp,
    start: '2026-11-25T08:00:00.000Z',
  });
  expect(put(ids.athens, 'location')).toBe('still_in_use');
  expect(put(ids.room1, 'room')).toBe('still_in_use');
  expect(put(ids.adamou, 'doctor')).toBe('still_in_use');
  expect(put(ids.checkUp, 'visitType')).toBe('ok');
  desk.replica.db.exec(`update appointments set status = 'cancelled' where id = '${appointment}'`);
  expect(put(ids.room1, 'room')).toBe('ok');
  expect(readTemplates(desk, ids.adamou)).toMatchObject([{ roomId: null }]);
  expect(put(ids.athens, 'location')).toBe('ok');
  expect(readTemplates(desk, ids.adamou)).toEqual([]);
  expect(put(ids.london, 'location')).toBe('still_in_use');
  expect(put(ids.adamou, 'doctor')).toBe('ok');
  expect(value(doctors(desk, receptionist, {})).map(({ id }) => id)).not.toContain(ids.adamou);
  expect(new Set(kinds())).toEqual(new Set(['setInUse']));
});

test('a new clinic is told what it still lacks, step by step', () => {
  desk.replica.db.exec('update visit_types set deleted_at = 1');
  expect(value(setUpSteps(desk))).toEqual({
    location: true,
    doctor: true,
    hours: true,
    visitTypes: false,
    doctorId: ids.baker,
  });
  desk.replica.orm.delete(scheduleTemplates).run();
  expect(value(setUpSteps(desk))).toMatchObject({ hours: false, doctorId: ids.adamou });
});

test('what is not there cannot be changed', () => {
  const [id, gone] = [ids.maria, 'not_found'];
  expect(code(setInUse(desk, receptionist, { what: 'room', id, inUse: false }))).toBe(gone);
  expect(code(arrange(desk, receptionist, { what: 'doctor', ids: [ids.adamou, id] }))).toBe(gone);
  expect(code(saveRoom(desk, receptionist, { locationId: id, name: 'A', nameEl: '' }))).toBe(gone);
  expect(code(saveDoctor(desk, receptionist, DoctorInput.parse({ id, firstName: 'A', lastName: 'B' })))).toBe(
    gone,
  );
  expect(desk.waiting()).toEqual([]);
});
