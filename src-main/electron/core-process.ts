import type { ParentPort } from 'electron';
import { stderrLog } from '../core/log.ts';
import { openServedDesk } from '../shell/served-desk.ts';
import { runCore } from './run-core.ts';

// Electron gives a utility process this port; Node's own types do not know it.
const { parentPort } = process as typeof process & { parentPort: ParentPort };

runCore({
  parentPort,
  open: (options) =>
    openServedDesk(options, stderrLog, {
      rebuildWorker: new URL('./rebuild-worker.js', import.meta.url),
      daySheetWorker: new URL('./day-sheet-worker.js', import.meta.url),
      rekeyWorker: new URL('./rekey-worker.js', import.meta.url),
    }),
  exit: (code) => process.exit(code),
});
