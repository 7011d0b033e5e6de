import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdleClock } from '../../src-renderer/app/idle.ts';

const MINUTE = 60_000;

test('a screen that nobody touches is idle for as long as the clocks went on', () => {
  const idle = new IdleClock({ wall: 1000, steady: 50 });
  expect(idle.idleMs({ wall: 1000 + 10 * MINUTE, steady: 50 + 10 * MINUTE })).toBe(10 * MINUTE);
});

test('the sleep of a PC counts, though its steady clock stood still meanwhile', () => {
  const idle = new IdleClock({ wall: 0, steady: 0 });
  expect(idle.idleMs({ wall: 480 * MINUTE, steady: 5 })).toBe(480 * MINUTE);
});

test('setting the clock of the PC back keeps no screen open', () => {
  const idle = new IdleClock({ wall: 480 * MINUTE, steady: 0 });
  expect(idle.idleMs({ wall: 0, steady: 10 * MINUTE })).toBe(10 * MINUTE);
});

test('whatever the clocks do, a touch begins the time anew and no time is below zero', () => {
  const clocks = fc.record({ wall: fc.integer(), steady: fc.nat() });
  fc.assert(
    fc.property(clocks, clocks, clocks, (first, touched, now) => {
      const idle = new IdleClock(first);
      idle.touch(touched);
      expect(idle.idleMs(touched)).toBe(0);
      expect(idle.idleMs(now)).toBeGreaterThanOrEqual(Math.max(0, now.wall - touched.wall));
    }),
  );
});
