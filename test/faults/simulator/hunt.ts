import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { templateName } from '../../support/central-server.ts';
import { type Schedule, scheduleOf } from './acts.ts';
import { Broken } from './broken.ts';
import { SimulatedCentral } from './central.ts';
import { clinic } from './clinic.ts';
import type { SqlPlant } from './plant-sql.ts';
import type { Found, Hunted } from './say.ts';
import { shrink } from './shrink.ts';
import { firstMorning, World } from './world.ts';

/** What playing a schedule came to. */
export interface Played {
  broken: Broken | null;
  trace: string[];
}

/** Plays schedules, one after the other, on a database and in a folder of its own. */
export class Player {
  readonly #central: SimulatedCentral;
  readonly #folder: string;
  readonly #replicas: readonly string[];
  readonly #drop: () => Promise<void>;
  #worlds = 0;

  private constructor(
    central: SimulatedCentral,
    folder: string,
    replicas: readonly string[],
    drop: () => Promise<void>,
  ) {
    this.#central = central;
    this.#folder = folder;
    this.#replicas = replicas;
    this.#drop = drop;
  }

  /** `server` is the owner's URL of a Postgres server that has the migrated template. */
  static async open(server: string, plant?: SqlPlant): Promise<Player> {
    const name = `faults_${process.pid}_${Date.now()}`;
    await onServer(server, `create database ${name} template ${templateName}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    const folder = mkdtempSync(join(memory(), 'anteroom-faults-'));
    const central = await SimulatedCentral.open(url.href, plant);
    const replicas: string[] = [];
    for (const at of clinic.desks.keys()) replicas.push(await firstMorning(central, folder, at));
    return new Player(central, folder, replicas, () =>
      onServer(server, `drop database ${name} with (force)`),
    );
  }

  async play(schedule: Schedule): Promise<Played> {
    this.#worlds += 1;
    const folder = join(this.#folder, String(this.#worlds));
    mkdirSync(folder);
    const world = new World(schedule, { central: this.#central, folder, replicas: this.#replicas });
    try {
      await world.play();
      return { broken: null, trace: world.trace };
    } catch (fault) {
      if (!(fault instanceof Broken)) throw fault;
      return { broken: fault, trace: world.trace };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The shortest schedule found that breaks the same rule. */
  async shrink(schedule: Schedule, { rule }: Broken): Promise<Schedule> {
    return shrink(schedule, async (shorter) => (await this.play(shorter)).broken?.rule === rule);
  }

  async close(): Promise<void> {
    await this.#central.close();
    await this.#drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export interface HuntOptions {
  /** Stops at the first that breaks a rule. */
  first: boolean;
  /** Makes what is found as short as can be. */
  shortest: boolean;
  /** Called now and then, and at each that breaks a rule. */
  told(news: string): void;
}

const tellEvery = 500;

/** Plays the schedules of `count` seeds, until one breaks a rule if `first`; what is found is made as short as can be if `shortest`. */
export const hunt = async (
  player: Player,
  from: number,
  count: number,
  { first, shortest, told }: HuntOptions,
): Promise<Hunted> => {
  const began = performance.now();
  const print = createHash('sha256');
  const hunted: Hunted = { seeds: 0, seconds: 0, acts: {}, came: {}, print: '', found: [] };
  for (let seed = from; seed < from + count; seed += 1) {
    const schedule = scheduleOf(seed);
    const played = await player.play(schedule);
    hunted.seeds += 1;
    print.update(played.trace.join('\n'));
    for (const { act } of schedule.acts) hunted.acts[act] = (hunted.acts[act] ?? 0) + 1;
    for (const line of played.trace) {
      const [act = '', came = ''] = line.split(/\(.*→ /);
      hunted.came[`${act}: ${came}`] = (hunted.came[`${act}: ${came}`] ?? 0) + 1;
    }
    if (hunted.seeds % tellEvery === 0)
      told(`${hunted.seeds} of ${count}, ${hunted.found.length} broke a rule`);
    if (!played.broken) continue;
    told(`seed ${seed}: ${played.broken.message}`);
    const { rule, message } = played.broken;
    const asFound = { seed, rule, message, schedule, trace: played.trace };
    hunted.found.push(shortest ? await shortened(player, asFound, played.broken) : asFound);
    if (first) break;
  }
  hunted.print = print.digest('hex');
  hunted.seconds = (performance.now() - began) / 1_000;
  return hunted;
};

const shortened = async (player: Player, found: Found, broken: Broken): Promise<Found> => {
  const schedule = await player.shrink(found.schedule, broken);
  const { trace, broken: still } = await player.play(schedule);
  const { rule, message } = still ?? broken;
  return { ...found, rule, message, schedule, trace };
};

const onServer = async (server: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql);
  await client.end();
};

/** Files of simulated desks need not outlive a power cut of this machine. */
const memory = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
