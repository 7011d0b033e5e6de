import { expected } from './day.ts';
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
