import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { travellingChanges } from '../../../src-main/core/replica/adopt.ts';
import { readSetting } from '../../../src-main/core/replica/desk-settings.ts';
import { readDeskState } from '../../../src-main/core/replica/desk-state.ts';
import { openRefusals } from '../../../src-main/core/replica/refusals.ts';
import { PAGE_BYTES, readLog } from '../../../src-main/core/replica/salvage/write-ahead-log.ts';
import { searchPatients } from '../../../src-main/core/replica/search-find.ts';
import { temporaryFolder } from '../../support/desk.ts';
import { asideIn, busyDesk, type Lying, openAgain } from './damaged-desk.ts';

const folder = temporaryFolder();
/** The file of a desk that was killed with a log that was not moved into it, and of one that had moved it. */
const killed = join(folder.path, 'killed.db');
const closed = join(folder.path, 'closed.db');
let lying: Lying;
let pageOf: (table: string) => number;

beforeAll(() => {
  const desk = busyDesk(join(folder.path, 'desk.db'), 60);
  lying = desk.lie(killed);
  desk.replica.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(join(folder.path, 'desk.db'), closed);
  const roots = new Map(
    desk.replica.db.prepare('select name, rootpage from sqlite_schema').raw().all() as [string, number][],
  );
  // One of several pages of the accounts: the others are there.
  const leaf = desk.replica.db.prepare(
    `select pageno from dbstat where name = 'users' and pagetype = 'leaf'`,
  );
  roots.set('users', Number(leaf.pluck().get()));
  pageOf = (table) => roots.get(table) ?? 0;
  desk.dispose();
});
afterAll(() => folder.remove());

/** A copy of one of them, in a folder of its own. */
const lay = (whole: string): string => {
  const own = join(folder.path, newId());
  mkdirSync(own);
  const file = join(own, 'replica.db');
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(`${whole}${end}`)) copyFileSync(`${whole}${end}`, `${file}${end}`);
  return file;
};

const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
};

/** What stands in a replica that was opened again, and what was told. */
const outcome = async (file: string) => {
  const { replica, told } = await openAgain(file);
  try {
    const [trouble] = told.filter((each) => each.code === 'replica_replaced');
    return {
      unsent: travellingChanges(replica).map(({ changeId }) => changeId),
      inbox: openRefusals(replica).map(({ changeId }) => changeId),
      setting: readSetting(replica, 'mine'),
      trouble,
    };
  } finally {
    replica.close();
  }
};

/** All that was there is there, in its order, or the desk says how much is not. */
const expectNothingLostInSilence = async (file: string) => {
  const { unsent, inbox, trouble } = await outcome(file);
  expect(unsent).toEqual(lying.unsent.filter((id) => unsent.includes(id)));
  const missing = lying.unsent.length + lying.inbox.length - unsent.length - inbox.length;
  if (missing > 0) expect(trouble).toBeDefined();
  if (trouble?.lostKnown) expect(trouble.lost).toBe(missing);
  return { unsent, inbox, trouble, missing };
};

