import { z } from 'zod';
import { Method } from './report.ts';
import { CodePurpose } from './staff.ts';
import { Status } from './status.ts';
import { Bilingual, Day, Id, Instant, Money, TimeZone } from './values.ts';

/** What can be put on paper. */
export const PrintJob = z.union([
  z.object({ kind: z.literal('daySheet'), date: Day, locationId: Id }),
  z.object({ kind: z.literal('card'), appointmentId: Id }),
  z.object({ kind: z.literal('receipt'), paymentId: Id }),
  z.object({ kind: z.literal('prescription'), prescriptionId: Id }),
  z.object({ kind: z.literal('label'), patientId: Id }),
  z.object({ kind: z.literal('cashUp'), cashUpId: Id }),
  z.object({
    kind: z.literal('staffCode'),
    userId: Id,
    purpose: CodePurpose,
    /** As it is shown; the desk keeps it nowhere. */
    code: z.string().max(40),
    expiresAt: Instant,
  }),
]);
export type PrintJob = z.infer<typeof PrintJob>;

/** Who prints: the clinic and the place, as a sheet's head says them. Times on the sheet are those of `timezone`. */
export const Letterhead = z.object({
  clinic: Bilingual,
  location: Bilingual.nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  timezone: TimeZone,
});
export type Letterhead = z.infer<typeof Letterhead>;

/** A patient as paper names them; an animal has its owner. */
export const PaperPatient = z.object({
  name: z.string(),
  dateOfBirth: Day.nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  species: z.string().nullable(),
  owner: z.string().nullable(),
});
export type PaperPatient = z.infer<typeof PaperPatient>;

const head = { letterhead: Letterhead, printedAt: Instant };
/** The language that the patient asked for. */
const language = z.enum(['en', 'el']).nullable();

export const DaySheetLine = z.object({
  start: Instant,
  end: Instant,
  /** Null while a form somewhere holds the time. */
  patient: PaperPatient.nullable(),
  visitType: Bilingual.nullable(),
  reason: z.string().nullable(),
  notes: z.string().nullable(),
  room: Bilingual.nullable(),
  status: Status,
  confirmed: z.boolean(),
});
export type DaySheetLine = z.infer<typeof DaySheetLine>;

export const DaySheet = z.object({
  kind: z.literal('daySheet'),
  ...head,
  date: Day,
  doctors: z.array(z.object({ doctorId: Id, name: Bilingual, lines: z.array(DaySheetLine) })),
});
export type DaySheet = z.infer<typeof DaySheet>;

export const AppointmentCard = z.object({
  kind: z.literal('card'),
  ...head,
  language,
  patient: PaperPatient.nullable(),
  start: Instant,
  end: Instant,
  doctor: Bilingual,
  specialty: Bilingual.nullable(),
  visitType: Bilingual.nullable(),
  room: Bilingual.nullable(),
  cancelled: z.boolean(),
});
export type AppointmentCard = z.infer<typeof AppointmentCard>;

const receiptNumber = {
  /** Null until central has given it. */
  number: z.int().nullable(),
  /** What an offline desk printed meanwhile. */
  provisionalNumber: z.string().nullable(),
};

export const Receipt = z.object({
  kind: z.literal('receipt'),
  ...head,
  language,
  ...receiptNumber,
  payment: z.enum(['payment', 'refund', 'void']),
  amount: Money,
  method: Method,
  paidAt: Instant.nullable(),
  note: z.string().nullable(),
  transactionRef: z.string().nullable(),
  takenBy: z.string().nullable(),
  /** The receipt that this one takes back. */
  takesBack: z.object(receiptNumber).nullable(),
  patient: PaperPatient.nullable(),
  doctor: Bilingual.nullable(),
  visitType: Bilingual.nullable(),
  visitAt: Instant.nullable(),
});
export type Receipt = z.infer<typeof Receipt>;

export const PaperPrescription = z.object({
  kind: z.literal('prescription'),
  ...head,
  language,
  patient: PaperPatient.nullable(),
  doctor: Bilingual,
  specialty: Bilingual.nullable(),
  instructions: z.string(),
  status: z.enum(['draft', 'issued']),
  issuedAt: Instant,
  /** When the one that this replaces was issued. */
  replacesIssuedAt: Instant.nullable(),
});
export type PaperPrescription = z.infer<typeof PaperPrescription>;

export const PatientLabel = z.object({
  kind: z.literal('label'),
  ...head,
  language,
  patient: PaperPatient,
  /** The end of the patient's id, to tell two of one name apart. */
  code: z.string(),
});
export type PatientLabel = z.infer<typeof PatientLabel>;

export const CashUpSheet = z.object({
  kind: z.literal('cashUp'),
  ...head,
  businessDay: Day,
  currency: z.string(),
  lines: z.array(z.object({ method: z.string(), expected: z.int(), counted: z.int() })),
  note: z.string().nullable(),
  closedAt: Instant,
  closedBy: z.string().nullable(),
});
export type CashUpSheet = z.infer<typeof CashUpSheet>;

/** The page that hands somebody the code for their password. */
export const StaffCodeSheet = z.object({
  kind: z.literal('staffCode'),
  ...head,
  name: z.string(),
  purpose: CodePurpose,
  code: z.string(),
  expiresAt: Instant,
});
export type StaffCodeSheet = z.infer<typeof StaffCodeSheet>;

/** Everything that a sheet says, read at one moment. */
export const Sheet = z.union([
  DaySheet,
  AppointmentCard,
  Receipt,
  PaperPrescription,
  PatientLabel,
  CashUpSheet,
  StaffCodeSheet,
]);
export type Sheet = z.infer<typeof Sheet>;

/** What of an appointment or a patient can be printed, and the person may see. */
export const Printable = z.object({
  card: z.boolean(),
  label: z.object({ patientId: Id }).nullable(),
  receipts: z.array(
    z.object({
      paymentId: Id,
      ...receiptNumber,
      payment: z.enum(['payment', 'refund', 'void']),
      amount: Money,
      paidAt: Instant.nullable(),
    }),
  ),
  prescriptions: z.array(
    z.object({ prescriptionId: Id, issuedAt: Instant, status: z.enum(['draft', 'issued']) }),
  ),
});
export type Printable = z.infer<typeof Printable>;

/** Whether and where this desk keeps day sheets on its disk, and how that went. */
export const DaySheetFiles = z.object({
  on: z.boolean(),
  /** An absolute path; what stands there is not encrypted. */
  folder: z.string(),
  everyMinutes: z.int(),
  language: z.enum(['en', 'el']),
  /** When the sheets were last written or found unchanged. */
  lastAt: Instant.nullable(),
  /** Names of the files of the last time. */
  files: z.array(z.string()),
  /** Why the last time failed. */
  problem: z.enum(['folder', 'disk_full', 'other']).nullable(),
});
export type DaySheetFiles = z.infer<typeof DaySheetFiles>;
