import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import {
  adds,
  appointmentOf,
  type Basics,
  day,
  insertInto,
  seedBasics,
  sets,
  TestStream,
} from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let client: pg.Client;
let basics: Basics;
let insert: ReturnType<typeof insertInto>;
let stream: TestStream;
let appointment: string;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await client?.end();
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl, ['Front']);
  basics = await seedBasics(owner, clinicId);
  insert = insertInto(owner, clinicId);
  await client?.end();
  client = new pg.Client({ connectionString: desks[0]?.url ?? '' });
  await client.connect();
  stream = new TestStream(client);
  const row = appointmentOf(basics, 0, 0);
  await insert('appointments', row);
  appointment = row.id;
});

const next = '2026-11-25';
const at = (date: string) => `${date}T08:00:00.000Z`;
type Columns = Record<string, unknown>;

/** A payment of the appointment as a desk sends it. */
const payment = (columns: Columns = {}): { id: string } & Columns => ({
  id: newId(),
  appointment_id: appointment,
  amount_cents: 5000,
  currency: 'EUR',
  method: 'cash',
  status: 'paid',
  kind: 'payment',
  location_id: basics.locationId,
  business_day: day,
  paid_at: at(day),
  ...columns,
});
const back = (kind: 'refund' | 'void', refunds_payment_id: string, columns: Columns = {}) =>
  payment({ kind, status: 'refunded', refunds_payment_id, ...columns });
const cashUp = (expected: number, columns: Columns = {}): { id: string } & Columns => ({
  id: newId(),
  location_id: basics.locationId,
  business_day: day,
  currency: 'EUR',
  lines: [{ method: 'cash', expected, counted: expected }],
  closed_at: at(day),
  ...columns,
});

/** Sends one row as a change of its own; answers why it was refused, or null. */
const send = async (
  table: string,
  row: { id: string } & Columns,
  parts: { at?: string } = {},
): Promise<string | null> => {
  const reply = await stream.push([stream.change([adds(table, row)], parts)]);
  const [outcome] = reply.outcomes;
  return outcome?.outcome === 'applied' ? null : (outcome?.refusal?.constraint ?? 'refused');
};
const pay = (row: { id: string } & Columns, parts?: { at?: string }) => send('payments', row, parts);
const numbers = async (): Promise<unknown[]> =>
  (
    await owner.query(
      'select receipt_number as n from payments where clinic_id = $1 and receipt_number is not null order by 1',
      [basics.clinicId],
    )
  ).rows.map(({ n }) => n);

