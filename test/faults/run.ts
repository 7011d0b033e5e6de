import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained } from '../../src-main/core/explained.ts';
import { startTemplate } from '../support/central-server.ts';
import type { Schedule } from './simulator/acts.ts';
import { plantInSources } from './simulator/plant-sources.ts';
import { plants } from './simulator/plants.ts';
import { addUp, huntInProcesses } from './simulator/processes.ts';
import { sayHunted, sayReplayed } from './simulator/say.ts';

const usage = `npm run faults -- [options]
  --seeds N        schedules to play (200)
  --seed S         the first seed, from which the others count on; without it one is made from the clock and printed
  --jobs N         processes that share them (1)
  --planted NAME   with a mistake put in, to see it found: ${Object.keys(plants).join(', ')}
  --replay FILE    plays a schedule kept as JSON, and prints it act by act
  --as-found       does not look for the shortest schedule that breaks the rule
  --report         prints the table of what was tried
  --json           prints what came of it as one JSON line, the last
  --server URL     a Postgres server that has the migrated template; without it one is started`;

const number = (name: string, text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Explained(`--${name} is a number from 0.\n${usage}`);
  return value;
};

/**
 * `npm run faults`: random schedules of faults against whole desks. A schedule that breaks a rule is made as short as it
 * can be, and printed with its seed; the exit code is 1 then.
 */
export const main = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      jobs: { type: 'string' },
      planted: { type: 'string' },
      replay: { type: 'string' },
      'as-found': { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      server: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(usage);
  const { planted } = values;
  const plant = planted === undefined ? undefined : plants[planted];
  if (planted !== undefined && !plant) throw new Explained(`Nothing of that name can be planted.\n${usage}`);
  const seeds = number('seeds', values.seeds, 200);
  const seed = number('seed', values.seed, Date.now() % 1_000_000_000);
  const jobs = number('jobs', values.jobs, 1);
  const server = values.server ? { url: values.server, stop: async () => undefined } : await startServer();
  try {
    if (jobs > 1) {
      const hunted = addUp(await huntInProcesses({ jobs, seeds, seed, planted, server: server.url }));
      sayHunted(hunted, { seed, planted, report: values.report, json: values.json });
      return;
    }
    // Before anything of the product is loaded.
    if (plant?.sources) plantInSources(plant.sources);
    const { hunt, Player } = await import('./simulator/hunt.ts');
    const player = await Player.open(server.url, plant?.sql);
    try {
      if (values.replay !== undefined) {
        const schedule = JSON.parse(readFileSync(values.replay, 'utf8')) as Schedule;
        return sayReplayed(await player.play(schedule));
      }
      const hunted = await hunt(player, seed, seeds, {
        first: planted !== undefined,
        shortest: !values['as-found'],
        told: (news) => console.error(news),
      });
      sayHunted(hunted, { seed, planted, report: values.report, json: values.json });
    } finally {
      await player.close();
    }
  } finally {
    await server.stop();
  }
};

/** A Postgres server of this run's own. */
const startServer = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-faults-'));
  // As root, Postgres runs as another user, who must get through.
  chmodSync(folder, 0o711);
  const server = await startTemplate(folder);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
