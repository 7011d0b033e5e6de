import { newPatient } from './day.ts';
import { expect, test } from './fixture.ts';

test('who opened a record stands on its page and in the audit, and offline the audit says that it is elsewhere', async ({
  desk,
}) => {
  const { page } = desk;
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  await desk.ask('patient', { patientId: patient.id });
  await desk.settled();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zerva');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show who opened it' }).press('Enter');
  const openings = page.getByRole('region', { name: 'Who opened this record' });
  await expect(openings.getByRole('listitem').first()).toContainText('Record opened');

  await openings.getByRole('button', { name: 'Everything about this patient' }).press('Enter');
  const audit = page.getByRole('tabpanel');
  const registered = audit.getByRole('listitem').filter({ hasText: 'Patient registered' });
  await registered.locator('summary').press('Enter');
  await expect(registered.getByRole('row', { name: 'Last name Ζερβάκη' })).toBeVisible();
  await expect(audit).toContainText('Audit read');

  await desk.cutNetwork();
  await page.getByRole('button', { name: 'All patients' }).press('Enter');
  await expect(audit).toContainText('The audit is not on this computer.');
});
