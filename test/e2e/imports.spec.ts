import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { places } from '../../src-main/core/places.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-import-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Semicolons, Greek, and a column whose name says nothing. */
const patients = `Κωδ;Όνομα;Επώνυμο;Τηλέφωνο;e-mail;Παλιό
1;Φιλιώ;Ζερβάκη;2105550142;filio@example.org;α
2;Ωρίων;Ξανθός;2105550143;orion@example.org;β
3;;;2105550144;;γ
`;

const openWizard = async (page: Page): Promise<void> => {
  await page.keyboard.press('0');
  await page.getByRole('tab', { name: 'Bring data in' }).click();
  await page.getByRole('button', { name: 'Bring data in…' }).press('Enter');
};
const choose = async (page: Page, path: string): Promise<void> => {
  await page.locator('input[type="file"]').setInputFiles(path);
  await expect(page.getByRole('button', { name: 'Have a look' })).toBeEnabled();
  await page.getByRole('button', { name: 'Have a look' }).press('Enter');
};
const counts = (page: Page) => page.getByRole('table', { name: 'Rows of each table' });
const isDone = (page: Page) => expect(page.getByText('Done.')).toBeVisible({ timeout: 30_000 });
const found = async (desk: E2eDesk, text: string): Promise<string[]> =>
  (await desk.ask('findPatient', { text })).map(({ firstName, lastName }) => `${firstName} ${lastName}`);

test('a table of patients comes in with its columns put right by hand, and a second time adds nothing', async ({
  desk,
}) => {
  const { page } = desk;
  // A browser in a session without a UTF-8 locale opens no file with a Greek name.
  const path = join(folder, 'patients.csv');
  writeFileSync(path, patients);
  await openWizard(page);
  await choose(page, path);

  await expect(page.getByRole('combobox', { name: 'What “Όνομα” is here' })).toHaveValue('First name');
  const odd = page.getByRole('combobox', { name: 'What “Παλιό” is here' });
  await odd.click();
  await page.getByRole('option', { name: 'Notes' }).click();
  await expect(odd).toHaveValue('Notes');
  await page.getByText('become patients').click();
  await expect(page.getByRole('cell', { name: 'Ωρίων', exact: true })).toBeVisible();

  await page.getByRole('button', { name: /^Bring (in|it in)/ }).click();
  await isDone(page);
  await expect.poll(() => found(desk, 'zervaki')).toEqual(['Φιλιώ Ζερβάκη']);

  const missing = page.getByRole('button', { name: /Something that is needed is missing/ });
  await missing.press('Enter');
  await expect(missing).toHaveAttribute('aria-expanded', 'true');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).press('Enter');
  expect(readFileSync(await (await saved).path(), 'utf8')).toContain('missing_value');

  await page.getByRole('button', { name: 'Bring in more…' }).press('Enter');
  await choose(page, path);
  await page.getByRole('button', { name: /^Bring (in|it in)/ }).click();
  await isDone(page);
  await expect(counts(page).getByRole('row', { name: /^patients/ })).toContainText('2');
  expect(await found(desk, 'zervaki')).toEqual(['Φιλιώ Ζερβάκη']);
});

test('a Medic file is shown as it would stand here, comes in, and says what was left out and why', async ({
  desk,
}) => {
  const { page } = desk;
  const path = join(folder, 'medic.db');
  execFileSync(process.execPath, [join(places.root, 'test/support/children/medic-file.ts'), path]);
  await openWizard(page);
  await page.getByRole('radio', { name: /its database file/ }).check();
  await choose(page, path);
  await expect(page.getByText('become appointments')).toBeVisible();
  await expect(page.getByRole('combobox', { name: /Who Ελένη Παππά is here/ })).toBeVisible();
  await page.getByRole('button', { name: /^Bring in/ }).click();
  await isDone(page);
  await page.getByRole('button', { name: /The doctor has another visit at that time/ }).press('Enter');
  await expect(page.getByRole('cell', { name: 'appointments' })).toBeVisible();
  await page.getByRole('button', { name: 'All imports' }).press('Enter');
  await expect(page.getByRole('list', { name: 'Brought in at this desk' })).toContainText('medic.db');
});
