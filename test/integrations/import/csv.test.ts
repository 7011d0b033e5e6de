import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CsvKind, ImportSource } from '../../../src-main/contract/imports.ts';
import { importHandlers } from '../../../src-main/core/integrations/import/import-calls.ts';
import type { Imports } from '../../../src-main/core/integrations/import/imports.ts';
import { type ClinicDesk, clinicDesk, ids } from '../../support/clinic.ts';
import { anyone, temporaryFolder } from '../../support/desk.ts';
import { allRead, begin, importsOffline } from '../../support/import-desk.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

let desk: ClinicDesk;
let imports: Imports;
beforeEach(() => {
  desk = clinicDesk();
  imports = importsOffline(desk);
});
afterEach(async () => {
  await imports.close();
  desk.dispose();
});

/** Greek as Greek Windows writes it: one byte to a letter. */
const inWindows1253 = (text: string): Buffer => {
  const letters = new Map(
    Array.from({ length: 128 }, (_, n) => {
      const byte = n + 128;
      return [new TextDecoder('windows-1253').decode(Uint8Array.of(byte)), byte] as const;
    }),
  );
  return Buffer.from([...text].map((letter) => letters.get(letter) ?? letter.charCodeAt(0)));
};

let files = 0;
const fileOf = (content: string | Buffer): string => {
  files += 1;
  const file = join(folder.path, `list-${files}.csv`);
  writeFileSync(file, content);
  return file;
};
const csv = (kind: CsvKind, content: string | Buffer, more: Partial<ImportSource> = {}): ImportSource =>
  ({ from: 'csv', kind, file: fileOf(content), ...more }) as ImportSource;

const run = async (source: ImportSource, lines: number) => {
  const { id } = await begin(imports, source);
  const kind = source.from === 'csv' ? source.kind : '';
  const done = await allRead(imports, id, kind, lines);
  await imports.pause(id);
  const calls = importHandlers(desk, imports);
  const told = calls.importFindings(anyone, { id, limit: 100 });
  return {
    id,
    counts: done.counts[0],
    findings: told.ok
      ? told.value.findings.map(({ sourceId, reason, leftOut }) => [sourceId, reason, leftOut])
      : [],
    calls,
  };
};

const rowsOf = (sql: string) => desk.replica.statement(sql).all() as Record<string, unknown>[];

describe('a list of patients', () => {
  const GREEK = [
    'Κωδικός;Επώνυμο;Όνομα;Τηλέφωνο;Ημερομηνία Γέννησης;Φύλο;e-mail;Σημειώσεις',
    '1;Παπαδόπουλος;Γεώργιος;697 111 2233;5/3/1960;Άνδρας;g@home.example;"Αλλεργία; πενικιλίνη"',
    '2;Ελευθερίου;Άννα;;31/12/1999;Γυναίκα;g@home.example;',
    '3;Νικολάου;;;;;;',
    '4;Σταύρου;Πέτρος;;99/99/1999;ξ;όχι;',
    '5;Ραφαήλ;Ιωάννης;;;;;;;κι άλλο',
  ].join('\r\n');

  test.each([
    ['UTF-8', Buffer.from(GREEK)],
    ['UTF-8 with a mark, as Excel saves it', Buffer.from(`\ufeff${GREEK}`)],
    ['UTF-16', Buffer.from(`\ufeff${GREEK}`, 'utf16le')],
    ['the Greek code page of Windows', inWindows1253(GREEK)],
  ])('comes in whole from %s', async (_name, bytes) => {
    const preview = await imports.preview(anyone, { source: csv('patients', bytes) });
    expect(preview).toMatchObject({ ok: true, value: { csv: { delimiter: ';', dayOrder: 'dmy' } } });
    expect(preview.ok && preview.value.csv?.columns.map(({ field }) => field)).toEqual([
      'id',
      'last_name',
      'first_name',
      'phone',
      'date_of_birth',
      'gender',
      'email',
      'notes',
    ]);
    const { counts, findings } = await run(csv('patients', bytes), 5);
    expect(counts).toMatchObject({ read: 5, taken: 3, leftOut: 2 });
    expect(findings).toEqual([
      ['3', 'email_in_use', false],
      ['4', 'missing_value', true],
      ['5', 'not_a_date', false],
      ['5', 'value_unknown', false],
      ['6', 'bad_row', true],
    ]);
    expect(
      rowsOf(`select last_name, first_name, date_of_birth, gender, email, notes from patients
        where last_name in ('Παπαδόπουλος', 'Ελευθερίου', 'Σταύρου') and rev = 0 order by date_of_birth`),
    ).toEqual([
      expect.objectContaining({ last_name: 'Σταύρου', date_of_birth: null, gender: null, email: null }),
      {
        last_name: 'Παπαδόπουλος',
        first_name: 'Γεώργιος',
        date_of_birth: '1960-03-05',
        gender: 'male',
        email: 'g@home.example',
        notes: 'Αλλεργία; πενικιλίνη',
      },
      expect.objectContaining({ last_name: 'Ελευθερίου', date_of_birth: '1999-12-31', email: null }),
    ]);
  });

  test('read twice, in another order and without ids, makes nobody twice', async () => {
    const lines = ['Name,Phone', 'Anna Nikolaou,6970000001', 'Petros Stavrou,6970000002'];
    await run(csv('patients', lines.join('\n')), 2);
    const again = await run(csv('patients', [lines[0], lines[2], lines[1]].join('\n')), 2);
    expect(again.counts).toMatchObject({ taken: 0, known: 2 });
    expect(again.findings).toEqual([]);
  });

  test('tells where somebody here says something else than the list, and leaves them so', async () => {
    await run(csv('patients', 'id,name,city\n7,Anna Nikolaou,Patras\n'), 1);
    const again = await run(csv('patients', 'id,name,city\n7,Anna Nikolaou,Volos\n'), 1);
    expect(again.findings).toEqual([['2', 'differs', false]]);
    expect(rowsOf(`select city from patients where last_name = 'Nikolaou'`)).toEqual([{ city: 'Patras' }]);
  });

  test('gives its findings as lines that no spreadsheet runs', async () => {
    const { id, calls } = await run(csv('patients', 'id,first name,last name,gender\n1,A,B,=1+1\n'), 1);
    const told = calls.exportFindings(anyone, { id, limit: 10 });
    expect(told).toMatchObject({ ok: true, value: { rows: 1, next: null } });
    expect(told.ok && told.value.text.split('\r\n')).toEqual([
      'table,row,reason,left_out,details',
      'patients,2,value_unknown,no,"{""column"":""gender"",""value"":""=1+1""}"',
      '',
    ]);
  });
});

