import pg from 'pg';
import { clinicSql } from './clinic.ts';
import type { Clock } from './clock.ts';
import { plantIn, type SqlPlant } from './plant-sql.ts';
import { toolsSql } from './tools.ts';

/** A clinic as it stood at central at one moment. */
export interface Picture {
  rows: string;
}

/**
 * The central of simulated worlds: one Postgres database with the product's own tables and functions, whose clock is the
 * world's and whose clinic can be photographed and put back, which is what a backup and its restore come to.
 */
export class SimulatedCentral {
  readonly url: string;
  readonly #owner: pg.Client;
  readonly #backends = new Map<string, pg.Client>();
  readonly #morning: Picture;
  #time = 0;
  /** The desks' roles that have a connection, by how many, and whether central has been told. */
  readonly #there = new Map<string, number>();
  #toldThere = '';

  private constructor(url: string, owner: pg.Client, morning: Picture) {
    this.url = url;
    this.#owner = owner;
    this.#morning = morning;
  }

  /** Makes one in a migrated database that nobody else uses. */
  static async open(url: string, plant: SqlPlant | undefined): Promise<SimulatedCentral> {
    const owner = await connect(url);
    try {
      for (const sql of toolsSql) await owner.query(sql);
      if (plant) await plantIn(owner, plant);
      for (const sql of clinicSql) await owner.query(sql);
      return new SimulatedCentral(url, owner, await photograph(owner));
    } catch (fault) {
      await owner.end();
      throw fault;
    }
  }

  /** Begins a world: the clinic as it was on the first morning. */
  async begin(clock: Clock): Promise<void> {
    for (const backend of this.#backends.values()) await backend.query('rollback');
    this.#there.clear();
    await this.#owner.query(`select setval('sim_history', 1)`);
    await this.at(clock);
    await this.#put(this.#morning);
  }

  /** Sets central's clock to the world's. */
  async at({ now }: Clock): Promise<void> {
    if (now === this.#time) return;
    this.#time = now;
    await this.#owner.query(`select setval('sim_time', $1)`, [now]);
  }

  backUp(): Promise<Picture> {
    return photograph(this.#owner);
  }

  /** Puts a backup in central's place; `elsewhere` is another database, so that its history has another name. */
  async restore(picture: Picture, elsewhere: boolean): Promise<void> {
    if (elsewhere) await this.#owner.query(`select nextval('sim_history')`);
    await this.#put(picture);
  }

  /** A connection of a desk begins (1) or ends (-1). */
  connects(role: string, by: 1 | -1): void {
    this.#there.set(role, Math.max(0, (this.#there.get(role) ?? 0) + by));
  }

  /** Lets central know who has a connection now: for what asks after that. */
  async tellWhoIsThere(): Promise<void> {
    const roles = [...this.#there].filter(([, count]) => count > 0).map(([role]) => role);
    const now = roles.sort().join();
    if (now === this.#toldThere) return;
    this.#toldThere = now;
    await this.#owner.query(
      `with gone as (delete from sim_there where role <> all ($1))
       insert into sim_there select unnest($1::text[]) on conflict do nothing`,
      [roles],
    );
  }

  /** The backup of the first morning. */
  get morning(): Picture {
    return this.#morning;
  }

  /** Rows of one statement, as the owner. */
  async ask<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> {
    return (await this.#owner.query<R>(sql, values)).rows;
  }

  /**
   * A backend logged in as a desk's role, kept for the next connection of the same purpose: what the one before left
   * open is rolled back, as Postgres does when a connection is gone.
   */
  async backend(role: string, purpose: string): Promise<pg.Client> {
    const name = `${role}/${purpose}`;
    const known = this.#backends.get(name);
    if (known) {
      await known.query('rollback');
      return known;
    }
    const fresh = await connect(this.url);
    await fresh.query(`set session authorization ${pg.escapeIdentifier(role)}`);
    this.#backends.set(name, fresh);
    return fresh;
  }

  async close(): Promise<void> {
    for (const client of [...this.#backends.values(), this.#owner]) await client.end();
  }

  async #put({ rows }: Picture): Promise<void> {
    await this.#owner.query('select sim_put($1)', [rows]);
  }
}

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Nobody hears that a transaction was not under way.
  await client.query(`set client_min_messages = error`);
  return client;
};

const photograph = async (owner: pg.Client): Promise<Picture> => {
  const { rows } = await owner.query<{ rows: string }>('select sim_take()::text as rows');
  return { rows: rows[0]?.rows ?? '{}' };
};
