import { z } from 'zod';
import { Instant } from '../../contract/values.ts';
import type { Store } from '../replica/connection.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import type { Replica } from '../replica/open.ts';

const SETTING = 'secrets_changed';
const Ages = z.object({ key: Instant.nullable(), password: Instant.nullable() });

/** When this desk's key and password were last changed here; null: not since it was set up. */
export const readSecretAges = (store: Store): z.infer<typeof Ages> =>
  Ages.safeParse(readSetting(store, SETTING)).data ?? { key: null, password: null };

/** Notes that one of them was changed. */
export const noteSecretAge = (replica: Replica, secret: 'key' | 'password', at: string): void =>
  writeSetting(replica, SETTING, { ...readSecretAges(replica), [secret]: at });
