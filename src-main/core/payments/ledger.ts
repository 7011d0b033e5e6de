import type { Balance, Method, MethodTakings, Payment } from '../../contract/payment.ts';
import { methods } from '../../contract/payment.ts';
import type { Status } from '../../contract/status.ts';
import type { Money } from '../../contract/values.ts';

/** What the sums need of a payment. Amounts are positive and in minor units, whatever the kind. */
export interface LedgerEntry {
  id: string;
  kind: Payment['kind'];
  status: Payment['status'];
  amount: Money;
  method: Method;
  refundsPaymentId: string | null;
}

/** Whether money moved: a payment that was paid, or a refund or void of one. */
export const hasMoved = ({ kind, status }: LedgerEntry): boolean =>
  status === (kind === 'payment' ? 'paid' : 'refunded');

const minorOf = (entries: readonly LedgerEntry[], kind: LedgerEntry['kind']): number =>
  entries.reduce((sum, entry) => (entry.kind === kind ? sum + entry.amount.minor : sum), 0);

/** What may still be given back of a payment, in minor units; nothing of what is no payment that was paid. */
export const leftOf = (payment: LedgerEntry, all: readonly LedgerEntry[]): number => {
  if (payment.kind !== 'payment' || !hasMoved(payment)) return 0;
  const back = all.filter((entry) => entry.refundsPaymentId === payment.id && hasMoved(entry));
  return payment.amount.minor - back.reduce((sum, { amount }) => sum + amount.minor, 0);
};

/** Visits that happen or happened and are owed; one that is still to come may be paid ahead. */
const happened: readonly Status[] = ['arrived', 'ready', 'in_room', 'completed'];
/** Nothing is due for these, and what was paid is to be given back. */
const dropped: readonly Status[] = ['cancelled', 'no_show', 'left'];

/** Whether the fee of an appointment counts into what its patient owes. */
export const isOwed = (status: Status): boolean => happened.includes(status);

/**
 * What is due for an appointment, by currency: the fee's first. A visit that did not take place has no fee; one whose
 * fee nobody said is worth what was paid for it.
 */
export const balancesOf = (
  status: Status,
  fee: Money | null,
  clinicCurrency: string,
  entries: readonly LedgerEntry[],
): [Balance, ...Balance[]] => {
  const moved = entries.filter(hasMoved);
  const currency = fee?.currency ?? moved[0]?.amount.currency ?? clinicCurrency;
  const others = new Set(moved.map(({ amount }) => amount.currency));
  others.delete(currency);
  const balance = (of: string, minor: number | null): Balance => {
    const own = moved.filter(({ amount }) => amount.currency === of);
    const paid = minorOf(own, 'payment') - minorOf(own, 'void');
    const refunded = minorOf(own, 'refund');
    const owed = dropped.includes(status) ? 0 : (minor ?? paid - refunded);
    return { currency: of, fee: owed, paid, refunded, due: owed - paid + refunded };
  };
  return [balance(currency, fee?.minor ?? null), ...[...others].map((other) => balance(other, 0))];
};

/** What came in and went out by method, and so what must be there; every method has its line. */
export const takingsByMethod = (entries: readonly LedgerEntry[], currency: string): MethodTakings[] => {
  const moved = entries.filter((entry) => hasMoved(entry) && entry.amount.currency === currency);
  return methods.map((method) => {
    const own = moved.filter((entry) => entry.method === method);
    const taken = minorOf(own, 'payment');
    const givenBack = minorOf(own, 'refund') + minorOf(own, 'void');
    return { method, taken, givenBack, expected: taken - givenBack };
  });
};
