const firstMs = 250;
const longestMs = 10_000;

/** Full jitter: anywhere from 0 to a bound that doubles with each failure, in milliseconds. `random` is from 0 up to 1. */
export const retryDelay = (failures: number, random: number): number =>
  random * Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10));
