import { afterEach, beforeEach, expect, test } from 'vitest';
import { DoctorFilter } from '../../src-main/contract/clinic.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { doctorDirectory, doctorProfile } from '../../src-main/core/doctors/doctor-directory.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const found = (filter: Parameters<typeof DoctorFilter.parse>[0] = {}) => {
  const answer = doctorDirectory(desk, receptionist, DoctorFilter.parse(filter));
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
};
const names = (filter = {}) => found(filter).doctors.map(({ name }) => name.en.slice(3));
const next = (doctorId: string) => {
  const answer = doctorProfile(desk, receptionist, { doctorId });
  return answer.ok && answer.value.nextAvailable;
};
const set = (doctorId: string, columns: string) =>
  desk.replica.db.exec(`update doctors set ${columns} where id = '${doctorId}'`);

test('the directory is narrowed by specialty, city, location, rating, fee, next free time and verification', () => {
  set(ids.adamou, `city = 'Athens', rating = 4.9`);
  set(ids.baker, `city = 'Patras', consultation_fee = 4000`);
  set(ids.georgiou, 'review_count = 0');
  expect(names()).toEqual(['Adamou', 'Baker', 'Georgiou']);
  expect(found().cities).toEqual(['Athens', 'Patras']);
  expect(names({ specialtyId: ids.cardiology })).toEqual(['Adamou', 'Georgiou']);
  expect(names({ city: 'Patras' })).toEqual(['Baker']);
  expect(names({ locationId: ids.london })).toEqual(['Georgiou']);
  expect(names({ minRating: 4 })).toEqual(['Adamou', 'Baker']);
  expect(names({ minRating: 4.8 })).toEqual(['Adamou']);
  expect(names({ maxFeeMinor: 5000 })).toEqual(['Baker']);
  expect(names({ availableBefore: `${TODAY}T08:00:00.000Z` })).toEqual(['Adamou', 'Baker']);
  expect(names({ verifiedOnly: true })).toEqual(['Adamou']);
  expect(names({ specialtyId: ids.cardiology, city: 'Patras' })).toEqual([]);
});

test('a doctor who visits a location by weekly hours is found there too', () => {
  desk.replica.db.exec(`update schedule_templates set location_id = '${ids.london}'`);
  expect(names({ locationId: ids.london })).toEqual(['Adamou', 'Georgiou']);
});

test('it is sorted as asked, those without a value last', () => {
  set(ids.adamou, 'rating = 4.1, consultation_fee = 9000');
  set(ids.baker, 'rating = 5, consultation_fee = 4000');
  set(ids.georgiou, 'rating = 5, review_count = 0, consultation_fee = null');
  expect(names({ sort: 'rating' })).toEqual(['Baker', 'Adamou', 'Georgiou']);
  expect(names({ sort: 'fee' })).toEqual(['Baker', 'Adamou', 'Georgiou']);
  set(ids.adamou, `last_name = 'Zervas'`);
  expect(names({ sort: 'name' })).toEqual(['Baker', 'Georgiou', 'Zervas']);
  desk.replica.db.exec(`update doctor_time_slots set is_available = 0 where doctor_id = '${ids.adamou}'`);
  expect(names({ sort: 'nextAvailable' })).toEqual(['Baker', 'Georgiou', 'Zervas']);
});

test('a doctor is found by any part of the name, in either alphabet', () => {
  expect(names({ text: 'adam' })).toEqual(['Adamou']);
  expect(names({ text: 'Αδάμ' })).toEqual(['Adamou']);
  expect(names({ text: 'nik geo' })).toEqual(['Georgiou']);
  expect(names({ text: 'kardiologia' })).toEqual(['Adamou', 'Georgiou']);
  expect(names({ text: 'nobody' })).toEqual([]);
});

test('those who left are shown on request only, and last', () => {
  set(ids.adamou, 'is_active = 0');
  expect(names()).toEqual(['Baker', 'Georgiou']);
  expect(names({ withInactive: true })).toEqual(['Baker', 'Georgiou', 'Adamou']);
});

test('the next free time is true at once after a booking and a cancellation made here, with no central to tell it', () => {
  set(ids.adamou, `next_available_slot = ${Date.parse('2027-01-01T00:00:00Z')}`);
  expect(next(ids.adamou)).toBe(`${TODAY}T07:00:00.000Z`);
  const booked = book(desk, receptionist, {
    slotId: slotAt(ids.adamou, '07:00'),
    patientId: ids.maria,
    visitTypeId: ids.checkUp,
  });
  expect(next(ids.adamou)).toBe(`${TODAY}T07:30:00.000Z`);
  if (!booked.ok) throw new Error(booked.error.code);
  cancel(desk, receptionist, { appointmentId: booked.value.id, reason: '' });
  expect(next(ids.adamou)).toBe(`${TODAY}T07:00:00.000Z`);
});

test('blocked, deleted and past slots, and times that are held, are not free; a hold that has ended is in nobody’s way', () => {
  desk.setNow(`${TODAY}T08:50:00.000Z`);
  const hold = (heldUntil: string) =>
    desk.putAppointment({
      doctorId: ids.adamou,
      patientId: ids.maria,
      start: `${TODAY}T09:30:00.000Z`,
      status: 'held',
      heldUntil,
    });
  expect(next(ids.adamou)).toBe(`${TODAY}T09:30:00.000Z`);
  hold(`${TODAY}T08:49:00.000Z`);
  expect(next(ids.adamou)).toBe(`${TODAY}T09:30:00.000Z`);
  hold(`${TODAY}T08:54:00.000Z`);
  expect(next(ids.adamou)).toBe(`${TODAY}T09:45:00.000Z`);
  desk.replica.db.exec(`update doctor_time_slots set deleted_at = 1 where doctor_id = '${ids.adamou}'`);
  expect(next(ids.adamou)).toBeNull();
});
