import { z } from 'zod';
import { call } from '../call.ts';
import { MAX_MINOR } from '../money.ts';
import { Account, CashUp, Currency, Method, PatientBalance, Payment, Receipt, Takings } from '../payment.ts';
import { Day, Id } from '../values.ts';

const minor = z.int().min(1).max(MAX_MINOR).describe('In minor units of the currency.');
const note = z.string().trim().max(255).optional();

/** What is owed, taken and given back, and the end of the day. */
export const paymentsCalls = {
  account: call({
    summary: "An appointment's fee, what was paid and given back, and what is due.",
    input: z.object({ appointmentId: Id }),
    output: Account,
    right: 'payments.read',
    errors: ['not_found'],
  }),
  patientBalance: call({
    summary: 'What a patient owes over all appointments, those of merged records too, by currency.',
    input: z.object({ patientId: Id }),
    output: PatientBalance,
    right: 'payments.read',
    errors: ['not_found'],
  }),
  setFee: call({
    summary: 'Sets what is due for one appointment, in the currency of its account; zero waives it.',
    input: z.object({ appointmentId: Id, minor: z.int().min(0).max(MAX_MINOR) }),
    output: Account,
    right: 'payments.write',
    errors: ['not_found', 'disk_full'],
  }),
  takePayment: call({
    summary: 'Takes a payment for an appointment, of what is due or a part of it, and numbers its receipt.',
    input: z.object({
      appointmentId: Id,
      minor,
      currency: Currency.optional().describe("The account's, unless told."),
      method: Method,
      transactionRef: z.string().trim().max(100).optional().describe('Of the terminal; never used twice.'),
      note,
    }),
    output: Payment,
    right: 'payments.write',
    errors: ['not_found', 'more_than_due', 'ref_in_use', 'disk_full'],
  }),
  refund: call({
    summary: 'Gives back a part of a payment or what is left of it, by a payment of its own that names it.',
    input: z.object({ paymentId: Id, minor, method: Method.optional(), note }),
    output: Payment,
    right: 'payments.refund',
    errors: ['not_found', 'not_refundable', 'more_than_left', 'disk_full'],
  }),
  voidPayment: call({
    summary: 'Takes back a payment that was typed by mistake, whole and on its own day.',
    input: z.object({ paymentId: Id, note }),
    output: Payment,
    right: 'payments.refund',
    errors: ['not_found', 'not_refundable', 'not_voidable', 'disk_full'],
  }),
  receipt: call({
    summary: 'Everything that stands on a receipt.',
    input: z.object({ paymentId: Id }),
    output: Receipt,
    right: 'payments.read',
    errors: ['not_found'],
  }),
  takings: call({
    summary: "A location's day of money: takings by method, payments, visits that owe, and its cash-up.",
    input: z.object({ locationId: Id, date: Day }),
    output: Takings,
    right: 'payments.read',
    errors: ['not_found'],
  }),
  closeDay: call({
    summary: 'Cashes up a day in one currency with what was counted; nothing goes into that day afterwards.',
    input: z.object({
      locationId: Id,
      date: Day,
      currency: Currency,
      lines: z
        .array(z.object({ method: Method, expected: z.int(), counted: z.int() }))
        .max(10)
        .describe('What the person saw as expected, and counted.'),
      note: z.string().trim().max(500).optional(),
    }),
    output: CashUp,
    right: 'payments.write',
    errors: ['not_found', 'day_closed', 'day_to_come', 'takings_changed', 'note_needed', 'disk_full'],
  }),
  cashUp: call({
    summary: 'One cash-up.',
    input: z.object({ cashUpId: Id }),
    output: CashUp,
    right: 'payments.read',
    errors: ['not_found'],
  }),
  cashUps: call({
    summary: 'The cash-ups of a location, newest day first.',
    input: z.object({ locationId: Id, limit: z.int().min(1).max(400).default(31) }),
    output: z.array(CashUp),
    right: 'payments.read',
    errors: [],
  }),
};
