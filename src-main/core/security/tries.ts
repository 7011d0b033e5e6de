import { z } from 'zod';
import type { Desk } from '../desk.ts';
import { afterMiss, type Misses, waitOf } from '../kiosk/guard.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';

const SETTING = 'password_misses';
const Stored = z.record(z.string(), z.object({ count: z.int(), waitUntil: z.int() }));
/** All who are nobody share one count, or names that are made up would fill the disk. */
const NOBODY = 'nobody';

const NONE: Misses = { count: 0, waitUntil: 0 };

/** A try of a password that was counted before it is checked, so that many at once do not slip past the wait. */
export interface Try {
  /** How long the next one has to wait if this one is wrong, in seconds. */
  waitSeconds: number;
  /** It was right: forgets the misses. */
  forget(): void;
  /** It was not wrong, and is to be asked once more with a code: as if it had not been. */
  takeBack(): void;
}

/**
 * Counts a try at somebody's password at this desk, on disk, so that no restart forgets it; or says for how long it may not
 * be tried, in milliseconds. `userId` null counts for nobody in particular.
 */
export const beginTry = (desk: Desk, userId: string | null): Try | { waitMs: number } => {
  const name = userId ?? NOBODY;
  const now = Date.parse(desk.now());
  const before = missesOf(desk, name);
  const waitMs = waitOf(before, now);
  if (waitMs > 0) return { waitMs };
  const counted = afterMiss(before, now);
  keep(desk, name, counted);
  return {
    waitSeconds: Math.ceil(waitOf(counted, now) / 1000),
    forget: () => keep(desk, name, NONE),
    takeBack: () => {
      // Others may have been counted since; theirs stay.
      if (missesOf(desk, name).count === counted.count) keep(desk, name, before);
    },
  };
};

const all = ({ replica }: Desk): Record<string, Misses> =>
  Stored.safeParse(readSetting(replica, SETTING)).data ?? {};

const missesOf = (desk: Desk, name: string): Misses => all(desk)[name] ?? NONE;

const keep = (desk: Desk, name: string, misses: Misses): void => {
  const { [name]: _before, ...others } = all(desk);
  writeSetting(desk.replica, SETTING, misses.count > 0 ? { ...others, [name]: misses } : others);
};
