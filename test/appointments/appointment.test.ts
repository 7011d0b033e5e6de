import { describe, expect, it } from 'vitest';
import { Status } from '../../src-main/contract/status.ts';
import { mayMove, stampsOf } from '../../src-main/core/appointments/appointment.ts';

/** front-desk.md, line by line; a hold that ends is stored as cancelled. */
const allowed: Record<Status, Status[]> = {
  held: ['scheduled', 'pending', 'cancelled'],
  pending: ['scheduled', 'cancelled'],
  scheduled: ['arrived', 'cancelled', 'no_show'],
  arrived: ['ready', 'in_room', 'left', 'scheduled'],
  ready: ['in_room', 'left', 'arrived'],
  in_room: ['completed', 'ready'],
  completed: ['in_room'],
  cancelled: ['scheduled'],
  no_show: ['scheduled'],
  left: [],
};

describe('the moves of an appointment', () => {
  for (const from of Status.options)
    for (const to of Status.options) {
      const expected = allowed[from].includes(to);
      it(`${from} ${expected ? 'may' : 'may not'} become ${to}`, () =>
        expect(mayMove(from, to)).toBe(expected));
    }
});

describe('the stamps of a move', () => {
  const before = { arrivedAt: '08:50', readyAt: '09:00', inRoomAt: '09:05' };
  const fresh = { arrivedAt: null, readyAt: null, inRoomAt: null };

  it('notes each step forward', () => {
    expect(stampsOf(fresh, 'arrived', 'now')).toMatchObject({ arrivedAt: 'now' });
    expect(stampsOf({ ...fresh, arrivedAt: '08:50' }, 'ready', 'now')).toMatchObject({ readyAt: 'now' });
    expect(stampsOf({ ...fresh, arrivedAt: '08:50' }, 'in_room', 'now')).toMatchObject({ inRoomAt: 'now' });
    expect(stampsOf(before, 'completed', 'now')).toEqual({ completedAt: 'now' });
    expect(stampsOf(fresh, 'cancelled', 'now')).toEqual({ cancelledAt: 'now' });
  });

  it('clears what a step back undoes and keeps what happened before it', () => {
    expect(stampsOf(before, 'scheduled', 'now')).toMatchObject({
      arrivedAt: null,
      readyAt: null,
      inRoomAt: null,
      completedAt: null,
      cancelledAt: null,
      cancelledBy: null,
      cancellationReason: null,
    });
    expect(stampsOf(before, 'arrived', 'now')).toMatchObject({
      arrivedAt: '08:50',
      readyAt: null,
      inRoomAt: null,
    });
    expect(stampsOf(before, 'ready', 'now')).toMatchObject({ readyAt: '09:00', inRoomAt: null });
    expect(stampsOf(before, 'in_room', 'now')).toMatchObject({ inRoomAt: '09:05', completedAt: null });
  });

  it('stamps a step that was skipped when a patient is sent back to it', () =>
    expect(stampsOf({ ...before, readyAt: null }, 'ready', 'now')).toMatchObject({ readyAt: 'now' }));
});
