import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { Explained } from '../../src-main/core/explained.ts';
import { places } from '../../src-main/core/places.ts';
import { type Growth, sizes } from './growth.ts';
import { type BenchResult, figure } from './result.ts';

const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];

/** Gathers what was measured, and writes it into the README between its marks. */
export class Report {
  readonly #file: string;
  readonly #results: BenchResult[] = [];
  readonly #growths: Growth[] = [];
  readonly #begun = performance.now();

  /** The README must have the marks, which is looked at before anything is measured. */
  constructor(file = join(places.root, 'README.md')) {
    this.#file = file;
    splitAtMarks(readFileSync(file, 'utf8'));
  }

  add(result: BenchResult): void {
    this.#results.push(result);
  }

  addGrowth(growth: Growth): void {
    this.#growths.push(growth);
  }

  write(): void {
    const minutes = Math.round((performance.now() - this.#begun) / 60_000);
    const [before, after] = splitAtMarks(readFileSync(this.#file, 'utf8'));
    const body = [
      machine(minutes),
      table(['bench', 'measured', 'limit in the same run', 'ratio', 'goal'], this.#results.map(benchRow)),
      ...growthTables(this.#growths),
    ].join('\n\n');
    writeFileSync(this.#file, `${before}${BEGIN}\n${body}\n${END}${after}`);
  }
}

const splitAtMarks = (readme: string): [string, string] => {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Explained(`The README has no ${BEGIN} … ${END} to write between.`);
  return [readme.slice(0, begin), readme.slice(end + END.length)];
};

const machine = (minutes: number): string => {
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const node = process.versions.node.split('.')[0];
  return `Measured by \`npm run bench -- --report\` in ${minutes} minutes on ${os.cpus().length} cores with ${memory} GiB, Node ${node}, with Postgres, desks and browser all on that machine.`;
};

const benchRow = (result: BenchResult): string[] => [
  result.bench,
  result.measured,
  `${figure(result.limit)}: ${result.limit_is}`,
  String(result.ratio),
  `${result.goal}: ${result.met ? 'met' : 'missed'}`,
];

const growthTables = (growths: readonly Growth[]): string[] =>
  sizes.flatMap((by) => {
    const ofThis = growths.filter((growth) => growth.by === by);
    const [first] = ofThis;
    if (!first) return [];
    const heads = first.points.map(
      ({ size }) => `${size.toLocaleString('en-US')} ${size === 1 ? by.slice(0, -1) : by}`,
    );
    const rows = ofThis.map(({ what, points, exponent, last_exponent }) => [
      what,
      ...points.map(({ ms }) => `${ms.toLocaleString('en-US')} ms`),
      exponent.toFixed(2),
      last_exponent.toFixed(2),
    ]);
    return [table([`growth by ${by}`, ...heads, 'exponent', 'last step'], rows)];
  });

const table = (head: readonly string[], rows: readonly string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
