import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import type { TextDatabase, TextRow } from '../../../src-main/core/foreign-rows.ts';
import { readFindings } from '../../../src-main/core/integrations/import/findings.ts';
import { openMysqlDump } from '../../../src-main/core/integrations/import/mysql/dump.ts';
import { openMysqlServer } from '../../../src-main/core/integrations/import/mysql/server.ts';
import { outsideId } from '../../../src-main/core/integrations/outside-id.ts';
import { exportMessages } from '../../../src-main/core/messages/export.ts';
import { withClient } from '../../support/central.ts';
import { anyone, temporaryFolder } from '../../support/desk.ts';
import { begin, type ImportClinic, importClinic, over, tally } from '../../support/import-desk.ts';
import { startMariadb, type TestMariadb } from '../../support/mariadb.ts';
import { must } from '../../support/must.ts';
import { BCRYPT, fillMysqlClinic, HARD_TEXT, messageLines } from './mysql-fixture.ts';
import { clinicDdl } from './mysql-schema.ts';

const folder = temporaryFolder();
let server: TestMariadb | undefined;
let without = '';
/** One clinic takes the dump, the other one asks the server. */
let dumped: ImportClinic;
let served: ImportClinic;
let namespace = '';

beforeAll(async () => {
  const mariadb = await startMariadb();
  if (!mariadb.ok) {
    without = mariadb.why;
    return;
  }
  server = mariadb.server;
  await fillMysqlClinic(server, 'clinic');
  await server.run(null, `CREATE USER reader IDENTIFIED BY 'p@ss/w'; GRANT SELECT ON clinic.* TO reader`);
  [dumped, served] = await Promise.all([importClinic(), importClinic()]);
}, 240_000);
afterAll(async () => {
  await dumped?.drop();
  await served?.drop();
  await server?.stop();
  folder.remove();
});

/** The server; a test is skipped, and says why, where this machine has none. */
const mariadb = (context: TestContext): TestMariadb => server ?? context.skip(without);
const reader = { user: 'reader', password: 'p@ss/w' };

const dumpFile = (name: string, bytes: Buffer | string): string => {
  const file = join(folder.path, name);
  writeFileSync(file, bytes);
  return file;
};

const taken = async ({ imports }: ImportClinic, source: Parameters<typeof begin>[1]) => {
  const { id } = await begin(imports, source);
  return over(imports, id);
};

const tables = [
  'clinic_locations',
  'doctors',
  'patients',
  'doctor_time_slots',
  'appointments',
  'payments',
  'prescriptions',
  'messages',
];
const passing = new Set(['rev', 'created_at', 'updated_at', 'user_id']);

/** The rows of a desk, without what each desk and central stamp themselves. */
const rowsOf = ({ desk: { replica } }: ImportClinic, table: string) =>
  (replica.statement(`select * from ${table} order by id`).all() as Record<string, unknown>[]).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !passing.has(column))),
  );

const ours = (table: string, id: number | string) => outsideId('import', namespace, table, String(id));

const tallied = {
  clinic_locations: '2/2/0/0',
  doctors: '3/3/0/0',
  patients: '3/3/0/0',
  doctor_time_slots: '9/8/0/1',
  appointments: '8/4/0/4',
  payments: '6/5/0/1',
  prescriptions: '2/1/0/1',
  admins: '2/2/0/0',
  doctor_accounts: '3/2/0/1',
};

