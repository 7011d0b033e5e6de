import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keptFrom } from '../../src-main/core/audit/keep.ts';
import { type ExportedEntry, headOf, linesOf } from '../../src-main/core/audit/lines.ts';
import type { Verdict } from '../../src-main/core/audit/verify.ts';
import type { AdminResult } from '../../src-main/core/central/admin.ts';
import { dropAuditLog, exportAuditLog, verifyAudit } from '../../src-main/core/central/audit-log.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../support/central.ts';
import { type Basics, insertInto, seedBasics, sets, TestStream } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let urls: string[];

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front', 'Back', 'Side', 'Top']);
  urls = clinic.desks.map(({ url }) => url);
  basics = await seedBasics(owner, clinic.clinicId);
});

const verify = async (clinicId = basics.clinicId): Promise<Verdict | undefined> => {
  let verdict: Verdict | undefined;
  settle(await verifyAudit(central.ownerUrl, clinicId, (verified) => (verdict = verified.verdict)));
  return verdict;
};

const settle = <T>(result: AdminResult<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const opening = (patientId: string, at = '2026-11-24T08:00:00.000Z') => ({
  id: newId(),
  action: 'openPatient',
  actor: null,
  at,
  session: null,
  proof: null,
  table: 'patients',
  row: patientId,
  details_text: null,
});

test('a desk with raw SQL cannot write, change, take off or even see the log, whole or in its parts', async () => {
  const { rows: parts } = await owner.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_log'::regclass`,
  );
  expect(parts.length).toBeGreaterThan(3);
  await withClient(urls[0] ?? '', async (desk) => {
    for (const table of ['audit_log', 'audit_heads', 'told_events', ...parts.map(({ name }) => name)])
      for (const sql of [
        `select from ${table}`,
        `insert into ${table} default values`,
        `update ${table} set clinic_id = clinic_id`,
        `delete from ${table}`,
        `truncate ${table}`,
        `drop table ${table}`,
        `alter table audit_log detach partition ${table}`,
        `alter table ${table} disable trigger all`,
        `select drop_audit('2030-01-01')`,
        'select make_audit_months()',
      ])
        await expect(desk.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  });
});

test('the owner does not change, delete or empty it by mistake either, in no part of it', async () => {
  await insertInto(owner, basics.clinicId)('audit_log', { action: 'test', done_at: new Date() });
  for (const table of ['audit_log', `audit_log_${new Date().toISOString().slice(0, 7).replace('-', '_')}`])
    for (const sql of [`update ${table} set action = 'x'`, `delete from ${table}`, `truncate ${table}`])
      await expect(owner.query(sql), sql).rejects.toMatchObject({ code: 'PA004' });
});

test('eight writers at four desks at once leave one whole chain for each of two clinics', async () => {
  const other = await clinicWithDesks(central.ownerUrl, ['Front', 'Back']);
  const theirs = await seedBasics(owner, other.clinicId);
  const write = (url: string, patientId: string) =>
    withClient(url, async (client) => {
      const stream = new TestStream(client);
      for (let n = 0; n < 10; n += 1) {
        const change = stream.change([
          {
            table: 'recalls',
            id: newId(),
            insert: { patient_id: patientId, due_on: '2026-12-01', reason: 'x' },
          },
        ]);
        await stream.push([change]);
        await client.query('select tell_events($1)', [JSON.stringify([opening(patientId)])]);
      }
    });
  await Promise.all([
    ...[...urls, ...urls].map((url) => write(url, basics.patients[0])),
    ...other.desks.map(({ url }) => write(url, theirs.patients[0])),
  ]);
  expect(await verify()).toMatchObject({ whole: true, entries: 160 });
  expect(await verify(other.clinicId)).toMatchObject({ whole: true, entries: 40 });
});

test('erasing a person takes what the log says of them, and the chain stays whole', async () => {
  const [patient] = basics.patients;
  await withClient(urls[0] ?? '', async (client) => {
    const stream = new TestStream(client);
    const notes = (set: string, was: string | null) =>
      stream.change([sets('patients', patient, { notes: set }, { notes: was })]);
    await stream.push([notes('fears needles', null), notes('is called Vermilion', 'fears needles')]);
    await client.query('select tell_events($1)', [JSON.stringify([opening(patient)])]);
    const gone = { erased_at: '2026-11-24T09:00:00.000Z' };
    const reply = await stream.push([stream.change([sets('patients', patient, gone, { erased_at: null })])]);
    expect(reply.outcomes[0]?.outcome).toBe('applied');
  });
  const { rows } = await owner.query(
    `select action, erased_at is not null as erased from audit_log
     where clinic_id = $1 order by seq`,
    [basics.clinicId],
  );
  expect(rows).toEqual([
    { action: 'test', erased: true },
    { action: 'test', erased: true },
    { action: 'openPatient', erased: false },
    { action: 'redactHistory', erased: false },
    { action: 'test', erased: false },
  ]);
  const text = JSON.stringify((await owner.query('select * from audit_log')).rows);
  expect(text).not.toMatch(/needles|Vermilion/);
  expect(await verify()).toMatchObject({ whole: true, entries: 5 });
  // What an erasure left is part of the chain too.
  await owner.query('begin; set local session_replication_role = replica');
  await owner.query(
    `update audit_log set after = '{"notes": "was never ill"}' where clinic_id = $1 and seq = 2`,
    [basics.clinicId],
  );
  await owner.query('commit');
  expect(await verify()).toEqual({ whole: false, seq: 2, kind: 'redacted' });
});

const enter = (arrivedAt: string, action = 'test') =>
  insertInto(owner, basics.clinicId)('audit_log', { action, done_at: arrivedAt, arrived_at: arrivedAt });

test('entries go into the part of their month, the months ahead are made before they come, and none is lost', async () => {
  const partOf = async (action: string) =>
    (
      await owner.query(
        'select tableoid::regclass::text as part from audit_log where clinic_id = $1 and action = $2',
        [basics.clinicId, action],
      )
    ).rows[0].part;
  const month = (ahead: number) => {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)).toISOString();
  };
  const nameOf = (iso: string) => `audit_log_${iso.slice(0, 7).replace('-', '_')}`;
  const [last, first] = [new Date(Date.parse(month(1)) - 1).toISOString(), month(1)];
  await enter(last, 'last');
  await enter(first, 'first');
  await enter(month(40), 'far');
  expect(await partOf('last')).toBe(nameOf(last));
  expect(await partOf('first')).toBe(nameOf(first));
  expect(await partOf('far')).toBe('audit_log_rest');
  expect(await verify()).toMatchObject({ whole: true, entries: 3 });
  // Two pushes at once find the months gone that come next.
  await owner.query(`drop table ${nameOf(month(2))}; drop table ${nameOf(month(3))}`);
  await Promise.all(urls.map((url) => withClient(url, (client) => new TestStream(client).push([]))));
  const { rows } = await owner.query('select to_regclass($1) as two, to_regclass($2) as three', [
    nameOf(month(2)),
    nameOf(month(3)),
  ]);
  expect(rows).toEqual([{ two: nameOf(month(2)), three: nameOf(month(3)) }]);
});

