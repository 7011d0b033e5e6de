import type { TextDatabase } from '../../../foreign-rows.ts';
import { Fields } from '../fields.ts';
import type { MapContext, Mapped, Opened, SourceRow } from '../source.ts';
import { asKnownTables, type KnownTable } from './text-tables.ts';

/**
 * A Medic database (medic-schema), Postgres or its SQLite file. Its ids are UUIDs, unlike anybody else's, so the same row
 * has the same name wherever the database lies.
 */
export const openMedic = async (database: TextDatabase): Promise<Opened> => {
  const checked = await asKnownTables(database, medicTables);
  if (!checked.ok) {
    await database.close();
    return checked;
  }
  const { name } = database;
  return {
    ok: true,
    reader: { identity: 'medic', name, tables: checked.tables, close: () => database.close() },
  };
};

/** Doctors and patients have their address in their account, and an account has its name in theirs. */
const ofUser = [{ table: 'users', key: 'id', by: 'user_id', columns: { user_email: 'email' } }];
const ownProfiles = (['doctor', 'patient'] as const).map((who) => ({
  table: `${who}s`,
  key: 'user_id',
  by: 'id',
  columns: { [`${who}_id`]: 'id', [`${who}_first`]: 'first_name', [`${who}_last`]: 'last_name' },
}));

const specialty = (row: SourceRow, { idOf }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  return fields.becomes({
    target: 'specialties',
    row: {
      id: idOf('specialties', row.id),
      nameEn: fields.needed('name_en'),
      nameEl: fields.needed('name_el'),
      slug: fields.needed('slug'),
      icon: fields.text('icon'),
    },
  });
};

/** Rating and number of reviews are kept from this clinic's own reviews; `next_available_slot` from its slots. */
const doctor = (row: SourceRow, { idOf, currency, locationId }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  const specialtyId = fields.text('specialty_id');
  const rating = { rating: fields.text('rating'), review_count: fields.text('review_count') };
  if (Number(rating.review_count ?? 0) > 0) fields.note('kept_here', rating);
  return fields.becomes({
    target: 'doctors',
    row: {
      id: idOf('doctors', row.id),
      specialtyId: specialtyId && idOf('specialties', specialtyId),
      locationId,
      firstName: fields.needed('first_name', 100),
      lastName: fields.needed('last_name', 100),
      email: fields.needed('user_email', 255),
      phone: null,
      specialization: fields.text('specialty_name', 120) ?? '',
      bio: fields.text('bio'),
      bioEl: fields.text('bio_el'),
      profileImageUrl: fields.text('profile_image_url'),
      locationLat: fields.decimal('location_lat'),
      locationLng: fields.decimal('location_lng'),
      address: fields.text('address'),
      city: fields.text('city'),
      consultationFee: fields.minor('consultation_fee', currency),
      consultationFeeCurrency: currency,
      calComUserId: fields.text('cal_com_user_id'),
      calComEventTypeId: fields.text('cal_com_event_type_id'),
      calComUsername: fields.text('cal_com_username'),
      verifiedAt: fields.instant('verified_at'),
      isActive: true,
      sortOrder: 0,
    },
  });
};

const patient = (row: SourceRow, { idOf }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  return fields.becomes({
    target: 'patients',
    row: {
      id: idOf('patients', row.id),
      firstName: fields.needed('first_name', 100),
      lastName: fields.needed('last_name', 100),
      email: fields.text('user_email', 255),
      dateOfBirth: fields.day('date_of_birth'),
      phone: fields.text('phone', 30),
      emergencyContact: fields.text('emergency_contact'),
      profileImageUrl: fields.text('profile_image_url'),
    },
  });
};

/** front-desk.md: pending/confirmed/completed/cancelled/no_show. */
const statuses: Readonly<Record<string, 'pending' | 'scheduled' | 'completed' | 'cancelled' | 'no_show'>> = {
  pending: 'pending',
  confirmed: 'scheduled',
  completed: 'completed',
  cancelled: 'cancelled',
  no_show: 'no_show',
};

const types = ['in_person', 'video', 'phone', 'walk_in'] as const;

