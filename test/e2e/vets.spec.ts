import type { Page } from '@playwright/test';
import { emptySlots } from './day.ts';
import { expect, test } from './fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog').last();

test('an animal is registered with its owner in one go, found by either, booked, and checked in by the owner’s phone', async ({
  clinic,
  startDesk,
}) => {
  await clinic.query(`update clinics set kind = 'veterinary'`);
  const desk = await startDesk('Reception');
  const { page } = desk;
  await page.keyboard.press('n');
  await expect(dialog(page).getByLabel('Animal’s name')).toBeFocused();
  await page.keyboard.type('Rex');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Dog');
  await dialog(page).getByLabel('Name or phone of the owner').fill('Qadir Qureshizadeh');
  await expect(dialog(page).getByText('as a new owner')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByLabel('First name')).toHaveValue('Qadir');
  await dialog(page).getByLabel('Phone').fill('210 555 0177');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rex Qureshizadeh');
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('Qadir Qureshizadeh');
  await expect(details).toContainText('210 555 0177');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('5550177');
  await expect(page.getByRole('option').filter({ hasText: 'Rex' })).toBeVisible();
  await expect(page.getByRole('option', { selected: true })).toContainText('Qadir Qureshizadeh');
  await page.keyboard.press('Enter');
  const animals = page.getByRole('region', { name: 'Animals' });
  await expect(animals).toContainText('Rex Qureshizadeh');

  const [rex] = (await desk.ask('findPatient', { text: 'rex qureshi' })).filter(({ owner }) => owner);
  const [slot] = await emptySlots(desk);
  const appointment = await desk.ask('book', { slotId: slot?.id ?? '', patientId: rex?.id ?? '' });
  const asked = await desk.call('checkIn', { appointmentId: appointment.id });
  expect(asked).toMatchObject({
    ok: false,
    error: { code: 'contact_unconfirmed', details: { patientId: rex?.owner?.id, missing: ['address'] } },
  });
});
