import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { ChangeRow } from '../../contract/change.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { readAppointment } from '../appointments/view.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { prescriptions } from '../schema/replica/index.ts';
import { answerWith, readPrescription } from './read.ts';

/**
 * Begins a draft for an appointment, with its doctor and patient, or writes a draft over. Nothing is ever deleted: a
 * draft that is emptied is no longer shown.
 */
export const savePrescription = (
  desk: Desk,
  session: Session,
  { appointmentId, prescriptionId, instructions, was }: ParsedInput<'savePrescription'>,
): CallResult<'savePrescription'> => {
  if (prescriptionId === undefined) return begin(desk, session, appointmentId, instructions, null);
  const draft = readPrescription(desk, prescriptionId);
  if (!draft || draft.appointmentId !== appointmentId)
    return refuse('not_found', { what: 'prescription', id: prescriptionId });
  if (draft.status !== 'draft') return refuse('prescription_final');
  if (was !== undefined && was !== draft.instructions && instructions !== draft.instructions)
    return refuse('prescription_changed', { instructions: draft.instructions });
  writeChange(desk, { kind: 'savePrescription', actor: session.userId }, (change) =>
    change.update(prescriptions, prescriptionId, { instructions }),
  );
  return answerWith(desk, prescriptionId);
};

const begin = (
  desk: Desk,
  session: Session,
  appointmentId: string,
  instructions: string,
  replacesId: string | null,
): CallResult<'prescription'> => {
  const appointment = readAppointment(desk, appointmentId);
  // A held slot has no patient yet.
  if (!appointment || appointment.status === 'held')
    return refuse('not_found', { what: 'appointment', id: appointmentId });
  const id = desk.newId();
  const kind = replacesId === null ? 'savePrescription' : 'replacePrescription';
  writeChange(desk, { kind, actor: session.userId }, (change) =>
    change.insert(prescriptions, {
      id,
      appointmentId,
      doctorId: appointment.doctorId,
      patientId: appointment.patient.id,
      instructions,
      status: 'draft',
      issuedAt: desk.now(),
      replacesId,
    }),
  );
  return answerWith(desk, id);
};

/** Issues a draft. From then on it is never edited, here or in central. */
export const issuePrescription = (
  desk: Desk,
  session: Session,
  { prescriptionId }: ParsedInput<'issuePrescription'>,
): CallResult<'issuePrescription'> => {
  const draft = readPrescription(desk, prescriptionId);
  if (!draft) return refuse('not_found', { what: 'prescription', id: prescriptionId });
  if (draft.status !== 'draft') return refuse('prescription_final');
  if (draft.instructions.trim() === '') return refuse('prescription_empty');
  if (draft.replacesId !== null && readPrescription(desk, draft.replacesId)?.replacedById != null)
    return refuse('prescription_final');
  writeChange(desk, { kind: 'issuePrescription', actor: session.userId }, (change) =>
    change.update(prescriptions, prescriptionId, { status: 'issued', issuedAt: desk.now() }),
  );
  return answerWith(desk, prescriptionId);
};

/** Begins a draft with the text of an issued prescription, which it replaces once it is issued itself. */
export const replacePrescription = (
  desk: Desk,
  session: Session,
  { prescriptionId }: ParsedInput<'replacePrescription'>,
): CallResult<'replacePrescription'> => {
  const issued = readPrescription(desk, prescriptionId);
  if (!issued) return refuse('not_found', { what: 'prescription', id: prescriptionId });
  if (issued.status !== 'issued' || issued.replacedById !== null) return refuse('not_replaceable');
  return begin(desk, session, issued.appointmentId, issued.instructions, issued.id);
};

/** Undo of what was written: the text before, or none; never once it is issued. */
export const takeBackPrescription = (
  desk: Desk,
  session: Session,
  { kind, rows }: { kind: string; rows: readonly ChangeRow[] },
): CallResult<'undo'> => {
  const row = rows.find(({ table }) => table === 'prescriptions');
  const draft = row && readPrescription(desk, row.id);
  if (!row || draft?.status !== 'draft') return refuse('not_undoable', { kind, reason: 'stands' });
  const done = savePrescription(desk, session, {
    appointmentId: draft.appointmentId,
    prescriptionId: draft.id,
    instructions: 'set' in row ? String(row.was['instructions'] ?? '') : '',
  });
  return done.ok ? ok({ kind }) : refuse('not_undoable', { kind, reason: 'stands' });
};
