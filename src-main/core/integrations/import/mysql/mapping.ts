import { Fields, isZone } from '../fields.ts';
import type { MapContext, Mapped, SourceRow } from '../source.ts';

/** A row of the MySQL clinic (clinic-schema) as it is to stand here. DATETIMEs are in UTC, as that schema asks for. */
type Mapping = (row: SourceRow, context: MapContext) => Mapped;

/** An amount that Postgres's `integer` holds; MySQL's `INT UNSIGNED` goes further. */
const MAX_AMOUNT = 2_147_483_647;

export const clinicLocation: Mapping = (row, { idOf, zone }) => {
  const fields = new Fields(row.values);
  const told = fields.text('timezone', 64) ?? '';
  if (!isZone(told)) fields.note('bad_zone', { column: 'timezone', value: told, taken: zone });
  return fields.becomes({
    target: 'clinic_locations',
    row: {
      id: idOf('clinic_locations', row.id),
      name: fields.needed('name', 120),
      addressLine1: fields.needed('address_line1', 255),
      addressLine2: fields.text('address_line2', 255),
      city: fields.needed('city', 100),
      stateRegion: fields.text('state_region', 100),
      postalCode: fields.text('postal_code', 20),
      country: fields.needed('country', 100),
      phone: fields.text('phone', 30),
      timezone: isZone(told) ? told : zone,
    },
  });
};

export const doctor: Mapping = (row, context) => {
  const fields = new Fields(row.values);
  return fields.becomes({
    target: 'doctors',
    row: {
      id: context.idOf('doctors', row.id),
      locationId: locationOf(fields, context),
      firstName: fields.needed('first_name', 100),
      lastName: fields.needed('last_name', 100),
      email: fields.needed('email', 255),
      phone: fields.text('phone', 30),
      specialization: fields.text('specialization', 120) ?? '',
      bio: fields.text('bio'),
      consultationFeeCurrency: context.currency,
      isActive: fields.yes('is_active'),
      sortOrder: 0,
      deletedAt: fields.instant('deleted_at'),
    },
  });
};

const locationOf = (fields: Fields, { idOf, locationId }: MapContext): string | null => {
  const told = fields.text('location_id');
  return told === null ? locationId : idOf('clinic_locations', told);
};

const genders = ['male', 'female', 'other', 'prefer_not_to_say'] as const;

export const patient: Mapping = (row, { idOf }) => {
  const fields = new Fields(row.values);
  return fields.becomes({
    target: 'patients',
    row: {
      id: idOf('patients', row.id),
      firstName: fields.needed('first_name', 100),
      lastName: fields.needed('last_name', 100),
      email: fields.text('email', 255),
      phone: fields.text('phone', 30),
      dateOfBirth: fields.day('date_of_birth'),
      gender: fields.oneOf('gender', genders),
      notes: fields.text('notes'),
      deletedAt: fields.instant('deleted_at'),
    },
  });
};

export const slot: Mapping = (row, context) => {
  const fields = new Fields(row.values);
  const [start, end] = [fields.neededInstant('start_time_utc'), fields.neededInstant('end_time_utc')];
  if (end <= start) fields.leave('bad_duration', { start, end });
  return fields.becomes({
    target: 'doctor_time_slots',
    row: {
      id: context.idOf('doctor_time_slots', row.id),
      doctorId: context.idOf('doctors', fields.needed('doctor_id')),
      locationId: locationOf(fields, context),
      startTimeUtc: start,
      endTimeUtc: end,
      isAvailable: fields.yes('is_available'),
    },
  });
};

/** front-desk.md: scheduled/completed/cancelled/no_show, each under its own name. */
const statuses = ['scheduled', 'completed', 'cancelled', 'no_show'] as const;

/** An appointment is as long as its slot, and cancelled when it was last written. */
export const appointment: Mapping = (row, context) => {
  const fields = new Fields(row.values);
  const told = fields.needed('status').toLowerCase();
  const status = statuses.find((one) => one === told);
  if (!status && told) fields.leave('status_unknown', { value: told });
  const slotId = fields.needed('slot_id');
  if (slotId && fields.text('slot_start') === null)
    fields.leave('missing_value', { column: 'slot_id', value: slotId });
  if (fields.isLeftOut || !status) return fields.becomes();
  return fields.becomes({
    target: 'appointments',
    row: {
      id: context.idOf('appointments', row.id),
      slotId: context.idOf('doctor_time_slots', slotId),
      doctorId: context.idOf('doctors', fields.needed('doctor_id')),
      patientId: context.idOf('patients', fields.needed('patient_id')),
      locationId: locationOf(fields, context),
      scheduledAt: fields.neededInstant('slot_start'),
      endsAt: fields.neededInstant('slot_end'),
      status,
      appointmentType: 'in_person',
      origin: 'import',
      reason: fields.text('reason', 255),
      notes: fields.text('notes'),
      cancelledAt: status === 'cancelled' ? fields.instant('updated_at') : null,
    },
  });
};

