import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ChangeRow, Refusal } from '../../../contract/change.ts';
import { instant } from './clinic-data.ts';

/** One row: who this desk is and how far it has read. Always written in the transaction that it describes. */
export const deskState = sqliteTable('desk_state', {
  id: integer('id').primaryKey(),
  clinicId: text('clinic_id'),
  deskId: text('desk_id'),
  deskName: text('desk_name'),
  /** Who acts at this desk while nobody has signed in. */
  userId: text('user_id'),
  /** Made with the replica, and anew whenever its file was restored or copied. */
  incarnation: text('incarnation').notNull(),
  /** Made anew at each opening and kept outside the file as well: a file that lacks the last one is a copy. */
  nonce: text('nonce'),
  /** Which history of central `cursor` belongs to; null before the first sync. */
  epoch: text('epoch'),
  /** The last `rev` of central that this replica holds whole. */
  cursor: integer('cursor').notNull(),
  /** The newest rows that central gave: they must still be there, or central's history is another one. See `Witness`. */
  witness: text('witness', { mode: 'json' }).$type<object>(),
  /** The number that the next change of this incarnation gets, from 1 without gaps. */
  nextSeq: integer('next_seq').notNull(),
  /** Central's clock minus this desk's, in milliseconds, as last measured. */
  clockOffsetMs: integer('clock_offset_ms').notNull(),
  lastContactAt: instant('last_contact_at'),
});

/** Changes that central has not answered for, or whose answer the cursor has not reached yet. */
export const outbox = sqliteTable(
  'outbox',
  {
    deskSeq: integer('desk_seq').primaryKey(),
    changeId: text('change_id').notNull().unique(),
    kind: text('kind').notNull(),
    actor: text('actor'),
    at: instant('at').notNull(),
    rows: text('rows', { mode: 'json' }).$type<ChangeRow[]>().notNull(),
    /** The session that the actor signed the change in, and the signature; null where nobody had signed in. */
    sessionId: text('session_id'),
    proof: text('proof'),
    /** The lease that a run of an integration held when it made the change, as `source/number`; null for all others. */
    fence: text('fence'),
    /** `void`: refused before, sent only to use up its number and never to be applied. */
    state: text('state', { enum: ['waiting', 'void', 'applied'] }).notNull(),
    /** The commit of central that applied it; the entry leaves when the cursor passes it. */
    appliedRev: integer('applied_rev'),
  },
  (t) => [index('outbox_waiting').on(t.kind).where(sql`state = 'waiting'`)],
);

/**
 * Which rows a waiting change touches, so that apply finds the changes on top of a row by one look-up. Without rowid, as
 * `base` is: each is written at every command, and its own index.
 */
export const outboxRows = sqliteTable(
  'outbox_rows',
  {
    tableName: text('table_name').notNull(),
    rowId: text('row_id').notNull(),
    deskSeq: integer('desk_seq').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tableName, t.rowId, t.deskSeq] })],
);

/** Central's version of each row that a waiting change touches; null where central has none yet. */
export const base = sqliteTable(
  'base',
  {
    tableName: text('table_name').notNull(),
    rowId: text('row_id').notNull(),
    row: text('row', { mode: 'json' }).$type<Record<string, unknown> | null>(),
  },
  (t) => [primaryKey({ columns: [t.tableName, t.rowId] })],
);

/** Changes that central acknowledged, kept 30 days and offered again if central loses its last commits. */
export const acknowledged = sqliteTable('acknowledged', {
  changeId: text('change_id').primaryKey(),
  kind: text('kind').notNull(),
  actor: text('actor'),
  at: instant('at').notNull(),
  rows: text('rows', { mode: 'json' }).$type<ChangeRow[]>().notNull(),
  sessionId: text('session_id'),
  proof: text('proof'),
  fence: text('fence'),
  outcome: text('outcome', { enum: ['applied', 'refused', 'void'] }).notNull(),
  acknowledgedAt: instant('acknowledged_at').notNull(),
});

/** The inbox: what central refused, with what stood on it, until a person has decided. */
export const refusals = sqliteTable('refusals', {
  changeId: text('change_id').primaryKey(),
  /** The refused change and those refused with it, in order. */
  changes: text('changes', { mode: 'json' })
    .$type<{ changeId: string; kind: string; actor: string | null; at: string; rows: ChangeRow[] }[]>()
    .notNull(),
  refusal: text('refusal', { mode: 'json' }).$type<Refusal>().notNull(),
  refusedAt: instant('refused_at').notNull(),
  resolvedAt: instant('resolved_at'),
  /** `derived`: nobody had to decide, since whatever made the change makes it again from what stands now. */
  resolution: text('resolution', { enum: ['keep_mine', 'keep_theirs', 'next_free', 'derived'] }),
});

/** What the audit is to say of things that are no change: a record was opened, printed or exported, a password was wrong. */
export const auditEvents = sqliteTable('audit_events', {
  id: text('id').primaryKey(),
  action: text('action').notNull(),
  actor: text('actor'),
  tableName: text('table_name'),
  rowId: text('row_id'),
  details: text('details', { mode: 'json' }).$type<Record<string, unknown>>(),
  at: instant('at').notNull(),
  sessionId: text('session_id'),
  proof: text('proof'),
});

/** What is set at this desk alone, by name: the kiosk's PIN (hashed), where the day sheet is kept. */
export const deskSettings = sqliteTable('desk_settings', {
  name: text('name').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>(),
});

/** Changes of this desk that were taken back, so that none is taken back twice. */
export const undone = sqliteTable('undone', {
  changeId: text('change_id').primaryKey(),
  undoneAt: instant('undone_at').notNull(),
});

/** Imports of another system's data that were begun at this desk: what from, how far, and what came of it. */
export const importRuns = sqliteTable('import_runs', {
  id: text('id').primaryKey(),
  /** What it reads and how, without a password. */
  source: text('source', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  /** Names the source's rows among all sources: the same source gives the same ids, however often it is read. */
  namespace: text('namespace').notNull(),
  status: text('status', { enum: ['running', 'paused', 'completed', 'failed'] }).notNull(),
  /** How far it is, in the importer's own words. */
  position: text('position', { mode: 'json' }).$type<Record<string, unknown>>(),
  /** For each table: read, taken, known already, left out. */
  counts: text('counts', { mode: 'json' }).$type<Record<string, Record<string, number>>>().notNull(),
  error: text('error', { mode: 'json' }).$type<Record<string, unknown>>(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
});

/** What an import left out or changed, and why: one line for a row of the source and a reason. */
export const importFindings = sqliteTable(
  'import_findings',
  {
    runId: text('run_id').notNull(),
    sourceTable: text('source_table').notNull(),
    sourceId: text('source_id').notNull(),
    /** A closed word that the screen has a sentence for. */
    reason: text('reason').notNull(),
    details: text('details', { mode: 'json' }).$type<Record<string, unknown>>(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.sourceTable, t.sourceId, t.reason] })],
);
