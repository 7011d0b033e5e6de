import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { places } from '../../../src-main/core/places.ts';
import { replicatedTables } from '../../../src-main/core/replica/tables.ts';
import { editedSince, readFixture } from './earlier.ts';
import { earlierVersions, migrationsIn } from './fixture.ts';

const versions = Object.keys(earlierVersions).map(Number) as (keyof typeof earlierVersions)[];

describe.each(versions)('what a clinic with version %i already has', (version) => {
  const { central, replica } = readFixture(version);
  test('of central’s migrations is not edited afterwards', () => {
    expect(editedSince(central, places.centralMigrations)).toEqual([]);
  });
  test('of the replica’s migrations is not edited afterwards', () => {
    expect(editedSince(replica, places.replicaMigrations)).toEqual([]);
  });
});

describe('a replica migration', () => {
  const shipped = readFixture(4).replica.length;
  const later = migrationsIn(places.replicaMigrations).slice(shipped);
  test.each(later)('$tag lets the desk read all again where it adds to what central sends', ({ tag }) => {
    const sql = readFileSync(join(places.replicaMigrations, `${tag}.sql`), 'utf8');
    const added = [...sql.matchAll(/^(?:CREATE TABLE|ALTER TABLE) `(\w+)` (?:\(|ADD)/gm)].map(
      ([, table]) => table ?? '',
    );
    const fromCentral = added.filter((table) => replicatedTables.has(table));
    expect(sql.includes('UPDATE `desk_state` SET `cursor` = 0')).toBe(fromCentral.length > 0);
  });
});
