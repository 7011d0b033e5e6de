import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { move, refuseMove } from './move.ts';
import { readAppointment } from './view.ts';

/** Books what was requested: a request takes its time already, so nothing else can have come there. */
export const accept = (desk: Desk, session: Session, input: ParsedInput<'accept'>): CallResult<'accept'> => {
  const appointment = readAppointment(desk, input.appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: input.appointmentId });
  if (appointment.status !== 'pending') return refuseMove(appointment.status, 'scheduled');
  return move(desk, session, 'accept', appointment, 'scheduled');
};
