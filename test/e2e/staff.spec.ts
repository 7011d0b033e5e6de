import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { expect, showsBoard, test } from './fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const type = async (page: Page, ...texts: string[]): Promise<void> => {
  for (const [at, text] of texts.entries()) {
    if (at > 0) await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
};
const openStaff = async (page: Page): Promise<void> => {
  await page.keyboard.press('0');
  await page.locator('[role="tab"][id$="-tab-staff"]').press('Enter');
};

/** What the screen itself is answered, as whoever is signed in there. */
const askedFrom = (page: Page, call: string, input: object): Promise<unknown> =>
  page.evaluate(
    async ([name, body]) =>
      (
        await fetch(`/call/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: body ?? '',
        })
      ).json(),
    [call, JSON.stringify(input)],
  );

test('the first administrator invites a receptionist, whose printed code lets her in at the other desk, and gives no money back', async ({
  twoDesks: [one, two],
}) => {
  test.setTimeout(120_000);
  const { page } = one;
  await openStaff(page);
  await page.getByRole('button', { name: 'Add the first administrator' }).press('Enter');
  await type(page, 'Anna Nikolaou', 'anna@clinic.example', 'a harbour at dawn');
  await page.keyboard.press('Enter');
  await showsBoard(page);

  await openStaff(page);
  await page.getByRole('button', { name: 'Invite somebody' }).press('Enter');
  await type(page, 'Filio Zervaki', 'filio@clinic.example');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('button', { name: 'Print' })).toBeFocused();
  await page.keyboard.press('Enter');
  const paper = dialog(page).locator('.paper-secret');
  await paper.waitFor();
  const code = await paper.innerText();
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
  for (let open = 2; open > 0; open -= 1) {
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(open - 1);
  }
  await page.getByRole('button', { name: 'Open: Filio Zervaki' }).press('Enter');
  await dialog(page).locator('#access-title').waitFor();
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .include('[role="dialog"]')
    .options({ resultTypes: ['violations'] })
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  const other = two.page;
  await other.getByRole('button', { name: 'I have a code' }).press('Enter');
  await other.keyboard.type(code.toLowerCase().replaceAll('-', ' '));
  await other.keyboard.press('Enter');
  await other.getByText('Welcome, Filio Zervaki').waitFor();
  await other.keyboard.type('lemons on a blue table');
  await other.keyboard.press('Enter');
  await showsBoard(other);
  expect(await askedFrom(other, 'refund', { paymentId: newId(), minor: 1, method: 'cash' })).toMatchObject({
    error: { code: 'not_allowed', details: { right: 'payments.refund' } },
  });
  expect(await askedFrom(other, 'staff', {})).toMatchObject({ error: { code: 'not_allowed' } });
  await other.keyboard.press('0');
  await expect(other.locator('#settings-title')).toBeVisible();
  await expect(other.locator('[role="tab"][id$="-tab-staff"]')).toHaveCount(0);
});
