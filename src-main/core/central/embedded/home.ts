import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { reachableFolder } from './binaries.ts';
import { type Outcome, onFiles } from './problem.ts';
import { canReach, findRunner, type Runner } from './runner.ts';

/** Where one embedded Postgres lives. */
export interface Home {
  /** The folder the caller named: it holds the record of port and place. */
  folder: string;
  /** Holds `data`, the password and the log; below `folder` where Postgres can reach that. */
  place: string;
  data: string;
  log: string;
  runner: Runner;
}

interface Place {
  port?: number;
  place?: string;
}

const recordFile = (folder: string): string => join(folder, 'central.json');

/** What the folder remembers of the last start: nothing, the first time. */
export const readRecord = (folder: string): Place => {
  try {
    return JSON.parse(readFileSync(recordFile(folder), 'utf8'));
  } catch (fault) {
    if (
      fault instanceof SyntaxError ||
      (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')
    ) {
      return {};
    }
    throw fault;
  }
};

/** Remembers port and place for the next start. */
export const writeRecord = (folder: string, record: Place): void => {
  const scratch = `${recordFile(folder)}.${process.pid}`;
  writeFileSync(scratch, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(scratch, recordFile(folder));
};

/** Settles where Postgres's files are, and makes the folders. */
export const openHome = (named: string): Outcome<Home> => {
  const made = onFiles(named, () => {
    // 0711: Postgres passes through to its own folder; the files beside it are 0600.
    mkdirSync(named, { recursive: true, mode: 0o711 });
    const folder = realpathSync(named);
    return { folder, recorded: readRecord(folder).place };
  });
  if (!made.ok) return made;
  const { folder, recorded } = made.value;
  const inside = join(folder, 'postgres');
  const found = findRunner(join(recorded ?? inside, 'data'));
  if (!found.ok) return found;
  const runner = found.value;
  const place = recorded ?? (!runner || canReach(folder, runner) ? inside : outside(folder));
  return onFiles(place, () => {
    mkdirSync(place, { recursive: true, mode: 0o711 });
    own(place, runner);
    return { folder, place, runner, data: join(place, 'data'), log: join(place, 'postgres.log') };
  });
};

/**
 * The folder of the database that a person means: the one named, or the one below it where the named one holds
 * everything of this PC. Null where there is no database.
 */
export const findDatabase = (named: string): string | null =>
  [named, join(named, 'central')].find((folder) => holdsDatabase(folder)) ?? null;

const holdsDatabase = (folder: string): boolean =>
  existsSync(join(readRecord(folder).place ?? join(folder, 'postgres'), 'data'));

/** Gives a file or folder to the account that Postgres runs as, and to nobody else. */
export const own = (path: string, runner: Runner, mode = 0o700): void => {
  chmodSync(path, mode);
  if (runner) chownSync(path, runner.uid, runner.gid);
};

const outside = (folder: string): string =>
  join(reachableFolder, createHash('sha256').update(folder).digest('hex').slice(0, 16));

/** The owner's password, made once; whichever process comes first decides it. */
export const readPassword = (place: string): string => {
  const file = join(place, 'password');
  const scratch = `${file}.${process.pid}`;
  writeFileSync(scratch, randomBytes(24).toString('base64url'), { mode: 0o600 });
  try {
    // A link is made whole or not at all, and never over an existing file.
    linkSync(scratch, file);
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault;
  } finally {
    rmSync(scratch, { force: true });
  }
  return readFileSync(file, 'utf8');
};
