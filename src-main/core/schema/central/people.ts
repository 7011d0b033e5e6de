import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { clinicLocations, clinics, specialties } from './clinic.ts';
import { bytea, clinicRow, instant } from './columns.ts';

/**
 * Every account: staff, doctors, patients with a portal login, and automation
 * (medic-schema `users`, clinic-schema `admins`, united; `admins` stands as a view).
 */
export const users = pgTable(
  'users',
  {
    ...clinicRow(),
    email: varchar('email', { length: 255 }).notNull(),
    username: varchar('username', { length: 100 }),
    displayName: varchar('display_name', { length: 200 }).notNull(),
    hashedPassword: text('hashed_password').notNull(),
    role: text('role', { enum: ['patient', 'receptionist', 'doctor', 'admin', 'automation'] })
      .notNull()
      .default('patient'),
    confirmedAt: instant('confirmed_at'),
    totpSecret: bytea('totp_secret'),
    lastLoginAt: instant('last_login_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    uniqueIndex('users_email_index').on(t.clinicId, sql`lower(${t.email})`),
    uniqueIndex('users_username_index').on(t.clinicId, t.username),
    check('users_role', sql`${t.role} in ('patient', 'receptionist', 'doctor', 'admin', 'automation')`),
    index('users_rev_index').on(t.clinicId, t.rev),
  ],
);

/** Single-use tokens, stored hashed, by context: confirmation, password reset (medic-schema `users_tokens`). */
export const usersTokens = pgTable(
  'users_tokens',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    token: bytea('token').notNull(),
    context: text('context').notNull(),
    sentTo: text('sent_to'),
    expiresAt: instant('expires_at'),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    index('users_tokens_user_id_index').on(t.clinicId, t.userId),
    uniqueIndex('users_tokens_context_token_index').on(t.context, t.token),
  ],
);

/**
 * How a member of the staff proves at any desk, offline too, who they are: the row's id is the account's. `sealed` holds
 * their signing key, PIN and second factor, encrypted by a key that Argon2id makes of the password; whoever opens it knew
 * the password.
 */
export const staffKeys = pgTable(
  'staff_keys',
  {
    ...clinicRow(),
    sealed: text('sealed').notNull(),
    /** Since when a code of an authenticator app is asked for as well. */
    secondFactorAt: instant('second_factor_at'),
    /** Wrong passwords at all desks since the last right one, and when the last was. */
    misses: integer('misses').notNull().default(0),
    lastMissAt: instant('last_miss_at'),
    lockedUntil: instant('locked_until'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.id], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    index('staff_keys_rev_index').on(t.clinicId, t.rev),
  ],
);

