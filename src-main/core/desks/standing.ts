import { OwnStanding } from '../../contract/desks.ts';
import type { Store } from '../replica/connection.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import type { Replica } from '../replica/open.ts';

const SETTING = 'standing';
const working: OwnStanding = { standing: 'working', since: null, by: null };

/** What central last said of this desk. Kept on disk, so that no restart without a network leads round it. */
export const readStanding = (store: Store): OwnStanding =>
  OwnStanding.safeParse(readSetting(store, SETTING)).data ?? working;

/** Calls `listener` with each new standing of this desk. Returns how to stop. */
export const onStanding = (replica: Replica, listener: (standing: OwnStanding) => void): (() => void) => {
  let last = JSON.stringify(readStanding(replica));
  return replica.onTablesChanged((tables) => {
    if (!tables.has('desk_settings')) return;
    const standing = readStanding(replica);
    if (JSON.stringify(standing) === last) return;
    last = JSON.stringify(standing);
    listener(standing);
  });
};

/** Notes what central says of this desk, if that is news. */
export const noteStanding = (replica: Replica, standing: OwnStanding): void => {
  if (JSON.stringify(readStanding(replica)) === JSON.stringify(standing)) return;
  writeSetting(replica, SETTING, standing.standing === 'working' ? undefined : standing);
};
