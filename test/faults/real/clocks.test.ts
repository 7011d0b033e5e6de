import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { book } from '../../../src-main/core/appointments/book.ts';
import { checkPlace, hold } from '../../../src-main/core/appointments/hold.ts';
import { readAppointment } from '../../../src-main/core/appointments/view.ts';
import { updatePatient } from '../../../src-main/core/patients/update.ts';
import { checkIn } from '../../../src-main/core/waiting-room/check-in.ts';
import { anyone, loneDesk } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { differences } from '../../support/same-rows.ts';
import { type SmallClinic, smallClinic, workDay } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';

const HOUR = 3_600_000;

let clinic: SmallClinic;
const open: LiveDesk[] = [];
beforeAll(async () => {
  clinic = await smallClinic();
});
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.dispose();
});
afterAll(() => clinic.drop());

/** A desk whose clock stands at `now`. */
const deskAt = async (index: number, now: string): Promise<LiveDesk> => {
  const desk = liveDesk(clinic.desks[index]?.url ?? '', { pollMs: 100 }, loneDesk(now));
  open.push(desk);
  await desk.quiet();
  return desk;
};
const inStep = async (...desks: LiveDesk[]) => {
  for (const desk of desks) await desk.quiet();
  for (const desk of desks) await desk.caughtUp();
};

test.each([
  ['ahead', 6 * HOUR],
  ['behind', -6 * HOUR],
])('a desk whose clock is six hours %s says so and how far', async (_, ms) => {
  const desk = await deskAt(0, new Date(Date.now() + ms).toISOString());
  const trouble = desk.engine.state().troubles.find(({ code }) => code === 'clock_off');
  if (trouble?.code !== 'clock_off') throw new Error('nothing is said');
  expect(Math.abs(trouble.offsetMs + ms)).toBeLessThan(5 * 60_000);
});

test('two desks six hours apart hold, book, clash and check in as if their clocks agreed', async () => {
  const early = await deskAt(0, `${workDay}T06:00:00.000Z`);
  const late = await deskAt(1, `${workDay}T12:00:00.000Z`);
  const [held = '', clash = '', apart = ''] = clinic.doctors[0]?.slots ?? [];
  const [patientId = '', other = ''] = clinic.patients;

  // A hold lasts by central's clock: neither is it over at once for the one, nor for ever for the other.
  must(hold(early, anyone, { slotId: held }, true));
  await inStep(early, late);
  expect(checkPlace(late, anyone, { slotId: held })).toMatchObject({ error: { code: 'slot_taken' } });

  for (const desk of [early, late]) desk.engine.workOffline(true);
  const first = must(book(late, anyone, { slotId: clash, patientId }));
  const second = must(book(early, anyone, { slotId: clash, patientId: other }));
  const alone = must(book(late, anyone, { slotId: apart, patientId: other }));
  // Whoever is there first has it, whatever the clocks say.
  late.engine.workOffline(false);
  await late.quiet();
  early.engine.workOffline(false);
  await until('the clash is told', () => early.engine.state().refused === 1);
  await inStep(early, late);
  expect(readAppointment(early, first.id)?.status).toBe('scheduled');
  expect(readAppointment(early, second.id)).toBeUndefined();

  must(checkIn(early, anyone, { appointmentId: alone.id, contactConfirmed: true }));
  await inStep(early, late);
  expect(readAppointment(late, alone.id)?.status).toBe('arrived');
  for (const desk of [early, late]) {
    expect(await differences(clinic.desks[0]?.url ?? '', desk.replica)).toEqual([]);
  }
});

test('what was changed last stands, though the clock of who changed it is six hours behind', async () => {
  const early = await deskAt(0, `${workDay}T06:00:00.000Z`);
  const late = await deskAt(1, `${workDay}T12:00:00.000Z`);
  const patientId = clinic.patients[3] ?? '';
  const move = (desk: LiveDesk, city: string) =>
    must(updatePatient(desk, anyone, { patientId, set: { city }, confirmContact: false }));
  move(late, 'Volos');
  await inStep(late, early);
  move(early, 'Larisa');
  await inStep(early, late);
  const city = late.replica.statement('select city from patients where id = ?').pluck().get(patientId);
  expect(city).toBe('Larisa');
  expect([early.engine.state().refused, late.engine.state().refused]).toEqual([0, 0]);
});
