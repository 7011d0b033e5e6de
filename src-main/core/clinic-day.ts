import { Temporal } from 'temporal-polyfill';

/** A calendar day of a place: from its midnight to the next one, in epoch milliseconds, end not included. */
export interface DayBounds {
  start: number;
  end: number;
}

/** The bounds of `date` (`2026-03-29`) in `zone`: 23 or 25 hours apart on a day when the clocks change. */
export const dayBounds = (date: string, zone: string): DayBounds => {
  const day = Temporal.PlainDate.from(date);
  return { start: midnight(day, zone), end: midnight(day.add({ days: 1 }), zone) };
};

const midnight = (day: Temporal.PlainDate, zone: string): number =>
  day.toZonedDateTime({ timeZone: zone }).epochMilliseconds;

/** The calendar day of an instant (epoch milliseconds) in `zone`. */
export const dayOf = (ms: number, zone: string): string => localTime(ms, zone).toPlainDate().toString();

/** The wall clock of an instant (epoch milliseconds) in `zone`. */
export const localTime = (ms: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

/** An instant one calendar year earlier, both in epoch milliseconds. */
export const yearBefore = (ms: number): number => {
  const then = new Date(ms);
  return then.setUTCFullYear(then.getUTCFullYear() - 1);
};

const MOST_INSTANTS = 4096;
const instants = new Map<number, string>();

/**
 * Epoch milliseconds as the contract's instant. A full day names a few dozen times in thousands of places, and writing
 * one is slow, so what was written lately is kept.
 */
export const iso = (ms: number): string => {
  const written = instants.get(ms);
  if (written !== undefined) return written;
  const instant = new Date(ms).toISOString();
  if (instants.size >= MOST_INSTANTS) instants.clear();
  instants.set(ms, instant);
  return instant;
};

/** As `iso`, for a time that may be missing. */
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
