import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { payments } from '../schema/replica/index.ts';
import { accountOf, readVisit } from './account.ts';
import { openDay } from './business-day.ts';
import { paymentsOf, readPayment } from './read.ts';
import { nextProvisionalNumber } from './receipt-number.ts';

/**
 * Takes a payment for an appointment, whole or in part. More than is due is refused, since it is a slip of the finger;
 * where nobody said a fee, any amount is what is due. Money that two desks took apart for one visit did both change
 * hands: central keeps both, and the account shows what is to be given back.
 */
export const takePayment = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'takePayment'>,
): CallResult<'takePayment'> => {
  const visit = readVisit(desk, input.appointmentId);
  if (!visit || visit.locationId === null)
    return refuse('not_found', { what: 'appointment', id: input.appointmentId });
  const { locationId } = visit;
  const { balances } = accountOf(desk, visit, paymentsOf(desk, [visit.id]).get(visit.id) ?? []);
  const currency = input.currency ?? balances[0]?.currency ?? '';
  const due = balances.find((balance) => balance.currency === currency)?.due ?? 0;
  if (visit.fee !== null && input.minor > due) return refuse('more_than_due', { due, currency });
  const transactionRef = input.transactionRef || null;
  if (transactionRef !== null && isRefUsed(desk, transactionRef))
    return refuse('ref_in_use', { transactionRef });

  const id = desk.newId();
  writeChange(desk, { kind: 'takePayment', actor: session.userId }, (change) =>
    change.insert(payments, {
      id,
      appointmentId: visit.id,
      refundsPaymentId: null,
      amountCents: input.minor,
      currency,
      method: input.method,
      status: 'paid',
      kind: 'payment',
      locationId,
      businessDay: openDay(desk, locationId, currency),
      provisionalNumber: nextProvisionalNumber(desk),
      note: input.note || null,
      transactionRef,
      paidAt: desk.now(),
      takenBy: session.userId,
    }),
  );
  return answerWithPayment(desk, id);
};

const isRefUsed = ({ replica }: Desk, transactionRef: string): boolean =>
  replica.statement('select 1 from payments where transaction_ref = ?').get(transactionRef) !== undefined;

/** A payment as a call's answer. */
export const answerWithPayment = (desk: Desk, id: string): CallResult<'takePayment'> => {
  const payment = readPayment(desk, id);
  return payment ? ok(payment) : refuse('not_found', { what: 'payment', id });
};
