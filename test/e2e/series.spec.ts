import type { Page } from '@playwright/test';
import { Temporal } from 'temporal-polyfill';
import type { FreeTime } from '../../src-main/contract/appointment.ts';
import type { PlannedVisit } from '../../src-main/contract/series.ts';
import { firstLocation, newPatient } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

const dialog = (page: Page) => page.getByRole('dialog').last();
const dates = (page: Page) => dialog(page).getByRole('list', { name: 'Dates of the series' });
const TIMES = 4;

/** The Tuesday of next week, so that the weeks after it have slots too. */
const nextTuesday = (today: string): Temporal.PlainDate => {
  const day = Temporal.PlainDate.from(today);
  return day.add({ days: 9 - day.dayOfWeek });
};

/** Of the times that the finder shows from that day on, the one whose following weeks are the freest. */
const freest = async (desk: E2eDesk) => {
  const { id, today, timezone } = await firstLocation(desk);
  const day = nextTuesday(today);
  const visitType = (await desk.ask('visitTypes', {})).find(({ durationMinutes }) => durationMinutes === 15);
  const after = new Date(day.toZonedDateTime(timezone).epochMilliseconds).toISOString();
  const visitTypeId = visitType?.id ?? '';
  const times = await desk.ask('nextFree', { locationId: id, visitTypeId, after });
  const planned: { time: FreeTime; index: number; visits: PlannedVisit[]; free: PlannedVisit[] }[] = [];
  for (const [index, time] of times.entries()) {
    const rule = { every: 'week' as const, count: TIMES };
    const visits = await desk.ask('planSeries', { slotId: time.slotId, visitTypeId, rule });
    planned.push({ time, index, visits, free: visits.filter(({ state }) => state === 'free') });
  }
  const [best] = planned.sort((a, b) => b.free.length - a.free.length);
  if (!best || best.free.length < 3) throw new Error('the sample clinic has three free weeks at one time');
  return { ...best, day };
};

/** Opens the booking form at a time of the finder and turns it into a series of four weeks, by keys alone. */
const openSeries = async (desk: E2eDesk, day: Temporal.PlainDate, index: number, surname: string) => {
  const { page } = desk;
  await page.keyboard.press('f');
  // The soonest time takes the focus as soon as it is there.
  await expect(dialog(page).getByRole('listitem').getByRole('button').first()).toBeFocused();
  await dialog(page).getByLabel('From day').press('Enter');
  const name = day.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const cell = page.getByRole('button', { name, exact: true });
  const { today } = await firstLocation(desk);
  if (day.month !== Temporal.PlainDate.from(today).month)
    await page.locator('button[data-direction="next"]').press('Enter');
  await cell.press('Enter');
  const times = dialog(page).getByRole('listitem').getByRole('button');
  await expect(times.first()).toContainText(String(day.day));
  await times.nth(index).press('Enter');
  await page.keyboard.type(surname.slice(0, 5));
  await expect(page.getByRole('option', { selected: true })).toContainText(surname);
  await page.keyboard.press('Enter');
  await dialog(page).getByLabel('Repeat…').press('Space');
  await dialog(page).getByLabel('How many in all').fill(String(TIMES));
  await expect(dates(page).getByRole('listitem')).toHaveCount(TIMES);
};

