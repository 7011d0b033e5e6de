import type { Desk } from '../../desk.ts';
import type { Connector } from '../connector.ts';

/** What a run needs beside the desk; tests give their own. */
export interface IdexxMeans {
  /** Waits so many milliseconds; ends early when the signal is cut. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to below 1, for jitter. */
  random(): number;
}

const LIMIT = 30 * 60_000;

/** IDEXX Neo, read only (integrations.md): appointments, blocks, consultations and what follows from them. */
export const createIdexxConnector = (_desk: Desk, _means: IdexxMeans): Connector => ({
  source: 'idexx',
  limitMs: LIMIT,
  due: async () => null,
  run: async () => null,
});
