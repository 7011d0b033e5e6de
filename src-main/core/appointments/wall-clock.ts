import { Temporal } from 'temporal-polyfill';

/**
 * The instant (epoch milliseconds) of a wall-clock time `HH:MM` on a day in an IANA zone; `24:00` is the midnight
 * that closes the day. Every wall-clock time names exactly one instant, and a later one never an earlier
 * instant, so stretches that adjoin on the clock adjoin in time, whatever the clocks do:
 *
 * - a time that the spring change skips is the moment of the change;
 * - a time that the autumn change repeats is its first passing.
 */
export const wallClock = (day: string, time: string, zone: string): number => {
  const date = Temporal.PlainDate.from(day);
  const local = time === '24:00' ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime(time);
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  // `earlier` steps back over the gap, so the next change is the one that skipped the time.
  const change = zoned.getTimeZoneTransition('next');
  if (!change) throw new Error(`${day} ${time} is skipped in ${zone}, but nothing skips it`);
  return change.epochMilliseconds;
};
