import { z } from 'zod';
import { FreeTime, InTheWay, OutsideProblemCode } from './appointment.ts';
import { OutsideSource } from './integrations.ts';
import { Status } from './status.ts';
import { Bilingual, Id, Instant } from './values.ts';

/**
 * What a person can decide. `move` and `decline`: what stands where somebody else stands here. `keep_ours`,
 * `keep_theirs`: what both sides changed. `retry`: what could not be sent, or taken in, goes once more with the next run.
 * `dismiss`: it stays as it is, and nobody is asked about it again until it changes there.
 */
export const OutsideDecision = z.enum(['move', 'decline', 'keep_ours', 'keep_theirs', 'retry', 'dismiss']);
export type OutsideDecision = z.infer<typeof OutsideDecision>;

/** What of an outside system a link gives a meaning here, apart from people. */
export const LinkKind = z.enum(['provider', 'visit_type', 'event_type']);
export type LinkKind = z.infer<typeof LinkKind>;

/** One of an outside system's doctors, visit types or event types, as it names it. */
export const OutsideName = z.object({
  kind: LinkKind,
  externalId: z.string().min(1).max(200),
  name: z.string().max(200).nullable(),
});
export type OutsideName = z.infer<typeof OutsideName>;

/** Where an appointment stands, on one of the two sides. */
const Side = z.object({
  doctorName: Bilingual.nullable(),
  /** Its times are told in this location's zone. */
  locationId: Id.nullable(),
  start: Instant,
  end: Instant,
  status: Status,
});

/** A booking of an outside system that a person has to decide about. */
export const OutsideProblem = z.object({
  /** The booking's row. */
  id: Id,
  source: OutsideSource,
  problem: OutsideProblemCode,
  since: Instant,
  /** Who comes, as it is called there. */
  person: z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }),
  title: z.string().nullable(),
  /** As told there. */
  theirs: Side.extend({ doctorId: Id.nullable() }),
  /** As it stands here; null where it is not on the board. */
  ours: Side.extend({ appointmentId: Id, doctorId: Id }).nullable(),
  /** The appointment here that has the time, where it still has. */
  inTheWay: InTheWay.omit({ nextFree: true }).nullable(),
  /** Whom or what the clinic has not linked yet. */
  unlinked: OutsideName.nullable(),
  /** What the outside system refused for good, in its own words. */
  notSent: z
    .object({ action: z.string(), code: z.string().nullable(), message: z.string().nullable() })
    .nullable(),
  /** The part of what it said that cannot be read. */
  where: z.string().nullable(),
  choices: z.array(OutsideDecision),
  /** The soonest free times for a `move`. */
  freeTimes: z.array(FreeTime),
});
export type OutsideProblem = z.infer<typeof OutsideProblem>;

/** What a doctor, visit type or event type of an outside system is here. */
export const OutsideLink = OutsideName.extend({
  doctorId: Id.nullable(),
  visitTypeId: Id.nullable(),
  /** How many bookings that are still to come wait for it. */
  waiting: z.int(),
});
export type OutsideLink = z.infer<typeof OutsideLink>;
