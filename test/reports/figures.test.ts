import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TakingsTally, VisitTally } from '../../src-main/contract/report.ts';
import {
  groupedBy,
  groupings,
  quantile,
  takingsFigures,
  visitFigures,
} from '../../src-renderer/features/reports/figures.ts';

const count = fc.integer({ min: 0, max: 5000 });
const waits = fc.array(
  fc.record({ minutes: fc.integer({ min: 0, max: 300 }), count: fc.integer({ min: 1, max: 5 }) }),
  { maxLength: 8 },
);
const where = {
  week: fc.constantFrom('2026-11-16', '2026-11-23'),
  locationId: fc.constantFrom('here', 'there', null),
};
const visit: fc.Arbitrary<VisitTally> = fc.record({
  ...where,
  doctorId: fc.constantFrom('a', 'b', 'c'),
  bookableMinutes: count,
  bookedMinutes: count,
  came: count,
  noShows: count,
  cancelled: count,
  waits,
});
const taking: fc.Arbitrary<TakingsTally> = fc.record({
  ...where,
  doctorId: fc.constantFrom('a', null),
  method: fc.constantFrom('cash', 'card', 'transfer', 'other'),
  currency: fc.constant('EUR'),
  paidMinor: count,
  returnedMinor: count,
});

describe('the median and the 90th part of waits', () => {
  it('are waits that somebody had, and as many as they say waited no longer', () => {
    fc.assert(
      fc.property(waits, fc.constantFrom(0.5, 0.9, 1), (list, p) => {
        const each = list
          .flatMap(({ minutes, count: times }) => Array<number>(times).fill(minutes))
          .sort((a, b) => a - b);
        const found = quantile(list, p);
        if (each.length === 0) {
          expect(found).toBeNull();
          return;
        }
        expect(each).toContain(found);
        expect(found).toBe(each[Math.ceil(p * each.length) - 1]);
      }),
    );
  });

  it('are told for known days', () => {
    const one = (minutes: number) => ({ minutes, count: 1 });
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(one), 0.9)).toBe(9);
    expect(quantile([10, 30, 20].map(one), 0.5)).toBe(20);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe('figures of visits', () => {
  it('of groups add up to those of all', () => {
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 12 }), fc.constantFrom(...groupings), (tallies, grouping) => {
        const groups = groupedBy(tallies, grouping).map((group) => visitFigures(group.tallies));
        const all = visitFigures(tallies);
        for (const name of [
          'bookableMinutes',
          'bookedMinutes',
          'came',
          'noShows',
          'cancelled',
          'waited',
        ] as const)
          expect(groups.reduce((sum, figures) => sum + figures[name], 0)).toBe(all[name]);
      }),
    );
  });

  it('are the same in whatever pieces a range was counted', () => {
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 12 }), (tallies) => {
        const halves = tallies.flatMap((tally) => [
          { ...tally, came: 0, waits: [], bookableMinutes: 0 },
          { ...tally, noShows: 0, cancelled: 0, bookedMinutes: 0 },
        ]);
        expect(visitFigures(halves)).toEqual(visitFigures(tallies));
      }),
    );
  });

  it('have rates between none and all, and none where there is nothing', () => {
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 12 }), (tallies) => {
        const { noShowRate, came, noShows, utilisation, bookableMinutes } = visitFigures(tallies);
        if (came + noShows === 0) expect(noShowRate).toBeNull();
        else expect(noShowRate).toBeGreaterThanOrEqual(0);
        expect(noShowRate ?? 0).toBeLessThanOrEqual(1);
        expect(utilisation === null).toBe(bookableMinutes === 0);
      }),
    );
  });
});

describe('takings', () => {
  it('are what was paid less what was given back, by method and in all', () => {
    fc.assert(
      fc.property(fc.array(taking), (tallies) => {
        const { cash, card, transfer, other, total, returned } = takingsFigures(tallies);
        const paid = tallies.reduce((sum, one) => sum + one.paidMinor, 0);
        expect(cash + card + transfer + other).toBe(total);
        expect(total).toBe(paid - returned);
      }),
    );
  });
});
