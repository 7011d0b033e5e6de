import { afterAll, beforeAll, expect, test } from 'vitest';
import { DoctorInput, LocationInput, VisitTypeInput } from '../../src-main/contract/set-up.ts';
import { readClinic, updateClinic } from '../../src-main/core/doctors/clinic-settings.ts';
import { doctorProfile } from '../../src-main/core/doctors/doctor-directory.ts';
import { setInUse } from '../../src-main/core/doctors/in-use.ts';
import { saveDoctor, saveSpecialty, saveVisitType } from '../../src-main/core/doctors/save-offer.ts';
import { saveLocation, saveRoom } from '../../src-main/core/doctors/save-places.ts';
import { SlotJob } from '../../src-main/core/schedules/slot-job.ts';
import { setWorkingHours } from '../../src-main/core/schedules/working-hours.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { anyone, loneDesk } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { differences } from '../support/same-rows.ts';

let central: TestCentral;
let urls: string[];
let desks: LiveDesk[];
beforeAll(async () => {
  central = await freshCentral();
  urls = (await clinicWithDesks(central.ownerUrl)).desks.map(({ url }) => url);
  desks = urls.map((url) => liveDesk(url, {}, loneDesk('2026-11-24T06:00:00.000Z')));
  for (const desk of desks) await desk.quiet();
});
afterAll(async () => {
  for (const desk of desks) await desk.dispose();
  await central.drop();
});

const idOf = (
  answer: { ok: true; value: { id: string } } | { ok: false; error: { code: string } },
): string => {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.id;
};

test('a clinic that is set up offline at one desk, from its first location to bookable time, is whole at the other', async () => {
  const [one, two] = desks as [LiveDesk, LiveDesk];
  one.engine.workOffline(true);
  const place = { name: 'Centre', country: 'Greece', timezone: 'Europe/Athens' };
  const locationId = idOf(saveLocation(one, anyone, LocationInput.parse(place)));
  const roomId = idOf(saveRoom(one, anyone, { locationId, name: 'Room 1', nameEl: 'Ιατρείο 1' }));
  const specialtyId = idOf(saveSpecialty(one, anyone, { nameEn: 'Cardiology', nameEl: 'Καρδιολογία' }));
  const doctor = DoctorInput.parse({ firstName: 'Anna', lastName: 'Nikolaou', specialtyId, locationId });
  const doctorId = idOf(saveDoctor(one, anyone, doctor));
  const other = idOf(saveDoctor(one, anyone, DoctorInput.parse({ firstName: 'B', lastName: 'C' })));
  const fee = { minor: 5000, currency: 'EUR' };
  idOf(saveVisitType(one, anyone, VisitTypeInput.parse({ nameEn: 'Visit', durationMinutes: 20, fee })));
  setInUse(one, anyone, { what: 'doctor', id: other, inUse: false });
  updateClinic(one, anyone, { set: { nameEl: 'Κλινική', slotHorizonDays: 30 } });
  const stretch = { weekday: 2, starts: '09:00', ends: '13:00', slotMinutes: 20, locationId, roomId };
  setWorkingHours(one, anyone, { doctorId, from: '2026-11-24', until: null, stretches: [stretch] });
  const job = new SlotJob(one, { ready: () => true });
  await job.run();
  await job.stop();

  one.engine.workOffline(false);
  await one.quiet();
  await two.caughtUp();
  expect(readClinic(two)).toMatchObject({ nameEl: 'Κλινική', slotHorizonDays: 30 });
  expect(doctorProfile(two, anyone, { doctorId })).toMatchObject({
    value: { hasHours: true, rating: 0, nextAvailable: '2026-11-24T07:00:00.000Z' },
  });
  for (const [n, desk] of desks.entries()) {
    expect(desk.replica.statement('select count(*) from refusals').pluck().get()).toBe(0);
    expect(await differences(urls[n] ?? '', desk.replica)).toEqual([]);
  }
});

test('two desks that set different things of the clinic apart both have their way', async () => {
  const [one, two] = desks as [LiveDesk, LiveDesk];
  for (const desk of desks) desk.engine.workOffline(true);
  updateClinic(one, anyone, { set: { phone: '210 1234567' } });
  updateClinic(two, anyone, { set: { waitingLimitMinutes: 30 } });
  for (const desk of desks) desk.engine.workOffline(false);
  for (const desk of [...desks, ...desks]) {
    await desk.quiet();
    await desk.caughtUp();
  }
  for (const desk of desks) {
    expect(readClinic(desk)).toMatchObject({ phone: '210 1234567', waitingLimitMinutes: 30 });
    expect(desk.replica.statement('select count(*) from refusals').pluck().get()).toBe(0);
  }
});
