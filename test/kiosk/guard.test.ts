import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterMiss,
  FREE_MISSES,
  KIOSK_MISSES,
  KIOSK_WINDOW_MS,
  LONGEST_WAIT_MS,
  mayLookUp,
  waitOf,
} from '../../src-main/core/kiosk/guard.ts';

const none = { count: 0, waitUntil: 0 };
const miss = (times: number) =>
  Array.from({ length: times }).reduce<typeof none>((m) => afterMiss(m, 0), none);

describe('wrong PINs', () => {
  it('cost nothing four times, a minute at the fifth, and twice as long at each further one', () => {
    expect([1, 4, 5, 6, 7, 8].map((times) => waitOf(miss(times), 0) / 60_000)).toEqual([0, 0, 1, 2, 4, 8]);
  });

  it('never wait for more than an hour, however many, nor by a clock that was set back', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: -1e12, max: 1e12 }), (times, now) => {
        const wait = waitOf(miss(times), now);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(LONGEST_WAIT_MS);
        if (times < FREE_MISSES && now >= 0) expect(wait).toBe(0);
      }),
    ));
});

describe('names that fit nobody', () => {
  it('are looked up so many times in ten minutes and no more, whatever the order', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 * KIOSK_WINDOW_MS }), { maxLength: 200 }),
        (instants) => {
          const misses: number[] = [];
          for (const now of instants.toSorted((a, b) => a - b)) if (mayLookUp(misses, now)) misses.push(now);
          for (const from of misses)
            expect(
              misses.filter((at) => at >= from && at < from + KIOSK_WINDOW_MS).length,
            ).toBeLessThanOrEqual(KIOSK_MISSES);
        },
      ),
    ));
});
