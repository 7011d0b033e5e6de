import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Desk } from '../desk.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import { afterMiss, type Misses, waitOf } from './guard.ts';

const PIN = 'kiosk_pin';
const MISSES = 'kiosk_pin_misses';

const StoredPin = z.object({ salt: z.string(), hash: z.string() });
const StoredMisses = z.object({ count: z.int(), waitUntil: z.int() });

/** About 50 ms and 32 MB for each try. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const hashOf = (pin: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, COST, (fault, hash) => (fault ? reject(fault) : resolve(hash)));
  });

export const isPinSet = ({ replica }: Desk): boolean =>
  StoredPin.safeParse(readSetting(replica, PIN)).success;

/** Keeps a PIN as its salted hash, at this desk only, and forgets earlier misses. */
export const keepPin = async ({ replica }: Desk, pin: string): Promise<void> => {
  const salt = randomBytes(16);
  const hash = await hashOf(pin, salt);
  writeSetting(replica, PIN, { salt: salt.toString('hex'), hash: hash.toString('hex') });
  writeSetting(replica, MISSES, undefined);
};

/** `right`, or how long the next try has to wait, in milliseconds. */
export type PinCheck = { right: true } | { right: false; waitMs: number };

/**
 * Checks a PIN. The try is counted before the hash is made, so that many at once do not slip past the wait; a right one
 * forgets the misses.
 */
export const checkPin = async ({ replica, now }: Desk, pin: string): Promise<PinCheck> => {
  const at = Date.parse(now());
  const misses: Misses = StoredMisses.safeParse(readSetting(replica, MISSES)).data ?? {
    count: 0,
    waitUntil: 0,
  };
  const wait = waitOf(misses, at);
  if (wait > 0) return { right: false, waitMs: wait };
  const stored = StoredPin.safeParse(readSetting(replica, PIN)).data;
  if (!stored) return { right: false, waitMs: 0 };
  const counted = afterMiss(misses, at);
  writeSetting(replica, MISSES, counted);
  const hash = await hashOf(pin, Buffer.from(stored.salt, 'hex'));
  if (!timingSafeEqual(hash, Buffer.from(stored.hash, 'hex')))
    return { right: false, waitMs: waitOf(counted, at) };
  writeSetting(replica, MISSES, undefined);
  return { right: true };
};
