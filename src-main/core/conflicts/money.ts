import type { ChangeRow, WireRow } from '../../contract/change.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import { CashUp, Payment } from '../../contract/payment.ts';
import type { ConflictSide } from '../../contract/sync.ts';
import type { Desk } from '../desk.ts';
import { isCashedUp, openDay } from '../payments/business-day.ts';
import { readCashUps } from '../payments/cash-ups.ts';
import { takingsByMethod } from '../payments/ledger.ts';
import { paymentsOf, readPayment } from '../payments/read.ts';
import { dayPayments } from '../payments/takings.ts';
import type { RefusalEntry } from '../replica/refusals.ts';
import { codeOf } from './code.ts';

type Side = Pick<ConflictSide, 'money' | 'cashUp'>;
const none: Side = { money: null, cashUp: null };

/** What the inbox tells of a payment, and of a cash-up. */
const Moved = Payment.pick({ kind: true, amount: true, method: true, businessDay: true, locationId: true });
const Closed = CashUp.pick({ locationId: true, businessDay: true, currency: true, lines: true });

const inserted = (rows: readonly ChangeRow[], table: string): WireRow | undefined => {
  const row = rows.find((one) => one.table === table);
  return row && 'insert' in row ? row.insert : undefined;
};

/** The money that a refused change was about, or none. */
export const moneyTried = ({ changes }: RefusalEntry): Side => {
  const rows = changes[0]?.rows ?? [];
  const [payment, cashUp] = [inserted(rows, 'payments'), inserted(rows, 'cash_ups')];
  if (payment) return { ...none, money: paymentOf(payment) };
  if (cashUp) return { ...none, cashUp: cashUpOf(cashUp) };
  return none;
};

const paymentOf = (row: WireRow): Side['money'] => {
  const parsed = Moved.safeParse({
    kind: row['kind'],
    amount: { minor: row['amount_cents'], currency: row['currency'] },
    method: row['method'],
    businessDay: row['business_day'] ?? null,
    locationId: row['location_id'] ?? null,
  });
  return parsed.success ? parsed.data : null;
};

const cashUpOf = (row: WireRow): Side['cashUp'] => {
  const parsed = Closed.safeParse({
    locationId: row['location_id'],
    businessDay: row['business_day'],
    currency: row['currency'],
    lines: row['lines'],
  });
  return parsed.success ? parsed.data : null;
};

/** What stands against it at the clinic as this desk knows it: who closed the day, or gave the money back, and when. */
export const moneyStanding = (desk: Desk, entry: RefusalEntry): Partial<ConflictSide> => {
  const { money, cashUp } = moneyTried(entry);
  const code = codeOf(entry);
  if (code === 'day_closed' && money)
    return closedBy(desk, money.locationId, money.businessDay, money.amount.currency);
  if (code === 'cashed_up' && cashUp)
    return closedBy(desk, cashUp.locationId, cashUp.businessDay, cashUp.currency);
  if (code === 'takings_changed' && cashUp) return { cashUp: expectedNow(desk, cashUp) };
  if (code === 'given_back') return givenBackBy(desk, entry);
  return {};
};

const closedBy = (
  desk: Desk,
  locationId: string | null,
  day: string | null,
  currency: string,
): Partial<ConflictSide> => {
  const [closed] = readCashUps(
    desk,
    'where c.location_id = ? and c.business_day = ? and c.currency = ?',
    locationId,
    day,
    currency,
  );
  if (!closed) return {};
  return { who: closed.closedBy, at: closed.closedAt, cashUp: Closed.parse(closed) };
};

const expectedNow = (desk: Desk, cashUp: NonNullable<Side['cashUp']>): Side['cashUp'] => ({
  ...cashUp,
  lines: takingsByMethod(dayPayments(desk, cashUp.locationId, cashUp.businessDay), cashUp.currency)
    .filter(({ taken, givenBack }) => taken !== 0 || givenBack !== 0)
    .map(({ method, expected }) => ({ method, expected, counted: null })),
});

const givenBackBy = (desk: Desk, { changes }: RefusalEntry): Partial<ConflictSide> => {
  const row = inserted(changes[0]?.rows ?? [], 'payments');
  const first = row && readPayment(desk, String(row['refunds_payment_id']));
  if (!first) return {};
  const back = (paymentsOf(desk, [first.appointmentId]).get(first.appointmentId) ?? []).findLast(
    ({ refundsPaymentId }) => refundsPaymentId === first.id,
  );
  if (!back) return {};
  return { who: back.takenBy, at: back.paidAt, money: Moved.parse(back) };
};

/**
 * Why refused money cannot be booked again, as far as this desk knows, or undefined. Money that changed hands can be,
 * into a day that is open; what would be given back must still be there; a day is counted anew.
 */
export const whyNoMoneyAgain = (desk: Desk, { changes }: RefusalEntry): Result<never> | undefined => {
  const rows = changes.flatMap((change) => change.rows);
  const made = new Set(rows.filter((row) => 'insert' in row).map(({ id }) => id));
  for (const row of rows) {
    if (!('insert' in row)) continue;
    if (row.table === 'cash_ups') return refuse('not_resolvable', { reason: 'only_anew' });
    if (row.table !== 'payments') continue;
    const { insert } = row;
    const ref = insert['transaction_ref'];
    if (ref != null && desk.replica.statement('select 1 from payments where transaction_ref = ?').get(ref))
      return refuse('not_resolvable', { reason: 'ref_in_use' });
    const names = insert['refunds_payment_id'];
    if (typeof names !== 'string' || made.has(names)) continue;
    const first = readPayment(desk, names);
    const enough = first !== undefined && Number(insert['amount_cents']) <= first.left;
    if (!enough || (insert['kind'] === 'void' && !first.voidable))
      return refuse('not_resolvable', { reason: 'given_back' });
  }
  return undefined;
};

/** The rows with their money in a day that is open: what was paid on a day that was cashed up meanwhile goes on there. */
export const inOpenDay = (desk: Desk, rows: readonly ChangeRow[]): ChangeRow[] =>
  rows.map((row) => {
    if (row.table !== 'payments' || !('insert' in row)) return row;
    const { location_id: locationId, business_day: day, currency } = row.insert;
    if (typeof locationId !== 'string' || typeof day !== 'string' || typeof currency !== 'string') return row;
    if (!isCashedUp(desk, locationId, day, currency)) return row;
    return { ...row, insert: { ...row.insert, business_day: openDay(desk, locationId, currency) } };
  });
