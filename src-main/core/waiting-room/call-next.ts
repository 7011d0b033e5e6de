import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import { dayAppointments } from '../appointments/day-schedule.ts';
import { move } from '../appointments/move.ts';
import { dayBounds, dayOf } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { nextInLine } from './queue.ts';

/** Sends in whom a doctor calls next at a location, by the rule of the queue. */
export const callNext = (
  desk: Desk,
  session: Session,
  { doctorId, locationId }: ParsedInput<'callNext'>,
): CallResult<'callNext'> => {
  const zone = desk.replica
    .statement('select timezone from clinic_locations where id = ?')
    .pluck()
    .get(locationId) as string | undefined;
  if (zone === undefined) return refuse('not_found', { what: 'location', id: locationId });
  const now = Date.parse(desk.now());
  const today = dayAppointments(desk, locationId, dayBounds(dayOf(now, zone), zone), false);
  const next = nextInLine(
    today.filter((one) => one.doctorId === doctorId),
    now,
  );
  return next ? move(desk, session, 'moveOn', next, 'in_room') : refuse('nobody_waits', { doctorId });
};
