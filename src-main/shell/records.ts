import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskRecords } from '../core/desk-records.ts';
import { framesOf, traceOf } from '../core/fault.ts';
import type { Log } from '../core/log.ts';
import { CrashReports } from './crash-reports.ts';
import { deskFolderName } from './desk-folder.ts';
import { LogFiles } from './log-files.ts';
import type { DeskOptions } from './options.ts';

/** What a process that runs a desk writes down of itself. */
export interface Records extends DeskRecords {
  log: Log;
  /** Keeps a report of the fault that ends this process. */
  crashed(fault: unknown): void;
  close(): Promise<void>;
}

/** The exit code of a process that has kept a report of why it ended. */
export const REPORTED_EXIT = 70;

/** Where a desk's log and crash reports lie: beside its folder, so that they outlast a change of clinic. */
export const recordsFolder = ({ data, desk }: Pick<DeskOptions, 'data' | 'desk'>): string =>
  join(data, 'logs', deskFolderName(desk));

/**
 * Opens a desk's log and crash reports; nothing is written before there is something to write. `tee` gets each line of the
 * log as well; standard error unless named.
 */
export const openRecords = (
  options: Pick<DeskOptions, 'data' | 'desk'>,
  tee?: (line: string) => void,
): Records => {
  const folder = recordsFolder(options);
  const files = new LogFiles(folder, tee);
  const reports = new CrashReports(folder);
  return {
    folder,
    log: files.log,
    lines: () => files.read(),
    bytes: () => sizeOf(folder),
    crashes: () => reports.list(),
    note: ({ fault, stack }) =>
      reports.keep({ part: 'screen', fault, code: null, frames: framesOf(stack) }, files.recent),
    settle: () => reports.settle(),
    crashed: (fault) => {
      const { name, code, frames } = traceOf(fault);
      reports.keep({ part: 'core', fault: name, code, frames }, files.recent);
    },
    close: () => files.close(),
  };
};

/**
 * Ends this process at a fault that nobody caught, as Node would by itself, with a report of it and without its message on
 * standard error, which could quote a person's data.
 */
export const reportCrashes = (records: Pick<Records, 'log' | 'crashed'>): void => {
  process.on('uncaughtException', (fault, origin) => {
    const { name, code } = traceOf(fault);
    records.log.error('Anteroom ends by a fault', { origin, fault: name, code });
    records.crashed(fault);
    process.exit(REPORTED_EXIT);
  });
};

const sizeOf = (folder: string): number => {
  try {
    return readdirSync(folder).reduce((bytes, name) => bytes + statSync(join(folder, name)).size, 0);
  } catch {
    return 0;
  }
};
