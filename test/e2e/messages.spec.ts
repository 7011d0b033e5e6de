import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expected } from './day.ts';
import { expect, test } from './fixture.ts';

/** A picture of one grey dot. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
const composer = (page: Page) => page.getByRole('textbox', { name: /^Write a message/ });
const messages = (page: Page) => page.locator('[data-message]');

/** Chooses an appointment in the waiting room and opens its messages. */
const openByKeys = async (page: Page, appointmentId: string): Promise<void> => {
  await page.keyboard.press('2');
  await page.locator(`[data-line="${appointmentId}"]`).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Messages' }).waitFor();
  await page.keyboard.press('s');
  await composer(page).waitFor();
};

test('a message with a picture, written with the cable out, is read at the other desk; each knows who has read it', async ({
  twoDesks,
}) => {
  test.setTimeout(120_000);
  const [one, two] = twoDesks;
  const { appointment } = await expected(one, 'Φιλιώ', 'Ζερβάκη');
  await one.settled();
  await expect
    .poll(async () => (await two.call('appointment', { appointmentId: appointment.id })).ok)
    .toBe(true);
  const before = (await two.ask('unreadMessages', {})).messages;
  await one.cutNetwork();

  await openByKeys(one.page, appointment.id);
  await composer(one.page).focus();
  await one.page.keyboard.type('Please bring the **referral**.');
  await one.page.locator('input[type=file]').setInputFiles([
    { name: 'φωτό.png', mimeType: 'image/png', buffer: picture },
    { name: 'script.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
  ]);
  await expect(one.page.getByRole('alert')).toHaveText(/script\.png is not what its name says/);
  await expect(one.page.getByText('φωτό.png')).toBeVisible();
  await composer(one.page).press('Enter');
  await expect(messages(one.page)).toHaveCount(1);
  await expect(messages(one.page).getByText('Saved here, not sent yet')).toBeAttached();
  await expect(messages(one.page).locator('strong')).toHaveText('referral');
  await expect(composer(one.page)).toBeFocused();

  await one.mendNetwork();
  await expect.poll(async () => (await two.ask('unreadMessages', {})).messages).toBe(before + 1);
  await openByKeys(two.page, appointment.id);
  await two.page.getByRole('button', { name: 'Fetch from the clinic' }).press('Enter');
  const shown = two.page.getByRole('button', { name: 'φωτό.png' });
  await shown.press('Enter');
  const image = two.page.getByRole('dialog').getByRole('img', { name: 'φωτό.png' });
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
  await two.page.keyboard.press('Escape');
  await expect.poll(async () => (await two.ask('unreadMessages', {})).messages).toBe(before);
  await expect(messages(one.page).getByText(/^Read by/)).toBeVisible();
});

test('a message is edited, deleted and brought back by keys, and its note and tags stand beside it', async ({
  desk,
}) => {
  test.setTimeout(120_000);
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  await openByKeys(page, appointment.id);
  await page.getByRole('checkbox', { name: 'Internal note' }).press('Space');
  await page.getByRole('combobox', { name: 'Tags' }).fill('referral');
  await page.keyboard.press('Enter');
  await composer(page).focus();
  await page.keyboard.type('Ask for it');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('at the desk');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toContainText('Internal note');
  await expect(messages(page)).toContainText('referral');

  await page.keyboard.press('ArrowUp');
  await expect(composer(page)).toHaveValue('Ask for it\nat the desk');
  await page.keyboard.type(' again');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toContainText('at the desk again');
  await expect(messages(page)).toContainText('edited');

  await messages(page).getByRole('button', { name: 'What can be done with this message' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await expect(messages(page)).toContainText('This message was deleted.');
  await page.getByRole('button', { name: /^Undo/ }).press('Enter');
  await expect(messages(page)).toContainText('at the desk again');

  // What was typed and not sent is still there after another place.
  await composer(page).focus();
  await page.keyboard.type('half a sen');
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  await page.keyboard.press('6');
  await expect(composer(page)).toHaveValue('half a sen');
});

/** What somebody would write to run something, load something or break the window. */
const hostile = [
  '<script>window.hit = 1</script><img src=x onerror="window.hit = 1"><svg onload="window.hit = 1">',
  '[a](javascript:window.hit=1) [b](JaVaScRiPt:window.hit=1) [c](data:text/html,<script>window.hit=1</script>)',
  '[d](vbscript:x) [e](file:///etc/passwd) [f](//evil.example/x) [g](\u0001javascript:window.hit=1) <javascript:window.hit=1>',
  '![h](http://evil.example/pixel.png) ![i](javascript:window.hit=1) [j]: javascript:window.hit=1\n\n[j]',
  '<iframe src="http://evil.example"></iframe><a href="javascript:window.hit=1">k</a><base href="http://evil.example/"><style>*{display:none}</style>',
  '[fine](https://clinic.example/) and <mailto:desk@clinic.example>',
  `${'>'.repeat(3000)} deep`,
  `${'- '.repeat(3000)}deep`,
  `${'['.repeat(9000)}`,
  `${'*a '.repeat(6000)}`,
];

test('a hostile message runs nothing, loads nothing from elsewhere, and leaves the window as it was', async ({
  desk,
}) => {
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  for (const markdown of hostile) await desk.ask('sendMessage', { appointmentId: appointment.id, markdown });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await openByKeys(page, appointment.id);
  await expect(messages(page)).toHaveCount(hostile.length);
  const links = await messages(page)
    .getByRole('link')
    .evaluateAll((all: HTMLAnchorElement[]) => all.map(({ href, target, rel }) => ({ href, target, rel })));
  const safe = { target: '_blank', rel: 'noopener noreferrer nofollow' };
  expect(links).toEqual([
    { href: 'https://clinic.example/', ...safe },
    { href: 'mailto:desk@clinic.example', ...safe },
  ]);
  expect(await messages(page).locator('img, script, svg[onload], iframe, style, base, form').count()).toBe(0);
  expect(await page.evaluate(() => 'hit' in window)).toBe(false);
  expect(asked.filter((url) => !url.startsWith(new URL(desk.url).origin))).toEqual([]);
  await expect(composer(page)).toBeVisible();
});

test('a file is given with headers that keep it from running, and to nobody without the desk’s token', async ({
  desk,
}) => {
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  const address = new URL(desk.url);
  const authorization = `Bearer ${address.searchParams.get('token')}`;
  const post = (body: Buffer, name: string, headers: Record<string, string> = { authorization }) =>
    fetch(`${address.origin}/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(name),
        ...headers,
      },
      body: new Uint8Array(body),
    });
  expect((await post(picture, 'a.png', {})).status).toBe(401);
  expect((await post(picture, 'a.png', { authorization, origin: 'http://evil.example' })).status).toBe(403);
  const html = Buffer.from('<script>alert(document.domain)</script>');
  const stored = await (await post(html, 'page.txt')).json();
  expect(stored.value).toMatchObject({
    mimeType: 'text/plain',
    sha256: createHash('sha256').update(html).digest('hex'),
  });
  expect(await (await post(html, 'page.html')).json()).toMatchObject({ error: { code: 'file_refused' } });
  expect(await (await post(randomBytes(26 * 1024 * 1024), 'big.pdf')).json()).toMatchObject({
    error: { code: 'file_refused', details: { reason: 'too_large' } },
  });

  const sent = await desk.ask('sendMessage', { appointmentId: appointment.id, files: [stored.value] });
  const given = await fetch(`${address.origin}/files/${sent.files[0]?.attachmentId}`, {
    headers: { authorization },
  });
  expect(Object.fromEntries(given.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': "attachment; filename*=UTF-8''page.txt",
    'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(Buffer.from(await given.arrayBuffer()).equals(html)).toBe(true);
});
