import type Database from 'better-sqlite3';
import { type ChangeRow, fleetingKinds } from '../../../contract/change.ts';
import { letOthersGo } from '../../let-others-go.ts';
import { adoptChange, fateOf, type TravellingChange } from '../adopt.ts';
import type { Store } from '../connection.ts';
import { type Position, readDeskState } from '../desk-state.ts';
import { noteFollows, noteMadeBefore, noteOver } from '../made-before.ts';
import { addToOutbox, markVoid } from '../outbox.ts';
import { countRefused } from '../refusals.ts';
import { rebuildSearch } from '../search.ts';
import { replicatedTables } from '../tables.ts';
import type { OwnRows } from './own-rows.ts';
import type { FoundRow } from './patchwork.ts';
import type { Salvaged } from './salvage.ts';
import { isDamage, scan } from './scan.ts';

/** What became of the unsent work of a damaged replica. */
export interface Rescued {
  /** Changes that go on to central. */
  rescued: number;
  /** Entries of the inbox that nobody has decided. */
  inbox: number;
  /** Known to have been there, and unreadable. */
  lost: number;
  lostKnown: boolean;
}

/** What says who may do what. Without a row of these a desk might take a clinic for one where nobody signs in. */
export const standingTables = ['clinics', 'users', 'staff_keys', 'user_sessions'];

/**
 * Copies what can be read of the clinic's rows into a new replica, so that the desk can go on without central. Answers
 * whether that may be shown: who may do what is there whole, and something of every other table that has anything.
 */
export const copyClinic = async (to: Store, { db, settingsWhole }: Salvaged): Promise<boolean> => {
  if (!db) return false;
  let isEnough = settingsWhole;
  for (const table of replicatedTables.keys()) {
    const { rows, isWhole } = await copyTable(to, db, table);
    if (!isWhole && (rows === 0 || standingTables.includes(table))) isEnough = false;
  }
  await copyBesides(to, db);
  rebuildSearch(to.db);
  return isEnough;
};

/** Copies what only this desk has and no change depends on. */
export const copyBesides = async (to: Store, db: Database.Database): Promise<void> => {
  for (const table of ['undone', 'import_runs', 'import_findings']) await copyTable(to, db, table);
};

const copyTable = async (
  to: Store,
  db: Database.Database,
  table: string,
): Promise<{ rows: number; isWhole: boolean }> => {
  const pieces = scan(db, table);
  let rows = 0;
  let piece = pieces.next();
  for (; !piece.done; piece = pieces.next()) {
    const found = piece.value;
    rows += found.length;
    to.db.transaction(() => insertAll(to, table, found))();
    await letOthersGo();
  }
  return { rows, isWhole: piece.value };
};

/**
 * Takes the desk's own rows into a new replica, in the caller's transaction: the desk's name, its settings, its inbox, and
 * its unsent changes by their ids and in their order, as a new stream. `position` is what the replica holds of central.
 */
export const takeOwn = (to: Store, found: Found, stream: NewStream): Rescued => {
  takeIdentity(to, found.rows, stream);
  const rescued = takeMissed(to, found);
  for (const table of ['acknowledged', 'desk_settings', 'audit_events'] as const)
    insertAll(to, table, found.rows.rows(table));
  noteStream(to, found.rows);
  return rescued;
};

/** Takes the changes and the entries of the inbox that a replica does not know yet, in the caller's transaction. */
export const takeMissed = (to: Store, found: Found): Rescued => {
  const taken = takeChanges(to, found);
  const before = countRefused(to);
  insertAll(to, 'refusals', found.rows.rows('refusals').filter(isWholeEntry));
  return { ...taken, inbox: countRefused(to) - before };
};

type Found = Pick<Salvaged, 'rows' | 'lost' | 'lostKnown' | 'db'>;

const takeChanges = (to: Store, { rows, lost, lostKnown, db }: Found): Omit<Rescued, 'inbox'> => {
  // Where the new replica has central's rows, they are newer than what the file knew of them.
  const bases = db && readDeskState(to).cursor === 0 ? basesIn(db) : new Map<string, FoundRow>();
  const keepBase = to.statement(
    'insert into base (table_name, row_id, row) values (@table_name, @row_id, @row) on conflict do nothing',
  );
  let rescued = 0;
  let unreadable = 0;
  const inOrder = rows.rows('outbox').sort((a, b) => Number(a['desk_seq']) - Number(b['desk_seq']));
  for (const row of inOrder) {
    const change = travelling(row);
    if (!change) unreadable += 1;
    else if (row['state'] !== 'applied' && fateOf(to, change.changeId) === null) {
      for (const { table, id } of JSON.parse(change.rowsText) as ChangeRow[]) {
        const base = bases.get(`${table} ${id}`);
        if (base) keepBase.run(base);
      }
      if (row['state'] === 'void') takeVoid(to, change);
      else adoptChange(to, change);
      if (row['state'] !== 'void' && !fleetingKinds.includes(change.kind)) rescued += 1;
    }
  }
  const broken = rows.rows('refusals').filter((row) => !isWholeEntry(row)).length;
  return { rescued, lost: lost + unreadable + broken, lostKnown };
};

