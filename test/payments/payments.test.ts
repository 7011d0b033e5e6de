import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rights } from '../../src-main/contract/calls.ts';
import type { Payment } from '../../src-main/contract/payment.ts';
import { account } from '../../src-main/core/payments/account.ts';
import { cashUps } from '../../src-main/core/payments/cash-ups.ts';
import { closeDay } from '../../src-main/core/payments/close-day.ts';
import { refund, takeBackPayment, voidPayment } from '../../src-main/core/payments/give-back.ts';
import { patientBalance } from '../../src-main/core/payments/patient-balance.ts';
import { receipt } from '../../src-main/core/payments/receipt.ts';
import { setFee } from '../../src-main/core/payments/set-fee.ts';
import { takePayment } from '../../src-main/core/payments/take-payment.ts';
import { takings } from '../../src-main/core/payments/takings.ts';
import { patientMerges, patients, payments } from '../../src-main/core/schema/replica/index.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
  desk.replica.statement(`update desk_state set desk_name = 'Front 1'`).run();
});
afterEach(() => desk.dispose());

/** A visit of Maria's today, whose type asks 50.00 EUR. */
const visit = (columns: Record<string, unknown> = {}): string =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    visitTypeId: ids.checkUp,
    start: `${TODAY}T07:00:00.000Z`,
    status: 'completed',
    ...columns,
  });
type Pay = Partial<Parameters<typeof takePayment>[2]>;
const pay = (appointmentId: string, minor: number, more: Pay = {}) =>
  takePayment(desk, receptionist, { appointmentId, minor, method: 'cash', ...more });
const due = (appointmentId: string) => must(account(desk, receptionist, { appointmentId })).balances[0]?.due;
const giveBack = (payment: Payment, minor: number) =>
  refund(desk, receptionist, { paymentId: payment.id, minor });
const takeBack = (payment: Payment) => voidPayment(desk, receptionist, { paymentId: payment.id });
const day = (date = TODAY) => must(takings(desk, receptionist, { locationId: ids.athens, date }));
const close = (
  lines: { method: Payment['method']; expected: number; counted: number }[],
  note?: string,
  date = TODAY,
) => closeDay(desk, receptionist, { locationId: ids.athens, date, currency: 'EUR', lines, note });

describe('what is due for an appointment', () => {
  test('is its own fee, else that of its visit type, else nobody said', () => {
    expect(due(visit())).toBe(5000);
    expect(due(visit({ feeMinor: 0, feeCurrency: 'EUR' }))).toBe(0);
    expect(due(visit({ feeMinor: 12345, feeCurrency: 'JPY' }))).toBe(12345);
    const nobody = visit({ visitTypeId: null });
    expect(must(account(desk, receptionist, { appointmentId: nobody })).fee).toBeNull();
    expect(due(nobody)).toBe(0);
  });

  test('can be changed and waived', () => {
    const id = visit();
    must(setFee(desk, receptionist, { appointmentId: id, minor: 3000 }));
    expect(due(id)).toBe(3000);
    must(pay(id, 1000));
    must(setFee(desk, receptionist, { appointmentId: id, minor: 0 }));
    expect(due(id)).toBe(-1000);
    expect(desk.waiting().map(({ kind }) => kind)).toEqual(['setFee', 'takePayment', 'setFee']);
  });
});

