import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Hunted } from './say.ts';

const program = join(import.meta.dirname, '../../../src-main/run.mjs');

interface Share {
  jobs: number;
  seeds: number;
  seed: number;
  planted: string | undefined;
  server: string;
}

/** Plays the schedules of `seeds` seeds in so many processes at once, each of which has a central of its own. */
export const huntInProcesses = ({ jobs, seeds, seed, planted, server }: Share): Promise<Hunted[]> => {
  const each = Math.ceil(seeds / jobs);
  const shares = Array.from({ length: jobs }, (_, at) => ({
    from: seed + at * each,
    count: Math.min(each, seeds - at * each),
  })).filter(({ count }) => count > 0);
  return Promise.all(
    shares.map(({ from, count }) =>
      huntInProcess(
        [
          ...['--seed', String(from), '--seeds', String(count), '--server', server],
          ...(planted === undefined ? [] : ['--planted', planted]),
        ],
        (news) => process.stderr.write(news),
      ),
    ),
  );
};

/**
 * Runs `npm run faults` with these options in a process of its own; rejects where it comes to nothing. `told` gets what it
 * says on the way.
 */
export const huntInProcess = async (
  options: readonly string[],
  told: (news: string) => void = () => undefined,
): Promise<Hunted> => {
  const { said, faults } = await run(['--json', ...options], told);
  const last = said.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`the simulator ended without an answer: ${faults || said}`);
  return JSON.parse(last) as Hunted;
};

/** Plays a schedule that was kept, in a process of its own; answers what that printed. */
export const replayInProcess = async (file: string, server: string): Promise<string> => {
  const { said, faults } = await run(['--replay', file, '--server', server]);
  return said + faults;
};

const run = (
  options: readonly string[],
  told: (news: string) => void = () => undefined,
): Promise<{ said: string; faults: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'faults', ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pieces = { said: '', faults: '' };
    child.stdout.on('data', (piece: Buffer) => {
      pieces.said += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      pieces.faults += piece.toString();
      told(piece.toString());
    });
    child.on('error', reject);
    child.on('close', () => resolve(pieces));
  });

/** The sum of what several processes found. */
export const addUp = (all: readonly Hunted[]): Hunted => ({
  seeds: all.reduce((sum, { seeds }) => sum + seeds, 0),
  seconds: Math.max(0, ...all.map(({ seconds }) => seconds)),
  acts: addCounts(all.map(({ acts }) => acts)),
  came: addCounts(all.map(({ came }) => came)),
  print: all.map(({ print }) => print).join(' '),
  found: all.flatMap(({ found }) => found),
});

const addCounts = (all: readonly Record<string, number>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
};
