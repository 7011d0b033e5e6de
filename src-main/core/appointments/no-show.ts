import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { move } from './move.ts';
import { readAppointment } from './view.ts';

/** Marks an appointment as not attended and frees its slot. `restore` takes it back. */
export const noShow = (desk: Desk, session: Session, input: ParsedInput<'noShow'>): CallResult<'noShow'> => {
  const appointment = readAppointment(desk, input.appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: input.appointmentId });
  return move(desk, session, 'noShow', appointment, 'no_show');
};
