import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import { findAppointment } from '../appointments/found.ts';
import { answerWith } from '../appointments/view.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';

/** Notes that the patient said that they will come. The first stamp stands, also when two desks note it apart. */
export const confirm = (
  desk: Desk,
  session: Session,
  { appointmentId }: ParsedInput<'confirm'>,
): CallResult<'confirm'> => set(desk, session, 'confirm', appointmentId, desk.now());

/** Takes a confirmation back. */
export const unconfirm = (
  desk: Desk,
  session: Session,
  { appointmentId }: ParsedInput<'unconfirm'>,
): CallResult<'unconfirm'> => set(desk, session, 'unconfirm', appointmentId, null);

/** Only what is booked and has not begun is confirmed or not (front-desk.md). */
const set = (
  desk: Desk,
  session: Session,
  kind: string,
  id: string,
  confirmedAt: string | null,
): CallResult<'confirm'> => {
  const appointment = findAppointment(desk, id);
  if (!appointment) return refuse('not_found', { what: 'appointment', id });
  if (appointment.status !== 'scheduled') return refuse('not_confirmable', { status: appointment.status });
  if ((appointment.confirmedAt === null) === (confirmedAt === null)) return answerWith(desk, id);
  writeChange(desk, { kind, actor: session.userId }, (change) =>
    change.update(appointments, id, { confirmedAt }),
  );
  return answerWith(desk, id);
};
