import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { addClinic, addDesk, initCentral } from '../../../src-main/core/central/admin.ts';
import type { Session } from '../../../src-main/core/desk.ts';
import type { Log } from '../../../src-main/core/log.ts';
import { places } from '../../../src-main/core/places.ts';
import {
  type EarlierVersion,
  type Fixture,
  fixtureFile,
  type Migration,
  migrationsIn,
  readJournal,
} from './fixture.ts';

/** A front desk of any version, as far as all of them are alike. */
export interface AnyFrontDesk {
  readonly session: Session;
  dispatch(name: string, input: unknown, session: Session): Promise<AnyResult>;
  close(): Promise<void>;
}

export type AnyResult = { ok: true; value: unknown } | { ok: false; error: { code: string } };

/** What a front desk of any version is opened with. */
export interface AnyDeskOptions {
  file: string;
  key: Buffer;
  centralUrl: string;
  nonce: { read(): Promise<string | null>; write(nonce: string): Promise<void> };
  log: Log;
  pollMs: number;
  now(): string;
}

/** A program of an earlier version: it makes centrals of its own schema, and opens desks. */
export interface Program {
  initCentral: typeof initCentral;
  addClinic: typeof addClinic;
  addDesk: typeof addDesk;
  openFrontDesk(
    options: AnyDeskOptions,
  ): Promise<{ ok: true; value: AnyFrontDesk } | { ok: false; error: { code: string } }>;
}

export const readFixture = (version: EarlierVersion): Fixture =>
  JSON.parse(brotliDecompressSync(readFileSync(fixtureFile(version))).toString('utf8'));

/** The program of an earlier version, unpacked where it finds the packages, with the migrations that it shipped. */
export const earlierProgram = async (version: EarlierVersion): Promise<Program> => {
  const folder = unpacked(version);
  const program = await import(pathToFileURL(join(folder, 'core.mjs')).href);
  const rebuildWorker = pathToFileURL(join(folder, 'rebuild-worker.mjs'));
  return {
    ...program,
    openFrontDesk: (options: AnyDeskOptions) => program.openFrontDesk({ ...options, rebuildWorker }),
  };
};

/** Migrations of `folder` that an earlier program does not have as they are now; empty unless one was edited since. */
export const editedSince = (shipped: readonly Migration[], folder: string): string[] => {
  const now = new Map(migrationsIn(folder).map((migration) => [migration.tag, migration]));
  return shipped
    .filter(({ tag, when, sha256 }) => now.get(tag)?.sha256 !== sha256 || now.get(tag)?.when !== when)
    .map(({ tag }) => tag);
};

/** A folder below `node_modules`, so that the bundle finds the packages that it was built beside. */
const unpacked = (version: EarlierVersion): string => {
  const digest = createHash('sha256')
    .update(readFileSync(fixtureFile(version)))
    .digest('hex')
    .slice(0, 16);
  const all = join(places.root, 'node_modules/.cache/anteroom/earlier');
  const folder = join(all, `${version}-${digest}`);
  if (existsSync(folder)) return folder;
  mkdirSync(all, { recursive: true });
  const scratch = mkdtempSync(join(all, 'unpacking-'));
  const { files, central, replica } = readFixture(version);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(scratch, name), text);
  // By it the program finds its own folder.
  writeFileSync(join(scratch, 'package.json'), JSON.stringify({ type: 'module', version: '0.1.0' }));
  unpackMigrations(central, places.centralMigrations, join(scratch, 'drizzle/central'));
  unpackMigrations(replica, places.replicaMigrations, join(scratch, 'drizzle/replica'));
  try {
    renameSync(scratch, folder);
  } catch (fault) {
    // Another test was quicker.
    rmSync(scratch, { recursive: true });
    if (!existsSync(folder)) throw fault;
  }
  return folder;
};

const unpackMigrations = (shipped: readonly Migration[], from: string, to: string): void => {
  const journal = readJournal(from);
  const tags = new Set(shipped.map(({ tag }) => tag));
  mkdirSync(join(to, 'meta'), { recursive: true });
  writeFileSync(
    join(to, 'meta/_journal.json'),
    JSON.stringify({ ...journal, entries: journal.entries.filter(({ tag }) => tags.has(tag)) }),
  );
  for (const tag of tags) cpSync(join(from, `${tag}.sql`), join(to, `${tag}.sql`));
};
