import { z } from 'zod';
import { rights } from './call.ts';
import { CashUp, Method, Payment } from './payment.ts';
import { Status } from './status.ts';
import { Bilingual, Id, Instant } from './values.ts';

/**
 * Why central could not prove over TLS who it is. `no_tls`: it offers no encryption, or somebody on the way took the
 * offer out. `not_proven`: none of the others, such as a broken handshake.
 */
export const trustFaults = [
  'no_tls',
  'wrong_host',
  'expired',
  'not_yet_valid',
  'self_signed',
  'unknown_authority',
  'not_proven',
] as const;
export type TrustFault = (typeof trustFaults)[number];

/** The state of the sync, as the desk knows it to be true now. */
export const SyncState = z.object({
  /**
   * `first_sync`: the replica is being filled. `online`: connected and nothing waits. `sending`: connected and
   * changes are under way. `offline`: no connection. `stopped`: central will not take this desk's changes
   * (`reason` says why); everything is kept and reading goes on.
   */
  phase: z.enum(['first_sync', 'online', 'sending', 'offline', 'stopped']),
  /** Changes saved here that central has not answered. */
  waiting: z.int(),
  /** Refusals that nobody has decided. */
  refused: z.int(),
  offlineSince: Instant.nullable(),
  lastContactAt: Instant.nullable(),
  /** A person chose to work offline. */
  byChoice: z.boolean(),
  reason: z
    .enum(['too_old', 'disabled', 'refused_login', 'unreachable', 'clinic_missing', ...trustFaults])
    .nullable(),
  /** Rows done and expected, while a first sync runs. */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Central's clock minus this desk's; a warning above a minute either way. */
  clockOffsetMs: z.int(),
});
export type SyncState = z.infer<typeof SyncState>;

/** One side of a conflict, in the words of the screen that shows it. */
export const ConflictSide = z.object({
  /** The desk, or the user where known. */
  who: z.string().nullable(),
  at: Instant.nullable(),
  appointment: z
    .object({
      id: Id,
      doctorId: Id,
      doctorName: Bilingual,
      /** Its times are told in this location's zone. */
      locationId: Id.nullable(),
      patientId: Id.nullable(),
      patientName: z.string(),
      patientPhone: z.string().nullable(),
      roomName: z.string().nullable(),
      start: Instant,
      end: Instant,
      status: Status,
    })
    .nullable(),
  /** A payment, refund or void. */
  money: Payment.pick({
    kind: true,
    amount: true,
    method: true,
    businessDay: true,
    locationId: true,
  }).nullable(),
  /** The end of a day; not counted where it tells what is expected now. */
  cashUp: CashUp.pick({ locationId: true, businessDay: true, currency: true })
    .extend({ lines: z.array(z.object({ method: Method, expected: z.int(), counted: z.int().nullable() })) })
    .nullable(),
});
export type ConflictSide = z.infer<typeof ConflictSide>;

export const ConflictChoice = z.enum(['keep_mine', 'keep_theirs', 'next_free']);
export type ConflictChoice = z.infer<typeof ConflictChoice>;

/** An entry of the inbox: a refused change, and what stood on it. */
export const Conflict = z.object({
  changeId: Id,
  /** What was tried: `book`, `reschedule`, `checkIn` … */
  kind: z.string(),
  code: z.enum([
    'clash',
    'taken',
    'closed',
    'move_not_allowed',
    'row_gone',
    'not_allowed',
    'unproven',
    'merged',
    'erased',
    'hours_overlap',
    'not_erasable',
    'day_closed',
    'given_back',
    'ref_in_use',
    'cashed_up',
    'takings_changed',
    'prescription_final',
    'invalid',
  ]),
  /** The right that whoever did it did not have, where that was why. */
  needs: z.enum(rights).nullable(),
  refusedAt: Instant,
  mine: ConflictSide,
  theirs: ConflictSide,
  /** For a clash, and for what was not allowed: each column with both values, as text. */
  columns: z.array(
    z.object({ column: z.string(), mine: z.string().nullable(), theirs: z.string().nullable() }),
  ),
  /** Kinds of the changes that were refused with it, in order: `checkIn` … */
  withIt: z.array(z.string()),
  /** Whose record it is about, for the heading and the call. */
  subject: z.object({ patientId: Id.nullable(), name: z.string(), phone: z.string().nullable() }),
  choices: z.array(ConflictChoice),
});
export type Conflict = z.infer<typeof Conflict>;
