import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { exportAudit } from '../../src-main/core/audit/export.ts';
import { readAudit } from '../../src-main/core/audit/read.ts';
import type { Verdict } from '../../src-main/core/audit/verify.ts';
import { verifyAudit } from '../../src-main/core/central/audit-log.ts';
import { migrateCentral } from '../../src-main/core/central/migrate.ts';
import type { Desk } from '../../src-main/core/desk.ts';
import { places } from '../../src-main/core/places.ts';
import {
  clinicWithDesks,
  freshCentral,
  serverUrl,
  type TestCentral,
  withClient,
} from '../support/central.ts';
import {
  adds,
  appointmentOf,
  type Basics,
  insertInto,
  seedBasics,
  sets,
  TestStream,
} from '../support/central-rows.ts';
import { anyone, type LoneDesk, loneDesk, temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';
import { Signer } from '../support/signer.ts';
import { addStaff } from '../support/staff.ts';

let central: TestCentral;
let owner: pg.Client;
let client: pg.Client;
let stream: TestStream;
let basics: Basics;
let deskId: string;
let lone: LoneDesk;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  lone = loneDesk();
});
afterAll(async () => {
  lone.dispose();
  await client?.end();
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front']);
  basics = await seedBasics(owner, clinic.clinicId);
  deskId = clinic.desks[0]?.deskId ?? '';
  await client?.end();
  client = new pg.Client({ connectionString: clinic.desks[0]?.url ?? '' });
  await client.connect();
  stream = new TestStream(client);
});

const ask = async (asked: object) =>
  (await client.query('select read_audit($1) as answer', [JSON.stringify(asked)])).rows[0].answer;

/** A desk that asks on the test's connection, as whoever is signed in on it. */
const asking = (): Desk => ({
  ...lone,
  askCentral: async (_session, name, args) => {
    const { rows } = await client.query(`select ${name}($1) as answer`, [JSON.stringify(args)]);
    return { ok: true, value: rows[0].answer.ok };
  },
});

test('the audit is read by an administrator who is signed in on the connection, and by nobody else of the clinic', async () => {
  // Nobody can sign in yet: whoever is at the desk may do everything.
  expect(await ask({})).toMatchObject({ ok: { entries: [] } });
  const [boss, maria] = [
    await addStaff(central.ownerUrl, basics.clinicId, { role: 'admin' }),
    await addStaff(central.ownerUrl, basics.clinicId, { role: 'receptionist' }),
  ];
  const refused = { error: 'not_allowed', details: { right: 'audit.read' } };
  expect(await ask({})).toEqual(refused);
  for (const [person, answer] of [
    [maria, refused],
    [
      boss,
      {
        ok: { entries: [{ action: 'signIn' }, { action: 'signIn' }], desks: [{ id: deskId, name: 'Front' }] },
      },
    ],
  ] as const) {
    const signer = new Signer(person, stream, deskId);
    await signer.signsIn();
    await signer.provesTo(client);
    expect(await ask({})).toMatchObject(answer);
    await client.query('select sign_out()');
  }
});

