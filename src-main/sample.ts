import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { main as central } from './central.ts';
import { initCentral, listClinics } from './core/central/admin.ts';
import { startEmbedded } from './core/central/embedded.ts';
import { Explained } from './core/explained.ts';
import { defaultDataFolder } from './shell/options.ts';

const text = { type: 'string' } as const;

/**
 * `npm run sample -- [--patients N] [--appointments N] [--seed N] [--kind human|veterinary] [--url URL | --data DIR]`:
 * loads a sample clinic into the central of that URL, or into the embedded one of a data folder (by default the one that
 * `npm start` uses).
 */
export const main = async (args: string[]): Promise<void> => {
  const options = { patients: text, appointments: text, seed: text, kind: text, url: text, data: text };
  const { data, url, ...sizes } = parseArgs({ args, options }).values;
  const flags = Object.entries(sizes).map(([name, value]) => `--${name}=${value}`);
  if (url !== undefined) return central(['sample', `--url=${url}`, ...flags]);

  const folder = resolve(
    data ?? process.env['ANTEROOM_DATA'] ?? defaultDataFolder(process.platform, process.env),
  );
  const embedded = settle(await startEmbedded({ folder: join(folder, 'central') }));
  try {
    settle(await initCentral(embedded.url));
    if (settle(await listClinics(embedded.url)).some((clinic) => clinic.isSample)) {
      throw new Explained(`There is a sample clinic in ${folder} already. Name another folder with --data.`);
    }
    await central(['sample', `--url=${embedded.url}`, ...flags]);
  } finally {
    await embedded.stop();
  }
};

const settle = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (result.ok) return result.value;
  throw new Explained(result.error.message);
};
