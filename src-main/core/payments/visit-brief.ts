import type { Appointment } from '../../contract/appointment.ts';
import type { Takings } from '../../contract/payment.ts';
import { readAppointments } from '../appointments/view.ts';
import type { Desk } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';

type VisitBrief = Omit<Takings['open'][number], 'due'>;

/** Appointments by id, as the lists of money show them. */
export const visitBriefs = (desk: Desk, appointmentIds: readonly string[]): Map<string, VisitBrief> => {
  const doctorName = doctorNames(desk);
  const brief = ({ id, patient, start, locationId, visitType, doctorId }: Appointment): VisitBrief => ({
    appointmentId: id,
    patient,
    start,
    locationId,
    visitType,
    doctorName: doctorName(doctorId),
  });
  return new Map(
    readAppointments(
      desk,
      'where a.id in (select value from json_each(?)) order by a.scheduled_at, a.id',
      JSON.stringify(appointmentIds),
    ).map((appointment) => [appointment.id, brief(appointment)]),
  );
};
