import type { Page } from '@playwright/test';
import { firstLocation, newPatient } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

/** Somebody who comes on the next working day and has not confirmed. */
const expectedNextDay = async (desk: E2eDesk, firstName: string, lastName: string) => {
  const location = await firstLocation(desk);
  const patient = await newPatient(desk, firstName, lastName);
  const midnight = new Date(Date.parse(`${location.today}T00:00:00Z`) + 26 * 3_600_000).toISOString();
  const [time] = await desk.ask('nextFree', { locationId: location.id, after: midnight, count: 1 });
  if (!time) throw new Error('nothing is free');
  const appointment = await desk.ask('book', { slotId: time.slotId, patientId: patient.id });
  return { patient, appointment, locationId: location.id };
};

const callsOf = async (page: Page): Promise<void> => {
  await page.keyboard.press('7');
  await page.getByRole('list', { name: 'Call list' }).waitFor();
};

test('a call list is worked by keys: no answer comes again later, a mistake is undone, reached confirms at every desk', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { page } = one;
  const { appointment, locationId } = await expectedNextDay(one, 'Φιλιώ', 'Ζερβάκη');
  await callsOf(page);
  const line = page.locator(`[data-call="${appointment.id}"]`);
  await line.focus();
  await expect(page.getByRole('region', { name: 'The call' })).toContainText('+30 210 555 0142');
  // Due now, or at nine where it is night.
  const untried = await line.innerText();
  await page.keyboard.press('x');
  await expect(page.getByText(/Φιλιώ Ζερβάκη: call again/)).toBeVisible();
  await expect(line).toContainText('1 try');
  await page.keyboard.press('Control+z');
  await expect(line).toHaveText(untried, { useInnerText: true });
  await line.focus();
  await page.keyboard.press('r');
  await expect(page.getByText('Φιλιώ Ζερβάκη is confirmed.')).toBeVisible();
  await expect(line).toHaveCount(0);
  await one.settled();
  await expect
    .poll(async () => {
      const list = await two.ask('callList', { list: 'confirmation', locationId });
      const there = await two.call('appointment', { appointmentId: appointment.id });
      return there.ok && there.value.confirmedAt !== null && list.every(({ id }) => id !== appointment.id);
    })
    .toBe(true);
});

test('two desks that call one patient with the cable out both keep their try, and nobody has to decide', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { appointment, locationId } = await expectedNextDay(one, 'Φιλιώ', 'Ζερβάκη');
  await one.settled();
  const id = appointment.id;
  await expect.poll(async () => (await two.call('appointment', { appointmentId: id })).ok).toBe(true);
  await Promise.all([one.cutNetwork(), two.cutNetwork()]);
  await callsOf(one.page);
  await one.page.locator(`[data-call="${id}"]`).focus();
  await one.page.keyboard.press('m');
  await expect(one.page.locator(`[data-call="${id}"]`)).toContainText('1 try');
  await two.ask('logCall', { list: 'confirmation', id, outcome: 'no_answer' });
  await one.mendNetwork();
  await two.mendNetwork();
  await expect
    .poll(async () => {
      const list = await one.ask('callList', { list: 'confirmation', locationId });
      return list
        .find((entry) => entry.id === id)
        ?.tries.map(({ outcome }) => outcome)
        .sort();
    })
    .toEqual(['left_message', 'no_answer']);
  expect(await one.ask('syncState', {})).toMatchObject({ refused: 0 });
  expect(await two.ask('syncState', {})).toMatchObject({ refused: 0 });
});

test('a recall is added on the patient’s page, stands on the list when it is due, and leads to a booking', async ({
  desk,
}) => {
  const { page } = desk;
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zervaki');
  await expect(page.getByRole('option', { selected: true })).toContainText('Ζερβάκη');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add a recall' }).press('Enter');
  await page.keyboard.type('Yearly check-up');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Φιλιώ Ζερβάκη is to be asked back on/)).toBeVisible();
  const [recall] = await desk.ask('patientRecalls', { patientId: patient.id });
  const { today } = await firstLocation(desk);
  await desk.ask('updateRecall', { recallId: recall?.id ?? '', set: { dueOn: today } });

  await page.keyboard.press('7');
  await page.getByText('Recalls', { exact: true }).click();
  const line = page.locator(`[data-call="${recall?.id}"]`);
  await line.focus();
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: /Φιλιώ Ζερβάκη/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(line).toHaveCount(0);
  expect(await desk.ask('patientRecalls', { patientId: patient.id })).toMatchObject([{ status: 'done' }]);
});
