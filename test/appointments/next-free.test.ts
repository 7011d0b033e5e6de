import { afterEach, beforeEach, expect, it } from 'vitest';
import { calls } from '../../src-main/contract/calls.ts';
import { nextFree } from '../../src-main/core/appointments/next-free.ts';
import { slots } from '../../src-main/core/appointments/slots.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, TODAY } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const ask = async (input: object) => {
  const found = await nextFree(desk, receptionist, calls.nextFree.input.parse(input));
  return found.ok
    ? found.value.map(({ start, doctorName }) => `${doctorName.en} ${start.slice(5, 16)}`)
    : found;
};

it('the soonest times come first, over all doctors', async () => {
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: '2026-11-24T07:00:00.000Z',
    minutes: 30,
  });
  expect(await ask({ count: 4 })).toEqual([
    'Dr Baker 11-24T07:00',
    'Dr Baker 11-24T07:15',
    'Dr Adamou 11-24T07:30',
    'Dr Baker 11-24T07:30',
  ]);
});

it('a visit is offered only where the whole of it is free, over the end of the day if need be', async () => {
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start: '2026-11-24T08:00:00.000Z' });
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start: '2026-11-24T10:00:00.000Z' });
  const surgery = { doctorId: ids.adamou, visitTypeId: ids.surgery, count: 3 };
  // Surgery: an hour, with a quarter kept free on both sides; 09:00 to 09:30 is blocked.
  expect(await ask(surgery)).toEqual([
    'Dr Adamou 11-25T07:00',
    'Dr Adamou 11-25T07:15',
    'Dr Adamou 11-25T07:30',
  ]);
});

it('an appointment that is being moved is not in its own way', async () => {
  const movingId = desk.putAppointment({
    doctorId: ids.baker,
    patientId: ids.maria,
    start: '2026-11-24T07:00:00.000Z',
  });
  const baker = { doctorId: ids.baker, count: 1 };
  expect(await ask(baker)).toEqual(['Dr Baker 11-24T07:15']);
  expect(await ask({ ...baker, movingId })).toEqual(['Dr Baker 11-24T07:00']);
});

it('doctor, specialty, location, an earliest time and the part of the day are kept to', async () => {
  expect(await ask({ specialtyId: ids.dermatology, count: 1 })).toEqual(['Dr Baker 11-24T07:00']);
  expect(await ask({ locationId: ids.london, count: 1 })).toEqual(['Dr Georgiou 11-24T09:00']);
  expect(await ask({ doctorId: ids.baker, after: '2026-11-24T10:50:00.000Z', count: 1 })).toEqual([
    'Dr Baker 11-25T07:00',
  ]);
  // Noon in Athens is 10:00 UTC; in London nobody works after noon.
  expect(await ask({ doctorId: ids.baker, partOfDay: 'afternoon', count: 1 })).toEqual([
    'Dr Baker 11-24T10:00',
  ]);
  expect(await ask({ doctorId: ids.georgiou, partOfDay: 'afternoon' })).toEqual([]);
});

it('times that are gone are not offered, whatever was asked', async () => {
  desk.setNow('2026-11-24T10:40:00.000Z');
  expect(await ask({ doctorId: ids.baker, after: '2026-11-24T07:00:00.000Z', count: 2 })).toEqual([
    'Dr Baker 11-24T10:45',
    'Dr Baker 11-25T07:00',
  ]);
});

it('a doctor or a visit type that is not there is said so', async () => {
  expect(await ask({ doctorId: ids.maria })).toMatchObject({
    error: { code: 'not_found', details: { what: 'doctor' } },
  });
  expect(await ask({ visitTypeId: ids.maria })).toMatchObject({
    error: { code: 'not_found', details: { what: 'visitType' } },
  });
});

it('the slots of a day say which of them a visit can begin with', async () => {
  desk.setNow('2026-11-24T07:20:00.000Z');
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start: '2026-11-24T08:00:00.000Z' });
  const day = slots(desk, receptionist, { doctorId: ids.adamou, date: TODAY, visitTypeId: ids.checkUp });
  const free = day.ok ? day.value.filter((slot) => slot.free).map(({ start }) => start.slice(11, 16)) : [];
  expect(free).toEqual(['07:15', '07:30', '08:15', '08:30', '09:30', '09:45', '10:00', '10:15', '10:30']);
  expect(day.ok && day.value).toHaveLength(16);
  expect(day.ok && day.value.filter(({ available }) => !available)).toHaveLength(2);
});
