import type { Replica } from './open.ts';
import { forgetAcknowledged } from './stream.ts';

/** Quiet for this long counts as idle. */
const idleMs = 400;
/** The write-ahead log goes into the file at least this often, busy or not. */
const latestMs = 10_000;
const forgetEveryMs = 3_600_000;

/**
 * Does in idle moments what would delay a write: moves the write-ahead log into the file, and lets go of what
 * was acknowledged long ago. Returns how to stop.
 */
export const tidyWhenIdle = (replica: Replica, now: () => string): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  let dirtySince = 0;
  let forgotAt = 0;
  const tidy = () => {
    timer = undefined;
    try {
      forget();
      replica.checkpoint();
    } catch (fault) {
      // What was committed stays in the log, and the next idle moment tries again.
      if (replica.health.met(fault) === null) throw fault;
    }
  };
  const forget = () => {
    const at = performance.now();
    if (forgotAt > 0 && at - forgotAt <= forgetEveryMs) return;
    replica.repeatable(() => forgetAcknowledged(replica, now()));
    forgotAt = at;
  };
  const stopListening = replica.onTablesChanged(() => {
    const at = performance.now();
    if (!timer) dirtySince = at;
    else if (at - dirtySince > latestMs) return;
    clearTimeout(timer);
    timer = setTimeout(tidy, idleMs).unref();
  });
  return () => {
    stopListening();
    clearTimeout(timer);
  };
};
