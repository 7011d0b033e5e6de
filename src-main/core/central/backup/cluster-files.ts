import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupFault } from './problem.ts';

/** A file of the cluster, by its path below the data folder, always with slashes. */
export interface ClusterFile {
  name: string;
  /** As it was when it was listed; a file that grows is copied to this size, and what it grew by is in the log. */
  size: number;
}

export interface ClusterFiles {
  folders: string[];
  files: ClusterFile[];
}

/** What Postgres makes anew at each start, or what must not be in a copy; the manual's chapter on low-level backups. */
const emptied = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
]);
const leftOut = new Set([
  'backup_label',
  'tablespace_map',
  'backup_manifest',
  'postmaster.pid',
  'postmaster.opts',
  'current_logfiles.tmp',
  'postgresql.auto.conf.tmp',
]);
/** Caches of the catalogue, and what statements put aside for as long as they run. */
const passing = /^(pg_internal\.init|pgsql_tmp|t\d+_\d+)/;

/** Read whole and last, when everything else is there. */
export const controlFile = 'global/pg_control';

/** What a copy of a running cluster is made of, without its control file and its log of writes. */
export const listCluster = async (data: string): Promise<ClusterFiles> => {
  const found: ClusterFiles = { folders: [], files: [] };
  await listFolder(data, '', found);
  return found;
};

const listFolder = async (data: string, folder: string, found: ClusterFiles): Promise<void> => {
  for (const entry of await readdir(join(data, folder), { withFileTypes: true })) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (leftOut.has(name) || passing.test(entry.name) || name === controlFile) continue;
    if (entry.isSymbolicLink()) {
      throw new BackupFault(
        'failed',
        `${join(data, name)} is a link; a database with links is not backed up.`,
      );
    }
    if (entry.isDirectory()) {
      found.folders.push(name);
      if (!emptied.has(name)) await listFolder(data, name, found);
    } else if (entry.isFile()) {
      const size = await sizeOf(join(data, name));
      if (size !== null) found.files.push({ name, size });
    }
  }
};

/** Null where the file is gone: its table was dropped, which the log says too. */
const sizeOf = async (path: string): Promise<number | null> =>
  (await stat(path).catch(nullIfGone))?.size ?? null;

const nullIfGone = (fault: unknown): null => {
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
  throw fault;
};

const pieceBytes = 128 * 1024;

/**
 * Gives `take` the bytes of a file that is being written, exactly `size` of them: what it was cut off by since is filled
 * with zeros, and the log of writes makes it right. A file that is gone is passed over.
 */
export const readFileOf = async (
  path: string,
  size: number,
  take: (pieces: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> => {
  const file = await open(path, 'r').catch(nullIfGone);
  if (!file) return;
  try {
    await take(piecesOf(file, size));
  } finally {
    await file.close();
  }
};

async function* piecesOf(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; ) {
    const piece = Buffer.alloc(Math.min(pieceBytes, left));
    const { bytesRead } = await file.read(piece, 0, piece.length);
    // Past the end: zeros.
    const given = bytesRead === 0 ? piece : piece.subarray(0, bytesRead);
    yield given;
    left -= given.length;
  }
}

/** The parts of the log of writes that lie between two of them, and the records of how timelines branched. */
export const listLog = async (data: string, first: string, last: string): Promise<ClusterFile[]> => {
  const found: ClusterFile[] = [];
  for (const name of (await readdir(join(data, 'pg_wal'))).sort()) {
    const isPart = /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last;
    if (!isPart && !/^[0-9A-F]{8}\.history$/.test(name)) continue;
    const size = await sizeOf(join(data, 'pg_wal', name));
    if (size !== null) found.push({ name: `pg_wal/${name}`, size });
  }
  if (!found.some(({ name }) => name === `pg_wal/${first}`)) {
    throw new BackupFault('failed', 'Postgres let go of a part of its log too early. Try again.');
  }
  return found;
};