const appointment = (row: SourceRow, { idOf, locationId }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  const told = fields.needed('status').toLowerCase();
  const status = statuses[told];
  if (!status && told) fields.leave('status_unknown', { value: told });
  const start = fields.neededInstant('scheduled_at');
  const minutes = fields.whole('duration_minutes') ?? 0;
  if (minutes <= 0 || minutes > 720) fields.leave('bad_duration', { value: row.values['duration_minutes'] });
  const patientId = fields.text('patient_id');
  if (fields.isLeftOut || !status) return fields.becomes();
  return fields.becomes({
    target: 'appointments',
    row: {
      id: idOf('appointments', row.id),
      slotId: null,
      doctorId: idOf('doctors', fields.needed('doctor_id')),
      patientId: patientId && idOf('patients', patientId),
      locationId,
      scheduledAt: start,
      endsAt: new Date(Date.parse(start) + minutes * 60_000).toISOString(),
      status,
      appointmentType: fields.oneOf('appointment_type', types) ?? 'in_person',
      origin: 'import',
      notes: fields.text('notes'),
      // Medic says that it was confirmed and not when; its last writing is the nearest.
      confirmedAt: told === 'confirmed' ? (fields.instant('updated_at') ?? start) : null,
      cancellationReason: fields.text('cancellation_reason'),
      cancelledAt: status === 'cancelled' ? fields.instant('cancelled_at') : null,
      calComBookingId: fields.text('cal_com_booking_id'),
      calComUid: fields.text('cal_com_uid'),
      meetingUrl: fields.text('meeting_url'),
    },
  });
};

const roles = ['patient', 'doctor', 'admin'] as const;

/** Passwords are kept where their format says how to check them: bcrypt, or Argon2 as a PHC string. */
const PASSWORD = /^(\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\$argon2(id|i|d)\$v=\d+\$.{20,400})$/;

const user = (row: SourceRow, { idOf }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  const role = fields.oneOf('role', roles);
  if (!role) fields.leave('value_unknown', { column: 'role' });
  const password = fields.text('hashed_password') ?? '';
  const isKnown = PASSWORD.test(password);
  if (!isKnown && password) fields.note('password_unknown', { column: 'hashed_password' });
  // The secret of an authenticator app proves who somebody is: it is never copied.
  if (fields.text('totp_secret')) fields.note('not_taken', { column: 'totp_secret' });
  const [doctorId, patientId] = [fields.text('doctor_id'), fields.text('patient_id')];
  const names = ['doctor_first', 'doctor_last', 'patient_first', 'patient_last'].flatMap(
    (column) => fields.text(column) ?? [],
  );
  const email = fields.needed('email', 255);
  return fields.becomes({
    target: 'accounts',
    row: {
      id: idOf('users', row.id),
      email,
      display_name: (names.slice(0, 2).join(' ') || email).slice(0, 200),
      role,
      hashed_password: isKnown ? password : null,
      confirmed_at: fields.instant('confirmed_at'),
      doctor_id: doctorId && idOf('doctors', doctorId),
      patient_id: patientId && idOf('patients', patientId),
    },
  });
};

export const medicTables: readonly KnownTable[] = [
  {
    name: 'specialties',
    becomes: 'specialties',
    needs: ['id', 'name_en', 'name_el', 'slug'],
    also: ['icon'],
    map: specialty,
  },
  {
    name: 'doctors',
    becomes: 'doctors',
    needs: ['id', 'user_id', 'specialty_id', 'first_name', 'last_name'],
    also: [
      'bio',
      'bio_el',
      'profile_image_url',
      'location_lat',
      'location_lng',
      'address',
      'city',
      'rating',
      'review_count',
      'consultation_fee',
      'cal_com_user_id',
      'cal_com_event_type_id',
      'cal_com_username',
      'verified_at',
    ],
    joined: [
      ...ofUser,
      { table: 'specialties', key: 'id', by: 'specialty_id', columns: { specialty_name: 'name_en' } },
    ],
    map: doctor,
  },
  {
    name: 'patients',
    becomes: 'patients',
    needs: ['id', 'user_id', 'first_name', 'last_name'],
    also: ['date_of_birth', 'phone', 'emergency_contact', 'profile_image_url'],
    joined: ofUser,
    map: patient,
  },
  {
    name: 'appointments',
    becomes: 'appointments',
    needs: ['id', 'patient_id', 'doctor_id', 'scheduled_at', 'duration_minutes', 'status'],
    also: [
      'cal_com_booking_id',
      'cal_com_uid',
      'meeting_url',
      'appointment_type',
      'notes',
      'cancellation_reason',
      'cancelled_at',
      'updated_at',
    ],
    map: appointment,
  },
  {
    name: 'users',
    becomes: 'accounts',
    needs: ['id', 'email', 'hashed_password', 'role'],
    also: ['confirmed_at', 'totp_secret'],
    joined: ownProfiles,
    map: user,
  },
  { name: 'users_tokens', becomes: null, leftOut: 'single_use', needs: ['id'], optional: true },
  { name: 'schema_migrations', becomes: null, leftOut: 'ledger', needs: ['version'], optional: true },
];
