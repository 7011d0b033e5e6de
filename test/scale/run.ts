import { Explained } from '../../src-main/core/explained.ts';
import { manyClinics } from './clinics.ts';
import type { Found } from './found.ts';
import { pooler } from './pooler.ts';
import { Servers, systemPrograms } from './servers.ts';
import { standby } from './standby.ts';

const tries: Record<string, (servers: Servers) => Promise<Found[]>> = {
  pooler,
  standby,
  clinics: manyClinics,
};

/**
 * `node src-main/run.mjs scale [pooler] [standby] [clinics]`: tries what central may grow by, with Postgres and pgbouncer of
 * the system's packages, and says what came of it. Installs them where this user may, and else skips with the reason.
 */
export const main = async (args: string[]): Promise<void> => {
  const names = args.length > 0 ? args : Object.keys(tries);
  for (const name of names) {
    if (!Object.hasOwn(tries, name))
      throw new Explained(`There is no try ${name}; there are ${Object.keys(tries).join(', ')}.`);
  }
  const programs = systemPrograms();
  if (!programs.ok) return void process.stdout.write(`skipped: ${programs.why}\n`);
  for (const name of names) {
    const servers = new Servers(programs);
    try {
      process.stdout.write(`${name}\n`);
      for (const { what, came } of (await tries[name]?.(servers)) ?? [])
        process.stdout.write(`  ${what}: ${came}\n`);
    } finally {
      await servers.close();
    }
  }
};
