import type { Right } from '../../contract/call.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { PrintJob, Sheet } from '../../contract/printing.ts';
import type { Desk, Session } from '../desk.ts';
import { readDaySheet } from './day-sheet.ts';
import { readCard, readCashUp, readLabel, readPrescription, readReceipt } from './sheets.ts';
import { readStaffCode } from './staff-code.ts';

/** What must be readable for a sheet, besides the schedule. */
const needed: Record<PrintJob['kind'], Right> = {
  daySheet: 'patients.read',
  card: 'patients.read',
  receipt: 'payments.read',
  prescription: 'prescriptions.read',
  label: 'patients.read',
  cashUp: 'payments.read',
  staffCode: 'staff.manage',
};

/** What a sheet says, from the replica alone, so that paper comes offline too. */
export const printData = (
  desk: Desk,
  session: Session,
  { job }: ParsedInput<'printData'>,
): CallResult<'printData'> => {
  const right = needed[job.kind];
  if (!session.rights.has(right)) return refuse('not_allowed', { right });
  const sheet = readSheet(desk, job);
  return sheet ? ok(sheet) : refuse('not_found', { what: job.kind });
};

const readSheet = (desk: Desk, job: PrintJob): Sheet | undefined => {
  switch (job.kind) {
    case 'daySheet':
      return readDaySheet(desk, job.date, job.locationId);
    case 'card':
      return readCard(desk, job.appointmentId);
    case 'receipt':
      return readReceipt(desk, job.paymentId);
    case 'prescription':
      return readPrescription(desk, job.prescriptionId);
    case 'label':
      return readLabel(desk, job.patientId);
    case 'cashUp':
      return readCashUp(desk, job.cashUpId);
    case 'staffCode':
      return readStaffCode(desk, job);
  }
};
