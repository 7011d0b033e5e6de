import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../src-main/core/places.ts';

const house = mkdtempSync(join(tmpdir(), 'anteroom-imports-'));
const rooms = ['src-main', 'src-renderer', 'drizzle'];

beforeAll(() => {
  for (const part of [...rooms, '.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    cpSync(join(places.root, part), join(house, part), { recursive: true });
  }
  symlinkSync(join(places.root, 'node_modules'), join(house, 'node_modules'));
});
afterAll(() => rmSync(house, { recursive: true }));

/** The rules that a house with these files added breaks, each with the file that breaks it. */
const broken = (files: Record<string, string>): string[] => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }
  try {
    return cruise();
  } finally {
    for (const file of Object.keys(files)) rmSync(join(house, file));
  }
};

interface Violation {
  rule: { name: string };
  from: string;
}

const cruise = (): string[] => {
  const depcruise = join(places.root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms];
  const report = execFileSync(process.execPath, args, {
    cwd: house,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const { violations } = (JSON.parse(report) as { summary: { violations: Violation[] } }).summary;
  return violations.map(({ rule, from }) => `${rule.name} ${from}`);
};

describe('a bad import is found', () => {
  // Each file is named for what is wrong with it. All are planted at once: one run takes seconds.
  const planted: [rule: string, file: string, text: string][] = [
    ['contract-alone', 'src-main/contract/x.ts', `import '../core/log.ts';`],
    [
      'contract-alone',
      'src-main/contract/y.ts',
      `import type { Log } from '../core/log.ts'; export type X = Log;`,
    ],
    ['screens-see-the-contract-only', 'src-renderer/app/x.ts', `import '../../src-main/core/log.ts';`],
    ['screens-use-no-node', 'src-renderer/app/y.ts', `import 'node:fs';`],
    ['features-apart', 'src-renderer/features/one/x.ts', `import '../two/x.ts';`],
    ['core-knows-no-shell', 'src-main/core/x.ts', `import './../web/guard.ts';`],
    ['shells-apart', 'src-main/web/x.ts', `import '../electron/policy.ts';`],
    ['shells-enter-by-the-door', 'src-main/web/y.ts', `import '../core/replica/open.ts';`],
    ['shared-parts-know-no-shell', 'src-main/shell/x.ts', `import '../web/guard.ts';`],
    ['slices-know-no-network', 'src-main/core/appointments/x.ts', `import '../central/connect.ts';`],
    [
      'slices-know-no-network',
      'src-main/core/patients/x.ts',
      `import type { Secrets } from '../security/secrets.ts'; export type X = Secrets;`,
    ],
    ['replica-serves-all-alike', 'src-main/core/replica/x.ts', `import '../security/secrets.ts';`],
    ['central-moves-rows', 'src-main/core/central/x.ts', `import '../replica/open.ts';`],
    ['sync-carries-changes-of-any-kind', 'src-main/core/sync/x.ts', `import '../appointments/x.ts';`],
    ['schema-knows-nobody', 'src-main/core/schema/x.ts', `import '../log.ts';`],
    ['connectors-apart', 'src-main/core/integrations/idexx/x.ts', `import '../calcom/x.ts';`],
    ['better-sqlite3-has-one-owner', 'src-main/core/y.ts', `import 'better-sqlite3';`],
    ['pg-has-one-owner', 'src-main/core/sync/y.ts', `import 'pg';`],
    ['keytar-has-one-owner', 'src-main/core/security/x.ts', `import 'keytar';`],
    [
      'electron-has-one-owner',
      'src-main/core/z.ts',
      `import type { App } from 'electron'; export type X = App;`,
    ],
    ['ws-has-one-owner', 'src-main/shell/y.ts', `import 'ws';`],
    ['no-dev-packages-in-the-app', 'src-main/core/w.ts', `import 'vitest';`],
    ['resolvable', 'src-main/core/v.ts', `import './nowhere.ts';`],
    ['no-cycle', 'src-main/core/cycle-a.ts', `import './cycle-b.ts';`],
    ['no-orphan', 'src-main/core/alone.ts', `export const alone = 1;`],
    ['no-dead-code', 'src-main/core/cycle-b.ts', `import type {} from './cycle-a.ts'; export const b = 1;`],
  ];
  const helpers = {
    'src-renderer/features/two/x.ts': `export const x = 1;`,
    'src-main/core/integrations/calcom/x.ts': `export const x = 1;`,
  };
  let found: string[] = [];
  beforeAll(() => {
    const files = Object.fromEntries(planted.map(([, file, text]) => [file, text]));
    found = broken({ ...helpers, ...files });
  });

  it.each(planted)('%s: %s', (rule, file) => {
    expect(found).toContain(`${rule} ${file}`);
  });
});
