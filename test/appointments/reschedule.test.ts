import { afterEach, beforeEach, expect, it } from 'vitest';
import { reschedule } from '../../src-main/core/appointments/reschedule.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt } from '../support/clinic.ts';

let desk: ClinicDesk;
let maria: string;
beforeEach(() => {
  desk = clinicDesk();
  maria = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    roomId: ids.room2,
    slotId: slotAt(ids.adamou, '07:00'),
    start: '2026-11-24T07:00:00.000Z',
    minutes: 30,
  });
});
afterEach(() => desk.dispose());

const to = (time: string, doctorId: string = ids.adamou) => ({
  appointmentId: maria,
  slotId: slotAt(doctorId, time),
});

it('a moved appointment keeps its length and, with the same doctor, its room', () => {
  expect(reschedule(desk, receptionist, to('10:00'))).toMatchObject({
    ok: true,
    value: {
      id: maria,
      slotId: slotAt(ids.adamou, '10:00'),
      start: '2026-11-24T10:00:00.000Z',
      end: '2026-11-24T10:30:00.000Z',
      roomId: ids.room2,
    },
  });
  expect(desk.waiting()).toMatchObject([
    {
      kind: 'reschedule',
      rows: [
        {
          set: { scheduled_at: '2026-11-24T10:00:00.000Z' },
          was: { scheduled_at: '2026-11-24T07:00:00.000Z' },
        },
      ],
    },
  ]);
});

it('an appointment is not in its own way', () =>
  expect(reschedule(desk, receptionist, to('07:15'))).toMatchObject({
    ok: true,
    value: { end: '2026-11-24T07:45:00.000Z' },
  }));

it('moving an appointment to where it is changes nothing', () => {
  expect(reschedule(desk, receptionist, to('07:00'))).toMatchObject({
    ok: true,
    value: { start: '2026-11-24T07:00:00.000Z' },
  });
  expect(desk.waiting()).toEqual([]);
});

it('another doctor at another location brings doctor, location and no room of the old one', () =>
  expect(reschedule(desk, receptionist, to('10:00', ids.georgiou))).toMatchObject({
    ok: true,
    value: { doctorId: ids.georgiou, locationId: ids.london, roomId: null },
  }));

it('an appointment goes to the room that is asked for, at its own time too, and out of any room', () => {
  const roomOf = (roomId: string | null, time = '07:00') =>
    reschedule(desk, receptionist, { ...to(time), roomId });
  expect(roomOf(ids.room1)).toMatchObject({
    ok: true,
    value: { roomId: ids.room1, start: '2026-11-24T07:00:00.000Z' },
  });
  expect(roomOf(ids.room2, '10:00')).toMatchObject({ ok: true, value: { roomId: ids.room2 } });
  expect(roomOf(null, '10:00')).toMatchObject({ ok: true, value: { roomId: null } });
  expect(desk.waiting()).toHaveLength(3);
});

it('a room that somebody is in, or of another location, is refused', () => {
  desk.putAppointment({
    doctorId: ids.baker,
    patientId: ids.john,
    roomId: ids.room1,
    start: '2026-11-24T07:15:00.000Z',
  });
  expect(reschedule(desk, receptionist, { ...to('07:00'), roomId: ids.room1 })).toMatchObject({
    error: { code: 'slot_taken', details: { patientName: 'John Smith', roomName: 'Room 1' } },
  });
  expect(reschedule(desk, receptionist, { ...to('10:00'), roomId: ids.londonRoom })).toMatchObject({
    error: { code: 'not_found', details: { what: 'room' } },
  });
});

it('a slot that is taken, blocked or over is refused and nothing moves', () => {
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.john, start: '2026-11-24T08:00:00.000Z' });
  expect(reschedule(desk, receptionist, to('07:45'))).toMatchObject({
    error: { code: 'slot_taken', details: { patientName: 'John Smith' } },
  });
  expect(reschedule(desk, receptionist, to('09:00'))).toMatchObject({ error: { code: 'slot_blocked' } });
  desk.setNow('2026-11-25T07:00:00.000Z');
  expect(reschedule(desk, receptionist, to('10:00'))).toMatchObject({ error: { code: 'in_the_past' } });
  expect(desk.waiting()).toEqual([]);
});

for (const status of ['arrived', 'ready', 'in_room', 'completed', 'cancelled', 'no_show', 'left'])
  it(`an appointment that is ${status} is not moved in time`, () => {
    const other = desk.putAppointment({
      doctorId: ids.baker,
      patientId: ids.john,
      start: '2026-11-24T08:00:00.000Z',
      status,
    });
    expect(reschedule(desk, receptionist, { ...to('10:00'), appointmentId: other })).toMatchObject({
      error: { code: 'move_not_allowed', details: { from: status } },
    });
  });
