import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { NewException, type WorkingStretch } from '../../src-main/contract/schedules.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { makeSlots } from '../../src-main/core/appointments/make-slots.ts';
import { addException } from '../../src-main/core/schedules/exceptions.ts';
import { readRules } from '../../src-main/core/schedules/rules.ts';
import { SlotJob } from '../../src-main/core/schedules/slot-job.ts';
import { setWorkingHours } from '../../src-main/core/schedules/working-hours.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../support/central.ts';
import { type Basics, seedBasics } from '../support/central-rows.ts';
import { anyone, loneDesk } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { differences } from '../support/same-rows.ts';

const NOW = '2026-11-24T06:00:00.000Z';
let central: TestCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

interface Working {
  desk: LiveDesk;
  url: string;
  job: SlotJob;
}
let basics: Basics;
let one: Working;
let two: Working;

beforeEach(async () => {
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl);
  basics = await withClient(central.ownerUrl, (owner) => seedBasics(owner, clinicId));
  [one, two] = desks.map(({ url }) => {
    const desk = liveDesk(url, {}, loneDesk(NOW));
    return { desk, url, job: new SlotJob(desk, { ready: () => true, politeMs: 3_600_000 }) };
  }) as [Working, Working];
  await Promise.all([one.desk.quiet(), two.desk.quiet()]);
});
afterEach(async () => {
  for (const { desk, job } of [one, two]) {
    await job.stop();
    await desk.dispose();
  }
});

const stretch = (weekday: number, starts: string, ends: string): WorkingStretch => ({
  weekday,
  starts,
  ends,
  slotMinutes: 15,
  locationId: basics.locationId,
  roomId: null,
});
const plan = ({ desk }: Working, doctor: 0 | 1, ...stretches: WorkingStretch[]) => {
  const hours = { doctorId: basics.doctors[doctor], from: '2026-11-24', until: null, stretches };
  const answer = setWorkingHours(desk, anyone, hours);
  if (!answer.ok) throw new Error(answer.error.code);
};
const offline = (away: boolean) => {
  for (const { desk } of [one, two]) desk.engine.workOffline(away);
};
/** Both online, everything sent and read by both. */
const together = async () => {
  offline(false);
  for (const { desk } of [one, two, one, two]) {
    await desk.quiet();
    await desk.caughtUp();
  }
};
const openSlots = ({ desk }: Working, doctor: 0 | 1) =>
  desk.replica
    .statement(
      `select start_time_utc start, end_time_utc "end", is_available available from doctor_time_slots
       where doctor_id = ? and deleted_at is null order by 1`,
    )
    .all(basics.doctors[doctor]);
const wantedSlots = ({ desk }: Working, doctor: 0 | 1) =>
  makeSlots(readRules(desk, basics.doctors[doctor]), '2026-11-24', '2027-03-24').map((slot) => ({
    start: Date.parse(slot.start),
    end: Date.parse(slot.end),
    available: slot.available ? 1 : 0,
  }));
const refused = ({ desk }: Working) => desk.replica.statement('select count(*) from refusals').pluck().get();

test('two desks that plan apart and make slots apart end with one grid, the one that all rules together give', async () => {
  plan(one, 0, stretch(2, '09:00', '13:00'), stretch(3, '09:00', '13:00'));
  await Promise.all([one.job.run(), two.job.run()]);
  await together();
  offline(true);
  plan(one, 0, stretch(2, '09:00', '12:00'), stretch(5, '09:00', '10:00'));
  plan(two, 1, stretch(4, '15:00', '17:00'));
  const day = { firstDay: '2026-12-01', lastDay: '2026-12-01' };
  addException(two.desk, anyone, NewException.parse({ kind: 'leave', doctorId: basics.doctors[0], ...day }));
  const closed = { kind: 'holiday' as const, firstDay: '2026-12-25', lastDay: '2026-12-25' };
  for (const { desk } of [one, two])
    addException(desk, anyone, NewException.parse({ ...closed, locationId: basics.locationId }));
  await Promise.all([one.job.run(), two.job.run()]);
  await together();
  await Promise.all([one.job.run(), two.job.run()]);
  await together();

  for (const working of [one, two]) {
    expect(refused(working)).toBe(0);
    for (const doctor of [0, 1] as const)
      expect(openSlots(working, doctor)).toEqual(wantedSlots(working, doctor));
    expect(await differences(working.url, working.desk.replica)).toEqual([]);
  }
  expect(openSlots(one, 0).length).toBeGreaterThan(200);
});

test('a slot that one desk books while another closes it stays as long as it is booked', async () => {
  plan(one, 0, stretch(2, '09:00', '13:00'));
  await one.job.run();
  await together();
  offline(true);
  const slotId = two.desk.replica
    .statement(`select id from doctor_time_slots where doctor_id = ? and start_time_utc = ?`)
    .pluck()
    .get(basics.doctors[0], Date.parse('2026-12-01T08:00:00Z')) as string;
  const booked = book(two.desk, anyone, { slotId, patientId: basics.patients[0] });
  expect(booked.ok).toBe(true);
  two.desk.engine.workOffline(false);
  await two.desk.quiet();
  const day = { firstDay: '2026-12-01', lastDay: '2026-12-01' };
  addException(one.desk, anyone, NewException.parse({ kind: 'leave', doctorId: basics.doctors[0], ...day }));
  await one.job.run();
  await together();
  for (const working of [one, two]) {
    expect(refused(working)).toBe(0);
    const left = working.desk.replica
      .statement(
        `select id from doctor_time_slots where deleted_at is null and start_time_utc between ? and ?`,
      )
      .pluck()
      .all(Date.parse('2026-12-01T00:00:00Z'), Date.parse('2026-12-02T00:00:00Z'));
    expect(left).toEqual([slotId]);
    expect(await differences(working.url, working.desk.replica)).toEqual([]);
  }
});

test('hours planned at two desks apart that put a doctor in two places are refused to one, with their slots gone', async () => {
  offline(true);
  plan(one, 0, stretch(2, '09:00', '13:00'));
  plan(two, 0, stretch(2, '10:00', '14:00'));
  await Promise.all([one.job.run(), two.job.run()]);
  one.desk.engine.workOffline(false);
  await one.desk.quiet();
  await together();
  await Promise.all([one.job.run(), two.job.run()]);
  await together();
  expect([refused(one), refused(two)]).toEqual([0, 1]);
  for (const working of [one, two]) {
    expect(openSlots(working, 0)).toEqual(wantedSlots(working, 0));
    expect(await differences(working.url, working.desk.replica)).toEqual([]);
  }
});
