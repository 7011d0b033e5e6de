import { setTimeout as pause } from 'node:timers/promises';
import type { RunErrorCode } from '../../../contract/integrations.ts';
import type { Login } from './held-logins.ts';

/** What trying a login needs of the world; tests give their own. */
export interface CheckMeans {
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
  /** From 0 to below 1, for jitter. */
  random(): number;
}

export const realMeans: CheckMeans = {
  sleep: (ms, signal) => pause(ms, undefined, { signal, ref: false }),
  random: Math.random,
};

/** Somebody waits for the answer. */
const LIMIT_MS = 45_000;
const PACE_MS = 250;

/** Really signs in at a Neo. Null where that worked, and else why it did not. */
export const checkLogin = async (
  server: string,
  login: Login,
  { sleep, random }: CheckMeans,
): Promise<RunErrorCode | null> => {
  const { openNeo } = await import('./client.ts');
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort('timed_out'), LIMIT_MS);
  try {
    const opened = await openNeo({
      baseUrl: server,
      login,
      pace: PACE_MS,
      now: Date.now,
      sleep,
      random,
      signal: limit.signal,
    });
    return opened.ok ? null : opened.error.code;
  } finally {
    clearTimeout(timer);
  }
};
