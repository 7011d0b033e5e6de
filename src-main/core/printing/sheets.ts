import type {
  AppointmentCard,
  CashUpSheet,
  PaperPrescription,
  PatientLabel,
  Receipt,
} from '../../contract/printing.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { personOf } from '../replica/same-person.ts';
import { readLetterhead } from './letterhead.ts';
import { bilingual, PATIENT_COLUMNS, type PatientRow, paperPatient } from './rows.ts';

type Text = string | null;

/** A visit `a` with its patient, doctor, specialty, visit type and room, for the sheets that speak of one. */
const VISIT_COLUMNS = `${PATIENT_COLUMNS}, coalesce(a.location_id, d.location_id) locationId,
  a.doctor_id doctorId, a.scheduled_at start, a.ends_at "end", a.status visitStatus,
  v.name_en visitEn, v.name_el visitEl, r.name roomEn, r.name_el roomEl, s.name_en specialtyEn,
  s.name_el specialtyEl`;
const VISIT_TABLES = `left join doctors d on d.id = a.doctor_id
  left join specialties s on s.id = d.specialty_id
  left join visit_types v on v.id = a.visit_type_id
  left join rooms r on r.id = a.room_id`;
/** A record that was merged is printed as the one that stands for the person. */
const PATIENT_TABLES = `left join patients p on p.id = ${personOf('a.patient_id')}
  left join patients o on o.id = ${personOf('p.owner_id')}`;

interface VisitRow extends PatientRow {
  locationId: Text;
  doctorId: string;
  start: number;
  end: number;
  visitStatus: string;
  visitEn: Text;
  visitEl: Text;
  roomEn: Text;
  roomEl: Text;
  specialtyEn: Text;
  specialtyEl: Text;
}

/** What the patient takes home: when, with whom and where. */
export const readCard = (desk: Desk, appointmentId: string): AppointmentCard | undefined => {
  const row = desk.replica
    .statement(`select ${VISIT_COLUMNS} from appointments a ${PATIENT_TABLES} ${VISIT_TABLES} where a.id = ?`)
    .get(appointmentId) as VisitRow | undefined;
  if (!row) return undefined;
  return {
    kind: 'card',
    letterhead: readLetterhead(desk, row.locationId),
    printedAt: desk.now(),
    language: row.language,
    patient: paperPatient(row),
    start: iso(row.start),
    end: iso(row.end),
    doctor: doctorNames(desk)(row.doctorId),
    specialty: bilingual(row.specialtyEn, row.specialtyEl),
    visitType: bilingual(row.visitEn, row.visitEl),
    room: bilingual(row.roomEn, row.roomEl),
    cancelled: row.visitStatus === 'cancelled',
  };
};

interface PaymentRow extends VisitRow {
  number: number | null;
  provisionalNumber: Text;
  payment: Receipt['payment'];
  minor: number;
  currency: string;
  method: Receipt['method'];
  paidAt: number | null;
  note: Text;
  transactionRef: Text;
  takenBy: Text;
  backId: Text;
  backNumber: number | null;
  backProvisional: Text;
  paidAtLocation: Text;
}

/** One payment, refund or void. A refund names the receipt that it takes back. */
export const readReceipt = (desk: Desk, paymentId: string): Receipt | undefined => {
  const row = desk.replica
    .statement(
      `select ${VISIT_COLUMNS}, y.receipt_number number, y.provisional_number provisionalNumber, y.kind payment,
         y.amount_cents minor, y.currency, y.method, y.paid_at paidAt, y.note, y.transaction_ref transactionRef,
         u.display_name takenBy, b.id backId, b.receipt_number backNumber, b.provisional_number backProvisional,
         y.location_id paidAtLocation
       from payments y left join appointments a on a.id = y.appointment_id ${PATIENT_TABLES} ${VISIT_TABLES}
         left join users u on u.id = y.taken_by left join payments b on b.id = y.refunds_payment_id
       where y.id = ?`,
    )
    .get(paymentId) as
    | (Omit<PaymentRow, 'doctorId' | 'start'> & { doctorId: Text; start: number | null })
    | undefined;
  if (!row) return undefined;
  return {
    kind: 'receipt',
    letterhead: readLetterhead(desk, row.paidAtLocation ?? row.locationId),
    printedAt: desk.now(),
    language: row.language,
    number: row.number,
    provisionalNumber: row.provisionalNumber,
    payment: row.payment,
    amount: { minor: row.minor, currency: row.currency },
    method: row.method,
    paidAt: isoOrNull(row.paidAt),
    note: row.note,
    transactionRef: row.transactionRef,
    takenBy: row.takenBy,
    takesBack:
      row.backId === null ? null : { number: row.backNumber, provisionalNumber: row.backProvisional },
    patient: paperPatient(row),
    doctor: row.doctorId === null ? null : doctorNames(desk)(row.doctorId),
    visitType: bilingual(row.visitEn, row.visitEl),
    visitAt: isoOrNull(row.start),
  };
};

