import { expected, firstLocation } from './day.ts';
import { expect, test } from './fixture.ts';

test('who arrives at one desk waits on the screen of the other, with the minutes and for whom', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { appointment } = await expected(one, 'Φιλιώ', 'Ζερβάκη');
  await two.page.keyboard.press('2');
  const line = two.page.locator(`li:has([data-line="${appointment.id}"])`);
  await expect(line).toContainText('Booked');
  await one.ask('checkIn', { appointmentId: appointment.id });
  await expect(line).toContainText('Arrived');
  await expect(line).toContainText('waiting 0 min');
  await one.ask('moveOn', { appointmentId: appointment.id, to: 'ready' });
  await expect(line).toContainText('Ready');
});

test('one key calls the next patient of a doctor, the longest wait first, and can be undone', async ({
  desk,
}) => {
  const { page } = desk;
  const { appointment } = await expected(desk, 'Φιλιώ', 'Ζερβάκη');
  await desk.ask('checkIn', { appointmentId: appointment.id });
  await desk.ask('moveOn', { appointmentId: appointment.id, to: 'ready' });
  await page.keyboard.press('2');
  await page.locator(`[data-line="${appointment.id}"]`).focus();
  const { doctorId } = appointment;
  const { id: locationId } = await firstLocation(desk);
  const { next } = await desk.ask('waitingRoom', { locationId });
  const nextId = next.find((one) => one.doctorId === doctorId)?.appointmentId ?? '';
  await page.keyboard.press('e');
  const line = page.locator(`li:has([data-line="${nextId}"])`);
  await expect(line).toHaveAttribute('data-status', 'in_room');
  await page.keyboard.press('Control+z');
  await expect(line).not.toHaveAttribute('data-status', 'in_room');
});
