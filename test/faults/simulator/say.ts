import { callKinds, deskKinds, lineKinds, type Schedule, worldKinds } from './acts.ts';
import type { Played } from './hunt.ts';

/** A seed that broke a rule, and the shortest schedule that does so. */
export interface Found {
  seed: number;
  rule: string;
  message: string;
  schedule: Schedule;
  trace: string[];
}

/** What many schedules came to. */
export interface Hunted {
  seeds: number;
  seconds: number;
  /** How often each act was done. */
  acts: Record<string, number>;
  /** How often each thing came of an act, by act. */
  came: Record<string, number>;
  /** Of all that happened: the same for the same seeds. */
  print: string;
  found: Found[];
}

interface SayOptions {
  seed: number;
  planted: string | undefined;
  report: boolean;
  json: boolean;
}

/** Prints what was found. Sets the exit code: with a mistake planted it is to be found, and else nothing is. */
export const sayHunted = (hunted: Hunted, { seed, planted, report, json }: SayOptions): void => {
  const { seeds, seconds, found } = hunted;
  const last = seed + seeds - 1;
  console.log(
    `${seeds} schedules (seeds ${seed} to ${last}) in ${seconds.toFixed(0)} s, ${found.length} broke a rule`,
  );
  for (const one of found) {
    console.log(`\nseed ${one.seed}: ${one.message}`);
    console.log(
      `again: npm run faults -- --seed ${one.seed} --seeds 1${planted ? ` --planted ${planted}` : ''}`,
    );
    console.log(`${one.schedule.acts.length} acts, to keep for --replay:\n${JSON.stringify(one.schedule)}`);
    for (const line of one.trace) console.log(`  ${line}`);
  }
  if (report) console.log(`\n${tableOf(hunted)}`);
  if (json) console.log(JSON.stringify(hunted));
  const asWished = planted === undefined ? found.length === 0 : found.length > 0;
  process.exitCode = asWished ? 0 : 1;
};

/** Prints one schedule act by act. */
export const sayReplayed = ({ broken, trace }: Played): void => {
  for (const line of trace) console.log(line);
  console.log(broken ? broken.message : 'all rules held');
  process.exitCode = broken ? 1 : 0;
};

/** What was tried and how often, as a table of Markdown. */
export const tableOf = ({ acts, seeds }: Hunted): string => {
  const rows = groups.map(([what, kinds]) => {
    const counts = kinds.map((kind) => `${kind} ${acts[kind] ?? 0}`);
    const sum = kinds.reduce((total, kind) => total + (acts[kind] ?? 0), 0);
    return `| ${what} | ${sum} | ${counts.join(', ')} |`;
  });
  return [`| ${seeds} schedules | acts | of which |`, '|---|---|---|', ...rows].join('\n');
};

const groups: readonly (readonly [string, readonly string[]])[] = [
  ['what people do', callKinds],
  ['the line to central', lineKinds],
  ['the desk, its file and its clock', deskKinds],
  ['central and time', worldKinds],
];
