import type { Appointment } from '../../src-main/contract/appointment.ts';
import { emptySlots, firstLocation, newPatient } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

const due = async (desk: E2eDesk, appointmentId: string): Promise<number> =>
  (await desk.ask('account', { appointmentId })).balances[0]?.due ?? 0;

/** Brings an expected patient through the visit, up to the payment of what is due. */
const wholeVisit = async (desk: E2eDesk, appointment: Appointment, method: 'cash' | 'card') => {
  const appointmentId = appointment.id;
  await desk.ask('checkIn', { appointmentId, contactConfirmed: true });
  for (const to of ['ready', 'in_room', 'completed'] as const)
    await desk.ask('moveOn', { appointmentId, to });
  return desk.ask('takePayment', { appointmentId, minor: await due(desk, appointmentId), method });
};

test('a day from opening to cash-up, its network cut at noon and back at three, misses nothing at six', async ({
  twoDesks,
  clinic,
}) => {
  test.slow();
  const [one, two] = twoDesks;
  const { page } = one;
  const { id: locationId, today } = await firstLocation(one);
  const empty = await emptySlots(one);
  const slots = empty.map(({ id }) => id);
  const book = async (desk: E2eDesk, place: number, first: string, last: string) => {
    const patient = await newPatient(desk, first, last);
    return desk.ask('book', { slotId: slots[place] ?? '', patientId: patient.id });
  };

  // The morning: bookings at both desks, a patient brought through by keys alone, a call, a message.
  const filio = await book(one, 0, 'Φιλιώ', 'Ζερβάκη');
  const loukas = await book(one, 1, 'Λουκάς', 'Βενιέρης');
  const minutes = ({ start, end }: { start: string; end: string }) => Date.parse(end) - Date.parse(start);
  // Far enough from what is booked here, and long enough for the visit that is moved there.
  const later = empty.slice(8).find((slot) => minutes(slot) >= minutes(loukas));
  if (!later) throw new Error('no later slot is long enough');
  const ivi = await book(two, 2, 'Ήβη', 'Ραγκούση');
  await one.settled();
  await two.settled();
  await page.locator(`[data-card="${filio.id}"]`).click();
  for (const [key, status] of [
    ['a', 'arrived'],
    ['r', 'ready'],
    ['i', 'in_room'],
    ['d', 'completed'],
  ] as const) {
    await page.keyboard.press(key);
    await expect
      .poll(async () => (await one.ask('appointment', { appointmentId: filio.id })).status)
      .toBe(status);
  }
  await page.keyboard.press('p');
  await expect(page.getByRole('dialog', { name: 'Payment of Φιλιώ Ζερβάκη' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => due(one, filio.id)).toBe(0);
  await one.ask('sendMessage', { appointmentId: loukas.id, markdown: 'Να έρθει **νηστικός**.' });
  const [confirmation] = await two.ask('callList', { list: 'confirmation', locationId, days: 5 });
  if (confirmation)
    await two.ask('logCall', { list: 'confirmation', id: confirmation.id, outcome: 'no_answer' });
  await one.settled();
  await two.settled();

  // Noon: the cable is out at both desks, and the day goes on.
  await one.cutNetwork();
  await two.cutNetwork();
  const nefeli = await book(one, 3, 'Νεφέλη', 'Σταθάτου');
  const paidOffline = await wholeVisit(one, nefeli, 'cash');
  expect(paidOffline).toMatchObject({
    receiptNumber: null,
    provisionalNumber: expect.stringContaining('Reception'),
  });
  const draft = await one.ask('savePrescription', {
    appointmentId: nefeli.id,
    instructions: 'Ένα δισκίο το πρωί.',
  });
  await one.ask('issuePrescription', { prescriptionId: draft.id });
  await one.ask('reschedule', { appointmentId: loukas.id, slotId: later.id });
  await one.ask('addToWaitingList', { patientId: loukas.patient.id, appointmentId: loukas.id });
  await one.ask('sendMessage', { appointmentId: loukas.id, markdown: 'Η ώρα άλλαξε.' });
  const paidByCard = await wholeVisit(two, ivi, 'card');
  const stavros = await book(two, 5, 'Σταύρος', 'Μελάς');
  await two.ask('cancel', { appointmentId: stavros.id, reason: 'Αρρώστησε' });
  await two.ask('addRecall', { patientId: ivi.patient.id, dueOn: today, reason: 'Εμβόλιο' });
  await expect(page.getByRole('contentinfo')).toContainText(/Offline since \d\d:\d\d · \d+ waiting/);

  // Three: it is back.
  await one.mendNetwork();
  await two.mendNetwork();
  await one.settled();
  for (const desk of [one, two]) expect(await desk.ask('conflicts', {})).toEqual([]);

  // Six: both desks see one day, and one of them closes it.
  const takings = () =>
    Promise.all([one, two].map((desk) => desk.ask('takings', { locationId, date: today })));
  const seeOneDay = () =>
    expect.poll(async () => new Set((await takings()).map((day) => JSON.stringify(day))).size).toBe(1);
  await seeOneDay();
  const [day] = await takings();
  const money = day?.currencies[0];
  if (!day || !money) throw new Error('there are no takings');
  expect(day.payments.map(({ id }) => id)).toEqual(expect.arrayContaining([paidOffline.id, paidByCard.id]));
  const lines = money.methods.map(({ method, expected }) => ({ method, expected, counted: expected }));
  await one.ask('closeDay', { locationId, date: today, currency: money.currency, lines });
  await one.settled();
  await seeOneDay();
  expect(
    await two.call('closeDay', { locationId, date: today, currency: money.currency, lines }),
  ).toMatchObject({
    ok: false,
  });

  // Nothing is missing: everything that either desk was told is saved stands in the clinic's database.
  const count = async (sql: string, ...values: unknown[]) =>
    Number((await clinic.query(`select count(*) as n from ${sql}`, values))[0]?.['n']);
  expect(await count(`changes where outcome <> 'applied'`)).toBe(0);
  expect(await count(`prescriptions where appointment_id = $1 and status = 'issued'`, nefeli.id)).toBe(1);
  expect(await count('messages where appointment_id = $1', loukas.id)).toBe(2);
  expect(await count(`waiting_list_entries where appointment_id = $1`, loukas.id)).toBe(1);
  expect(await count(`recalls where patient_id = $1`, ivi.patient.id)).toBe(1);
  expect(await count(`appointments where id = $1 and status = 'cancelled'`, stavros.id)).toBe(1);
  expect(await count(`appointments where id = $1 and slot_id = $2`, loukas.id, later.id)).toBe(1);
  expect(await count('cash_ups where location_id = $1 and business_day = $2', locationId, today)).toBe(1);
  const numbers = await clinic.query(
    'select receipt_number as n from payments where location_id = $1 and receipt_number is not null order by 1',
    [locationId],
  );
  expect(numbers.map(({ n }) => n)).toEqual(numbers.map((_, place) => place + 1));
  for (const desk of [one, two]) {
    const state = await desk.ask('syncState', {});
    expect(state).toMatchObject({ phase: 'online', waiting: 0, refused: 0 });
    for (const id of [filio.id, nefeli.id, ivi.id]) {
      expect(await desk.ask('appointment', { appointmentId: id })).toMatchObject({ status: 'completed' });
    }
  }
});
