import { afterEach, beforeEach, expect, it } from 'vitest';
import { lineOf, waited } from '../../src-main/core/waiting-room/queue.ts';
import { waitingRoom } from '../../src-main/core/waiting-room/waiting-room.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk('2026-11-24T08:00:00.000Z');
});
afterEach(() => desk.dispose());

const put = (time: string, status: string, more = {}) =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: `2026-11-24T${time}:00.000Z`,
    status,
    ...more,
  });
const at = (time: string) => `2026-11-24T${time}:00.000Z`;

const room = () => {
  const found = waitingRoom(desk, receptionist, { locationId: ids.athens });
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};

it('who is here stands by the longest wait, who is expected and who is done by the clock', () => {
  const late = put('07:50', 'scheduled');
  const soon = put('08:15', 'scheduled');
  const short = put('07:30', 'arrived', { arrivedAt: at('07:45') });
  const long = put('08:00', 'ready', { arrivedAt: at('07:30'), readyAt: at('07:40'), roomId: ids.room1 });
  const inRoom = put('07:00', 'in_room', { arrivedAt: at('06:50'), inRoomAt: at('07:10') });
  const done = put('06:30', 'completed', {
    arrivedAt: at('06:20'),
    inRoomAt: at('06:30'),
    completedAt: at('06:50'),
  });
  const left = put('06:45', 'left', { arrivedAt: at('06:40') });
  put('07:15', 'cancelled');
  put('07:20', 'no_show');
  const lines = room();
  expect(lines.expected.map(({ appointment, lateMinutes }) => [appointment.id, lateMinutes])).toEqual([
    [late, 10],
    [soon, null],
  ]);
  expect(
    lines.here.map(({ appointment, waitingMinutes, overLimit }) => [
      appointment.id,
      waitingMinutes,
      overLimit,
    ]),
  ).toEqual([
    [long, 30, true],
    [inRoom, 20, false],
    [short, 15, false],
  ]);
  expect(lines.done.map(({ appointment, waitingMinutes }) => [appointment.id, waitingMinutes])).toEqual([
    [done, 10],
    [left, null],
  ]);
  expect(lines.here[0]).toMatchObject({ doctorName: { en: 'Dr Adamou' }, roomName: 'Room 1' });
});

it('shows today and this location only', () => {
  put('08:00', 'scheduled', { locationId: ids.london });
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start: '2026-11-25T08:00:00.000Z' });
  expect(room()).toEqual({ expected: [], here: [], done: [], next: [] });
});

it('a wait is over the limit only after the whole of it, and not once the patient is in the room', () => {
  const arrived = {
    status: 'arrived',
    start: at('08:00'),
    arrivedAt: at('08:00'),
    inRoomAt: null,
    completedAt: null,
  } as const;
  const after = (minutes: number) => lineOf(arrived, Date.parse(at('08:00')) + minutes * 60_000, 20);
  expect(after(20)).toEqual({ waitingMinutes: 20, lateMinutes: null, overLimit: false });
  expect(after(21).overLimit).toBe(true);
  expect(
    lineOf({ ...arrived, status: 'in_room', inRoomAt: at('08:30') }, Date.parse(at('09:00')), 20),
  ).toEqual({
    waitingMinutes: 30,
    lateMinutes: null,
    overLimit: false,
  });
});

it('a clock that is set back makes nobody wait less than nothing', () =>
  expect(
    waited(
      { status: 'arrived', start: at('08:00'), arrivedAt: at('08:00'), inRoomAt: null, completedAt: null },
      0,
    ),
  ).toBe(0));
