import pg from 'pg';
import { databaseName, freePort, ownerUrl } from './embedded/address.ts';
import { type Binaries, findBinaries } from './embedded/binaries.ts';
import { type Home, openHome, readPassword, readRecord, writeRecord } from './embedded/home.ts';
import { done, type Outcome, onFiles, say } from './embedded/problem.ts';
import { makeCluster, readPostmaster, startServer, stopServer } from './embedded/server.ts';

export type { EmbeddedCode, EmbeddedProblem, Outcome } from './embedded/problem.ts';

export interface EmbeddedOptions {
  /** The data folder. Two starts with one folder share one server. Made where missing. */
  folder: string;
  /** The port on 127.0.0.1. Left out: the one of the last start, or a free one, which is remembered. */
  port?: number;
}

export interface Embedded {
  /** Connection URL of the owner, a superuser, with the password: never to be logged. */
  url: string;
  port: number;
  /** Where Postgres keeps its files. */
  place: string;
  /** A sentence for the person who started it, where something is not as asked; else null. */
  note: string | null;
  /** Leaves the server; it stops when its last user leaves. */
  stop(): Promise<void>;
}

/** The advisory lock that users of a server share: whoever gets it alone is the last one. */
const usersLock = 4_771_236_001;

const startLimitMs = 120_000;

/**
 * Starts Postgres for this folder, or joins the one that another process started there or a killed one left
 * behind. A kill at any point leaves a folder from which it starts again.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Outcome<Embedded>> => {
  const home = openHome(options.folder);
  if (!home.ok) return home;
  const binaries = findBinaries(home.value.runner);
  if (!binaries.ok) return binaries;
  const password = onFiles(home.value.place, () => readPassword(home.value.place));
  if (!password.ok) return password;
  const made = await makeCluster(home.value, binaries.value, password.value);
  if (!made.ok) return made;
  const membership = new Membership(home.value, binaries.value, password.value, options.port);
  const port = await membership.join();
  if (!port.ok) return port;
  return done({
    url: ownerUrl(port.value, password.value, databaseName),
    port: port.value,
    place: home.value.place,
    note: noteOn(home.value, port.value, options.port),
    stop: () => membership.leave(),
  });
};

const noteOn = (home: Home, port: number, asked: number | undefined): string | null => {
  if (asked !== undefined && asked !== port) {
    return `The database of this folder was running already, on port ${port}; that one is used.`;
  }
  if (home.place.startsWith(home.folder)) return null;
  return `The database lies in ${home.place}: its own user cannot reach ${home.folder}.`;
};

/** This process's place among the users of a server, held by a connection, so that a kill gives it up too. */
class Membership {
  readonly #home: Home;
  readonly #binaries: Binaries;
  readonly #password: string;
  readonly #asked: number | undefined;
  #client: pg.Client | undefined;
  #left = false;

  constructor(home: Home, binaries: Binaries, password: string, asked: number | undefined) {
    this.#home = home;
    this.#binaries = binaries;
    this.#password = password;
    this.#asked = asked;
  }

  /** Joins the running server, starting it where there is none. Answers its port. */
  async join(): Promise<Outcome<number>> {
    const folder = this.#home.folder;
    let port = this.#asked ?? readRecord(folder).port ?? (await freePort());
    const deadline = Date.now() + startLimitMs;
    while (Date.now() < deadline) {
      const running = readPostmaster(this.#home);
      const client = running ? await this.#enter(running.port) : undefined;
      if (running && client instanceof pg.Client) {
        this.#stay(client);
        writeRecord(folder, { port: running.port, place: this.#home.place });
        return done(running.port);
      }
      const started = await startServer(this.#home, this.#binaries, port);
      if (started.ok) {
        if (started.value === 'busy' && client === 'refused')
          return say('failed', strangePassword(this.#home));
        if (started.value === 'busy') await pause(40);
      } else if (started.error.code === 'port_taken' && this.#asked === undefined) {
        port = await freePort();
      } else {
        return started;
      }
    }
    return say(
      'failed',
      `it was not ready after ${startLimitMs / 1000} seconds. Its log is ${this.#home.log}.`,
    );
  }

  /** Leaves; the last user stops the server, under a lock that keeps newcomers waiting until it is down. */
  async leave(): Promise<void> {
    this.#left = true;
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    try {
      await client.query('select pg_advisory_unlock_shared($1)', [usersLock]);
      const { rows } = await client.query('select pg_try_advisory_lock($1) as alone', [usersLock]);
      if (rows[0].alone) await stopServer(this.#home, this.#binaries);
    } catch {
      // The server went down first; there is nothing left to leave.
    }
    await client.end();
  }

  /** A connection that holds this process's place; none while the server is down, coming up or going down. */
  async #enter(port: number): Promise<pg.Client | 'refused' | undefined> {
    const client = new pg.Client({
      connectionString: ownerUrl(port, this.#password, 'postgres'),
      application_name: 'anteroom-user',
      connectionTimeoutMillis: 10_000,
      ssl: false,
      keepAlive: true,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [usersLock]);
      await makeDatabase(client);
      return client;
    } catch (fault) {
      await client.end();
      return fault instanceof pg.DatabaseError && fault.code === '28P01' ? 'refused' : undefined;
    }
  }

  #stay(client: pg.Client): void {
    this.#client = client;
    client.on('end', () => void this.#rejoin());
    if (this.#left) void this.leave();
  }

  /** The server died under us: starts it again, so that the desks' retries find it at its old port. */
  async #rejoin(): Promise<void> {
    for (let wait = 100; !this.#left; wait = Math.min(wait * 2, 10_000)) {
      const joined = await this.join().catch(() => null);
      if (joined?.ok) return;
      await pause(wait);
    }
  }
}

const strangePassword = ({ place }: Home): string =>
  `the database in ${place} does not take the password that is kept beside it.`;

const makeDatabase = async (client: pg.Client): Promise<void> => {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
  if (rowCount) return;
  try {
    await client.query(`create database ${databaseName} template template0`);
  } catch (fault) {
    // Another process made it first.
    if (!(fault instanceof pg.DatabaseError && ['42P04', '23505'].includes(fault.code ?? ''))) throw fault;
  }
};

/** Between two looks at a condition that another process will change. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
