import type { Desk } from '../../desk.ts';
import type { Connector } from '../connector.ts';

/** What a run needs beside the desk; tests give their own. */
export interface CalComMeans {
  /** Waits so many milliseconds; ends early when the signal is cut. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to below 1, for jitter. */
  random(): number;
}

const LIMIT = 5 * 60_000;

/** Cal.com, two ways (integrations.md): its bookings come in, and what is done at the desks goes out. */
export const createCalComConnector = (_desk: Desk, _means: CalComMeans): Connector => ({
  source: 'cal_com',
  limitMs: LIMIT,
  due: async () => null,
  run: async () => null,
});
