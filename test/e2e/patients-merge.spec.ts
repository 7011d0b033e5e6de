import type { Page } from '@playwright/test';
import { newPatient } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog').last();

/** Opens a patient's page by keys. */
const openPage = async ({ page }: E2eDesk, typed: string, name: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(typed);
  await expect(page.getByRole('option', { selected: true })).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
};

/** Two records of one person, the second with a note and no address. */
const twoRecords = async (desk: E2eDesk) => {
  const first = await newPatient(desk, 'Ξανθή', 'Ψαρρού');
  const second = await desk.ask('registerPatient', {
    firstName: 'Xanthi',
    lastName: 'Psarrou',
    phone: '210 555 0142',
    notes: 'Prefers mornings.',
    saveAnyway: true,
  });
  return { first, second };
};

test('two records are merged side by side by keys, found as one, and taken apart again, without a network', async ({
  desk,
}) => {
  const { page } = desk;
  const { first, second } = await twoRecords(desk);
  await desk.cutNetwork();
  await page.keyboard.press('3');
  await page.keyboard.press('d');
  await expect(dialog(page).getByRole('button', { name: /Compare\s+Ξανθή Ψαρρού/ })).toBeVisible();
  await dialog(page)
    .getByRole('button', { name: /Compare\s+Ξανθή Ψαρρού/ })
    .press('Enter');

  const stays = dialog(page).getByRole('radiogroup', { name: 'Stays' });
  await expect(stays.getByRole('radio').first()).toBeFocused();
  const notes = dialog(page).getByRole('radiogroup', { name: 'Notes' });
  await expect(notes.getByRole('radio', { name: 'Prefers mornings.' })).toBeChecked();
  const phone = dialog(page).getByRole('radiogroup', { name: 'Phone' });
  await phone.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(phone.getByRole('radio', { name: '210 555 0142', exact: true })).toBeChecked();
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ξανθή Ψαρρού');
  await expect(page.getByRole('region', { name: 'Merged from' })).toContainText('Xanthi Psarrou');
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('Prefers mornings.');
  const found = await desk.ask('findPatient', { text: 'xanthi psarrou' });
  expect(found.map(({ id }) => id)).toEqual([first.id]);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Take apart\s+Xanthi Psarrou/ }).press('Enter');
  await expect(page.getByText('Xanthi Psarrou has a record of their own again.')).toBeVisible();
  await desk.mendNetwork();
  const { patient } = await desk.ask('patient', { patientId: second.id });
  expect(patient).toMatchObject({ id: second.id, notes: 'Prefers mornings.', phone: '210 555 0142' });
});

test('two desks merge one pair in both directions: one stands, the other desk is told in plain words', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { first, second } = await twoRecords(one);
  await one.settled();
  await expect.poll(async () => (await two.call('patient', { patientId: second.id })).ok).toBe(true);
  await two.cutNetwork();
  await one.ask('mergePatients', { keptId: first.id, mergedId: second.id });
  await one.settled();
  await two.ask('mergePatients', { keptId: second.id, mergedId: first.id });
  await two.mendNetwork();
  await two.page.keyboard.press('9');
  const entry = two.page.getByRole('article');
  await expect(entry.getByRole('heading', { name: /Merging the records of/ })).toBeVisible();
  await expect(entry).toContainText('Another desk merged or separated these records in the meantime.');
  await expect(entry.getByRole('button', { name: 'Keep mine' })).toHaveCount(0);
  await entry.getByRole('button', { name: 'Keep theirs' }).press('Enter');
  await expect(two.page.getByText('Nothing needs you.')).toBeVisible();
  const { patient } = await two.ask('patient', { patientId: second.id });
  expect(patient.id).toBe(first.id);
});

test('a consent is given with two keys, and a person is erased only when the name was typed', async ({
  desk,
  clinic,
}) => {
  const { page } = desk;
  const known = await newPatient(desk, 'Ξανθή', 'Ψαρρού');
  await openPage(desk, 'psarr', 'Ξανθή Ψαρρού');
  const consent = page.getByRole('radiogroup', { name: 'Reminders' });
  await consent.getByRole('radio', { name: 'Yes' }).press('Space');
  await expect(page.getByText('Saved for Ξανθή Ψαρρού.')).toBeVisible();
  await expect(consent.getByRole('radio', { name: 'Yes' })).toBeChecked();

  await page.getByRole('button', { name: 'More' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Erase on request' }).press('Enter');
  await expect(dialog(page).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Ξανθή');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('The name is not the same.');
  await page.keyboard.type(' ψαρρου');
  await page.keyboard.press('Enter');
  await expect(page.getByText('What says who the person was is erased.')).toBeVisible();
  await desk.settled();
  expect((await desk.call('patient', { patientId: known.id })).ok).toBe(false);
  const left = await clinic.query(
    `select 1 from audit_log where before::text like '%Ψαρρού%' or after::text like '%Ψαρρού%'
     union all select 1 from changes where rows::text like '%Ψαρρού%'`,
  );
  expect(left).toEqual([]);
});
