import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { ChangeRow } from '../../contract/change.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Method, Payment } from '../../contract/payment.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { payments } from '../schema/replica/index.ts';
import { openDay } from './business-day.ts';
import { readPayment } from './read.ts';
import { nextProvisionalNumber } from './receipt-number.ts';
import { answerWithPayment } from './take-payment.ts';

/** Gives back a part of a payment or what is left of it, by a row of its own that names it. */
export const refund = (desk: Desk, session: Session, input: ParsedInput<'refund'>): CallResult<'refund'> => {
  const first = readPayment(desk, input.paymentId);
  if (!first) return refuse('not_found', { what: 'payment', id: input.paymentId });
  if (first.kind !== 'payment' || first.status !== 'paid') return refuse('not_refundable');
  if (input.minor > first.left)
    return refuse('more_than_left', { left: first.left, currency: first.amount.currency });
  return giveBack(desk, session, 'refund', first, {
    minor: input.minor,
    method: input.method ?? first.method,
    note: input.note,
  });
};

/**
 * Takes back a payment that was typed by mistake: whole, out of the drawer that it went into, and only while its day is
 * open; after that it is refunded.
 */
export const voidPayment = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'voidPayment'>,
): CallResult<'voidPayment'> => {
  const first = readPayment(desk, input.paymentId);
  if (!first) return refuse('not_found', { what: 'payment', id: input.paymentId });
  if (first.kind !== 'payment' || first.status !== 'paid') return refuse('not_refundable');
  if (!first.voidable) return refuse('not_voidable', { left: first.left, currency: first.amount.currency });
  return giveBack(desk, session, 'void', first, {
    minor: first.amount.minor,
    method: first.method,
    note: input.note,
  });
};

const giveBack = (
  desk: Desk,
  session: Session,
  kind: 'refund' | 'void',
  first: Payment,
  { minor, method, note }: { minor: number; method: Method; note: string | undefined },
): CallResult<'refund'> => {
  const id = desk.newId();
  const { currency } = first.amount;
  const command = kind === 'void' ? 'voidPayment' : 'refund';
  writeChange(desk, { kind: command, actor: session.userId }, (change) =>
    change.insert(payments, {
      id,
      appointmentId: first.appointmentId,
      refundsPaymentId: first.id,
      amountCents: minor,
      currency,
      method,
      status: 'refunded',
      kind,
      locationId: first.locationId,
      businessDay: first.locationId === null ? null : openDay(desk, first.locationId, currency),
      provisionalNumber: nextProvisionalNumber(desk),
      note: note || null,
      transactionRef: null,
      paidAt: desk.now(),
      takenBy: session.userId,
    }),
  );
  return answerWithPayment(desk, id);
};

/** Undo of a payment: voids it, where that may be done and by whom it may be done. */
export const takeBackPayment = (
  desk: Desk,
  session: Session,
  { kind, rows }: { kind: string; rows: readonly ChangeRow[] },
): CallResult<'undo'> => {
  if (!session.rights.has('payments.refund')) return refuse('not_allowed', { right: 'payments.refund' });
  const paymentId = rows.find(({ table }) => table === 'payments')?.id ?? '';
  const done = voidPayment(desk, session, { paymentId });
  return done.ok ? ok({ kind }) : refuse('not_undoable', { kind, reason: 'stands' });
};
