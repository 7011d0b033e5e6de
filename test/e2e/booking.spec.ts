import type { Page } from '@playwright/test';
import { emptySlots, expected, firstLocation, newPatient, turnTo } from './day.ts';
import { expect, test } from './fixture.ts';

const keys = async (page: Page, ...pressed: string[]): Promise<void> => {
  for (const key of pressed) await page.keyboard.press(key);
};
const dialog = (page: Page) => page.getByRole('dialog').last();

/** Types into the focused search and waits for the line of `name` to be the chosen one. */
const search = async (page: Page, typed: string, name: string): Promise<void> => {
  await page.keyboard.type(typed);
  await expect(page.getByRole('option', { selected: true })).toContainText(name);
};

test('the whole morning goes by keys alone: find, check in, move on, book, and take a step back', async ({
  desk,
}) => {
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  const status = async () => (await desk.ask('appointment', { appointmentId: appointment.id })).status;

  await keys(page, 'Control+k');
  await search(page, 'zerva', 'Φιλιώ Ζερβάκη');
  await keys(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Φιλιώ Ζερβάκη', level: 1 })).toBeVisible();
  await keys(page, 'a');
  await expect(page.getByText('Φιλιώ Ζερβάκη has arrived.')).toBeVisible();
  expect(await status()).toBe('arrived');

  await keys(page, '2');
  await expect(page.getByRole('heading', { name: 'Waiting room' })).toBeVisible();
  await keys(page, 'ArrowDown');
  const line = page.locator(`[data-line="${appointment.id}"]`);
  for (let step = 0; step < 60 && (await line.getAttribute('aria-current')) !== 'true'; step++) {
    await keys(page, 'ArrowDown');
  }
  await expect(line).toBeFocused();
  for (const [key, reached, word] of [
    ['r', 'ready', 'Ready'],
    ['i', 'in_room', 'In room'],
    ['d', 'completed', 'Completed'],
    ['b', 'in_room', 'In room'],
  ] as const) {
    await keys(page, key);
    await expect(line).toContainText(word);
    await expect(page.getByRole('complementary')).toContainText(word);
    await expect(line).toBeFocused();
    expect(await status()).toBe(reached);
  }

  await keys(page, 'Control+k');
  await search(page, 'Φιλιώ Ζερ', 'Φιλιώ Ζερβάκη');
  await keys(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Φιλιώ Ζερβάκη', level: 1 })).toBeVisible();
  await keys(page, 'f');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  await keys(page, 'Enter');
  await expect(dialog(page).getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Control');
  await keys(page, 'Enter');
  await expect(page.getByText(/Φιλιώ Ζερβάκη is booked with/)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('Undo in the toast, or Ctrl+Z, takes a booking back', async ({ desk }) => {
  const { page } = desk;
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  await keys(page, 'f');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  await keys(page, 'Enter');
  await search(page, 'zerva', 'Φιλιώ Ζερβάκη');
  await keys(page, 'Enter');
  await expect(dialog(page).getByLabel('Reason')).toBeFocused();
  await keys(page, 'Enter');
  await expect(page.getByText(/Φιλιώ Ζερβάκη is booked with/)).toBeVisible();
  await keys(page, 'Control+z');
  await expect(page.getByText('Undone: the booking.')).toBeVisible();
  const { appointments } = await desk.ask('patient', { patientId: patient.id });
  expect(appointments.map(({ status }) => status)).toEqual(['cancelled']);
});

test('a time that somebody else took meanwhile is refused by name, and Enter takes the next free one', async ({
  desk,
}) => {
  const { page } = desk;
  const { id } = await firstLocation(desk);
  const late = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  const first = await newPatient(desk, 'Λουκάς', 'Βενιέρης');
  await keys(page, 'f');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  const [soonest] = await desk.ask('nextFree', { locationId: id, durationMinutes: 15, count: 1 });
  await keys(page, 'Enter');
  await search(page, 'zerva', 'Φιλιώ Ζερβάκη');
  await keys(page, 'Enter');
  await desk.ask('book', { slotId: soonest?.slotId ?? '', patientId: first.id });
  await keys(page, 'Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('already has Λουκάς Βενιέρης');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  await keys(page, 'Enter');
  await expect(page.getByText(/Φιλιώ Ζερβάκη is booked with/)).toBeVisible();
  const { appointments } = await desk.ask('patient', { patientId: late.id });
  expect(appointments).toHaveLength(1);
  expect(appointments[0]?.overbookReason).toBeNull();
});

test('an overbook asks for its reason and keeps it', async ({ desk }) => {
  const { page } = desk;
  const { id } = await firstLocation(desk);
  const late = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  const first = await newPatient(desk, 'Λουκάς', 'Βενιέρης');
  await keys(page, 'f');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  const [soonest] = await desk.ask('nextFree', { locationId: id, durationMinutes: 15, count: 1 });
  await keys(page, 'Enter');
  await search(page, 'zerva', 'Φιλιώ Ζερβάκη');
  await keys(page, 'Enter');
  await desk.ask('book', { slotId: soonest?.slotId ?? '', patientId: first.id });
  await keys(page, 'Enter');
  await dialog(page).getByRole('button', { name: 'Book over it' }).press('Enter');
  await expect(dialog(page).getByLabel('Why is it booked over?')).toBeFocused();
  await page.keyboard.type('Severe pain');
  await keys(page, 'Enter');
  await expect(page.getByText(/Φιλιώ Ζερβάκη is booked with/)).toBeVisible();
  const { appointments } = await desk.ask('patient', { patientId: late.id });
  expect(appointments[0]).toMatchObject({ overbookReason: 'Severe pain', start: soonest?.start });
});

test('what was typed into a booking is still there after Esc', async ({ desk }) => {
  const { page } = desk;
  await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  await keys(page, 'f');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  await keys(page, 'Enter');
  // Enter and the next letters come before the answer: they wait for it, and stand where they were meant for.
  let answer = (): void => undefined;
  const answers = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/call/findPatient', async (route) => {
    await answers;
    await route.continue();
  });
  await page.keyboard.type('zerva');
  await keys(page, 'Enter');
  await page.keyboard.type('Sore throat');
  await expect(dialog(page).getByRole('combobox', { name: 'Patient' })).toHaveValue('zerva');
  answer();
  await expect(dialog(page).getByLabel('Reason')).toHaveValue('Sore throat');
  await keys(page, 'Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await keys(page, 'f');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  await keys(page, 'Enter');
  await expect(dialog(page)).toContainText('You had begun this booking.');
  await expect(dialog(page)).toContainText('Φιλιώ Ζερβάκη');
  await expect(dialog(page).getByLabel('Reason')).toHaveValue('Sore throat');
});

test('somebody whose phone is old is asked for it once, and one Enter checks them in', async ({ desk }) => {
  const { page } = desk;
  const patient = await desk.ask('registerPatient', {
    firstName: 'Φιλιώ',
    lastName: 'Ζερβάκη',
    phone: '+30 210 555 0142',
    saveAnyway: true,
  });
  const [slot] = await emptySlots(desk);
  const appointment = await desk.ask('book', { slotId: slot?.id ?? '', patientId: patient.id });
  await keys(page, 'Control+k');
  await search(page, 'zerva', 'Φιλιώ Ζερβάκη');
  await keys(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Φιλιώ Ζερβάκη', level: 1 })).toBeVisible();
  await keys(page, 'a');
  await expect(dialog(page).getByLabel('Phone')).toBeFocused();
  await keys(page, 'Tab');
  await page.keyboard.type('Ερμού 12');
  await keys(page, 'Enter');
  await expect(page.getByText('Φιλιώ Ζερβάκη has arrived.')).toBeVisible();
  expect((await desk.ask('appointment', { appointmentId: appointment.id })).status).toBe('arrived');
  expect((await desk.ask('patient', { patientId: patient.id })).patient).toMatchObject({
    address: 'Ερμού 12',
    contactDue: false,
  });
});

test('an open form holds its time: the other desk is told who has it, and gets it when the form closes', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  await newPatient(two, 'Φιλιώ', 'Ζερβάκη');
  await two.settled();
  const { id } = await firstLocation(one);
  const soonest = async () =>
    (await two.ask('nextFree', { locationId: id, durationMinutes: 15, count: 1 }))[0]?.slotId;
  const wanted = await soonest();
  for (const { page } of [one, two]) {
    await keys(page, 'f');
    await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  }
  // Both look at the same times; the first to press Enter holds the soonest.
  const offered = await dialog(two.page).getByRole('listitem').first().textContent();
  await keys(one.page, 'Enter');
  await expect.poll(soonest).not.toBe(wanted);
  await expect(dialog(two.page).getByRole('listitem').first()).not.toHaveText(offered ?? '');
  await keys(two.page, 'Escape');
  const board = two.page.getByRole('region', { name: 'Day board' });
  await expect(board.getByText('Held at Reception')).toBeVisible();
  expect((await one.ask('syncState', {})).waiting).toBe(0);

  await keys(one.page, 'Escape');
  await expect(board.getByText('Held at Reception')).toHaveCount(0);
  await expect.poll(soonest).toBe(wanted);
});

test('a cancelled time is offered to whoever would come earlier, also offline; Enter books them, Undo takes it back', async ({
  desk,
}) => {
  const { page } = desk;
  const { id } = await firstLocation(desk);
  const waits = await newPatient(desk, 'Λουκάς', 'Βενιέρης');
  const leaves = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  // None that begins while the test goes on: a time that has begun is offered to nobody. One doctor's are of one length.
  const after = new Date(Date.now() + 10 * 60_000).toISOString();
  const [first] = await desk.ask('nextFree', { locationId: id, after, count: 1 });
  const times = await desk.ask('nextFree', { doctorId: first?.doctorId ?? '', after, count: 5 });
  const [soon, , later] = times.filter(({ start }) => start >= after);
  const appointment = await desk.ask('book', { slotId: soon?.slotId ?? '', patientId: leaves.id });
  const moved = await desk.ask('book', { slotId: later?.slotId ?? '', patientId: waits.id });
  await desk.settled();
  await desk.cutNetwork();

  await keys(page, 'u');
  await expect(dialog(page)).toContainText('Nobody waits for an earlier time.');
  await keys(page, 'Escape');
  await desk.ask('addToWaitingList', {
    patientId: waits.id,
    appointmentId: moved.id,
    wish: { doctorId: null, urgent: true },
  });
  await turnTo(desk, appointment.start);
  const card = page.locator(`[data-card="${appointment.id}"]`);
  await card.click();
  await expect(page.getByRole('complementary')).toContainText('Φιλιώ Ζερβάκη');
  await keys(page, 'c');
  await dialog(page).getByLabel('Reason').press('Enter');
  await expect(page.getByText('1 patient would come earlier').last()).toBeVisible();
  await keys(page, 'u');
  await expect(dialog(page)).toContainText('+30 210 555 0142');
  await expect(dialog(page).getByRole('button', { name: /^Book Λουκάς Βενιέρης/ })).toBeFocused();
  await keys(page, 'Enter');
  await expect(page.getByText(/Λουκάς Βενιέρης comes earlier/)).toBeVisible();
  const start = async () => (await desk.ask('appointment', { appointmentId: moved.id })).start;
  expect(await start()).toBe(soon?.start);
  expect(await desk.ask('waitingList', {})).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).last().press('Enter');
  await expect.poll(start).toBe(later?.start);
  // Two calls take it back: the time first, then the place on the list.
  await expect.poll(() => desk.ask('waitingList', {})).toHaveLength(1);
  await desk.mendNetwork();
  expect(await desk.ask('conflicts', {})).toEqual([]);
});
