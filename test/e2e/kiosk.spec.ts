import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { calls } from '../../src-main/contract/calls.ts';
import { expected, firstLocation } from './day.ts';
import { type E2eClinic, type E2eDesk, expect, showsBoard, test } from './fixture.ts';

const PIN = '2468';
const born = '1980-03-12';

/** A patient who is expected at this moment, at whatever hour the test runs. */
const expectedNow = async (clinic: E2eClinic, desk: E2eDesk, firstName: string, lastName: string) => {
  const { patient, appointment } = await expected(desk, firstName, lastName);
  await desk.ask('updatePatient', { patientId: patient.id, set: { dateOfBirth: born } });
  await desk.settled();
  await clinic.query(
    `update appointments set scheduled_at = now(), ends_at = now() + interval '15 minutes', overbook_reason = 'now',
       overbooked_by = (select id from users limit 1) where id = $1`,
    [appointment.id],
  );
  await expect
    .poll(async () => (await desk.ask('appointment', { appointmentId: appointment.id })).start)
    .not.toBe(appointment.start);
  return appointment.id;
};

/** Opens a link of the settings in a browser of its own, as a tablet or a screen on the wall has it. */
const openStation = async (
  browser: Browser,
  desk: E2eDesk,
  kind: 'kiosk' | 'display',
): Promise<{ context: BrowserContext; page: Page }> => {
  const { id: locationId } = await firstLocation(desk);
  const { ticket } = await desk.ask('openStation', { kind, locationId });
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${new URL(desk.url).origin}/${kind}?ticket=${ticket}`);
  return { context, page };
};

/** Types at the kiosk, by keys alone, from its start. */
const typeWho = async (page: Page, lastName: string, firstName: string, date = born): Promise<void> => {
  const [year = '', month = '', day = ''] = date.split('-');
  await page.getByRole('button', { name: 'Check in' }).press('Enter');
  for (const text of [lastName, firstName, day, month, year]) {
    await page.keyboard.type(text);
    await page.keyboard.press(text === year ? 'Enter' : 'Tab');
  }
};
const answerOf = (page: Page) => page.getByRole('status').getByRole('heading');

test('the desk’s own screen becomes a kiosk, a patient checks in with the cable out, and only the PIN leads back', async ({
  clinic,
  desk,
}) => {
  const { page } = desk;
  const appointmentId = await expectedNow(clinic, desk, 'Φιλιώ', 'Ζερβάκη');
  await desk.cutNetwork();
  await page.keyboard.press('0');
  await page.getByLabel('PIN to leave a kiosk').fill(PIN);
  await page.keyboard.press('Enter');
  const here = page.getByRole('button', { name: 'Make this screen the kiosk' });
  await expect(here).toBeEnabled();
  await here.press('Enter');

  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  expect(await desk.call('findPatient', { text: 'zerva' })).toMatchObject({ error: { code: 'not_allowed' } });
  await typeWho(page, 'zervaki', 'filio', '1980-03-13');
  await expect(answerOf(page)).toHaveText('Please speak to the front desk.');
  await page.keyboard.press('Enter');
  await typeWho(page, 'zervaki', 'filio');
  await expect(answerOf(page)).toHaveText('Thank you, please take a seat.');
  await expect(page.locator('body')).not.toContainText('Ζερβάκη');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();

  await page.getByRole('button', { name: 'Staff' }).press('Enter');
  await page.keyboard.type('1111');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('That PIN is wrong.');
  await page.getByLabel('PIN').fill(PIN);
  await page.keyboard.press('Enter');
  await showsBoard(page);
  expect(await desk.ask('appointment', { appointmentId })).toMatchObject({ status: 'arrived' });
  await desk.mendNetwork();
  expect(await desk.ask('syncState', {})).toMatchObject({ waiting: 0, refused: 0 });
});

test('a kiosk in another browser forgets who walks away, and its stolen cookie opens nothing else', async ({
  browser,
  clinic,
  desk,
}) => {
  const appointmentId = await expectedNow(clinic, desk, 'Φιλιώ', 'Ζερβάκη');
  await desk.ask('setKioskPin', { pin: PIN });
  const { context, page } = await openStation(browser, desk, 'kiosk');
  await page.getByRole('button', { name: 'Check in' }).press('Enter');
  await page.keyboard.type('Ζερβάκη');
  await page.clock.fastForward(31_000);
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await page.getByRole('button', { name: 'Check in' }).press('Enter');
  await expect(page.getByLabel('Last name')).toHaveValue('');
  await page.getByRole('button', { name: 'Start again' }).press('Enter');

  const { origin } = new URL(desk.url);
  const cookies = await context.cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  const [stolen] = cookies;
  const own = ['kioskState', 'kioskCheckIn', 'leaveKiosk'];
  for (const name of Object.keys(calls).filter((one) => !own.includes(one))) {
    for (const [path, headers] of [
      [`/kiosk/call/${name}`, { cookie: `${stolen?.name}=${stolen?.value}` }],
      [`/call/${name}`, { authorization: `Bearer ${stolen?.value}` }],
    ] as const) {
      const response = await fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      });
      expect([name, await response.json()]).toMatchObject([
        name,
        { ok: false, error: { code: 'not_allowed' } },
      ]);
    }
  }

  await typeWho(page, 'Ζερβάκη', 'Φιλιώ');
  await expect(answerOf(page)).toHaveText('Thank you, please take a seat.');
  await expect.poll(async () => (await desk.ask('appointment', { appointmentId })).status).toBe('arrived');
  await context.close();
});

test('the screen on the wall calls by first name and initial as soon as the desk calls the next, and axe finds nothing', async ({
  browser,
  clinic,
  desk,
}) => {
  test.setTimeout(120_000);
  const appointmentId = await expectedNow(clinic, desk, 'Φιλιώ', 'Ζερβάκη');
  await desk.ask('checkIn', { appointmentId });
  await desk.ask('moveOn', { appointmentId, to: 'ready' });
  const { context, page } = await openStation(browser, desk, 'display');
  const line = page.getByRole('listitem').filter({ hasText: 'Φιλιώ Ζ.' });
  await expect(line).toBeVisible();
  await desk.page.keyboard.press('2');
  const ready = desk.page.locator(`[data-line="${appointmentId}"]`);
  await ready.focus();
  await expect(ready).toBeFocused();
  await desk.page.keyboard.press('i');
  await expect(page.locator('[data-large="true"]')).toContainText('Φιλιώ Ζ.');
  await expect(page.locator('body')).not.toContainText('Ζερβάκη');

  const found: string[] = [];
  const look = async (name: string, seen: Page): Promise<void> => {
    for (const theme of ['light', 'dark']) {
      await seen.evaluate(
        (shade) => document.documentElement.setAttribute('data-mantine-color-scheme', shade),
        theme,
      );
      const { violations } = await new AxeBuilder({ page: seen }).analyze();
      for (const { id, nodes } of violations) found.push(`${name}, ${theme}: ${id} ${nodes[0]?.target}`);
    }
  };
  await look('display', page);
  await context.close();
  await desk.ask('setKioskPin', { pin: PIN });
  const kiosk = await openStation(browser, desk, 'kiosk');
  for (const language of ['English', 'Ελληνικά']) {
    await kiosk.page.getByText(language).click();
    await look(`start, ${language}`, kiosk.page);
    await kiosk.page.locator('main button').click();
    await kiosk.page.locator('main button[type="submit"]').click();
    await look(`who, ${language}`, kiosk.page);
    await kiosk.page.locator('main button[type="button"]').click();
    // The language goes back to the first one with each start.
    await kiosk.page.getByText(language).click();
    await kiosk.page.locator('footer button').click();
    await look(`staff, ${language}`, kiosk.page);
    await kiosk.page.locator('main button[type="button"]').click();
  }
  await kiosk.context.close();
  expect(found).toEqual([]);
});
