import { copyFileSync, existsSync, renameSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import { unlock } from './connection.ts';
import { fileTrouble, type OpenFault, openFault } from './file-fault.ts';
import { openReplica, type Replica, type ReplicaOptions, removeDatabase } from './open.ts';
import { type Cause, finishReplacing, replaceDamaged } from './salvage/replace.ts';
import { standingTables, takeMissed } from './salvage/rescue.ts';
import { salvage } from './salvage/salvage.ts';
import { framesRead, PAGE_BYTES, readLog, type WriteAheadLog } from './salvage/write-ahead-log.ts';
import { asidePath } from './set-aside.ts';
import { startStream } from './stream.ts';
import { tellTrouble } from './troubles.ts';

export interface OpeningOptions extends ReplicaOptions {
  /** Whether this desk has had a replica here before. */
  wasHere: boolean;
  now(): string;
  log: Log;
}

/**
 * Opens or makes the replica. One that is damaged, that the key does not fit or that is gone is replaced by what can be
 * read of it, and put aside; a log of which SQLite reads only the beginning is read to its end. What happened is told.
 * `disk_full` when there is no room, `internal` when the system does not let the file be opened.
 */
export const openOrReplace = async (options: OpeningOptions): Promise<Result<Replica>> => {
  try {
    return await open(options);
  } catch (fault) {
    if (fileTrouble(fault, options.file) === 'disk_full') return refuse('disk_full');
    throw fault;
  }
};

const open = async (options: OpeningOptions): Promise<Result<Replica>> => {
  const { file, wasHere } = options;
  finishReplacing(file);
  // What a salvage that was cut off left behind.
  for (const end of ['.salvage', '.rescue', '.reading']) removeDatabase(`${file}${end}`);
  const log = readLog(file);
  const size = existsSync(file) ? statSync(file).size : null;
  // SQLite would make a new database of an empty file, and throw its log away.
  const isEmpty = size === null || size < PAGE_BYTES;
  if (isEmpty && (log || (size !== null && wasHere))) {
    return replaceAndOpen(options, size === null ? 'missing' : 'corrupt', log);
  }
  if (isEmpty) return openNew(options);
  const looked = look(file, options.key, log);
  if (looked === 'whole') {
    const opened = openReplica(options);
    if (opened.ok || !isDamage(opened.fault)) return opened.ok ? ok(opened.replica) : refuseFor(opened.fault);
    return replaceAndOpen(options, opened.fault, readLog(file));
  }
  if (looked === 'log_cut') return openWithMissed(options, log);
  return isDamage(looked) ? replaceAndOpen(options, looked, log) : refuseFor(looked);
};

const isDamage = (fault: OpenFault): fault is Extract<OpenFault, Cause> =>
  fault === 'corrupt' || fault === 'wrong_key';

const refuseFor = (fault: OpenFault): Result<never> =>
  fault === 'disk_full' ? refuse('disk_full') : refuse('internal', { fault });

/** What a desk cannot work without: what only it has, and who may do what. */
const needed = [
  ...['desk_state', 'desk_settings', 'outbox', 'outbox_rows', 'base', 'refusals'],
  ...standingTables,
];

/**
 * Looks at a file before it is opened for work, without changing it or its log. It is `whole` though pages of the clinic's
 * rows may be damaged: those come from central again when they are met.
 */
export const look = (
  file: string,
  key: Buffer,
  log: WriteAheadLog | null,
): OpenFault | 'whole' | 'log_cut' => {
  // A connection that may write would move the log into the file when it closes.
  const db = new Database(file, { readonly: true });
  try {
    unlock(db, key);
    // Their indexes too: what is found by one must not be missing later.
    const isSound = (table: string) => db.pragma(`integrity_check(${table})`, { simple: true }) === 'ok';
    // A file of an earlier version lacks those that the migrations are about to make.
    const tables = new Set(db.prepare(`select name from sqlite_schema where type = 'table'`).pluck().all());
    if (!needed.filter((table) => tables.has(table)).every(isSound)) return 'corrupt';
    return log && log.committed > framesRead(db) ? 'log_cut' : 'whole';
  } catch (fault) {
    const known = openFault(fault, file);
    if (!known) throw fault;
    return known;
  } finally {
    db.close();
  }
};

/** Makes a replica where there is none. Where there was one, what that had not sent is gone with it. */
const openNew = (options: OpeningOptions): Result<Replica> => {
  const opened = openReplica(options);
  if (!opened.ok) return refuseFor(opened.fault);
  if (options.wasHere) {
    options.log.error('the replica is gone');
    const nothing = { rescued: 0, inbox: 0, lost: 0, lostKnown: false };
    const told = { at: options.now(), cause: 'missing', file: null } as const;
    tellTrouble(opened.replica, { code: 'replica_replaced', ...told, ...nothing });
  }
  return ok(opened.replica);
};

const replaceAndOpen = async (
  options: OpeningOptions,
  cause: Cause,
  walog: WriteAheadLog | null,
): Promise<Result<Replica>> => {
  options.log.error('the replica is damaged', { cause });
  await replaceDamaged(options, { cause, now: options.now(), log: walog });
  const opened = openReplica(options);
  return opened.ok ? ok(opened.replica) : refuseFor(opened.fault);
};

/** Opens a file with what SQLite reads of its log, and takes from the rest of that what it says was not sent. */
const openWithMissed = async (
  options: OpeningOptions,
  walog: WriteAheadLog | null,
): Promise<Result<Replica>> => {
  const { file, newId } = options;
  options.log.error('the end of the replica’s log is damaged');
  const at = options.now();
  const salvaged = await salvage(options, walog);
  try {
    const kept = `${asidePath(file, at)}-wal`;
    copyFileSync(`${file}-wal`, kept);
    const opened = openReplica(options);
    if (!opened.ok && isDamage(opened.fault)) {
      // Elsewhere it is damaged too, and the part of the log that was read went into the file meanwhile.
      renameSync(kept, `${file}-wal`);
      return await replaceAndOpen(options, opened.fault, walog);
    }
    if (!opened.ok) return refuseFor(opened.fault);
    const { replica } = opened;
    const rescued = replica.db
      .transaction(() => {
        // The file went back to an earlier moment, whose numbers central may have seen again since.
        startStream(replica, newId());
        replica.statement('update desk_state set nonce = null').run();
        return takeMissed(replica, salvaged);
      })
      .immediate();
    tellTrouble(replica, { code: 'replica_replaced', at, cause: 'log_damaged', file: kept, ...rescued });
    return ok(replica);
  } finally {
    salvaged.close();
  }
};
