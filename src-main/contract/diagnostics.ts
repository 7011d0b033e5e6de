import { z } from 'zod';
import { OutsideSource, RunErrorCode } from './integrations.ts';
import { SyncState } from './sync.ts';
import { Id, Instant } from './values.ts';

/** A word of code, never of a person. */
const Word = z.string().regex(/^[\w$.-]{1,64}$/);

/**
 * What is kept on this PC of a part that ended or failed by a fault; never sent anywhere. It has no message, which could
 * quote a person's data.
 */
export const CrashReport = z.object({
  /** Its file's name without the ending. */
  id: z.string(),
  at: Instant,
  /**
   * `core`: the desk core. `shell`: what starts it and opens the window. `window`: the process that draws. `screen`: a
   * fault in a page, which went on.
   */
  part: z.enum(['core', 'shell', 'window', 'screen']),
  /** The class of the fault, or what the system says of the process: `TypeError`, `oom`, `killed` … */
  fault: Word,
  code: Word.nullable(),
  /** Where in the code, the innermost first. */
  frames: z.array(z.string().max(500)),
  version: z.string(),
  system: z.string(),
  /** How long the process had run, in milliseconds. */
  ranMs: z.int(),
  /** The last lines of the log before it. */
  lines: z.array(z.string()),
});
export type CrashReport = z.infer<typeof CrashReport>;

/** A report without the log's lines, and whether nobody has looked at it yet. */
export const Crash = CrashReport.omit({ lines: true }).extend({ isNew: z.boolean() });
export type Crash = z.infer<typeof Crash>;

/** A fault in a page, as the page tells of it. */
export const ScreenFault = z.object({
  fault: Word,
  /** Its stack; what is no place in a file is left out. */
  stack: z.string().max(20_000),
});
export type ScreenFault = z.infer<typeof ScreenFault>;

/** A line of the log that tells of something that failed. */
export const LoggedError = z.object({
  at: Instant,
  message: z.string(),
  /** Codes, counts and names of tables and calls, as text. */
  facts: z.record(z.string(), z.string()),
});
export type LoggedError = z.infer<typeof LoggedError>;

const Bytes = z.int().min(0);

/** How this desk runs: what whoever helps needs to see, and nothing of a patient. Sizes in bytes, lengths in milliseconds. */
export const Diagnostics = z.object({
  at: Instant,
  desk: z.object({
    id: Id.nullable(),
    name: z.string().nullable(),
    clinicId: Id.nullable(),
    incarnation: Id,
  }),
  versions: z.object({
    anteroom: z.string(),
    node: z.string(),
    electron: z.string().nullable(),
    sqlite: z.string(),
    system: z.string(),
    /** What this desk's calls, its copy's tables and its way of speaking with central are. */
    calls: z.int(),
    copy: z.int(),
    central: z.int(),
  }),
  process: z.object({ startedAt: Instant, memory: Bytes }),
  sync: SyncState,
  queue: z.object({
    /** When the oldest change was done that central has not answered. */
    oldestAt: Instant.nullable(),
    /** Openings of records that are to be told to the audit. */
    readings: z.int(),
    /** The number of central's commit up to which the copy holds everything. */
    position: z.int(),
  }),
  sizes: z.object({
    copy: Bytes,
    /** What was written and is not in the copy's file yet. */
    writeAhead: Bytes,
    files: Bytes,
    setAside: z.object({ count: z.int(), bytes: Bytes }),
    logs: Bytes,
    /** On the disk that the copy lies on; null where the system does not say. */
    diskFree: Bytes.nullable(),
  }),
  /** The last time that the copy was made anew; null where that was before this was noted. */
  lastFilled: z.object({ at: Instant, rows: z.int(), tookMs: z.int() }).nullable(),
  /** Slots that are kept for this desk, how many of them it gives back, and those that are kept for others. */
  leases: z.object({ own: z.int(), givingBack: z.int(), others: z.int() }),
  integrations: z.array(
    z.object({
      source: OutsideSource,
      enabled: z.boolean(),
      lastRunAt: Instant.nullable(),
      failures: z.int(),
      error: RunErrorCode.nullable(),
    }),
  ),
  /** Newest first. */
  errors: z.array(LoggedError),
  /** Newest first. */
  crashes: z.array(Crash),
});
export type Diagnostics = z.infer<typeof Diagnostics>;