/** What central checks the signature of a change with. No desk may read it; an ended key holds for what was done before. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    key: bytea('key').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    index('signing_keys_user_index').on(t.clinicId, t.userId),
  ],
);

/** Somebody signed in at a desk, from when until when. A change is signed within one. */
export const userSessions = pgTable(
  'user_sessions',
  {
    ...clinicRow(),
    userId: uuid('user_id').notNull(),
    deskId: uuid('desk_id').notNull(),
    method: text('method', { enum: ['password', 'pin'] }).notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: uuid('ended_by'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    foreignKey({ columns: [t.clinicId, t.endedBy], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    check('user_sessions_method', sql`${t.method} in ('password', 'pin')`),
    index('user_sessions_user_index').on(t.clinicId, t.userId, t.startedAt),
    index('user_sessions_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A doctor: directory profile and working record (medic-schema and clinic-schema `doctors`, united). */
export const doctors = pgTable(
  'doctors',
  {
    ...clinicRow(),
    userId: uuid('user_id'),
    specialtyId: uuid('specialty_id'),
    /** The home location; templates say where the doctor works on which day. */
    locationId: uuid('location_id'),
    firstName: varchar('first_name', { length: 100 }).notNull(),
    lastName: varchar('last_name', { length: 100 }).notNull(),
    firstNameEl: varchar('first_name_el', { length: 100 }),
    lastNameEl: varchar('last_name_el', { length: 100 }),
    email: varchar('email', { length: 255 }).notNull(),
    phone: varchar('phone', { length: 30 }),
    /** What stands on the door plate, free text. */
    specialization: varchar('specialization', { length: 120 }).notNull(),
    bio: text('bio'),
    bioEl: text('bio_el'),
    profileImageUrl: text('profile_image_url'),
    locationLat: doublePrecision('location_lat'),
    locationLng: doublePrecision('location_lng'),
    address: text('address'),
    city: text('city'),
    /** Kept by the trigger on `reviews`. */
    rating: numeric('rating', { precision: 3, scale: 2, mode: 'number' }).notNull().default(0),
    reviewCount: integer('review_count').notNull().default(0),
    /** Minor units of `consultation_fee_currency`. */
    consultationFee: integer('consultation_fee'),
    consultationFeeCurrency: char('consultation_fee_currency', { length: 3 }).notNull().default('EUR'),
    calComUserId: text('cal_com_user_id'),
    calComEventTypeId: text('cal_com_event_type_id'),
    calComUsername: text('cal_com_username'),
    /** Kept by triggers on slots and appointments. */
    nextAvailableSlot: instant('next_available_slot'),
    verifiedAt: instant('verified_at'),
    isActive: boolean('is_active').notNull().default(true),
    sortOrder: smallint('sort_order').notNull().default(0),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    foreignKey({
      columns: [t.clinicId, t.specialtyId],
      foreignColumns: [specialties.clinicId, specialties.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    uniqueIndex('doctors_user_id_index').on(t.clinicId, t.userId),
    uniqueIndex('doctors_email_index').on(t.clinicId, sql`lower(${t.email})`),
    index('doctors_specialty_id_index').on(t.clinicId, t.specialtyId),
    index('doctors_specialization_index').on(t.clinicId, t.specialization),
    index('doctors_location_id_index').on(t.clinicId, t.locationId),
    index('doctors_city_index').on(t.clinicId, t.city),
    index('doctors_rating_index').on(t.clinicId, t.rating),
    index('doctors_next_available_slot_index').on(t.clinicId, t.nextAvailableSlot),
    check('doctors_consultation_fee', sql`${t.consultationFee} >= 0`),
    check('doctors_rating', sql`${t.rating} between 0 and 5`),
    index('doctors_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * A patient: a person, or an animal (`species` set) with its owner, who is a row here too
 * (medic-schema and clinic-schema `patients`, united). Name and phone suffice, so e-mail and account
 * may be missing; an e-mail that is given is unique among the clinic's patients that are not deleted.
 */
export const patients = pgTable(
  'patients',
  {
    ...clinicRow(),
    userId: uuid('user_id'),
    firstName: varchar('first_name', { length: 100 }).notNull(),
    lastName: varchar('last_name', { length: 100 }).notNull(),
    email: varchar('email', { length: 255 }),
    phone: varchar('phone', { length: 30 }),
    address: text('address'),
    city: varchar('city', { length: 100 }),
    dateOfBirth: date('date_of_birth', { mode: 'string' }),
    gender: text('gender', { enum: ['male', 'female', 'other', 'prefer_not_to_say'] }),
    emergencyContact: text('emergency_contact'),
    profileImageUrl: text('profile_image_url'),
    notes: text('notes'),
    /** When a person last said that phone and address are right. */
    contactConfirmedAt: instant('contact_confirmed_at'),
    species: varchar('species', { length: 60 }),
    breed: varchar('breed', { length: 120 }),
    ownerId: uuid('owner_id'),
    /** How the patient wants to be reached about appointments. */
    contactPreference: text('contact_preference', { enum: ['phone', 'sms', 'email', 'post', 'none'] }),
    preferredLanguage: text('preferred_language', { enum: ['en', 'el'] }),
    /** When what identifies the person was overwritten, at their request. */
    erasedAt: instant('erased_at'),
    /** The record that this one was merged into. */
    mergedIntoId: uuid('merged_into_id'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    foreignKey({ columns: [t.clinicId, t.ownerId], foreignColumns: [t.clinicId, t.id] }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.mergedIntoId], foreignColumns: [t.clinicId, t.id] }).onDelete(
      'restrict',
    ),
    uniqueIndex('patients_user_id_index').on(t.clinicId, t.userId),
    uniqueIndex('patients_email_index')
      .on(t.clinicId, sql`lower(${t.email})`)
      .where(sql`${t.deletedAt} is null`),
    index('patients_name_index').on(t.clinicId, t.lastName, t.firstName),
    check('patients_gender', sql`${t.gender} in ('male', 'female', 'other', 'prefer_not_to_say')`),
    check(
      'patients_contact_preference',
      sql`${t.contactPreference} in ('phone', 'sms', 'email', 'post', 'none')`,
    ),
    check('patients_preferred_language', sql`${t.preferredLanguage} in ('en', 'el')`),
    check('patients_not_own_owner', sql`${t.ownerId} <> ${t.id}`),
    index('patients_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A yes or no of a patient, with its day: the newest of a kind counts, none is ever edited. */
export const patientConsents = pgTable(
  'patient_consents',
  {
    ...clinicRow(),
    patientId: uuid('patient_id').notNull(),
    kind: text('kind', { enum: ['treatment', 'data_processing', 'reminders', 'marketing'] }).notNull(),
    given: boolean('given').notNull(),
    decidedAt: instant('decided_at').notNull(),
    recordedBy: uuid('recorded_by'),
    note: varchar('note', { length: 255 }),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.recordedBy], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    check(
      'patient_consents_kind',
      sql`${t.kind} in ('treatment', 'data_processing', 'reminders', 'marketing')`,
    ),
    index('patient_consents_patient_index').on(t.clinicId, t.patientId, t.decidedAt),
    index('patient_consents_rev_index').on(t.clinicId, t.rev),
  ],
);

/** That one record was merged into another, and what moved with it, so that it can be taken apart again. */
export const patientMerges = pgTable(
  'patient_merges',
  {
    ...clinicRow(),
    keptId: uuid('kept_id').notNull(),
    mergedId: uuid('merged_id').notNull(),
    /** The columns that were set, each with both values: `{table, id, column, was, now}`. */
    moved: jsonb('moved')
      .$type<{ table: string; id: string; column: string; was: unknown; now: unknown }[]>()
      .notNull(),
    mergedAt: instant('merged_at').notNull(),
    mergedBy: uuid('merged_by'),
    undoneAt: instant('undone_at'),
    undoneBy: uuid('undone_by'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.keptId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.mergedId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.mergedBy], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    foreignKey({ columns: [t.clinicId, t.undoneBy], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    check('patient_merges_two', sql`${t.keptId} <> ${t.mergedId}`),
    uniqueIndex('patient_merges_one_at_a_time').on(t.clinicId, t.mergedId).where(sql`${t.undoneAt} is null`),
    index('patient_merges_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A patient's rating of a doctor, one to five; keeps `doctors.rating` and `review_count`. */
export const reviews = pgTable(
  'reviews',
  {
    ...clinicRow(),
    doctorId: uuid('doctor_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    stars: smallint('stars').notNull(),
    comment: text('comment'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    check('reviews_stars', sql`${t.stars} between 1 and 5`),
    index('reviews_doctor_id_index').on(t.clinicId, t.doctorId),
    index('reviews_rev_index').on(t.clinicId, t.rev),
  ],
);
