import { expected } from './day.ts';
import { expect, test } from './fixture.ts';

test('every action can be found by its name, and its name does what its key does', async ({ desk }) => {
  const { page } = desk;
  await page.keyboard.press('Control+j');
  const palette = page.getByRole('dialog', { name: 'Every action by name' });
  // Typed at once: no letter may be lost before the search is there. Whoever chooses has seen what they typed.
  await page.keyboard.type('waiting room');
  await expect(palette.getByRole('textbox')).toHaveValue('waiting room');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Waiting room' })).toBeVisible();

  await page.keyboard.press('Control+j');
  await page.keyboard.type('new pat');
  await expect(palette.getByRole('textbox')).toHaveValue('new pat');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('dialog', { name: 'Register a patient' }).getByRole('textbox').first(),
  ).toBeFocused();

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+j');
  await page.keyboard.type('xyzzy');
  await expect(page.getByText('Nothing is called that here.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the last action is taken back by Ctrl+Z even after the desk lost power, and says what it was', async ({
  desk,
}) => {
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  const status = async () => (await desk.ask('appointment', { appointmentId: appointment.id })).status;
  await desk.cutNetwork();
  await desk.ask('checkIn', { appointmentId: appointment.id, contactConfirmed: true });
  await desk.mendNetwork();
  await desk.crashAndRestart();
  const { page } = desk;
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: the check-in.')).toBeVisible();
  expect(await status()).toBe('scheduled');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: the booking.')).toBeVisible();
  expect(await status()).toBe('cancelled');
});

test('what was done is said in a strip of its own, and never over the board', async ({ desk }) => {
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  await page.locator(`[data-card="${appointment.id}"]`).click();
  await page.keyboard.press('a');
  const said = page.getByRole('alert').filter({ hasText: 'Φιλιώ Ζερβάκη has arrived.' });
  await expect(said).toBeVisible();
  const [toast, board] = [await said.boundingBox(), await page.getByRole('main').boundingBox()];
  expect(toast?.y ?? 0).toBeGreaterThanOrEqual((board?.y ?? 0) + (board?.height ?? 0));
});
