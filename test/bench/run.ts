import { parseArgs } from 'node:util';
import { Explained } from '../../src-main/core/explained.ts';
import { firstSyncAgainst } from './against/first-sync.ts';
import { isPeer, type PeerName, peers } from './against/peer.ts';
import { board } from './board.ts';
import { busy } from './busy.ts';
import { commands } from './commands.ts';
import { firstSync } from './first-sync.ts';
import { describeGrowth, growth } from './growth.ts';
import { live } from './live.ts';
import { load } from './load.ts';
import { Report } from './report.ts';
import { type BenchResult, describeResult } from './result.ts';
import { search } from './search.ts';
import { Setting } from './setting.ts';
import { start } from './start.ts';

const benches: Record<string, (setting: Setting) => Promise<BenchResult>> = {
  'first-sync': firstSync,
  search,
  busy,
  commands,
  live,
  board,
  start,
  load,
};

const text = { type: 'string' } as const;
const options = {
  patients: text,
  appointments: text,
  seed: text,
  data: text,
  against: text,
  json: { type: 'boolean' },
  report: { type: 'boolean' },
} as const;

/**
 * `npm run bench -- [NAME …] [--patients N] [--appointments N] [--seed N] [--data DIR] [--json]`: measures the named benches,
 * or all of them; `growth` is one of its own. `first-sync --against PEER` measures beside another system. With `--json` the
 * last lines are the results, one JSON object each. `--data` keeps the central between runs. `--report` measures everything
 * and writes the tables of the README.
 */
export const main = async (args: string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.report && (positionals.length > 0 || values.against !== undefined)) {
    throw new Explained('--report measures everything; it takes no names.');
  }
  const given = {
    ...(values.patients === undefined ? {} : { patients: wholeNumber(values.patients) }),
    ...(values.appointments === undefined ? {} : { appointments: wholeNumber(values.appointments) }),
    ...(values.seed === undefined ? {} : { seed: wholeNumber(values.seed) }),
  };
  const names = chosen(positionals, values.against);
  const setting = new Setting({ patients: 100_000, appointments: 1_000_000, seed: 7, ...given }, values.data);
  const report = values.report ? new Report() : undefined;
  const lines: object[] = [];
  const measured = (result: BenchResult): void => {
    const { more, ...rest } = result;
    lines.push({ ...rest, ...more });
    report?.add(result);
    print(describeResult(result));
  };
  try {
    for (const name of names) {
      const against = values.against === undefined ? undefined : peerOf(values.against);
      const result = against
        ? await firstSyncAgainst(setting, against, given)
        : await benches[name]?.(setting);
      if (result) measured(result);
    }
    if (report)
      for (const peer of Object.keys(peers)) measured(await firstSyncAgainst(setting, peerOf(peer)));
    if (report || positionals.includes('growth')) {
      for (const grown of await growth(setting)) {
        lines.push(grown);
        report?.addGrowth(grown);
        print(describeGrowth(grown));
      }
    }
  } finally {
    await setting.close();
  }
  report?.write();
  if (values.json) for (const line of lines) print(JSON.stringify(line));
};

/** The benches to run, of those that have one result. */
const chosen = (names: readonly string[], against: string | undefined): string[] => {
  const known = [...Object.keys(benches), 'growth'];
  for (const name of names) {
    if (!known.includes(name))
      throw new Explained(`There is no bench ${name}; there are ${known.join(', ')}.`);
  }
  if (against === undefined)
    return names.length > 0 ? names.filter((name) => name !== 'growth') : Object.keys(benches);
  peerOf(against);
  if (names.some((name) => name !== 'first-sync')) {
    throw new Explained('Only first-sync is measured against another system.');
  }
  return ['first-sync'];
};

const peerOf = (name: string): PeerName => {
  if (isPeer(name)) return name;
  throw new Explained(`There is no comparison with ${name}; there are ${Object.keys(peers).join(', ')}.`);
};

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const wholeNumber = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Explained(`"${text}" is no whole number.`);
};
