import { z } from 'zod';
import type { Appointment } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { KioskAnswer } from '../../contract/kiosk.ts';
import { stampsOf } from '../appointments/appointment.ts';
import { dayAppointments } from '../appointments/day-schedule.ts';
import { dayBounds, dayOf } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';
import { mayLookUp, recentMisses } from './guard.ts';
import { type Candidate, isInTime, isNamed } from './match.ts';

const MISSES = 'kiosk_misses';

/**
 * A patient checks in. Whoever is named exactly once among those expected about now has arrived; whoever has arrived
 * already is told the same again; everybody else speaks with a person, and the screen never says why. Phone and address
 * that need asking for do not stop it: the desk sees who must be asked.
 */
export const kioskCheckIn = (
  desk: Desk,
  session: Session,
  typed: ParsedInput<'kioskCheckIn'>,
): CallResult<'kioskCheckIn'> => {
  const { station } = session;
  if (!station) return refuse('not_allowed', { right: 'kiosk' });
  const now = Date.parse(desk.now());
  const misses = z.array(z.int()).safeParse(readSetting(desk.replica, MISSES)).data ?? [];
  if (!mayLookUp(misses, now)) return tell('front_desk');

  const zone = zoneOf(desk, station.locationId);
  const named = dayAppointments(desk, station.locationId, dayBounds(dayOf(now, zone), zone), false).filter(
    (one) => isNamed(typed, candidateOf(desk, one)),
  );
  if (named.length === 0) {
    writeSetting(desk.replica, MISSES, [...recentMisses(misses, now), now]);
    return tell('front_desk');
  }
  const due = named.filter(({ status, start }) => status === 'scheduled' && isInTime(Date.parse(start), now));
  const [only] = due;
  if (only && due.length === 1) {
    arrive(desk, only);
    return tell('seated');
  }
  const waits = due.length === 0 && named.some(({ status }) => status === 'arrived' || status === 'ready');
  return tell(waits ? 'seated' : 'front_desk');
};

const tell = (answer: KioskAnswer): CallResult<'kioskCheckIn'> => ok({ answer });

const arrive = (desk: Desk, appointment: Appointment): void =>
  writeChange(desk, { kind: 'kioskCheckIn', actor: null }, (change) =>
    change.update(appointments, appointment.id, {
      status: 'arrived',
      ...stampsOf(appointment, 'arrived', desk.now()),
    }),
  );

const candidateOf = ({ replica }: Desk, { patient }: Appointment): Candidate => ({
  person: patient,
  owner:
    patient.owner &&
    ((replica
      .statement(
        'select first_name firstName, last_name lastName, date_of_birth dateOfBirth from patients where id = ?',
      )
      .get(patient.owner.id) as Candidate['owner'] | undefined) ??
      null),
});
