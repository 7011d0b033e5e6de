import type { Backup, BackupWork } from '../contract/backup.ts';
import type { Result } from '../contract/errors.ts';

/** Backups of the database that this PC runs, made by whoever started it. */
export interface DeskBackups {
  /** Newest first. */
  list(): Promise<Backup[]>;
  /** The last that was begun since the start of this desk. */
  work(): BackupWork | null;
  /** Begins one, and restores it for a try when it is made. The passphrase is kept nowhere. */
  start(folder: string, passphrase: string): Promise<Result<Record<never, never>>>;
  /** Calls `listener` whenever `work` or `list` has changed; returns how to stop. */
  onChange(listener: () => void): () => void;
}
