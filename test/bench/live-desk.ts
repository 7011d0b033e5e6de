import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Desk } from '../../src-main/core/desk.ts';
import { noLog } from '../../src-main/core/log.ts';
import { tidyWhenIdle } from '../../src-main/core/replica/idle.ts';
import { Replica } from '../../src-main/core/replica/open.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import { until } from '../support/until.ts';

export interface OnlineDesk extends Desk {
  /** Cuts it off, or lets it connect again. */
  workOffline(offline: boolean): void;
  close(): Promise<void>;
}

/** A desk in step with central. */
export const startDesk = async (url: string, file: string): Promise<OnlineDesk> => {
  const replica = new Replica({ file, key: randomBytes(32), newId });
  const desk: Desk = { replica, now: () => new Date().toISOString(), newId: () => newId() };
  const engine = new Engine(desk, { url, log: noLog, random: Math.random });
  const stopTidying = tidyWhenIdle(replica, desk.now);
  engine.start();
  await until('the desk is online', () => engine.state().phase === 'online', 120_000);
  return {
    ...desk,
    workOffline: (offline) => void engine.workOffline(offline),
    close: async () => {
      stopTidying();
      await engine.close();
      replica.close();
    },
  };
};
