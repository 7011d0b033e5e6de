import ical, { type ICalEventData, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { NamesShown } from '../../../contract/export.ts';
import type { Status } from '../../../contract/status.ts';
import type { Desk, Session } from '../../desk.ts';
import { doctorNames } from '../../doctors/names.ts';
import { letOthersGo } from '../../let-others-go.ts';
import {
  boundsOf,
  type ExportedAppointment,
  type ExportedLocation,
  readExported,
  readLocation,
  roomNames,
} from './schedule.ts';
import { vtimezone } from './vtimezone.ts';

/** Events that are written before other calls go first. */
const SLICE = 50;
/** Longer than any export, so that the head of the first part holds for every part. */
const ZONE_MS = 400 * 86_400_000;

/**
 * Appointments as iCalendar events: UID, DTSTAMP, DTSTART and DTEND by the location's clock, SUMMARY, STATUS,
 * SEQUENCE, LAST-MODIFIED, LOCATION. Of a patient it says initials unless told otherwise. A cancelled one stays in
 * the file as CANCELLED, so that a calendar that had it takes it off; a hold is nobody's and stays away.
 */
export const exportCalendar = async (
  desk: Desk,
  _session: Session,
  { locationId, from, to, doctorId, names }: ParsedInput<'exportCalendar'>,
): Promise<CallResult<'exportCalendar'>> => {
  const location = readLocation(desk, locationId);
  if (!location) return refuse('not_found', { what: 'location', id: locationId });
  const bounds = boundsOf(from, to, location.zone);
  const rows = readExported(desk, locationId, bounds).filter(
    (row) => row.status !== 'held' && (doctorId === undefined || row.doctorId === doctorId),
  );
  const about: About = {
    location,
    names,
    now: desk.now(),
    doctor: doctorNames(desk),
    rooms: roomNames(desk),
  };
  const pieces: string[] = [];
  for (let first = 0; first < rows.length; first += SLICE) {
    pieces.push(eventsOf(rows.slice(first, first + SLICE).map((row) => event(row, about))));
    await letOthersGo();
  }
  return ok({ head: headOf(location, bounds.start), events: pieces.join(''), tail: 'END:VCALENDAR\r\n' });
};

interface About {
  location: ExportedLocation;
  names: NamesShown;
  now: string;
  doctor: ReturnType<typeof doctorNames>;
  rooms: ReadonlyMap<string, string>;
}

const emptyCalendar = () => ical({ prodId: { company: 'Anteroom', product: 'Front desk', language: 'EN' } });

/** Everything before the first event. */
const headOf = ({ zone }: ExportedLocation, start: number): string => {
  const whole = emptyCalendar()
    .timezone({ name: zone, generator: () => vtimezone(zone, start, start + ZONE_MS) })
    .toString();
  return `${whole.slice(0, whole.lastIndexOf('END:VCALENDAR'))}`;
};

/** The events alone, as the library writes and folds them. */
const eventsOf = (events: readonly ICalEventData[]): string => {
  const whole = emptyCalendar()
    .events([...events])
    .toString();
  return whole.slice(whole.indexOf('BEGIN:VEVENT'), whole.lastIndexOf('END:VCALENDAR'));
};

const event = (row: ExportedAppointment, about: About): ICalEventData => {
  const { location, names, now } = about;
  const local = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(location.zone);
  const who = nameOf(row, names);
  const place = [
    row.roomId === null ? undefined : about.rooms.get(row.roomId),
    location.name,
    location.line1,
    location.city,
  ];
  return {
    id: `${row.id}@anteroom`,
    stamp: now,
    start: local(row.start),
    end: local(row.end),
    timezone: location.zone,
    summary: [who, row.visitType, about.doctor(row.doctorId).en].filter(Boolean).join(' · '),
    location: place.filter(Boolean).join(', '),
    status: statusOf(row.status),
    // Grows with each change of the row, which is all that RFC 5545 asks of it.
    sequence: Math.max(0, Math.floor((row.updatedAt - row.createdAt) / 1000)),
    lastModified: new Date(row.updatedAt),
  };
};

const nameOf = ({ firstName, lastName }: ExportedAppointment, shown: NamesShown): string => {
  if (shown === 'none') return '';
  const parts = [firstName, lastName].filter((part): part is string => Boolean(part));
  return shown === 'full' ? parts.join(' ') : parts.map((part) => `${[...part][0]}.`).join(' ');
};

const statusOf = (status: Status): ICalEventStatus => {
  if (status === 'pending') return ICalEventStatus.TENTATIVE;
  return status === 'cancelled' || status === 'no_show' || status === 'left'
    ? ICalEventStatus.CANCELLED
    : ICalEventStatus.CONFIRMED;
};
