import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expected, firstLocation } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

/** Stands in for the printer's window, which a browser without a screen does not have; counts what is sent to it. */
const withPrinter = async (page: Page): Promise<() => Promise<number>> => {
  await page.evaluate(() => {
    const counted = window as Window & { printed?: number };
    counted.printed = 0;
    window.print = () => {
      counted.printed = (counted.printed ?? 0) + 1;
      window.dispatchEvent(new Event('afterprint'));
    };
  });
  return () => page.evaluate(() => (window as Window & { printed?: number }).printed ?? 0);
};

/** What the printer would get: the words on the paper, and each page's size in points. */
const onPaper = async (page: Page) => {
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('body').innerText();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  await page.emulateMedia({ media: 'screen' });
  const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
    Math.round(Number(width)),
    Math.round(Number(height)),
  ]);
  return { text, sizes };
};

/** Chooses an appointment from the waiting room, by keys. */
const choose = async ({ page }: E2eDesk, name: string): Promise<void> => {
  await page.keyboard.press('2');
  await page
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .press('Enter');
};

test('with nobody chosen, Ctrl+P and Enter print the day sheet, each doctor on pages of their own, offline too', async ({
  desk,
}) => {
  const { page } = desk;
  const location = await firstLocation(desk);
  const day = await desk.ask('daySchedule', { date: location.today, locationId: location.id });
  await desk.cutNetwork();
  const printed = await withPrinter(page);
  const button = page.getByRole('dialog').getByRole('button', { name: 'Print' });
  await page.keyboard.press('Control+p');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await printed()).toBe(1);
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.keyboard.press('Control+p');
  await expect(button).toBeFocused();
  const { text, sizes } = await onPaper(page);
  expect(sizes.length).toBeGreaterThanOrEqual(day.doctors.length);
  expect(new Set(sizes.map(String))).toEqual(new Set(['595,842']));
  for (const { patient } of day.appointments) expect(text).toContain(patient.lastName);
  expect(text).not.toContain('Ctrl');
});

test('of a chosen appointment card, label and day sheet are a few keys away, in the language of the patient', async ({
  desk,
}) => {
  const { page } = desk;
  const { patient } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  const printed = await withPrinter(page);
  await choose(desk, 'Ζερβάκη');
  await page.keyboard.press('Control+p');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Appointment card' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Print' })).toBeFocused();
  await dialog.getByText('Ελληνικά').click();
  const card = await onPaper(page);
  expect(card.sizes).toEqual([[595, 842]]);
  expect(card.text).toContain('Το ραντεβού σας');
  expect(card.text).toContain('Φιλιώ Ζερβάκη');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+p');
  await dialog.getByRole('button', { name: 'Patient label' }).press('Enter');
  await expect(dialog.getByRole('button', { name: 'Print' })).toBeFocused();
  const label = await onPaper(page);
  expect(label.sizes).toEqual([[252, 102]]);
  expect(label.text).toContain('Φιλιώ Ζερβάκη');
  expect(label.text).toContain(patient.id.slice(-8).toUpperCase());
  await page.keyboard.press('Control+p');
  expect(await printed()).toBe(1);
});

test('the day sheet is kept as a PDF on the disk once somebody has asked for it', async ({ desk }) => {
  const { page } = desk;
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-sheets-'));
  await page.keyboard.press('0');
  await page.getByRole('switch', { name: 'Keep the day sheet as PDF' }).press('Space');
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`The day sheet is kept in ${folder}.`)).toBeVisible();
  const { today } = await firstLocation(desk);
  // Four sheets are drawn, which takes a busy machine a while.
  await expect(page.getByText(/^Up to date at /)).toBeVisible({ timeout: 30_000 });
  expect(readdirSync(folder).map((file) => file.slice(0, 20))).toContain(`day-sheet-${today}`);
  rmSync(folder, { recursive: true });
});
