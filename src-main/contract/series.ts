import { z } from 'zod';
import { FreeTime, InTheWay } from './appointment.ts';
import { Day, Id, Instant } from './values.ts';

/** How an appointment repeats: a part of RFC 5545's RRULE that a front desk has words for. */
export const SeriesRule = z
  .object({
    /** `month_weekday`: the same weekday of the month, such as the fourth Tuesday; the fifth is the last. */
    every: z.enum(['week', 'month_weekday', 'month_date']),
    /** Every how many weeks or months. */
    interval: z.int().min(1).max(26).default(1),
    /** How many appointments there are, the first one included. */
    count: z.int().min(2).max(52).optional(),
    /** Or the last day on which one may be. */
    until: Day.optional(),
  })
  .refine(({ count, until }) => (count === undefined) !== (until === undefined), { path: ['count'] });
export type SeriesRule = z.infer<typeof SeriesRule>;

/** Which appointments of a series something is about, seen from one of them. */
export const SeriesScope = z.enum(['this', 'this_and_later', 'all']);
export type SeriesScope = z.infer<typeof SeriesScope>;

/** One date of a series before it is saved. */
export const PlannedVisit = z.object({
  /** The appointment that would move; null for a new one. */
  appointmentId: Id.nullable(),
  /** When the rule puts it. */
  start: Instant,
  end: Instant,
  /** `closed`: no working hours, a block, or too short before one. */
  state: z.enum(['free', 'taken', 'closed']),
  /** The slot that begins then, where there is one. */
  slotId: Id.nullable(),
  inTheWay: InTheWay.omit({ nextFree: true }).nullable(),
  /** The nearest free times of that day, or else the next ones; none for a date that is free. */
  alternatives: z.array(FreeTime),
});
export type PlannedVisit = z.infer<typeof PlannedVisit>;