test('six years stay; what is older is dropped by month, and the chain is verified from there on', async () => {
  expect(keptFrom('2026-11-24T08:00:00.000Z', 6)).toBe('2020-11');
  await owner.query(`select make_audit_month('2019-12-01'), make_audit_month('2020-01-01')`);
  for (const at of ['2019-12-30', '2019-12-31', '2020-01-01', '2020-02-01']) await enter(`${at}T12:00:00Z`);
  expect(settle(await dropAuditLog(central.ownerUrl, '2020-01'))).toContainEqual({
    clinicId: basics.clinicId,
    entries: 2,
    seq: 2,
  });
  expect(await verify()).toMatchObject({ whole: true, entries: 3, last: { seq: 5 } });
  const { rows } = await owner.query(
    `select to_regclass('audit_log_2019_12') as gone, to_regclass('audit_log_2020_01')::text as there`,
  );
  expect(rows).toEqual([{ gone: null, there: 'audit_log_2020_01' }]);
  // A drop that no entry stands for is a removal.
  await owner.query('drop table audit_log_2020_01');
  expect(await verify()).toEqual({ whole: false, seq: 3, kind: 'removed' });
});

test('an export has every entry of the days asked for, and a spreadsheet runs nothing of it', async () => {
  await enter('2026-11-23T21:59:00Z', 'the day before, in Athens');
  await enter('2026-11-23T22:01:00Z', '=HYPERLINK("x")');
  await enter('2026-11-24T10:00:00Z', 'line\nbreak, "quoted"');
  const exported: ExportedEntry[] = [];
  const range = { clinicId: basics.clinicId, from: '2026-11-24', to: '2026-11-24' };
  settle(
    await exportAuditLog(central.ownerUrl, range, async (entries) => {
      exported.push(...entries);
    }),
  );
  expect(exported.map(({ action }) => action)).toEqual(['=HYPERLINK("x")', 'line\nbreak, "quoted"']);
  const csv = parse(headOf('csv') + linesOf('csv', exported), {
    columns: true,
    record_delimiter: '\r\n',
  }) as Record<string, string>[];
  expect(csv.map(({ action }) => action)).toEqual([`'=HYPERLINK("x")`, 'line\nbreak, "quoted"']);
  expect(csv[0]?.['done_at']).toBe('2026-11-23T22:01:00.000Z');
  const lines = linesOf('jsonl', exported).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(exported);
});