test('a page follows the other, and a filter leaves what it names, of a patient everything that is theirs', async () => {
  const [patient, other] = basics.patients;
  const at = (day: number) => ({ at: `2026-11-${day}T21:59:00.000Z` });
  const appointment = appointmentOf(basics, 0, 0, { patient_id: patient });
  await stream.push([
    stream.change([adds('appointments', appointment)], { kind: 'book', ...at(20) }),
    stream.change([sets('patients', other, { notes: 'x' }, { notes: null })], {
      kind: 'updatePatient',
      ...at(21),
    }),
    stream.change([sets('patients', patient, { notes: 'y' }, { notes: null })], {
      kind: 'updatePatient',
      ...at(22),
    }),
  ]);
  const opening = {
    id: newId(),
    action: 'openPatient',
    at: '2026-11-22T22:01:00.000Z',
    table: 'patients',
    row: patient,
  };
  await client.query('select tell_events($1)', [JSON.stringify([opening])]);

  const read = async (filter: object, below?: number, limit = 2) =>
    must(await readAudit(asking(), anyone, { filter, below, limit }));
  const kinds = async (filter: object) =>
    (await read(filter, undefined, 100)).entries.map(({ action }) => action);
  const first = await read({});
  expect(first.entries.map(({ action }) => action)).toEqual(['openPatient', 'updatePatient']);
  const second = await read({}, first.next ?? undefined);
  expect(second.entries.map(({ seq }) => seq)).toEqual([2, 1]);
  expect(second.next).toBeNull();
  expect(await kinds({ patientId: patient })).toEqual(['openPatient', 'updatePatient', 'book']);
  expect(await kinds({ kind: 'openings' })).toEqual(['openPatient']);
  expect(await kinds({ kind: 'changes', patientId: patient })).toEqual(['updatePatient', 'book']);
  expect(await kinds({ deskId: newId() })).toEqual([]);
  // The replica is empty, and days are those of UTC.
  expect(await kinds({ from: '2026-11-21', to: '2026-11-22' })).toEqual([
    'openPatient',
    'updatePatient',
    'updatePatient',
  ]);

  const csv = must(await exportAudit(asking(), anyone, { filter: {}, format: 'csv' }));
  expect(csv).toMatchObject({ entries: 4, next: null });
  expect(csv.text.split('\r\n')).toHaveLength(6);
  const jsonl = must(
    await exportAudit(asking(), anyone, { filter: { patientId: patient }, format: 'jsonl' }),
  );
  expect(
    jsonl.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).action),
  ).toEqual(['openPatient', 'updatePatient', 'book']);
});

test('without a connection the desk says so', async () => {
  expect(await readAudit(lone, anyone, { filter: {}, limit: 1 })).toMatchObject({
    error: { code: 'needs_central' },
  });
});

/** The migrations before a given one, as a folder that drizzle reads. */
const migrationsBefore = (tag: string) => {
  const folder = temporaryFolder();
  cpSync(places.centralMigrations, folder.path, { recursive: true });
  const path = join(folder.path, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { tag: string }[] };
  journal.entries = journal.entries.filter((entry) => entry.tag < tag);
  writeFileSync(path, JSON.stringify(journal));
  return folder;
};

test('what was audited before there was a chain stands in it, in its order and with its numbers', async () => {
  const url = new URL(await serverUrl());
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(url.href, (server) => server.query(`create database ${name}`));
  url.pathname = `/${name}`;
  await withClient(url.href, async (old) => {
    const older = migrationsBefore('0014');
    await migrate(drizzle(old), { migrationsFolder: older.path });
    older.remove();
    const clinics = [await clinicWithDesks(url.href, []), await clinicWithDesks(url.href, [])];
    for (const month of ['08', '09', '11', '10'])
      for (const { clinicId } of clinics) {
        const at = `2026-${month}-30T12:00:00Z`;
        await insertInto(old, clinicId)('audit_log', {
          action: month,
          after: { x: 1 },
          done_at: at,
          arrived_at: at,
        });
      }
    const ids = 'select array_agg(id order by id) as ids from audit_log where clinic_id = $1';
    const before = (await old.query(ids, [clinics[0]?.clinicId])).rows;
    expect(await migrateCentral(url.href)).toEqual({ ok: true });
    expect((await old.query(ids, [clinics[0]?.clinicId])).rows).toEqual(before);
    await insertInto(old, clinics[0]?.clinicId ?? '')('audit_log', { action: 'new', done_at: new Date() });
    const verdicts: Verdict[] = [];
    await verifyAudit(url.href, undefined, ({ verdict }) => verdicts.push(verdict));
    expect(verdicts.map((verdict) => verdict.whole && verdict.entries).sort()).toEqual([4, 5]);
    const { rows } = await old.query('select action from audit_log where clinic_id = $1 order by seq', [
      clinics[0]?.clinicId,
    ]);
    expect(rows.map(({ action }) => action)).toEqual(['08', '09', '11', '10', 'new']);
  });
  await withClient(await serverUrl(), (server) => server.query(`drop database ${name} with (force)`));
});
