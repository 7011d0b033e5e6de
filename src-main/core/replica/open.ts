import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { Connection, migrateReplica, type Store } from './connection.ts';
import { type OpenFault, openFault } from './file-fault.ts';
import { Health } from './health.ts';

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
  /** Whether the file can be written. */
  readonly health: Health;
  #key: Buffer;
  #connection: Connection;
  /** The file that took this one's place is not open yet. */
  #isShut = false;
  readonly #listeners = new Set<TablesListener>();

  /** Opens or makes the file and brings it to this version's tables; throws SqliteError. See `openReplica`. */
  constructor(options: ReplicaOptions) {
    this.file = options.file;
    this.#key = options.key;
    this.health = new Health(this.file, () => this.#tryWriting());
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
    return this.#opened.db;
  }

  get orm() {
    return this.#opened.orm;
  }

  /** Where a new file is built before it takes this one's place. */
  get rebuildFile(): string {
    return `${this.file}.new`;
  }

  statement(sql: string): Database.Statement {
    return this.#opened.statement(sql);
  }

  /** Runs `work` in a transaction that may write from its first statement on. */
  transact<R>(work: () => R): R {
    return this.#opened.transact(work);
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
    // Leaves WAL mode, so that no log of the old file lies beside the new one for SQLite to read into it. A damaged file
    // may not let itself be tidied, and is put aside with its log.
    if (this.health.trouble !== 'replica_damaged') this.db.pragma('journal_mode = DELETE');
    this.#connection.close();
    this.#isShut = true;
    try {
      swap();
      this.#key = key;
    } finally {
      this.#open();
    }
    this.health.replaced();
  }

  /** The connection; where a full disk kept the file from being opened again, it may be let in by now. */
  get #opened(): Connection {
    if (this.#isShut) this.#open();
    return this.#connection;
  }

  #open(): void {
    this.#connection = new Connection(this.file, this.#key);
    this.#isShut = false;
  }

  /** Moves the write-ahead log into the file. For idle moments: it costs a flush. */
  checkpoint(): void {
    this.#opened.checkpoint();
  }

  close(): void {
    this.health.stop();
    this.#connection.close();
  }

  /** Writes a row as it is and flushes it. */
  #tryWriting(): void {
    this.statement('update desk_state set clock_offset_ms = clock_offset_ms').run();
  }
}

const ends = ['', '-wal', '-shm', '-journal'];

/** Deletes a database file that holds nothing of its own. */
export const removeDatabase = (file: string): void => {
  for (const end of ends) rmSync(`${file}${end}`, { force: true });
};

/** The same beside the desk's work, since a disk takes long to have a large file back. */
export const removeLargeDatabase = async (file: string): Promise<void> => {
  for (const end of ends) await rm(`${file}${end}`, { force: true });
};

export type Opened = { ok: true; replica: Replica } | { ok: false; fault: OpenFault };

/** Opens or makes the replica and brings it to this version; a file that cannot be opened is left as it is. */
export const openReplica = (options: ReplicaOptions): Opened => {
  try {
    return { ok: true, replica: new Replica(options) };
  } catch (fault) {
    const known = openFault(fault, options.file);
    if (!known) throw fault;
    return { ok: false, fault: known };
  }
};
