import type { InferInsertModel } from 'drizzle-orm';
import { cashUps, payments, receiptCounters } from '../schema/central/index.ts';
import { type Batch, batch } from './batch.ts';
import { at } from './clinic.ts';
import type { SampleClinic, SampleLocation } from './model.ts';
import { random } from './random.ts';
import { dayAt } from './schedule.ts';
import { DAY, iso, MINUTE, type SampleSizes, streams } from './sizes.ts';
import type { Visit } from './visit.ts';

/** A payment as it was taken, before its receipt has a number. */
export type TakenPayment = Omit<
  InferInsertModel<typeof payments>,
  'rev' | 'receiptNumber' | 'businessDay'
> & {
  paidAt: string;
};

/** The books go back this far, so that a clinic of any size has few payments; what was before is settled. */
const BOOKS = 60 * DAY;

/** Whether the money of a visit is in the books. */
export const isInBooks = ({ now }: SampleSizes, { stamps, start }: Visit): boolean =>
  Date.parse(now) - (stamps.completed ?? start) < BOOKS;

/** The payments of all weeks with their numbers by location in the order of paying, and the cash-ups of past days. */
export const bookRows = (
  sizes: SampleSizes,
  clinic: SampleClinic,
  taken: readonly TakenPayment[],
): Batch[] => {
  const inOrder = [...taken].sort((a, b) => a.paidAt.localeCompare(b.paidAt) || a.id.localeCompare(b.id));
  const byLocation = clinic.locations.map((location) => ({
    location,
    rows: inOrder
      .filter(({ locationId }) => locationId === location.id)
      .map((payment, n) => ({
        ...payment,
        receiptNumber: n + 1,
        businessDay: dayAt(Date.parse(payment.paidAt), location.zone),
      })),
  }));
  return [
    batch(
      payments,
      byLocation.flatMap(({ rows }) => rows),
    ),
    {
      table: receiptCounters,
      rows: byLocation
        .filter(({ rows }) => rows.length > 0)
        .map(({ location, rows }) => ({
          clinicId: clinic.id,
          locationId: location.id,
          lastNumber: rows.length,
        })),
    },
    batch(
      cashUps,
      byLocation.flatMap(({ location, rows }) => closedDays(sizes, clinic, location, rows)),
    ),
  ];
};

type Booked = TakenPayment & { businessDay: string };

/** Every day before today; on one in twelve a euro of the cash is missing. */
const closedDays = (
  sizes: SampleSizes,
  clinic: SampleClinic,
  location: SampleLocation,
  rows: readonly Booked[],
) => {
  const today = dayAt(Date.parse(sizes.now), location.zone);
  const days = [...new Set(rows.map(({ businessDay }) => businessDay))].filter((day) => day < today);
  return days.map((day) => {
    const own = rows.filter(({ businessDay }) => businessDay === day);
    const last = Math.max(...own.map(({ paidAt }) => Date.parse(paidAt)));
    const closedAt = Math.min(last + 20 * MINUTE, Date.parse(sizes.now));
    const place = clinic.locations.indexOf(location);
    const source = random(sizes.seed, streams.cashUp, place, Date.parse(day) / DAY);
    const id = source.uuid(closedAt);
    const short = source.chance(1 / 12) ? 100 : 0;
    const lines = linesOf(own, short);
    return {
      clinicId: clinic.id,
      id,
      createdAt: iso(closedAt),
      updatedAt: iso(closedAt),
      locationId: location.id,
      businessDay: day,
      currency: 'EUR',
      lines,
      note: lines.some(({ expected, counted }) => expected !== counted) ? shortNote[location.language] : null,
      closedAt: iso(closedAt),
      closedBy: at(clinic.receptionists, place === 0 ? 0 : 1).id,
    };
  });
};

const shortNote = { el: 'Λείπει 1 € από τα ρέστα.', en: '€1 short, given as change.' };

const linesOf = (rows: readonly Booked[], short: number) => {
  const methods = [...new Set(rows.map(({ method }) => method))].sort();
  return methods.map((method) => {
    const expected = rows
      .filter((row) => row.method === method)
      .reduce((sum, { kind, amountCents }) => sum + (kind === 'payment' ? amountCents : -amountCents), 0);
    return { method, expected, counted: expected - (method === 'cash' ? short : 0) };
  });
};
