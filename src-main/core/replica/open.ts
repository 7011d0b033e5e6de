import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Connection, migrateReplica, type Store } from './connection.ts';

export interface ReplicaOptions {
  /** Path of the file; its folder exists. */
  file: string;
  /** 32 random bytes from the keychain. */
  key: Buffer;
  newId(): string;
}

type TablesListener = (tables: ReadonlySet<string>) => void;

/**
 * The desk's local copy: one encrypted SQLite file. `db` and `orm` change when a rebuilt file is swapped in,
 * so never keep them across an await; prepared statements come from `statement`.
 */
export class Replica implements Store {
  readonly file: string;
  #key: Buffer;
  #connection: Connection;
  readonly #listeners = new Set<TablesListener>();

  /** Opens or makes the file and brings it to this version's tables; throws SqliteError. See `openReplica`. */
  constructor(options: ReplicaOptions) {
    this.file = options.file;
    this.#key = options.key;
    // What a rebuild that was cut off left behind.
    removeDatabase(this.rebuildFile);
    this.#connection = new Connection(this.file, this.#key);
    try {
      migrateReplica(this.#connection);
      this.statement(
        `insert into desk_state (id, incarnation, cursor, next_seq, clock_offset_ms)
         values (1, ?, 0, 1, 0) on conflict do nothing`,
      ).run(options.newId());
    } catch (fault) {
      this.#connection.close();
      throw fault;
    }
  }

  /** The 32 bytes that the file is encrypted with. */
  get key(): Buffer {
    return this.#key;
  }

  get db() {
    return this.#connection.db;
  }

  get orm() {
    return this.#connection.orm;
  }

  /** Where a new file is built before it takes this one's place. */
  get rebuildFile(): string {
    return `${this.file}.new`;
  }

  statement(sql: string): Database.Statement {
    return this.#connection.statement(sql);
  }

  /**
   * Runs a transaction whose loss in a power cut costs nothing, since central would repeat what it holds: it
   * reaches the disk with the next write of this desk and not by a flush of its own.
   */
  repeatable<R>(work: () => R): R {
    const { db } = this;
    db.pragma('synchronous = NORMAL');
    try {
      return db.transaction(work).immediate();
    } finally {
      db.pragma('synchronous = FULL');
    }
  }

  /** Calls `listener` with the names of the tables that a commit changed. Returns how to stop. */
  onTablesChanged(listener: TablesListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners; called after a commit and never inside it. */
  announce(tables: ReadonlySet<string>): void {
    if (tables.size > 0) for (const listener of this.#listeners) listener(tables);
  }

  /** Closes the connection, lets `swap` put another file in its place, and opens that with its key. */
  replaceFile(swap: () => void, key = this.#key): void {
    // Leaves WAL mode, so that no log of the old file lies beside the new one for SQLite to read into it.
    this.db.pragma('journal_mode = DELETE');
    this.#connection.close();
    try {
      swap();
      this.#key = key;
    } finally {
      this.#connection = new Connection(this.file, this.#key);
    }
  }

  /** Moves the write-ahead log into the file. For idle moments: it costs a flush. */
  checkpoint(): void {
    this.#connection.checkpoint();
  }

  close(): void {
    this.#connection.close();
  }
}

/** Deletes a database file that holds nothing of its own. */
export const removeDatabase = (file: string): void => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true });
};

/**
 * Why a replica did not open. `wrong_key`: the key does not fit or the file's beginning is damaged, which look
 * alike with an encrypted file. `corrupt`: a page is damaged or missing. `unreadable`: the system refuses to
 * open or write it. `disk_full`: there was no room.
 */
export type OpenFault = 'wrong_key' | 'corrupt' | 'unreadable' | 'disk_full';

export type Opened = { ok: true; replica: Replica } | { ok: false; fault: OpenFault };

const faults: Record<string, OpenFault> = {
  SQLITE_NOTADB: 'wrong_key',
  SQLITE_CORRUPT: 'corrupt',
  SQLITE_CANTOPEN: 'unreadable',
  SQLITE_READONLY: 'unreadable',
  SQLITE_PERM: 'unreadable',
  SQLITE_IOERR: 'unreadable',
  SQLITE_FULL: 'disk_full',
};

/** What a fault of SQLite says of the file, if it says something of the file. */
export const fileFault = (fault: unknown): OpenFault | undefined => {
  if (!(fault instanceof Database.SqliteError)) return undefined;
  const [family] = /^SQLITE_[A-Z]+/.exec(fault.code) ?? [''];
  return faults[family];
};

/** Opens or makes the replica and brings it to this version; a file that cannot be opened is left as it is. */
export const openReplica = (options: ReplicaOptions): Opened => {
  try {
    return { ok: true, replica: new Replica(options) };
  } catch (fault) {
    const known = fileFault(fault);
    if (!known) throw fault;
    return { ok: false, fault: known };
  }
};