describe('a receipt', () => {
  test('has the next number of its location, whatever its kind; a refused change leaves no gap', async () => {
    const first = payment();
    expect(await pay(first)).toBeNull();
    expect(await pay(back('refund', first['id'], { amount_cents: 6000 }))).toBe('payments_more_than_left');
    const reply = await stream.push([
      stream.change([adds('payments', payment()), adds('payments', payment({ method: 'gold' }))]),
    ]);
    expect(reply.outcomes[0]).toMatchObject({
      outcome: 'refused',
      refusal: { constraint: 'payments_method' },
    });
    expect(await pay(payment({ status: 'pending' }))).toBeNull();
    expect(await pay(back('refund', first['id'], { amount_cents: 1000 }))).toBeNull();
    expect(await pay(payment())).toBeNull();
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  test('gives its number back when the transaction goes back to a savepoint', async () => {
    await insert('payments', payment());
    await owner.query('begin');
    await owner.query('savepoint before');
    await insert('payments', payment());
    await owner.query('rollback to before');
    await insert('payments', payment());
    await owner.query('commit');
    expect(await numbers()).toEqual([1, 2]);
  });

  test('is numbered for each location from 1, and no desk gives a number itself', async () => {
    const other = newId();
    await insert('clinic_locations', {
      id: other,
      name: 'Pier',
      address_line1: 'Quay 1',
      city: 'London',
      country: 'UK',
      timezone: 'Europe/London',
    });
    await pay(payment());
    expect(await pay(payment({ location_id: other }))).toBeNull();
    const { rows } = await owner.query(
      'select location_id, receipt_number from payments where clinic_id = $1 order by receipt_number, id',
      [basics.clinicId],
    );
    expect(rows).toEqual([
      { location_id: basics.locationId, receipt_number: 1 },
      { location_id: other, receipt_number: 1 },
    ]);
    const reply = await stream.push([stream.change([adds('payments', payment({ receipt_number: 9 }))])]);
    expect(reply.outcomes[0]).toMatchObject({ outcome: 'refused' });
  });

  test('is numbered once a payment that was pending is paid', async () => {
    const pending = payment({ status: 'pending' });
    await pay(pending);
    expect(await numbers()).toEqual([]);
    await stream.push([
      stream.change([sets('payments', pending.id, { status: 'paid' }, { status: 'pending' })]),
    ]);
    expect(await numbers()).toEqual([1]);
    await expect(
      owner.query(`update payments set note = 'x' where id = $1`, [pending.id]),
    ).rejects.toMatchObject({ constraint: 'payments_final' });
  });

  test('two desks at once never get one number', async () => {
    const second = new pg.Client({ connectionString: central.ownerUrl });
    await second.connect();
    await owner.query('begin');
    await insert('payments', payment());
    const waits = insertInto(second, basics.clinicId)('payments', payment());
    await owner.query('commit');
    await waits;
    await second.end();
    expect(await numbers()).toEqual([1, 2]);
  });
});

describe('money given back', () => {
  let first: string;
  beforeEach(async () => {
    const row = payment();
    await pay(row);
    first = row.id;
  });

  test('is never more than was paid, in however many parts', async () => {
    expect(await pay(back('refund', first, { amount_cents: 3000 }))).toBeNull();
    expect(await pay(back('refund', first, { amount_cents: 2001 }))).toBe('payments_more_than_left');
    expect(await pay(back('refund', first, { amount_cents: 2000 }))).toBeNull();
    expect(await pay(back('refund', first, { amount_cents: 1 }))).toBe('payments_more_than_left');
  });

  test('is of a payment of the same appointment and currency', async () => {
    const row = appointmentOf(basics, 1, 3);
    await insert('appointments', row);
    expect(await pay(back('refund', first, { appointment_id: row.id }))).toBe('payments_names_payment');
    expect(await pay(back('refund', first, { currency: 'USD' }))).toBe('payments_names_payment');
    expect(await pay(back('refund', first, { amount_cents: 0 }))).toBe('payments_names_payment');
    expect(await pay(back('refund', newId()))).toBe('payments_names_payment');
    const refund = back('refund', first, { amount_cents: 10 });
    await pay(refund);
    expect(await pay(back('refund', refund['id'], { amount_cents: 1 }))).toBe('payments_names_payment');
  });

  test('by a void is the whole of it, once, on its own day and out of the same drawer', async () => {
    expect(await pay(back('void', first, { amount_cents: 100 }))).toBe('payments_void_whole');
    expect(await pay(back('void', first, { method: 'card' }))).toBe('payments_void_whole');
    const tomorrow = { business_day: next, paid_at: at(next) };
    expect(await pay(back('void', first, tomorrow))).toBe('payments_void_whole');
    expect(await pay(back('void', first))).toBeNull();
    expect(await pay(back('void', first))).toBe('payments_more_than_left');
  });
});

describe('a day that is cashed up', () => {
  test('was closed with what is there: another amount is refused', async () => {
    const first = payment();
    await pay(first);
    await pay(back('refund', first['id'], { amount_cents: 1500 }));
    await pay(payment({ method: 'card' }));
    const lines = (cash: number, card: number) => [
      { method: 'cash', expected: cash, counted: cash },
      { method: 'card', expected: card, counted: card },
    ];
    expect(await send('cash_ups', cashUp(3500))).toBe('cash_ups_expected');
    expect(await send('cash_ups', cashUp(0, { lines: lines(5000, 5000) }))).toBe('cash_ups_expected');
    expect(await send('cash_ups', cashUp(0, { lines: lines(3500, 5000) }))).toBeNull();
    expect(await send('cash_ups', cashUp(0, { lines: lines(3500, 5000) }))).toBe('cash_ups_one_per_day');
    expect(await send('cash_ups', cashUp(0, { currency: 'USD' }))).toBeNull();
  });

  test('has a note where the count differs, one line for each method, and has begun', async () => {
    await pay(payment());
    const counted = [{ method: 'cash', expected: 5000, counted: 4900 }];
    expect(await send('cash_ups', cashUp(0, { lines: counted }))).toBe('cash_ups_note');
    expect(await send('cash_ups', cashUp(0, { lines: counted, note: ' ' }))).toBe('cash_ups_note');
    expect(await send('cash_ups', cashUp(0, { lines: [{ method: 'cash', expected: 5000 }] }))).toBe(
      'cash_ups_lines',
    );
    expect(await send('cash_ups', cashUp(0, { lines: [...counted, ...counted], note: 'x' }))).toBe(
      'cash_ups_lines',
    );
    expect(await send('cash_ups', cashUp(0, { business_day: next }))).toBe('cash_ups_day_begun');
    expect(await send('cash_ups', cashUp(0, { lines: counted, note: '€1 short' }))).toBeNull();
  });

  test('takes in nothing any more: a payment, refund or void goes into the next open day', async () => {
    const first = payment();
    await pay(first);
    expect(await pay(payment({ business_day: next }))).toBe('payments_business_day');
    await send('cash_ups', cashUp(5000));
    expect(await pay(payment())).toBe('payments_day_closed');
    expect(await pay(back('refund', first['id']))).toBe('payments_day_closed');
    expect(await pay(back('void', first['id']))).toBe('payments_day_closed');
    expect(await pay(payment({ business_day: '2026-11-26' }))).toBe('payments_business_day');
    expect(await pay(payment({ business_day: '2026-11-23' }))).toBe('payments_business_day');
    expect(await pay(payment({ business_day: next }))).toBeNull();
    expect(await pay(payment({ business_day: '2026-11-26' }), { at: at('2026-11-26') })).toBeNull();
    expect(await pay(payment({ currency: 'USD' }))).toBeNull();
  });

  test('stays as it was closed', async () => {
    const row = cashUp(0);
    await send('cash_ups', row);
    for (const sql of [`update cash_ups set note = 'x'`, 'delete from cash_ups'])
      await expect(owner.query(sql)).rejects.toMatchObject({ constraint: 'cash_ups_append_only' });
  });
});

test('a payment belongs to the day of the clocks where it was taken', async () => {
  expect(await pay(payment({ paid_at: `${day}T22:30:00.000Z` }))).toBe('payments_business_day');
  expect(await pay(payment({ paid_at: `${day}T22:30:00.000Z`, business_day: next }))).toBeNull();
  const { id: _, ...bare } = payment({ paid_at: `${day}T22:30:00.000Z` });
  await insert('payments', { ...bare, id: newId(), business_day: null, location_id: null });
  const { rows } = await owner.query(
    `select business_day::text, location_id from payments where clinic_id = $1`,
    [basics.clinicId],
  );
  expect(rows).toEqual(Array(2).fill({ business_day: next, location_id: basics.locationId }));
});

describe('a prescription', () => {
  const prescription = (columns: Columns = {}): { id: string } & Columns => ({
    id: newId(),
    appointment_id: appointment,
    doctor_id: basics.doctors[0],
    patient_id: basics.patients[0],
    instructions: 'Rest.',
    status: 'draft',
    issued_at: at(day),
    ...columns,
  });
  const write = (row: { id: string } & Columns) => send('prescriptions', row);
  const set = async (id: string, values: Columns, was: Columns) => {
    const reply = await stream.push([stream.change([sets('prescriptions', id, values, was)])]);
    return reply.outcomes[0]?.refusal?.constraint ?? reply.outcomes[0]?.outcome;
  };

  test('may be written over until it is issued, and never after', async () => {
    const row = prescription();
    await write(row);
    expect(await set(row.id, { instructions: 'Tea.' }, { instructions: 'Rest.' })).toBe('applied');
    expect(await set(row.id, { status: 'issued' }, { status: 'draft' })).toBe('applied');
    expect(await set(row.id, { instructions: 'Rum.' }, { instructions: 'Tea.' })).toBe('prescriptions_final');
    expect(await set(row.id, { status: 'draft' }, { status: 'issued' })).toBe('prescriptions_final');
    await expect(
      owner.query(`update prescriptions set issued_at = now() where id = $1`, [row.id]),
    ).rejects.toMatchObject({ constraint: 'prescriptions_final' });
    // A merge of two records takes it along.
    await owner.query('update prescriptions set patient_id = $2 where id = $1', [row.id, basics.patients[1]]);
  });

  test('that says nothing is not issued', async () => {
    expect(await write(prescription({ instructions: ' ', status: 'issued' }))).toBe(
      'prescriptions_not_empty',
    );
  });

  test('that was wrong is replaced by one new one', async () => {
    const draft = prescription();
    await write(draft);
    expect(await write(prescription({ replaces_id: draft.id }))).toBe('prescriptions_replaces');
    await set(draft.id, { status: 'issued' }, { status: 'draft' });
    const [one, two] = [prescription({ replaces_id: draft.id }), prescription({ replaces_id: draft.id })];
    expect(await write(one)).toBeNull();
    expect(await write(two)).toBeNull();
    expect(await set(one['id'], { status: 'issued' }, { status: 'draft' })).toBe('applied');
    expect(await set(two['id'], { status: 'issued' }, { status: 'draft' })).toBe(
      'prescriptions_replaced_once',
    );
  });
});
