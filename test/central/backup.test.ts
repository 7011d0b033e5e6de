import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { initCentral } from '../../src-main/core/central/admin.ts';
import { backUp } from '../../src-main/core/central/backup/make.ts';
import type { Backed } from '../../src-main/core/central/backup/problem.ts';
import { check, restore } from '../../src-main/core/central/backup/restore.ts';
import { type Embedded, startEmbedded } from '../../src-main/core/central/embedded.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients } from '../../src-main/core/schema/replica/clinic-data.ts';
import { clinicWithDesks, withClient } from '../support/central.ts';
import { startChild } from '../support/child.ts';
import { liveDesk } from '../support/live-desk.ts';
import { until } from '../support/until.ts';

// Each restore starts a server of its own.
vi.setConfig({ testTimeout: 120_000 });

const isRoot = process.getuid?.() === 0;
const passphrase = 'four plain words here';
const home = mkdtempSync(join(tmpdir(), 'anteroom-backup-'));
const folder = join(home, 'central');
const good = join(home, 'good.age');

let central: Embedded;
let deskUrl: string;

beforeAll(async () => {
  chmodSync(home, 0o711);
  central = must(await startEmbedded({ folder }));
  must(await initCentral(central.url));
  const { desks } = await clinicWithDesks(central.url, ['Front']);
  deskUrl = desks[0]?.url ?? '';
  await onCentral((client) => client.query('create table public.marks (n integer primary key)'));
  must(await backUp({ folder, file: good, passphrase }));
});
afterAll(async () => {
  await central.stop();
  rmSync(home, { recursive: true, force: true });
});

const must = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const onCentral = <T>(work: (client: pg.Client) => Promise<T>, url = central.url): Promise<T> =>
  withClient(url, work);

const codeOf = async (result: Promise<Backed<unknown>>): Promise<string> => {
  const answer = await result;
  if (answer.ok) return 'ok';
  expect(answer.error.message).not.toContain(passphrase);
  return answer.error.code;
};

/** What is left in the folder of Postgres of a try that was cut off. */
const scratches = (place: string): string[] =>
  existsSync(place) ? readdirSync(place).filter((name) => name.startsWith('new-')) : [];

const backupRows = () =>
  onCentral(async (client) => (await client.query('select * from backups order by created_at')).rows);

test('what was committed before a backup began is in it, what came meanwhile is a whole beginning, and desks bring the rest again', async () => {
  const desk = liveDesk(deskUrl);
  await desk.quiet();
  let mark = 0;
  const addMark = () => onCentral((client) => client.query('insert into marks values ($1)', [++mark]));
  for (let n = 0; n < 20; n++) await addMark();
  const before = mark;
  let isDone = false;
  const writing = (async () => {
    while (!isDone) await addMark();
  })();
  const file = join(home, 'busy.age');
  const made = must(await backUp({ folder, file, passphrase }));
  isDone = true;
  await writing;
  expect(statSync(file)).toMatchObject({ size: made.bytes });
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const id = crypto.randomUUID();
  writeChange(desk, { kind: 'registerPatient', actor: null }, (writer) =>
    writer.insert(patients, { id, firstName: 'Maria', lastName: 'After', species: null, ownerId: null }),
  );
  await desk.quiet();
  const oldEpoch = await onCentral(
    async (client) => (await client.query('select central_epoch() as e')).rows[0].e,
  );
  await desk.engine.close();

  const restoredFolder = join(home, 'restored');
  const restored = must(await restore({ folder: restoredFolder, file, passphrase }));
  expect(restored).toMatchObject({ clinics: ['Test clinic'], brokenAudits: [] });
  const again = must(await startEmbedded({ folder: restoredFolder }));
  try {
    const marks = await onCentral(
      async (client) => (await client.query('select n from marks order by n')).rows.map((row) => row.n),
      again.url,
    );
    expect(marks).toEqual(marks.map((_, place) => place + 1));
    expect(marks.length).toBeGreaterThanOrEqual(before);
    const facts = await onCentral(
      async (client) =>
        (
          await client.query(
            `select central_epoch() as epoch, (select count(*)::int from patients) as patients,
               pg_is_in_recovery() as recovering`,
          )
        ).rows[0],
      again.url,
    );
    expect(facts).toMatchObject({ patients: 0, recovering: false });
    expect(facts.epoch).not.toBe(oldEpoch);
    const url = new URL(deskUrl);
    url.port = String(again.port);
    const back = liveDesk(url.href, {}, { ...desk, dispose: () => desk.replica.close() });
    await back.quiet();
    const found = await onCentral(
      async (client) => (await client.query('select last_name from patients where id = $1', [id])).rows,
      again.url,
    );
    expect(found).toEqual([{ last_name: 'After' }]);
    await back.dispose();
  } finally {
    await again.stop();
  }
});

test('the age tool needs nothing but the passphrase: tar, gzip and age, as everybody has them', async () => {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const archive = gunzipSync(await decrypter.decrypt(new Uint8Array(readFileSync(good))));
  expect(archive.subarray(0, 13).toString()).toBe('anteroom.json');
  expect(archive.subarray(257, 262).toString()).toBe('ustar');
});

