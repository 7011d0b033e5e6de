import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { dayAppointments } from '../appointments/day-schedule.ts';
import { dayBounds, dayOf } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { waitingLimitMinutes } from '../doctors/settings.ts';
import { clinics } from '../schema/replica/index.ts';
import { inOrder, lineOf, nextInLine, type Place, placeOf } from './queue.ts';

/** Today's patients of a location, by its clock: expected, here (longest wait first), and done. */
export const waitingRoom = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'waitingRoom'>,
): CallResult<'waitingRoom'> => {
  const { locationId } = input;
  const { replica } = desk;
  const zone = replica
    .statement('select timezone from clinic_locations where id = ?')
    .pluck()
    .get(locationId) as string | undefined;
  if (zone === undefined) return refuse('not_found', { what: 'location', id: locationId });

  const now = Date.parse(desk.now());
  const today = dayAppointments(desk, locationId, dayBounds(dayOf(now, zone), zone), false);
  const limit = waitingLimitMinutes(replica.orm.select().from(clinics).get()?.settings ?? {});
  const doctorName = doctorNames(desk);
  const roomName = roomNames(desk);
  const part = (place: Place) =>
    today
      .filter(({ status }) => placeOf(status) === place)
      .sort(inOrder(place, now))
      .map((appointment) => ({
        appointment,
        doctorName: doctorName(appointment.doctorId),
        roomName: appointment.roomId === null ? null : (roomName.get(appointment.roomId) ?? null),
        ...lineOf(appointment, now, limit),
      }));
  const doctorIds = [...new Set(today.map(({ doctorId }) => doctorId))];
  const next = doctorIds.flatMap((doctorId) => {
    const one = nextInLine(
      today.filter((appointment) => appointment.doctorId === doctorId),
      now,
    );
    return one ? [{ doctorId, appointmentId: one.id }] : [];
  });
  return ok({ expected: part('expected'), here: part('here'), done: part('done'), next });
};

const roomNames = ({ replica }: Desk): Map<string, string> =>
  new Map(replica.statement('select id, name from rooms').raw().all() as [string, string][]);
