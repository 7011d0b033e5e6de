import type { Payment } from '../../contract/payment.ts';
import { isoOrNull } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { openDay } from './business-day.ts';
import { hasMoved, leftOf } from './ledger.ts';

const SELECT = `
  select p.id, p.appointment_id appointmentId, p.kind, p.amount_cents minor, p.currency, p.method, p.status,
    p.receipt_number receiptNumber, p.provisional_number provisionalNumber, p.transaction_ref transactionRef, p.note,
    p.paid_at paidAt, p.business_day businessDay, p.location_id locationId, u.display_name takenBy,
    p.refunds_payment_id refundsPaymentId,
    exists (
      select 1 from outbox_rows w join outbox c on c.desk_seq = w.desk_seq
      where w.table_name = 'payments' and w.row_id = p.id and c.state = 'waiting'
    ) provisional
  from payments p left join users u on u.id = p.taken_by`;

type Row = Omit<Payment, 'amount' | 'paidAt' | 'left' | 'voidable' | 'provisional'> & {
  minor: number;
  currency: string;
  paidAt: number | null;
  provisional: 0 | 1;
};

/** The payments of some appointments, each appointment's together and in the order of paying. */
export const paymentsOf = (desk: Desk, appointmentIds: readonly string[]): Map<string, Payment[]> => {
  const rows = desk.replica
    .statement(
      `${SELECT} where p.appointment_id in (select value from json_each(?))
       order by coalesce(p.paid_at, p.created_at), p.id`,
    )
    .all(JSON.stringify(appointmentIds)) as Row[];
  const byAppointment = new Map<string, Payment[]>();
  for (const { minor, currency, paidAt, provisional, ...row } of rows) {
    const payment: Payment = {
      ...row,
      amount: { minor, currency },
      paidAt: isoOrNull(paidAt),
      left: 0,
      voidable: false,
      provisional: provisional === 1,
    };
    const own = byAppointment.get(row.appointmentId);
    if (own) own.push(payment);
    else byAppointment.set(row.appointmentId, [payment]);
  }
  for (const own of byAppointment.values())
    for (const payment of own) {
      payment.left = leftOf(payment, own);
      payment.voidable = isVoidable(desk, payment);
    }
  return byAppointment;
};

/** One payment, or undefined. */
export const readPayment = (desk: Desk, id: string): Payment | undefined => {
  const appointmentId = desk.replica
    .statement('select appointment_id from payments where id = ?')
    .pluck()
    .get(id) as string | undefined;
  if (appointmentId === undefined) return undefined;
  return paymentsOf(desk, [appointmentId])
    .get(appointmentId)
    ?.find((payment) => payment.id === id);
};

/** Whole, and the money of now would go into the same day. */
const isVoidable = (desk: Desk, payment: Payment): boolean =>
  payment.kind === 'payment' &&
  hasMoved(payment) &&
  payment.left === payment.amount.minor &&
  payment.locationId !== null &&
  payment.businessDay === openDay(desk, payment.locationId, payment.amount.currency);
