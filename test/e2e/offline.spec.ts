import { emptySlots, newPatient } from './day.ts';
import { expect, test } from './fixture.ts';

test('with the cable out a booking is saved and counted; with it in, it is sent and the screen says so', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const patient = await newPatient(one, 'Φιλιώ', 'Ζερβάκη');
  await one.settled();
  const status = one.page.getByRole('button').filter({ has: one.page.getByRole('status') });
  await expect(status).toHaveText('Online');
  await one.cutNetwork();
  await expect(status).toHaveText(/^Offline since \d\d:\d\d$/);

  await one.page.keyboard.press('f');
  await expect(one.page.getByRole('dialog').getByRole('listitem').first().getByRole('button')).toBeFocused();
  await one.page.keyboard.press('Enter');
  await one.page.keyboard.type('zerva');
  await expect(one.page.getByRole('option', { selected: true })).toContainText('Ζερβάκη');
  await one.page.keyboard.press('Enter');
  await one.page.keyboard.press('Enter');
  await expect(one.page.getByText(/Φιλιώ Ζερβάκη is booked with/)).toBeVisible();
  await expect(status).toHaveText(/^Offline since \d\d:\d\d · 1 waiting$/);
  await status.press('Enter');
  await expect(one.page.getByRole('dialog')).toContainText('1 change is saved here and will be sent');
  await one.page.keyboard.press('Escape');
  await expect(status).toBeFocused();

  await one.mendNetwork();
  await expect(status).toHaveText('Online');
  await expect
    .poll(async () => {
      const found = await two.call('patient', { patientId: patient.id });
      return found.ok && found.value.appointments.length;
    })
    .toBe(1);
});

test('a desk works offline by choice until it is told to connect again', async ({ desk }) => {
  const { page } = desk;
  const status = page.getByRole('button').filter({ has: page.getByRole('status') });
  await status.press('Enter');
  await expect(page.getByRole('button', { name: 'Work offline' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(status).toHaveText(/^Offline since/);
  await expect(page.getByRole('dialog')).toContainText('because somebody chose so');
  const [slot] = await emptySlots(desk);
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  await desk.ask('book', { slotId: slot?.id ?? '', patientId: patient.id });
  await expect(status).toContainText('2 waiting');
  await page.getByRole('button', { name: 'Connect again' }).press('Enter');
  await expect(status).toHaveText('Online');
  expect(await desk.ask('syncState', {})).toMatchObject({ waiting: 0, refused: 0 });
});
