/** What a bench found. Its main figure is compared with a limit taken in the same run on the same machine. */
export interface BenchResult {
  bench: string;
  /** How many times, or of how many rows. */
  n: number;
  p50_ms?: number;
  p99_ms?: number;
  rows_per_s?: number;
  /** The limit, in the unit of the figure that it stands beside, and what it is. */
  limit: number;
  limit_is: string;
  /** The figure over the limit. */
  ratio: number;
  goal: string;
  met: boolean;
  /** What was found, in words: for people and for the table in the README. */
  measured: string;
  /** Further figures of this bench. */
  more: Record<string, number | string>;
}

/** A few figures that stand for many. */
export interface Spread {
  n: number;
  p50: number;
  p99: number;
  max: number;
}

export const spreadOf = (times: readonly number[]): Spread => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { n: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN };
};

/** Three significant figures are more than a shared machine gives twice. */
export const round = (value: number): number => Number(value.toPrecision(3));

/** A number as people read it: 60,200 or 0.0143. */
export const figure = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

/** Milliseconds that `work` takes. */
export const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** The result for people. */
export const describeResult = (result: BenchResult): string => {
  const more = Object.entries(result.more).map(([name, value]) => `    ${name}: ${value}`);
  return [
    `${result.bench}: ${result.met ? 'meets' : 'MISSES'} its goal (${result.goal})`,
    `    ${result.measured} (n ${result.n}); limit ${result.limit} (${result.limit_is}); ratio ${result.ratio}`,
    ...more,
  ].join('\n');
};
