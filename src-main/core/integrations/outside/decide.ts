import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, type Result, refuse } from '../../../contract/errors.ts';
import type { OutsideDecision } from '../../../contract/outside.ts';
import { readAppointment } from '../../appointments/view.ts';
import type { Desk, Session } from '../../desk.ts';
import { writeChange } from '../../replica/write.ts';
import { outsideBookings } from '../../schema/replica/index.ts';
import { type Booking, choicesFor, isOpen, readBooking } from './bookings.ts';
import { planMove } from './move-here.ts';
import { agreedWith, type Plan, settled } from './plan.ts';
import { planTheirs } from './take-theirs.ts';

/**
 * Decides about a booking of an outside system, in one change: what follows here is done at once, and what is to be done
 * there the next run does, since it sees that this side has moved on. Two desks that decide differently at once both
 * set `decision`, and so central takes the first; of two that decide alike the first one's stamps stand.
 */
export const decideOutside = (
  desk: Desk,
  session: Session,
  { id, decision, slotId }: ParsedInput<'decideOutside'>,
): CallResult<'decideOutside'> => {
  const booking = readBooking(desk, id);
  if (!booking) return refuse('not_found', { what: 'outsideBooking', id });
  if (!isOpen(desk, booking)) return refuse('already_resolved');
  if (!choicesFor(booking).includes(decision)) return refuse('not_resolvable', { code: booking.problem });
  const plan = planOf(desk, session, booking, decision, slotId);
  if (!plan.ok) return plan;
  const { appointmentId, write, set } = plan.value;
  writeChange(desk, { kind: 'decideOutside', actor: session.userId }, (change) => {
    write?.(change);
    const decided = decision === 'retry' ? {} : { decision };
    const stamps = { decidedAt: desk.now(), decidedBy: session.userId };
    change.update(outsideBookings, id, { ...set, ...decided, ...stamps });
  });
  return ok({ appointment: (appointmentId !== null && readAppointment(desk, appointmentId)) || null });
};

const planOf = (
  desk: Desk,
  session: Session,
  booking: Booking,
  decision: OutsideDecision,
  slotId: string | undefined,
): Result<Plan> => {
  const { appointmentId } = booking;
  switch (decision) {
    case 'move':
      return planMove(desk, session, booking, slotId);
    case 'keep_theirs':
      return planTheirs(desk, booking);
    case 'keep_ours':
      return ok({ appointmentId, set: { ...settled, agreed: agreedWith(booking) } });
    case 'retry':
      return ok({ appointmentId, set: settled });
    // They stay as they are: the next run acts on what was decided, or leaves it be.
    case 'decline':
    case 'dismiss':
      return ok({ appointmentId, set: {} });
  }
};
