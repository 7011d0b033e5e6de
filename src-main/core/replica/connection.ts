import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { places } from '../places.ts';
import * as schema from '../schema/replica/index.ts';
import { prepareSearch } from './search.ts';

/** Where rows are read and written: a replica, or a file that is being made into one. */
export interface Store {
  readonly db: Database.Database;
  /** A prepared statement, kept for the life of the connection. `sql` is written in code, never built from input. */
  statement(sql: string): Database.Statement;
}

/** One open connection to a replica file, keyed and tuned. A wrong key or a broken file throws SqliteError. */
export class Connection implements Store {
  readonly db: Database.Database;
  readonly orm: BetterSQLite3Database<typeof schema>;
  readonly #transaction: Database.Transaction<(work: () => unknown) => unknown>;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(file: string, key: Buffer) {
    this.db = new Database(file);
    try {
      tune(this.db, key);
    } catch (fault) {
      this.db.close();
      throw fault;
    }
    this.orm = drizzle(this.db, { schema });
    this.#transaction = this.db.transaction((work) => work());
  }

  statement(sql: string): Database.Statement {
    let prepared = this.#statements.get(sql);
    if (!prepared) {
      prepared = this.db.prepare(sql);
      this.#statements.set(sql, prepared);
    }
    return prepared;
  }

  /** Runs `work` in a transaction that may write from its first statement on. */
  transact<R>(work: () => R): R {
    return this.#transaction.immediate(work) as R;
  }

  /** Moves the write-ahead log into the file, as far as no reader stands in it. */
  checkpoint(): void {
    this.db.pragma('wal_checkpoint(PASSIVE)');
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }
}

/** `raw:` takes the 32 bytes as they are; a passphrase would cost 50 ms of key derivation at each opening. */
export const encryptionKey = (key: Buffer): Buffer => Buffer.concat([Buffer.from('raw:'), key]);

/** Says how a file that was just opened is encrypted. */
export const unlock = (db: Database.Database, key: Buffer): void => {
  db.pragma(`cipher = 'aegis'`);
  db.key(encryptionKey(key));
};

const tune = (db: Database.Database, key: Buffer): void => {
  unlock(db, key);
  // FULL: what a person was told is saved survives a power cut. Checkpoints run in idle time (`checkpoint`).
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 0');
  // A large page cache removes most of the cost of encryption.
  db.pragma('cache_size = -65536');
  // Central keeps references whole. A replica may be between two commits of central while it catches up.
  db.pragma('foreign_keys = OFF');
};

/** Brings a replica file to this version's tables. */
export const migrateReplica = ({ db, orm }: Connection): void => {
  migrate(orm, { migrationsFolder: places.replicaMigrations });
  prepareSearch(db);
};
