import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { unlock } from './connection.ts';
import type { Position } from './desk-state.ts';
import { fileFault } from './file-fault.ts';
import { type Replica, removeLargeDatabase } from './open.ts';
import type { RekeyNews, RekeyTask } from './rekey-worker.ts';
import { takeRebuilt } from './swap.ts';

/** The thread's program where the sources run as they are, and what it loads first. */
export const rekeyWorker = new URL('./rekey-worker.ts', import.meta.url);
const quickImports = new URL('../quick-imports.ts', import.meta.url).href;

/**
 * Encrypts the replica under another key while the desk works: a thread writes a copy, and what was written here
 * meanwhile goes across when the copy takes the file's place. Nothing of central may be applied while it runs. Rejects
 * if it came to nothing; the file is then what it was.
 */
export const rekey = async (replica: Replica, newKey: Buffer, program = rekeyWorker): Promise<void> => {
  try {
    const position = await copyUnder(replica, newKey, program);
    await takeRebuilt(replica, position, newKey);
  } catch (fault) {
    await removeLargeDatabase(replica.rebuildFile);
    throw fault;
  }
};

const copyUnder = async (replica: Replica, newKey: Buffer, program: URL): Promise<Position> => {
  const task: RekeyTask = { file: replica.file, key: replica.key, to: replica.rebuildFile, newKey };
  const worker = new Worker(program, {
    workerData: task,
    // A bundle has its packages beside it; the sources load them one file at a time.
    ...(program === rekeyWorker ? { execArgv: [...process.execArgv, '--import', quickImports] } : {}),
  });
  try {
    return await new Promise<Position>((resolve, reject) => {
      worker.on('message', (news: RekeyNews) =>
        news.news === 'done' ? resolve(news.position) : reject(new Error(news.message)),
      );
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the thread ended')));
    });
  } finally {
    await worker.terminate();
  }
};

/** Whether a key opens a replica file that is there, which stays as it is, with its log. */
export const opensWith = (file: string, key: Buffer): boolean => {
  const db = new Database(file, { readonly: true });
  try {
    unlock(db, key);
    db.prepare('select count(*) from sqlite_schema').get();
    return true;
  } catch (fault) {
    if (fileFault(fault) === 'wrong_key') return false;
    throw fault;
  } finally {
    db.close();
  }
};
