import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { readAppointment } from '../appointments/view.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { answerWithAccount } from './account.ts';
import { readPayment } from './read.ts';

/** Everything that stands on a receipt. */
export const receipt = (
  desk: Desk,
  _session: Session,
  { paymentId }: ParsedInput<'receipt'>,
): CallResult<'receipt'> => {
  const payment = readPayment(desk, paymentId);
  if (!payment) return refuse('not_found', { what: 'payment', id: paymentId });
  const appointment = readAppointment(desk, payment.appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: payment.appointmentId });
  const account = answerWithAccount(desk, appointment.id);
  if (!account.ok) return account;
  return ok({
    payment,
    names: account.value.payments.find(({ id }) => id === payment.refundsPaymentId) ?? null,
    appointment,
    doctorName: doctorNames(desk)(appointment.doctorId),
    account: account.value,
  });
};
