import type { Page } from '@playwright/test';
import { newPatient } from './day.ts';
import { expect, test } from './fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog').last();
const chosen = (page: Page) => page.getByRole('option', { selected: true });

test('a Greek name is found by two Latin letters, and a phone by its last digits', async ({ desk }) => {
  const { page } = desk;
  await newPatient(desk, 'Ξανθή', 'Ψαρρού');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ps');
  await expect(page.getByRole('option').filter({ hasText: 'Ψαρρού' })).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('5550142');
  await expect(chosen(page)).toContainText('Ξανθή Ψαρρού');
  await expect(chosen(page).locator('mark')).toHaveText('555 0142');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ξανθή Ψαρρού' })).toBeVisible();
});

test('an Enter that comes before the answer waits for the answer to what was typed', async ({ desk }) => {
  const { page } = desk;
  await newPatient(desk, 'Ξανθή', 'Ψαρρού');
  await page.route('**/call/findPatient', async (route) => {
    const { text } = route.request().postDataJSON() as { text: string };
    // Answers to fewer letters come late, after the Enter.
    if (text !== 'ξανθή ψαρρού') await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ξανθή ψαρρού');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ξανθή Ψαρρού' })).toBeVisible();
});

test('a search that finds nobody registers whom it named, with one Enter', async ({ desk }) => {
  const { page } = desk;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Qadir Qureshizadeh 3/4/1985');
  await expect(page.getByText('Nobody matches')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('First name')).toHaveValue('Qadir');
  await expect(dialog(page).getByLabel('Last name')).toHaveValue('Qureshizadeh');
  await expect(dialog(page).getByLabel('Birth date')).toHaveValue('03/04/1985');
  await dialog(page).getByLabel('Phone').fill('210 555 0155');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Qadir Qureshizadeh' })).toBeVisible();
  await expect(page.getByText('03/04/1985')).toBeVisible();
});

test('a registration without a phone says what is missing and keeps what was typed', async ({ desk }) => {
  const { page } = desk;
  await page.keyboard.press('n');
  await expect(dialog(page).getByLabel('First name')).toBeFocused();
  await page.keyboard.type('Qadir');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Type the last name.')).toBeVisible();
  await expect(dialog(page).getByText('Type a phone number')).toBeVisible();
  await expect(dialog(page).getByLabel('Last name')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await expect(dialog(page)).toContainText('You had begun this registration.');
  await expect(dialog(page).getByLabel('First name')).toHaveValue('Qadir');
});

test('a likely duplicate is shown before saving: open that record, or save anyway', async ({ desk }) => {
  const { page } = desk;
  const known = await newPatient(desk, 'Ξανθή', 'Ψαρρού');
  const register = async (): Promise<void> => {
    await page.keyboard.press('n');
    await expect(dialog(page).getByLabel('First name')).toBeFocused();
    await page.keyboard.type('Ξανθη');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ψαρρου');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2105550142');
    await expect(dialog(page).getByRole('region', { name: 'Is it one of these?' })).toContainText(
      'same phone',
    );
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('alert')).toContainText('much like this one');
  };
  const count = async () => (await desk.ask('findPatient', { text: '5550142' })).length;

  await register();
  await expect(dialog(page).getByRole('button', { name: /Open\s+Ξανθή Ψαρρού/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ξανθή Ψαρρού' })).toBeVisible();
  expect(await count()).toBe(1);

  await register();
  await dialog(page).getByRole('button', { name: 'Save anyway' }).press('Enter');
  await expect(page.getByText('Ξανθη Ψαρρου is registered.')).toBeVisible();
  expect(await count()).toBe(2);
  expect((await desk.ask('patient', { patientId: known.id })).patient.firstName).toBe('Ξανθή');
});

test('details that were changed at one desk are on the page of the other without a reload', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const patient = await newPatient(one, 'Ξανθή', 'Ψαρρού');
  await expect.poll(async () => (await two.call('patient', { patientId: patient.id })).ok).toBe(true);
  for (const { page } of twoDesks) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('psarr');
    await expect(chosen(page)).toContainText('Ψαρρού');
    await page.keyboard.press('Enter');
  }
  await one.page.getByRole('button', { name: 'Change details' }).press('Enter');
  await one.page.getByLabel('E-mail').fill('xanthi@example.org');
  await one.page.keyboard.press('Enter');
  await expect(two.page.getByText('xanthi@example.org')).toBeVisible();
});
