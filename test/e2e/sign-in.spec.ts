import type { Page } from '@playwright/test';
import type { Staff } from '../support/staff.ts';
import { expect, showsBoard, test } from './fixture.ts';

const PIN = '4821';

/** Finds somebody by the first letters of their name and gives their password. */
const signIn = async (page: Page, letters: string, { password }: Staff): Promise<void> => {
  await page.keyboard.type(letters);
  await page.keyboard.press('Enter');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await showsBoard(page);
};

const locked = (page: Page) => page.getByRole('heading', { name: 'Locked by Ελπίδα Ντόκου' });

/** Everybody whom the board shows. */
const patientsOn = async (page: Page): Promise<string[]> => {
  const names = await page.locator('.card-name').allInnerTexts();
  expect(names.length).toBeGreaterThan(20);
  return names;
};

test('a name and a password open the desk in the morning; a lock leaves no patient in the page, and a PIN and one key open it', async ({
  closedDesk: { desk, staff },
}) => {
  const { page } = desk;
  await signIn(page, 'elp', staff.receptionist);
  const patients = await patientsOn(page);
  await page.keyboard.press('Control+l');
  await locked(page).waitFor();
  const content = await page.content();
  expect(patients.filter((name) => content.includes(name))).toEqual([]);
  // A reload finds the door as it was.
  await page.reload();
  await locked(page).waitFor();
  await expect(page.getByLabel('PIN', { exact: true })).toBeFocused();
  // Out of habit the password is typed where the PIN is asked: it is taken as one, and never shown.
  await page.keyboard.type(staff.receptionist.password);
  const secret = page.getByLabel('Password', { exact: true });
  await expect(secret).toHaveValue(staff.receptionist.password);
  await expect(secret).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Use the PIN instead' }).press('Enter');
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await showsBoard(page);
});

test('a booking half typed waits through somebody else’s turn, who sees nothing of it', async ({
  closedDesk: { desk, staff },
}) => {
  const { page } = desk;
  const reason = page.getByLabel('Reason');
  await signIn(page, 'elp', staff.receptionist);
  await page.keyboard.press('f');
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').locator('form').waitFor();
  await page.keyboard.type('papad');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await expect(reason).toBeFocused();
  await page.keyboard.type('headache since Monday');
  const patient = await page.getByRole('region', { name: 'Patient' }).innerText();

  await page.keyboard.press('Control+l');
  await page.keyboard.press('Escape');
  await signIn(page, 'niko', staff.doctor);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await page.content()).not.toContain('headache since Monday');

  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Locked by Dr Nikos Kostas' }).waitFor();
  await page.keyboard.press('Escape');
  // Letters find the name; the digits after them are the PIN.
  await page.keyboard.type(`elp${PIN}`);
  await page.keyboard.press('Enter');
  await expect(reason).toHaveValue('headache since Monday');
  await expect(page.getByRole('region', { name: 'Patient' })).toHaveText(patient.replaceAll('\n', ''));
});

test('a desk that nobody touches locks by itself, also while a form is open, and keeps the form', async ({
  closedDesk: { desk, staff },
}) => {
  const { page } = desk;
  await page.clock.install();
  await page.reload();
  await page.getByRole('combobox').waitFor();
  await signIn(page, 'elp', staff.receptionist);
  const patients = await patientsOn(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog').getByLabel('First name')).toBeFocused();
  await page.keyboard.type('Φιλιώ');
  await page.clock.fastForward('09:50');
  await page.keyboard.type('ς');
  await page.clock.fastForward('09:50');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.clock.fastForward('00:20');
  await locked(page).waitFor();
  const content = await page.content();
  expect([...patients, 'Φιλιώ'].filter((name) => content.includes(name))).toEqual([]);
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('First name')).toHaveValue('Φιλιώς');
});

test('a receptionist is not offered what only others may do', async ({ closedDesk: { desk, staff } }) => {
  const { page } = desk;
  const actions = async (): Promise<string[]> => {
    await page.keyboard.press('3');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('papad');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#patient-facts').waitFor();
    await page.keyboard.press('Control+j');
    const offered = await page.getByRole('dialog').getByRole('button').allInnerTexts();
    await page.keyboard.press('Escape');
    await page.keyboard.press('0');
    await page.locator('#settings-title').waitFor();
    const tabs = await page.getByRole('tab').allInnerTexts();
    // Without the keys that stand beside them.
    return [...offered, ...tabs].map((text) => text.split('\n', 1)[0] ?? '');
  };
  await signIn(page, 'elp', staff.receptionist);
  const receptionist = await actions();
  await page.keyboard.press('Control+l');
  await page.keyboard.press('Escape');
  await page.keyboard.type('maria');
  await page.keyboard.press('Enter');
  await page.keyboard.type(staff.admin.password);
  await page.keyboard.press('Enter');
  await showsBoard(page);
  const admin = await actions();
  const more = admin.filter((name) => !receptionist.includes(name));
  expect(more).toEqual(expect.arrayContaining(['Erase the patient on request', 'Clinic']));
  expect(receptionist).toEqual(expect.arrayContaining(['My account', 'Lock the screen']));
});