describe('a payment', () => {
  test('is taken in parts until nothing is due, each with a receipt of this desk at once', () => {
    const id = visit();
    const first = must(pay(id, 2000, { method: 'card', transactionRef: 'POS-1', note: 'first part' }));
    expect(first).toMatchObject({
      kind: 'payment',
      status: 'paid',
      amount: { minor: 2000, currency: 'EUR' },
      receiptNumber: null,
      provisionalNumber: 'Front 1-1',
      businessDay: TODAY,
      locationId: ids.athens,
      left: 2000,
      voidable: true,
      provisional: true,
    });
    expect(due(id)).toBe(3000);
    expect(must(pay(id, 3000)).provisionalNumber).toBe('Front 1-2');
    expect(due(id)).toBe(0);
  });

  test('of more than is due is refused as a slip, unless nobody said a fee', () => {
    expect(pay(visit(), 50_000)).toMatchObject({ error: { code: 'more_than_due', details: { due: 5000 } } });
    must(pay(visit({ visitTypeId: null }), 50_000));
    expect(pay(visit({ status: 'no_show' }), 5000)).toMatchObject({ error: { code: 'more_than_due' } });
    expect(pay(ids.maria, 1)).toMatchObject({ error: { code: 'not_found' } });
  });

  test('by card never has the reference of another', () => {
    must(pay(visit(), 5000, { method: 'card', transactionRef: 'POS-7' }));
    expect(pay(visit(), 5000, { method: 'card', transactionRef: 'POS-7' })).toMatchObject({
      error: { code: 'ref_in_use' },
    });
    must(pay(visit(), 5000, { method: 'card' }));
    must(pay(visit(), 5000, { method: 'card', transactionRef: '' }));
  });

  test('belongs to the day of the clocks where it is taken', () => {
    desk.setNow(`${TODAY}T22:30:00.000Z`);
    expect(must(pay(visit(), 5000)).businessDay).toBe('2026-11-25');
    const london = visit({ locationId: ids.london, doctorId: ids.georgiou });
    expect(must(pay(london, 5000)).businessDay).toBe(TODAY);
    expect(must(pay(visit({ locationId: null, doctorId: ids.georgiou }), 5000)).locationId).toBe(ids.london);
  });

  test('goes on with the numbers of this desk where its own count was lost, and never uses one for what was not saved', () => {
    desk.put(payments, {
      id: desk.newId(),
      appointmentId: visit(),
      amountCents: 1,
      currency: 'EUR',
      method: 'cash',
      kind: 'payment',
      status: 'paid',
      provisionalNumber: 'Front 1-41',
    });
    expect(must(pay(visit(), 5000)).provisionalNumber).toBe('Front 1-42');
    pay(visit(), 50_000);
    expect(must(pay(visit(), 5000)).provisionalNumber).toBe('Front 1-43');
  });

  test('has everything on its receipt, a refund the payment that it names too', () => {
    const paid = must(pay(visit(), 5000));
    const back = must(giveBack(paid, 2000));
    const read = must(receipt(desk, receptionist, { paymentId: back.id }));
    expect(read).toMatchObject({
      payment: { id: back.id, kind: 'refund' },
      names: { id: paid.id, left: 3000 },
      appointment: { patient: { id: ids.maria } },
      doctorName: { en: 'Dr Adamou' },
      account: { balances: [{ due: 2000 }] },
    });
  });
});

describe('money given back', () => {
  test('is a payment of its own that names the first, and never more than is left of it', () => {
    const id = visit();
    const paid = must(pay(id, 5000, { method: 'card', transactionRef: 'POS-1' }));
    const back = must(giveBack(paid, 3000));
    expect(back).toMatchObject({
      kind: 'refund',
      status: 'refunded',
      refundsPaymentId: paid.id,
      method: 'card',
    });
    expect(due(id)).toBe(3000);
    expect(giveBack(paid, 2001)).toMatchObject({
      error: { code: 'more_than_left', details: { left: 2000 } },
    });
    expect(giveBack(back, 1)).toMatchObject({ error: { code: 'not_refundable' } });
    expect(takeBack(paid)).toMatchObject({ error: { code: 'not_voidable' } });
    must(giveBack(paid, 2000));
    expect(due(id)).toBe(5000);
  });

  test('by a void is the whole of it on its own day; the day after it is refunded', () => {
    const [one, two] = [must(pay(visit(), 5000)), must(pay(visit(), 5000))];
    expect(must(takeBack(one))).toMatchObject({ kind: 'void', amount: { minor: 5000 }, businessDay: TODAY });
    expect(takeBack(one)).toMatchObject({ error: { code: 'not_voidable' } });
    desk.setNow('2026-11-25T07:00:00.000Z');
    expect(takeBack(two)).toMatchObject({ error: { code: 'not_voidable' } });
    expect(must(giveBack(two, 5000)).businessDay).toBe('2026-11-25');
  });

  test('undoes a payment by a void, for who may void', () => {
    const id = visit();
    must(pay(id, 5000));
    const undo = undoWith({ takePayment: takeBackPayment });
    const without = {
      ...receptionist,
      rights: new Set(rights.filter((right) => right !== 'payments.refund')),
    };
    expect(undo(desk, without)).toMatchObject({ error: { code: 'not_allowed' } });
    expect(must(undo(desk, receptionist))).toEqual({ kind: 'takePayment' });
    expect(due(id)).toBe(5000);
    expect(must(account(desk, receptionist, { appointmentId: id })).payments.map(({ kind }) => kind)).toEqual(
      ['payment', 'void'],
    );
  });
});

