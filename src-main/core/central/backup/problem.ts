import { AgeFileFault } from '../../age-file.ts';
import type { EmbeddedCode } from '../embedded/problem.ts';

/** Why a backup was not made, checked or restored, by what a person can do about it. */
export type BackupCode =
  | EmbeddedCode
  | 'no_database'
  | 'no_file'
  | 'file_exists'
  | 'under_way'
  | 'not_empty'
  | 'not_a_backup'
  | 'wrong_passphrase'
  | 'damaged'
  | 'other_version'
  | 'stopped';

/** `message` is plain English for a terminal or a dialog; it never holds a password or passphrase. */
export type Backed<T> = { ok: true; value: T } | { ok: false; error: { code: BackupCode; message: string } };

export const backed = <T>(value: T): Backed<T> => ({ ok: true, value });

export const notBacked = (code: BackupCode, message: string): Backed<never> => ({
  ok: false,
  error: { code, message },
});

/** Thrown in the depths of a backup or restore, and answered as a problem at its top. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
  readonly code: BackupCode;

  constructor(code: BackupCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Runs `work` on the file that a person named; what they can put right becomes a problem, a bug is thrown. */
export const explained = async <T>(file: string, work: () => Promise<Backed<T>>): Promise<Backed<T>> => {
  try {
    return await work();
  } catch (fault) {
    const known = explain(file, fault);
    if (!known) throw fault;
    return known;
  }
};

const explain = (file: string, fault: unknown): Backed<never> | null => {
  if (fault instanceof BackupFault) return notBacked(fault.code, fault.message);
  if (fault instanceof AgeFileFault) return notBacked(...ofAge(file)[fault.fault]);
  if (!(fault instanceof Error)) return null;
  if (fault.name === 'AbortError') return notBacked('stopped', 'It was stopped before it was done.');
  const code = 'code' in fault ? String(fault.code) : '';
  const at = 'path' in fault && typeof fault.path === 'string' ? fault.path : file;
  return ofSystem(code, at, file);
};

const ofAge = (file: string): Record<AgeFileFault['fault'], [BackupCode, string]> => ({
  not_age: ['not_a_backup', `${file} is not a backup of Anteroom.`],
  wrong_passphrase: [
    'wrong_passphrase',
    `The passphrase does not open ${file}, or the beginning of the file is damaged.`,
  ],
  damaged: ['damaged', `${file} is damaged or not whole. Take another backup.`],
});

const ofSystem = (code: string, at: string, file: string): Backed<never> | null => {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return notBacked('disk_full', `The disk that holds ${at} is full. Free some space and try again.`);
    case 'ENOENT':
      return notBacked('no_file', `There is no ${at}.`);
    case 'EEXIST':
      return notBacked('file_exists', `${at} is there already, and nothing is written over. Choose another.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EISDIR':
      return notBacked('folder_unreadable', `${at} cannot be used by this user (${code}). Choose another.`);
    default:
      // What gunzip says of bytes that are no archive.
      return code.startsWith('Z_') ? notBacked(...ofAge(file).damaged) : null;
  }
};
