import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Prescription } from '../../contract/prescription.ts';
import { readAppointments } from '../appointments/view.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { recordsOf } from '../replica/same-person.ts';

const SELECT = `
  select r.id, r.appointment_id appointmentId, r.doctor_id doctorId, r.instructions, r.status, r.issued_at issuedAt,
    r.replaces_id replacesId,
    (select n.id from prescriptions n where n.replaces_id = r.id and n.status = 'issued') replacedById,
    exists (
      select 1 from outbox_rows w join outbox c on c.desk_seq = w.desk_seq
      where w.table_name = 'prescriptions' and w.row_id = r.id and c.state = 'waiting'
    ) provisional
  from prescriptions r`;

type Row = Omit<Prescription, 'doctorName' | 'patient' | 'locationId' | 'issuedAt' | 'provisional'> & {
  issuedAt: number;
  provisional: 0 | 1;
};

/** Prescriptions as the screens see them. `where` is written in code and names the prescription `r`. */
const readPrescriptions = (desk: Desk, where: string, ...parameters: unknown[]): Prescription[] => {
  const rows = desk.replica.statement(`${SELECT} ${where}`).all(...parameters) as Row[];
  const appointments = new Map(
    readAppointments(
      desk,
      'where a.id in (select value from json_each(?))',
      JSON.stringify(rows.map(({ appointmentId }) => appointmentId)),
    ).map((appointment) => [appointment.id, appointment]),
  );
  const doctorName = doctorNames(desk);
  return rows.flatMap((row) => {
    const appointment = appointments.get(row.appointmentId);
    if (!appointment) return [];
    return [
      {
        ...row,
        doctorName: doctorName(row.doctorId),
        patient: appointment.patient,
        locationId: appointment.locationId,
        issuedAt: iso(row.issuedAt),
        provisional: row.provisional === 1,
      },
    ];
  });
};

/** One prescription, or undefined. */
export const readPrescription = (desk: Desk, id: string): Prescription | undefined =>
  readPrescriptions(desk, 'where r.id = ?', id)[0];

/** One prescription as a call's answer. */
export const answerWith = (desk: Desk, id: string): CallResult<'prescription'> => {
  const found = readPrescription(desk, id);
  return found ? ok(found) : refuse('not_found', { what: 'prescription', id });
};

/** One prescription. */
export const prescription = (
  desk: Desk,
  _session: Session,
  { prescriptionId }: ParsedInput<'prescription'>,
): CallResult<'prescription'> => answerWith(desk, prescriptionId);

/** An appointment's prescriptions, or those of all records of a patient, newest first, without emptied drafts. */
export const prescriptions = (
  desk: Desk,
  _session: Session,
  { appointmentId, patientId }: ParsedInput<'prescriptions'>,
): CallResult<'prescriptions'> =>
  ok(
    readPrescriptions(
      desk,
      `where (r.appointment_id = @appointmentId or r.patient_id in (select value from json_each(@patientIds)))
         and (r.status = 'issued' or r.instructions <> '')
       order by r.issued_at desc, r.id desc`,
      {
        appointmentId: appointmentId ?? null,
        patientIds: JSON.stringify(patientId === undefined ? [] : recordsOf(desk.replica, patientId)),
      },
    ),
  );
