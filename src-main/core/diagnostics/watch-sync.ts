import type { SyncState } from '../../contract/sync.ts';
import type { Desk } from '../desk.ts';
import type { Log } from '../log.ts';
import { noteFilling } from './last-filled.ts';

/** What tells the state of the sync as it changes. */
interface Synced {
  onState(listener: (state: SyncState) => void): () => void;
}

/** Notes in the log how the desk stands with central, and when its copy was made anew. Returns how to stop. */
export const watchSync = (sync: Synced, desk: Pick<Desk, 'replica' | 'now'>, log: Log): (() => void) => {
  let last = '';
  const filling = noteFilling(desk);
  return sync.onState((state) => {
    filling(state);
    const facts = standing(state);
    const told = JSON.stringify(facts);
    if (told === last) return;
    last = told;
    log.info('sync', { ...facts, waiting: state.waiting, refused: state.refused });
  });
};

/** Sending comes and goes with every change, and is no news. */
const standing = ({ phase, reason, byChoice, troubles }: SyncState) => ({
  phase: phase === 'sending' ? 'online' : phase,
  reason,
  byChoice,
  troubles: troubles.map(({ code }) => code).join(' '),
});