describe('the MySQL clinic', () => {
  test('comes in from a dump, and what breaks a rule is listed with its reason', async (context) => {
    const file = dumpFile('clinic.sql', await mariadb(context).dump('clinic', '--triggers', '--routines'));
    const run = await taken(dumped, { from: 'mysql_dump', file });
    expect([run.status, run.error]).toEqual(['completed', null]);
    namespace = run.namespace;
    expect(tally(run)).toEqual(tallied);
    const { findings } = readFindings(dumped.desk.replica, run.id, { limit: 500 });
    expect(
      findings.map(({ table, sourceId, reason, leftOut }) => [table, sourceId, reason, leftOut]).sort(),
    ).toEqual(
      [
        ['appointments', '126', 'overlap', true],
        ['appointments', '128', 'unknown_doctor', true],
        ['appointments', '129', 'unknown_patient', true],
        ['appointments', '130', 'missing_value', true],
        ['clinic_locations', '4', 'bad_zone', false],
        ['doctor_accounts', '43', 'password_unknown', false],
        ['doctor_accounts', '44', 'not_taken', true],
        ['doctor_time_slots', '9', 'unknown_doctor', true],
        ['payments', '5', 'too_much', true],
        ['prescriptions', '2', 'unknown_appointment', true],
      ].sort(),
    );
  });

  test('comes in from a server as it does from its dump, row for row', async (context) => {
    const run = await taken(served, { from: 'mysql_server', url: mariadb(context).url('clinic', reader) });
    expect([run.status, run.namespace, tally(run)]).toEqual(['completed', namespace, tallied]);
    for (const table of tables) expect(rowsOf(served, table), table).toEqual(rowsOf(dumped, table));
  });

  test.each([
    ['packed, each row and column by itself', ['--complete-insert', '--skip-extended-insert'], gzipSync],
    [
      'without its own time zone, tables or comments',
      ['--skip-tz-utc', '--compact', '--hex-blob'],
      Buffer.from,
    ],
    [
      'in the words of another server',
      ['--compatible=ansi', '--default-character-set=utf8mb4', '--replace', '--skip-quote-names'],
      Buffer.from,
    ],
  ] as const)('makes no row twice when it comes again, %s', async (_name, options, written, ...rest) => {
    const context = rest.at(-1) as unknown as TestContext;
    const dump = await mariadb(context).dump('clinic', ...options);
    const file = dumpFile('again.sql', written(dump));
    const before = tables.map((table) => rowsOf(dumped, table));
    const run = await taken(dumped, { from: 'mysql_dump', file });
    expect([run.status, run.namespace]).toEqual(['completed', namespace]);
    expect(Object.values(tally(run)).map((one) => one.split('/')[1])).toEqual(Array(9).fill('0'));
    expect(readFindings(dumped.desk.replica, run.id, { limit: 500, reason: 'differs' }).findings).toEqual([]);
    expect(tables.map((table) => rowsOf(dumped, table))).toEqual(before);
  });

  test('keeps texts, times and words as they were', async (context) => {
    mariadb(context);
    const [doctor, , gone] = ['42', '43', '44'].map((id) =>
      rowsOf(dumped, 'doctors').find((row) => row['id'] === ours('doctors', id)),
    );
    expect(doctor).toMatchObject({
      first_name: 'Αλίκη',
      bio: HARD_TEXT,
      location_id: ours('clinic_locations', 3),
    });
    // 12:00 by the server's clock, which is that of Athens.
    expect(gone).toMatchObject({ is_active: 0, deleted_at: Date.parse('2025-03-01T10:00:00Z') });
    const visits = rowsOf(dumped, 'appointments');
    expect(visits.find((row) => row['id'] === ours('appointments', 123))).toMatchObject({
      slot_id: ours('doctor_time_slots', 1),
      patient_id: ours('patients', 501),
      scheduled_at: Date.parse('2025-10-04T06:00:00Z'),
      ends_at: Date.parse('2025-10-04T07:00:00Z'),
      status: 'completed',
      origin: 'import',
      notes: HARD_TEXT,
    });
    expect(visits.find((row) => row['id'] === ours('appointments', 124))).toMatchObject({
      status: 'cancelled',
      cancelled_at: Date.parse('2025-10-03T09:00:00Z'),
    });
    expect(rowsOf(dumped, 'clinic_locations').map((row) => row['timezone'])).toEqual([
      'Europe/Athens',
      'Europe/Athens',
    ]);
  });

  test('has its money in the books: what was paid, and what went back as a row of its own', async (context) => {
    mariadb(context);
    const { rows } = await withClient(dumped.central.ownerUrl, (owner) =>
      owner.query(
        `select kind, status, amount_cents as cents, business_day::text as day, receipt_number is not null as numbered,
           refunds_payment_id is not null as names from payments order by amount_cents, kind, status`,
      ),
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['payment', 'paid', 700, '2025-10-06', true, false],
      ['payment', 'paid', 1000, '2025-10-04', true, false],
      ['refund', 'refunded', 1000, '2025-10-05', true, true],
      ['payment', 'failed', 2000, null, false, false],
      ['payment', 'pending', 2000, null, false, false],
      ['payment', 'paid', 4550, '2025-10-04', true, false],
    ]);
  });

  test('brings the accounts of its staff, and no password that nobody could check', async (context) => {
    mariadb(context);
    const { rows } = await withClient(dumped.central.ownerUrl, (owner) =>
      owner.query(
        `select u.email, u.username, u.role, u.hashed_password as word, u.deleted_at is not null as gone,
           d.first_name as doctor from users u left join doctors d on d.user_id = u.id
         where u.email like '%@clinic.example' order by u.email`,
      ),
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['alice@clinic.example', null, 'doctor', BCRYPT, false, 'Αλίκη'],
      ['bob@clinic.example', null, 'doctor', '!', false, 'Bob'],
      ['boss@clinic.example', 'boss', 'admin', BCRYPT, false, null],
      ['former@clinic.example', 'former', 'admin', BCRYPT, true, null],
    ]);
  });
});

