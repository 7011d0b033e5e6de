import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { clinics } from './clinic.ts';
import { bytea, clinicRow, instant } from './columns.ts';
import { doctors, patients, users } from './people.ts';
import { appointments } from './schedule.ts';

/**
 * One message (clinic-schema, collection `messages`). What is searched or joined stands in columns; the open
 * parts are JSONB as the document has them. `source_id` keeps a document's own `_id`, and `document`
 * whatever else it held, so that export gives back what import took.
 */
export const messages = pgTable(
  'messages',
  {
    ...clinicRow(),
    sourceId: text('source_id'),
    threadId: text('thread_id').notNull(),
    type: text('type', { enum: ['chat', 'system', 'file', 'note'] })
      .notNull()
      .default('chat'),
    text: text('text').notNull().default(''),
    richText: jsonb('rich_text').$type<{ markdown?: string }>(),
    appointmentId: uuid('appointment_id'),
    patientId: uuid('patient_id'),
    doctorId: uuid('doctor_id'),
    relationalRefs: jsonb('relational_refs').$type<Record<string, unknown>>().notNull().default({}),
    author: jsonb('author').$type<Record<string, unknown>>().notNull(),
    attachments: jsonb('attachments').$type<Record<string, unknown>[]>().notNull().default([]),
    readReceipts: jsonb('read_receipts').$type<Record<string, unknown>[]>().notNull().default([]),
    tags: jsonb('tags').$type<string[]>().notNull().default([]),
    denorm: jsonb('denorm').$type<Record<string, unknown>>(),
    meta: jsonb('meta').$type<Record<string, unknown>>().notNull().default({}),
    document: jsonb('document').$type<Record<string, unknown>>(),
    deletedAt: instant('deleted_at'),
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
    check('messages_type', sql`${t.type} in ('chat', 'system', 'file', 'note')`),
    uniqueIndex('messages_source_id_index').on(t.clinicId, t.sourceId),
    index('messages_thread_id_index').on(t.clinicId, t.threadId, t.createdAt),
    index('messages_appointment_id_index').on(t.clinicId, t.appointmentId),
    index('messages_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A stored file, named by the SHA-256 of its bytes; the bytes are in the content-addressed store. */
export const attachments = pgTable(
  'attachments',
  {
    ...clinicRow(),
    fileName: varchar('file_name', { length: 255 }).notNull(),
    mimeType: varchar('mime_type', { length: 127 }).notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    sha256: varchar('sha256', { length: 64 }).notNull(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    check('attachments_sha256', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    index('attachments_sha256_index').on(t.clinicId, t.sha256),
    index('attachments_rev_index').on(t.clinicId, t.rev),
  ],
);

/** Who has read a message: a row for each reader, so that two desks never write one list. */
export const messageReceipts = pgTable(
  'message_receipts',
  {
    ...clinicRow(),
    messageId: uuid('message_id').notNull(),
    userRole: text('user_role').notNull(),
    userId: uuid('user_id'),
    readAt: instant('read_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.messageId],
      foreignColumns: [messages.clinicId, messages.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    index('message_receipts_message_index').on(t.clinicId, t.messageId),
    index('message_receipts_rev_index').on(t.clinicId, t.rev),
  ],
);

/** The bytes of stored files, once for each content. Desks give and take them by functions, not by the sync. */
export const attachmentContents = pgTable(
  'attachment_contents',
  {
    clinicId: uuid('clinic_id').notNull(),
    sha256: varchar('sha256', { length: 64 }).notNull(),
    content: bytea('content').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.sha256] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    check('attachment_contents_named', sql`${t.sha256} = encode(sha256(${t.content}), 'hex')`),
  ],
);
