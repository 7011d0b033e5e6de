const MINUTE_MS = 60_000;

/** Wrong PINs since the last right one; `waitUntil` in epoch milliseconds. */
export interface Misses {
  count: number;
  waitUntil: number;
}

/** So many wrong PINs cost nothing. */
export const FREE_MISSES = 5;
export const LONGEST_WAIT_MS = 60 * MINUTE_MS;

/** After one more wrong PIN: from the fifth on a minute's wait, which each further one doubles, up to an hour. */
export const afterMiss = ({ count }: Misses, now: number): Misses => {
  const over = count + 1 - FREE_MISSES;
  const wait = over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** Math.min(over, 10));
  return { count: count + 1, waitUntil: now + wait };
};

/** How long the next try has to wait, in milliseconds. A clock that was set back makes nobody wait for longer. */
export const waitOf = ({ waitUntil }: Misses, now: number): number =>
  Math.min(LONGEST_WAIT_MS, Math.max(0, waitUntil - now));

/** Patients who mistype are few; somebody who tries names is stopped after so many in so long. */
export const KIOSK_MISSES = 8;
export const KIOSK_WINDOW_MS = 10 * MINUTE_MS;

/** Those of the misses (epoch milliseconds) that still count at `now`. */
export const recentMisses = (misses: readonly number[], now: number): number[] =>
  misses.filter((at) => at > now - KIOSK_WINDOW_MS && at <= now);

/** Whether the kiosk looks a patient up at all; while it does not, everybody is sent to the front desk. */
export const mayLookUp = (misses: readonly number[], now: number): boolean =>
  recentMisses(misses, now).length < KIOSK_MISSES;
