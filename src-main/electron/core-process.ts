import type { ParentPort } from 'electron';
import { openRecords, reportCrashes } from '../shell/records.ts';
import { openServedDesk } from '../shell/served-desk.ts';
import { runCore } from './run-core.ts';

// Electron gives a utility process this port; Node's own types do not know it.
const { parentPort } = process as typeof process & { parentPort: ParentPort };

runCore({
  parentPort,
  open: async (options) => {
    const records = openRecords(options);
    reportCrashes(records);
    const desk = await openServedDesk(options, records.log, {
      rebuildWorker: new URL('./rebuild-worker.js', import.meta.url),
      daySheetWorker: new URL('./day-sheet-worker.js', import.meta.url),
      rekeyWorker: new URL('./rekey-worker.js', import.meta.url),
      records,
    });
    const close = async (): Promise<void> => {
      await desk.close();
      await records.close();
    };
    return { ...desk, close };
  },
  exit: (code) => process.exit(code),
});
