import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ParsedInput } from '../../src-main/contract/calls.ts';
import { Status } from '../../src-main/contract/status.ts';
import { mayMove } from '../../src-main/core/appointments/appointment.ts';
import { moveOn } from '../../src-main/core/waiting-room/move-on.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

type To = ParsedInput<'moveOn'>['to'];
const targets: readonly To[] = ['scheduled', 'arrived', 'ready', 'in_room', 'completed', 'left'];

const put = (status: Status, more = {}) =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: '2026-11-24T06:30:00.000Z',
    status,
    ...more,
  });
const to = (appointmentId: string, target: To) => moveOn(desk, receptionist, { appointmentId, to: target });

it('a patient goes through the waiting room with a stamp at each step, and all the way back', () => {
  const id = put('scheduled');
  const steps: [To, string][] = [
    ['arrived', 'arrivedAt'],
    ['ready', 'readyAt'],
    ['in_room', 'inRoomAt'],
    ['completed', 'completedAt'],
  ];
  for (const [step, stamp] of steps)
    expect(to(id, step)).toMatchObject({ value: { status: step, [stamp]: desk.now() } });
  for (const step of ['in_room', 'ready', 'arrived', 'scheduled'] as const)
    expect(to(id, step)).toMatchObject({ value: { status: step } });
  expect(to(id, 'scheduled')).toMatchObject({
    value: { arrivedAt: null, readyAt: null, inRoomAt: null, completedAt: null },
  });
  expect(desk.waiting()).toHaveLength(8);
});

it('every move is done or refused as the list of moves says, and what was cancelled comes back only by restore', () => {
  // A held slot is nobody's visit yet: the waiting room does not know it.
  for (const from of Status.options.filter((status) => status !== 'held'))
    for (const target of targets) {
      const id = put(from, { completedAt: from === 'completed' ? desk.now() : null });
      const result = to(id, target);
      const allowed =
        from === target || (mayMove(from, target) && from !== 'cancelled' && from !== 'no_show');
      expect([from, target, result.ok]).toEqual([from, target, allowed]);
      if (!result.ok)
        expect(result.error).toMatchObject({ code: 'move_not_allowed', details: { from, to: target } });
    }
});

it('a completed visit is opened again on its own day only, by the clock of the location', () => {
  const id = put('completed', { completedAt: '2026-11-24T07:00:00.000Z' });
  desk.setNow('2026-11-24T22:00:00.000Z');
  expect(to(id, 'in_room')).toMatchObject({ error: { code: 'move_not_allowed' } });
  desk.setNow('2026-11-24T21:59:59.999Z');
  expect(to(id, 'in_room')).toMatchObject({ value: { status: 'in_room', completedAt: null } });
});

it('a second press changes nothing', () => {
  const id = put('ready');
  expect(to(id, 'ready').ok).toBe(true);
  expect(desk.waiting()).toEqual([]);
});
