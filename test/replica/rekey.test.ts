import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPatient } from '../../src-main/core/patients/find.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { writeSetting } from '../../src-main/core/replica/desk-settings.ts';
import { readFormerKeys } from '../../src-main/core/replica/former-keys.ts';
import { Replica } from '../../src-main/core/replica/open.ts';
import { opensWith, rekey } from '../../src-main/core/replica/rekey.ts';
import { replicatedTables } from '../../src-main/core/replica/tables.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

/** Every table's rows, but for the settings, which get the former key. */
const everything = ({ statement }: Pick<Replica, 'statement'>): unknown =>
  Object.fromEntries(
    [...replicatedTables.keys(), ...own].map((table) => [
      table,
      statement(`select * from ${table}`)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
const own = ['desk_state', 'outbox', 'outbox_rows', 'base', 'acknowledged', 'refusals', 'undone'];
const rows = () => everything({ statement: (sql) => desk.replica.statement(sql) });

const setCity = (city: string) =>
  must(updatePatient(desk, receptionist, { patientId: ids.maria, set: { city }, confirmContact: false }));

test('a replica under a new key holds every row as before, waiting changes and settings included', async () => {
  setCity('Volos');
  must(
    registerPatient(desk, receptionist, {
      firstName: 'Eleni',
      lastName: 'Nova',
      phone: '2101234567',
      saveAnyway: false,
    }),
  );
  writeSetting(desk.replica, 'anything', { kept: true });
  const before = rows();
  const [old, fresh] = [desk.replica.key, randomBytes(32)];
  await rekey(desk.replica, fresh);
  expect(rows()).toEqual(before);
  expect(desk.replica.key).toEqual(fresh);
  expect(readFormerKeys(desk.replica)).toEqual([old]);
  expect(desk.replica.statement('select count(*) from outbox').pluck().get()).toBe(2);
});

test('the key before opens nothing any more, and nothing of the old file is left beside the new one', async () => {
  const [old, fresh] = [desk.replica.key, randomBytes(32)];
  await rekey(desk.replica, fresh);
  desk.replica.close();
  const { file } = desk.replica;
  expect(readdirSync(dirname(file))).toEqual(['replica.db']);
  expect([opensWith(file, old), opensWith(file, fresh)]).toEqual([false, true]);
  const bytes = readFileSync(file);
  for (const key of [old, fresh]) {
    expect(bytes.includes(key)).toBe(false);
    expect(bytes.includes(key.toString('hex'))).toBe(false);
  }
  const again = new Replica({ file, key: fresh, newId: () => desk.newId() });
  expect(again.db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(again.db.pragma('freelist_count', { simple: true })).toBe(0);
  again.close();
});

test('what is written while the copy is made is in it, on rows that changed before and on others', async () => {
  setCity('Volos');
  const changing = rekey(desk.replica, randomBytes(32));
  setCity('Larisa');
  must(
    registerPatient(desk, receptionist, {
      firstName: 'Later',
      lastName: 'One',
      phone: '2101234567',
      saveAnyway: false,
    }),
  );
  const during = rows();
  await changing;
  expect(rows()).toEqual(during);
  setCity('Patra');
  expect(must(findPatient(desk, receptionist, { text: 'later one', limit: 5 })).length).toBe(1);
  const city = desk.replica.statement('select city from patients where id = ?').pluck().get(ids.maria);
  expect(city).toBe('Patra');
});

test('a change of the key that comes to nothing leaves the file under the key that it had', async () => {
  const { key, file, rebuildFile } = desk.replica;
  await expect(
    rekey(desk.replica, randomBytes(32), new URL('file:///nowhere/rekey-worker.ts')),
  ).rejects.toThrow();
  expect(desk.replica.key).toEqual(key);
  expect(opensWith(file, key)).toBe(true);
  expect(existsSync(join(dirname(file), rebuildFile))).toBe(false);
  setCity('Volos');
});
