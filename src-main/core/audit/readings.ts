import type { AuditFilter, EventAction } from '../../contract/audit.ts';
import type { CallName, CallOutput, ParsedInput } from '../../contract/calls.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { PrintJob } from '../../contract/printing.ts';

/** What somebody looked at, or took out of Anteroom. */
export interface Reading {
  action: EventAction;
  table?: string;
  rowId?: string;
  details?: Record<string, unknown>;
}

type Readings = {
  [N in CallName]?: (input: ParsedInput<N>, answer: CallOutput<N>) => Reading | null;
};

const opened = (patientId: string): Reading => ({
  action: 'openPatient',
  table: 'patients',
  rowId: patientId,
});

/** The calls that open a patient's record, print it or take it out: all of them, and what the audit is to say of each. */
export const readings: Readings = {
  patient: ({ patientId }) => opened(patientId),
  patientBalance: ({ patientId }) => opened(patientId),
  patientRecalls: ({ patientId }) => opened(patientId),
  patientCases: ({ patientId }) => opened(patientId),
  dischargeCase: (_input, { patientId }) => (patientId === null ? null : opened(patientId)),
  prescriptions: (_input, [first]) =>
    first ? { action: 'openPrescription', table: 'patients', rowId: first.patient.id } : null,
  prescription: ({ prescriptionId }) => ({
    action: 'openPrescription',
    table: 'prescriptions',
    rowId: prescriptionId,
  }),
  messageThread: (_input, { threadId, patientId, appointment }) => {
    if (patientId !== null) return { action: 'openThread', table: 'patients', rowId: patientId };
    if (appointment) return { action: 'openThread', table: 'appointments', rowId: appointment.id };
    return { action: 'openThread', details: { threadId } };
  },
  printData: ({ job }) => ({ action: 'print', ...printed(job), details: { ...job } }),
  exportCalendar: ({ names, ...range }) => exported({ format: 'ics', names, ...range }),
  exportFhir: (range) => exported({ format: 'fhir', ...range }),
  exportTable: ({ table }) => ({ ...exported({ format: 'csv' }), table }),
  exportTableToFolder: ({ table }) => ({ ...exported({ format: 'csv', to: 'folder' }), table }),
  exportAudit: ({ filter, format }) => ({ ...exported({ format, ...filter }), table: 'audit_log' }),
  readAudit: ({ filter }) => ({ action: 'readAudit', ...aboutPatient(filter), details: filter }),
  exportFindings: () => exported({ format: 'csv', list: 'import_findings' }),
  exportMessages: () => ({ ...exported({ format: 'jsonl' }), table: 'messages' }),
};

const exported = (details: Record<string, unknown>): Reading => ({ action: 'export', details });

/** What the audit is to say of a call that was refused: somebody at a screen that patients reach tries PINs. */
export const refusals: { [N in CallName]?: (code: ErrorCode) => Reading | null } = {
  leaveKiosk: (code) => (code === 'wrong_pin' ? { action: 'kioskPinFailed' } : null),
};

const aboutPatient = ({ patientId }: AuditFilter) =>
  patientId === undefined ? {} : { table: 'patients', rowId: patientId };

const printed = (job: PrintJob): { table: string; rowId: string } => {
  switch (job.kind) {
    case 'daySheet':
      return { table: 'clinic_locations', rowId: job.locationId };
    case 'card':
      return { table: 'appointments', rowId: job.appointmentId };
    case 'receipt':
      return { table: 'payments', rowId: job.paymentId };
    case 'prescription':
      return { table: 'prescriptions', rowId: job.prescriptionId };
    case 'label':
      return { table: 'patients', rowId: job.patientId };
    case 'cashUp':
      return { table: 'cash_ups', rowId: job.cashUpId };
    case 'staffCode':
      return { table: 'users', rowId: job.userId };
  }
};
