import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noLog } from '../../src-main/core/log.ts';
import { readDaySheet } from '../../src-main/core/printing/day-sheet.ts';
import { DaySheetKeeper } from '../../src-main/core/printing/day-sheet-files.ts';
import { daySheetPdf } from '../../src-main/core/printing/day-sheet-pdf.ts';
import { type ClinicDesk, clinicDesk, ids, TODAY } from '../support/clinic.ts';
import { temporaryFolder } from '../support/desk.ts';
import { readPdf } from '../support/pdf-text.ts';

let desk: ClinicDesk;
let keeper: DaySheetKeeper;
const folder = temporaryFolder();
let sheets: string;
let runs = 0;
beforeEach(() => {
  desk = clinicDesk();
  keeper = new DaySheetKeeper(desk, { log: noLog });
  runs += 1;
  sheets = join(folder.path, `sheets-${runs}`);
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    visitTypeId: ids.checkUp,
    start: `${TODAY}T07:00:00.000Z`,
    reason: 'Πόνος στη μέση',
    notes: 'Να φέρει τις εξετάσεις της',
  });
});
afterEach(async () => {
  await keeper.stop();
  desk.dispose();
});

/** What a test counts on being there. */
const sure = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('it is not there');
  return value;
};
/** Switches it on and waits until the first sheets are there. */
const on = async (more: object = {}) => {
  const answer = await keeper.set({ on: true, folder: sheets, everyMinutes: 5, language: 'en', ...more });
  await keeper.keep();
  return answer;
};
const todayIn = (city: string): string =>
  sure(readdirSync(sheets).find((file) => file.startsWith(`day-sheet-${TODAY}-${city}`)));

describe('the day sheet on the disk', () => {
  it('is not written before somebody has asked for it, since it is not encrypted', async () => {
    expect(keeper.state().on).toBe(false);
    await keeper.keep();
    expect(existsSync(keeper.state().folder)).toBe(false);
  });

  it('holds today and tomorrow of each location, readable to this user only', async () => {
    expect(await on()).toMatchObject({ ok: true, value: { on: true, folder: sheets, lastAt: null } });
    expect(keeper.state()).toMatchObject({ problem: null, lastAt: desk.now() });
    expect(readdirSync(sheets).sort()).toEqual([
      expect.stringMatching(/^day-sheet-2026-11-24-athens-.*\.pdf$/),
      expect.stringMatching(/^day-sheet-2026-11-24-london-.*\.pdf$/),
      expect.stringMatching(/^day-sheet-2026-11-25-athens-.*\.pdf$/),
      expect.stringMatching(/^day-sheet-2026-11-25-london-.*\.pdf$/),
    ]);
    expect(keeper.state().files).toEqual(readdirSync(sheets).sort());
    expect(statSync(join(sheets, todayIn('athens'))).mode & 0o077).toBe(0);
  });

  it('says in Greek letters who comes, when by the clock of the location, and how to reach them', async () => {
    await on({ language: 'el' });
    const { text, pages } = readPdf(readFileSync(join(sheets, todayIn('athens'))));
    // One page for each of the two doctors who work there.
    expect(pages).toBe(2);
    for (const said of [
      'Δρ Αδάμου',
      '09:00–09:15',
      'Μαρία Παπαδοπούλου',
      '+30 694 412 3456',
      'Έλεγχος',
      'Πόνος στη μέση',
      'Να φέρει τις εξετάσεις της',
      'Κλεισμένο',
      'Τρίτη 24 Νοεμβρίου 2026',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('?');
  });

  it('is written again when something on it changed, and only that sheet', async () => {
    await on();
    const [athens, london] = [todayIn('athens'), todayIn('london')].map((file) => join(sheets, file));
    const before = [athens, london].map((file) => readFileSync(sure(file)));
    desk.putAppointment({ doctorId: ids.baker, patientId: ids.john, start: `${TODAY}T08:00:00.000Z` });
    desk.replica.announce(new Set(['appointments']));
    await keeper.keep();
    expect(readFileSync(sure(athens)).equals(sure(before[0]))).toBe(false);
    expect(readPdf(readFileSync(sure(athens))).text).toContain('John Smith');
    expect(readFileSync(sure(london)).equals(sure(before[1]))).toBe(true);
  });

  it('moves on to the next day by itself, and old sheets go after a day', async () => {
    await on();
    writeFileSync(join(sheets, 'notes-of-somebody-else.pdf'), '');
    for (const day of ['2026-11-25', '2026-11-26']) {
      desk.setNow(`${day}T07:00:00.000Z`);
      await keeper.keep();
    }
    expect(
      readdirSync(sheets)
        .filter((file) => file.includes('athens'))
        .map((file) => file.slice(10, 20)),
    ).toEqual(['2026-11-25', '2026-11-26', '2026-11-27']);
    expect(readdirSync(sheets)).toContain('notes-of-somebody-else.pdf');
  });

  it('refuses a folder that cannot be used, and keeps what was set', async () => {
    const file = join(folder.path, `a-file-${runs}`);
    writeFileSync(file, '');
    expect(await on({ folder: join(file, 'below') })).toMatchObject({ error: { code: 'folder_unusable' } });
    expect(await on({ folder: 'somewhere' })).toMatchObject({ error: { code: 'folder_unusable' } });
    expect(keeper.state().on).toBe(false);
  });

  it('says that the folder has gone, and writes again when it is back', async () => {
    await on();
    rmSync(sheets, { recursive: true });
    writeFileSync(sheets, '');
    desk.replica.announce(new Set(['appointments']));
    await keeper.keep();
    expect(keeper.state().problem).toBe('folder');
    rmSync(sheets);
    mkdirSync(sheets);
    await keeper.keep();
    expect(keeper.state().problem).toBeNull();
    expect(readdirSync(sheets)).toHaveLength(4);
  });

  it('goes on after a restart as it was set', async () => {
    await on({ language: 'el', everyMinutes: 10 });
    await keeper.stop();
    keeper = new DaySheetKeeper(desk, { log: noLog });
    expect(keeper.state()).toMatchObject({ on: true, folder: sheets, everyMinutes: 10, language: 'el' });
  });
});

describe('a long day', () => {
  it('runs over pages, each with its head, and leaves nobody out', async () => {
    for (let n = 0; n < 60; n += 1)
      desk.putAppointment({
        doctorId: ids.adamou,
        patientId: ids.john,
        start: new Date(Date.parse(`${TODAY}T08:00:00.000Z`) + n * 60_000).toISOString(),
        reason: `Visit number ${n}`,
      });
    const { text, pages } = readPdf(await daySheetPdf(sure(readDaySheet(desk, TODAY, ids.athens)), 'en'));
    expect(pages).toBeGreaterThan(2);
    for (let n = 0; n < 60; n += 1) expect(text.split('\n')).toContain(`Visit number ${n}`);
    expect(text.split('\n').filter((line) => line === 'Dr Adamou')).toHaveLength(pages - 1);
    expect(text).toContain(`Page ${pages} / ${pages}`);
  });
});
