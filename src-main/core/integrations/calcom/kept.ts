import { z } from 'zod';
import { CalComAccount, CalComEventType, type CalComState } from '../../../contract/cal-com.ts';
import { Instant } from '../../../contract/values.ts';
import type { Desk } from '../../desk.ts';
import { readSetting, writeSetting } from '../../replica/desk-settings.ts';
import { readKey } from './key.ts';

/** What the key of this desk opened when it was last looked: the key lies in the keychain of one PC, and so this is its. */
const CAL_COM = 'cal_com';

const Kept = z.object({ account: CalComAccount, eventTypes: z.array(CalComEventType), readAt: Instant });
export type Kept = z.infer<typeof Kept>;

/** As last read here; undefined before the first time. */
export const readKept = ({ replica }: Desk): Kept | undefined =>
  Kept.safeParse(readSetting(replica, CAL_COM)).data;

/** What this desk has of Cal.com. */
export const readState = async (desk: Desk): Promise<CalComState> => {
  const keySet = (await readKey(desk)) !== null;
  const kept = keySet ? readKept(desk) : undefined;
  return {
    keySet,
    account: kept?.account ?? null,
    eventTypes: kept?.eventTypes ?? [],
    readAt: kept?.readAt ?? null,
  };
};

/** The event types as last read here. */
export const readEventTypes = (desk: Desk): CalComEventType[] => readKept(desk)?.eventTypes ?? [];

/** Keeps what was read; undefined forgets it. */
export const keep = ({ replica }: Desk, kept: Kept | undefined): void => writeSetting(replica, CAL_COM, kept);
