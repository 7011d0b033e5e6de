import { z } from 'zod';
import { Instant } from './values.ts';

/** How many changes of one kind: `book`, `checkIn` … */
const KindCount = z.object({ kind: z.string(), count: z.int() });

/** What a desk has that central has not. */
export const UnsentHere = z.object({
  /** Changes that wait, without those of no lasting worth. */
  waiting: z.array(KindCount),
  /** Entries of the inbox that nobody has decided. */
  refused: z.int(),
  /** When the oldest of them was done. */
  oldest: Instant.nullable(),
});
export type UnsentHere = z.infer<typeof UnsentHere>;

/** What was written into a file of unsent changes. */
export const UnsentWritten = UnsentHere.extend({
  file: z.string(),
  /** Files of messages that go along. */
  files: z.int(),
  /** Names of files that messages have and that are not on this desk: they stay behind. */
  missingFiles: z.array(z.string()),
});
export type UnsentWritten = z.infer<typeof UnsentWritten>;

/** What a file of unsent changes holds, before anything of it is taken. */
export const UnsentFile = UnsentHere.extend({
  /** The path that was read. */
  file: z.string(),
  /** Which desk it comes from. */
  deskName: z.string(),
  writtenAt: Instant,
  /** Of its changes and entries, those that this desk or central has already. */
  known: z.int(),
  files: z.int(),
  missingFiles: z.array(z.string()),
});
export type UnsentFile = z.infer<typeof UnsentFile>;

/** What became of the changes that were last taken from a file. */
export const UnsentTaken = z.object({
  deskName: z.string(),
  takenAt: Instant,
  /** By kind, in the order in which they were done. */
  kinds: z.array(
    z.object({
      kind: z.string(),
      /** Not sent to central yet, or not answered. */
      waiting: z.int(),
      applied: z.int(),
      /** They stand in the inbox of this desk. */
      refused: z.int(),
    }),
  ),
  /** Entries of the other desk's inbox that are in this one's now. */
  inbox: z.int(),
  missingFiles: z.array(z.string()),
});
export type UnsentTaken = z.infer<typeof UnsentTaken>;
