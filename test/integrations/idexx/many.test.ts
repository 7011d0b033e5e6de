import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshCentral, type TestCentral } from '../../support/central.ts';
import { appointment, idexxClinic, neoUser } from '../../support/idexx-clinic.ts';
import { type NeoServer, startNeo } from '../../support/outside/neo.ts';
import { differences } from '../../support/same-rows.ts';

let central: TestCentral;
let neo: NeoServer;

beforeAll(async () => {
  central = await freshCentral();
  neo = await startNeo({ users: [neoUser], now: Date.now });
});
afterAll(async () => {
  await neo.close();
  await central.drop();
});

const DAYS = 28;
const EACH_DAY = 180;

/** From 10 November on, five minutes each, from 09:00 to midnight, with both providers. */
const fill = (): void => {
  let number = 0;
  for (let day = 0; day < DAYS; day += 1)
    for (const provider of [1, 2])
      for (let place = 0; place < EACH_DAY; place += 1) {
        number += 1;
        const date = new Date(Date.UTC(2026, 10, 10 + day)).toISOString().slice(0, 10);
        const clock = (minutes: number) =>
          `${date} ${String(9 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        const of = number % 500;
        neo.entries.set(900_000 + number, {
          ...appointment(number, ['09:00', '09:30']),
          start: `${clock(place * 5)}:00`,
          end: `${clock(place * 5 + 4)}:30`,
          resourceId: provider,
          patient_id: 7_000 + of,
          patient_name: `Animal ${of}`,
          client_id: 3_000 + of,
          last_name: `Owner ${of}`,
          email: `owner${of}@example.com`,
        });
      }
};

test('ten thousand appointments in a window all stand at their time, and the next run has nothing to write', async () => {
  fill();
  const clinic = await idexxClinic(central.ownerUrl, neo, { settings: { daysBack: 14, daysAhead: 14 } });
  const desk = await clinic.open();
  try {
    expect(await desk.run()).toBeNull();
    const stands = await clinic.rows(
      `select b.external_id as number, to_char(a.scheduled_at at time zone 'Europe/Athens', 'YYYY-MM-DD HH24:MI:SS') as start,
         p.first_name as animal
       from outside_bookings b join appointments a on a.clinic_id = b.clinic_id and a.id = b.appointment_id
         join patients p on p.clinic_id = a.clinic_id and p.id = a.patient_id
       where b.clinic_id = $1 and b.problem is null and a.overbook_reason is null order by b.external_id::integer`,
      [clinic.clinicId],
    );
    const told = [...neo.entries.values()].map((entry) => ({
      number: String(entry.appointment_id),
      start: entry.start,
      animal: entry.patient_name,
    }));
    expect(stands).toHaveLength(DAYS * EACH_DAY * 2);
    expect(stands).toEqual(told);
    expect(await differences(clinic.desks[0]?.url ?? '', desk.replica)).toEqual([]);
    const changes = () => clinic.rows('select count(*) from changes where clinic_id = $1', [clinic.clinicId]);
    const [before] = await changes();
    desk.setNow('2026-11-24T12:00:00.001Z');
    expect(await desk.run()).toBeNull();
    expect(Number((await changes())[0]?.['count'])).toBe(Number(before?.['count']) + 1);
  } finally {
    await desk.dispose();
  }
}, 600_000);
