import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileStore, sha256Of } from '../../src-main/core/store/file-store.ts';
import { temporaryFolder } from '../support/desk.ts';

let folder: ReturnType<typeof temporaryFolder>;
const key = randomBytes(32);
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());
const open = (with_ = key) => new FileStore(folder.path, with_);
const fileOf = (sha256: string) => join(folder.path, sha256);

describe('a stored file', () => {
  test('comes back as it was, also after a restart, under the SHA-256 of its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5000 }), async (bytes) => {
        const sha256 = await open().put(bytes);
        expect(sha256).toBe(await sha256Of(bytes));
        const again = open();
        expect(again.sizeOf(sha256)).toBe(bytes.length);
        expect(await again.read(sha256)).toEqual({ state: 'here', bytes: Buffer.from(bytes) });
      }),
      { numRuns: 20 },
    );
  });

  test('of several megabytes is whole', async () => {
    const bytes = randomBytes(7 * 1024 * 1024 + 3);
    const store = open();
    const read = await store.read(await store.put(bytes));
    expect(read.state === 'here' && read.bytes.equals(bytes)).toBe(true);
  });

  test('cannot be read on the disk, and by no other key', async () => {
    const words = Buffer.from('Παπαδοπούλου, HbA1c 6.1 %');
    const sha256 = await open().put(words);
    expect(readFileSync(fileOf(sha256)).includes(words)).toBe(false);
    expect(statSync(fileOf(sha256)).mode & 0o077).toBe(0);
    expect(await open(randomBytes(32)).read(sha256)).toEqual({ state: 'damaged' });
  });

  test('is refused when one bit of it was changed, wherever it is', async () => {
    const store = open();
    const sha256 = await store.put(Buffer.from('a result'));
    const stored = readFileSync(fileOf(sha256));
    for (let at = 0; at < stored.length; at += 1) {
      const changed = Buffer.from(stored);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      writeFileSync(fileOf(sha256), changed);
      expect([at, await open().read(sha256)]).toEqual([at, { state: 'damaged' }]);
    }
    writeFileSync(fileOf(sha256), stored.subarray(0, 20));
    expect(await store.read(sha256)).toEqual({ state: 'damaged' });
    expect([store.has(sha256), store.sizeOf(sha256), store.isDamaged(sha256)]).toEqual([false, null, true]);
  });

  test('is refused when another stored file was put in its place', async () => {
    const store = open();
    const [one, two] = [await store.put(Buffer.from('one')), await store.put(Buffer.from('two'))];
    writeFileSync(fileOf(one), readFileSync(fileOf(two)));
    expect(await store.read(one)).toEqual({ state: 'damaged' });
  });

  test('that is damaged is whole again once it is put again', async () => {
    const store = open();
    const sha256 = await store.put(Buffer.from('one'));
    writeFileSync(fileOf(sha256), 'x');
    await store.read(sha256);
    await store.put(Buffer.from('one'));
    expect(await store.read(sha256)).toMatchObject({ state: 'here' });
  });

  test('that somebody removed is missing, and not an error', async () => {
    const store = open();
    expect(await store.read('0'.repeat(64))).toEqual({ state: 'missing' });
    const sha256 = await store.put(Buffer.from('one'));
    folder.remove();
    expect(await store.read(sha256)).toEqual({ state: 'missing' });
  });
});

test('what a crash left half written is gone at the next start', () => {
  writeFileSync(join(folder.path, `${'a'.repeat(64)}.12345678.part`), 'half');
  expect([...open().names()]).toEqual([]);
  expect(readdirSync(folder.path)).toEqual([]);
});

test('a sweep forgets old files that nothing names, and no other', async () => {
  const store = open();
  const [named, old, fresh] = [
    await store.put(Buffer.from('named')),
    await store.put(Buffer.from('old')),
    await store.put(Buffer.from('fresh')),
  ];
  for (const name of [named, old]) utimesSync(fileOf(name), 1, 1);
  store.sweep(new Set([named]), Date.now() - 60_000);
  expect([...store.names()].sort()).toEqual([named, fresh].sort());
  expect(await store.read(old)).toEqual({ state: 'missing' });
});
