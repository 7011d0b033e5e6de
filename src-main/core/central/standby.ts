import { setTimeout as pause } from 'node:timers/promises';
import { type CentralConnection, type Connected, type ConnectOptions, connectCentral } from './connect.ts';
import { readHead } from './pull.ts';

/** A standby that is behind for longer is not waited for, in milliseconds. */
const behindMs = 3_000;

/**
 * Connects to where a whole clinic is read: the streaming standby that the desk's URL names (`standby=host:port`) once it
 * holds what central holds now, so that no desk goes back in time; and to central itself where none is named, where it
 * does not answer, is too far behind, or stems from another history.
 */
export const connectForCopy = async (url: string, options: ConnectOptions): Promise<Connected> => {
  const connected = await connectCentral(url, options);
  const named = standbyOf(url);
  if (!connected.ok || named === null) return connected;
  const standby = await connectCentral(named, options);
  if (!standby.ok) return connected;
  const silent = setTimeout(() => standby.value.destroy(), 2 * behindMs);
  const keepsUp = await hasCaughtUp(standby.value, connected.value).catch(() => false);
  clearTimeout(silent);
  const [used, spare] = keepsUp ? [standby, connected] : [connected, standby];
  spare.value.destroy();
  return used;
};

const standbyOf = (url: string): string | null => {
  const named = new URL(url);
  const standby = named.searchParams.get('standby');
  if (standby === null) return null;
  named.host = standby;
  named.searchParams.delete('standby');
  named.searchParams.delete('pool');
  return named.href;
};

const hasCaughtUp = async (standby: CentralConnection, central: CentralConnection): Promise<boolean> => {
  const wanted = await readHead(central);
  const end = performance.now() + behindMs;
  for (;;) {
    const there = await readHead(standby);
    if (there.epoch !== wanted.epoch) return false;
    if (Number(there.seq) >= Number(wanted.seq)) return true;
    if (performance.now() > end) return false;
    await pause(50);
  }
};