test('a backup that was tried is remembered as such, and nothing of the try is left', async () => {
  expect((await backupRows())[0]).toMatchObject({ checked_at: null, bytes: String(statSync(good).size) });
  const checked = must(await check({ folder: home, file: good, passphrase }));
  expect(checked).toMatchObject({ known: true, clinics: ['Test clinic'] });
  expect((await backupRows())[0].checked_at).toBeInstanceOf(Date);
  expect(scratches(central.place)).toEqual([]);
  const slots = await onCentral(
    async (client) => (await client.query('select from pg_replication_slots')).rowCount,
  );
  expect(slots).toBe(0);
});

test('a wrong passphrase, a damaged file, one that was cut off and one that is none are told apart, and nothing is half restored', async () => {
  const bytes = readFileSync(good);
  const target = join(home, 'never');
  const tried = (content: Uint8Array, word = passphrase) => {
    const file = join(home, 'tried.age');
    writeFileSync(file, content);
    return codeOf(restore({ folder: target, file, passphrase: word }));
  };
  const flipped = (at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  expect(await tried(bytes, 'four other words here')).toBe('wrong_passphrase');
  expect(await tried(flipped(Math.floor(bytes.length / 2)))).toBe('damaged');
  expect(await tried(bytes.subarray(0, -1))).toBe('damaged');
  expect(await tried(Buffer.from('a letter'))).toBe('not_a_backup');
  expect(await codeOf(restore({ folder: target, file: join(home, 'none.age'), passphrase }))).toBe('no_file');
  expect(existsSync(join(target, 'postgres/data'))).toBe(false);
  expect(existsSync(join(target, 'central.json'))).toBe(false);
  expect(scratches(join(target, 'postgres'))).toEqual([]);
});

test('nothing is written over: not a file, not a folder with something in it, not a running database', async () => {
  expect(await codeOf(backUp({ folder, file: good, passphrase }))).toBe('file_exists');
  expect(await codeOf(restore({ folder, file: good, passphrase }))).toBe('not_empty');
  const taken = join(home, 'taken');
  mkdirSync(taken);
  writeFileSync(join(taken, 'letter.txt'), 'mine');
  expect(await codeOf(restore({ folder: taken, file: good, passphrase }))).toBe('not_empty');
  expect(readdirSync(taken)).toEqual(['letter.txt']);
  const nowhere = { folder: taken, passphrase };
  expect(await codeOf(backUp({ ...nowhere, file: join(home, 'x.age') }))).toBe('no_database');
  expect(existsSync(join(taken, 'postgres'))).toBe(false);
  expect(await codeOf(backUp({ folder, passphrase, file: join(home, 'no/such/x.age') }))).toBe('no_file');
});

test('a backup that is killed in the middle leaves no file of its name, holds nothing up, and can be made again', async () => {
  const file = join(home, 'killed.age');
  const child = startChild('backup-child', ['backup', folder, file, passphrase]);
  await child.said((line) => Number(line) >= 5);
  await child.kill();
  expect(existsSync(file)).toBe(false);
  await until('Postgres has let go of the backup', async () =>
    onCentral(async (client) => (await client.query('select from pg_replication_slots')).rowCount === 0),
  );
  must(await backUp({ folder, file, passphrase }));
  expect(existsSync(`${file}.part`)).toBe(false);
});

test('a restore that is killed in the middle leaves an empty place, into which it can be done again', async () => {
  const target = join(home, 'killed');
  const child = startChild('backup-child', ['restore', target, good, passphrase]);
  await child.said((line) => Number(line) >= 30);
  await child.kill();
  expect(existsSync(join(target, 'postgres/data'))).toBe(false);
  must(await restore({ folder: target, file: good, passphrase }));
  expect(readdirSync(join(target, 'postgres')).sort()).toEqual(['data', 'password']);
});

test('a backup that is stopped is not there', async () => {
  const stop = new AbortController();
  const file = join(home, 'stopped.age');
  const onProgress = (percent: number) => {
    if (percent > 10) stop.abort();
  };
  expect(await codeOf(backUp({ folder, file, passphrase, onProgress, signal: stop.signal }))).toBe('stopped');
  expect(readdirSync(home).filter((name) => name.startsWith('stopped'))).toEqual([]);
});

// Needs a disk that is nearly full, and mounting a small one takes root.
test.runIf(isRoot)('a full disk is said, and leaves neither half a backup nor half a database', async () => {
  const disk = join(home, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=711', 'tmpfs', disk]);
  try {
    expect(await codeOf(backUp({ folder, file: join(disk, 'b.age'), passphrase }))).toBe('disk_full');
    expect(readdirSync(disk)).toEqual([]);
    const file = join(home, 'copy.age');
    copyFileSync(good, file);
    expect(await codeOf(restore({ folder: join(disk, 'c'), file, passphrase }))).toBe('disk_full');
    expect(readdirSync(join(disk, 'c/postgres'))).toEqual([]);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});
