import type { Appointment } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { iso, isoOrNull, yearBefore } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { readPromises } from '../leases/promises.ts';
import { contactDue, fullName } from '../patients/patient.ts';
import { personOf, recordsOfPerson } from '../replica/same-person.ts';
import { type OutsideRow, outsideMarkOf } from './outside-mark.ts';

/**
 * Everything of an appointment, its patient and owner, and what to notice about it, in one statement for any number of
 * them. A patient whose row has not arrived hides no appointment. A time that is only held is none.
 * A record that was merged shows as the one that stands for the person. What Neo owns is told of Neo alone; anything else
 * may stand at Cal.com, once.
 */
const SELECT = `
  select a.id, a.slot_id slotId, a.doctor_id doctorId, a.location_id locationId, a.room_id roomId,
    a.visit_type_id visitTypeId, v.name_en visitTypeEn, v.name_el visitTypeEl,
    a.scheduled_at start, a.ends_at "end", a.status, a.appointment_type type, a.origin, a.reason, a.notes,
    a.confirmed_at confirmedAt, a.arrived_at arrivedAt, a.ready_at readyAt, a.in_room_at inRoomAt,
    a.completed_at completedAt, a.cancelled_at cancelledAt, a.cancellation_reason cancellationReason,
    a.overbook_reason overbookReason, a.series_id seriesId, a.fee_minor feeMinor, a.fee_currency feeCurrency,
    coalesce(p.id, a.patient_id) patientId, p.first_name firstName, p.last_name lastName, p.date_of_birth dateOfBirth,
    p.phone, p.email, p.species, p.breed, p.address, p.contact_confirmed_at contactConfirmedAt,
    o.id ownerId, o.first_name ownerFirstName, o.last_name ownerLastName, o.phone ownerPhone,
    o.address ownerAddress, o.contact_confirmed_at ownerContactConfirmedAt,
    not exists (
      select 1 from appointments e
      where e.patient_id in ${recordsOfPerson('coalesce(p.id, a.patient_id)')}
        and e.status = 'completed' and e.scheduled_at < a.scheduled_at
    ) firstVisit,
    exists (
      select 1 from outbox_rows w join outbox c on c.desk_seq = w.desk_seq
      where w.table_name = 'appointments' and w.row_id = a.id and c.state = 'waiting'
    ) provisional,
    a.status in ('in_room', 'completed') and coalesce(a.fee_minor, v.fee_minor, 0) > (
      select coalesce(sum(case m.kind when 'payment' then m.amount_cents else -m.amount_cents end), 0)
      from payments m
      where m.appointment_id = a.id and m.status in ('paid', 'refunded')
        and m.currency = coalesce(a.fee_currency, v.fee_currency)
    ) balanceDue,
    exists (
      select 1 from messages m
      where m.appointment_id = a.id and m.deleted_at is null
        and json_extract(m.author, '$.role') in ('patient', 'doctor')
        and not exists (
          select 1 from message_receipts r
          where r.message_id = m.id and r.user_role not in ('patient', 'doctor'))
        and not exists (
          select 1 from json_each(m.read_receipts) r
          where json_extract(r.value, '$.user_role') not in ('patient', 'doctor'))
    ) unread,
    b.source outsideSource, b.problem outsideProblem, b.agreed outsideAgreed, b.decision outsideDecision
  from (select * from appointments where status <> 'held' and patient_id is not null) a
    left join patients p on p.id = ${personOf('a.patient_id')}
    left join patients o on o.id = ${personOf('p.owner_id')}
    left join visit_types v on v.id = a.visit_type_id
    left join outside_bookings b on b.appointment_id = a.id
      and b.source = iif(a.origin = 'idexx', 'idexx', 'cal_com')`;

const SELECT_ONE = `${SELECT} where a.id = ?`;

type Text = string | null;
interface Row {
  id: string;
  slotId: Text;
  doctorId: string;
  locationId: Text;
  roomId: Text;
  visitTypeId: Text;
  visitTypeEn: Text;
  visitTypeEl: Text;
  start: number;
  end: number;
  status: Appointment['status'];
  type: Appointment['type'];
  origin: Appointment['origin'];
  reason: Text;
  notes: Text;
  confirmedAt: number | null;
  arrivedAt: number | null;
  readyAt: number | null;
  inRoomAt: number | null;
  completedAt: number | null;
  cancelledAt: number | null;
  cancellationReason: Text;
  overbookReason: Text;
  seriesId: Text;
  feeMinor: number | null;
  feeCurrency: Text;
  patientId: string;
  firstName: Text;
  lastName: Text;
  dateOfBirth: Text;
  phone: Text;
  email: Text;
  species: Text;
  breed: Text;
  address: Text;
  contactConfirmedAt: number | null;
  ownerId: Text;
  ownerFirstName: Text;
  ownerLastName: Text;
  ownerPhone: Text;
  ownerAddress: Text;
  ownerContactConfirmedAt: number | null;
  firstVisit: 0 | 1;
  provisional: 0 | 1;
  balanceDue: 0 | 1;
  unread: 0 | 1;
  outsideSource: OutsideRow['source'];
  outsideProblem: OutsideRow['problem'];
  outsideAgreed: Text;
  outsideDecision: Text;
}

