import type { Page } from '@playwright/test';
import { startNeo } from '../support/outside/neo.ts';
import type { E2eDesk } from './fixture.ts';
import { expect, test } from './fixture.ts';

const openPart = async ({ page }: E2eDesk, name: string): Promise<void> => {
  await page.keyboard.press('0');
  await page.getByRole('tab', { name, exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
};
const typeLogin = async (page: Page, password: string): Promise<void> => {
  await page.getByLabel('User name at Neo').fill('vet');
  await page.getByLabel('Password at Neo', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
};

test('a login of Neo is saved once Neo lets it in, read by now, and taken away', async ({
  clinic,
  startDesk,
}) => {
  await clinic.query(`update clinics set kind = 'veterinary'`);
  const neo = await startNeo({
    users: [{ username: 'vet', password: 'by the harbour', companyId: '' }],
    now: Date.now,
  });
  const desk = await startDesk('Reception');
  const { page } = desk;
  await desk.ask('updateIntegration', {
    source: 'idexx',
    settings: { baseUrl: neo.url, daysBack: 0, daysAhead: 1 },
  });
  await openPart(desk, 'IDEXX Neo');
  const login = page.getByRole('region', { name: 'Login' });
  await typeLogin(page, 'by the river');
  await expect(login.getByRole('alert')).toContainText('Nothing was saved');
  await expect(login).toContainText('No login was given yet');
  await typeLogin(page, 'by the harbour');
  await expect(login.getByRole('listitem')).toContainText('Neo lets it in');
  await expect(page.getByLabel('Password at Neo', { exact: true })).toHaveValue('');
  await login.getByRole('button', { name: 'Try it now' }).press('Enter');
  await expect(login.getByRole('status')).toHaveText('Neo let it in.');

  const reading = page.getByRole('region', { name: 'Reading' });
  await reading.getByRole('switch').press('Space');
  await expect(reading).toContainText('Last read:');
  await reading.getByRole('button', { name: 'Read now' }).press('Enter');
  await reading.getByRole('button', { name: 'All runs' }).press('Enter');
  const runs = page.getByRole('table', { name: 'Last runs of IDEXX Neo' });
  await expect(runs.getByRole('row').filter({ hasText: 'By hand' })).toContainText('Worked');

  await openPart(desk, 'IDEXX Neo');
  await login.getByRole('button', { name: 'Remove' }).press('Enter');
  await page.getByRole('button', { name: 'Remove the login' }).press('Enter');
  await expect(login).toContainText('No login was given yet');
  await expect(reading.getByRole('button', { name: 'Read now' })).toBeDisabled();
  await neo.close();
});

test('runs that fail one after the other are said to everybody, and why to who looks after them', async ({
  clinic,
  startDesk,
}) => {
  await clinic.addDesk('Back office');
  await clinic.query(
    `insert into integrations (clinic_id, id, source, enabled)
     select clinic_id, gen_random_uuid(), 'idexx', true from clinics`,
  );
  await clinic.query(
    `insert into run_leases (clinic_id, source, desk_id, fence, taken_at, until, last_run_at, failures, last_error)
     select clinic_id, 'idexx', id, 9, now(), now(), now(), 3, '{"code": "unreadable", "where": "consultation.date"}'
     from desks where name = 'Back office'`,
  );
  const { page } = await startDesk('Reception');
  await expect(page.getByText('IDEXX Neo failed three times in a row')).toBeVisible();
  await page.getByRole('button', { name: 'Look' }).press('Enter');
  const neo = page.getByRole('region', { name: 'IDEXX Neo', exact: true });
  await expect(neo).toContainText('Failed three times in a row or more');
  await expect(neo).toContainText('nothing was taken over or removed');
  await expect(neo).toContainText('consultation.date');
});
