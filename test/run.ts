import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { places } from '../src-main/core/places.ts';
import { ensureScreens } from '../src-main/shell/screens.ts';
import { auditDependencies } from './dependencies/audit.ts';
import { ensureChromium } from './support/chromium.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const passed: Count = { passed: 1, failed: 0, skipped: 0 };
const failed: Count = { passed: 0, failed: 1, skipped: 0 };
const skipped: Count = { passed: 0, failed: 0, skipped: 1 };

/**
 * `npm test`: lint, types, import rules, known holes in what ships, unit and end-to-end tests, all of them even after a
 * failure. The first four and the build count as one each. The last line is the sum over all; the exit code is 1 if anything failed.
 */
export const main = async (): Promise<void> => {
  const scratch = mkdtempSync(join(tmpdir(), 'anteroom-run-'));
  const counts: Count[] = [
    runner('Lint', '@biomejs/biome', 'biome', ['check', '.']),
    runner('Types', 'typescript', 'tsc', ['-p', '.']),
    runner('Imports', 'dependency-cruiser', 'depcruise', [
      '--config',
      '.dependency-cruiser.cjs',
      'src-main',
      'src-renderer',
      'drizzle',
    ]),
    audit(),
    unitTests(join(scratch, 'vitest.json')),
    await buildScreens(),
    browserTests(join(scratch, 'playwright.json')),
  ];
  rmSync(scratch, { recursive: true });
  const sum = (which: keyof Count): number => counts.reduce((total, count) => total + count[which], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
};

/** Runs a package's program and shows what it says. */
const run = (title: string, owner: string, bin: string, args: string[], env: NodeJS.ProcessEnv = {}) => {
  console.log(`\n── ${title}`);
  return spawnSync(process.execPath, [binary(owner, bin), ...args], {
    cwd: places.root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status;
};

const binary = (owner: string, bin: string): string => {
  const manifest = createRequire(import.meta.url).resolve(
    join(places.root, 'node_modules', owner, 'package.json'),
  );
  const { bin: bins } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bins === 'string' ? bins : bins[bin];
  if (!file) throw new Error(`${owner} has no program ${bin}`);
  return join(dirname(manifest), file);
};

const runner = (title: string, owner: string, bin: string, args: string[]): Count =>
  run(title, owner, bin, args) === 0 ? passed : failed;

const audit = (): Count => {
  console.log('\n── Known holes in what ships');
  return { passed, failed, skipped }[auditDependencies()];
};

const unitTests = (report: string): Count => {
  const status = run('Tests', 'vitest', 'vitest', [
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return counted(status, report, (text) => {
    const result = JSON.parse(text) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numTodoTests: number;
      testResults: { status: string; assertionResults: unknown[] }[];
    };
    // A file that does not load has no tests to fail.
    const unloadable = result.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    ).length;
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + unloadable,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  });
};

const buildScreens = async (): Promise<Count> => {
  console.log('\n── Screens');
  try {
    await ensureScreens();
    return passed;
  } catch (fault) {
    console.error(fault);
    return failed;
  }
};

const browserTests = (report: string): Count => {
  let chromium: string;
  try {
    chromium = ensureChromium();
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault);
    return failed;
  }
  const status = run(
    'Browser tests',
    '@playwright/test',
    'playwright',
    ['test', '--config=test/playwright.config.ts', '--reporter=list,json'],
    {
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  );
  return counted(status, report, (text) => {
    const { stats, errors } = JSON.parse(text) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
      errors: unknown[];
    };
    // A test that passes only sometimes has failed.
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    };
  });
};

/** A runner that fails without a failed test, or leaves no report, counts as one failure. */
const counted = (status: number | null, report: string, read: (text: string) => Count): Count => {
  let count: Count = { passed: 0, failed: 0, skipped: 0 };
  try {
    count = read(readFileSync(report, 'utf8'));
  } catch {
    return failed;
  }
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
};
