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

/**
 * Why this desk cannot keep anything more. `disk_full`: there is no room. `disk_read_only`: the system lets its file be
 * read and not written. `disk_failing`: the disk answers with faults.
 */
export const diskTroubles = ['disk_full', 'disk_read_only', 'disk_failing'] as const;
export type DiskTrouble = (typeof diskTroubles)[number];

/** Why central saves nothing: its disk is full, or it is a standby or was switched to reading only. */
export const centralTroubles = ['central_full', 'central_read_only'] as const;
export type CentralTrouble = (typeof centralTroubles)[number];

/**
 * Why the desk's copy was replaced. `wrong_key`: its beginning is damaged, or another key's, which look alike. `corrupt`:
 * pages are damaged or it was cut short. `missing`: the file was gone. `log_damaged`: the file opened, and the end of its
 * write-ahead log was damaged, of which was taken what could be read.
 */
export const replacedCauses = ['wrong_key', 'corrupt', 'missing', 'log_damaged'] as const;

const since = { since: Instant };
const told = { at: Instant };

/**
 * What endangers this desk, or happened to it. Those without `at` stand for as long as they are so and go by
 * themselves; those with it are told until somebody has read them (`dismissTrouble`), also after a restart.
 */
export const Trouble = z.discriminatedUnion('code', [
  /** Nothing can be saved or fetched until there is room. */
  z.object({ code: z.literal('disk_full'), ...since, freeBytes: z.int().nullable() }),
  z.object({ code: z.literal('disk_read_only'), ...since }),
  z.object({ code: z.literal('disk_failing'), ...since }),
  /** Damage was met while working; the copy is being replaced. */
  z.object({ code: z.literal('replica_damaged'), ...since }),
  /** Changes are kept here until central saves again; reading goes on. */
  z.object({ code: z.literal('central_full'), ...since }),
  z.object({ code: z.literal('central_read_only'), ...since }),
  /** Little room is left on the disk of this desk; everything still works. */
  z.object({ code: z.literal('disk_low'), freeBytes: z.int() }),
  /** Central's clock minus this desk's, more than a minute either way. */
  z.object({ code: z.literal('clock_off'), offsetMs: z.int() }),
  /**
   * A new copy is filled from central. The old one lies in `file`, where there was one: `rescued` of its unsent changes
   * go on to central, `inbox` undecided entries were kept, `lost` could not be read; without `lostKnown` it may be more.
   */
  z.object({
    code: z.literal('replica_replaced'),
    ...told,
    cause: z.enum(replacedCauses),
    file: z.string().nullable(),
    rescued: z.int(),
    inbox: z.int(),
    lost: z.int(),
    lostKnown: z.boolean(),
  }),
  /** This copy was restored or copied from another PC, so it goes on under a new number; `waiting` changes are sent again. */
  z.object({ code: z.literal('copy_found'), ...told, waiting: z.int() }),
  /** Central lost its last commits (a backup was restored): this desk offered it `offered` changes again. */
  z.object({ code: z.literal('central_restored'), ...told, offered: z.int() }),
]);
export type Trouble = z.infer<typeof Trouble>;
/** Those that are told until somebody has read them. */
export const toldTroubles = ['replica_replaced', 'copy_found', 'central_restored'] as const;
export type ToldTrouble = Extract<Trouble, { at: string }>;

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
    .enum([
      'too_old',
      'central_too_old',
      'disabled',
      'refused_login',
      'unreachable',
      'clinic_missing',
      ...diskTroubles,
      ...centralTroubles,
      ...trustFaults,
    ])
    .nullable(),
  /** Worst first, as `Trouble` lists them. */
  troubles: z.array(Trouble),
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
    'kept',
    'closed',
    'move_not_allowed',
    'row_gone',
    'not_allowed',
    'unproven',
    'merged',
    'erased',
    'patient_missing',
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
