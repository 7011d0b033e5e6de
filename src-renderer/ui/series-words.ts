import type { TFunction } from 'i18next';
import { Temporal } from 'temporal-polyfill';
import type { SeriesRule } from '../../src-main/contract/series.ts';
import type { Formats } from '../i18n/format.ts';

/** The calendar day of an instant in a zone, `2026-11-24`. */
export const dayIn = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

const nths = ['first', 'second', 'third', 'fourth', 'last'] as const;

/** Which weekday of its month a day is; the fifth is the last. */
const nthOf = (day: string): (typeof nths)[number] =>
  nths[Math.ceil(Temporal.PlainDate.from(day).day / 7) - 1] ?? 'last';

/** "the fourth Tuesday" or "the 24th", for the series whose first date is `day`. */
export const dayOfMonthWords = (
  t: TFunction,
  formats: Formats,
  every: SeriesRule['every'],
  day: string,
): string =>
  every === 'month_date'
    ? t('series.onDate', { date: Temporal.PlainDate.from(day).day })
    : t(`series.${isSaturday(day) ? 'nthSaturday' : 'nth'}.${nthOf(day)}`, {
        weekday: weekdayOf(formats, day),
      });

/** In Greek the one weekday of another gender. */
const isSaturday = (day: string): boolean => Temporal.PlainDate.from(day).dayOfWeek === 6;

const weekdayOf = ({ locale }: Formats, day: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** "every 2 weeks, 6 times", for the series whose first date is `day`. */
export const ruleWords = (t: TFunction, formats: Formats, rule: SeriesRule, day: string): string => {
  const { every, interval, count, until } = rule;
  const period =
    every === 'week'
      ? t('series.everyWeeks', { count: interval })
      : t('series.everyMonths', { count: interval, on: dayOfMonthWords(t, formats, every, day) });
  const end =
    until === undefined
      ? t('series.times', { count: count ?? 0 })
      : t('series.until', { day: formats.day(until) });
  return `${period}, ${end}`;
};
