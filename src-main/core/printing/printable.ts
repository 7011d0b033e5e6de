import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Printable } from '../../contract/printing.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';

/** The newest of a patient; older ones are printed from their visit. */
const NEWEST = 5;

/**
 * What of an appointment can be printed; without one, what of a patient: the label and the newest papers. Leaves out
 * what the person may not read.
 */
export const printable = (
  desk: Desk,
  { rights }: Session,
  { appointmentId, patientId }: ParsedInput<'printable'>,
): CallResult<'printable'> => {
  const subject = findSubject(desk, appointmentId, patientId);
  if (!subject) return refuse('not_found', { what: appointmentId === undefined ? 'patient' : 'appointment' });
  const mayName = rights.has('patients.read');
  return ok({
    card: appointmentId !== undefined && mayName,
    label: subject.patientId !== null && mayName ? { patientId: subject.patientId } : null,
    receipts: rights.has('payments.read') ? receipts(desk, subject) : [],
    prescriptions: rights.has('prescriptions.read') ? prescriptions(desk, subject) : [],
  });
};

interface Subject {
  appointmentId: string | null;
  patientId: string | null;
}

const findSubject = (
  { replica }: Desk,
  appointmentId: string | undefined,
  patientId: string | undefined,
): Subject | undefined =>
  (appointmentId === undefined
    ? replica
        .statement('select null appointmentId, id patientId from patients where id = ?')
        .get(patientId ?? null)
    : replica
        .statement('select id appointmentId, patient_id patientId from appointments where id = ?')
        .get(appointmentId)) as Subject | undefined;

const receipts = ({ replica }: Desk, subject: Subject): Printable['receipts'] => {
  const rows = replica
    .statement(
      `select y.id paymentId, y.receipt_number number, y.provisional_number provisionalNumber, y.kind payment,
         y.amount_cents minor, y.currency, y.paid_at paidAt
       from appointments a join payments y on y.appointment_id = a.id
       where ${subject.appointmentId === null ? 'a.patient_id = @patientId' : 'a.id = @appointmentId'}
         and y.status <> 'pending' and y.status <> 'failed'
       order by y.paid_at desc, y.id desc limit ${NEWEST}`,
    )
    .all(subject) as (Omit<Printable['receipts'][number], 'amount' | 'paidAt'> & {
    minor: number;
    currency: string;
    paidAt: number | null;
  })[];
  return rows.map(({ minor, currency, paidAt, ...row }) => ({
    ...row,
    amount: { minor, currency },
    paidAt: isoOrNull(paidAt),
  }));
};

const prescriptions = ({ replica }: Desk, subject: Subject): Printable['prescriptions'] => {
  const rows = replica
    .statement(
      `select id prescriptionId, issued_at issuedAt, status from prescriptions
       where ${subject.appointmentId === null ? 'patient_id = @patientId' : 'appointment_id = @appointmentId'}
       order by issued_at desc, id desc limit ${NEWEST}`,
    )
    .all(subject) as { prescriptionId: string; issuedAt: number; status: 'draft' | 'issued' }[];
  return rows.map(({ issuedAt, ...row }) => ({ ...row, issuedAt: iso(issuedAt) }));
};
