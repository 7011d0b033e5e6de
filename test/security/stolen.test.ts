import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { opensWith, rekey } from '../../src-main/core/replica/rekey.ts';
import { asidePath, isAnySetAside, setAside } from '../../src-main/core/replica/set-aside.ts';
import { FileStore } from '../../src-main/core/store/file-store.ts';
import { type ClinicDesk, clinicDesk, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

const names = ['Ξανθίππη', 'Zwiebelkuchen', 'ξανθιππη', 'zwiebelkuchen'];
const phone = '6974123987';
const letter = `Dear ${names[0]}, your results are in.`;

let desk: ClinicDesk;
let folder: string;
let store: FileStore;
let sha256: string;
/** A desk in the middle of its day: a file, a log that is not in it yet, a copy put aside, a stored letter. */
beforeAll(async () => {
  desk = clinicDesk();
  const { file, key } = desk.replica;
  folder = dirname(file);
  const register = (lastName: string) =>
    must(
      registerPatient(desk, receptionist, { firstName: names[0] ?? '', lastName, phone, saveAnyway: true }),
    );
  register(names[1] ?? '');
  desk.replica.checkpoint();
  cpSync(file, `${file}-copy`);
  setAside(`${file}-copy`, asidePath(`${file}-copy`, desk.now()));
  for (let at = 0; at < 50; at += 1) register(`${names[1]} ${at}`);
  store = new FileStore(join(folder, 'files'), key);
  sha256 = await store.put(Buffer.from(letter.repeat(500)));
});
afterAll(() => desk.dispose());

/** Every file that a thief finds in the desk's folder, by its path. */
const loot = (): { path: string; bytes: Buffer }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, bytes: readFileSync(path) };
    });

const spelled = (text: string): Buffer[] => [
  Buffer.from(text, 'utf8'),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
];

test('a stolen folder shows no name, no phone and no letter, in no spelling of Unicode', () => {
  const found = loot();
  const kinds = ['replica.db', 'replica.db-wal', 'set-aside', 'files/'];
  for (const kind of kinds)
    expect(
      found.some(({ path }) => path.includes(kind)),
      kind,
    ).toBe(true);
  expect(readFileSync(`${desk.replica.file}-wal`).length).toBeGreaterThan(100_000);
  for (const text of [...names, phone, 'your results', 'CREATE TABLE', 'SQLite format 3'])
    for (const bytes of spelled(text))
      expect(found.filter((file) => file.bytes.includes(bytes)).map(({ path }) => path)).toEqual([]);
});

test('the key lies in no file of the folder, in no form', () => {
  const { key } = desk.replica;
  for (const form of [key, key.toString('hex'), key.toString('base64'), key.toString('base64url')])
    expect(loot().filter(({ bytes }) => bytes.includes(form))).toEqual([]);
});

test('another key opens nothing', async () => {
  const other = randomBytes(32);
  for (const { path } of loot().filter((file) => /\.db(-copy.*)?$/.test(file.path)))
    expect(opensWith(path, other), path).toBe(false);
  expect(await new FileStore(join(folder, 'files'), other).read(sha256)).toEqual({ state: 'damaged' });
});

test('after a change of the key the one before opens nothing that is in use, and the stored letter is still read', async () => {
  const [old, fresh] = [desk.replica.key, randomBytes(32)];
  await rekey(desk.replica, fresh);
  store.changeKey(fresh);
  expect(await store.read(sha256)).toMatchObject({ state: 'here' });
  await store.renew();
  expect(opensWith(desk.replica.file, old)).toBe(false);
  expect(await new FileStore(join(folder, 'files'), old).read(sha256)).toEqual({ state: 'damaged' });
  expect(await new FileStore(join(folder, 'files'), fresh).read(sha256)).toMatchObject({ state: 'here' });
  expect(isAnySetAside(`${desk.replica.file}-copy`)).toBe(true);
  for (const text of names)
    for (const bytes of spelled(text))
      expect(loot().filter((file) => file.bytes.includes(bytes))).toEqual([]);
});
