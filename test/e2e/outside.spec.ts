import type { FreeTime } from '../../src-main/contract/appointment.ts';
import { type CalComServer, startCalCom } from '../support/outside/cal-com.ts';
import { firstLocation, newPatient, turnTo } from './day.ts';
import { type E2eDesk, expect, test } from './fixture.ts';

const KEY = 'cal_live_of_this_test';
const MINUTE = 60_000;

/** Free times of one doctor from now on, none of them in another's way. */
const freeTimes = async (desk: E2eDesk): Promise<FreeTime[]> => {
  const { id } = await firstLocation(desk);
  const after = new Date(Date.now() + 10 * MINUTE).toISOString();
  const [soonest] = await desk.ask('nextFree', { locationId: id, durationMinutes: 15, after, count: 1 });
  const times = await desk.ask('nextFree', {
    locationId: id,
    doctorId: soonest?.doctorId ?? '',
    durationMinutes: 15,
    after,
    count: 20,
  });
  return times.filter(
    ({ start }, index) =>
      Date.parse(start) > Date.now() && times.slice(0, index).every((one) => one.end <= start),
  );
};

/** Connects a desk with a stand-in whose one event type asks for the clinic's yes. */
const connect = async (desk: E2eDesk, doctorId: string): Promise<CalComServer> => {
  const host = { id: 1, name: 'Dr', email: 'dr@example.com', username: 'dr', timeZone: 'Europe/Athens' };
  const type = { id: 7, slug: 'visit', title: 'Visit', lengthInMinutes: 15, hosts: ['dr'] };
  const calCom = await startCalCom({
    key: KEY,
    hosts: [host],
    eventTypes: [type, { ...type, id: 8, slug: 'request', requiresConfirmation: true }],
    now: Date.now,
  });
  const settings = { baseUrl: calCom.url, sendBookings: false };
  await desk.ask('updateIntegration', { source: 'cal_com', settings });
  await desk.ask('setCalComKey', { key: KEY });
  for (const externalId of ['7', '8'])
    await desk.ask('setOutsideLink', {
      source: 'cal_com',
      kind: 'event_type',
      externalId,
      name: 'Visit',
      doctorId,
      visitTypeId: null,
    });
  return calCom;
};

test('a request from Cal.com is accepted and cancelled on the board, a booking on a taken time is moved from the inbox, and Cal.com follows', async ({
  desk,
}) => {
  const { page } = desk;
  const [asked, taken] = await freeTimes(desk);
  if (!asked || !taken) throw new Error('the sample clinic has no free times');
  const calCom = await connect(desk, asked.doctorId);
  const attendee = { timeZone: 'Europe/Athens', phoneNumber: '+302105550143' };
  calCom.book.book({
    eventTypeId: 8,
    start: asked.start,
    attendee: { ...attendee, name: 'Zinovia Request' },
  });
  calCom.book.book({ eventTypeId: 7, start: taken.start, attendee: { ...attendee, name: 'Kyriakos Clash' } });
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  await desk.ask('book', { slotId: taken.slotId, patientId: patient.id });
  await desk.ask('updateIntegration', { source: 'cal_com', enabled: true });
  const [request, clash] = [...calCom.book.bookings.values()];
  /** What a run brings there; one comes by itself only every minute. */
  const told = (of: () => string | undefined) =>
    expect.poll(
      async () => {
        await desk.call('runIntegration', { source: 'cal_com' });
        return of();
      },
      { timeout: 30_000 },
    );

  await turnTo(desk, asked.start);
  const card = page.locator('.board-card', { hasText: 'Zinovia Request' });
  await card.click();
  const panel = page.getByRole('region', { name: 'Chosen appointment' });
  await expect(panel).toContainText('Comes from Cal.com.');
  await page.keyboard.press('a');
  await told(() => request?.status).toBe('accepted');
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByLabel('Reason').waitFor();
  await page.keyboard.press('Enter');
  await told(() => request?.status).toBe('cancelled');

  await page.keyboard.press('9');
  const entry = page.getByRole('article', { name: /Kyriakos Clash/ });
  await expect(entry).toContainText('Φιλιώ Ζερβάκη');
  await entry.getByRole('button', { name: /^Move to/ }).click();
  await expect(entry).toHaveCount(0);
  await told(() => clash?.rescheduledToUid).toBeTruthy();
  await calCom.close();
});

test('an appointment of IDEXX Neo says so, and is not moved or cancelled here', async ({ clinic, desk }) => {
  const { page } = desk;
  const [slot] = await freeTimes(desk);
  const patient = await newPatient(desk, 'Φιλιώ', 'Ζερβάκη');
  const { id } = await desk.ask('book', { slotId: slot?.slotId ?? '', patientId: patient.id });
  await desk.settled();
  await clinic.query(`update appointments set origin = 'idexx' where id = $1`, [id]);
  await expect.poll(async () => (await desk.ask('appointment', { appointmentId: id })).origin).toBe('idexx');
  await turnTo(desk, slot?.start ?? '');
  await page.locator('.board-card', { hasText: 'Ζερβάκη' }).click();
  const panel = page.getByRole('region', { name: 'Chosen appointment' });
  await expect(panel).toContainText('Comes from IDEXX Neo.');
  await expect(panel.getByRole('button', { name: /^(Cancel|Reschedule|Change the length)/ })).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(page.getByText('This appointment comes from IDEXX Neo.')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
