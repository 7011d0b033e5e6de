import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const ASIDE = '.set-aside-';

/** Where a replica goes that is put aside at an instant. */
export const asidePath = (file: string, now: string): string =>
  `${file}${ASIDE}${now.replaceAll(/[:.]/g, '-')}`;

/**
 * Renames a replica that does not open, with its logs, so that a new one can be made: it may hold changes that
 * were not sent, and a key that turns up may open it yet.
 */
export const setAside = (file: string, kept: string): void => {
  // The logs first: a new file must never find them beside it.
  for (const end of ['-wal', '-shm', '-journal', '']) {
    if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${kept}${end}`);
  }
};

/** Whether a replica that was put aside lies beside this one. */
export const isAnySetAside = (file: string): boolean =>
  readdirSync(dirname(file)).some((name) => isSetAside(name, basename(file)));

/** Whether the file of that name was put aside, or is a log of one that was, where the replica is called `replica`. */
export const isSetAside = (name: string, replica: string): boolean => name.startsWith(`${replica}${ASIDE}`);
