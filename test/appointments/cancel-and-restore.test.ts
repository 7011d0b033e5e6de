import { afterEach, beforeEach, expect, it } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { noShow } from '../../src-main/core/appointments/no-show.ts';
import { restore } from '../../src-main/core/appointments/restore.ts';
import { doctorTimeSlots } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt } from '../support/clinic.ts';

let desk: ClinicDesk;
let appointmentId: string;
beforeEach(() => {
  desk = clinicDesk();
  appointmentId = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    roomId: ids.room1,
    slotId: slotAt(ids.adamou, '08:00'),
    start: '2026-11-24T08:00:00.000Z',
  });
});
afterEach(() => desk.dispose());

const bookJohnThere = () =>
  book(desk, receptionist, { slotId: slotAt(ids.adamou, '08:00'), patientId: ids.john });

it('a cancellation keeps who, when and why, and frees the slot at once', () => {
  expect(cancel(desk, receptionist, { appointmentId, reason: 'Ill' })).toMatchObject({
    value: { status: 'cancelled', cancelledAt: '2026-11-24T07:00:00.000Z', cancellationReason: 'Ill' },
  });
  expect(desk.waiting()).toMatchObject([
    { kind: 'cancel', rows: [{ set: { cancelled_by: ids.receptionist } }] },
  ]);
  expect(bookJohnThere().ok).toBe(true);
});

it('a cancellation taken back is as if it had not been', () => {
  cancel(desk, receptionist, { appointmentId, reason: 'Wrong card' });
  expect(restore(desk, receptionist, { appointmentId })).toMatchObject({
    value: { status: 'scheduled', cancelledAt: null, cancellationReason: null },
  });
});

it('a no-show frees the slot and can be taken back', () => {
  desk.setNow('2026-11-24T08:15:00.000Z');
  expect(noShow(desk, receptionist, { appointmentId })).toMatchObject({ value: { status: 'no_show' } });
  expect(restore(desk, receptionist, { appointmentId })).toMatchObject({ value: { status: 'scheduled' } });
});

it('nobody is a no-show before the clinic’s grace time is over', () => {
  const early = (from: string) => ({ error: { code: 'too_early', details: { from } } });
  desk.setNow('2026-11-24T08:14:59.999Z');
  expect(noShow(desk, receptionist, { appointmentId })).toMatchObject(early('2026-11-24T08:15:00.000Z'));
  setGrace(0);
  expect(noShow(desk, receptionist, { appointmentId }).ok).toBe(true);
  expect(restore(desk, receptionist, { appointmentId }).ok).toBe(true);
  setGrace(30);
  expect(noShow(desk, receptionist, { appointmentId })).toMatchObject(early('2026-11-24T08:30:00.000Z'));
});

const setGrace = (no_show_grace_minutes: number) =>
  desk.replica.statement('update clinics set settings = ?').run(JSON.stringify({ no_show_grace_minutes }));

it('a cancellation is not taken back once somebody else has the time', () => {
  cancel(desk, receptionist, { appointmentId, reason: '' });
  bookJohnThere();
  const before = desk.waiting().length;
  expect(restore(desk, receptionist, { appointmentId })).toMatchObject({
    error: { code: 'slot_taken', details: { patientName: 'John Smith', nextFree: [{}, {}, {}, {}] } },
  });
  expect(desk.waiting()).toHaveLength(before);
});

it('a cancellation is not taken back into a slot that was blocked since', () => {
  cancel(desk, receptionist, { appointmentId, reason: '' });
  desk.put(doctorTimeSlots, {
    id: slotAt(ids.adamou, '08:00'),
    doctorId: ids.adamou,
    locationId: ids.athens,
    startTimeUtc: '2026-11-24T08:00:00.000Z',
    endTimeUtc: '2026-11-24T08:15:00.000Z',
    isAvailable: false,
  });
  expect(restore(desk, receptionist, { appointmentId })).toMatchObject({ error: { code: 'slot_blocked' } });
});

it('only what is allowed is done, and a refusal names both statuses', () => {
  expect(restore(desk, receptionist, { appointmentId })).toMatchObject({
    error: { code: 'move_not_allowed', details: { from: 'scheduled', to: 'scheduled' } },
  });
  const here = desk.putAppointment({
    doctorId: ids.baker,
    patientId: ids.john,
    start: '2026-11-24T08:00:00.000Z',
    status: 'in_room',
  });
  expect(cancel(desk, receptionist, { appointmentId: here, reason: '' })).toMatchObject({
    error: { code: 'move_not_allowed', details: { from: 'in_room', to: 'cancelled' } },
  });
  expect(noShow(desk, receptionist, { appointmentId: here })).toMatchObject({
    error: { code: 'move_not_allowed', details: { from: 'in_room', to: 'no_show' } },
  });
  expect(desk.waiting()).toEqual([]);
});