interface PrescriptionRow extends PatientRow {
  locationId: Text;
  doctorId: string;
  specialtyEn: Text;
  specialtyEl: Text;
  instructions: string;
  status: PaperPrescription['status'];
  issuedAt: number;
  replacesIssuedAt: number | null;
}

/** A prescription as the doctor wrote it. */
export const readPrescription = (desk: Desk, prescriptionId: string): PaperPrescription | undefined => {
  const row = desk.replica
    .statement(
      `select ${PATIENT_COLUMNS}, coalesce(a.location_id, d.location_id) locationId, x.doctor_id doctorId,
         s.name_en specialtyEn, s.name_el specialtyEl, x.instructions, x.status, x.issued_at issuedAt,
         old.issued_at replacesIssuedAt
       from prescriptions x left join appointments a on a.id = x.appointment_id
         left join patients p on p.id = ${personOf('x.patient_id')}
         left join patients o on o.id = ${personOf('p.owner_id')}
         left join doctors d on d.id = x.doctor_id left join specialties s on s.id = d.specialty_id
         left join prescriptions old on old.id = x.replaces_id
       where x.id = ?`,
    )
    .get(prescriptionId) as PrescriptionRow | undefined;
  if (!row) return undefined;
  return {
    kind: 'prescription',
    letterhead: readLetterhead(desk, row.locationId),
    printedAt: desk.now(),
    language: row.language,
    patient: paperPatient(row),
    doctor: doctorNames(desk)(row.doctorId),
    specialty: bilingual(row.specialtyEn, row.specialtyEl),
    instructions: row.instructions,
    status: row.status,
    issuedAt: iso(row.issuedAt),
    replacesIssuedAt: isoOrNull(row.replacesIssuedAt),
  };
};

/** A small label for a folder or a tube. */
export const readLabel = (desk: Desk, patientId: string): PatientLabel | undefined => {
  const row = desk.replica
    .statement(
      `select ${PATIENT_COLUMNS} from patients p left join patients o on o.id = p.owner_id where p.id = ?`,
    )
    .get(patientId) as PatientRow | undefined;
  const patient = row && paperPatient(row);
  if (!row || !patient) return undefined;
  return {
    kind: 'label',
    letterhead: readLetterhead(desk, null),
    printedAt: desk.now(),
    language: row.language,
    patient,
    code: patientId.slice(-8).toUpperCase(),
  };
};

/** The end of a location's day: expected and counted by method. */
export const readCashUp = (desk: Desk, cashUpId: string): CashUpSheet | undefined => {
  const row = desk.replica
    .statement(
      `select c.location_id locationId, c.business_day businessDay, c.currency, c.lines, c.note,
         c.closed_at closedAt, u.display_name closedBy
       from cash_ups c left join users u on u.id = c.closed_by where c.id = ?`,
    )
    .get(cashUpId) as
    | {
        locationId: string;
        businessDay: string;
        currency: string;
        lines: string;
        note: Text;
        closedAt: number;
        closedBy: Text;
      }
    | undefined;
  if (!row) return undefined;
  return {
    kind: 'cashUp',
    letterhead: readLetterhead(desk, row.locationId),
    printedAt: desk.now(),
    businessDay: row.businessDay,
    currency: row.currency,
    lines: (JSON.parse(row.lines) as CashUpSheet['lines']).map(({ method, expected, counted }) => ({
      method,
      expected,
      counted,
    })),
    note: row.note,
    closedAt: iso(row.closedAt),
    closedBy: row.closedBy,
  };
};
