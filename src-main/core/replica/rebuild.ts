import { closeSync, fsyncSync, openSync } from 'node:fs';
import { Connection, migrateReplica } from './connection.ts';
import { removeDatabase } from './open.ts';
import { rebuildSearch } from './search.ts';
import { columnKind, replicatedTable } from './tables.ts';

/** One row of central as COPY gives it: text in the order of the table's columns, or null. */
export type CopiedRow = (string | null)[];

/**
 * A replica file that is filled from nothing: without a journal and without flushes, since a crash throws it
 * away; sorted by key, and with its indexes made at the end. Runs in a thread of its own.
 */
export class RebuildFile {
  readonly #file: string;
  readonly #connection: Connection;
  readonly #indexes: string[];

  constructor(file: string, key: Buffer) {
    this.#file = file;
    removeDatabase(file);
    this.#connection = new Connection(file, key);
    const { db } = this.#connection;
    migrateReplica(this.#connection);
    db.pragma('journal_mode = DELETE');
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('locking_mode = EXCLUSIVE');
    // Rows come in the order of their keys, so few pages are under way; sorting for the indexes spills to disk.
    db.pragma('cache_size = -32768');
    const indexes = db
      .prepare(
        `select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name not like 'outbox%'`,
      )
      .all() as { name: string; sql: string }[];
    this.#indexes = indexes.map(({ sql }) => sql);
    for (const { name } of indexes) db.exec(`drop index "${name}"`);
    db.exec('begin');
  }

  /** How rows of a table are put in, in the order of its columns. SQLite's affinities turn digits into numbers. */
  inserter(table: string): (row: CopiedRow) => void {
    const { columns } = replicatedTable(table);
    const names = [...columns.keys()];
    const json = [...columns.values()].flatMap((column, at) => (columnKind(column) === 'json' ? [at] : []));
    const insert = this.#connection.db.prepare(
      `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    );
    if (json.length === 0) return (row) => insert.run(row);
    return (row) => {
      // Written as a pull of single rows would write it.
      for (const at of json) row[at] = row[at] == null ? null : JSON.stringify(JSON.parse(row[at]));
      insert.run(row);
    };
  }

  /** Makes indexes and search, and brings all of it to the disk. */
  finish(): void {
    const { db } = this.#connection;
    for (const sql of this.#indexes) db.exec(sql);
    rebuildSearch(db);
    db.exec('commit');
    this.#connection.close();
    const handle = openSync(this.#file, 'r+');
    fsyncSync(handle);
    closeSync(handle);
  }

  /** Throws the file away. */
  discard(): void {
    this.#connection.close();
    removeDatabase(this.#file);
  }
}
