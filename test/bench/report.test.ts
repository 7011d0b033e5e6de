import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exponentOf, lastExponentOf } from './growth/exponent.ts';
import { Report } from './report.ts';
import type { BenchResult } from './result.ts';

let folder: string;
let readme: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-'));
  readme = join(folder, 'README.md');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const result: BenchResult = {
  bench: 'search',
  n: 3000,
  p50_ms: 0.85,
  p99_ms: 3.4,
  limit: 0.0143,
  limit_is: 'p50 in ms of a plain index',
  ratio: 59.4,
  goal: 'p99 under 10 ms',
  met: true,
  measured: 'p50 0.85 ms, p99 3.4 ms',
  more: {},
};

test('a report writes its tables between the marks and leaves the rest of the README as it was', () => {
  writeFileSync(readme, 'Before\n\n<!-- bench -->\nold figures\n<!-- /bench -->\n\nAfter\n');
  const report = new Report(readme);
  report.add(result);
  report.addGrowth({
    bench: 'growth',
    by: 'rows',
    what: 'board',
    points: [
      { size: 10_000, ms: 8 },
      { size: 1_000_000, ms: 9 },
    ],
    exponent: 0.026,
    last_exponent: 0.026,
  });
  report.write();
  const text = readFileSync(readme, 'utf8');
  expect(text).toMatch(/^Before\n\n<!-- bench -->\nMeasured by /);
  expect(text).toMatch(/\n<!-- \/bench -->\n\nAfter\n$/);
  expect(text).not.toContain('old figures');
  expect(text).toContain(
    '| search | p50 0.85 ms, p99 3.4 ms | 0.0143: p50 in ms of a plain index | 59.4 | p99 under 10 ms: met |',
  );
  expect(text).toContain('| growth by rows | 10,000 rows | 1,000,000 rows | exponent | last step |');
  expect(text).toContain('| board | 8 ms | 9 ms | 0.03 | 0.03 |');
});

test('a README without the marks is refused before anything is measured', () => {
  writeFileSync(readme, 'No marks\n');
  expect(() => new Report(readme)).toThrow('no <!-- bench -->');
});

test('what doubles as its size doubles grows with exponent 1, and what stays with 0', () => {
  const grown = (power: number) => [1, 10, 100].map((size) => ({ size, ms: 3 * size ** power }));
  for (const power of [0, 1, 1.5, 2]) {
    expect(exponentOf(grown(power))).toBeCloseTo(power, 9);
    expect(lastExponentOf(grown(power))).toBeCloseTo(power, 9);
  }
});
