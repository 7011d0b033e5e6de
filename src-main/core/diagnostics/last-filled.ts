import { z } from 'zod';
import type { Diagnostics } from '../../contract/diagnostics.ts';
import type { SyncState } from '../../contract/sync.ts';
import { Instant } from '../../contract/values.ts';
import type { Desk } from '../desk.ts';
import type { Store } from '../replica/connection.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';

const SETTING = 'last_filled';
const LastFilled = z.object({ at: Instant, rows: z.int(), tookMs: z.int() });

/** When the copy was last made anew, and how long that took. */
export const lastFilled = (store: Store): Diagnostics['lastFilled'] =>
  LastFilled.safeParse(readSetting(store, SETTING)).data ?? null;

/** Notes when the copy is made anew, from the states of the sync; the next listener for `onState`. */
export const noteFilling = ({ replica, now }: Pick<Desk, 'replica' | 'now'>) => {
  let began: { at: number; rows: number } | null = null;
  return ({ progress, phase }: Pick<SyncState, 'progress' | 'phase'>): void => {
    if (progress) {
      began = { at: began?.at ?? Date.parse(now()), rows: progress.total };
      return;
    }
    const { at = 0, rows = 0 } = began ?? {};
    const isFilled = began !== null && (phase === 'online' || phase === 'sending');
    began = null;
    if (!isFilled) return;
    const end = now();
    writeSetting(replica, SETTING, { at: end, rows, tookMs: Math.max(0, Date.parse(end) - at) });
  };
};
