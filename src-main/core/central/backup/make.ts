import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack as newPack, type Pack } from 'tar-stream';
import { encryptingFor } from '../../age-file.ts';
import { type CentralConnection, connectCentral } from '../connect.ts';
import { findDatabase } from '../embedded/home.ts';
import { type Embedded, startEmbedded } from '../embedded.ts';
import { dataName, manifestName, manifestOf, passwordName } from './archive.ts';
import { type ClusterFile, controlFile, listCluster, listLog, readFileOf } from './cluster-files.ts';
import { metered } from './metered.ts';
import { type Backed, BackupFault, backed, explained, notBacked } from './problem.ts';
import { noteBackup } from './records.ts';

export interface BackupOptions {
  /** The data folder of the embedded central. */
  folder: string;
  /** Where the backup goes; nothing is written over. */
  file: string;
  passphrase: string;
  onProgress?(percent: number): void;
  /** Stops it; nothing is left. */
  signal?: AbortSignal;
}

export interface MadeBackup {
  file: string;
  bytes: number;
  sha256: string;
}

/** Held while a backup is made, so that two do not read the whole cluster at once. */
const backupLock = 4_771_236_003;

/**
 * Backs up an embedded central while desks work: Postgres is told that a copy is made, its files are read as they are,
 * and the log of what was written meanwhile makes them one state. They are packed, compressed and encrypted on the way,
 * in constant memory, into `FILE.part`, which takes its name when it is whole and on the disk.
 */
export const backUp = (options: BackupOptions): Promise<Backed<MadeBackup>> => {
  const file = resolve(options.file);
  return explained(file, async () => {
    const folder = findDatabase(options.folder);
    if (!folder) {
      return notBacked('no_database', `There is no database of Anteroom in ${options.folder}.`);
    }
    if (existsSync(file)) return fileExists(file);
    const started = await startEmbedded({ folder });
    if (!started.ok) return started;
    try {
      return await backUpRunning(started.value, { ...options, file });
    } finally {
      await started.value.stop();
    }
  });
};

const fileExists = (file: string): Backed<never> =>
  notBacked('file_exists', `${file} is there already, and nothing is written over. Choose another name.`);

const backUpRunning = async (embedded: Embedded, options: BackupOptions): Promise<Backed<MadeBackup>> => {
  const connected = await connectCentral(embedded.url, {
    application: 'anteroom-backup',
    statementTimeoutMs: 0,
  });
  if (!connected.ok) return notBacked('failed', connected.error.message);
  const connection = connected.value;
  try {
    const [row] = await connection.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      backupLock,
    ]);
    if (!row?.mine) return notBacked('under_way', 'This database is being backed up already. Wait for that.');
    const made = await writeArchive(connection, embedded, options);
    await noteBackup(connection, made);
    return backed(made);
  } finally {
    await connection.close();
  }
};

const writeArchive = async (
  connection: CentralConnection,
  embedded: Embedded,
  { file, passphrase, onProgress, signal }: BackupOptions,
): Promise<MadeBackup> => {
  const part = `${file}.part`;
  const hash = createHash('sha256');
  const archive = newPack();
  try {
    const written = pipeline(
      archive,
      createGzip({ level: 1 }),
      encryptingFor(passphrase),
      (encrypted: AsyncIterable<Buffer>) => metered(hash, encrypted),
      // On the disk before it takes its name.
      createWriteStream(part, { mode: 0o600, flush: true }),
      signal ? { signal } : {},
    );
    const packed = packCluster(connection, embedded, archive, onProgress).catch((fault: unknown) => {
      archive.destroy(fault instanceof Error ? fault : undefined);
      throw fault;
    });
    await bothDone(written, packed);
    const { size } = await stat(part);
    if (existsSync(file))
      throw new BackupFault('file_exists', `${file} was made by somebody else meanwhile.`);
    await rename(part, file);
    await flushFolder(dirname(file));
    return { file, bytes: size, sha256: hash.digest('hex') };
  } catch (fault) {
    await rm(part, { force: true });
    throw fault;
  }
};

