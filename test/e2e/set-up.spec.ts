import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { end, startShell } from './desk.ts';
import { expect, showsBoard, test } from './fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog').last();

test('a clinic of one’s own is begun in the sample, led step by step to its first booking, and there after a restart', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const data = mkdtempSync(join(tmpdir(), 'anteroom-own-'));
  // Postgres does not run as root; its own user has to reach its folder.
  chmodSync(data, 0o711);
  // The first start makes a database and fills it with the sample.
  const start = () => startShell(['--data', data, '--desk', 'Reception'], 120_000);
  let shell = await start();
  try {
    await page.goto(shell.url);
    await page.getByRole('button', { name: 'Start my own clinic' }).click({ timeout: 60_000 });
    await expect(dialog(page).getByLabel('Name of the clinic')).toBeFocused();
    await page.keyboard.type('Harbour Practice');
    const location = dialog(page).getByRole('group', { name: 'Its first location' });
    await location.getByLabel('Name', { exact: true }).fill('Quay');
    await location.getByLabel('Country').fill('Greece');
    await location.getByLabel('Time zone').fill('Europe/Athens');
    await page.getByRole('option', { name: 'Europe/Athens' }).click();
    await dialog(page).getByLabel('First name', { exact: true }).fill('Anna');
    await dialog(page).getByLabel('Last name', { exact: true }).fill('Nikolaou');
    await page.keyboard.press('Enter');

    await page.getByRole('button', { name: 'Plan hours' }).click({ timeout: 60_000 });
    await expect(page.getByRole('heading', { name: 'Dr Nikolaou', level: 1 })).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Plan hours' }).click();
    await page.getByLabel('A bookable time every').fill('30');
    await page.getByRole('button', { name: 'Add hours on Monday' }).press('Enter');
    await page.getByLabel('Monday, from').fill('0');
    await page.getByLabel('Monday, to').fill('24');
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'])
      await page.getByRole('button', { name: `Same as ${day}` }).press('Enter');
    await page.getByRole('button', { name: 'Save hours' }).press('Enter');
    await expect(page.getByText('The hours of Dr Nikolaou are saved.')).toBeVisible();
    await expect(page.getByText('00:00–24:00').first()).toBeVisible();

    await page.getByRole('button', { name: 'Add a visit type' }).first().press('Enter');
    await expect(dialog(page).getByLabel('Name', { exact: true })).toBeFocused();
    await page.keyboard.type('Consultation');
    await dialog(page).getByLabel('Fee').fill('45');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Consultation is saved.')).toBeVisible();
    await expect(page.getByText('Next: add the first administrator')).toBeVisible();

    await page.keyboard.press('1');
    await showsBoard(page);
    await page.keyboard.press('n');
    await expect(dialog(page).getByLabel('First name')).toBeFocused();
    await page.keyboard.type('Φιλιώ');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ζερβάκη');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2105550142');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Φιλιώ Ζερβάκη', level: 1 })).toBeVisible();
    await page.keyboard.press('f');
    await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByLabel('Reason')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Φιλιώ Ζερβάκη is booked with/)).toBeVisible();

    await end(shell.process, 'SIGTERM');
    shell = await start();
    await page.goto(shell.url);
    await expect(page.getByRole('heading', { name: 'Dr Nikolaou' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('This is a sample clinic')).toHaveCount(0);
  } finally {
    await end(shell.process, 'SIGTERM');
    rmSync(data, { recursive: true, force: true });
  }
});

test('a room, a visit type with a fee and another opening of the week are set in the settings, at both desks', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { page } = one;
  await one.cutNetwork();
  await page.keyboard.press('0');
  await page.getByRole('tab', { name: 'Visit types' }).press('Enter');
  await page.getByRole('main').getByRole('button', { name: 'Add a visit type' }).press('Enter');
  await page.keyboard.type('Spirometry');
  await dialog(page).getByLabel('Length').fill('25');
  await dialog(page).getByLabel('Fee').fill('12.345');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('Fee')).toBeFocused();
  await dialog(page).getByLabel('Fee').fill('80,50');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Spirometry is saved.')).toBeVisible();
  await page.getByRole('tab', { name: 'Locations and rooms' }).press('Enter');
  await page.getByLabel('Name of the room').first().fill('Laboratory');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Laboratory is saved.')).toBeVisible();
  await page.getByRole('tab', { name: 'Clinic', exact: true }).press('Enter');
  await page.getByLabel('A waiting patient is over the limit after').fill('35');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByText('The clinic’s settings are saved.')).toBeVisible();
  await one.mendNetwork();
  await two.settled();
  await expect.poll(async () => (await two.ask('clinic', {})).waitingLimitMinutes).toBe(35);
  const types = await two.ask('visitTypes', {});
  expect(types.find(({ name }) => name.en === 'Spirometry')).toMatchObject({
    durationMinutes: 25,
    fee: { minor: 8050, currency: 'EUR' },
  });
  const rooms = (await two.ask('locations', {})).flatMap((location) => location.rooms);
  expect(rooms.map(({ name }) => name.en)).toContain('Laboratory');
});