/** Appointments as the screens see them. `where` is written in code and names the appointment `a`. */
export const readAppointments = (desk: Desk, where: string, ...parameters: unknown[]): Appointment[] =>
  read(desk, `${SELECT} ${where}`, parameters);

const read = (desk: Desk, sql: string, parameters: unknown[]): Appointment[] => {
  const rows = desk.replica.statement(sql).all(...parameters) as Row[];
  if (rows.length === 0) return [];
  const conflicts = conflictIds(desk);
  const since = yearBefore(Date.parse(desk.now()));
  const unsent = rows.filter((row) => row.provisional === 1).map(({ id }) => id);
  const promises = unsent.length > 0 ? readPromises(desk.replica, unsent) : undefined;
  return rows.map((row) => ({
    ...appointmentOf(row),
    promise: promises?.get(row.id) ?? null,
    alerts: {
      firstVisit: row.firstVisit === 1,
      contactDue: contactDue(contactOf(row), since),
      provisional: row.provisional === 1,
      conflict: conflicts.has(row.id),
      balanceDue: row.balanceDue === 1,
      unread: row.unread === 1,
    },
  }));
};

/** One appointment as the screens see it, or undefined. */
export const readAppointment = (desk: Desk, id: string): Appointment | undefined =>
  read(desk, SELECT_ONE, [id])[0];

/** One appointment. */
export const appointment = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'appointment'>,
): CallResult<'appointment'> => answerWith(desk, input.appointmentId);

/** The appointment as it now is, as a call's answer. */
export const answerWith = (desk: Desk, id: string): CallResult<'appointment'> => {
  const found = readAppointment(desk, id);
  return found ? ok(found) : refuse('not_found', { what: 'appointment', id });
};

const appointmentOf = (row: Row): Omit<Appointment, 'alerts' | 'promise'> => ({
  id: row.id,
  slotId: row.slotId,
  doctorId: row.doctorId,
  locationId: row.locationId,
  roomId: row.roomId,
  visitTypeId: row.visitTypeId,
  visitType:
    row.visitTypeEn === null ? null : { en: row.visitTypeEn, el: row.visitTypeEl ?? row.visitTypeEn },
  patient: {
    id: row.patientId,
    firstName: row.firstName ?? '',
    lastName: row.lastName ?? '',
    dateOfBirth: row.dateOfBirth,
    phone: row.phone,
    email: row.email,
    species: row.species,
    breed: row.breed,
    owner: row.ownerId === null ? null : ownerOf(row.ownerId, row),
  },
  start: iso(row.start),
  end: iso(row.end),
  status: row.status,
  type: row.type,
  origin: row.origin,
  reason: row.reason,
  notes: row.notes,
  confirmedAt: isoOrNull(row.confirmedAt),
  arrivedAt: isoOrNull(row.arrivedAt),
  readyAt: isoOrNull(row.readyAt),
  inRoomAt: isoOrNull(row.inRoomAt),
  completedAt: isoOrNull(row.completedAt),
  cancelledAt: isoOrNull(row.cancelledAt),
  cancellationReason: row.cancellationReason,
  overbookReason: row.overbookReason,
  seriesId: row.seriesId,
  fee:
    row.feeMinor === null || row.feeCurrency === null
      ? null
      : { minor: row.feeMinor, currency: row.feeCurrency },
  outside: outsideMarkOf(row, {
    source: row.outsideSource,
    problem: row.outsideProblem,
    agreed: row.outsideAgreed,
    decision: row.outsideDecision,
  }),
});

const ownerOf = (id: string, row: Row) => ({
  id,
  name: fullName(row.ownerFirstName ?? '', row.ownerLastName ?? ''),
  phone: row.ownerPhone,
});

const contactOf = (row: Row) =>
  row.ownerId === null
    ? row
    : {
        phone: row.ownerPhone,
        address: row.ownerAddress,
        contactConfirmedAt: row.ownerContactConfirmedAt,
      };

/** Appointments with a refused change that nobody has decided. */
const conflictIds = ({ replica }: Desk): Set<unknown> =>
  new Set(
    replica
      .statement(
        `select json_extract(r.value, '$.id')
         from refusals f, json_each(f.changes) c, json_each(c.value, '$.rows') r
         where f.resolved_at is null and json_extract(r.value, '$.table') = 'appointments'`,
      )
      .pluck()
      .all(),
  );
