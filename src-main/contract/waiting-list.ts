import { z } from 'zod';
import { PatientBrief } from './patient.ts';
import { Bilingual, Day, Id, Instant } from './values.ts';

/** What somebody who would come earlier can do. */
export const WaitingWish = z.object({
  /** Null takes any doctor of the specialty. */
  doctorId: Id.nullable(),
  /** Null takes any specialty; counts only where no doctor is named. */
  specialtyId: Id.nullable(),
  /** Null takes any location. */
  locationId: Id.nullable(),
  /** What it is for, and so how long; an appointment that would be moved keeps its own length. */
  visitTypeId: Id.nullable(),
  partOfDay: z.enum(['any', 'morning', 'afternoon']),
  /** By the calendar of the place where the time is. */
  earliestDay: Day.nullable(),
  latestDay: Day.nullable(),
  urgent: z.boolean(),
  notes: z.string().trim().max(500).nullable(),
});
export type WaitingWish = z.infer<typeof WaitingWish>;

/** A line of the waiting list for earlier times. */
export const WaitingListEntry = WaitingWish.extend({
  id: Id,
  patient: PatientBrief,
  /** The later appointment that would be moved; null where there is none yet. */
  appointment: z
    .object({ id: Id, doctorName: Bilingual, locationId: Id.nullable(), start: Instant })
    .nullable(),
  visitType: Bilingual.nullable(),
  /** How long the visit takes; null where nothing says so. */
  minutes: z.int().nullable(),
  status: z.enum(['waiting', 'booked', 'removed']),
  since: Instant,
});
export type WaitingListEntry = z.infer<typeof WaitingListEntry>;

/** A stretch of a doctor's time that became free. */
export const Gap = z.object({
  doctorId: Id,
  locationId: Id.nullable(),
  start: Instant,
  end: Instant,
});
export type Gap = z.infer<typeof Gap>;