const methods = ['cash', 'card', 'transfer', 'other'] as const;
const payStatuses = ['pending', 'paid', 'refunded', 'failed'] as const;

/**
 * A payment. One that was refunded is two rows here: what was paid, and a refund that names it, of the day when the row
 * was last written.
 */
export const payment: Mapping = (row, { idOf }) => {
  const fields = new Fields(row.values);
  const amount = fields.whole('amount_cents');
  if (amount === null) fields.leave('bad_number', { column: 'amount_cents' });
  else if (amount < 0 || amount > MAX_AMOUNT)
    fields.leave('too_much', { column: 'amount_cents', value: amount });
  const currency = fields.needed('currency').toUpperCase();
  if (currency && !/^[A-Z]{3}$/.test(currency))
    fields.leave('value_unknown', { column: 'currency', value: currency });
  const told = fields.needed('status').toLowerCase();
  const status = payStatuses.find((one) => one === told);
  if (!status && told) fields.leave('status_unknown', { value: told });
  if (fields.isLeftOut || !status || amount === null) return fields.becomes();

  const id = idOf('payments', row.id);
  const common = {
    appointmentId: idOf('appointments', fields.needed('appointment_id')),
    amountCents: amount,
    currency,
    method: fields.oneOf('method', methods) ?? 'other',
  };
  const isPaid = status === 'paid' || status === 'refunded';
  // Money without a day of its own would count as taken today.
  const paidAt = fields.instant('paid_at') ?? (isPaid ? fields.instant('created_at') : null);
  const first = {
    ...common,
    id,
    kind: 'payment' as const,
    status: status === 'refunded' ? ('paid' as const) : status,
    transactionRef: fields.text('transaction_ref', 100),
    paidAt,
  };
  if (status !== 'refunded' || amount === 0) return fields.becomes({ target: 'payments', row: first });
  const back = {
    ...common,
    id: idOf('payments', `${row.id}/refund`),
    kind: 'refund' as const,
    refundsPaymentId: id,
    status: 'refunded' as const,
    paidAt: fields.instant('updated_at') ?? paidAt,
  };
  return fields.becomes({ target: 'payments', row: first }, { target: 'payments', row: back });
};

export const prescription: Mapping = (row, { idOf }) => {
  const fields = new Fields(row.values);
  return fields.becomes({
    target: 'prescriptions',
    row: {
      id: idOf('prescriptions', row.id),
      appointmentId: idOf('appointments', fields.needed('appointment_id')),
      doctorId: idOf('doctors', fields.needed('doctor_id')),
      patientId: idOf('patients', fields.needed('patient_id')),
      instructions: fields.needed('instructions'),
      status: 'issued',
      issuedAt: fields.neededInstant('issued_at'),
    },
  });
};

/** What fits into that schema's `CHAR(60)` and says how it is checked. */
const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

const passwordIn = (fields: Fields): string | null => {
  const told = fields.text('password_hash') ?? '';
  if (BCRYPT.test(told)) return told;
  fields.note('password_unknown', { column: 'password_hash' });
  return null;
};

/** The account by which a doctor signed in there. One who is gone there gets none here. */
export const doctorAccount: Mapping = (row, { idOf }) => {
  const fields = new Fields(row.values);
  if (!fields.yes('is_active')) fields.leave('not_taken', { column: 'is_active' });
  return fields.becomes({
    target: 'accounts',
    row: {
      id: idOf('doctor_accounts', row.id),
      email: fields.needed('email', 255),
      display_name: `${fields.needed('first_name', 100)} ${fields.needed('last_name', 100)}`,
      role: 'doctor',
      hashed_password: passwordIn(fields),
      deleted_at: fields.instant('deleted_at'),
      doctor_id: idOf('doctors', row.id),
    },
  });
};

export const admin: Mapping = (row, { idOf }) => {
  const fields = new Fields(row.values);
  const username = fields.needed('username', 100);
  return fields.becomes({
    target: 'accounts',
    row: {
      id: idOf('admins', row.id),
      email: fields.needed('email', 255),
      username,
      display_name: username,
      role: 'admin',
      hashed_password: passwordIn(fields),
      last_login_at: fields.instant('last_login_at'),
      deleted_at: fields.instant('deleted_at'),
    },
  });
};