describe('a desk that starts on a damaged file', { timeout: 120_000 }, () => {
  test('goes on as before where nothing is damaged', async () => {
    for (const whole of [killed, closed]) {
      const { unsent, inbox, trouble } = await outcome(lay(whole));
      expect({ unsent, inbox, trouble }).toEqual({ ...lyingThere(), trouble: undefined });
    }
  });

  test('has all of its work again where the beginning is damaged, and can work without central', async () => {
    const file = lay(closed);
    flip(file, 700);
    const bytes = readFileSync(file);
    const { unsent, inbox, setting, trouble } = await outcome(file);
    expect({ unsent, inbox, setting }).toEqual({ ...lyingThere(), setting: 'kept' });
    const { replica } = await openAgain(file);
    expect(readDeskState(replica)).toMatchObject({ epoch: 'e', cursor: 0 });
    expect(searchPatients(replica, 'last', '2026-11-25', 100)).toHaveLength(lying.patients);
    replica.close();
    expect(trouble).toMatchObject({ cause: 'wrong_key', rescued: 60, inbox: 1, lost: 0, lostKnown: true });
    expect(readFileSync(trouble?.file ?? '').equals(bytes)).toBe(true);
  });

  test('shows nothing until central was asked where it cannot be read who may do what', async () => {
    for (const table of ['users', 'desk_settings']) {
      const file = lay(closed);
      const page = pageOf(table);
      const bytes = readFileSync(file);
      bytes.fill(9, (page - 1) * PAGE_BYTES, page * PAGE_BYTES);
      writeFileSync(file, bytes);
      const { replica } = await openAgain(file);
      expect(readDeskState(replica)).toMatchObject({ epoch: null, deskName: 'Desk 1' });
      expect(travellingChanges(replica)).toHaveLength(lying.unsent.length);
      replica.close();
    }
  });

  test('has what is in the log where the file was emptied or deleted', async () => {
    for (const damage of [(file: string) => truncateSync(file, 0), (file: string) => rmSync(file)]) {
      const file = lay(killed);
      damage(file);
      const { unsent, trouble, missing } = await expectNothingLostInSilence(file);
      expect(unsent).toEqual(expect.arrayContaining(lying.unsent.slice(48)));
      expect(missing).toBeGreaterThan(0);
      expect(trouble).toMatchObject({ rescued: unsent.length, lostKnown: false });
      expect(existsSync(trouble?.file ?? '')).toBe(true);
    }
  });

  test('that is gone with its log says so, and a desk that never had one says nothing', async () => {
    const gone = join(folder.path, newId());
    mkdirSync(gone);
    expect((await outcome(join(gone, 'replica.db'))).trouble).toMatchObject({
      cause: 'missing',
      file: null,
      lostKnown: false,
    });
    const fresh = await openAgain(join(folder.path, `${newId()}.db`), false);
    expect(fresh.told).toEqual([]);
    fresh.replica.close();
  });

  test('reads the log past its first damaged frame', async () => {
    const { frames } = readLog(killed) ?? { frames: [] };
    const [first] = frames;
    const file = lay(killed);
    flip(`${file}-wal`, (first?.at ?? 0) + 1_000);
    const { unsent, trouble, missing } = await expectNothingLostInSilence(file);
    expect(missing).toBe(0);
    expect(unsent).toEqual(lying.unsent);
    expect(trouble).toMatchObject({ cause: 'log_damaged', rescued: 12 });
    expect(existsSync(trouble?.file ?? '')).toBe(true);
  });

  test('says that something is missing where the log was cut short', async () => {
    const { frames } = readLog(killed) ?? { frames: [] };
    const file = lay(killed);
    truncateSync(`${file}-wal`, frames.at(Math.floor(frames.length / 2))?.at);
    const { trouble, missing } = await expectNothingLostInSilence(file);
    expect(missing).toBeGreaterThan(0);
    expect(trouble).toMatchObject({ cause: 'log_damaged', lostKnown: false });
  });

  test('that was killed while it was being replaced loses nothing by it', async () => {
    const file = lay(closed);
    flip(file, 700);
    // Half made: begun anew. Ready: only put in its place.
    writeFileSync(`${file}.rescue`, 'half');
    writeFileSync(`${file}.salvage`, 'half');
    const first = await outcome(file);
    expect(first.unsent).toEqual(lying.unsent);
    const ready = `${file}.ready-for-replica.db.set-aside-then`;
    copyFileSync(file, ready);
    rmSync(file);
    writeFileSync(`${file}-wal`, 'of the damaged one');
    const second = await outcome(file);
    expect(second.unsent).toEqual(lying.unsent);
    expect(asideIn(join(file, '..'))).toContain('replica.db.set-aside-then-wal');
    expect(existsSync(ready)).toBe(false);
  });

  test('loses nothing in silence, whatever is damaged', async () => {
    const damage = fc.oneof(
      fc.record({
        kind: fc.constant('flip' as const),
        at: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
      }),
      fc.record({
        kind: fc.constant('cut' as const),
        at: fc.array(fc.nat(), { minLength: 1, maxLength: 1 }),
      }),
      fc.record({
        kind: fc.constant('page' as const),
        at: fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
      }),
      fc.record({
        kind: fc.constant('log' as const),
        at: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(damage, fc.boolean(), async ({ kind, at }, isKilled) => {
        const file = lay(isKilled || kind === 'log' ? killed : closed);
        const hit = kind === 'log' ? `${file}-wal` : file;
        const { size } = statSync(hit);
        for (const place of at.map((each) => each % size)) {
          if (kind === 'cut') truncateSync(hit, place);
          else if (kind !== 'page') flip(hit, place);
          else {
            const bytes = readFileSync(hit);
            bytes.fill(place % 251, place - (place % PAGE_BYTES), place - (place % PAGE_BYTES) + PAGE_BYTES);
            writeFileSync(hit, bytes);
          }
        }
        await expectNothingLostInSilence(file);
        rmSync(join(file, '..'), { recursive: true });
      }),
      { numRuns: Number(process.env['DAMAGE_RUNS'] ?? 12) },
    );
  });
});

const lyingThere = () => ({ unsent: lying.unsent, inbox: lying.inbox });
