import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { Case } from '../../contract/case.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { recordsOfPerson, standingRecord } from '../replica/same-person.ts';
import { readPatient } from './find.ts';

/** A stored case with its call; times in epoch milliseconds. */
interface Row {
  id: string;
  patientId: string | null;
  status: Case['status'];
  reason: string | null;
  consultedAt: number | null;
  doctorId: string | null;
  clinicalNotes: string | null;
  dischargeSummary: string | null;
  goneAt: number | null;
  callId: string | null;
  callStatus: NonNullable<Case['call']>['status'];
  callDueAt: number;
  callNotes: string | null;
}

const SELECT = `
  select k.id, k.patient_id patientId, k.status, k.reason, k.consulted_at consultedAt, a.doctor_id doctorId,
    k.clinical_notes clinicalNotes, k.discharge_summary dischargeSummary, k.gone_at goneAt,
    c.id callId, c.status callStatus, c.due_at callDueAt, c.outcome_notes callNotes
  from cases k left join appointments a on a.id = k.appointment_id
    left join scheduled_discharge_calls c on c.case_id = k.id
  where k.deleted_at is null`;

/** The consultations of a patient, newest first, those of merged records too. */
export const patientCases = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'patientCases'>,
): CallResult<'patientCases'> => {
  const patientId = standingRecord(desk.replica, input.patientId);
  if (!readPatient(desk, patientId)) return refuse('not_found', { what: 'patient', id: patientId });
  return ok(
    read(desk, `k.patient_id in ${recordsOfPerson('?')} order by k.consulted_at desc, k.id`, patientId),
  );
};

/** The consultation that a discharge call is about. */
export const dischargeCase = (
  desk: Desk,
  _session: Session,
  { callId }: ParsedInput<'dischargeCase'>,
): CallResult<'dischargeCase'> => {
  const [found] = read(desk, 'c.id = ?', callId);
  return found ? ok(found) : refuse('not_found', { what: 'discharge', id: callId });
};

const read = (desk: Desk, which: string, id: string): Case[] => {
  const doctorName = doctorNames(desk);
  const rows = desk.replica.statement(`${SELECT} and ${which}`).all(id) as Row[];
  return rows.map(({ doctorId, callId, callStatus, callDueAt, callNotes, ...row }) => ({
    ...row,
    consultedAt: isoOrNull(row.consultedAt),
    doctorName: doctorId === null ? null : doctorName(doctorId),
    goneAt: isoOrNull(row.goneAt),
    call:
      callId === null ? null : { id: callId, status: callStatus, dueAt: iso(callDueAt), notes: callNotes },
  }));
};