/** Waits for both ends; what stopped the one that failed first is what is told. */
const bothDone = async (written: Promise<void>, packed: Promise<void>): Promise<void> => {
  const [wrote, read] = await Promise.allSettled([written, packed]);
  const isCause = ({ reason }: PromiseRejectedResult): boolean =>
    !(reason instanceof Error && /premature close|destroyed|closed/i.test(reason.message));
  const failed = [wrote, read].filter((end) => end.status === 'rejected');
  const cause = failed.find(isCause) ?? failed[0];
  if (cause) throw cause.reason;
};

/** Puts a running cluster into an archive, between Postgres's start and stop of a backup. */
const packCluster = async (
  connection: CentralConnection,
  { place, port }: Embedded,
  archive: Pack,
  onProgress: (percent: number) => void = () => undefined,
): Promise<void> => {
  const data = join(place, 'data');
  await beginBackup(connection);
  const { folders, files } = await listCluster(data);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const madeAt = new Date().toISOString();
  await addText(archive, manifestName, manifestOf({ madeAt, port, bytes: total }));
  await addText(archive, passwordName, await readFile(join(place, 'password'), 'utf8'));
  for (const name of folders) await addFolder(archive, `${dataName}/${name}`);
  let done = 0;
  for (const file of files) {
    await addFile(archive, data, file);
    done += file.size;
    onProgress(Math.floor((100 * done) / Math.max(1, total)));
  }
  await addText(archive, `${dataName}/${controlFile}`, await readControl(join(data, controlFile)));
  const { label, first, last } = await endBackup(connection);
  await addText(archive, `${dataName}/backup_label`, label);
  for (const file of await listLog(data, first, last)) await addFile(archive, data, file);
  archive.finalize();
};

/** The slot keeps the log of writes from now on, and goes with the connection, as the backup itself does. */
const beginBackup = async (connection: CentralConnection): Promise<void> => {
  const [level] = await connection.query<{ wal_level: string }>('show wal_level');
  if (level?.wal_level === 'minimal') {
    throw new BackupFault(
      'failed',
      'This database was started by an older Anteroom. Start it again, then back up.',
    );
  }
  await connection.query(`select pg_create_physical_replication_slot('anteroom_backup', true, true)`);
  await connection.query(`select pg_backup_start('anteroom', fast => true)`);
};

const endBackup = async (
  connection: CentralConnection,
): Promise<{ label: string; first: string; last: string }> => {
  const [row] = await connection.query<{ labelfile: string; last: string }>(
    'select labelfile, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)',
  );
  const label = row?.labelfile ?? '';
  const first = /^START WAL LOCATION: .*\(file ([0-9A-F]{24})\)/.exec(label)?.[1];
  if (!row || !first) throw new Error('Postgres ended the backup without a label');
  return { label, first, last: row.last };
};

/** Postgres writes the control file in one go; two readings that are the same are not from the middle of it. */
const readControl = async (path: string): Promise<Buffer> => {
  for (let before = await readFile(path); ; ) {
    const now = await readFile(path);
    if (now.equals(before)) return now;
    before = now;
  }
};

const addText = async (archive: Pack, name: string, content: string | Buffer): Promise<void> => {
  const bytes = Buffer.from(content);
  await pipeline(Readable.from([bytes]), archive.entry({ name, size: bytes.length, mode: 0o600 }));
};

const addFolder = (archive: Pack, name: string): Promise<void> =>
  new Promise((done, fail) => {
    archive.entry({ name, type: 'directory', mode: 0o700 }, (fault) => (fault ? fail(fault) : done()));
  });

const addFile = (archive: Pack, data: string, { name, size }: ClusterFile): Promise<void> =>
  readFileOf(join(data, name), size, (pieces) =>
    pipeline(Readable.from(pieces), archive.entry({ name: `${dataName}/${name}`, size, mode: 0o600 })),
  );

/** Brings the rename to disk. Windows opens no folders, and needs none of it. */
const flushFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
