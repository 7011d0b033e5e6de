import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { clinicRow, instant } from './columns.ts';

/** One tenant. Its `id` equals its `clinic_id`, so that the same policies and pull serve it. */
export const clinics = pgTable(
  'clinics',
  {
    ...clinicRow(),
    name: text('name').notNull(),
    nameEl: text('name_el'),
    kind: text('kind', { enum: ['human', 'veterinary'] })
      .notNull()
      .default('human'),
    phone: varchar('phone', { length: 30 }),
    email: varchar('email', { length: 255 }),
    city: varchar('city', { length: 100 }),
    timezone: varchar('timezone', { length: 64 }).notNull().default('UTC'),
    currency: char('currency', { length: 3 }).notNull().default('EUR'),
    /** ISO 8601 weekday that a week starts with: 1 is Monday. */
    firstWeekday: smallint('first_weekday').notNull().default(1),
    /** True for the made-up clinic that `npm start` fills an empty central with. */
    isSample: boolean('is_sample').notNull().default(false),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    unique('clinics_clinic_id_unique').on(t.clinicId),
    check('clinics_own_tenant', sql`${t.id} = ${t.clinicId}`),
    check('clinics_kind', sql`${t.kind} in ('human', 'veterinary')`),
    check('clinics_first_weekday', sql`${t.firstWeekday} between 1 and 7`),
    index('clinics_name_index').on(t.name),
    index('clinics_phone_index').on(t.phone),
    index('clinics_city_index').on(t.city),
    index('clinics_rev_index').on(t.clinicId, t.rev),
  ],
);

/** Medical specialties in both languages (medic-schema `specialties`). */
export const specialties = pgTable(
  'specialties',
  {
    ...clinicRow(),
    nameEn: text('name_en').notNull(),
    nameEl: text('name_el').notNull(),
    slug: text('slug').notNull(),
    icon: text('icon'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    uniqueIndex('specialties_slug_index').on(t.clinicId, t.slug),
    index('specialties_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A place where doctors see patients; its time zone rules its slots (clinic-schema `clinic_locations`). */
export const clinicLocations = pgTable(
  'clinic_locations',
  {
    ...clinicRow(),
    name: varchar('name', { length: 120 }).notNull(),
    nameEl: varchar('name_el', { length: 120 }),
    addressLine1: varchar('address_line1', { length: 255 }).notNull(),
    addressLine2: varchar('address_line2', { length: 255 }),
    city: varchar('city', { length: 100 }).notNull(),
    stateRegion: varchar('state_region', { length: 100 }),
    postalCode: varchar('postal_code', { length: 20 }),
    country: varchar('country', { length: 100 }).notNull(),
    phone: varchar('phone', { length: 30 }),
    timezone: varchar('timezone', { length: 64 }).notNull().default('UTC'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    index('clinic_locations_city_country_index').on(t.clinicId, t.city, t.country),
    index('clinic_locations_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A room of a location; an appointment may take one, and no two live ones share it. */
export const rooms = pgTable(
  'rooms',
  {
    ...clinicRow(),
    locationId: uuid('location_id').notNull(),
    name: varchar('name', { length: 60 }).notNull(),
    nameEl: varchar('name_el', { length: 60 }),
    sortOrder: smallint('sort_order').notNull().default(0),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    uniqueIndex('rooms_location_name_index').on(t.clinicId, t.locationId, t.name),
    index('rooms_rev_index').on(t.clinicId, t.rev),
  ],
);

/** What a visit is for: it sets length, buffers and fee. Money in minor units of `fee_currency`. */
export const visitTypes = pgTable(
  'visit_types',
  {
    ...clinicRow(),
    nameEn: varchar('name_en', { length: 120 }).notNull(),
    nameEl: varchar('name_el', { length: 120 }).notNull(),
    /** Null serves every specialty. */
    specialtyId: uuid('specialty_id'),
    durationMinutes: integer('duration_minutes').notNull().default(30),
    bufferBeforeMinutes: integer('buffer_before_minutes').notNull().default(0),
    bufferAfterMinutes: integer('buffer_after_minutes').notNull().default(0),
    feeMinor: integer('fee_minor').notNull().default(0),
    feeCurrency: char('fee_currency', { length: 3 }).notNull().default('EUR'),
    sortOrder: smallint('sort_order').notNull().default(0),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.specialtyId],
      foreignColumns: [specialties.clinicId, specialties.id],
    }).onDelete('restrict'),
    check('visit_types_duration', sql`${t.durationMinutes} between 5 and 720`),
    check('visit_types_buffers', sql`${t.bufferBeforeMinutes} >= 0 and ${t.bufferAfterMinutes} >= 0`),
    check('visit_types_fee', sql`${t.feeMinor} >= 0`),
    index('visit_types_rev_index').on(t.clinicId, t.rev),
  ],
);
