import { type E2eDesk, expect, showsBoard, test } from './fixture.ts';

/** The first free slot of today at the first location, and somebody to take it. */
const freeSlot = async (desk: E2eDesk) => {
  const [location] = await desk.ask('locations', {});
  const [free] = await desk.ask('nextFree', { ...(location ? { locationId: location.id } : {}), count: 1 });
  const [patient] = await desk.ask('findPatient', { text: 'ma', limit: 1 });
  if (!free || !patient) throw new Error('the sample clinic has no free time or no patient');
  return { free, patient };
};

test('a booking at one desk is on the board of the other without a reload', async ({ twoDesks }) => {
  const [one, two] = twoDesks;
  const { free, patient } = await freeSlot(one);
  const before = await two.page.evaluate(() => performance.timeOrigin);
  const booked = await one.ask('book', {
    slotId: free.slotId,
    patientId: patient.id,
    reason: 'Seen at once',
  });
  await expect.poll(async () => (await two.call('appointment', { appointmentId: booked.id })).ok).toBe(true);
  expect(await two.page.evaluate(() => performance.timeOrigin)).toBe(before);
});

test('an address without the token shows how to come in, and no page', async ({ desk, browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(new URL(desk.url).origin);
  expect(response?.status()).toBe(401);
  await expect(page.locator('body')).toContainText('address that Anteroom printed');
  await context.close();
});

test('the token is gone from the address once the page is open, and scripts cannot read it', async ({
  desk,
}) => {
  expect(desk.page.url()).toBe(`${new URL(desk.url).origin}/`);
  expect(await desk.page.evaluate(() => document.cookie)).toBe('');
});

test('a page of another site can neither call this desk nor hear its events', async ({ desk, browser }) => {
  const origin = new URL(desk.url).origin;
  const context = await browser.newContext();
  // This browser is signed in at the desk, so only the desk's own checks stand between it and the other site.
  await (await context.newPage()).goto(desk.url);
  const page = await context.newPage();
  await page.route('https://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Win a prize</h1>' }),
  );
  await page.goto('https://evil.example/');
  const outcome = await page.evaluate(async (address) => {
    const call = await fetch(`${address}/call/clinic`, {
      method: 'POST',
      mode: 'no-cors',
      credentials: 'include',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    }).then(
      (response) => response.type,
      () => 'failed',
    );
    const events = await new Promise((resolve) => {
      const socket = new WebSocket(`${address.replace('http', 'ws')}/events`);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    return { call, events };
  }, origin);
  expect(['opaque', 'failed']).toContain(outcome.call);
  expect(outcome.events).toBe('refused');
  await context.close();
});

test('two windows of one desk both see what happens', async ({ desk }) => {
  const second = await desk.page.context().newPage();
  await second.goto(desk.url);
  await showsBoard(second);
  const heard = Promise.all(
    [desk.page, second].map((page) =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/events`);
            socket.onmessage = ({ data }) => {
              if (JSON.parse(data).event === 'tablesChanged') resolve(true);
            };
            socket.onopen = () => document.documentElement.setAttribute('data-listening', '');
          }),
      ),
    ),
  );
  for (const page of [desk.page, second]) await page.locator('html[data-listening]').waitFor();
  const { free, patient } = await freeSlot(desk);
  await desk.ask('book', { slotId: free.slotId, patientId: patient.id });
  expect(await heard).toEqual([true, true]);
});

test('with the cable out the desk says so and goes on; with it in, what was booked is sent', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  await one.cutNetwork();
  const { free, patient } = await freeSlot(one);
  const booked = await one.ask('book', { slotId: free.slotId, patientId: patient.id });
  expect(await one.ask('syncState', {})).toMatchObject({ phase: 'offline', waiting: 1 });
  await expect(one.page.getByText(/Offline since/).first()).toBeVisible();
  expect((await two.call('appointment', { appointmentId: booked.id })).ok).toBe(false);
  await one.mendNetwork();
  await expect.poll(async () => (await two.call('appointment', { appointmentId: booked.id })).ok).toBe(true);
});

test('a desk that lost its power has what it was told, after the next start', async ({ desk }) => {
  await desk.cutNetwork();
  const { free, patient } = await freeSlot(desk);
  const booked = await desk.ask('book', { slotId: free.slotId, patientId: patient.id });
  const restarted = desk.crashAndRestart();
  await desk.mendNetwork().catch(() => undefined);
  await restarted;
  expect(await desk.ask('appointment', { appointmentId: booked.id })).toMatchObject({ status: 'scheduled' });
});
