import type { CallInput, CallName, CallOutput } from '../../src-main/contract/calls.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import { openFrontDesk } from '../../src-main/core/front-desk.ts';
import { noLog } from '../../src-main/core/log.ts';
import type { SyncedReplica } from './setting.ts';

/** A desk as a shell would open it. */
export interface BenchDesk {
  /** The value of a call; a refusal is a fault of the bench. */
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** The call's answer, whatever it is. */
  try(name: CallName, input: unknown): Promise<Result<unknown>>;
  close(): Promise<void>;
}

// Port 9, discard: nothing listens there.
const nowhere = 'postgresql://nobody:nothing@127.0.0.1:9/none';

/** Opens a synced replica away from central: what the desk does is its own work alone. */
export const openOffline = (replica: SyncedReplica): Promise<BenchDesk> => openDesk(replica, nowhere);

/** Opens a replica as a shell would. */
export const openDesk = async ({ file, key }: SyncedReplica, centralUrl: string): Promise<BenchDesk> => {
  let nonce: string | null = null;
  const opened = await openFrontDesk({
    file,
    key,
    centralUrl,
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
