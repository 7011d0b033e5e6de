import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fits,
  type GridSlot,
  inTheWay,
  isFree,
  joinStretches,
  type Taken,
} from '../../src-main/core/appointments/slot.ts';

const grid = (
  ...slots: [start: number, end: number, available?: boolean, locationId?: string][]
): GridSlot[] =>
  slots.map(([start, end, available = true, locationId = 'a'], index) => ({
    id: `s${index}`,
    doctorId: 'd',
    locationId,
    start,
    end,
    available,
  }));

const taken = (start: number, end: number, more: Partial<Taken> = {}): Taken => ({
  id: `t${start}`,
  slotId: null,
  doctorId: 'd',
  roomId: null,
  start,
  end,
  bufferBefore: 0,
  bufferAfter: 0,
  heldBy: null,
  ...more,
});

const wanted = (start: number, length: number) => ({
  doctorId: 'd',
  roomId: null,
  slotId: null,
  start,
  length,
  bufferBefore: 0,
  bufferAfter: 0,
});

describe('whether a visit fits', () => {
  it('takes slots that follow without a gap', () => {
    const slots = grid([0, 15], [15, 30], [30, 45]);
    expect(fits(slots, 0, 45)).toBe(true);
    expect(fits(slots, 0, 46)).toBe(false);
    expect(fits(slots, 1, 30)).toBe(true);
  });

  it('does not reach over a break, a block or to another location', () => {
    expect(fits(grid([0, 15], [20, 35]), 0, 30)).toBe(false);
    expect(fits(grid([0, 15], [15, 30, false], [30, 45]), 0, 30)).toBe(false);
    expect(fits(grid([0, 15], [15, 30, true, 'b']), 0, 30)).toBe(false);
    expect(fits(grid([0, 15, false]), 0, 15)).toBe(false);
    expect(fits([], 0, 15)).toBe(false);
    expect(fits(grid([0, 15]), -1, 15)).toBe(false);
  });

  it('never fits more than every minute of it being open', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 150 }),
        (starts, length) => {
          const slots = grid(
            ...starts.sort((a, b) => a - b).map((n): [number, number] => [n * 10, n * 10 + 10]),
          );
          const first = slots[0]?.start ?? 0;
          const minutes = Array.from({ length }, (_, minute) => first + minute);
          const open = minutes.every((minute) =>
            slots.some(({ start, end }) => start <= minute && minute < end),
          );
          expect(fits(slots, 0, length)).toBe(open);
        },
      ),
    );
  });
});

describe('what is in the way', () => {
  it('two appointments of a doctor may touch and may not overlap', () => {
    expect(inTheWay([taken(0, 15)], wanted(15, 15))).toBeUndefined();
    expect(inTheWay([taken(30, 45)], wanted(15, 15))).toBeUndefined();
    expect(inTheWay([taken(0, 16)], wanted(15, 15))?.id).toBe('t0');
    expect(inTheWay([taken(29, 45)], wanted(15, 15))?.id).toBe('t29');
  });

  it('another doctor is in the way only in the same room', () => {
    const other = taken(0, 30, { doctorId: 'e', roomId: 'r' });
    expect(inTheWay([other], wanted(0, 15))).toBeUndefined();
    expect(inTheWay([other], { ...wanted(0, 15), roomId: 'q' })).toBeUndefined();
    expect(inTheWay([other], { ...wanted(0, 15), roomId: 'r' })?.id).toBe('t0');
    expect(inTheWay([other], { ...wanted(30, 15), roomId: 'r' })).toBeUndefined();
  });

  it('the buffer after one and the buffer before the next both lie between them', () => {
    const before = taken(0, 15, { bufferAfter: 5 });
    expect(inTheWay([before], { ...wanted(24, 10), bufferBefore: 10 })?.id).toBe('t0');
    expect(inTheWay([before], { ...wanted(30, 10), bufferBefore: 10 })).toBeUndefined();
    const after = taken(60, 75, { bufferBefore: 5 });
    expect(inTheWay([after], { ...wanted(40, 10), bufferAfter: 10 })?.id).toBe('t60');
    expect(inTheWay([after], { ...wanted(35, 10), bufferAfter: 10 })).toBeUndefined();
  });

  it('a slot belongs to the live appointment that names it, whatever its time', () =>
    expect(inTheWay([taken(500, 515, { slotId: 's' })], { ...wanted(0, 15), slotId: 's' })?.id).toBe('t500'));

  it('is the same question from both sides', () => {
    const stretch = fc.record({
      start: fc.integer({ min: 0, max: 100 }),
      length: fc.integer({ min: 1, max: 40 }),
      bufferBefore: fc.integer({ min: 0, max: 10 }),
      bufferAfter: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(stretch, stretch, (a, b) => {
        const stands = (one: typeof a, other: typeof a) =>
          inTheWay([{ ...taken(other.start, other.start + other.length), ...other }], {
            ...wanted(0, 0),
            ...one,
          });
        expect(stands(a, b) === undefined).toBe(stands(b, a) === undefined);
      }),
    );
  });
});

it('a slot that is over is not free, one that is running is', () => {
  const slots = grid([0, 15], [15, 30]);
  const visit = { length: 15, bufferBefore: 0, bufferAfter: 0 };
  expect(isFree(slots, 0, [], visit, 15)).toBe(false);
  expect(isFree(slots, 1, [], visit, 20)).toBe(true);
  expect(isFree(slots, 1, [taken(20, 25)], visit, 0)).toBe(false);
});

it('joined stretches cover the same minutes, in order and apart', () => {
  const stretches = fc.array(
    fc.record({ start: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 1, max: 20 }) }),
  );
  fc.assert(
    fc.property(stretches, (raw) => {
      const sorted = raw
        .map(({ start, length }) => ({ start, end: start + length }))
        .sort((a, b) => a.start - b.start);
      const joined = joinStretches(sorted);
      const covered = (list: typeof sorted, minute: number) =>
        list.some(({ start, end }) => start <= minute && minute < end);
      for (let minute = 0; minute < 90; minute += 1)
        expect(covered(joined, minute)).toBe(covered(sorted, minute));
      for (const [index, { start }] of joined.entries())
        expect(start).toBeGreaterThan(joined[index - 1]?.end ?? Number.NEGATIVE_INFINITY);
    }),
  );
});
