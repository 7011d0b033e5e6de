import { afterEach, expect, test } from 'vitest';
import type { Backup } from '../../src-main/contract/backup.ts';
import { ok } from '../../src-main/contract/errors.ts';
import { backups, startBackup } from '../../src-main/core/backups/backups.ts';
import type { Desk } from '../../src-main/core/desk.ts';
import { putRow } from '../../src-main/core/replica/rows.ts';
import { anyone, type LoneDesk, loneDesk } from '../support/desk.ts';
import { must } from '../support/must.ts';

const DAY_MS = 86_400_000;
const now = Date.parse('2026-11-24T07:00:00.000Z');
const passphrase = 'four plain words here';
let lone: LoneDesk;
afterEach(() => lone.dispose());

/** A desk of a clinic that is so many days old, whose database was last backed up so many days ago. */
const deskOf = (age: number, lastDaysAgo: number | null, isSample = 0): Desk & { asked: string[] } => {
  lone = loneDesk('2026-11-24T07:00:00.000Z');
  const created_at = now - age * DAY_MS;
  putRow(lone.replica, 'clinics', {
    id: 'c',
    rev: 1,
    created_at,
    updated_at: created_at,
    name: 'Clinic',
    kind: 'human',
    timezone: 'Europe/Athens',
    currency: 'EUR',
    first_weekday: 1,
    is_sample: isSample,
    settings: '{}',
  });
  const asked: string[] = [];
  const made: Backup[] =
    lastDaysAgo === null
      ? []
      : [{ madeAt: new Date(now - lastDaysAgo * DAY_MS).toISOString(), bytes: 1, checkedAt: null }];
  return {
    ...lone,
    asked,
    backups: {
      list: async () => made,
      work: () => null,
      start: async (folder) => {
        asked.push(folder);
        return ok({});
      },
      onChange: () => () => undefined,
    },
  };
};

test.each([
  ['a clinic of today without a backup is left in peace', 0.5, null, false],
  ['a clinic without a backup is reminded from the next day on', 2, null, true],
  ['a backup of six days ago is new enough', 100, 6, false],
  ['after a week it is not', 100, 8, true],
])('%s', async (_promise, age, last, due) => {
  expect(must(await backups(deskOf(age, last), anyone))).toMatchObject({ kind: 'here', due });
});

test('nobody is reminded to back up the sample, and it is not backed up', async () => {
  const desk = deskOf(100, null, 1);
  expect(must(await backups(desk, anyone))).toMatchObject({ kind: 'sample', due: false });
  const refused = await startBackup(desk, anyone, { folder: '/usb', passphrase });
  expect(refused).toMatchObject({ ok: false, error: { code: 'no_database_here' } });
  expect(desk.asked).toEqual([]);
});

test('the folder of the last backup is remembered, and its passphrase is nowhere on the desk', async () => {
  const desk = deskOf(1, null);
  must(await startBackup(desk, anyone, { folder: '/usb', passphrase }));
  expect(must(await backups(desk, anyone)).folder).toBe('/usb');
  const tables = desk.replica
    .statement(`select name from sqlite_master where type = 'table' and sql not like 'create virtual%'`)
    .pluck()
    .all() as string[];
  const rows = tables.map((name) => JSON.stringify(desk.replica.db.prepare(`select * from "${name}"`).all()));
  expect(rows.join()).toContain('/usb');
  expect(rows.join()).not.toContain(passphrase);
});

test('where the database is run by others, central says when it was last backed up', async () => {
  const { backups: _, ...desk } = deskOf(100, null);
  const asking = (embedded: boolean): Desk => ({
    ...desk,
    askCentral: async () =>
      ok({ embedded, made: [{ madeAt: '2026-11-01T07:00:00+00:00', bytes: 5, checkedAt: null }] }),
  });
  expect(must(await backups(asking(true), anyone))).toMatchObject({
    kind: 'elsewhere',
    due: true,
    made: [{ madeAt: '2026-11-01T07:00:00.000Z' }],
  });
  expect(must(await backups(asking(false), anyone))).toMatchObject({ kind: 'elsewhere', due: false });
  expect(must(await backups(desk, anyone))).toMatchObject({ kind: 'elsewhere', due: false, made: [] });
});
