import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { clinics } from './clinic.ts';
import { bytea, instant } from './columns.ts';
import { users } from './people.ts';

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

/** One row: which central database this is. Part of the epoch that desks compare. */
export const central = pgTable('central', {
  id: uuid('id').primaryKey().defaultRandom(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** Each clinic's commit counter and the transaction that last took it; the lock that makes its writes serial. */
export const heads = pgTable('heads', {
  // The reference to clinics is deferred, in hand-written SQL: a clinic's own first row takes a number.
  clinicId: uuid('clinic_id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
  tx: xid8('tx').notNull().default(sql`'0'::xid8`),
  /** The last `rev` of each table, by its name: a pull reads only those that have news. */
  tables: jsonb('tables').$type<Record<string, number>>().notNull().default({}),
});

/** A desk and the Postgres login role that it connects as. Policies find the clinic here by `session_user`. */
export const desks = pgTable(
  'desks',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    /** The account that the desk acts as while nobody is signed in. */
    userId: uuid('user_id').notNull(),
    disabledAt: instant('disabled_at'),
    disabledBy: uuid('disabled_by'),
    /** Whether a desk that was disabled is also to destroy the key of its replica, and when it said that it had. */
    wipe: boolean('wipe').notNull().default(false),
    wipedAt: instant('wiped_at'),
    /** When the desk last changed the password of its role, and the key of its replica. */
    passwordChangedAt: instant('password_changed_at'),
    keyChangedAt: instant('key_changed_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.userId], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    uniqueIndex('desks_role_index').on(t.role),
    uniqueIndex('desks_name_index').on(t.clinicId, t.name),
  ],
);

/** What central knows of a desk's stream of changes: the incarnation it last spoke as and the next number. */
export const streams = pgTable(
  'streams',
  {
    clinicId: uuid('clinic_id').notNull(),
    deskId: uuid('desk_id').notNull(),
    incarnation: uuid('incarnation').notNull(),
    nextSeq: bigint('next_seq', { mode: 'number' }).notNull().default(1),
    lastContactAt: instant('last_contact_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.deskId, t.incarnation] }),
    foreignKey({ columns: [t.clinicId, t.deskId], foreignColumns: [desks.clinicId, desks.id] }).onDelete(
      'restrict',
    ),
  ],
);

/** Every change that reached central, with its outcome: what makes a repeated push harmless. */
export const changes = pgTable(
  'changes',
  {
    clinicId: uuid('clinic_id').notNull(),
    changeId: uuid('change_id').notNull(),
    deskId: uuid('desk_id').notNull(),
    incarnation: uuid('incarnation').notNull(),
    deskSeq: bigint('desk_seq', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    actor: uuid('actor'),
    /** When the person did it, by the desk's clock. */
    doneAt: instant('done_at').notNull(),
    arrivedAt: instant('arrived_at').notNull().defaultNow(),
    outcome: text('outcome', { enum: ['applied', 'refused', 'void'] }).notNull(),
    rev: bigint('rev', { mode: 'number' }).notNull(),
    rows: jsonb('rows').notNull(),
    refusal: jsonb('refusal'),
    /** The session that the actor signed it in; null where nobody had signed in. */
    sessionId: uuid('session_id'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.changeId] }),
    foreignKey({ columns: [t.clinicId, t.deskId], foreignColumns: [desks.clinicId, desks.id] }).onDelete(
      'restrict',
    ),
    unique('changes_desk_seq_unique').on(t.clinicId, t.deskId, t.incarnation, t.deskSeq),
    check('changes_outcome', sql`${t.outcome} in ('applied', 'refused', 'void')`),
    index('changes_rev_index').on(t.clinicId, t.rev),
  ],
);

/** What was done and what it changed: append-only, written by `push` in the change's own transaction. */
export const auditLog = pgTable(
  'audit_log',
  {
    clinicId: uuid('clinic_id').notNull(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    changeId: uuid('change_id'),
    deskId: uuid('desk_id'),
    actor: uuid('actor'),
    action: text('action').notNull(),
    tableName: text('table_name'),
    rowId: uuid('row_id'),
    before: jsonb('before'),
    after: jsonb('after'),
    doneAt: instant('done_at').notNull(),
    arrivedAt: instant('arrived_at').notNull().defaultNow(),
    /** The session that the actor signed it in: set, the actor is proven. */
    sessionId: uuid('session_id'),
    /** The entry's place in its clinic's chain, from 1 without gaps. */
    seq: bigint('seq', { mode: 'number' }),
    /** SHA-256 of salt, before and after. It stays when a person is erased; the three that it was made of go. */
    salt: bytea('salt'),
    contentHash: bytea('content_hash'),
    /** SHA-256 of the entry's other columns with `content_hash` and the hash of the entry before. */
    hash: bytea('hash'),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    // The table is partitioned by the month of arrival.
    primaryKey({ columns: [t.clinicId, t.id, t.arrivedAt] }),
    foreignKey({ columns: [t.clinicId], foreignColumns: [clinics.clinicId] }).onDelete('restrict'),
    index('audit_log_seq_index').on(t.clinicId, t.seq),
    index('audit_log_row_index').on(t.clinicId, t.tableName, t.rowId),
    index('audit_log_arrived_at_index').on(t.clinicId, t.arrivedAt),
  ],
);

/** Who is signed in on which backend, written only by functions that callers cannot bypass. */
export const backendSessions = pgTable(
  'backend_sessions',
  {
    pid: integer('pid').notNull(),
    backendStart: instant('backend_start').notNull(),
    clinicId: uuid('clinic_id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role').notNull(),
    sessionId: uuid('session_id'),
  },
  (t) => [primaryKey({ columns: [t.pid, t.backendStart] })],
);

/** Backups of this central: when, how large, and when one was last restored to see that it can be. */
export const backups = pgTable('backups', {
  id: uuid('id').primaryKey(),
  createdAt: instant('created_at').notNull().defaultNow(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  sha256: text('sha256').notNull(),
  checkedAt: instant('checked_at'),
});
