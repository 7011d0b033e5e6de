import type { CrashReport, ScreenFault } from '../contract/diagnostics.ts';

/** What is kept on this PC of how a desk ran: its log and its crash reports. */
export interface DeskRecords {
  /** Where they lie. */
  readonly folder: string;
  /** The last lines of the log, those of runs before this one included, oldest first; a few thousand at most. */
  lines(): Promise<string[]>;
  /** Size of all of it. */
  bytes(): number;
  /** Newest first; `isNew` until somebody has seen to them. */
  crashes(): { report: CrashReport; isNew: boolean }[];
  /** Keeps what a page tells of a fault in it. */
  note(fault: ScreenFault): void;
  /** Somebody has seen to the crash reports that are there. */
  settle(): void;
}
