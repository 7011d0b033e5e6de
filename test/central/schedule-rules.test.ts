import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import {
  adds,
  appointmentOf,
  type Basics,
  insertInto,
  seedBasics,
  sets,
  TestStream,
} from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let client: pg.Client;
let basics: Basics;
let stream: TestStream;
beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await client.end();
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl, ['Desk 1']);
  basics = await seedBasics(owner, clinicId);
  await client?.end();
  client = new pg.Client({ connectionString: desks[0]?.url ?? '' });
  await client.connect();
  stream = new TestStream(client);
});

const template = (columns: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  doctor_id: basics.doctors[0],
  location_id: basics.locationId,
  weekday: 2,
  starts_local: '09:00',
  ends_local: '13:00',
  slot_minutes: 15,
  valid_from: '2026-01-01',
  ...columns,
});
const exception = (columns: Record<string, unknown>) => ({
  id: randomUUID(),
  starts_at: '2026-12-01T00:00:00Z',
  ends_at: '2026-12-02T00:00:00Z',
  ...columns,
});
/** The constraint that refuses a row, or what happened to it. */
const add = async (table: string, row: { id: string } & Record<string, unknown>) => {
  const { outcomes } = await stream.push([stream.change([adds(table, row)])]);
  return outcomes[0]?.refusal?.constraint ?? outcomes[0]?.outcome;
};

test('a doctor has no two stretches at once, on one weekday and in one validity', async () => {
  const place = 'schedule_templates';
  expect(await add(place, template())).toBe('applied');
  expect(await add(place, template({ starts_local: '12:45', ends_local: '15:00' }))).toBe(
    `${place}_no_overlap`,
  );
  expect(await add(place, template({ starts_local: '13:00', ends_local: '15:00' }))).toBe('applied');
  expect(await add(place, template({ weekday: 3 }))).toBe('applied');
  expect(await add(place, template({ doctor_id: basics.doctors[1] }))).toBe('applied');
  expect(await add(place, template({ valid_from: '2025-01-01', valid_until: '2025-12-31' }))).toBe('applied');
  expect(await add(place, template({ valid_from: '2025-06-01', valid_until: '2026-01-01' }))).toBe(
    `${place}_no_overlap`,
  );
  expect(await add(place, template({ deleted_at: '2026-01-02T00:00:00Z' }))).toBe('applied');
});

test('a stretch has times of the clock and days in order', async () => {
  const place = 'schedule_templates';
  const refused = { starts_local: '9:00 ', ends_local: '24:30', valid_until: '2025-12-31' };
  for (const [column, value] of Object.entries(refused))
    expect(await add(place, template({ [column]: value }))).toMatch(/^schedule_templates_/);
  expect(await add(place, template({ starts_local: '20:00', ends_local: '24:00' }))).toBe('applied');
});

test('leave is somebody’s, a holiday nobody’s own, an opening somewhere, a block for a doctor or a place', async () => {
  const [doctor_id] = basics.doctors;
  const location_id = basics.locationId;
  const table = 'schedule_exceptions';
  for (const columns of [
    { kind: 'leave' },
    { kind: 'holiday', doctor_id },
    { kind: 'block' },
    { kind: 'opening', doctor_id },
  ])
    expect(await add(table, exception(columns))).toBe('schedule_exceptions_of');
  expect(await add(table, exception({ kind: 'leave', doctor_id, ends_at: '2036-01-01T00:00:00Z' }))).toBe(
    'schedule_exceptions_length',
  );
  for (const columns of [
    { kind: 'leave', doctor_id },
    { kind: 'holiday' },
    { kind: 'holiday', location_id },
    { kind: 'block', doctor_id },
    { kind: 'block', location_id },
    { kind: 'opening', location_id },
  ])
    expect(await add(table, exception(columns))).toBe('applied');
});

test('a slot that a live appointment names is not closed, blocked or moved; without one it is', async () => {
  const slot = basics.slots[0][0] ?? '';
  const row = appointmentOf(basics, 0, 0);
  await insertInto(owner, basics.clinicId)('appointments', row);
  const close = () =>
    stream.push([
      stream.change([sets('doctor_time_slots', slot, { is_available: false }, { is_available: true })], {
        kind: 'makeSlots',
      }),
      stream.change(
        [sets('doctor_time_slots', slot, { deleted_at: '2026-11-24T08:00:00Z' }, { deleted_at: null })],
        { kind: 'makeSlots' },
      ),
    ]);
  const state = async () =>
    (await owner.query('select is_available, deleted_at from doctor_time_slots where id = $1', [slot]))
      .rows[0];
  expect((await close()).outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
  expect(await state()).toEqual({ is_available: true, deleted_at: null });
  await owner.query(`update appointments set status = 'cancelled' where id = $1`, [row.id]);
  await close();
  expect(await state()).toEqual({ is_available: false, deleted_at: new Date('2026-11-24T08:00:00Z') });
});

test('of two desks that close a slot the first is right and nobody is asked', async () => {
  const slot = basics.slots[0][1] ?? '';
  const close = async (at: string) =>
    (
      await stream.push([
        stream.change([sets('doctor_time_slots', slot, { deleted_at: at }, { deleted_at: null })]),
      ])
    ).outcomes[0]?.outcome;
  expect([await close('2026-11-24T08:00:00Z'), await close('2026-11-24T09:00:00Z')]).toEqual([
    'applied',
    'applied',
  ]);
  const { rows } = await owner.query('select deleted_at from doctor_time_slots where id = $1', [slot]);
  expect(rows[0].deleted_at).toEqual(new Date('2026-11-24T08:00:00Z'));
});

test('the audit keeps what people planned and not each slot that follows from it', async () => {
  const slot = { doctor_id: basics.doctors[0], location_id: basics.locationId };
  const times = { start_time_utc: '2026-12-01T07:00:00Z', end_time_utc: '2026-12-01T07:15:00Z' };
  const made = adds('doctor_time_slots', { id: randomUUID(), ...slot, ...times });
  const smuggled = adds('patients', { id: randomUUID(), first_name: 'A', last_name: 'B', phone: '210' });
  const hours = adds('schedule_templates', template());
  await stream.push([
    stream.change([made, smuggled], { kind: 'makeSlots' }),
    stream.change([hours], { kind: 'setWorkingHours' }),
  ]);
  const { rows } = await owner.query('select table_name from audit_log where clinic_id = $1 order by 1', [
    basics.clinicId,
  ]);
  expect(rows.map(({ table_name }) => table_name)).toEqual(['patients', 'schedule_templates']);
});
