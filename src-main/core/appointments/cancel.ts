import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { findAppointment } from './found.ts';
import { move } from './move.ts';
import { refuseOwned } from './owned.ts';

/** Cancels an appointment and frees its slot: who, when and why are kept. `restore` takes it back. */
export const cancel = (desk: Desk, session: Session, input: ParsedInput<'cancel'>): CallResult<'cancel'> => {
  const appointment = findAppointment(desk, input.appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: input.appointmentId });
  const owned = refuseOwned(appointment);
  if (owned) return owned;
  return move(desk, session, 'cancel', appointment, 'cancelled', {
    cancelledBy: session.userId,
    cancellationReason: input.reason || null,
  });
};
