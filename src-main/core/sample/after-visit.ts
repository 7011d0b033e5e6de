import type { InferInsertModel } from 'drizzle-orm';
import { messageReceipts, messages, prescriptions, reviews } from '../schema/central/index.ts';
import { type Batch, batch } from './batch.ts';
import { isInBooks, type TakenPayment } from './books.ts';
import { at } from './clinic.ts';
import { talkAbout } from './messages.ts';
import type { SampleClinic } from './model.ts';
import type { SamplePatients } from './patients.ts';
import { type Random, random } from './random.ts';
import { DAY, HOUR, iso, MINUTE, type SampleSizes, streams } from './sizes.ts';
import type { Visit } from './visit.ts';

/** A visit with the ids of the rows that it became. */
export interface StoredVisit {
  visit: Visit;
  id: string;
  patientId: string;
}

/**
 * Prescriptions, reviews and messages that follow from visits. Only those of the last weeks have them, so that a clinic
 * of any size has few. The payments go to `taken`, since they are numbered over all weeks.
 */
export const afterVisits = (
  sizes: SampleSizes,
  clinic: SampleClinic,
  people: SamplePatients,
  stored: readonly StoredVisit[],
  taken: TakenPayment[],
): Batch[] => {
  const now = Date.parse(sizes.now);
  const rows = {
    prescriptions: [] as Row<typeof prescriptions>[],
    reviews: [] as Row<typeof reviews>[],
    messages: [] as Row<typeof messages>[],
    receipts: [] as Row<typeof messageReceipts>[],
  };
  for (const one of stored) {
    const { completed } = one.visit.stamps;
    const { doctor, start, number } = one.visit;
    const source = random(sizes.seed, streams.afterVisit, doctor.index, start / MINUTE, number);
    if (completed !== undefined && isInBooks(sizes, one.visit) && one.visit.status === 'completed') {
      if (source.chance(0.97)) taken.push(...pay(clinic, one, completed, now, source));
      if (source.chance(0.18)) rows.prescriptions.push(prescribe(clinic, one, completed, source));
      if (source.chance(0.06)) rows.reviews.push(...review(clinic, one, completed, now, source));
    }
    if (Math.abs(one.visit.start - now) < 8 * DAY && source.chance(0.02)) {
      const talk = talkAbout(clinic, people, one, now, source);
      rows.messages.push(...talk.messages);
      rows.receipts.push(...talk.receipts);
    }
  }
  return [
    batch(prescriptions, rows.prescriptions),
    batch(reviews, rows.reviews),
    batch(messages, rows.messages),
    batch(messageReceipts, rows.receipts),
  ];
};

type Row<T extends Parameters<typeof batch>[0]> = Omit<InferInsertModel<T>, 'rev'>;

const stampsAt = (clinic: SampleClinic, ms: number, source: Random) => ({
  clinicId: clinic.id,
  id: source.uuid(ms),
  createdAt: iso(ms),
  updatedAt: iso(ms),
});

/** A payment at the desk; one in sixty is given back the next minutes by a row of its own. */
const pay = (
  clinic: SampleClinic,
  one: StoredVisit,
  completed: number,
  now: number,
  source: Random,
): TakenPayment[] => {
  const paidAt = completed + source.between(1, 9) * MINUTE;
  if (paidAt > now || one.visit.kind.fee === 0) return [];
  const method = source.pick(['card', 'card', 'card', 'cash', 'cash', 'transfer'] as const);
  const common = {
    appointmentId: one.id,
    locationId: one.visit.location.id,
    amountCents: one.visit.kind.fee,
    currency: 'EUR',
    method,
    takenBy: at(clinic.receptionists, one.visit.location === clinic.locations[0] ? 0 : 1).id,
  };
  const stamps = stampsAt(clinic, paidAt, source);
  const paid = {
    ...stamps,
    ...common,
    kind: 'payment' as const,
    refundsPaymentId: null,
    status: 'paid' as const,
    transactionRef: method === 'card' ? `POS-${stamps.id.slice(-12).toUpperCase()}` : null,
    paidAt: iso(paidAt),
  };
  const backAt = paidAt + 20 * MINUTE;
  if (!source.chance(1 / 60) || backAt > now) return [paid];
  const back = stampsAt(clinic, backAt, source);
  const status = 'refunded' as const;
  return [
    paid,
    {
      ...back,
      ...common,
      kind: 'refund' as const,
      refundsPaymentId: paid.id,
      status,
      transactionRef: null,
      paidAt: iso(backAt),
    },
  ];
};

const instructions = {
  el: [
    'Παρακεταμόλη 500 mg, ένα δισκίο κάθε 8 ώρες για 5 ημέρες.',
    'Ξεκούραση, πολλά υγρά, επανεξέταση σε μία εβδομάδα.',
    'Αμοξικιλλίνη 500 mg, τρεις φορές την ημέρα για 7 ημέρες.',
  ],
  en: [
    'Paracetamol 500 mg, one tablet every 8 hours for 5 days.',
    'Rest, plenty of fluids, back in one week.',
    'Amoxicillin 500 mg, three times a day for 7 days.',
  ],
};

const prescribe = (clinic: SampleClinic, one: StoredVisit, completed: number, source: Random) => ({
  ...stampsAt(clinic, completed, source),
  appointmentId: one.id,
  doctorId: one.visit.doctor.id,
  patientId: one.patientId,
  instructions: source.pick(instructions[one.visit.location.language]),
  issuedAt: iso(completed),
});

const comments = {
  el: ['Εξαιρετική εξυπηρέτηση.', 'Λίγη αναμονή, αλλά πολύ καλός γιατρός.', null, null],
  en: ['Kind and clear.', 'Had to wait, worth it.', null, null],
};

const review = (clinic: SampleClinic, one: StoredVisit, completed: number, now: number, source: Random) => {
  const at = completed + source.between(2, 60) * HOUR;
  if (at > now) return [];
  return [
    {
      ...stampsAt(clinic, at, source),
      doctorId: one.visit.doctor.id,
      patientId: one.patientId,
      stars: source.pick([5, 5, 5, 5, 4, 4, 4, 3, 2]),
      comment: source.pick(comments[one.visit.location.language]),
    },
  ];
};
