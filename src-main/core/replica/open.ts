import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { places } from '../places.ts';
import * as schema from '../schema/replica/index.ts';
import { prepareSearch } from './search.ts';

export interface ReplicaOptions {
  /** Path of the file; its folder exists. */
  file: string;
  /** 32 random bytes from the keychain. */
  key: Buffer;
  newId(): string;
}

type TablesListener = (tables: ReadonlySet<string>) => void;

/** An open connection to a replica file, keyed and tuned. A wrong key or a broken file throws SqliteError. */
export const connect = (file: string, key: Buffer): Database.Database => {
  const db = new Database(file);
  db.pragma(`cipher = 'aegis'`);
  db.key(key);
  // FULL: what a person was told is saved survives a power cut. Checkpoints run in idle time (`checkpoint`).
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 0');
  // A large page cache removes most of the cost of encryption.
  db.pragma('cache_size = -65536');
  // Central keeps references whole. A replica may be between two commits of central while it catches up.
  db.pragma('foreign_keys = OFF');
  return db;
};

/** Brings a replica file to this version's tables. */
export const migrateReplica = (db: Database.Database): void => {
  migrate(drizzle(db), { migrationsFolder: places.replicaMigrations });
  prepareSearch(db);
};

/**
 * The desk's local copy: one encrypted SQLite file. `db` and `orm` change when a rebuilt file is swapped in,
 * so never keep them across an await; prepared statements come from `statement`.
 */
export class Replica {
  readonly file: string;
  #key: Buffer;
  #db!: Database.Database;
  #orm!: BetterSQLite3Database<typeof schema>;
  #statements = new Map<string, Database.Statement>();
  #listeners = new Set<TablesListener>();

  constructor(options: ReplicaOptions) {
    this.file = options.file;
    this.#key = options.key;
    this.#attach();
    migrateReplica(this.#db);
    this.statement(
      `insert into desk_state (id, incarnation, cursor, next_seq, clock_offset_ms)
       values (1, ?, 0, 1, 0) on conflict do nothing`,
    ).run(options.newId());
  }

  get db(): Database.Database {
    return this.#db;
  }

  get orm(): BetterSQLite3Database<typeof schema> {
    return this.#orm;
  }

  get key(): Buffer {
    return this.#key;
  }

  /** A prepared statement, kept for the life of the connection. `sql` is written in code, never built from input. */
  statement(sql: string): Database.Statement {
    let prepared = this.#statements.get(sql);
    if (!prepared) {
      prepared = this.#db.prepare(sql);
      this.#statements.set(sql, prepared);
    }
    return prepared;
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

  /** Closes the connection, lets `swap` put another file in its place, and opens that. */
  replaceFile(swap: () => void): void {
    this.close();
    swap();
    this.#attach();
  }

  /** Moves the write-ahead log into the file. For idle moments: it costs a flush. */
  checkpoint(): void {
    this.#db.pragma('wal_checkpoint(PASSIVE)');
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #attach(): void {
    this.#db = connect(this.file, this.#key);
    this.#orm = drizzle(this.#db, { schema });
  }
}

/** Opens or makes the replica and brings it to this version. */
export const openReplica = (options: ReplicaOptions): Replica => new Replica(options);
