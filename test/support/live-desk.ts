import { noLog } from '../../src-main/core/log.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { Engine, type EngineOptions } from '../../src-main/core/sync/engine.ts';
import { withClient } from './central.ts';
import { type LoneDesk, loneDesk } from './desk.ts';
import { until } from './until.ts';

/** A desk with its sync running. */
export interface LiveDesk extends Omit<LoneDesk, 'dispose'> {
  engine: Engine;
  /** Waits until central has answered everything and the replica holds it. */
  quiet(): Promise<void>;
  /** Waits until the replica holds the commit that central has now. */
  caughtUp(): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts the sync of a desk that has a replica of its own already, or of a new one. */
export const liveDesk = (
  url: string,
  options: Partial<EngineOptions> = {},
  desk: LoneDesk = loneDesk(),
): LiveDesk => {
  const engine = new Engine(desk, {
    url,
    log: noLog,
    random: Math.random,
    pollMs: 500,
    ...options,
  });
  engine.start();
  return {
    ...desk,
    engine,
    quiet: async () => {
      await until('the desk is quiet', () => {
        const { phase, waiting } = engine.state();
        const entries = desk.replica.statement('select count(*) from outbox').pluck().get();
        return phase === 'online' && waiting === 0 && entries === 0;
      });
    },
    caughtUp: async () => {
      const seq = await withClient(url, async (client) => {
        const { rows } = await client.query<{ seq: string }>(`select head()->>'seq' as seq`);
        return Number(rows[0]?.seq);
      });
      await until('the desk has caught up', () => readDeskState(desk.replica).cursor >= seq);
    },
    dispose: async () => {
      await engine.close();
      desk.dispose();
    },
  };
};
