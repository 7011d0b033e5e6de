import { constants, copyFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { unlock } from '../connection.ts';
import { removeDatabase } from '../open.ts';
import { replicatedTables } from '../tables.ts';
import { type Account, accountOfFile, accountWithLog } from './account.ts';
import { dig } from './dig.ts';
import { type FoundRow, Patchwork } from './patchwork.ts';
import { isDamage } from './scan.ts';
import { nothingScanned, scanOwn } from './scan-own.ts';
import { ownShapes, ownTables } from './shapes.ts';
import { framesRead, PAGE_BYTES, readLog } from './write-ahead-log.ts';

/** What could be read of a damaged replica. */
export interface Salvaged extends Account {
  /** A copy of the file, to `scan` for the rest of its tables; null where nothing leads to them. */
  db: Database.Database | null;
  /** Removes the copy. */
  close(): void;
}

/** A replica that is damaged, cut short or without its beginning, and its log. They stay as they are. */
export interface Damaged {
  file: string;
  key: Buffer;
}

/**
 * Reads what is left of a damaged replica: first by the ways that SQLite still knows, and where those end page by page,
 * also of its log past the first damaged frame. Works on a copy beside the file, for which there must be room, and lets
 * other work go between pieces. `log` is what lay there before anything opened the file. Throws what the system says of
 * the disk.
 */
export const salvage = async ({ file, key }: Damaged, log = readLog(file)): Promise<Salvaged> => {
  const copy = `${file}.salvage`;
  let db: Database.Database | null = null;
  const close = () => {
    db?.close();
    removeDatabase(copy);
  };
  try {
    copyDatabase(file, copy);
    const { frames, committed, pages } = log ?? { frames: [], committed: 0, pages: 0 };
    const read = openCopy(copy, key);
    db = read?.db ?? null;
    const scanned = read ? scanOwn(read.db) : nothingScanned;
    const isCut = read !== null && committed > read.frames;
    if (read && !isCut && isWhole(scanned)) return { ...accountOfFile(scanned, null), db, close };
    const definitions = read ? definitionsIn(read.db) : [];
    // Brings what SQLite could read of the log into the copy.
    db?.close();
    db = null;
    const patchwork = new Patchwork(copy, key, { least: pages, more: frames.length });
    const dug = await dig(patchwork, ownShapes(), { file, frames: frames.slice(read?.frames ?? 0) });
    db = openAgain(patchwork, definitions.length > 0 ? definitions : dug.definitions);
    if (isCut) {
      const isShort = committed > frames.length;
      return { ...accountWithLog(scanned, dug, { isShort }), db, close };
    }
    // Without its beginning nothing could be scanned before.
    const all = read || !db ? scanned : scanOwn(db);
    return { ...accountOfFile(all, dug), db, close };
  } catch (fault) {
    close();
    throw fault;
  }
};

const copyDatabase = (file: string, copy: string): void => {
  removeDatabase(copy);
  // What is left may be the log alone.
  if (existsSync(file)) copyFileSync(file, copy, constants.COPYFILE_FICLONE);
  else writeFileSync(copy, '');
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE);
};

/** Opens the copy as it is, and answers how many frames of the log SQLite reads; null where it does not open. */
const openCopy = (copy: string, key: Buffer): { db: Database.Database; frames: number } | null => {
  // An empty file would be made into a new database, and its log thrown away.
  if (statSync(copy).size < PAGE_BYTES) return null;
  const db = new Database(copy);
  try {
    unlock(db, key);
    // Also reads a file that is shorter than it says.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    db.prepare('select count(*) from sqlite_schema').get();
    return { db, frames: framesRead(db) };
  } catch (fault) {
    db.close();
    if (isDamage(fault)) return null;
    throw fault;
  }
};

const isWhole = ({ whole }: { whole: ReadonlySet<string> }): boolean =>
  ownTables.every((table) => whole.has(table));

/** Whose rows are worth anything: the clinic's, the desk's own, and what is needed to find these. */
const named = new Set([
  ...replicatedTables.keys(),
  ...ownTables,
  'outbox_rows',
  'base',
  'undone',
  'import_runs',
  'import_findings',
]);

const definitionsIn = (db: Database.Database): FoundRow[] => {
  try {
    return db
      .prepare(
        `select type, name, tbl_name, rootpage, sql from sqlite_schema where type in ('table', 'index') and rootpage > 1`,
      )
      .all() as FoundRow[];
  } catch (fault) {
    if (isDamage(fault)) return [];
    throw fault;
  }
};

const openAgain = (patchwork: Patchwork, definitions: readonly FoundRow[]): Database.Database | null => {
  const wanted = definitions.filter((row) => named.has(String(row['tbl_name'])));
  if (wanted.length === 0) return null;
  try {
    return patchwork.openWith(wanted);
  } catch (fault) {
    if (isDamage(fault)) return null;
    throw fault;
  }
};
