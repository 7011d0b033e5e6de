import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { expect, test } from './fixture.ts';

/** What a button hands to the browser as a file. */
const saved = async (page: Page, button: string): Promise<{ name: string; text: string }> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).press('Enter'),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
};

const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

test('the place shows who was how busy, as a chart and as a table that says the same, offline too', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.cutNetwork();
  await page.keyboard.press('8');
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  await expect(page.locator('.report-chart svg .recharts-bar-rectangle').first()).toBeVisible();
  const doctors = await table.locator('tbody tr').count();
  expect(doctors).toBeGreaterThan(3);
  await expect(page.locator('.report-chart .recharts-bar-rectangle')).toHaveCount(doctors);

  await tab(page, 'No-shows');
  await page.getByText('Week', { exact: true }).click();
  await expect(table.locator('tbody tr').first()).toContainText('Week of');
  const { name, text } = await saved(page, 'Save as CSV');
  expect(name).toMatch(/^noShows-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const rows = parse(text, { bom: true }) as string[][];
  expect(rows).toHaveLength(await table.locator('tr').count());

  await tab(page, 'Waiting times');
  await expect(table).toContainText('Median');
  await tab(page, 'Takings');
  await expect(table.locator('tfoot')).toContainText('€');
});

test('the schedule and every table leave as files that other programs read', async ({ desk }) => {
  const { page } = desk;
  await page.keyboard.press('8');
  await tab(page, 'Export');
  const calendar = await saved(page, 'Save calendar');
  expect(calendar.name).toMatch(/\.ics$/);
  expect(calendar.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(calendar.text).toMatch(/\r\nEND:VCALENDAR\r\n$/);
  expect(calendar.text.match(/BEGIN:VEVENT/g)?.length).toBeGreaterThan(20);

  const fhir = JSON.parse((await saved(page, 'Save FHIR Bundle')).text) as {
    resourceType: string;
    entry: { fullUrl: string }[];
  };
  expect(fhir.resourceType).toBe('Bundle');
  expect(new Set(fhir.entry.map(({ fullUrl }) => fullUrl)).size).toBe(fhir.entry.length);

  const tables = await desk.ask('exportTables', {});
  const rows = parse((await saved(page, 'Save this table')).text) as string[][];
  expect(rows).toHaveLength(1 + (tables.find(({ name }) => name === 'appointments')?.rows ?? 0));
});