describe('the balance of a patient', () => {
  const balance = () => must(patientBalance(desk, receptionist, { patientId: ids.maria }));

  test('counts visits that happened, less what was paid for them and ahead', () => {
    const done = visit();
    visit({ status: 'scheduled' });
    visit({ status: 'cancelled' });
    expect(balance()).toMatchObject({
      balances: [{ minor: 5000, currency: 'EUR' }],
      visits: [{ appointmentId: done }],
    });
    const ahead = visit({ status: 'scheduled', start: '2026-11-25T07:00:00.000Z' });
    must(pay(ahead, 1500));
    expect(balance().balances).toEqual([{ minor: 3500, currency: 'EUR' }]);
    must(pay(done, 3500));
    expect(balance().balances).toEqual([]);
    expect(balance().visits.map(({ appointmentId }) => appointmentId)).toEqual([ahead, done]);
  });

  test('is kept in each currency by itself', () => {
    visit();
    visit({ feeMinor: 900, feeCurrency: 'JPY' });
    expect(balance().balances).toEqual([
      { minor: 5000, currency: 'EUR' },
      { minor: 900, currency: 'JPY' },
    ]);
  });

  test('takes in the records that were merged into this one', () => {
    visit({ patientId: ids.john });
    desk.put(patients, { id: ids.john, firstName: 'John', lastName: 'Smith', mergedIntoId: ids.maria });
    desk.put(patientMerges, {
      id: desk.newId(),
      keptId: ids.maria,
      mergedId: ids.john,
      moved: {},
      mergedAt: `${TODAY}T06:00:00.000Z`,
    });
    expect(balance().balances).toEqual([{ minor: 5000, currency: 'EUR' }]);
    expect(patientBalance(desk, receptionist, { patientId: ids.clinic })).toMatchObject({
      error: { code: 'not_found' },
    });
  });
});

describe('the day of a location', () => {
  test('shows what came in and went out by method, and who still owes', () => {
    const [paid, owing] = [visit(), visit({ patientId: ids.john })];
    const card = must(pay(paid, 3000, { method: 'card' }));
    must(pay(paid, 2000));
    must(giveBack(card, 500));
    must(pay(owing, 1000));
    visit({ status: 'scheduled' });
    const read = day();
    expect(read.currencies[0]?.methods.slice(0, 2)).toEqual([
      { method: 'cash', taken: 3000, givenBack: 0, expected: 3000 },
      { method: 'card', taken: 3000, givenBack: 500, expected: 2500 },
    ]);
    expect(read.payments.map(({ patientName }) => patientName)).toEqual([
      ...Array(3).fill('Μαρία Παπαδοπούλου'),
      'John Smith',
    ]);
    expect(read.open.map(({ appointmentId, due: owed }) => [appointmentId, owed.minor])).toEqual([
      [paid, 500],
      [owing, 4000],
    ]);
    expect(read.waiting).toBe(4);
    expect(takings(desk, receptionist, { locationId: ids.maria, date: TODAY })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  test('is closed once with what was counted, and a difference has a note', () => {
    must(pay(visit(), 5000));
    const line = { method: 'cash' as const, expected: 5000, counted: 4990 };
    expect(close([{ ...line, expected: 4000, counted: 4000 }])).toMatchObject({
      error: { code: 'takings_changed' },
    });
    expect(close([])).toMatchObject({ error: { code: 'takings_changed' } });
    expect(close([line])).toMatchObject({ error: { code: 'note_needed' } });
    expect(close([line], 'x', '2026-11-25')).toMatchObject({ error: { code: 'day_to_come' } });
    expect(must(close([line, { method: 'card', expected: 0, counted: 0 }], '10 cents short'))).toMatchObject({
      businessDay: TODAY,
      lines: [line],
      note: '10 cents short',
    });
    expect(close([line], 'again')).toMatchObject({ error: { code: 'day_closed' } });
    expect(day().currencies[0]?.cashUp).toMatchObject({ lines: [line] });
    expect(must(cashUps(desk, receptionist, { locationId: ids.athens, limit: 5 }))).toHaveLength(1);
  });

  test('takes in nothing once it is closed: what comes later belongs to the next one', () => {
    const early = must(pay(visit(), 5000));
    must(close([{ method: 'cash', expected: 5000, counted: 5000 }]));
    expect(takeBack(early)).toMatchObject({ error: { code: 'not_voidable' } });
    const late = must(pay(visit(), 5000));
    expect(late.businessDay).toBe('2026-11-25');
    expect(must(giveBack(early, 1000)).businessDay).toBe('2026-11-25');
    expect(must(takeBack(late)).businessDay).toBe('2026-11-25');
    expect(day('2026-11-25').currencies[0]?.methods[0]).toMatchObject({ expected: -1000 });
  });
});
