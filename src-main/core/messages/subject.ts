import type { ThreadSubject } from '../../contract/message.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { fullName } from '../patients/patient.ts';
import { asRecord, type StoredMessage, textOf } from './stored.ts';

/** The appointment of a thread, with what a message of it refers to. */
export interface ThreadAppointment {
  id: string;
  patientId: string | null;
  doctorId: string;
  locationId: string | null;
  start: number;
  status: NonNullable<ThreadSubject['appointment']>['status'];
}

export const readThreadAppointment = ({ replica }: Desk, id: string): ThreadAppointment | undefined =>
  replica
    .statement(
      `select id, patient_id patientId, doctor_id doctorId, location_id locationId, scheduled_at start, status
       from appointments where id = ?`,
    )
    .get(id) as ThreadAppointment | undefined;

/** The name of an appointment's thread where nobody has written in it (clinic-schema: app-defined, per appointment). */
export const newThreadId = (appointmentId: string): string => `apt-${appointmentId}`;

/** What a thread is about, by its newest message or, before the first, by its appointment. */
export const subjectOf = (
  desk: Desk,
  threadId: string,
  links: { appointmentId: string | null; patientId: string | null },
  newest: StoredMessage | undefined,
): ThreadSubject => {
  const appointment = links.appointmentId ? readThreadAppointment(desk, links.appointmentId) : undefined;
  const patientId = appointment?.patientId ?? links.patientId;
  return {
    threadId,
    name: (patientId && patientName(desk, patientId)) || (newest ? toldName(newest) : ''),
    patientId,
    appointment: appointment
      ? {
          id: appointment.id,
          start: iso(appointment.start),
          status: appointment.status,
          doctorId: appointment.doctorId,
          doctorName: doctorNames(desk)(appointment.doctorId),
          locationId: appointment.locationId,
        }
      : null,
  };
};

/** A patient's name, or undefined where the row is not here. */
export const patientName = ({ replica }: Desk, id: string): string | undefined => {
  const row = replica
    .statement('select first_name as firstName, last_name as lastName from patients where id = ?')
    .get(id) as { firstName: string; lastName: string } | undefined;
  return row && fullName(row.firstName, row.lastName);
};

/** Whom an imported document names: its snapshot of the patient, or its author where that is the patient. */
export const toldName = ({ denorm, author }: Pick<StoredMessage, 'denorm' | 'author'>): string => {
  const snapshot = asRecord(denorm)['patient'];
  const told = textOf((snapshot as Record<string, unknown> | undefined)?.['display_name']);
  const writer = asRecord(author);
  return told || (writer['role'] === 'patient' ? textOf(writer['display_name']) : '');
};