const isWholeEntry = ({ changes, refusal }: FoundRow): boolean => isJson(changes) && isJson(refusal);

const isJson = (text: unknown): boolean => {
  try {
    return typeof JSON.parse(String(text)) === 'object';
  } catch {
    return false;
  }
};

/** What people were promised under the stream that ended stays promised. */
const noteStream = (to: Store, rows: OwnRows): void => {
  const incarnation = rows.rows('desk_state')[0]?.['incarnation'];
  if (typeof incarnation !== 'string') return;
  noteMadeBefore(to, incarnation, to.statement('select change_id from outbox').pluck().all() as string[]);
  noteOver(to, incarnation);
  noteFollows(to);
};

const takeVoid = (to: Store, { rowsText, sessionId, proof, fence, ...change }: TravellingChange): void => {
  const rows = JSON.parse(rowsText) as ChangeRow[];
  const seq = addToOutbox(to, { ...change, rows, fence: fence ?? undefined }, () => ({ sessionId, proof }));
  markVoid(to, [seq]);
};

/** A row of the outbox as the change that it is; null where a part of it is not what was written. */
const travelling = (row: FoundRow): TravellingChange | null => {
  const { change_id, kind, actor, at, rows, session_id, proof, fence } = row as Record<string, string | null>;
  if (typeof change_id !== 'string' || typeof kind !== 'string' || typeof rows !== 'string') return null;
  if (!isRowsText(rows)) return null;
  return {
    changeId: change_id,
    kind,
    actor: actor ?? null,
    at: new Date(Number(at)).toISOString(),
    rowsText: rows,
    sessionId: session_id ?? null,
    proof: proof ?? null,
    fence: fence ?? null,
  };
};

const isRowsText = (text: string): boolean => {
  try {
    const rows = JSON.parse(text) as unknown;
    return (
      Array.isArray(rows) &&
      JSON.stringify(rows) === text &&
      rows.every(
        (row: Partial<ChangeRow>) => typeof row.id === 'string' && replicatedTables.has(row.table ?? ''),
      )
    );
  } catch {
    return false;
  }
};

/** Central's versions below the changes, by table and id. */
const basesIn = (db: NonNullable<Salvaged['db']>): Map<string, FoundRow> => {
  const bases = new Map<string, FoundRow>();
  try {
    for (const row of db.prepare('select table_name, row_id, row from base').iterate() as Iterable<FoundRow>)
      bases.set(`${row['table_name']} ${row['row_id']}`, row);
  } catch (fault) {
    // The next contact with central brings them anew.
    if (!isDamage(fault)) throw fault;
  }
  return bases;
};

interface NewStream {
  position: Position;
  /** Of its own, since numbers of the one before may be missing. */
  incarnation: string;
}

const takeIdentity = (to: Store, rows: OwnRows, { position, incarnation }: NewStream): void => {
  const { epoch, seq, witness } = position;
  to.statement(
    `insert or replace into desk_state (id, incarnation, epoch, cursor, witness, next_seq, clock_offset_ms)
     values (1, ?, ?, ?, ?, 1, 0)`,
  ).run(incarnation, epoch, seq, witness && JSON.stringify(witness));
  const [state] = rows.rows('desk_state');
  if (!state) return;
  to.statement(
    `update desk_state set clinic_id = @clinic_id, desk_id = @desk_id, desk_name = @desk_name, user_id = @user_id,
       clock_offset_ms = @clock_offset_ms, last_contact_at = @last_contact_at`,
  ).run(state);
};

/** Inserts rows of another file, by the columns that both have; what is there already stays. */
const insertAll = (to: Store, table: string, rows: readonly FoundRow[]): void => {
  const [first] = rows;
  if (!first) return;
  const known = new Set((to.db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name));
  const names = Object.keys(first).filter((name) => known.has(name));
  const insert = to.statement(
    `insert or ignore into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
  );
  for (const row of rows) insert.run(row);
};
