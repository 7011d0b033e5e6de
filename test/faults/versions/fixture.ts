import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { places } from '../../../src-main/core/places.ts';

/** The versions that a program is kept of, by the central schema that each spoke, and the commit that it was built from. */
export const earlierVersions = { 2: '0e0eb04', 3: 'e5afa4e', 4: '728fc58' } as const;
export type EarlierVersion = keyof typeof earlierVersions;

/** A migration as an earlier program had it. */
export interface Migration {
  tag: string;
  /** The journal's number, by which a database knows what it has. */
  when: number;
  sha256: string;
}

/** An earlier program, bundled, and which migrations it shipped. */
export interface Fixture {
  /** The bundle by file name: `core.mjs`, `rebuild-worker.mjs` and what both share. */
  files: Record<string, string>;
  central: Migration[];
  replica: Migration[];
}

/** Where the program of a version is kept, compressed by Brotli. */
export const fixtureFile = (version: number): string =>
  join(places.root, 'test/faults/fixtures', `version-${version}.json.br`);

interface JournalEntry {
  tag: string;
  when: number;
}

/** The journal of a folder of migrations. */
export const readJournal = (folder: string): { entries: JournalEntry[] } =>
  JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'));

/** The migrations of a folder, in order. */
export const migrationsIn = (folder: string): Migration[] =>
  readJournal(folder).entries.map(({ tag, when }) => ({
    tag,
    when,
    sha256: createHash('sha256')
      .update(readFileSync(join(folder, `${tag}.sql`)))
      .digest('hex'),
  }));
