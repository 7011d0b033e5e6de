import { Temporal } from 'temporal-polyfill';
import { wallClock } from '../../appointments/wall-clock.ts';

/** A stretch of time in epoch milliseconds. */
export interface Span {
  start: number;
  end: number;
}

/**
 * A stretch that Neo gives by the clinic's clock (`2026-11-24 16:00:00`), as instants; null where it is none. 16:00 is
 * 16:00 on either side of a change of the clocks. A time that the spring change skips is the moment of the change, and
 * one that the autumn change repeats is its first passing, as everywhere here (`wallClock`). Where that befalls an end
 * of the stretch, it keeps the length that it has on the clock.
 */
export const spanOf = (start: string, end: string, zone: string): Span | null => {
  const [from, to] = [plain(start), plain(end)];
  if (from === null || to === null || Temporal.PlainDateTime.compare(from, to) >= 0) return null;
  const at = instantOf(from, zone);
  if (isOnce(from, zone) && isOnce(to, zone)) return { start: at, end: instantOf(to, zone) };
  return { start: at, end: at + from.until(to).total('milliseconds') };
};

/** One wall-clock time, or midnight where Neo gives the day alone; null where it is neither. */
export const instantAt = (text: string, zone: string): number | null => {
  const local = plain(text);
  return local === null ? null : instantOf(local, zone);
};

const FORM = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/;

const plain = (text: string): Temporal.PlainDateTime | null => {
  if (!FORM.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text.replace(' ', 'T'));
  } catch {
    // Such as the thirtieth of February.
    return null;
  }
};

const instantOf = (local: Temporal.PlainDateTime, zone: string): number =>
  wallClock(local.toPlainDate().toString(), local.toPlainTime().toString(), zone);

const isOnce = (local: Temporal.PlainDateTime, zone: string): boolean =>
  local.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds ===
  local.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
