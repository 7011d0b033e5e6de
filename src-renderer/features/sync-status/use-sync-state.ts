import { useEffect, useState } from 'react';
import type { SyncState } from '../../../src-main/contract/sync.ts';
import { call, onDeskEvent } from '../../api/client.ts';

/** The state of the sync, as the core last told it. */
export const useSyncState = (): SyncState | null => {
  const [state, setState] = useState<SyncState | null>(null);
  useEffect(() => {
    let told = false;
    const stop = onDeskEvent((event) => {
      if (event.event !== 'syncState') return;
      told = true;
      setState(event.state);
    });
    void call('syncState', {}).then((answer) => {
      if (answer.ok && !told) setState(answer.value);
    });
    return stop;
  }, []);
  return state;
};
