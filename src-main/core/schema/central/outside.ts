import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { clinics, visitTypes } from './clinic.ts';
import { clinicRow, instant } from './columns.ts';
import { doctors, patients } from './people.ts';
import { appointments } from './schedule.ts';
import { desks } from './sync.ts';

/** An outside system that this clinic is connected with, and how: one row for each. Secrets are not here. */
export const integrations = pgTable(
  'integrations',
  {
    ...clinicRow(),
    source: text('source', { enum: ['idexx', 'cal_com'] }).notNull(),
    enabled: boolean('enabled').notNull().default(false),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    /** How far it was read, in the connector's own words; written by its runs. */
    position: jsonb('position').$type<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    check('integrations_source', sql`${t.source} in ('idexx', 'cal_com')`),
    uniqueIndex('integrations_source_index').on(t.clinicId, t.source),
    index('integrations_rev_index').on(t.clinicId, t.rev),
  ],
);

/** What a name or number of an outside system means here: its providers, visit types, event types and patients. */
export const outsideLinks = pgTable(
  'outside_links',
  {
    ...clinicRow(),
    source: text('source', { enum: ['idexx', 'cal_com'] }).notNull(),
    kind: text('kind', { enum: ['provider', 'visit_type', 'event_type', 'patient', 'client'] }).notNull(),
    externalId: text('external_id').notNull(),
    /** As it is called there. */
    name: text('name'),
    doctorId: uuid('doctor_id'),
    visitTypeId: uuid('visit_type_id'),
    patientId: uuid('patient_id'),
    /** What the outside system last said of it, so that a later edit there is told from one made here. */
    seen: jsonb('seen').$type<Record<string, unknown>>(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.visitTypeId],
      foreignColumns: [visitTypes.clinicId, visitTypes.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    check('outside_links_source', sql`${t.source} in ('idexx', 'cal_com')`),
    check(
      'outside_links_kind',
      sql`${t.kind} in ('provider', 'visit_type', 'event_type', 'patient', 'client')`,
    ),
    uniqueIndex('outside_links_external_id_index').on(t.clinicId, t.source, t.kind, t.externalId),
    index('outside_links_patient_index').on(t.clinicId, t.patientId),
    index('outside_links_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * A booking as an outside system last told it, and what became of it here. What stands on the board follows from this row
 * and can be made from it again; `problem` is what a person has to decide.
 */
export const outsideBookings = pgTable(
  'outside_bookings',
  {
    ...clinicRow(),
    source: text('source', { enum: ['idexx', 'cal_com'] }).notNull(),
    externalId: text('external_id').notNull(),
    /** The appointment that it is here; null while it has none. */
    appointmentId: uuid('appointment_id'),
    patientId: uuid('patient_id'),
    doctorId: uuid('doctor_id'),
    visitTypeId: uuid('visit_type_id'),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** The outside system's status in our words. */
    status: text('status', {
      enum: ['pending', 'scheduled', 'arrived', 'in_room', 'completed', 'cancelled', 'no_show'],
    }).notNull(),
    /** Who comes, as it is called there. */
    personName: text('person_name'),
    phone: text('phone'),
    email: text('email'),
    title: text('title'),
    /** All that it said, in the connector's own words. */
    seen: jsonb('seen').$type<Record<string, unknown>>().notNull(),
    /** What both sides last had alike: how a change of one side is told from a change of the other. */
    agreed: jsonb('agreed').$type<Record<string, unknown>>(),
    /** Since when it is no longer there. */
    goneAt: instant('gone_at'),
    /** What a person has to decide, since when, and what stands in the way; null where nothing is. */
    problem: text('problem', {
      enum: ['taken', 'unknown_doctor', 'changed_both', 'not_sent', 'invalid'],
    }),
    problemAt: instant('problem_at'),
    problemDetails: jsonb('problem_details').$type<Record<string, unknown>>(),
    /** What a person decided, to be carried out by the next run. */
    decision: text('decision', { enum: ['move', 'decline', 'keep_ours', 'keep_theirs', 'dismiss'] }),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.visitTypeId],
      foreignColumns: [visitTypes.clinicId, visitTypes.id],
    }).onDelete('restrict'),
    check('outside_bookings_source', sql`${t.source} in ('idexx', 'cal_com')`),
    check('outside_bookings_order', sql`${t.endsAt} > ${t.startsAt}`),
    check(
      'outside_bookings_status',
      sql`${t.status} in ('pending', 'scheduled', 'arrived', 'in_room', 'completed', 'cancelled', 'no_show')`,
    ),
    check(
      'outside_bookings_problem',
      sql`${t.problem} in ('taken', 'unknown_doctor', 'changed_both', 'not_sent', 'invalid')`,
    ),
    check(
      'outside_bookings_decision',
      sql`${t.decision} in ('move', 'decline', 'keep_ours', 'keep_theirs', 'dismiss')`,
    ),
    // A booking never stands here twice.
    uniqueIndex('outside_bookings_external_id_index').on(t.clinicId, t.source, t.externalId),
    uniqueIndex('outside_bookings_appointment_index').on(t.clinicId, t.source, t.appointmentId),
    index('outside_bookings_starts_at_index').on(t.clinicId, t.startsAt),
    index('outside_bookings_patient_index').on(t.clinicId, t.patientId),
    index('outside_bookings_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * Which desk runs an integration: one at a time. Whoever takes the lease gets the next number, and a change that was made
 * under a lower one is refused, however late it comes.
 */
export const runLeases = pgTable(
  'run_leases',
  {
    clinicId: uuid('clinic_id').notNull(),
    source: text('source', { enum: ['idexx', 'cal_com'] }).notNull(),
    deskId: uuid('desk_id').notNull(),
    fence: bigint('fence', { mode: 'number' }).notNull().default(1),
    takenAt: instant('taken_at').notNull(),
    /** By central's clock; after it any desk may take the lease. */
    until: instant('until').notNull(),
    /** How its runs went: for the page that watches them. */
    lastRunAt: instant('last_run_at'),
    lastOkAt: instant('last_ok_at'),
    failures: integer('failures').notNull().default(0),
    lastError: jsonb('last_error').$type<Record<string, unknown>>(),
    nextRunAt: instant('next_run_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.source] }),
    foreignKey({ columns: [t.clinicId, t.deskId], foreignColumns: [desks.clinicId, desks.id] }).onDelete(
      'restrict',
    ),
    check('run_leases_source', sql`${t.source} in ('idexx', 'cal_com')`),
  ],
);
