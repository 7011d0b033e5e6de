import { setTimeout as pause } from 'node:timers/promises';

/** Waits until `condition` gives something other than false, null or undefined; fails after `ms` naming `what`. */
export const until = async <T>(
  what: string,
  condition: () => T | Promise<T>,
  ms = 60_000,
): Promise<NonNullable<T>> => {
  const end = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(5);
  }
};