describe('a list of appointments', () => {
  const HEAD = 'Patient,Phone,Doctor,Date,Time,Duration,Status';
  const list = (...lines: string[]) => csv('appointments', [HEAD, ...lines].join('\n'));

  test('finds doctor and patient by whole names only, and takes times by the clinic’s clock', async () => {
    const [{ first, last, phone } = { first: '', last: '', phone: '' }] = rowsOf(
      `select first_name first, last_name last, phone from patients where id = '${ids.maria}'`,
    );
    const [{ name } = { name: '' }] = rowsOf(`select last_name name from doctors where id = '${ids.baker}'`);
    const { counts, findings } = await run(
      list(
        `${last} ${first},${phone},Dr. ${name},30/11/2026,16:00,20,Confirmed`,
        `${last} ${first},${phone},${name},30/11/2026,16:10,20,booked`,
        `${first},${phone},${name},1/12/2026,9:00,20,booked`,
        `${first} ${last},,${name}s,1/12/2026,9:00,20,booked`,
        `${first} ${last},,${name},1/12/2026,9:00,20,perhaps`,
        `${first} ${last},,${name},2026,9:00,20,booked`,
        `${first} ${last},,${name},1/6/2026,9:00,20,`,
      ),
      7,
    );
    expect(findings).toEqual([
      ['3', 'overlap', true],
      ['4', 'unknown_patient', true],
      ['5', 'unknown_doctor', true],
      ['6', 'status_unknown', true],
      ['7', 'not_a_date', true],
    ]);
    expect(counts).toMatchObject({ taken: 2, leftOut: 5 });
    expect(
      rowsOf(`select scheduled_at at, ends_at - scheduled_at length, status, confirmed_at is not null confirmed,
        patient_id from appointments where origin = 'import' order by scheduled_at desc`),
    ).toEqual([
      {
        at: Date.parse('2026-11-30T14:00:00.000Z'),
        length: 20 * 60_000,
        status: 'scheduled',
        confirmed: 1,
        patient_id: ids.maria,
      },
      // In summer Athens is three hours ahead.
      expect.objectContaining({
        at: Date.parse('2026-06-01T06:00:00.000Z'),
        status: 'completed',
        confirmed: 0,
      }),
    ]);
  });

  test('offers its doctors to be named as ours, and takes them so', async () => {
    const content = 'Patient ID,Doctor,Start\nx,Old Name,2026-11-30 10:00\n';
    const preview = await imports.preview(anyone, { source: csv('appointments', content) });
    expect(preview.ok && preview.value.doctors).toEqual([
      { sourceId: 'Old Name', name: 'Old Name', email: null, doctorId: null },
    ]);
    const mapping = { doctors: { 'Old Name': ids.baker } };
    const started = await imports.start(anyone, { source: csv('appointments', content), mapping });
    const { id } = started.ok ? started.value : { id: '' };
    await allRead(imports, id, 'appointments', 1);
    expect(imports.one(id)).toMatchObject({
      value: { findings: [{ reason: 'unknown_patient', count: 1 }] },
    });
    const wrong = { doctors: { 'Old Name': ids.maria } };
    await imports.pause(id);
    expect(
      await imports.start(anyone, { source: csv('appointments', content), mapping: wrong }),
    ).toMatchObject({
      error: { code: 'not_found', details: { what: 'doctor' } },
    });
  });
});

describe('a file that cannot be read', () => {
  test.each<[string, ImportSource, object]>([
    ['is not there', { from: 'csv', kind: 'patients', file: '/there/is/none.csv' }, { code: 'file_missing' }],
    ['is empty', { from: 'csv', kind: 'patients', file: fileOf('') }, { code: 'damaged' }],
    [
      'is not in the encoding that was said',
      { from: 'csv', kind: 'patients', file: fileOf(inWindows1253('Όνομα\nΆννα')), encoding: 'utf-8' },
      { code: 'wrong_encoding' },
    ],
    ['is no database', { from: 'medic_sqlite', file: fileOf('Όνομα') }, { code: 'damaged' }],
  ])('because it %s is told as that', async (_name, source, details) => {
    expect(await imports.start(anyone, { source })).toMatchObject({
      ok: false,
      error: { code: 'import_unreadable', details },
    });
    expect(imports.all()).toEqual([]);
  });
});
