import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';

test('an administrator stops and wipes the second desk, which then shows that and holds nothing', async ({
  twoDesks: [front, lost],
}) => {
  const { page } = front;
  await page.keyboard.press('0');
  await page.getByRole('tab', { name: 'Desks' }).click();
  const row = page.getByRole('listitem').filter({ hasText: lost.name });
  await expect(row).toContainText('Working');
  await row.getByRole('button', { name: `Stop… ${lost.name}` }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Stop and wipe it' }).check();
  const confirm = dialog.getByRole('button', { name: 'Stop and wipe' });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill(lost.name);
  await page.keyboard.press('Enter');

  await expect(lost.page.getByRole('heading', { name: 'This desk was wiped' })).toBeVisible();
  expect((await lost.page.locator('body').innerText()).split('\n')).not.toContain('Board');
  await expect(row).toContainText('Wiped', { timeout: 15_000 });
  const folder = join(lost.data, 'desks', 'second-desk');
  await expect(() =>
    expect(readdirSync(folder).filter((name) => !name.startsWith('in-use'))).toEqual(['wiped.json']),
  ).toPass();
  expect((await lost.call('findPatient', { text: 'a', limit: 5 })).ok).toBe(false);
});