test('a series is booked offline by keys: a taken week is shown first and gets another time; later ones are cancelled and put back', async ({
  desk,
}) => {
  const { page } = desk;
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  const other = await newPatient(desk, 'Λουκάς', 'Βενιέρης');
  const { time, index, free, day } = await freest(desk);
  const clash = free[1];
  await desk.ask('book', { slotId: clash?.slotId ?? '', patientId: other.id });
  await desk.settled();
  await desk.cutNetwork();

  await openSeries(desk, day, index, 'Ζερβάκη');
  const taken = dates(page).getByRole('listitem').filter({ hasText: 'taken: Λουκάς Βενιέρης' });
  await expect(taken).toHaveCount(1);
  await expect(dialog(page).getByRole('status').last()).toContainText(`${free.length - 1} of ${TIMES}`);
  const instead = taken.getByRole('combobox');
  await instead.press('ArrowDown');
  await expect(instead).not.toHaveValue('');
  const save = dialog(page).getByRole('button', { name: `Book ${free.length} appointments` });
  await save.press('Enter');
  await expect(page.getByText(`Φιλιώ Ζερβάκη has ${free.length} appointments`)).toBeVisible();

  const booked = (await desk.ask('patient', { patientId: patient.id })).appointments.toReversed();
  expect(booked).toHaveLength(free.length);
  expect(booked[0]).toMatchObject({ start: time.start, status: 'scheduled', alerts: { provisional: true } });
  const second = booked[1];
  await desk.mendNetwork();
  expect(await desk.ask('conflicts', {})).toEqual([]);

  const cancelled = await desk.ask('cancelSeries', {
    appointmentId: second?.id ?? '',
    scope: 'this_and_later',
  });
  expect(cancelled).toHaveLength(free.length - 1);
  const statuses = async () =>
    (await desk.ask('patient', { patientId: patient.id })).appointments.map(({ status }) => status).sort();
  expect((await statuses()).filter((status) => status === 'scheduled')).toHaveLength(1);
});

test('one date of a series that another desk took meanwhile lands in the inbox alone', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { page } = one;
  const patient = await newPatient(one, 'Φιλιώ', 'Ζερβάκη');
  const other = await newPatient(two, 'Λουκάς', 'Βενιέρης');
  await Promise.all([one.settled(), two.settled()]);
  const { index, free, day } = await freest(one);
  await one.cutNetwork();
  await two.ask('book', { slotId: free[2]?.slotId ?? '', patientId: other.id });
  await two.settled();
  await openSeries(one, day, index, 'Ζερβάκη');
  await dialog(page)
    .getByRole('button', { name: `Book ${free.length} appointments` })
    .press('Enter');
  await expect(page.getByText(`Φιλιώ Ζερβάκη has ${free.length} appointments`)).toBeVisible();
  await one.mendNetwork();

  const [entry, ...more] = await one.ask('conflicts', {});
  expect(more).toEqual([]);
  expect(entry).toMatchObject({ code: 'taken', mine: { appointment: { start: free[2]?.start } } });
  await expect
    .poll(async () => (await two.ask('patient', { patientId: patient.id })).appointments.length)
    .toBe(free.length - 1);
  await page.keyboard.press('9');
  await expect(page.getByRole('article').getByRole('heading').first()).toContainText(
    'Booking of Φιλιώ Ζερβάκη',
  );
  await page
    .getByRole('article')
    .getByRole('button', { name: /^Book / })
    .press('Enter');
  await expect(page.getByText('Nothing needs you.')).toBeVisible();
});

test('an appointment of a series asks which ones are meant, and Undo puts them back', async ({ desk }) => {
  const { page } = desk;
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  const { time, free, day } = await freest(desk);
  const { appointments } = await desk.ask('bookSeries', {
    slotId: time.slotId,
    patientId: patient.id,
    rule: { every: 'week', count: TIMES },
    visits: free.map(({ slotId, start }) => ({ slotId: slotId ?? '', at: start })),
  });
  const statuses = async () =>
    (await desk.ask('patient', { patientId: patient.id })).appointments.map(({ status }) => status);
  const { today } = await firstLocation(desk);
  const days = Temporal.PlainDate.from(today).until(day).days;
  for (let step = 0; step < days; step++) await page.keyboard.press('ArrowRight');
  const card = page.locator(`[data-card="${appointments[0]?.id}"]`);
  await card.click();
  await expect(page.getByRole('complementary')).toContainText('every week, 4 times');
  await page.keyboard.press('c');
  await dialog(page).getByLabel('Reason').press('Enter');
  await expect(dialog(page)).toContainText('This appointment repeats');
  await page.keyboard.press('3');
  await expect(page.getByText(`Cancelled: ${free.length} appointments of Φιλιώ Ζερβάκη.`)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(new Set(await statuses())).toEqual(new Set(['cancelled']));
  await page.getByRole('button', { name: 'Undo' }).last().press('Enter');
  await expect.poll(statuses).toEqual(free.map(() => 'scheduled'));
});
