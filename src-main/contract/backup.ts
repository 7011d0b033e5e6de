import { z } from 'zod';
import { Instant } from './values.ts';

/** What encrypts a file that leaves this desk; twelve characters at least, since a file can be tried for ever. */
export const NewPassphrase = z.string().min(12).max(500);
/** Opens such a file, whoever made it. */
export const Passphrase = z.string().min(1).max(500);

/** A backup of the whole database that was made, wherever the file is by now. */
export const Backup = z.object({
  madeAt: Instant,
  /** Size of the file. */
  bytes: z.int(),
  /** When it was last restored, beside the running database, to see that it can be; null: never. */
  checkedAt: Instant.nullable(),
});
export type Backup = z.infer<typeof Backup>;

/** What the last one that was begun here is about, from `copying` to the end. */
export const BackupWork = z.object({
  /** `checking`: the file is there and is being restored for a try. `unchecked`: it is there, and the try failed. */
  step: z.enum(['copying', 'checking', 'done', 'unchecked', 'failed']),
  /** Of the step, 0 to 100. */
  percent: z.int(),
  /** The path of the file; of the folder until it has a name. */
  file: z.string(),
  /** Why it failed, or could not be checked. `failed`: the log says more. */
  problem: z.enum(['disk_full', 'folder_unusable', 'under_way', 'damaged', 'failed']).nullable(),
});
export type BackupWork = z.infer<typeof BackupWork>;

/** How the database of this clinic is kept safe. */
export const Backups = z.object({
  /**
   * `here`: it runs on this computer, and this desk backs it up. `elsewhere`: whoever runs it backs it up. `sample`: it is
   * the made-up clinic, which nobody would miss.
   */
  kind: z.enum(['here', 'elsewhere', 'sample']),
  /** A week has gone by since the last backup, or a day without any. Only where the database is one that Anteroom started. */
  due: z.boolean(),
  /** Newest first; the last twenty. */
  made: z.array(Backup),
  work: BackupWork.nullable(),
  /** Where the last one was put from this desk. */
  folder: z.string().nullable(),
});
export type Backups = z.infer<typeof Backups>;
