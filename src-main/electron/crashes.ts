import { traceOf } from '../core/fault.ts';
import type { CrashReports } from '../shell/crash-reports.ts';
import { REPORTED_EXIT } from '../shell/records.ts';

type Electron = Pick<typeof import('electron'), 'app' | 'dialog'>;

/** What Electron says of a process that is gone. */
interface Gone {
  reason: string;
  exitCode: number;
}

/** This process, as far as it is watched. */
export interface Program {
  on(event: 'uncaughtException', listener: (fault: unknown) => void): unknown;
}

/** Ended as it was asked to. */
const isAsked = ({ reason }: Gone): boolean => reason === 'clean-exit';

/** A window that goes again so soon would go for ever. */
const TOO_SOON_MS = 10_000;

/**
 * Keeps a report of each process of the app that ends by itself: the window's, which is then drawn anew, the core's where
 * it could not write one, and this one's, which ends with it.
 */
export const reportCrashes = (
  { app, dialog }: Electron,
  program: Program,
  reports: CrashReports,
  now: () => number,
): void => {
  const keep = (part: 'core' | 'shell' | 'window', { reason, exitCode }: Gone): void =>
    reports.keep({ part, fault: reason, code: String(exitCode), frames: [] }, []);
  let goneAt = Number.NEGATIVE_INFINITY;
  app.on('render-process-gone', (_event, contents, gone) => {
    if (isAsked(gone)) return;
    keep('window', gone);
    const again = now() - goneAt > TOO_SOON_MS;
    goneAt = now();
    if (again) contents.reload();
  });
  app.on('child-process-gone', (_event, gone) => {
    if (isAsked(gone) || gone.exitCode === REPORTED_EXIT) return;
    keep(gone.type === 'Utility' ? 'core' : 'shell', gone);
  });
  program.on('uncaughtException', (fault) => {
    const { name, code, frames } = traceOf(fault);
    reports.keep({ part: 'shell', fault: name, code, frames }, []);
    dialog.showErrorBox('Anteroom has to end', 'A report of why is kept on this PC. Please start it again.');
    app.exit(REPORTED_EXIT);
  });
};
