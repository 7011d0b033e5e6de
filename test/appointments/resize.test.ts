import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resize } from '../../src-main/core/appointments/resize.ts';
import type { Session } from '../../src-main/core/desk.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

/** Baker works 07:00 to 11:00 UTC without a break. */
const put = (time: string, minutes: number, more = {}) =>
  desk.putAppointment({
    doctorId: ids.baker,
    patientId: ids.maria,
    start: `2026-11-24T${time}:00.000Z`,
    minutes,
    ...more,
  });
const resized = (
  appointmentId: string,
  durationMinutes: number,
  more = {},
  session: Session = receptionist,
) => resize(desk, session, { appointmentId, durationMinutes, ...more });

it('an appointment is made longer and shorter, and its start stays', () => {
  const id = put('08:00', 30);
  expect(resized(id, 45)).toMatchObject({
    ok: true,
    value: { start: '2026-11-24T08:00:00.000Z', end: '2026-11-24T08:45:00.000Z' },
  });
  expect(resized(id, 10)).toMatchObject({ ok: true, value: { end: '2026-11-24T08:10:00.000Z' } });
  expect(desk.waiting()).toMatchObject([
    {
      kind: 'resize',
      rows: [{ set: { ends_at: '2026-11-24T08:45:00.000Z' }, was: { ends_at: '2026-11-24T08:30:00.000Z' } }],
    },
    { kind: 'resize' },
  ]);
});

it('the length that it has already changes nothing', () => {
  const id = put('08:00', 30);
  expect(resized(id, 30)).toMatchObject({ ok: true });
  expect(desk.waiting()).toEqual([]);
});

it('it does not grow over the next appointment, who is named, and less time needs no leave', () => {
  const id = put('08:00', 30);
  put('08:45', 15, { patientId: ids.john });
  expect(resized(id, 45)).toMatchObject({ ok: true });
  expect(resized(id, 50)).toMatchObject({
    error: {
      code: 'slot_taken',
      details: { patientName: 'John Smith' },
    },
  });
  expect(resized(id, 5)).toMatchObject({ ok: true });
});

it('it does not grow over somebody else’s use of its room', () => {
  const id = put('08:00', 15, { roomId: ids.room2 });
  put('08:15', 15, { doctorId: ids.adamou, patientId: ids.john, roomId: ids.room2 });
  expect(resized(id, 30)).toMatchObject({ error: { code: 'slot_taken', details: { roomName: 'Room 2' } } });
});

it('the time kept free before a surgery is not given away', () => {
  const id = put('08:00', 15);
  put('08:45', 60, { visitTypeId: ids.surgery, patientId: ids.john });
  expect(resized(id, 30)).toMatchObject({ ok: true });
  expect(resized(id, 35)).toMatchObject({ error: { code: 'slot_taken' } });
});

it('it does not grow past the working hours or into a block', () => {
  const last = put('10:45', 15);
  expect(resized(last, 30)).toMatchObject({ error: { code: 'does_not_fit', details: { minutes: 30 } } });
  const beforeMeeting = put('08:30', 15, { doctorId: ids.adamou });
  expect(resized(beforeMeeting, 30)).toMatchObject({ ok: true });
  expect(resized(beforeMeeting, 35)).toMatchObject({ error: { code: 'does_not_fit' } });
  const afterHours = put('11:30', 30);
  expect(resized(afterHours, 15)).toMatchObject({ ok: true });
});

describe('an overbook', () => {
  const overbook = { reason: 'Twins, seen together' };

  it('goes over the next appointment with the right and a reason, and is marked', () => {
    const id = put('08:00', 30);
    put('08:30', 15, { patientId: ids.john });
    expect(resized(id, 45, { overbook })).toMatchObject({
      ok: true,
      value: { end: '2026-11-24T08:45:00.000Z', overbookReason: overbook.reason },
    });
  });

  it('is refused to who may not', () => {
    const id = put('08:00', 30);
    const trainee: Session = { ...receptionist, rights: new Set(['schedule.read', 'schedule.write']) };
    expect(resized(id, 45, { overbook }, trainee)).toMatchObject({
      error: { code: 'not_allowed', details: { right: 'schedule.overbook' } },
    });
  });

  it('is no overbook where nothing was in the way', () => {
    const id = put('08:00', 30);
    expect(resized(id, 45, { overbook })).toMatchObject({ ok: true, value: { overbookReason: null } });
  });
});

for (const status of ['arrived', 'ready', 'in_room'])
  it(`a visit that is ${status} can take longer than it was booked for`, () =>
    expect(resized(put('08:00', 15, { status }), 45)).toMatchObject({ ok: true }));

for (const status of ['completed', 'cancelled', 'no_show', 'left'])
  it(`an appointment that is ${status} keeps its length`, () =>
    expect(resized(put('08:00', 15, { status }), 45)).toMatchObject({
      error: { code: 'move_not_allowed', details: { from: status } },
    }));

it('a day that is over keeps its lengths', () => {
  const id = put('08:00', 15);
  desk.setNow('2026-11-25T07:00:00.000Z');
  expect(resized(id, 30)).toMatchObject({ error: { code: 'in_the_past' } });
});

it('whatever is asked for, no two appointments of a doctor come to overlap', () => {
  const minutes = fc.integer({ min: 1, max: 48 }).map((fives) => fives * 5);
  fc.assert(
    fc.property(minutes, minutes, fc.array(minutes, { minLength: 1, maxLength: 4 }), (own, gap, asked) => {
      const lone = clinicDesk();
      const one = { doctorId: ids.baker, patientId: ids.maria };
      const first = lone.putAppointment({ ...one, start: '2026-11-24T07:00:00.000Z', minutes: own });
      const next = new Date(Date.parse('2026-11-24T07:00:00.000Z') + (own + gap) * 60_000).toISOString();
      lone.putAppointment({ ...one, start: next, minutes: 15 });
      for (const durationMinutes of asked)
        resize(lone, receptionist, { appointmentId: first, durationMinutes });
      const row = lone.replica.db.prepare('select ends_at from appointments where id = ?').pluck().get(first);
      lone.dispose();
      return Number(row) <= Date.parse(next);
    }),
    { numRuns: 25 },
  );
});
