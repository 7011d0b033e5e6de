import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from '../desk.ts';
import type { Connectors } from './runner.ts';

/** Milliseconds at least from one request to Neo to the next: it was made for people. */
const NEO_PACE_MS = 250;

/** The clinic's outside systems. None is loaded before it is switched on. */
export const connectorsOf = (desk: Desk): Connectors => ({
  idexx: async () => {
    const { createIdexxConnector } = await import('./idexx/connector.ts');
    return createIdexxConnector(desk, {
      sleep: (ms, signal) => sleep(ms, undefined, { signal }),
      random: Math.random,
      pace: NEO_PACE_MS,
    });
  },
  cal_com: async () => {
    const { createCalComConnector } = await import('./calcom/connector.ts');
    return createCalComConnector(desk, {
      pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
      random: Math.random,
    });
  },
});
