import { z } from 'zod';
import type { Store } from './connection.ts';
import { readSetting, writeSetting } from './desk-settings.ts';
import type { Replica } from './open.ts';

const SETTING = 'former_keys';
const Kept = z.array(z.string().regex(/^[0-9a-f]{64}$/));

/**
 * The replica's keys before this one that something beside it still needs: files that are not written anew yet, a
 * replica that was put aside. They lie in the replica alone, and so under the key that there is now.
 */
export const readFormerKeys = (store: Store): Buffer[] =>
  (Kept.safeParse(readSetting(store, SETTING)).data ?? []).map((key) => Buffer.from(key, 'hex'));

/** Adds one, inside the caller's transaction. */
export const keepFormerKey = (store: Store, key: Buffer): void => {
  const keys = [...readFormerKeys(store).filter((known) => !known.equals(key)), key];
  store
    .statement('insert or replace into desk_settings (name, value) values (?, ?)')
    .run(SETTING, JSON.stringify(keys.map((known) => known.toString('hex'))));
};

/** Nothing needs them any more. */
export const forgetFormerKeys = (replica: Replica): void => {
  if (readFormerKeys(replica).length > 0) writeSetting(replica, SETTING, undefined);
};
