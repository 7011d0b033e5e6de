import type { CallInput, CallName, CallOutput } from '../../src-main/contract/calls.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import { openFrontDesk } from '../../src-main/core/front-desk.ts';
import { noLog } from '../../src-main/core/log.ts';
import type { SyncedReplica } from './setting.ts';

/** A desk whose central does not answer: what it does is its own work alone. */
export interface OfflineDesk {
  /** The value of a call; a refusal is a fault of the bench. */
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** The call's answer, whatever it is. */
  try(name: CallName, input: unknown): Promise<Result<unknown>>;
  close(): Promise<void>;
}

/** Opens a synced replica as a shell would, away from central. */
export const openOffline = async ({ file, key }: SyncedReplica): Promise<OfflineDesk> => {
  let nonce: string | null = null;
  const opened = await openFrontDesk({
    file,
    key,
    // Port 9, discard: nothing listens there.
    centralUrl: 'postgresql://nobody:nothing@127.0.0.1:9/none',
    nonce: {
      read: async () => nonce,
      write: async (value) => {
        nonce = value;
      },
    },
    log: noLog,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const desk = opened.value;
  const dispatch = (name: CallName, input: unknown) => desk.dispatch(name, input, desk.session);
  return {
    ask: async (name, input) => {
      const result = await dispatch(name, input);
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
      return result.value as never;
    },
    try: dispatch,
    close: () => desk.close(),
  };
};
