import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { DiskTrouble } from '../../contract/sync.ts';

/**
 * Why a replica did not open. `wrong_key`: the key does not fit or the file's beginning is damaged, which look
 * alike with an encrypted file. `corrupt`: a page is damaged or missing. `unreadable`: the system refuses to
 * open or write it. `disk_full`: there was no room.
 */
export type OpenFault = 'wrong_key' | 'corrupt' | 'unreadable' | 'disk_full';

const faults: Record<string, OpenFault> = {
  SQLITE_NOTADB: 'wrong_key',
  SQLITE_CORRUPT: 'corrupt',
  SQLITE_CANTOPEN: 'unreadable',
  SQLITE_READONLY: 'unreadable',
  SQLITE_PERM: 'unreadable',
  SQLITE_IOERR: 'unreadable',
  SQLITE_FULL: 'disk_full',
};

/** What a fault of SQLite says of the file, if it says something of the file. */
export const fileFault = (fault: unknown): OpenFault | undefined => {
  if (!(fault instanceof Database.SqliteError)) return undefined;
  const [family] = /^SQLITE_[A-Z]+/.exec(fault.code) ?? [''];
  return faults[family];
};

/** What keeps an open replica from being written. */
export type FileTrouble = DiskTrouble | 'replica_damaged';

/** As SQLite and the system call them; what has no entry is not about the file. */
const troubles: Record<string, FileTrouble> = {
  SQLITE_FULL: 'disk_full',
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  SQLITE_READONLY: 'disk_read_only',
  SQLITE_PERM: 'disk_read_only',
  EROFS: 'disk_read_only',
  SQLITE_IOERR: 'disk_failing',
  SQLITE_CANTOPEN: 'disk_failing',
  EIO: 'disk_failing',
  SQLITE_CORRUPT: 'replica_damaged',
  SQLITE_NOTADB: 'replica_damaged',
};

/** Less than this is as good as nothing: SQLite could not even make the file beside the log. */
const NO_ROOM = 256 * 1024;

/**
 * Which trouble of the disk below `file` a fault stands for; null where it is about something else. SQLite says no more
 * than that reading or writing failed where the log's index could not grow or a file could not be made, so then the
 * disk is asked.
 */
export const fileTrouble = (fault: unknown, file: string): FileTrouble | null => {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  const trouble = troubles[code] ?? troubles[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ''] ?? null;
  if (trouble !== 'disk_failing') return trouble;
  const free = freeBytes(file);
  if (free !== null && free < NO_ROOM) return 'disk_full';
  return isReadOnly(dirname(file)) ? 'disk_read_only' : trouble;
};

/** Bytes that this user may still write beside `file`; null where the system does not say. */
export const freeBytes = (file: string): number | null => {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize;
  } catch {
    return null;
  }
};

/** What a fault met at opening says of `file`: SQLite says of some full disks only that it could not read or open. */
export const openFault = (fault: unknown, file: string): OpenFault | undefined => {
  const known = fileFault(fault);
  return known === 'unreadable' && fileTrouble(fault, file) === 'disk_full' ? 'disk_full' : known;
};

const isReadOnly = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (fault) {
    return (
      fault instanceof Error && 'code' in fault && ['EROFS', 'EACCES', 'EPERM'].includes(String(fault.code))
    );
  }
};
