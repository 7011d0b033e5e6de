import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import { findAppointment } from '../appointments/found.ts';
import { move, refuseMove } from '../appointments/move.ts';
import { answerWith } from '../appointments/view.ts';
import type { Desk, Session } from '../desk.ts';

/**
 * Moves an appointment on through the waiting room, or a step back. Where it already is, nothing is written. What was
 * cancelled or missed comes back by `restore` only, which looks whether the time is still free.
 */
export const moveOn = (desk: Desk, session: Session, input: ParsedInput<'moveOn'>): CallResult<'moveOn'> => {
  const appointment = findAppointment(desk, input.appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: input.appointmentId });
  const { status } = appointment;
  if (status === input.to) return answerWith(desk, input.appointmentId);
  if (status === 'cancelled' || status === 'no_show') return refuseMove(status, input.to);
  return move(desk, session, 'moveOn', appointment, input.to);
};
