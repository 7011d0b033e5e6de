import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { keeperOf } from '../leases/kept.ts';
import { type FoundAppointment, findAppointment } from './found.ts';
import { readSlot, readVisitType } from './grid.ts';
import { move, refuseMove } from './move.ts';
import { refuseOwned } from './owned.ts';
import { describeKeeper, describeTaken, findInTheWay, offerTimes } from './placement.ts';

/**
 * Takes a cancellation or a no-show back, if its time is still free. An approved overbook stays approved. `kind` names
 * the command that does it.
 */
export const restore = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'restore'>,
  kind = 'restore',
): CallResult<'restore'> => {
  const appointment = findAppointment(desk, input.appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: input.appointmentId });
  const { status, overbookReason } = appointment;
  if (status !== 'cancelled' && status !== 'no_show') return refuseMove(status, 'scheduled');
  const owned = status === 'cancelled' ? refuseOwned(appointment) : undefined;
  if (owned) return owned;
  const refused = overbookReason === null ? checkTime(desk, appointment) : undefined;
  return refused ?? move(desk, session, kind, appointment, 'scheduled');
};

/** Why the appointment cannot stand at its old time any more, or undefined. */
const checkTime = (desk: Desk, appointment: FoundAppointment): Result<never> | undefined => {
  const { id, doctorId, locationId, roomId, slotId, visitTypeId } = appointment;
  const start = Date.parse(appointment.start);
  const end = Date.parse(appointment.end);
  const buffers = (visitTypeId && readVisitType(desk, visitTypeId)) || { bufferBefore: 0, bufferAfter: 0 };
  const visit = { ...buffers, length: end - start };
  const offer = () => ({ nextFree: offerTimes(desk, { doctorId, locationId, start }, visit, id) });

  // Blocked since, or closed: a deleted slot is not read.
  if (slotId !== null && !readSlot(desk, slotId)?.available) return refuse('slot_blocked', offer());
  const wanted = { ...visit, doctorId, roomId, slotId, start };
  const blocker = findInTheWay(desk, wanted, id);
  if (blocker) return refuse('slot_taken', { ...describeTaken(desk, blocker), ...offer() });
  const keeper = keeperOf(desk, wanted);
  return keeper && refuse('slot_kept', { ...describeKeeper(keeper), ...offer() });
};
