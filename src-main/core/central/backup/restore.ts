import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Binaries, findBinaries } from '../embedded/binaries.ts';
import { findDatabase, type Home, openHome, own, writeRecord } from '../embedded/home.ts';
import { sweep } from '../embedded/server.ts';
import { startEmbedded } from '../embedded.ts';
import { dataName, passwordName } from './archive.ts';
import type { Inspected } from './inspect.ts';
import { type Backed, backed, explained, notBacked } from './problem.ts';
import { noteChecked } from './records.ts';
import { recover, settle } from './recover.ts';
import { type Unpacked, unpack } from './unpack.ts';

export interface RestoreOptions {
  /** For `restore` an empty folder, or one to be made; for `check` that of the running central. */
  folder: string;
  file: string;
  passphrase: string;
  onProgress?(percent: number): void;
  signal?: AbortSignal;
}

export interface Restored extends Inspected {
  /** When the backup was made, ISO 8601 UTC. */
  madeAt: string;
}

/**
 * Restores a backup into an empty folder, from where `startEmbedded` starts it. It is unpacked, recovered and read from
 * end to end beside its place, and moved there when all of that is done, so that nothing half done is ever in it.
 */
export const restore = (options: RestoreOptions): Promise<Backed<Restored>> =>
  onFile(options, async (file) => {
    const taken = `${options.folder} is not empty. Name a folder that is, or a new one.`;
    if (holdsMore(options.folder)) return notBacked('not_empty', taken);
    const home = openHome(options.folder);
    if (!home.ok) return home;
    sweep(home.value.place);
    if (existsSync(home.value.data)) return notBacked('not_empty', taken);
    return inScratch(home.value, { ...options, file }, true, async (scratch, unpacked, inspected) => {
      settle(scratch, home.value);
      writeRecord(home.value.folder, { port: unpacked.manifest.port, place: home.value.place });
      return backed({ ...inspected, madeAt: unpacked.manifest.madeAt });
    });
  });

/**
 * Restores a backup for a try, beside the running central, and removes it. Central remembers that it could be restored;
 * `known` tells whether the backup is one of its own.
 */
export const check = (options: RestoreOptions): Promise<Backed<Restored & { known: boolean }>> =>
  onFile(options, async (file) => {
    const folder = findDatabase(options.folder);
    if (!folder) return notBacked('no_database', `There is no database of Anteroom in ${options.folder}.`);
    const home = openHome(folder);
    if (!home.ok) return home;
    const started = await startEmbedded({ folder });
    if (!started.ok) return started;
    try {
      return await inScratch(home.value, { ...options, file }, false, async (_, unpacked, inspected) => {
        const known = await noteChecked(started.value.url, unpacked.sha256);
        return backed({ ...inspected, madeAt: unpacked.manifest.madeAt, known });
      });
    } finally {
      await started.value.stop();
    }
  });

const onFile = <T>(
  options: RestoreOptions,
  work: (file: string) => Promise<Backed<T>>,
): Promise<Backed<T>> => {
  const file = resolve(options.file);
  return explained(file, async () => {
    // Before anything is made for it.
    if (!(await stat(file)).isFile()) return notBacked('not_a_backup', `${file} is not a file.`);
    return work(file);
  });
};

/** What a start or a restore that was cut off leaves in a folder does not count. */
const holdsMore = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => !['postgres', 'central.json'].includes(name));

/** Unpacks and recovers into a folder of its own within the place, which every start sweeps if it is left behind. */
const inScratch = async <T>(
  home: Home,
  options: RestoreOptions,
  keep: boolean,
  work: (scratch: Home, unpacked: Unpacked, inspected: Inspected) => Promise<Backed<T>>,
): Promise<Backed<T>> => {
  const binaries = findBinaries(home.runner);
  if (!binaries.ok) return binaries;
  const place = mkdtempSync(join(home.place, `new-${process.pid}-`));
  const scratch = { ...home, place, data: join(place, dataName), log: join(place, 'postgres.log') };
  try {
    own(place, home.runner);
    const unpacked = await unpack({ ...options, into: place, runner: home.runner });
    const inspected = await recoverIn(scratch, binaries.value, keep);
    return await work(scratch, unpacked, inspected);
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  }
};

const recoverIn = (scratch: Home, binaries: Binaries, keep: boolean): Promise<Inspected> => {
  const password = readFileSync(join(scratch.place, passwordName), 'utf8');
  // As `startEmbedded` keeps it: for whoever starts the server, who may be root, and not for the server.
  if (scratch.runner) own(join(scratch.place, passwordName), { uid: 0, gid: 0 }, 0o600);
  return recover(scratch, binaries, password, { keep });
};
