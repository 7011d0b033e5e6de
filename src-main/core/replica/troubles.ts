import { z } from 'zod';
import { type ToldTrouble, Trouble } from '../../contract/sync.ts';
import type { Store } from './connection.ts';
import { readSetting, writeSetting } from './desk-settings.ts';
import type { Replica } from './open.ts';

/** What happened to this desk and nobody has read yet, kept over restarts and in a rebuilt file. */
const SETTING = 'told_troubles';
/** A desk that nobody looks at need not remember more. */
const KEPT = 10;

const Troubles = z.array(Trouble);

const isTold = (trouble: Trouble): trouble is ToldTrouble => 'at' in trouble;

/** What is to be told until somebody has read it, newest first. */
export const toldTroubles = (store: Store): ToldTrouble[] =>
  (Troubles.safeParse(readSetting(store, SETTING)).data ?? []).filter(isTold);

/** Has it told until somebody has read it. Outside of a transaction, since it is announced. */
export const tellTrouble = (replica: Replica, trouble: ToldTrouble): void => {
  writeSetting(replica, SETTING, [trouble, ...toldTroubles(replica)].slice(0, KEPT));
};

/** Somebody has read it. */
export const dismissTrouble = (replica: Replica, code: ToldTrouble['code'], at: string): void => {
  const rest = toldTroubles(replica).filter((each) => each.code !== code || each.at !== at);
  writeSetting(replica, SETTING, rest.length > 0 ? rest : undefined);
};
