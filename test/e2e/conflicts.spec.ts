import { emptySlots, newPatient } from './day.ts';
import { expect, test } from './fixture.ts';

test('two offline desks book one slot: one keeps it, the other is told by name and books the next free time', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { page } = one;
  const mine = await newPatient(one, 'Φιλιώ', 'Ζερβάκη');
  const theirs = await newPatient(two, 'Λουκάς', 'Βενιέρης');
  await Promise.all([one.settled(), two.settled()]);
  const slot = (await emptySlots(one))[0];
  if (!slot) throw new Error('no empty slot');
  await one.cutNetwork();
  const refused = await one.ask('book', { slotId: slot.id, patientId: mine.id });
  await one.ask('checkIn', { appointmentId: refused.id });
  const kept = await two.ask('book', { slotId: slot.id, patientId: theirs.id });
  await two.settled();
  await one.mendNetwork();

  const status = page.getByRole('button').filter({ has: page.getByRole('status') });
  await expect(status).toHaveText('1 needs you');
  await page.keyboard.press('9');
  const entry = page.getByRole('article');
  await expect(entry.getByRole('heading', { name: 'Booking of Φιλιώ Ζερβάκη' })).toBeVisible();
  await expect(entry).toContainText('Refused together with it: the check-in.');
  await expect(entry).toContainText('Λουκάς Βενιέρης');
  await expect(entry).toContainText('Second desk');
  await expect(entry.getByRole('link', { name: /Call Φιλιώ Ζερβάκη/ })).toHaveAttribute(
    'href',
    /^tel:\+30210/,
  );

  await entry.getByRole('button', { name: /^Book / }).press('Enter');
  await expect(page.getByText(/Φιλιώ Ζερβάκη is booked on/)).toBeVisible();
  await expect(page.getByText('Nothing needs you.')).toBeVisible();
  await one.settled();
  const bookedAt = async () =>
    (await two.ask('patient', { patientId: mine.id })).appointments.map(({ start }) => start);
  await expect.poll(bookedAt).toHaveLength(1);
  expect(await bookedAt()).not.toContain(slot.start);
  expect((await one.ask('appointment', { appointmentId: kept.id })).patient.id).toBe(theirs.id);
  await expect(status).toHaveText('Online');
});

test('two desks change one phone number: both values are shown, and a person chooses', async ({
  twoDesks,
}) => {
  const [one, two] = twoDesks;
  const { page } = one;
  const patient = await newPatient(one, 'Φιλιώ', 'Ζερβάκη');
  await one.settled();
  await expect.poll(async () => (await two.call('patient', { patientId: patient.id })).ok).toBe(true);
  await one.cutNetwork();
  await one.ask('updatePatient', { patientId: patient.id, set: { phone: '+30 210 555 0111' } });
  await two.ask('updatePatient', { patientId: patient.id, set: { phone: '+30 210 555 0122' } });
  await two.settled();
  await one.mendNetwork();

  await page.keyboard.press('9');
  const row = page.getByRole('row', { name: /^Phone/ });
  await expect(row).toContainText('+30 210 555 0111');
  await expect(row).toContainText('+30 210 555 0122');
  await page.getByRole('button', { name: 'Keep mine' }).press('Enter');
  await expect(page.getByText('Nothing needs you.')).toBeVisible();
  await expect
    .poll(async () => (await two.ask('patient', { patientId: patient.id })).patient.phone)
    .toBe('+30 210 555 0111');
});
