import type { Page } from '@playwright/test';
import { firstLocation, newPatient } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog').last();
const dayOf = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));

/** A doctor of the first location with free time, and that time. */
const freeDoctor = async (desk: E2eDesk) => {
  const location = await firstLocation(desk);
  const [time] = await desk.ask('nextFree', { locationId: location.id, count: 1 });
  const doctor = (await desk.ask('doctors', {})).find(({ id }) => id === time?.doctorId);
  if (!time || !doctor) throw new Error('the sample clinic has no free time');
  return { time, doctor, location };
};
const openDoctor = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press('4');
  await page.getByLabel('Name, specialty or city').fill(name.replace('Dr ', ''));
  await page.getByRole('list').getByRole('button', { name }).first().press('Enter');
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
};

test('the directory is narrowed and gone through by keys, and the next free time is true right after a booking, offline', async ({
  desk,
}) => {
  const { page } = desk;
  const { time, doctor } = await freeDoctor(desk);
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  await page.keyboard.press('4');
  await expect(page.getByRole('heading', { name: 'Doctors', level: 1 })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-doctor]').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-doctor]').nth(1)).toBeFocused();
  await page.getByLabel('Name, specialty or city').fill('nobody');
  await expect(page.getByText('No doctor fits these filters.')).toBeVisible();
  await openDoctor(page, doctor.name.en);

  await desk.cutNetwork();
  const before = (await desk.ask('doctorProfile', { doctorId: doctor.id })).nextAvailable;
  const shown = page.getByRole('main').locator('header').getByText('Next free:');
  const said = await shown.textContent();
  await desk.ask('book', { slotId: time.slotId, patientId: patient.id });
  const after = (await desk.ask('doctorProfile', { doctorId: doctor.id })).nextAvailable;
  expect(after).not.toBe(before);
  await expect(shown).not.toHaveText(said ?? '');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Doctors', level: 1 })).toBeVisible();
});

test('leave lists its appointments, and each is moved to another time by keys', async ({ desk }) => {
  const { page } = desk;
  const { doctor, location } = await freeDoctor(desk);
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  const after = new Date(Date.now() + 20 * 86_400_000).toISOString();
  const [time] = await desk.ask('nextFree', { doctorId: doctor.id, after, count: 1 });
  const booked = await desk.ask('book', { slotId: time?.slotId ?? '', patientId: patient.id });
  const day = dayOf(booked.start, location.timezone);
  await desk.cutNetwork();
  await openDoctor(page, doctor.name.en);
  await page.getByRole('button', { name: 'Add leave' }).press('Enter');
  await dialog(page).getByLabel('Reason').fill('Conference');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'Conference' })).toBeVisible();
  // Whoever was booked for today is listed at once.
  if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // Esc went one step back and not two.
  await expect(page.getByRole('heading', { name: doctor.name.en, level: 1 })).toBeVisible();

  const { affected } = await desk.ask('addException', {
    kind: 'leave',
    doctorId: doctor.id,
    firstDay: day,
    lastDay: day,
    reason: 'Course',
  });
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Course' })
    .getByRole('button', { name: /to move/ })
    .press('Enter');
  const slotsLeft = async () => (await desk.ask('slots', { doctorId: doctor.id, date: day })).length;
  await expect.poll(slotsLeft).toBe(affected);
  const line = page.locator('[data-affected]', { hasText: 'Φιλιώ Ζερβάκη' });
  await line.focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('listitem').first().getByRole('button')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'Φιλιώ Ζερβάκη' })).toContainText('Moved to');
  const moved = await desk.ask('appointment', { appointmentId: booked.id });
  expect(dayOf(moved.start, location.timezone)).not.toBe(day);
  await expect.poll(slotsLeft).toBe(affected - 1);
  await desk.mendNetwork();
});

test('hours planned at two desks apart that cannot both be are in the inbox of one, in plain words', async ({
  twoDesks,
}) => {
  test.setTimeout(120_000);
  const [one, two] = twoDesks;
  const { doctor, location } = await freeDoctor(one);
  const { id: doctorId } = await one.ask('saveDoctor', {
    firstName: 'Anna',
    lastName: 'Nikolaou',
    locationId: location.id,
  });
  await Promise.all([one.settled(), two.settled()]);
  await expect.poll(async () => (await two.ask('doctors', {})).some(({ id }) => id === doctorId)).toBe(true);
  expect(doctor.id).not.toBe(doctorId);
  const plan = (desk: E2eDesk, starts: string, ends: string) =>
    desk.ask('setWorkingHours', {
      doctorId,
      from: location.today,
      until: null,
      stretches: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        starts,
        ends,
        slotMinutes: 30,
        locationId: location.id,
        roomId: null,
      })),
    });
  await two.cutNetwork();
  await plan(one, '09:00', '13:00');
  await one.settled();
  await plan(two, '11:00', '15:00');
  await two.mendNetwork();
  const { page } = two;
  await page.keyboard.press('9');
  await expect(page.getByRole('article')).toContainText('Working hours of Dr Nikolaou');
  await expect(page.getByRole('article')).toContainText('a doctor cannot be at two places at once');
  await page.getByRole('article').getByRole('button', { name: 'Keep theirs' }).press('Enter');
  await expect(page.getByText('Nothing needs you.')).toBeVisible();
  expect((await two.ask('workingHours', { doctorId })).weeks[0]?.stretches[0]).toMatchObject({
    ends: '13:00',
  });
});
