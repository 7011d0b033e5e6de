import type { ScreenFault } from '../../contract/diagnostics.ts';
import { ok } from '../../contract/errors.ts';
import type { Desk } from '../desk.ts';
import { diagnosticsFile } from './file.ts';
import { readDiagnostics, type Watched } from './read.ts';

/** The calls about how this desk runs. */
export const diagnosticsHandlers = (desk: Desk, watched: Watched) => ({
  diagnostics: async () => ok(await readDiagnostics(desk, watched)),
  diagnosticsFile: async () => {
    const file = await diagnosticsFile(desk, await readDiagnostics(desk, watched));
    settle(desk);
    return ok(file);
  },
  newCrash: () => ok({ at: desk.records?.crashes().find(({ isNew }) => isNew)?.report.at ?? null }),
  settleCrashes: () => {
    settle(desk);
    return ok({});
  },
  noteScreenFault: (_session: unknown, fault: ScreenFault) => {
    desk.records?.note(fault);
    tell(desk);
    return ok({});
  },
});

const settle = (desk: Desk): void => {
  desk.records?.settle();
  tell(desk);
};

/** Reports are no rows of the copy; whoever shows them is told as if they were. */
const tell = ({ replica }: Desk): void => replica.announce(new Set(['crash_reports']));
