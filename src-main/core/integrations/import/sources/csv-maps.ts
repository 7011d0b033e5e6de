import { createHash } from 'node:crypto';
import type { CsvGuess } from '../../../../contract/imports.ts';
import { Fields } from '../fields.ts';
import type { MapContext, Mapped, SourceRow } from '../source.ts';
import { dayIn, instantIn, timeIn } from './csv-dates.ts';
import { genderOf, statusOf } from './csv-words.ts';

/** Set for a line that has more values than there are columns. */
export const TOO_MANY = ' too many';

const fieldsOf = (row: SourceRow): Fields => {
  const fields = new Fields(row.values);
  if (row.values[TOO_MANY] !== undefined) fields.leave('bad_row', { columns: row.values[TOO_MANY] });
  return fields;
};

/** First and last name; of a whole name, its last word is the last name, or what stands before a comma. */
const nameOf = (fields: Fields): { firstName: string; lastName: string } => {
  const full = fields.text('full_name');
  const [first, last] = [fields.text('first_name', 100), fields.text('last_name', 100)];
  if (first || last || full === null) {
    if (!first) fields.leave('missing_value', { column: 'first_name' });
    if (!last) fields.leave('missing_value', { column: 'last_name' });
    return { firstName: first ?? '', lastName: last ?? '' };
  }
  const [before = '', after] = full.split(',', 2).map((part) => part.trim());
  const words = full.split(/\s+/);
  const [firstName, lastName] =
    after === undefined ? [words.slice(0, -1).join(' '), words.at(-1) ?? ''] : [after, before];
  if (!firstName || !lastName) fields.leave('missing_value', { column: 'last_name' });
  return { firstName: firstName.slice(0, 100), lastName: lastName.slice(0, 100) };
};

/** What names a row that has no id of its own. */
const keyOf = (...parts: readonly (string | null)[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part?.toLowerCase() ?? null)))
    .digest('base64url');

const patient = (row: SourceRow, { idOf }: MapContext, { dayOrder }: CsvGuess): Mapped => {
  const fields = fieldsOf(row);
  const { firstName, lastName } = nameOf(fields);
  const born = fields.text('date_of_birth');
  const dateOfBirth = born && dayIn(born, dayOrder);
  if (born && !dateOfBirth) fields.note('not_a_date', { column: 'date_of_birth', value: born });
  const sex = fields.text('gender');
  const gender = sex ? genderOf(sex) : null;
  if (sex && !gender) fields.note('value_unknown', { column: 'gender', value: sex });
  const [phone, email] = [fields.text('phone', 30), emailOf(fields)];
  const sourceId = fields.text('id') ?? keyOf(firstName, lastName, born, phone, email);
  const ownerId = fields.text('owner_id');
  return fields.becomes({
    target: 'patients',
    row: {
      id: idOf('patients', sourceId),
      firstName,
      lastName,
      email,
      phone,
      address: fields.text('address'),
      city: fields.text('city', 100),
      dateOfBirth,
      gender,
      emergencyContact: fields.text('emergency_contact'),
      notes: fields.text('notes'),
      species: fields.text('species', 60),
      breed: fields.text('breed', 120),
      ownerId: ownerId && idOf('patients', ownerId),
    },
  });
};

const emailOf = (fields: Fields): string | null => {
  const email = fields.text('email', 255);
  if (email === null || /^[^\s@]+@[^\s@]+$/.test(email)) return email;
  fields.note('value_unknown', { column: 'email', value: email });
  return null;
};

const doctor = (row: SourceRow, { idOf, locationId, currency }: MapContext): Mapped => {
  const fields = fieldsOf(row);
  const { firstName, lastName } = nameOf(fields);
  const email = emailOf(fields);
  if (email === null) fields.leave('missing_value', { column: 'email' });
  return fields.becomes({
    target: 'doctors',
    row: {
      id: idOf('doctors', fields.text('id') ?? `${firstName} ${lastName}`),
      locationId,
      firstName,
      lastName,
      email: email ?? '',
      phone: fields.text('phone', 30),
      specialization: fields.text('specialization', 120) ?? '',
      bio: fields.text('bio'),
      consultationFeeCurrency: currency,
      isActive: true,
      sortOrder: 0,
    },
  });
};

const DEFAULT_MINUTES = 30;

const appointment = (row: SourceRow, context: MapContext, shape: CsvGuess): Mapped => {
  const fields = fieldsOf(row);
  const start = startOf(fields, shape);
  const end = start && endOf(fields, shape, start);
  const told = statusTold(fields);
  const doctorId = doctorOf(fields, context);
  const patientId = patientOf(fields, context);
  if (!start || !end || !doctorId || !patientId || fields.isLeftOut) return fields.becomes();
  const status = told ?? (end < context.now ? 'completed' : 'scheduled');
  const sourceId = fields.text('id') ?? keyOf(start, doctorId, patientId);
  return fields.becomes({
    target: 'appointments',
    row: {
      id: context.idOf('appointments', sourceId),
      slotId: null,
      doctorId,
      patientId,
      locationId: context.locationId,
      scheduledAt: start,
      endsAt: end,
      status: status === 'confirmed' ? 'scheduled' : status,
      appointmentType: 'in_person',
      origin: 'import',
      reason: fields.text('reason', 255),
      notes: fields.text('notes'),
      confirmedAt: status === 'confirmed' ? context.now : null,
    },
  });
};

const startOf = (fields: Fields, { dayOrder, zone }: CsvGuess): string | null => {
  const whole = fields.text('start') ?? ([fields.text('date'), fields.text('time')].join(' ').trim() || null);
  if (whole === null) {
    fields.leave('missing_value', { column: 'start' });
    return null;
  }
  const start = instantIn(whole, dayOrder, zone);
  if (!start) fields.leave('not_a_date', { column: 'start', value: whole });
  return start;
};

const endOf = (fields: Fields, { dayOrder, zone }: CsvGuess, start: string): string | null => {
  const whole = fields.text('end') ?? fields.text('end_time');
  if (whole !== null) {
    const date = fields.text('start') ?? fields.text('date') ?? '';
    const end = instantIn(timeIn(whole) ? `${date.split(/[T ]/, 1)[0]} ${whole}` : whole, dayOrder, zone);
    if (!end) fields.leave('not_a_date', { column: 'end', value: whole });
    return end;
  }
  const minutes = fields.whole('duration_minutes') ?? DEFAULT_MINUTES;
  return new Date(Date.parse(start) + minutes * 60_000).toISOString();
};

const statusTold = (fields: Fields): ReturnType<typeof statusOf> => {
  const text = fields.text('status');
  const status = text ? statusOf(text) : null;
  if (text && !status) fields.leave('status_unknown', { value: text });
  return status;
};

const doctorOf = (fields: Fields, { idOf, find }: MapContext): string | null => {
  const [id, name] = [fields.text('doctor_id'), fields.text('doctor_name')];
  if (id) return idOf('doctors', id);
  const found = name && find.doctor(name);
  if (!found) fields.leave('unknown_doctor', { value: name });
  return found || null;
};

const patientOf = (fields: Fields, { idOf, find }: MapContext): string | null => {
  const id = fields.text('patient_id');
  if (id) return idOf('patients', id);
  const told = {
    name: fields.text('patient_name'),
    phone: fields.text('patient_phone'),
    email: fields.text('patient_email'),
  };
  const found = find.patient(told);
  if (!found) fields.leave('unknown_patient', told);
  return found;
};

/** What a line becomes, for each kind of list. */
export const csvMaps = { patients: patient, doctors: doctor, appointments: appointment };
