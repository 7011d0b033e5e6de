import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { appointmentOf, type Basics, insertInto, seedBasics } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let insert: ReturnType<typeof insertInto>;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  basics = await seedBasics(owner, (await clinicWithDesks(central.ownerUrl, [])).clinicId);
  insert = insertInto(owner, basics.clinicId);
  // The doctors' slots are moved to the coming hours, as "next" is counted from now.
  await owner.query(
    `update doctor_time_slots set start_time_utc = start_time_utc - shift, end_time_utc = end_time_utc - shift
     from (select min(start_time_utc) - date_trunc('hour', now()) - interval '1 hour' as shift
           from doctor_time_slots where clinic_id = $1) s where clinic_id = $1`,
    [basics.clinicId],
  );
});

const doctor = async (number: 0 | 1 = 0): Promise<Record<string, unknown>> =>
  (await owner.query('select * from doctors where id = $1', [basics.doctors[number]])).rows[0];

const startOf = async (slot: number): Promise<Date> =>
  (await owner.query('select start_time_utc from doctor_time_slots where id = $1', [basics.slots[0][slot]]))
    .rows[0].start_time_utc;

/** Books a slot at the times that it has now. */
const book = async (slot: number): Promise<string> => {
  const start = await startOf(slot);
  const end = new Date(start.getTime() + 15 * 60_000);
  const row = appointmentOf(basics, 0, slot, { scheduled_at: start, ends_at: end });
  await insert('appointments', row);
  return row.id;
};

test('the next free time of a doctor follows bookings, cancellations and blocks', async () => {
  expect((await doctor())['next_available_slot']).toEqual(await startOf(0));
  const id = await book(0);
  expect((await doctor())['next_available_slot']).toEqual(await startOf(1));
  await owner.query('update doctor_time_slots set is_available = false where id = $1', [basics.slots[0][1]]);
  expect((await doctor())['next_available_slot']).toEqual(await startOf(2));
  await owner.query(`update appointments set status = 'cancelled' where id = $1`, [id]);
  expect((await doctor())['next_available_slot']).toEqual(await startOf(0));
  expect((await doctor(1))['next_available_slot']).toEqual(await startOf(0));
});

test('a doctor with nothing free has no next free time', async () => {
  await owner.query('update doctor_time_slots set is_available = false where doctor_id = $1', [
    basics.doctors[0],
  ]);
  expect((await doctor())['next_available_slot']).toBeNull();
});

test("an appointment that moves to another doctor frees the first one's time and takes the second's", async () => {
  const id = await book(0);
  await owner.query('update appointments set doctor_id = $2, slot_id = $3 where id = $1', [
    id,
    basics.doctors[1],
    basics.slots[1][0],
  ]);
  expect((await doctor(0))['next_available_slot']).toEqual(await startOf(0));
  expect((await doctor(1))['next_available_slot']).toEqual(await startOf(1));
});

test('rating and number of reviews follow the reviews, those put right and those taken back too', async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const [i, stars] of [5, 4, 4].entries()) {
    await insert('reviews', {
      id: ids[i],
      doctor_id: basics.doctors[0],
      patient_id: basics.patients[0],
      stars,
    });
  }
  expect(await doctor()).toMatchObject({ rating: '4.33', review_count: 3 });
  await owner.query('update reviews set deleted_at = now() where id = $1', [ids[0]]);
  expect(await doctor()).toMatchObject({ rating: '4.00', review_count: 2 });
  await owner.query('update reviews set doctor_id = $2, stars = 2 where id = $1', [
    ids[1],
    basics.doctors[1],
  ]);
  expect(await doctor(0)).toMatchObject({ rating: '4.00', review_count: 1 });
  expect(await doctor(1)).toMatchObject({ rating: '2.00', review_count: 1 });
  await owner.query('update reviews set deleted_at = now() where id = $1', [ids[2]]);
  expect(await doctor(0)).toMatchObject({ rating: '0.00', review_count: 0 });
});

test('a change of what is kept is a change of the doctor, so that desks hear of it', async () => {
  const before = (await doctor())['rev'];
  await book(0);
  expect(Number((await doctor())['rev'])).toBeGreaterThan(Number(before));
});

test('no audit row can be changed or removed, not even by the owner', async () => {
  await insert('audit_log', { action: 'test', done_at: new Date() });
  await insert('idexx_sync_audit_log', { action: 'sync_started' });
  for (const table of ['audit_log', 'idexx_sync_audit_log']) {
    for (const sql of [`update ${table} set action = 'x'`, `delete from ${table}`, `truncate ${table}`]) {
      await expect(owner.query(sql), sql).rejects.toMatchObject({ code: 'PA004' });
    }
  }
});

test('a payment that was made is never edited; a refund is a payment that names it', async () => {
  const appointment_id = await book(0);
  const [paid, pending] = [randomUUID(), randomUUID()];
  const money = { appointment_id, amount_cents: 4500, currency: 'EUR', method: 'card' };
  await insert('payments', { id: paid, ...money, status: 'paid' });
  await insert('payments', { id: pending, ...money, status: 'pending' });
  await expect(
    owner.query('update payments set amount_cents = 1 where id = $1', [paid]),
  ).rejects.toMatchObject({
    constraint: 'payments_final',
  });
  await expect(
    owner.query(`update payments set status = 'refunded' where id = $1`, [paid]),
  ).rejects.toMatchObject({ constraint: 'payments_final' });
  await expect(
    owner.query(`update payments set status = 'paid', amount_cents = 1 where id = $1`, [pending]),
  ).rejects.toMatchObject({ constraint: 'payments_final' });
  await owner.query(`update payments set status = 'paid' where id = $1`, [pending]);
  await insert('payments', {
    id: randomUUID(),
    ...money,
    status: 'refunded',
    kind: 'refund',
    refunds_payment_id: paid,
  });
});

test('nothing that others refer to can be deleted', async () => {
  await book(0);
  for (const table of ['doctors', 'patients', 'doctor_time_slots', 'clinic_locations', 'clinics']) {
    await expect(
      owner.query(`delete from ${table} where clinic_id = $1`, [basics.clinicId]),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  }
});
