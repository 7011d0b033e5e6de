import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { noShowGraceMinutes } from '../doctors/settings.ts';
import { clinics } from '../schema/replica/index.ts';
import { mayMove } from './appointment.ts';
import { findAppointment } from './found.ts';
import { move } from './move.ts';

/**
 * Marks an appointment as not attended and frees its slot, once the grace time after its start is over
 * (front-desk.md). `restore` takes it back.
 */
export const noShow = (desk: Desk, session: Session, input: ParsedInput<'noShow'>): CallResult<'noShow'> => {
  const appointment = findAppointment(desk, input.appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: input.appointmentId });
  const settings = desk.replica.orm.select().from(clinics).get()?.settings ?? {};
  const from = Date.parse(appointment.start) + noShowGraceMinutes(settings) * 60_000;
  if (mayMove(appointment.status, 'no_show') && Date.parse(desk.now()) < from)
    return refuse('too_early', { from: iso(from) });
  return move(desk, session, 'noShow', appointment, 'no_show');
};
