import type Database from 'better-sqlite3';
import { OwnRows } from './own-rows.ts';
import { isDamage, scan } from './scan.ts';
import { type OwnTable, ownTables } from './shapes.ts';

/** What is found of the desk's own tables where SQLite still knows the way to them. */
export interface Scanned {
  rows: OwnRows;
  /** The tables that could be read whole. */
  whole: ReadonlySet<OwnTable>;
  /** The numbers of the changes in the outbox; null where none of what lists them is whole. */
  seqs: ReadonlySet<number> | null;
  /** The ids of the inbox's entries, likewise. */
  refused: ReadonlySet<string> | null;
}

/** Nothing leads to any of them. */
export const nothingScanned: Scanned = {
  rows: new OwnRows(),
  whole: new Set(),
  seqs: null,
  refused: null,
};

/** Reads the desk's own tables of an open file, which are short but for a long time without central. */
export const scanOwn = (db: Database.Database): Scanned => {
  const rows = new OwnRows();
  const whole = new Set<OwnTable>();
  for (const table of ownTables) {
    const pieces = scan(db, table);
    let piece = pieces.next();
    for (; !piece.done; piece = pieces.next()) for (const row of piece.value) rows.add(table, row);
    if (piece.value) whole.add(table);
  }
  const seqs = rows.rows('outbox').map((row) => Number(row['desk_seq']));
  const refused = rows.rows('refusals').map((row) => String(row['change_id']));
  return {
    rows,
    whole,
    seqs: whole.has('outbox') ? new Set(seqs) : listed(db, outboxLists),
    refused: whole.has('refusals') ? new Set(refused) : listed(db, refusalLists),
  };
};

/** What an index can answer by itself, since it says the same as its table. */
const outboxLists = [
  'select distinct desk_seq from outbox_rows',
  'select desk_seq from outbox indexed by outbox_change_id_unique',
];
const refusalLists = ['select change_id from refusals indexed by sqlite_autoindex_refusals_1'];

const listed = <T>(db: Database.Database, questions: readonly string[]): ReadonlySet<T> | null => {
  for (const question of questions) {
    try {
      return new Set(db.prepare(question).pluck().all() as T[]);
    } catch (fault) {
      if (!isDamage(fault)) throw fault;
    }
  }
  return null;
};