describe('a clinic of more rows than are asked for at once', () => {
  test('is read whole, each row once, and from any row on', async (context) => {
    const { run, dump, url } = mariadb(context);
    await run(null, 'CREATE DATABASE many DEFAULT CHARACTER SET utf8mb4');
    await run('many', clinicDdl);
    await run(
      'many',
      `INSERT INTO patients (id, first_name, last_name, email)
       SELECT seq * 3, 'Anna', concat('Number ', seq), concat(seq, '@mail.example') FROM seq_1_to_1700`,
    );
    const file = dumpFile('many.sql.gz', gzipSync(await dump('many')));
    const server = await openMysqlServer(url('many'), new AbortController().signal);
    if (!server.ok) throw new Error(server.error);
    const selection = { table: 'patients', key: 'id', columns: ['id', 'last_name'] };
    const read = async (database: TextDatabase, after: string | null) => {
      const rows: TextRow[] = [];
      for await (const piece of database.read(selection, after)) rows.push(...piece);
      return rows;
    };
    const all = Array.from({ length: 1700 }, (_, at) => ({
      id: String(at * 3 + 3),
      last_name: `Number ${at + 1}`,
    }));
    for (const database of [server.value, await openMysqlDump(file, 'many', 'UTC')]) {
      expect(await database.count('patients')).toBe(1700);
      expect(await read(database, null)).toEqual(all);
      expect(await read(database, '1500')).toEqual(all.slice(500));
      await database.close();
    }
  });
});

describe('its messages', () => {
  const file = () => dumpFile('messages.json', gzipSync(messageLines.join('\n')));

  test('find the rows that they are about, and go out as they came in', async (context) => {
    mariadb(context);
    const run = await taken(dumped, { from: 'messages', file: file() });
    expect([run.status, run.namespace, tally(run)]).toEqual([
      'completed',
      namespace,
      { messages: '5/3/0/2' },
    ]);
    const links = rowsOf(dumped, 'messages').map((row) => [
      row['appointment_id'],
      row['doctor_id'],
      row['patient_id'],
    ]);
    expect(links).toHaveLength(3);
    expect(links).toContainEqual([ours('appointments', 123), ours('doctors', 42), ours('patients', 501)]);
    expect(links).toContainEqual([ours('appointments', 123), null, ours('patients', 501)]);
    expect(links).toContainEqual([null, null, null]);
    const { lines } = must(exportMessages(dumped.desk, anyone, { limit: 100 }));
    expect([...lines].sort()).toEqual([messageLines[0], messageLines[1], messageLines[3]].sort());
    expect(
      readFindings(dumped.desk.replica, run.id, { limit: 10 }).findings.map(({ sourceId, reason }) => [
        sourceId,
        reason,
      ]),
    ).toEqual([
      ['5', 'bad_row'],
      ['6', 'bad_row'],
    ]);
  });

  test('are there once when they come twice', async (context) => {
    mariadb(context);
    expect(tally(await taken(dumped, { from: 'messages', file: file() }))).toEqual({ messages: '5/0/3/2' });
  });
});

describe('what cannot be read is told before anything is taken', () => {
  const fault = async (source: Parameters<typeof begin>[1]) => {
    const shown = await dumped.imports.preview(anyone, { source });
    return shown.ok ? null : shown.error.details;
  };

  test('a server that refuses the login, or has no such database', async (context) => {
    const { url } = mariadb(context);
    const from = 'mysql_server';
    const wrong = url('clinic', { ...reader, password: 'canary' });
    expect(await fault({ from, url: wrong })).toMatchObject({ code: 'refused_login' });
    expect(await fault({ from, url: url('nowhere') })).toMatchObject({ code: 'no_such_database' });
    expect(await fault({ from, url: 'mysql://root@127.0.0.1:1/clinic' })).toMatchObject({
      code: 'cannot_connect',
    });
    expect(await fault({ from, url: url('mysql') })).toEqual({
      code: 'not_this_kind',
      where: 'clinic_locations',
    });
  });

  test('a dump that ends in the middle, is packed and damaged, or has not the tables', async (context) => {
    const dump = await mariadb(context).dump('clinic');
    const from = 'mysql_dump';
    const code = async (bytes: Buffer) => (await fault({ from, file: dumpFile('bad.sql', bytes) }))?.['code'];
    const text = dump.toString();
    expect(await code(Buffer.from(text.slice(0, text.indexOf('(502,') + 20)))).toBe('damaged');
    expect(await code(Buffer.from(text.slice(0, text.indexOf('-- Dump completed'))))).toBe('damaged');
    expect(await code(gzipSync(dump).subarray(0, 500))).toBe('damaged');
    expect(await code(Buffer.from(text.replace('CREATE TABLE `payments`', 'CREATE TABLE `paid`')))).toBe(
      'not_this_kind',
    );
    expect(await code(Buffer.from('id,first_name\n1,Anna\n'))).toBe('not_this_kind');
    expect(await code(Buffer.from(text.replaceAll('NAMES utf8mb4', 'NAMES sjis')))).toBe('wrong_encoding');
    expect(await fault({ from, file: join(folder.path, 'none.sql') })).toMatchObject({
      code: 'file_missing',
    });
  });

  test('a file of messages that is none', async (context) => {
    mariadb(context);
    const file = dumpFile('list.json', '[{"a":1}]');
    expect(await fault({ from: 'messages', file })).toEqual({ code: 'not_this_kind', where: 'messages' });
  });
});
