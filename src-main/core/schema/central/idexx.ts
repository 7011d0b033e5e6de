import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { clinics } from './clinic.ts';
import { clinicRow, instant } from './columns.ts';
import { patients, users } from './people.ts';
import { appointments } from './schedule.ts';

/** A case: what became of one IDEXX Neo consultation (integrations.md). */
export const cases = pgTable(
  'cases',
  {
    ...clinicRow(),
    /** `idexx-{clinic}-{appointment_id}` */
    externalId: text('external_id').notNull(),
    /** Neo's number of the consultation; null while the appointment has none. */
    consultationId: text('consultation_id'),
    userId: uuid('user_id'),
    patientId: uuid('patient_id'),
    appointmentId: uuid('appointment_id'),
    reason: text('reason'),
    /** When the consultation was, and when Neo first said that it was completed. */
    consultedAt: instant('consulted_at'),
    completedAt: instant('completed_at'),
    status: text('status', { enum: ['draft', 'ongoing', 'completed', 'reviewed'] })
      .notNull()
      .default('draft'),
    clinicalNotes: text('clinical_notes'),
    notesSyncedAt: instant('notes_synced_at'),
    dischargeSummary: text('discharge_summary'),
    changeHash: text('change_hash'),
    goneAt: instant('gone_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete('restrict'),
    check('cases_status', sql`${t.status} in ('draft', 'ongoing', 'completed', 'reviewed')`),
    uniqueIndex('cases_external_id_index').on(t.clinicId, t.externalId),
    // idexx-sync-schema: a consultation belongs to one case.
    uniqueIndex('cases_consultation_id_index').on(t.clinicId, t.consultationId, t.userId),
    index('cases_patient_id_index').on(t.clinicId, t.patientId),
    index('cases_appointment_id_index').on(t.clinicId, t.appointmentId),
    index('cases_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A call after discharge (integrations.md): due time, tries, outcome. One for a case at most. */
export const scheduledDischargeCalls = pgTable(
  'scheduled_discharge_calls',
  {
    ...clinicRow(),
    caseId: uuid('case_id').notNull(),
    patientId: uuid('patient_id'),
    phone: varchar('phone', { length: 30 }).notNull(),
    dueAt: instant('due_at').notNull(),
    status: text('status', { enum: ['queued', 'ringing', 'in_progress', 'completed', 'failed', 'cancelled'] })
      .notNull()
      .default('queued'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
    outcomeNotes: text('outcome_notes'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.caseId], foreignColumns: [cases.clinicId, cases.id] }).onDelete(
      'restrict',
    ),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    check(
      'scheduled_discharge_calls_status',
      sql`${t.status} in ('queued', 'ringing', 'in_progress', 'completed', 'failed', 'cancelled')`,
    ),
    uniqueIndex('scheduled_discharge_calls_case_index').on(t.clinicId, t.caseId),
    index('scheduled_discharge_calls_due_index').on(t.clinicId, t.status, t.dueAt),
    index('scheduled_discharge_calls_rev_index').on(t.clinicId, t.rev),
  ],
);

/** The sealed copy of a user's IDEXX Neo login (idexx-sync-schema); the login itself lives in the keychain. */
export const idexxCredentials = pgTable(
  'idexx_credentials',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    encryptedUsername: text('encrypted_username').notNull(),
    encryptedPassword: text('encrypted_password').notNull(),
    encryptedCompanyId: text('encrypted_company_id'),
    encryptionKeyId: text('encryption_key_id').notNull(),
    lastValidatedAt: instant('last_validated_at'),
    validationStatus: text('validation_status', { enum: ['valid', 'invalid', 'unknown'] })
      .notNull()
      .default('unknown'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    uniqueIndex('idexx_credentials_user_id_index').on(t.clinicId, t.userId),
    check('idexx_credentials_status', sql`${t.validationStatus} in ('valid', 'invalid', 'unknown')`),
    index('idexx_credentials_validation_status_index').on(t.clinicId, t.validationStatus),
  ],
);

/** One run of the IDEXX sync (idexx-sync-schema). */
export const idexxSyncSessions = pgTable(
  'idexx_sync_sessions',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id').notNull(),
    /** The desk that ran it, under which number of the lease, and why it ran then. */
    deskId: uuid('desk_id'),
    fence: bigint('fence', { mode: 'number' }),
    reason: text('reason', { enum: ['schedule', 'by_hand', 'opening', 'closing'] }),
    status: text('status', { enum: ['running', 'completed', 'failed', 'timeout'] })
      .notNull()
      .default('running'),
    startedAt: instant('started_at').notNull().defaultNow(),
    completedAt: instant('completed_at'),
    appointmentsRead: integer('appointments_read').notNull().default(0),
    consultationsSynced: integer('consultations_synced').notNull().default(0),
    consultationsFailed: integer('consultations_failed').notNull().default(0),
    dischargeCallsScheduled: integer('discharge_calls_scheduled').notNull().default(0),
    errorDetails: jsonb('error_details').$type<Record<string, unknown>>(),
    nextScheduledSync: instant('next_scheduled_sync'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    check('idexx_sync_sessions_reason', sql`${t.reason} in ('schedule', 'by_hand', 'opening', 'closing')`),
    check('idexx_sync_sessions_status', sql`${t.status} in ('running', 'completed', 'failed', 'timeout')`),
    index('idexx_sync_sessions_user_id_index').on(t.clinicId, t.userId),
    index('idexx_sync_sessions_status_index').on(t.clinicId, t.status),
    index('idexx_sync_sessions_started_at_index').on(t.clinicId, t.startedAt),
  ],
);

/** What is known of each consultation's reconciliation (idexx-sync-schema). */
export const consultationSyncStatus = pgTable(
  'consultation_sync_status',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    consultationId: text('consultation_id').notNull(),
    userId: uuid('user_id').notNull(),
    caseId: uuid('case_id'),
    syncStatus: text('sync_status', { enum: ['pending', 'synced', 'failed'] })
      .notNull()
      .default('pending'),
    hasClinicalNotes: boolean('has_clinical_notes').notNull().default(false),
    notesSyncedAt: instant('notes_synced_at'),
    dischargeCallScheduled: boolean('discharge_call_scheduled').notNull().default(false),
    dischargeCallId: uuid('discharge_call_id'),
    lastSyncAttempt: instant('last_sync_attempt'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    foreignKey({ columns: [t.clinicId, t.caseId], foreignColumns: [cases.clinicId, cases.id] }).onDelete(
      'restrict',
    ),
    foreignKey({
      columns: [t.clinicId, t.dischargeCallId],
      foreignColumns: [scheduledDischargeCalls.clinicId, scheduledDischargeCalls.id],
    }).onDelete('restrict'),
    uniqueIndex('consultation_sync_status_consultation_user_index').on(
      t.clinicId,
      t.consultationId,
      t.userId,
    ),
    check('consultation_sync_status_status', sql`${t.syncStatus} in ('pending', 'synced', 'failed')`),
    index('consultation_sync_status_user_id_index').on(t.clinicId, t.userId),
    index('consultation_sync_status_case_id_index').on(t.clinicId, t.caseId),
    index('consultation_sync_status_sync_status_index').on(t.clinicId, t.syncStatus),
  ],
);

/** Who touched an IDEXX credential or run, append-only, kept six years (idexx-sync-schema). */
export const idexxSyncAuditLog = pgTable(
  'idexx_sync_audit_log',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    timestamp: instant('timestamp').notNull().defaultNow(),
    userId: uuid('user_id'),
    action: text('action').notNull(),
    status: text('status'),
    ipAddress: inet('ip_address'),
    sessionId: text('session_id'),
    errorDetails: jsonb('error_details').$type<Record<string, unknown>>(),
    metadata: jsonb('metadata').$type<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    index('idexx_sync_audit_log_user_id_index').on(t.clinicId, t.userId),
    index('idexx_sync_audit_log_timestamp_index').on(t.clinicId, t.timestamp),
    index('idexx_sync_audit_log_action_index').on(t.clinicId, t.action),
  ],
);
