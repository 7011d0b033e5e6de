import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { NewWorkingHours, WorkingStretch } from '../../src-main/contract/schedules.ts';
import type { Template } from '../../src-main/core/schedules/rules.ts';
import {
  afterChange,
  overlappingWeekday,
  replaceWeek,
  weeksOf,
} from '../../src-main/core/schedules/working-week.ts';

const FIRST = Temporal.PlainDate.from('2026-11-01');
const dayAt = (n: number): string => FIRST.add({ days: n }).toString();
const days = Array.from({ length: 40 }, (_, n) => n);

const stretch = (weekday: number, starts = '09:00', ends = '13:00'): WorkingStretch => ({
  weekday,
  starts,
  ends,
  slotMinutes: 15,
  locationId: 'athens',
  roomId: null,
});
const template = (id: string, from: number, until: number | null, weekday: number): Template => ({
  id,
  doctorId: 'adamou',
  locationId: 'athens',
  roomId: null,
  weekday,
  startsLocal: '09:00',
  endsLocal: '13:00',
  slotMinutes: 15,
  validFrom: dayAt(from),
  validUntil: until === null ? null : dayAt(until),
});

const span = fc
  .tuple(fc.integer({ min: 0, max: 38 }), fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }))
  .map(([from, length]) => ({ from, until: length === null ? null : from + length }));
const templates = fc
  .array(fc.tuple(span, fc.integer({ min: 1, max: 7 })), { maxLength: 8 })
  .map((parts) => parts.map(([{ from, until }, weekday], n) => template(`t${n}`, from, until, weekday)));
const newWeek = fc.tuple(span, fc.uniqueArray(fc.integer({ min: 1, max: 7 }))).map(
  ([{ from, until }, weekdays]): NewWorkingHours => ({
    doctorId: 'adamou',
    from: dayAt(from),
    until: until === null ? null : dayAt(until),
    stretches: weekdays.map((weekday) => stretch(weekday, '14:00', '20:00')),
  }),
);

const holdingOn = (all: readonly Template[], day: string): string[] =>
  all
    .filter(({ validFrom, validUntil }) => validFrom <= day && (validUntil === null || validUntil >= day))
    .map(({ weekday, startsLocal, endsLocal }) => `${weekday} ${startsLocal}–${endsLocal}`)
    .sort();

test('a new week holds on its days, and on every other day what held before', () => {
  fc.assert(
    fc.property(templates, newWeek, (before, week) => {
      const after = afterChange(before, replaceWeek(before, week));
      for (const day of days.map(dayAt)) {
        const inside = day >= week.from && (week.until === null || day <= week.until);
        const expected = inside
          ? week.stretches.map(({ weekday, starts, ends }) => `${weekday} ${starts}–${ends}`).sort()
          : holdingOn(before, day);
        expect(holdingOn(after, day)).toEqual(expected);
      }
      for (const { validFrom, validUntil } of after)
        expect(validUntil === null || validUntil >= validFrom).toBe(true);
    }),
  );
});

test('the weeks that are shown say for each day from today on what holds, and none twice', () => {
  fc.assert(
    fc.property(templates, fc.integer({ min: 0, max: 20 }), (all, today) => {
      const weeks = weeksOf(all, dayAt(today));
      for (const day of days.slice(today).map(dayAt)) {
        const holding = weeks.filter(({ from, until }) => from <= day && (until === null || until >= day));
        expect(holding.length).toBeLessThanOrEqual(1);
        expect(
          holding
            .flatMap(({ stretches }) => stretches.map((one) => `${one.weekday} ${one.starts}–${one.ends}`))
            .sort(),
        ).toEqual(holdingOn(all, day));
      }
    }),
  );
});

test('two stretches of a day may adjoin, with a break or without, and not overlap', () => {
  expect(overlappingWeekday([stretch(1), stretch(1, '13:00', '17:00'), stretch(2)])).toBeUndefined();
  expect(overlappingWeekday([stretch(1), stretch(2), stretch(2, '12:59', '17:00')])).toBe(2);
  expect(overlappingWeekday([stretch(1), { ...stretch(1), locationId: 'london' }])).toBe(1);
});
