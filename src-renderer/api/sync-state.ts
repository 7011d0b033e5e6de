import { useEffect, useState } from 'react';
import type { CallResult } from '../../src-main/contract/calls.ts';
import type { SyncState } from '../../src-main/contract/sync.ts';
import { call, onDeskEvent } from './client.ts';

/** The state of the sync, as the core last told it. */
export const useSyncState = (): SyncState | null => useOfSync(whole);

/**
 * Whether central can be asked now. True until the core has said otherwise; whoever uses it is drawn again when it changes,
 * and not with every change that is sent.
 */
export const useConnected = (): boolean => useOfSync(isConnected) ?? true;

const whole = (state: SyncState): SyncState => state;
const isConnected = ({ phase }: SyncState): boolean => phase === 'online' || phase === 'sending';

const useOfSync = <T>(read: (state: SyncState) => T): T | null => {
  const [state, setState] = useState<T | null>(null);
  useEffect(() => {
    let told = false;
    const stop = onDeskEvent((event) => {
      if (event.event !== 'syncState') return;
      told = true;
      setState(read(event.state));
    });
    void ask().then((answer) => {
      if (answer.ok && !told) setState(read(answer.value));
    });
    return stop;
  }, [read]);
  return state;
};

let asked: Promise<CallResult<'syncState'>> | null = null;

/** One question for all that appear at once: a browser asks six things at a time, and the day would wait behind them. */
const ask = (): Promise<CallResult<'syncState'>> => {
  if (!asked) {
    asked = call('syncState', {});
    queueMicrotask(() => {
      asked = null;
    });
  }
  return asked;
};
