import { z } from 'zod';
import { Appointment } from './appointment.ts';
import { PatientBrief } from './patient.ts';
import { Bilingual, Day, Id, Instant, Money } from './values.ts';

export const methods = ['cash', 'card', 'transfer', 'other'] as const;
/** How money changed hands. */
export const Method = z.enum(methods);
export type Method = z.infer<typeof Method>;

/** The currency's code of ISO 4217. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);

/**
 * Money that moved, a row that is never edited. A refund gives money back; a void takes back a payment that was typed
 * by mistake, on its own day. Both name the payment and have a positive amount.
 */
export const Payment = z.object({
  id: Id,
  appointmentId: Id,
  kind: z.enum(['payment', 'refund', 'void']),
  amount: Money,
  method: Method,
  status: z.enum(['pending', 'paid', 'refunded', 'failed']),
  /** Central's number, gap-free for the location; null until it is there. */
  receiptNumber: z.int().nullable(),
  /** What this desk printed before: `Front-17`. */
  provisionalNumber: z.string().nullable(),
  transactionRef: z.string().nullable(),
  note: z.string().nullable(),
  paidAt: Instant.nullable(),
  /** The day whose cash-up it belongs to. */
  businessDay: Day.nullable(),
  locationId: Id.nullable(),
  /** The name of who took it, where known. */
  takenBy: z.string().nullable(),
  refundsPaymentId: Id.nullable(),
  /** Of a payment: what may still be given back, in minor units. */
  left: z.int(),
  /** Whether it can be voided now: whole, of today, and today is not cashed up. */
  voidable: z.boolean(),
  /** Saved here and not yet answered by central. */
  provisional: z.boolean(),
});
export type Payment = z.infer<typeof Payment>;

/** What is owed in one currency, in minor units; below zero it is the patient's. */
export const Balance = z.object({
  currency: Currency,
  fee: z.int(),
  /** Without what was voided. */
  paid: z.int(),
  refunded: z.int(),
  due: z.int(),
});
export type Balance = z.infer<typeof Balance>;

/** The money of one appointment. */
export const Account = z.object({
  appointmentId: Id,
  /** The appointment's own fee, else its visit type's; null where neither says one. */
  fee: Money.nullable(),
  /** The fee's currency first, then others that were paid in. */
  balances: z.array(Balance).min(1),
  /** In the order of paying. */
  payments: z.array(Payment),
});
export type Account = z.infer<typeof Account>;

/** An appointment in a list of money: enough to know it by. */
const VisitBrief = z.object({
  appointmentId: Id,
  patient: PatientBrief,
  start: Instant,
  locationId: Id.nullable(),
  visitType: Bilingual.nullable(),
  doctorName: Bilingual,
});

/** What a patient owes: for visits that happened, less what was paid, ahead too. */
export const PatientBalance = z.object({
  /** By currency, those that are not even. */
  balances: z.array(Money),
  /** The appointments with a payment or something due, newest first. */
  visits: z.array(VisitBrief.extend({ account: Account })),
});
export type PatientBalance = z.infer<typeof PatientBalance>;

/** Everything that stands on a receipt. */
export const Receipt = z.object({
  payment: Payment,
  /** For a refund or void: the payment that it names. */
  names: Payment.nullable(),
  appointment: Appointment,
  doctorName: Bilingual,
  account: Account,
});
export type Receipt = z.infer<typeof Receipt>;

/** One method of a day: what came in, what was given back, and what must be there. Minor units. */
export const MethodTakings = z.object({
  method: Method,
  taken: z.int(),
  givenBack: z.int(),
  expected: z.int(),
});
export type MethodTakings = z.infer<typeof MethodTakings>;

/** The end of a location's day in one currency. */
export const CashUp = z.object({
  id: Id,
  locationId: Id,
  businessDay: Day,
  currency: Currency,
  lines: z.array(z.object({ method: Method, expected: z.int(), counted: z.int() })),
  note: z.string().nullable(),
  closedAt: Instant,
  closedBy: z.string().nullable(),
  /** Saved here and not yet answered by central. */
  provisional: z.boolean(),
});
export type CashUp = z.infer<typeof CashUp>;

/** A location's day of money. */
export const Takings = z.object({
  locationId: Id,
  date: Day,
  /** The clinic's currency first, then others that were taken that day; every method in each. */
  currencies: z.array(
    z.object({ currency: Currency, methods: z.array(MethodTakings), cashUp: CashUp.nullable() }),
  ),
  /** In the order of paying. */
  payments: z.array(Payment.extend({ patientName: z.string() })),
  /** Visits of that day that still owe something. */
  open: z.array(VisitBrief.extend({ due: Money })),
  /** Changes of money of this desk that central has not answered. */
  waiting: z.int(),
});
export type Takings = z.infer<typeof Takings>;
