import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Status } from '../../contract/status.ts';
import { stampsOf } from '../appointments/appointment.ts';
import { isToday, refuseMove } from '../appointments/move.ts';
import { answerWith, readAppointment } from '../appointments/view.ts';
import { isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments, patients } from '../schema/replica/index.ts';

const came: readonly Status[] = ['arrived', 'ready', 'in_room', 'completed'];

/**
 * Stamps the arrival. Somebody who has come today already is answered as they are, and nothing is written. Where
 * phone or address need asking for, it first answers `contact_unconfirmed` with what is known; told that they
 * are right, it stamps that too, in the same change: for an animal on its owner's record.
 */
export const checkIn = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'checkIn'>,
): CallResult<'checkIn'> => {
  const id = input.appointmentId;
  const appointment = readAppointment(desk, id);
  if (!appointment) return refuse('not_found', { what: 'appointment', id });
  const { status, arrivedAt, start, locationId } = appointment;
  if (came.includes(status) && isToday(desk, arrivedAt ?? start, locationId)) return ok(appointment);
  if (status !== 'scheduled') return refuseMove(status, 'arrived');

  const contactId = appointment.patient.owner?.id ?? appointment.patient.id;
  if (appointment.alerts.contactDue && !input.contactConfirmed)
    return refuse('contact_unconfirmed', contactDetails(desk, contactId));

  const now = desk.now();
  writeChange(desk, { kind: 'checkIn', actor: session.userId }, (change) => {
    change.update(appointments, id, { status: 'arrived', ...stampsOf(appointment, 'arrived', now) });
    if (input.contactConfirmed) change.update(patients, contactId, { contactConfirmedAt: now });
  });
  return answerWith(desk, id);
};

/** What is known of how to reach somebody, for the person who asks. */
const contactDetails = ({ replica }: Desk, patientId: string): Record<string, unknown> => {
  const row = replica
    .statement(`select phone, address, city, contact_confirmed_at confirmedAt from patients where id = ?`)
    .get(patientId) as {
    phone: string | null;
    address: string | null;
    city: string | null;
    confirmedAt: number | null;
  };
  const { confirmedAt, ...known } = row;
  return {
    patientId,
    ...known,
    contactConfirmedAt: isoOrNull(confirmedAt),
    missing: (['phone', 'address'] as const).filter((field) => !row[field]),
  };
};
