import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { methods } from '../../src-main/contract/payment.ts';
import type { Status } from '../../src-main/contract/status.ts';
import {
  balancesOf,
  type LedgerEntry,
  leftOf,
  takingsByMethod,
} from '../../src-main/core/payments/ledger.ts';

const entry = (parts: Partial<LedgerEntry> & { id: string; minor: number }): LedgerEntry => ({
  kind: 'payment',
  status: 'paid',
  method: 'cash',
  refundsPaymentId: null,
  amount: { minor: parts.minor, currency: 'EUR' },
  ...parts,
});
const back = (id: string, of: string, minor: number, kind: 'refund' | 'void' = 'refund'): LedgerEntry =>
  entry({ id, minor, kind, status: 'refunded', refundsPaymentId: of });
const fee = { minor: 5000, currency: 'EUR' };
const due = (status: Status, entries: LedgerEntry[], of: typeof fee | null = fee) =>
  balancesOf(status, of, 'EUR', entries)[0];

describe('what is due', () => {
  test('is the fee less what was paid, and what was given back is due again', () => {
    expect(due('completed', [])).toMatchObject({ fee: 5000, due: 5000 });
    const half = entry({ id: 'a', minor: 2000 });
    expect(due('completed', [half])).toMatchObject({ paid: 2000, due: 3000 });
    expect(due('completed', [half, back('b', 'a', 500)])).toMatchObject({
      paid: 2000,
      refunded: 500,
      due: 3500,
    });
    expect(due('completed', [half, back('b', 'a', 2000, 'void')])).toMatchObject({ paid: 0, due: 5000 });
  });

  test('is nothing for a visit that did not take place: what was paid ahead is to be given back', () => {
    for (const status of ['cancelled', 'no_show', 'left'] as const)
      expect(due(status, [entry({ id: 'a', minor: 2000 })])).toMatchObject({ fee: 0, due: -2000 });
  });

  test('is what was paid where nobody said a fee', () => {
    expect(due('completed', [], null)).toMatchObject({ currency: 'EUR', due: 0 });
    expect(due('completed', [entry({ id: 'a', minor: 2000 })], null)).toMatchObject({ fee: 2000, due: 0 });
  });

  test('counts no payment that failed or is pending', () => {
    const entries = [
      entry({ id: 'a', minor: 1, status: 'failed' }),
      entry({ id: 'b', minor: 2, status: 'pending' }),
    ];
    expect(due('completed', entries)).toMatchObject({ paid: 0, due: 5000 });
    expect(entries.map((one) => leftOf(one, entries))).toEqual([0, 0]);
  });

  test('is counted in each currency by itself', () => {
    const dollars = { ...entry({ id: 'a', minor: 700 }), amount: { minor: 700, currency: 'USD' } };
    expect(balancesOf('completed', fee, 'EUR', [dollars])).toEqual([
      { currency: 'EUR', fee: 5000, paid: 0, refunded: 0, due: 5000 },
      { currency: 'USD', fee: 0, paid: 700, refunded: 0, due: -700 },
    ]);
  });
});

/** Days as they come about: payments, and refunds and voids of what is left of them. */
const days = fc
  .array(
    fc.record({
      minor: fc.integer({ min: 1, max: 100_000 }),
      method: fc.constantFrom(...methods),
      currency: fc.constantFrom('EUR', 'JPY'),
      gives: fc.array(
        fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), method: fc.constantFrom(...methods) }),
        {
          maxLength: 4,
        },
      ),
      voided: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((plans) => {
    const entries: LedgerEntry[] = [];
    for (const [n, { minor, method, currency, gives, voided }] of plans.entries()) {
      const payment: LedgerEntry = { ...entry({ id: `p${n}`, minor, method }), amount: { minor, currency } };
      entries.push(payment);
      for (const [m, give] of gives.entries()) {
        const amount = Math.ceil(give.share * leftOf(payment, entries));
        if (amount === 0) continue;
        entries.push({
          ...back(`r${n}.${m}`, payment.id, amount),
          method: give.method,
          amount: { minor: amount, currency },
        });
      }
      if (voided && leftOf(payment, entries) === minor)
        entries.push({ ...back(`v${n}`, payment.id, minor, 'void'), method, amount: { minor, currency } });
    }
    return entries;
  });

describe('whatever was paid and given back', () => {
  test('no more than was paid is ever given back, and what is left of all payments is what is kept', () => {
    fc.assert(
      fc.property(days, (entries) => {
        for (const currency of ['EUR', 'JPY']) {
          const own = entries.filter(({ amount }) => amount.currency === currency);
          const left = own.map((one) => leftOf(one, entries));
          for (const [n, one] of own.entries()) {
            expect(left[n]).toBeGreaterThanOrEqual(0);
            expect(left[n]).toBeLessThanOrEqual(one.amount.minor);
          }
          const kept = left.reduce((sum, one) => sum + one, 0);
          const [balance] = balancesOf('completed', { minor: 5000, currency }, currency, own);
          expect(balance.paid - balance.refunded).toBe(kept);
          expect(balance.due).toBe(5000 - kept);
        }
      }),
    );
  });

  test('the methods of a day together hold what its payments come to, in each currency', () => {
    fc.assert(
      fc.property(days, (entries) => {
        for (const currency of ['EUR', 'JPY']) {
          const lines = takingsByMethod(entries, currency);
          expect(lines.map(({ method }) => method)).toEqual(methods);
          const own = entries.filter(({ amount }) => amount.currency === currency);
          const net = own.reduce(
            (sum, { kind, amount }) => sum + (kind === 'payment' ? amount.minor : -amount.minor),
            0,
          );
          expect(lines.reduce((sum, line) => sum + line.expected, 0)).toBe(net);
          for (const { taken, givenBack, expected } of lines) expect(taken - givenBack).toBe(expected);
        }
      }),
    );
  });
});
