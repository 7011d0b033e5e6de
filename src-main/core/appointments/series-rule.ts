import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { SeriesRule } from '../../contract/series.ts';
import { localTime } from '../clinic-day.ts';
import { wallClock } from './wall-clock.ts';

/** One date of a series: the location's wall clock, `2026-11-24T09:00`, and its instant in epoch milliseconds. */
export interface Occurrence {
  local: string;
  start: number;
}

/** No rule is followed further; a year of weeks fits. */
const MOST = 60;

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * The dates of a rule from its first one on, by the wall clock of `zone`: 09:00 stays 09:00 when the clocks change. The
 * rule is followed on the calendar alone; `wallClock` says which instant each date is.
 */
export const occurrences = (rule: SeriesRule, startsLocal: string, zone: string): Occurrence[] => {
  const until = rule.until === undefined ? '' : `;UNTIL=${rule.until.replaceAll('-', '')}T235959Z`;
  const dates = new RRuleTemporal({
    rruleString: `${recurrence(rule, startsLocal)}${until}`,
    dtstart: Temporal.PlainDateTime.from(startsLocal).toZonedDateTime('UTC'),
    temporal: Temporal,
  }).all((_, index) => index < MOST);
  return dates.map((date) => {
    const local = date.toPlainDateTime().toString({ smallestUnit: 'minute' });
    const [day = '', time = ''] = local.split('T');
    return { local, start: wallClock(day, time, zone) };
  });
};

/** A rule as RFC 5545 writes it after `RRULE:`. Its end is an instant in UTC, since the series has a time zone. */
export const toRrule = (rule: SeriesRule, startsLocal: string, zone: string): string => {
  if (rule.until === undefined) return recurrence(rule, startsLocal);
  const end = new Date(wallClock(rule.until, '24:00', zone) - 1000).toISOString();
  return `${recurrence(rule, startsLocal)};UNTIL=${end.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
};

/** The rule without an end that is a day. */
const recurrence = ({ every, interval, count }: SeriesRule, startsLocal: string): string =>
  [
    `FREQ=${every === 'week' ? 'WEEKLY' : 'MONTHLY'}`,
    interval === 1 ? '' : `INTERVAL=${interval}`,
    every === 'month_weekday' ? `BYDAY=${weekdayOfMonth(startsLocal)}` : '',
    count === undefined ? '' : `COUNT=${count}`,
  ]
    .filter(Boolean)
    .join(';');

/** Which weekday of its month a day is: `4TU`. A month need not have a fifth, so that one is the last. */
const weekdayOfMonth = (local: string): string => {
  const { day, dayOfWeek } = Temporal.PlainDateTime.from(local);
  const nth = Math.ceil(day / 7);
  return `${nth === 5 ? -1 : nth}${weekdays[dayOfWeek - 1]}`;
};

/** The rule that an RRULE says; null where it says more than a `SeriesRule` can. */
export const fromRrule = (rrule: string, zone: string): SeriesRule | null => {
  const parts = new Map(rrule.split(';').map((part) => part.split('=') as [string, string]));
  const known = ['FREQ', 'INTERVAL', 'BYDAY', 'COUNT', 'UNTIL'];
  const freq = parts.get('FREQ');
  const byDay = parts.has('BYDAY');
  const ends = parts.has('COUNT') !== parts.has('UNTIL');
  if (![...parts.keys()].every((name) => known.includes(name)) || !ends) return null;
  if (freq !== 'MONTHLY' && (freq !== 'WEEKLY' || byDay)) return null;
  const count = parts.get('COUNT');
  const until = parts.get('UNTIL');
  return {
    every: freq === 'WEEKLY' ? 'week' : byDay ? 'month_weekday' : 'month_date',
    interval: Number(parts.get('INTERVAL') ?? 1),
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(until === undefined ? {} : { until: dayOfEnd(until, zone) }),
  };
};

const dayOfEnd = (until: string, zone: string): string => {
  const [, y, m, d, time = ''] = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z)?$/.exec(until) ?? [];
  if (time === '') return `${y}-${m}-${d}`;
  const at = `${y}-${m}-${d}T${time.slice(1, 3)}:${time.slice(3, 5)}:${time.slice(5, 7)}Z`;
  return localTime(Date.parse(at), zone).toPlainDate().toString();
};

/** The rule with its last possible date before `day`. */
export const endingBefore = ({ every, interval }: SeriesRule, day: string): SeriesRule => ({
  every,
  interval,
  until: Temporal.PlainDate.from(day).subtract({ days: 1 }).toString(),
});

/**
 * Where a date goes when another date of its series is moved: as many days on, at the new time of day. All of them are
 * wall-clock times at the location.
 */
export const movedAlong = (local: string, from: string, to: string): { day: string; time: string } => {
  const dayOf = (at: string) => Temporal.PlainDate.from(at.slice(0, 10));
  const { days } = dayOf(from).until(dayOf(to), { largestUnit: 'days' });
  return { day: dayOf(local).add({ days }).toString(), time: to.slice(11, 16) };
};
