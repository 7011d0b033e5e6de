import type { Appointment } from '../../src-main/contract/appointment.ts';

/** A status as it is shown: `confirmed` is a booking that the patient has confirmed. */
export type ShownStatus = Appointment['status'] | 'confirmed';

/** The status that the desk shows for an appointment. */
export const shownStatus = ({
  status,
  confirmedAt,
}: Pick<Appointment, 'status' | 'confirmedAt'>): ShownStatus =>
  status === 'scheduled' && confirmedAt !== null ? 'confirmed' : status;
