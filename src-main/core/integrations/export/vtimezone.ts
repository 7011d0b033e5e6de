import { Temporal } from 'temporal-polyfill';

/**
 * A zone's rules between two instants (epoch milliseconds) as a VTIMEZONE (RFC 5545, 3.6.5): the offset at the
 * beginning and every change after it, each with its own onset, so that a reader needs no table of zones.
 */
export const vtimezone = (zone: string, from: number, to: number): string => {
  const start = at(from, zone);
  const before = start.getTimeZoneTransition('previous');
  const onsets = [observance(before ?? at(0, zone))];
  for (
    let next = start.getTimeZoneTransition('next');
    next && next.epochMilliseconds < to;
    next = next.getTimeZoneTransition('next')
  )
    onsets.push(observance(next));
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...onsets.flat(), 'END:VTIMEZONE'].join('\r\n');
};

const at = (ms: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

/** The time that begins at a change of the clocks; the onset is told by the clocks as they went before it. */
const observance = (change: Temporal.ZonedDateTime): string[] => {
  const before = at(change.epochMilliseconds - 1, change.timeZoneId);
  const onset = change.toInstant().toZonedDateTimeISO(before.offset);
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${onset.toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`,
    `TZOFFSETFROM:${offset(before)}`,
    `TZOFFSETTO:${offset(change)}`,
    `END:${kind}`,
  ];
};

/** `+0200`; with seconds where the zone had them, as before there were time zones. */
const offset = ({ offset }: Temporal.ZonedDateTime): string =>
  offset.replace(/[:]/g, '').replace(/\..*$/, '');
