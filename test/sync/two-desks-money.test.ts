import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../src-main/core/conflicts/resolve.ts';
import { account } from '../../src-main/core/payments/account.ts';
import { closeDay } from '../../src-main/core/payments/close-day.ts';
import { refund, voidPayment } from '../../src-main/core/payments/give-back.ts';
import { setFee } from '../../src-main/core/payments/set-fee.ts';
import { takePayment } from '../../src-main/core/payments/take-payment.ts';
import { takings } from '../../src-main/core/payments/takings.ts';
import { prescriptions } from '../../src-main/core/prescriptions/read.ts';
import { issuePrescription, savePrescription } from '../../src-main/core/prescriptions/write.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

describe('the money of two desks of one clinic', { timeout: 120_000 }, () => {
  let clinic: SmallClinic;
  let one: LiveDesk;
  let two: LiveDesk;
  let appointmentId: string;
  let slot = 0;

  beforeAll(async () => {
    clinic = await smallClinic(['Front 1', 'Front 2']);
  });
  afterAll(() => clinic.drop());
  afterEach(async () => {
    await one.dispose();
    await two.dispose();
  });

  const quiet = async () => {
    await Promise.all([one.quiet(), two.quiet()]);
    await Promise.all([one.caughtUp(), two.caughtUp()]);
  };
  const offline = (cut: boolean) => {
    one.engine.workOffline(cut);
    two.engine.workOffline(cut);
  };
  /** Both desks on a day of their own, with an appointment that both have and that asks 50.00. */
  const openBoth = async (day: string) => {
    one = liveDesk(clinic.desks[0]?.url ?? '');
    two = liveDesk(clinic.desks[1]?.url ?? '');
    for (const desk of [one, two]) desk.setNow(`${day}T07:00:00.000Z`);
    await quiet();
    const slotId = clinic.doctors[0]?.slots[slot++] ?? '';
    appointmentId = must(book(one, anyone, { slotId, patientId: clinic.patients[0] ?? '' })).id;
    must(setFee(one, anyone, { appointmentId, minor: 5000 }));
    await quiet();
  };
  const pay = (desk: LiveDesk, minor: number) =>
    must(takePayment(desk, anyone, { appointmentId, minor, method: 'cash' }));
  const close = (desk: LiveDesk, date: string, cash: number) =>
    closeDay(desk, anyone, {
      locationId: clinic.locationId,
      date,
      currency: 'EUR',
      lines: [{ method: 'cash', expected: cash, counted: cash }],
    });
  const inbox = (desk: LiveDesk) => must(conflicts(desk, anyone));
  const resolve = (desk: LiveDesk, choice: 'keep_mine' | 'keep_theirs') =>
    resolveConflict(desk, anyone, { changeId: inbox(desk)[0]?.changeId ?? '', choice });
  const due = (desk: LiveDesk) => must(account(desk, anyone, { appointmentId })).balances[0]?.due;
  const day = (desk: LiveDesk, date: string) =>
    must(takings(desk, anyone, { locationId: clinic.locationId, date }));

  test('receipts that were printed offline get the numbers of the clinic, without a gap and never twice', async () => {
    await openBoth('2026-11-20');
    offline(true);
    const printed = [pay(one, 1000), pay(two, 1000), pay(one, 1000), pay(two, 1000)];
    expect(printed.map(({ provisionalNumber }) => provisionalNumber)).toEqual([
      'Front 1-1',
      'Front 2-1',
      'Front 1-2',
      'Front 2-2',
    ]);
    expect(printed.every(({ receiptNumber }) => receiptNumber === null)).toBe(true);
    offline(false);
    await quiet();
    const numbers = (desk: LiveDesk) =>
      must(account(desk, anyone, { appointmentId })).payments.map((one) => [
        one.provisionalNumber,
        one.receiptNumber,
      ]);
    expect(numbers(one)).toEqual(numbers(two));
    expect(
      numbers(one)
        .map(([, number]) => number)
        .sort(),
    ).toEqual([1, 2, 3, 4]);
    expect([inbox(one), inbox(two)]).toEqual([[], []]);
  });

  test('money that both took for one visit did change hands: both payments stand, and the rest is given back', async () => {
    await openBoth('2026-11-20');
    offline(true);
    pay(one, 5000);
    pay(two, 5000);
    offline(false);
    await quiet();
    expect([due(one), due(two)]).toEqual([-5000, -5000]);
  });

  test('of two refunds of one payment one stands, and the other is in the inbox in plain words', async () => {
    await openBoth('2026-11-20');
    const paid = pay(one, 5000);
    await quiet();
    offline(true);
    must(refund(one, anyone, { paymentId: paid.id, minor: 5000 }));
    must(refund(two, anyone, { paymentId: paid.id, minor: 3000, note: 'Partly' }));
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await quiet();
    expect([due(one), due(two)]).toEqual([5000, 5000]);
    expect(inbox(one)).toEqual([]);
    expect(inbox(two)).toMatchObject([
      {
        kind: 'refund',
        code: 'given_back',
        subject: { name: 'Patient No0' },
        mine: { who: 'Front 2', money: { kind: 'refund', amount: { minor: 3000, currency: 'EUR' } } },
        theirs: { money: { kind: 'refund', amount: { minor: 5000 } } },
        choices: ['keep_theirs'],
      },
    ]);
    expect(resolve(two, 'keep_mine')).toMatchObject({ error: { code: 'not_resolvable' } });
    must(resolve(two, 'keep_theirs'));
    expect(inbox(two)).toEqual([]);
  });

  test('a payment that was taken offline for a day that was closed meanwhile is booked into the open day', async () => {
    await openBoth('2026-11-21');
    const refused = pay(one, 1000);
    await quiet();
    one.engine.workOffline(true);
    pay(one, 2000);
    must(close(two, '2026-11-21', 1000));
    await two.quiet();
    one.setNow('2026-11-22T07:00:00.000Z');
    one.engine.workOffline(false);
    await quiet();
    expect(refused.businessDay).toBe('2026-11-21');
    expect(due(one)).toBe(4000);
    expect(inbox(one)).toMatchObject([
      {
        kind: 'takePayment',
        code: 'day_closed',
        mine: { money: { amount: { minor: 2000 }, businessDay: '2026-11-21' } },
        theirs: { cashUp: { businessDay: '2026-11-21', lines: [{ method: 'cash', expected: 1000 }] } },
        choices: ['keep_mine', 'keep_theirs'],
      },
    ]);
    must(resolve(one, 'keep_mine'));
    await quiet();
    expect([inbox(one), due(two)]).toEqual([[], 2000]);
    expect(day(two, '2026-11-22').payments).toMatchObject([
      { amount: { minor: 2000 }, receiptNumber: expect.any(Number) },
    ]);
  });

  test('of two cash-ups of one day one stands, and one that lacked a payment is counted again', async () => {
    await openBoth('2026-11-23');
    pay(one, 1000);
    await quiet();
    offline(true);
    must(close(one, '2026-11-23', 1000));
    must(close(two, '2026-11-23', 1000));
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await quiet();
    expect(inbox(two)).toMatchObject([
      {
        kind: 'closeDay',
        code: 'cashed_up',
        subject: { patientId: null, name: 'Main' },
        mine: { cashUp: { businessDay: '2026-11-23' } },
        theirs: { cashUp: { businessDay: '2026-11-23' } },
        choices: ['keep_theirs'],
      },
    ]);
    must(resolve(two, 'keep_theirs'));

    for (const desk of [one, two]) desk.setNow('2026-11-24T07:00:00.000Z');
    offline(true);
    pay(one, 500);
    must(close(two, '2026-11-24', 0));
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await quiet();
    expect(inbox(two)).toMatchObject([
      {
        code: 'takings_changed',
        theirs: { cashUp: { lines: [{ method: 'cash', expected: 500, counted: null }] } },
        choices: ['keep_theirs'],
      },
    ]);
    must(resolve(two, 'keep_theirs'));
    must(close(two, '2026-11-24', 500));
    await quiet();
    expect(day(one, '2026-11-24').currencies[0]?.cashUp).toMatchObject({ provisional: false });
  });

  test('a void that came too late, since the payment was refunded, is told so', async () => {
    await openBoth('2026-11-19');
    const paid = pay(one, 1000);
    await quiet();
    offline(true);
    must(refund(one, anyone, { paymentId: paid.id, minor: 100 }));
    must(voidPayment(two, anyone, { paymentId: paid.id }));
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await quiet();
    expect(inbox(two)).toMatchObject([{ kind: 'voidPayment', code: 'given_back', choices: ['keep_theirs'] }]);
    expect(due(two)).toBe(4100);
  });

  test('a draft that both wrote on is a clash with both texts; one that was issued meanwhile stays as it was issued', async () => {
    await openBoth('2026-11-19');
    const draft = must(savePrescription(one, anyone, { appointmentId, instructions: 'Rest.' }));
    await quiet();
    const write = (desk: LiveDesk, instructions: string) =>
      must(savePrescription(desk, anyone, { appointmentId, prescriptionId: draft.id, instructions }));
    const text = (desk: LiveDesk) => must(prescriptions(desk, anyone, { appointmentId }))[0]?.instructions;
    offline(true);
    write(one, 'Tea.');
    write(two, 'Rum.');
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await quiet();
    expect(inbox(two)).toMatchObject([
      {
        kind: 'savePrescription',
        code: 'clash',
        subject: { name: 'Patient No0' },
        columns: [{ column: 'instructions', mine: 'Rum.', theirs: 'Tea.' }],
        choices: ['keep_mine', 'keep_theirs'],
      },
    ]);
    must(resolve(two, 'keep_mine'));
    await quiet();
    expect([text(one), text(two)]).toEqual(['Rum.', 'Rum.']);

    offline(true);
    must(issuePrescription(one, anyone, { prescriptionId: draft.id }));
    write(two, 'Beer.');
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await quiet();
    expect(inbox(two)).toMatchObject([{ code: 'prescription_final', choices: ['keep_theirs'] }]);
    expect([text(one), text(two)]).toEqual(['Rum.', 'Rum.']);
  });

  test('every receipt of the clinic was numbered once', async () => {
    await openBoth('2026-11-18');
    const numbers = await withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query('select receipt_number as n from payments order by 1');
      return rows.map(({ n }) => n as number);
    });
    expect(numbers).toEqual(numbers.map((_, n) => n + 1));
  });
});
