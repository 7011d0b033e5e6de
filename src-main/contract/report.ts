import { z } from 'zod';
import { Day, Id } from './values.ts';

/**
 * What happened to the visits of one week, doctor and location. Minutes are whole. Two tallies are added by adding
 * their numbers, so that a long range can be counted in pieces.
 */
export const VisitTally = z.object({
  /** The week's first day, by the clinic's first weekday and the location's clock. */
  week: Day,
  locationId: Id.nullable(),
  doctorId: Id,
  /** Length of the slots that were not blocked. */
  bookableMinutes: z.int(),
  /** Length of the appointments that took their time: not cancelled, missed or left, and not only held. */
  bookedMinutes: z.int(),
  /** Appointments whose patient came. */
  came: z.int(),
  noShows: z.int(),
  cancelled: z.int(),
  /** Waits from arrival to the room: how many patients waited so many whole minutes. */
  waits: z.array(z.object({ minutes: z.int().min(0), count: z.int().min(1) })),
});
export type VisitTally = z.infer<typeof VisitTally>;

export const Method = z.enum(['cash', 'card', 'transfer', 'other']);
export type Method = z.infer<typeof Method>;

/** What one week, doctor and location took by one method in one currency, in minor units. */
export const TakingsTally = z.object({
  week: Day,
  locationId: Id.nullable(),
  doctorId: Id.nullable(),
  method: Method,
  currency: z.string(),
  /** Payments. */
  paidMinor: z.int(),
  /** Refunds and voids, as a positive number. */
  returnedMinor: z.int(),
});
export type TakingsTally = z.infer<typeof TakingsTally>;
