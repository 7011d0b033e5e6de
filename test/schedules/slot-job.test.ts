import { afterEach, beforeEach, expect, test } from 'vitest';
import { NewException, type NewWorkingHours } from '../../src-main/contract/schedules.ts';
import { makeSlots } from '../../src-main/core/appointments/make-slots.ts';
import { slots } from '../../src-main/core/appointments/slots.ts';
import { countWaiting } from '../../src-main/core/replica/outbox.ts';
import { addException } from '../../src-main/core/schedules/exceptions.ts';
import { readRules } from '../../src-main/core/schedules/rules.ts';
import { SlotJob } from '../../src-main/core/schedules/slot-job.ts';
import { setWorkingHours } from '../../src-main/core/schedules/working-hours.ts';
import { clinics, doctors } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { until } from '../support/until.ts';

let desk: ClinicDesk;
let job: SlotJob;
beforeEach(() => {
  desk = clinicDesk();
  job = new SlotJob(desk, { ready: () => true });
});
afterEach(async () => {
  await job.stop();
  desk.dispose();
});

const hours = (set: Partial<NewWorkingHours> = {}): NewWorkingHours => ({
  doctorId: ids.adamou,
  from: TODAY,
  until: null,
  stretches: [
    { weekday: 4, starts: '09:00', ends: '10:00', slotMinutes: 20, locationId: ids.athens, roomId: null },
  ],
  ...set,
});
/** A doctor's open slots from today on, as `2026-11-26T07:00`. */
const open = (doctorId: string = ids.adamou) =>
  desk.replica
    .statement(
      `select strftime('%Y-%m-%dT%H:%M', start_time_utc / 1000, 'unixepoch') from doctor_time_slots
       where doctor_id = ? and deleted_at is null and is_available order by start_time_utc`,
    )
    .pluck()
    .all(doctorId) as string[];
const made = () => desk.waiting().filter(({ kind }) => kind === 'makeSlots');

test('slots stand for the days of the horizon, just as the rules give them, in changes of no great size', async () => {
  await job.run();
  const stored = desk.replica
    .statement(
      `select doctor_id doctorId, location_id locationId, start_time_utc start, end_time_utc "end",
         is_available available
       from doctor_time_slots where doctor_id = ? and deleted_at is null order by start_time_utc`,
    )
    .all(ids.adamou);
  const wanted = makeSlots(readRules(desk, ids.adamou), TODAY, '2027-03-24').map((slot) => ({
    ...slot,
    start: Date.parse(slot.start),
    end: Date.parse(slot.end),
    available: slot.available ? 1 : 0,
  }));
  expect(wanted.length).toBeGreaterThan(250);
  expect(stored).toEqual(wanted);
  for (const { rows } of made()) expect(rows.length).toBeLessThanOrEqual(200);
});

test('slots that stood before keep their ids, and a second run finds nothing to do', async () => {
  await job.run();
  expect(slots(desk, receptionist, { doctorId: ids.adamou, date: TODAY })).toMatchObject({
    value: expect.arrayContaining([expect.objectContaining({ id: slotAt(ids.adamou, '07:00') })]),
  });
  const before = made().length;
  await job.run();
  expect(made()).toHaveLength(before);
});

test('the horizon is the one that the clinic chose', async () => {
  desk.replica.orm
    .update(clinics)
    .set({ settings: { slot_horizon_days: 14 } })
    .run();
  await job.run();
  expect(open().at(-1)).toBe('2026-12-08T10:45');
});

test('new hours are bookable by themselves, and the old ones are not', async () => {
  await job.run();
  setWorkingHours(desk, receptionist, hours());
  await until('the new slots stand', () => open().includes('2026-11-26T07:00'));
  await job.run();
  expect(open().slice(0, 4)).toEqual([
    '2026-11-26T07:00',
    '2026-11-26T07:20',
    '2026-11-26T07:40',
    '2026-12-03T07:00',
  ]);
});

test('a booked slot outlives its hours until the appointment has gone', async () => {
  const id = desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: `${TODAY}T07:30:00.000Z`,
    slotId: slotAt(ids.adamou, '07:30'),
  });
  setWorkingHours(desk, receptionist, hours());
  await job.run();
  expect(open()[0]).toBe(`${TODAY}T07:30`);
  desk.replica.db.exec(`update appointments set status = 'cancelled' where id = '${id}'`);
  desk.replica.announce(new Set(['appointments']));
  await until('the slot is gone', () => open()[0] !== `${TODAY}T07:30`);
});

test('leave takes its slots away, and ends with them when it is taken back', async () => {
  await job.run();
  const before = open();
  const day = { firstDay: '2026-12-01', lastDay: '2026-12-01' };
  addException(desk, receptionist, NewException.parse({ kind: 'leave', doctorId: ids.adamou, ...day }));
  await until('the day is closed', () => !open().some((slot) => slot.startsWith('2026-12-01')));
  await job.run();
  expect(open()).toEqual(before.filter((slot) => !slot.startsWith('2026-12-01')));
  desk.replica.db.exec(`update schedule_exceptions set deleted_at = 1 where kind = 'leave'`);
  await job.run();
  expect(open()).toEqual(before);
});

test('a doctor who left and a location that closed have no time to book', async () => {
  desk.replica.db.exec(`update schedule_templates set location_id = '${ids.london}'`);
  desk.replica.db.exec(`update clinic_locations set deleted_at = 1 where id = '${ids.london}'`);
  await job.run();
  expect(open()).toEqual([]);
  desk.replica.db.exec('update clinic_locations set deleted_at = null');
  await job.run();
  expect(open().length).toBeGreaterThan(0);
  desk.replica.orm.update(doctors).set({ isActive: false }).run();
  await job.run();
  expect(open()).toEqual([]);
});

test('what passed before today stays as it was', async () => {
  desk.setNow('2026-11-25T12:00:00.000Z');
  const yesterday = open().filter((slot) => slot.startsWith(TODAY));
  desk.replica.db.exec('update schedule_templates set deleted_at = 1');
  await job.run();
  expect(open()).toEqual(yesterday);
});

test('slots on their way are nothing that a person waits for', async () => {
  await job.run();
  expect(made().length).toBeGreaterThan(0);
  expect(countWaiting(desk.replica)).toBe(0);
});

test('other calls come in between, and closing the desk does not wait for all of it', async () => {
  const run = job.run();
  let turns = 0;
  const count = setInterval(() => {
    turns += 1;
  });
  await run;
  clearInterval(count);
  expect(turns).toBeGreaterThan(5);
  setWorkingHours(desk, receptionist, hours());
  const again = job.run();
  await job.stop();
  await again;
  expect(open().at(-1)).not.toBe('2027-03-18T07:40');
});
