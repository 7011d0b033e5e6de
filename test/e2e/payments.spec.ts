import type { Page } from '@playwright/test';
import { expected, firstLocation } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

/** Chooses an appointment in the waiting room; its panel has its money. */
const choose = async (page: Page, appointmentId: string): Promise<void> => {
  await page.keyboard.press('2');
  await page.locator(`[data-line="${appointmentId}"]`).focus();
  await expect(page.locator('section[aria-labelledby="panel-money"]')).toBeVisible();
};
const money = (page: Page) => page.locator('section[aria-labelledby="panel-money"]');
const dialog = (page: Page) => page.getByRole('dialog');

/** Counts what is expected, or as much more, and closes the day by keys. */
const cashUp = async (desk: E2eDesk, more = 0): Promise<void> => {
  const { page } = desk;
  const { id, today } = await firstLocation(desk);
  const { currencies } = await desk.ask('takings', { locationId: id, date: today });
  await page.keyboard.press('5');
  await page.getByRole('button', { name: 'Cash up this day' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Counted, Cash' })).toBeFocused();
  for (const { method, taken, givenBack, expected: there } of currencies[0]?.methods ?? []) {
    if (method !== 'cash' && taken === 0 && givenBack === 0) continue;
    const counted = there + (method === 'cash' ? more : 0);
    await page.keyboard.type((counted / 100).toFixed(2));
    await page.keyboard.press('Tab');
  }
  if (more !== 0) await page.getByRole('textbox', { name: 'Why it differs' }).fill('Change was given twice');
  await page.getByRole('button', { name: 'Close the day' }).press('Enter');
  await expect(page.getByText(/is cashed up\./)).toBeVisible();
};

test('a payment is taken in parts by keys, given back, and the day cashed up; what comes later belongs to tomorrow', async ({
  desk,
}) => {
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  await choose(page, appointment.id);
  await expect(money(page)).toContainText('€50.00');

  await page.keyboard.press('p');
  await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toHaveValue('50.00');
  await page.keyboard.type('1.234');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('This could be read in two ways');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('200');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('alert')).toHaveText(
    'That is more than what is due (€50.00). Correct the amount, or the fee.',
  );
  await page.keyboard.press('Control+a');
  await page.keyboard.type('20,00');
  await page.keyboard.press('k');
  await expect(dialog(page).getByRole('radio', { name: 'Card' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByText(/€20\.00 from Φιλιώ Ζερβάκη, Card\./)).toBeVisible();
  await expect(money(page)).toContainText('€30.00');

  await page.keyboard.press('p');
  await expect(dialog(page).getByRole('radio', { name: 'Card' })).toBeChecked();
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Cash given' }).fill('50');
  await expect(dialog(page)).toContainText('Change: €20.00');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/€30\.00 from Φιλιώ Ζερβάκη, Cash\./)).toBeVisible();

  const receipts = money(page).getByRole('button', { name: /^More for Receipt \d+$/ });
  await expect(receipts).toHaveCount(2);
  await receipts.first().press('Enter');
  await page.getByRole('menuitem', { name: 'Refund…' }).press('Enter');
  await expect(dialog(page).getByRole('textbox', { name: 'Amount to give back' })).toHaveValue('20.00');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/€5\.00 given back to Φιλιώ Ζερβάκη\./)).toBeVisible();
  await expect(money(page)).toContainText('-€5.00');

  await cashUp(desk, -100);
  await expect(page.getByRole('table').first()).toContainText('−1.00');
  await expect(page.getByRole('button', { name: 'Cash up this day' })).toHaveCount(0);
  const { today } = await firstLocation(desk);
  const late = await desk.ask('takePayment', { appointmentId: appointment.id, minor: 500, method: 'cash' });
  expect(late.businessDay && late.businessDay > today).toBe(true);
});

test('with the cable out a receipt has the number of the desk at once; with it in, that of the clinic too', async ({
  desk,
}) => {
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  await choose(page, appointment.id);
  await desk.cutNetwork();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await expect(money(page)).toContainText('Receipt Reception-1, number to come');
  await desk.mendNetwork();
  await expect(money(page)).toContainText(/Receipt \d+/);
  await expect(money(page)).toContainText('first printed as Reception-1');
});

test('of two desks that cash up one day apart, one stands, and the other is told so in its inbox', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  await two.cutNetwork();
  await cashUp(two);
  const { id, today } = await firstLocation(one);
  const { currencies } = await one.ask('takings', { locationId: id, date: today });
  const lines = (currencies[0]?.methods ?? []).map((line) => ({
    method: line.method,
    expected: line.expected,
    counted: line.expected,
  }));
  await one.ask('closeDay', { locationId: id, date: today, currency: 'EUR', lines });
  await one.settled();
  await two.mendNetwork();
  await two.page.keyboard.press('9');
  const entry = two.page.getByRole('article');
  await expect(entry.getByRole('heading', { level: 2 })).toHaveText(/^Cash-up at Athens/);
  await expect(entry).toContainText('Another desk cashed up this day first, and that one stands.');
  await entry.getByRole('button', { name: 'Put it aside' }).press('Enter');
  await expect(two.page.getByText('Nothing needs you.')).toBeVisible();
});

test('a prescription is kept while it is written, and stays as it is once it is issued', async ({ desk }) => {
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  await choose(page, appointment.id);
  const section = page.locator('section[aria-labelledby="panel-prescriptions"]');
  await section.getByRole('button', { name: 'Write a prescription' }).press('Enter');
  await expect(dialog(page).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Rest, plenty of fluids.');
  await expect(dialog(page).getByRole('status')).toHaveText('Saved as a draft');
  await page.keyboard.press('Escape');
  await expect(section).toContainText('Rest, plenty of fluids.');
  await section.getByRole('button', { name: 'Go on writing' }).press('Enter');
  await page.getByRole('checkbox', { name: 'Print it' }).uncheck();
  await dialog(page).getByRole('textbox').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('The prescription for Φιλιώ Ζερβάκη is issued.')).toBeVisible();
  await expect(section).toContainText('Issued');
  await section.getByRole('button', { name: /^More for the prescription/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Replace…' }).press('Enter');
  await expect(dialog(page).getByRole('textbox')).toHaveValue('Rest, plenty of fluids.');
});
