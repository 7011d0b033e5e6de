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
 * Stamps the arrival, on the day of the appointment only. Somebody who has come today already is answered as they are.
 * Where phone or address need asking for, it first answers `contact_unconfirmed` with what is known; told that they
 * are right, it stamps that too, in the same change: for an animal on its owner's record. Told so of somebody who is
 * here already, it stamps that alone: the kiosk checks in whom it cannot ask.
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
  const contactId = appointment.patient.owner?.id ?? appointment.patient.id;
  if (came.includes(status) && isToday(desk, arrivedAt ?? start, locationId)) {
    if (!input.contactConfirmed || !appointment.alerts.contactDue) return ok(appointment);
    confirmContact(desk, session, contactId);
    return answerWith(desk, id);
  }
  if (status !== 'scheduled') return refuseMove(status, 'arrived');
  if (!isToday(desk, start, locationId)) return refuse('not_today', { start, locationId });

  if (appointment.alerts.contactDue && !input.contactConfirmed)
    return refuse('contact_unconfirmed', contactDetails(desk, contactId));

  const now = desk.now();
  writeChange(desk, { kind: 'checkIn', actor: session.userId }, (change) => {
    change.update(appointments, id, { status: 'arrived', ...stampsOf(appointment, 'arrived', now) });
    if (input.contactConfirmed) change.update(patients, contactId, { contactConfirmedAt: now });
  });
  return answerWith(desk, id);
};

const confirmContact = (desk: Desk, session: Session, patientId: string): void =>
  writeChange(desk, { kind: 'updatePatient', actor: session.userId }, (change) =>
    change.update(patients, patientId, { contactConfirmedAt: desk.now() }),
  );

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
