import { parseArgs } from 'node:util';
import { Explained } from '../../src-main/core/explained.ts';
import { board } from './board.ts';
import { commands } from './commands.ts';
import { firstSync } from './first-sync.ts';
import { live } from './live.ts';
import { type BenchResult, describeResult } from './result.ts';
import { search } from './search.ts';
import { Setting } from './setting.ts';
import { start } from './start.ts';

const benches: Record<string, (setting: Setting) => Promise<BenchResult>> = {
  'first-sync': firstSync,
  search,
  commands,
  live,
  board,
  start,
};

const text = { type: 'string' } as const;

/**
 * `npm run bench -- [NAME] [--patients N] [--appointments N] [--seed N] [--data DIR] [--json]`: measures one bench or all
 * of them. With `--json` the last lines are the results, one JSON object each. `--data` keeps the central
 * between runs.
 */
export const main = async (args: string[]): Promise<void> => {
  const options = {
    patients: text,
    appointments: text,
    seed: text,
    data: text,
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const names = positionals.length > 0 ? positionals : Object.keys(benches);
  for (const name of names) {
    if (!Object.hasOwn(benches, name)) {
      throw new Explained(`There is no bench ${name}; there are ${Object.keys(benches).join(', ')}.`);
    }
  }
  const sizes = {
    patients: wholeNumber(values.patients ?? '100000'),
    appointments: wholeNumber(values.appointments ?? '1000000'),
    seed: wholeNumber(values.seed ?? '7'),
  };
  const setting = new Setting(sizes, values.data);
  const results: BenchResult[] = [];
  try {
    for (const name of names) {
      const result = await benches[name]?.(setting);
      if (!result) continue;
      results.push(result);
      process.stdout.write(`${describeResult(result)}\n`);
    }
  } finally {
    await setting.close();
  }
  if (values.json) for (const { more, ...result } of results) print({ ...result, ...more });
};

const print = (result: object): void => void process.stdout.write(`${JSON.stringify(result)}\n`);

const wholeNumber = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Explained(`"${text}" is no whole number.`);
};
