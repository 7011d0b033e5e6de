import type { Appointment } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import { type DayBounds, dayBounds, dayOf } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { keeperOf } from '../leases/kept.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';
import { type FoundAppointment, findAppointment } from './found.ts';
import { readSlots, readVisitType } from './grid.ts';
import { refuseMove } from './move.ts';
import { refuseOwned } from './owned.ts';
import { describeKeeper, describeTaken, findInTheWay, offerTimes } from './placement.ts';
import type { GridSlot } from './slot.ts';
import { answerWith } from './view.ts';

const MINUTE = 60_000;
/** No slot is longer, so one that reaches into a stretch begins at most this long before it. */
const LONGEST_SLOT = 720 * MINUTE;
/** What is still to come or still going on. */
const open: readonly Appointment['status'][] = ['pending', 'scheduled', 'arrived', 'ready', 'in_room'];

/**
 * Makes an appointment longer or shorter; its start stays. Less time needs no leave. The time that is gained, and only
 * that, must be the doctor's working time and nobody else's, as for a booking; an overbook goes past both, if the
 * person has the right to and is known by name.
 */
export const resize = (desk: Desk, session: Session, input: ParsedInput<'resize'>): CallResult<'resize'> => {
  const { appointmentId, durationMinutes, overbook } = input;
  const appointment = findAppointment(desk, appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: appointmentId });
  const owned = refuseOwned(appointment);
  if (owned) return owned;
  if (!open.includes(appointment.status)) return refuseMove(appointment.status, 'scheduled');
  const approver = session.rights.has('schedule.overbook') ? session.userId : null;
  if (overbook && approver === null) return refuse('not_allowed', { right: 'schedule.overbook' });
  if (isOver(desk, appointment)) return refuse('in_the_past', { start: appointment.start });

  const start = Date.parse(appointment.start);
  const gained = { start: Date.parse(appointment.end), end: start + durationMinutes * MINUTE };
  if (gained.start === gained.end) return answerWith(desk, appointmentId);
  const objection = gained.end > gained.start ? findObjection(desk, appointment, gained) : undefined;
  if (objection && !overbook) return objection;
  writeChange(desk, { kind: 'resize', actor: session.userId }, (change) =>
    change.update(appointments, appointmentId, {
      endsAt: new Date(gained.end).toISOString(),
      ...(objection && overbook ? { overbookReason: overbook.reason, overbookedBy: approver } : {}),
    }),
  );
  return answerWith(desk, appointmentId);
};

const isOver = (desk: Desk, { start, locationId }: FoundAppointment): boolean => {
  const zone = zoneOf(desk, locationId);
  return Date.parse(start) < dayBounds(dayOf(Date.parse(desk.now()), zone), zone).start;
};

/** Why the time that is gained cannot be had without an overbook, or undefined. */
const findObjection = (
  desk: Desk,
  appointment: FoundAppointment,
  gained: DayBounds,
): Result<never> | undefined => {
  const { id, doctorId, locationId, roomId, visitTypeId } = appointment;
  const buffers = (visitTypeId && readVisitType(desk, visitTypeId)) || { bufferBefore: 0, bufferAfter: 0 };
  const start = Date.parse(appointment.start);
  const whole = { ...buffers, length: gained.end - start };
  const offer = () => ({ nextFree: offerTimes(desk, { doctorId, locationId, start }, whole, id) });

  const more = { length: gained.end - gained.start, bufferBefore: 0, bufferAfter: buffers.bufferAfter };
  const wanted = { ...more, doctorId, roomId, slotId: null, start: gained.start };
  const blocker = findInTheWay(desk, wanted, id);
  if (blocker) return refuse('slot_taken', { ...describeTaken(desk, blocker), ...offer() });
  const keeper = keeperOf(desk, wanted);
  if (keeper) return refuse('slot_kept', { ...describeKeeper(keeper), ...offer() });
  const slots = readSlots(desk, [doctorId], gained.start - LONGEST_SLOT, gained.end);
  if (areOpen(slots, gained)) return undefined;
  return refuse('does_not_fit', { minutes: whole.length / MINUTE, ...offer() });
};

/** Whether available slots cover a stretch without a gap. `slots` are one doctor's, by start. */
const areOpen = (slots: readonly GridSlot[], { start, end }: DayBounds): boolean => {
  let reached = start;
  for (const slot of slots) {
    if (slot.available && slot.start <= reached) reached = Math.max(reached, slot.end);
  }
  return reached >= end;
};
