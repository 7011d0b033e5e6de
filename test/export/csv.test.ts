import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvLines, guard, unguard } from '../../src-main/core/integrations/csv.ts';
import { exportTableToFolder } from '../../src-main/core/integrations/export/folder.ts';
import { exportTable, exportTables } from '../../src-main/core/integrations/export/tables.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('=1+1', "'=1", '+30 694 412 3456', '-5', '@x', '\t=1', '-2+cmd|x', "''=HYPERLINK()", '+A1'),
  fc.stringMatching(/^['=+\-@\t\r]{1,4}[\dA-Za-z()| ]*$/),
);

describe('a value in a CSV file', () => {
  it('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyText, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const read = parse(csvLines(rows), { record_delimiter: '\r\n' }) as string[][];
        expect(read.map((row) => row.map(unguard))).toEqual(rows);
      }),
    );
  });

  it('is never run as a formula by a spreadsheet', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = guard(text);
        expect(written).not.toMatch(/^[=@\t\r]/);
        if (/^[+-]/.test(written)) expect(written).toMatch(/^[+-][\d\s()./-]*$/);
      }),
    );
  });

  it('leaves phone numbers and amounts as people write them', () => {
    for (const text of ['+30 694 412 3456', '-5', '+44 (0)20 7946 0958', 'Μαρία', ''])
      expect(guard(text)).toBe(text);
    for (const text of ['=1+1', '+A1', '-2+cmd', '@sum', "'=1"]) expect(guard(text)).toBe(`'${text}`);
  });
});

describe('tables in a folder', () => {
  const folder = temporaryFolder();
  let desk: ClinicDesk;
  beforeAll(() => {
    desk = clinicDesk();
  });
  afterAll(() => {
    desk.dispose();
    folder.remove();
  });
  const write = (to: string, table: string, after?: string) =>
    exportTableToFolder(desk, receptionist, {
      folder: to,
      table,
      limit: 4,
      forExcel: true,
      ...(after === undefined ? {} : { after }),
    });

  it('are files only this user reads, and not there before they are whole', async () => {
    const to = join(folder.path, 'new folder');
    const { next } = must(await write(to, 'patients'));
    expect(readdirSync(to)).toEqual(['patients.csv.part']);
    expect(must(await write(to, 'patients', next ?? ''))).toEqual({ rows: 2, next: null });
    expect(readdirSync(to)).toEqual(['patients.csv']);
    const text = readFileSync(join(to, 'patients.csv'), 'utf8');
    expect(text.startsWith('\ufeffid,')).toBe(true);
    expect(parse(text, { bom: true })).toHaveLength(7);
    expect(statSync(join(to, 'patients.csv')).mode & 0o077).toBe(0);
  });

  it('go to no folder that cannot be made, and to none that has no full path', async () => {
    const file = join(folder.path, 'a file');
    writeFileSync(file, '');
    for (const to of [file, 'here', '../there'])
      expect(await write(to, 'patients')).toMatchObject({ error: { code: 'folder_unusable' } });
    expect(await write(folder.path, '../../etc/passwd')).toMatchObject({ error: { code: 'not_found' } });
  });
});

describe('a table as CSV', () => {
  let desk: ClinicDesk;
  beforeAll(() => {
    desk = clinicDesk();
  });
  afterAll(() => desk.dispose());

  it('is whole when its parts are put together, each row once', async () => {
    let text = '';
    let after: string | undefined;
    do {
      const part = must(
        await exportTable(desk, receptionist, { table: 'patients', limit: 2, ...(after ? { after } : {}) }),
      );
      text += part.text;
      after = part.next ?? undefined;
    } while (after !== undefined);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ id }) => id)).toEqual(
      [ids.maria, ids.john, ids.nikos, ids.rex, ids.deleted, ids.merged].sort(),
    );
    expect(rows[0]).toMatchObject({
      first_name: 'Μαρία',
      last_name: 'Παπαδοπούλου',
      contact_confirmed_at: '2026-06-01T00:00:00.000Z',
      phone: '+30 694 412 3456',
      deleted_at: '',
    });
  });

  it('names every table that central gives a desk and counts its rows', async () => {
    const tables = must(await exportTables(desk));
    expect(tables.find(({ name }) => name === 'patients')?.rows).toBe(6);
    for (const { name, rows } of tables) {
      const { text } = must(await exportTable(desk, receptionist, { table: name, limit: 5000 }));
      expect([name, (parse(text) as unknown[]).length]).toEqual([name, rows + 1]);
    }
  });

  it('does not give what is no table of the clinic', async () => {
    for (const table of ['outbox', 'desk_settings', 'sqlite_master', 'patients; drop table patients'])
      expect(await exportTable(desk, receptionist, { table, limit: 10 })).toMatchObject({
        error: { code: 'not_found' },
      });
  });
});
