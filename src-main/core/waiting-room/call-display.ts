import type { Appointment } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Called } from '../../contract/kiosk.ts';
import type { Bilingual } from '../../contract/values.ts';
import { dayAppointments } from '../appointments/day-schedule.ts';
import { dayBounds, dayOf, localTime } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { clinics } from '../schema/replica/index.ts';
import { placeOf } from './queue.ts';
import { type Labelled, shortLabels } from './short-label.ts';

/** Somebody who was sent into the room is called for so long. */
const CALLED_MS = 2 * 60_000;

/** Who is called at a location now, newest first, then who is next. Whole names do not leave the core by this call. */
export const callDisplay = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'callDisplay'>,
): CallResult<'callDisplay'> => {
  const locationId = session.station?.locationId ?? input.locationId ?? '';
  const { replica } = desk;
  const zone = replica
    .statement('select timezone from clinic_locations where id = ?')
    .pluck()
    .get(locationId) as string | undefined;
  const clinic = replica.orm.select().from(clinics).get();
  if (zone === undefined || !clinic) return refuse('not_found', { what: 'location', id: locationId });

  const now = Date.parse(desk.now());
  const here = dayAppointments(desk, locationId, dayBounds(dayOf(now, zone), zone), false).filter(
    ({ status }) => placeOf(status) === 'here',
  );
  const labels = shortLabels(here.map((one) => labelled(desk, one, zone)));
  const doctorName = doctorNames(desk);
  const roomName = roomNames(desk);
  const shown = here
    .map((one, index) => ({ one, what: whatOf(one, now), label: labels[index] ?? '' }))
    .sort((a, b) => orderOf(a.one).localeCompare(orderOf(b.one)));
  const of = (what: Called['what']): Called[] =>
    shown
      .filter((entry) => entry.what === what)
      .map(({ one, label }) => ({
        label,
        what,
        doctorName: doctorName(one.doctorId),
        roomName: one.roomId === null ? null : (roomName.get(one.roomId) ?? null),
      }));
  return ok({
    clinicName: { en: clinic.name, el: clinic.nameEl ?? clinic.name },
    timezone: zone,
    called: [...of('go_in').reverse(), ...of('ready')],
  });
};

const whatOf = ({ status, inRoomAt }: Appointment, now: number): Called['what'] | null => {
  if (status === 'ready') return 'ready';
  return status === 'in_room' && inRoomAt !== null && now - Date.parse(inRoomAt) < CALLED_MS ? 'go_in' : null;
};

/** When they were called or became ready; instants in one form sort as text. */
const orderOf = ({ inRoomAt, readyAt, start }: Appointment): string => inRoomAt ?? readyAt ?? start;

const labelled = ({ replica }: Desk, { patient, start }: Appointment, zone: string): Labelled => {
  const owner = patient.owner
    ? (replica.statement('select last_name from patients where id = ?').pluck().get(patient.owner.id) as
        | string
        | undefined)
    : undefined;
  return {
    firstName: patient.firstName,
    lastName: owner ?? patient.lastName,
    time: localTime(Date.parse(start), zone).toPlainTime().toString({ smallestUnit: 'minute' }),
  };
};

const roomNames = ({ replica }: Desk): Map<string, Bilingual> => {
  const rows = replica
    .statement('select id, name en, coalesce(name_el, name) el from rooms')
    .all() as (Bilingual & {
    id: string;
  })[];
  return new Map(rows.map(({ id, en, el }) => [id, { en, el }]));
};
