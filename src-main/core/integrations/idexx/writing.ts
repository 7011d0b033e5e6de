import { letOthersGo } from '../../let-others-go.ts';
import { type ChangeWriter, writeChange } from '../../replica/write.ts';
import type { Run } from '../connector.ts';

/** Writes one change of a run. */
export const writeRun = <R>(run: Run, work: (change: ChangeWriter) => R): R =>
  writeChange(run.desk, { kind: 'idexxRun', actor: null, fence: run.fence }, work);

/**
 * So many items go to central and come back before more are written: neither the outbox nor what comes back grows long, and
 * what people at this desk do is sent, and asked, in between.
 */
const SENT_TOGETHER = 200;

/**
 * Does `work` for each item in changes of a few, so that none keeps others waiting, and lets others go after each. What is
 * written when the run is ended, or central has gone, stays; the next run goes on from there. Says whether it came to the
 * end.
 */
export const writeEach = async <T>(
  run: Run,
  items: readonly T[],
  atOnce: number,
  work: (change: ChangeWriter, item: T) => void,
  done: (count: number) => void = () => {},
): Promise<boolean> => {
  for (let at = 0; at < items.length; at += atOnce) {
    if (run.signal.aborted) return false;
    const some = items.slice(at, at + atOnce);
    writeRun(run, (change) => {
      for (const item of some) work(change, item);
    });
    done(at + some.length);
    await letOthersGo();
    if ((at + some.length) % SENT_TOGETHER === 0 && !(await isInStep(run))) return false;
  }
  return !run.signal.aborted;
};

/** Waits until central has answered what the run wrote, and the desk has read central since; false where the line went. */
const isInStep = async (run: Run): Promise<boolean> =>
  // Whatever is asked is answered when the desk has read what is new at central.
  (await run.settled()) && (await run.ask('integration_states', {})).ok;
