import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { SeriesRule } from '../../src-main/contract/series.ts';
import {
  endingBefore,
  fromRrule,
  movedAlong,
  occurrences,
  toRrule,
} from '../../src-main/core/appointments/series-rule.ts';
import { localTime } from '../../src-main/core/clinic-day.ts';

const zones = ['Europe/Athens', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
const everies: SeriesRule['every'][] = ['week', 'month_weekday', 'month_date'];

const aDay = fc
  .integer({ min: 0, max: 3000 })
  .map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }).toString());
/** Times of day that no zone here ever skips. */
const aTime = fc
  .tuple(fc.integer({ min: 4, max: 23 }), fc.constantFrom('00', '15', '50'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const aStart = fc.tuple(aDay, aTime).map(([day, time]) => `${day}T${time}`);
const aRule = fc
  .record({
    every: fc.constantFrom(...everies),
    interval: fc.integer({ min: 1, max: 6 }),
    end: fc.oneof(
      fc.integer({ min: 2, max: 20 }).map((count) => ({ count })),
      aDay.map((until) => ({ until })),
    ),
  })
  .map(({ end, ...rule }): SeriesRule => ({ ...rule, ...end }));
const aZone = fc.constantFrom(...zones);

const localsOf = (rule: SeriesRule, start: string, zone = 'Europe/Athens') =>
  occurrences(rule, start, zone).map(({ local }) => local);

describe('the dates of a series', () => {
  it('are every second Tuesday at nine, also after the clocks have changed', () => {
    const dates = occurrences({ every: 'week', interval: 2, count: 4 }, '2026-10-13T09:00', 'Europe/Athens');
    expect(dates.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-10-13T06:00:00.000Z',
      '2026-10-27T07:00:00.000Z',
      '2026-11-10T07:00:00.000Z',
      '2026-11-24T07:00:00.000Z',
    ]);
  });

  it('are the last Tuesday of each month where the first is a fifth one', () =>
    expect(localsOf({ every: 'month_weekday', interval: 1, count: 4 }, '2026-12-29T09:00')).toEqual([
      '2026-12-29T09:00',
      '2027-01-26T09:00',
      '2027-02-23T09:00',
      '2027-03-30T09:00',
    ]));

  it('leave out a month that lacks the date', () =>
    expect(localsOf({ every: 'month_date', interval: 1, until: '2027-03-31' }, '2026-12-31T09:00')).toEqual([
      '2026-12-31T09:00',
      '2027-01-31T09:00',
      '2027-03-31T09:00',
    ]));

  it('keep the wall-clock time, their order, their number and their end, whatever the rule and the zone', () => {
    fc.assert(
      fc.property(aRule, aStart, aZone, (rule, start, zone) => {
        const dates = occurrences(rule, start, zone);
        for (const { local, start: at } of dates) {
          const shown = localTime(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
          expect(shown).toBe(local);
          expect(local.slice(11)).toBe(start.slice(11));
          if (rule.until) expect(local.slice(0, 10) <= rule.until).toBe(true);
        }
        expect(dates.map(({ start: at }) => at)).toEqual(
          [...new Set(dates.map(({ start: at }) => at))].sort((a, b) => a - b),
        );
        if (rule.count) expect(dates).toHaveLength(rule.count);
        if (!rule.until || rule.until >= start.slice(0, 10)) expect(dates[0]?.local).toBe(start);
      }),
    );
  });

  it('are whole weeks apart, or on the same weekday or date of their months', () => {
    fc.assert(
      fc.property(aRule, aStart, (rule, start) => {
        const days = localsOf(rule, start).map((local) => Temporal.PlainDate.from(local.slice(0, 10)));
        const [first] = days;
        days.forEach((day, index) => {
          const before = days[index - 1];
          if (!first || !before) return;
          if (rule.every === 'week') expect(before.until(day).days).toBe(7 * rule.interval);
          else expect(((day.year - first.year) * 12 + day.month - first.month) % rule.interval).toBe(0);
          if (rule.every === 'month_weekday') expect(day.dayOfWeek).toBe(first.dayOfWeek);
          if (rule.every === 'month_date') expect(day.day).toBe(first.day);
        });
      }),
    );
  });
});

describe('a rule that is kept', () => {
  it('says the same again when it is read', () => {
    fc.assert(
      fc.property(aRule, aStart, aZone, (rule, start, zone) => {
        expect(fromRrule(toRrule(rule, start, zone), zone)).toEqual(rule);
      }),
    );
  });

  it('ends at an instant in UTC, as RFC 5545 wants it', () =>
    expect(
      toRrule({ every: 'week', interval: 1, until: '2027-01-31' }, '2026-11-24T09:00', 'Europe/Athens'),
    ).toBe('FREQ=WEEKLY;UNTIL=20270131T215959Z'));

  it('of another program, which says more than there are words for here, is left as it is', () => {
    for (const rrule of [
      'FREQ=DAILY;COUNT=3',
      'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3',
      'FREQ=WEEKLY',
      'FREQ=YEARLY;COUNT=2',
    ])
      expect(fromRrule(rrule, 'UTC')).toBeNull();
  });

  it('that ends earlier keeps exactly the dates before', () => {
    fc.assert(
      fc.property(aRule, aStart, aZone, fc.nat(19), (rule, start, zone, at) => {
        const dates = occurrences(rule, start, zone);
        const cut = dates[at];
        if (!cut || at === 0) return;
        const kept = occurrences(endingBefore(rule, cut.local.slice(0, 10)), start, zone);
        expect(kept).toEqual(dates.slice(0, at));
      }),
    );
  });
});

it('dates that move along with another keep their distance in days and take its time of day', () => {
  expect(movedAlong('2026-12-01T09:00', '2026-11-24T09:00', '2026-11-26T10:30')).toEqual({
    day: '2026-12-03',
    time: '10:30',
  });
  fc.assert(
    fc.property(aStart, aStart, aStart, (local, from, to) => {
      const there = movedAlong(local, from, to);
      expect(movedAlong(`${there.day}T${there.time}`, to, from)).toEqual({
        day: local.slice(0, 10),
        time: from.slice(11),
      });
    }),
  );
});
