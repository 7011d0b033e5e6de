import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { decryptStream } from '../../age-file.ts';
import type { Runner } from '../embedded/runner.ts';
import { dataName, type Manifest, manifestName, passwordName, readManifest } from './archive.ts';
import { metered } from './metered.ts';
import { BackupFault } from './problem.ts';

/** A file or folder of the archive. */
type Entry = ReturnType<typeof extract> extends AsyncIterable<infer E> ? E : never;

export interface UnpackOptions {
  file: string;
  passphrase: string;
  /** An empty folder. What is in it after a fault is not to be used. */
  into: string;
  /** Whose files they become. */
  runner: Runner;
  onProgress?(percent: number): void;
  signal?: AbortSignal;
}

export interface Unpacked {
  manifest: Manifest;
  /** Of the file as it lies there. */
  sha256: string;
}

/** Unpacks a backup. Throws `AgeFileFault` or `BackupFault`; every byte is authenticated before it is written. */
export const unpack = async (options: UnpackOptions): Promise<Unpacked> => {
  const { file, passphrase, signal } = options;
  const hash = createHash('sha256');
  const plain = await decryptStream(Readable.from(metered(hash, createReadStream(file))), passphrase);
  const entries = extract();
  // Listened to before anything flows, or the first entries would go by.
  const writing = writeEntries(entries, options);
  const reading = pipeline(plain, createGunzip(), entries, signal ? { signal } : {});
  const [read, wrote] = await Promise.allSettled([reading, writing]);
  // What is wrong with the file comes first: the entries only end early by it.
  if (wrote.status === 'rejected' && isOwn(wrote.reason)) throw wrote.reason;
  if (read.status === 'rejected') throw read.reason;
  if (wrote.status === 'rejected') throw wrote.reason;
  return { manifest: wrote.value, sha256: hash.digest('hex') };
};

const isOwn = (fault: unknown): boolean =>
  fault instanceof BackupFault || (fault instanceof Error && 'syscall' in fault);

const writeEntries = async (
  entries: AsyncIterable<Entry>,
  { file, into, runner, onProgress = () => undefined }: UnpackOptions,
): Promise<Manifest> => {
  let manifest: Manifest | null = null;
  let done = 0;
  for await (const entry of entries) {
    const { name, type, size = 0 } = entry.header;
    if (!manifest) {
      manifest = await readFirst(file, entry);
      await makeFolder(join(into, dataName), runner);
    } else if (type === 'directory') {
      await makeFolder(join(into, safeName(file, name.replace(/\/$/, ''))), runner);
      entry.resume();
    } else {
      await writeFile(join(into, safeName(file, name)), entry, runner);
      done += size;
      onProgress(Math.min(100, Math.floor((100 * done) / Math.max(1, manifest.bytes))));
    }
  }
  if (!manifest) throw notOurs(file);
  return manifest;
};

const notOurs = (file: string): BackupFault =>
  new BackupFault('not_a_backup', `${file} opens, but it is not a backup of Anteroom.`);

const readFirst = async (file: string, entry: Entry): Promise<Manifest> => {
  if (entry.header.name !== manifestName) throw notOurs(file);
  const manifest = readManifest(await text(entry));
  if (manifest === 'not_ours') throw notOurs(file);
  if (manifest === 'other_version') {
    throw new BackupFault('other_version', `${file} was made by a newer Anteroom. Update this one first.`);
  }
  return manifest;
};

/** Whoever has the passphrase could have made the archive; even so nothing is written beside the folder. */
const safeName = (file: string, name: string): string => {
  const isOurs = name === passwordName || name.startsWith(`${dataName}/`);
  if (!isOurs || name.split(/[\\/]/).some((part) => part === '..' || part === '' || part.includes(':'))) {
    throw notOurs(file);
  }
  return name;
};

const makeFolder = async (path: string, runner: Runner): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (runner) await chown(path, runner.uid, runner.gid);
};

const writeFile = async (path: string, entry: Entry, runner: Runner): Promise<void> => {
  await pipeline(entry, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  if (runner) await chown(path, runner.uid, runner.gid);
};
