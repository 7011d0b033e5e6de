import { closeSync, fstatSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { letOthersGo } from '../../let-others-go.ts';
import { encryptionKey } from '../connection.ts';
import { removeDatabase } from '../open.ts';
import { PAGE_BYTES } from './write-ahead-log.ts';

/** A row of some table, by the names that the shape gives its columns. */
export type FoundRow = Record<string, unknown>;

/** What the rows of a table look like, so that they are known without the table's name. */
export interface Shape {
  table: string;
  columns: readonly string[];
  /** The column that is the row's number and lies outside the row. */
  numberedBy: string | null;
  /** An SQL condition on the columns `c0`, `c1` … of a row. */
  condition: string;
}

/** More columns than any of the desk's own tables has, so that a longer row shows. */
export const WIDEST = 18;
/** Tables whose definitions fit on the first page together. */
const TABLES = 16;
const PLAIN_HEAD_BYTES = 32;

/**
 * A copy of a damaged replica with a first page of ours. Pages are encrypted each by itself, by key and number, so
 * SQLite opens that, and reads any other page as if it were a whole table: whatever of the file is readable can be
 * read, though what leads there is not. It writes to the copy; the caller removes that.
 */
export class Patchwork {
  readonly #file: string;
  readonly #key: Buffer;
  /** Pages in the file, the first one included. */
  readonly pages: number;

  /**
   * `file` is a copy, of which nothing else holds a connection. It may be cut short: it had at `least` so many pages, and
   * so many `more` may be put behind its last.
   */
  constructor(file: string, key: Buffer, { least, more }: { least: number; more: number }) {
    this.#file = file;
    this.#key = key;
    for (const end of ['-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true });
    const handle = openSync(file, 'r+');
    try {
      const pages = Math.max(Math.floor(fstatSync(handle).size / PAGE_BYTES), least) + more;
      // The tables of the first page point into the file from the first.
      this.pages = Math.max(pages, 2 * TABLES + 1);
      writeSync(handle, firstPage(`${file}.first`, key, this.pages), 0, PAGE_BYTES, 0);
    } finally {
      closeSync(handle);
    }
    truncateSync(file, this.pages * PAGE_BYTES);
  }

  /** Puts other pages in; numbers beyond the file are passed over. */
  put(pages: Iterable<{ page: number; bytes: Buffer }>): void {
    const handle = openSync(this.#file, 'r+');
    try {
      for (const { page, bytes } of pages) {
        if (page < 2 || page > this.pages) continue;
        writeSync(handle, bytes, 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
      }
    } finally {
      closeSync(handle);
    }
  }

  /** Calls `found` with the rows on these pages that have one of the shapes. Answers how many pages gave nothing to read. */
  async read(
    pages: readonly number[],
    shapes: readonly Shape[],
    found: (table: string, row: FoundRow) => void,
  ): Promise<number> {
    const db = this.open();
    const cases = shapes.map(({ condition }, at) => `when ${condition} then ${at}`).join(' ');
    const columns = `rowid as place, *, case ${cases} end as shape`;
    let unread = 0;
    try {
      for (let at = 0; at < pages.length; at += TABLES) {
        const batch = pages.slice(at, at + TABLES);
        pointTo(db, batch);
        for (const [index] of batch.entries()) {
          const rows = rowsOf(db, `t${index}`, columns);
          for (const row of rows ?? []) {
            const shape = shapes[Number(row['shape'] ?? Number.NaN)];
            if (shape) found(shape.table, named(shape, row));
          }
          if (!rows && !isIndexPage(db, index)) unread += 1;
        }
        await letOthersGo();
      }
    } finally {
      db.close();
    }
    return unread;
  }

  /** Gives the copy tables and indexes of its own again, as they were defined, and opens it. */
  openWith(definitions: readonly FoundRow[]): Database.Database {
    const db = this.open();
    db.transaction(() => {
      db.exec('delete from sqlite_schema');
      const insert = db.prepare(
        'insert into sqlite_schema (type, name, tbl_name, rootpage, sql) values (@type, @name, @tbl_name, @rootpage, @sql)',
      );
      for (const definition of definitions) insert.run(definition);
    })();
    readSchemaAnew(db);
    return db;
  }

  /** Opens the copy as it is. */
  open(): Database.Database {
    const db = new Database(this.#file);
    unlock(db, this.#key);
    db.unsafeMode(true);
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('writable_schema = ON');
    return db;
  }
}

const unlock = (db: Database.Database, key: Buffer): void => {
  db.pragma(`cipher = 'aegis'`);
  // So that the number of pages, which stands in the header, can be set from outside.
  db.pragma(`plaintext_header_size = ${PLAIN_HEAD_BYTES}`);
  db.key(encryptionKey(key));
};

/** The first page of a file that says it has so many pages, with tables that can be pointed anywhere. */
const firstPage = (scratch: string, key: Buffer, pages: number): Buffer => {
  removeDatabase(scratch);
  const db = new Database(scratch);
  try {
    unlock(db, key);
    const columns = Array.from({ length: WIDEST }, (_, at) => `c${at}`).join();
    for (let at = 0; at < TABLES; at += 1) db.exec(`create table t${at}(${columns})`);
    for (let at = 0; at < TABLES; at += 1) db.exec(`create table i${at}(a primary key) without rowid`);
  } finally {
    db.close();
  }
  const page = readFileSync(scratch).subarray(0, PAGE_BYTES);
  removeDatabase(scratch);
  page.writeUInt32BE(pages, 28);
  return page;
};

const pointTo = (db: Database.Database, pages: readonly number[]): void => {
  const point = db.prepare('update sqlite_schema set rootpage = ? where name in (?, ?)');
  db.transaction(() => {
    for (const [at, page] of pages.entries()) point.run(page, `t${at}`, `i${at}`);
  })();
  readSchemaAnew(db);
};

const readSchemaAnew = (db: Database.Database): void => {
  db.pragma('writable_schema = RESET');
  db.pragma('writable_schema = ON');
};

/** The rows that a page leads to; null where it is none of a table, or damaged. */
const rowsOf = (db: Database.Database, table: string, columns: string): FoundRow[] | null =>
  attempt(() => db.prepare(`select ${columns} from ${table} where shape is not null`).all() as FoundRow[]) ??
  rowByRow(db, table, columns);

/** Where the rest of one long row is gone, the others are still there. */
const rowByRow = (db: Database.Database, table: string, columns: string): FoundRow[] | null => {
  const places = attempt(() => db.prepare(`select rowid from ${table}`).pluck().all());
  if (!places) return null;
  const one = db.prepare(`select ${columns} from ${table} where rowid = ? and shape is not null`);
  return places.flatMap((place) => attempt(() => one.all(place) as FoundRow[]) ?? []);
};

/** What SQLite answers, null where it answers that something is wrong. */
const attempt = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof Database.SqliteError) return null;
    throw fault;
  }
};

const isIndexPage = (db: Database.Database, index: number): boolean =>
  attempt(() => db.prepare(`select count(*) from i${index}`).get()) !== null;

const named = ({ columns, numberedBy }: Shape, row: FoundRow): FoundRow =>
  Object.fromEntries(
    columns.map((column, at) => [column, column === numberedBy ? row['place'] : row[`c${at}`]]),
  );
