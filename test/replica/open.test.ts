import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ok } from '../../src-main/contract/errors.ts';
import type { SyncState } from '../../src-main/contract/sync.ts';
import { openFrontDesk } from '../../src-main/core/front-desk.ts';
import { noLog } from '../../src-main/core/log.ts';
import { openReplica, Replica } from '../../src-main/core/replica/open.ts';
import { temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('opening a replica', () => {
  const key = randomBytes(32);
  let file: string;
  beforeEach(() => {
    file = join(folder.path, `${newId()}.db`);
    const replica = new Replica({ file, key, newId });
    replica.db.exec(`create table filler (text)`);
    replica.db.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
                     insert into filler select hex(randomblob(500)) from n`);
    replica.close();
  });
  const opening = (withKey = key) => openReplica({ file, key: withKey, newId });

  test('with its own key gives what was written', () => {
    const opened = opening();
    expect(opened.ok).toBe(true);
    if (opened.ok) opened.replica.close();
  });

  test('with another key says so, and leaves the file as it is', () => {
    const before = readFileSync(file);
    expect(opening(randomBytes(32))).toEqual({ ok: false, fault: 'wrong_key' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('of a file that was cut short says that it is corrupt', () => {
    truncateSync(file, Math.floor(statSync(file).size / 2));
    expect(opening()).toEqual({ ok: false, fault: 'corrupt' });
  });

  test('of a file with a damaged beginning does not crash', () => {
    const bytes = readFileSync(file);
    randomBytes(64).copy(bytes, 30);
    writeFileSync(file, bytes);
    expect(opening()).toMatchObject({ ok: false });
  });

  test('of what is no file says that it cannot be read', () => {
    file = folder.path;
    expect(opening()).toEqual({ ok: false, fault: 'unreadable' });
  });

  test('leaves nothing of a patient readable in the file', () => {
    const replica = new Replica({ file, key, newId });
    replica.db.exec(`insert into filler values ('Papadopoulou')`);
    replica.close();
    expect(readFileSync(file).includes('Papadopoulou')).toBe(false);
  });

  test('that fails keeps the file under another name, and the desk starts with a new one', async () => {
    const before = readFileSync(file);
    const opened = await openFrontDesk({
      file,
      key: randomBytes(32),
      centralUrl: 'postgresql://nobody:x@127.0.0.1:1/none',
      nonce: { read: async () => null, write: async () => undefined },
      log: noLog,
    });
    if (!opened.ok) throw new Error(opened.error.code);
    const { session } = opened.value;
    const state = must(await opened.value.dispatch('syncState', {}, session)) as SyncState;
    const [told] = state.troubles.filter((each) => each.code === 'replica_replaced');
    expect(told).toMatchObject({ cause: 'wrong_key', rescued: 0, lost: 0, lostKnown: false });
    expect(readFileSync(told?.file ?? '').equals(before)).toBe(true);
    expect(existsSync(file)).toBe(true);
    expect(await opened.value.dispatch('doctors', {}, session)).toMatchObject({
      error: { code: 'not_ready' },
    });
    expect(await opened.value.dispatch('syncState', {}, session)).toMatchObject(
      ok({ phase: 'offline', reason: 'unreachable', waiting: 0 }),
    );
    await opened.value.close();
    expect(readdirSync(folder.path).filter((name) => name.includes('set-aside'))).toHaveLength(1);
  });
});
