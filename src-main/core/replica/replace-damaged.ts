import type { Desk } from '../desk.ts';
import { letOthersGo } from '../let-others-go.ts';
import { Connection } from './connection.ts';
import type { Position } from './desk-state.ts';
import type { Replica } from './open.ts';
import { accountOfFile } from './salvage/account.ts';
import { finishReplacing, makeReady } from './salvage/replace.ts';
import { copyBesides, type Rescued, takeOwn } from './salvage/rescue.ts';
import { type Salvaged, salvage } from './salvage/salvage.ts';
import { scanOwn } from './salvage/scan-own.ts';
import { ownTables } from './salvage/shapes.ts';
import { asidePath } from './set-aside.ts';
import { replicatedTables } from './tables.ts';
import { tellTrouble, toldTroubles } from './troubles.ts';

/** A disk that damages every new file as well would be filled by those that are put aside. */
const AGAIN_AFTER_MS = 10 * 60_000;

/** Whether damage was met in the replica and it is to be built anew from central. */
export const isToReplace = ({ replica, now }: Pick<Desk, 'replica' | 'now'>): boolean => {
  if (replica.health.trouble !== 'replica_damaged') return false;
  const last = toldTroubles(replica).find(({ code }) => code === 'replica_replaced');
  return !last || Date.parse(now()) - Date.parse(last.at) > AGAIN_AFTER_MS;
};

/**
 * Puts a file that was rebuilt from central in the place of a damaged replica while the desk works: with all of this desk
 * that can be read, as a new stream, also what is written meanwhile. The damaged file is put aside, and that is told.
 */
export const replaceByRebuilt = async (
  { replica, newId, now }: Pick<Desk, 'replica' | 'newId' | 'now'>,
  position: Position,
): Promise<void> => {
  const salvaged = await readOwn(replica);
  const at = now();
  const next = new Connection(replica.rebuildFile, replica.key);
  let rescued: Rescued;
  try {
    await copyBesides(next, replica.db);
    rescued = next.db.transaction(() => {
      salvaged.rows.addAll(scanOwn(replica.db).rows);
      return takeOwn(next, salvaged, { position, incarnation: newId() });
    })();
    next.db.pragma('journal_mode = DELETE');
  } finally {
    next.close();
    salvaged.close();
  }
  // Nothing may be written to the old file from the transaction on.
  replica.replaceFile(() => {
    makeReady(replica.file, replica.rebuildFile, at);
    finishReplacing(replica.file);
  });
  replica.announce(
    new Set([...replicatedTables.keys(), 'outbox', 'refusals', 'desk_state', 'desk_settings']),
  );
  const file = asidePath(replica.file, at);
  tellTrouble(replica, { code: 'replica_replaced', at, cause: 'corrupt', file, ...rescued });
};

/** Mostly the damage is elsewhere, and no copy of the file is needed. */
const readOwn = async (replica: Replica): Promise<Salvaged> => {
  const scanned = scanOwn(replica.db);
  await letOthersGo();
  if (!ownTables.every((table) => scanned.whole.has(table))) return salvage(replica);
  return { ...accountOfFile(scanned, null), db: null, close: () => undefined };
};
