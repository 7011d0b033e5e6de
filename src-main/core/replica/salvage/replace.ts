import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { flushFolder } from '../flush-folder.ts';
import { Replica, type ReplicaOptions, removeDatabase } from '../open.ts';
import { asidePath, setAside } from '../set-aside.ts';
import { tellTrouble } from '../troubles.ts';
import { copyClinic, takeOwn } from './rescue.ts';
import { salvage } from './salvage.ts';
import type { WriteAheadLog } from './write-ahead-log.ts';

/** Why a replica is replaced; see `Trouble`. */
export type Cause = 'wrong_key' | 'corrupt' | 'missing';

const READY = '.ready-for-';

/**
 * Makes a new replica of what can be read of a damaged one, puts that aside and the new one in its place, and has it told.
 * The damaged file, which nobody holds open, is whole where it was until the new one is. Throws what the system says of
 * the disk.
 */
export const replaceDamaged = async (
  { file, key, newId }: ReplicaOptions,
  { cause, now, log }: { cause: Cause; now: string; log: WriteAheadLog | null },
): Promise<void> => {
  const made = `${file}.rescue`;
  removeDatabase(made);
  const salvaged = await salvage({ file, key }, log);
  const next = new Replica({ file: made, key, newId });
  try {
    // Flushed as a whole at the end: until then the damaged file is the one that counts.
    next.db.pragma('synchronous = OFF');
    const isEnough = await copyClinic(next, salvaged);
    const [state] = salvaged.rows.rows('desk_state');
    const epoch = isEnough && typeof state?.['epoch'] === 'string' ? state['epoch'] : null;
    const rescued = next.db.transaction(() =>
      takeOwn(next, salvaged, { position: { epoch, seq: 0, witness: null }, incarnation: newId() }),
    )();
    const aside = asidePath(file, now);
    const kept = existsSync(file) ? aside : `${aside}-wal`;
    tellTrouble(next, { code: 'replica_replaced', at: now, cause, file: kept, ...rescued });
    next.db.pragma('journal_mode = DELETE');
  } finally {
    next.close();
    salvaged.close();
  }
  makeReady(file, made, now);
  finishReplacing(file);
};

/** Says that a file, which is closed, is whole and takes the replica's place: from here on a crash changes nothing. */
export const makeReady = (file: string, made: string, now: string): void => {
  const handle = openSync(made, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(made, `${file}${READY}${basename(asidePath(file, now))}`);
  flushFolder(dirname(file));
};

/** Puts a file that is ready in the replica's place, and that aside; does nothing where none is ready. */
export const finishReplacing = (file: string): void => {
  const [folder, start] = [dirname(file), `${basename(file)}${READY}`];
  for (const name of readdirSync(folder).filter((each) => each.startsWith(start))) {
    setAside(file, join(folder, name.slice(start.length)));
    renameSync(join(folder, name), file);
    flushFolder(folder);
  }
};
