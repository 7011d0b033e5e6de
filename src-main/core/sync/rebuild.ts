import { Worker } from 'node:worker_threads';
import type { Desk } from '../desk.ts';
import type { Position } from '../replica/desk-state.ts';
import { freeBytes } from '../replica/file-fault.ts';
import { type Replica, removeLargeDatabase } from '../replica/open.ts';
import { replaceByRebuilt } from '../replica/replace-damaged.ts';
import { takeRebuilt } from '../replica/swap.ts';
import { BrokenOff } from './fill.ts';
import type { RebuildNews, RebuildTask } from './rebuild-worker.ts';

export interface RebuildOptions {
  url: string;
  clinicId: string;
  /** The thread's program; a bundle names its own. */
  worker: URL;
  onProgress(progress: { done: number; total: number }): void;
  /** Cuts the rebuild off at any point; the replica stays as it was. */
  signal: AbortSignal;
}

/** The thread's program where the sources run as they are, and what it loads first. */
export const rebuildWorker = new URL('./rebuild-worker.ts', import.meta.url);
const quickImports = new URL('../quick-imports.ts', import.meta.url).href;

/**
 * Builds the replica anew from one snapshot of central, in a thread of its own with a connection of its own, and
 * puts it in place. Rejects if it was cut off, central went away or the disk is full (BrokenOff); nothing has changed then.
 */
export const rebuild = async (desk: Desk, options: RebuildOptions): Promise<void> => {
  const { replica } = desk;
  const room = freeBytes(replica.file) ?? 0;
  try {
    const position = await fillInThread(replica, options);
    options.signal.throwIfAborted();
    if (replica.health.trouble === 'replica_damaged') await replaceByRebuilt(desk, position);
    else await takeRebuilt(replica, position);
  } catch (fault) {
    // All the room that there was did not do, nor would a little more, and trying costs central a reading of the clinic.
    replica.health.met(fault, room * 1.1 + comesAndGoes);
    await removeLargeDatabase(replica.rebuildFile);
    throw fault;
  }
};

/** By so many bytes room changes while nothing does: what lies beside the replica grows and is cut again. */
const comesAndGoes = 8 * 1024 * 1024;

/** Rows pass through and leave only garbage: a larger nursery would cost memory and save no time. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 };

const fillInThread = async (replica: Replica, options: RebuildOptions): Promise<Position> => {
  const { signal } = options;
  signal.throwIfAborted();
  const task: RebuildTask = {
    url: options.url,
    clinicId: options.clinicId,
    file: replica.rebuildFile,
    key: replica.key,
  };
  const worker = new Worker(options.worker, {
    workerData: task,
    resourceLimits,
    // A bundle has its packages beside it; the sources load them one file at a time.
    ...(options.worker === rebuildWorker
      ? { execArgv: [...process.execArgv, '--import', quickImports] }
      : {}),
  });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    return await new Promise<Position>((resolve, reject) => {
      worker.on('message', (news: RebuildNews) => {
        if (news.news === 'progress') options.onProgress({ done: news.done, total: news.total });
        else if (news.news === 'done') resolve(news.position);
        else reject(new BrokenOff(news.message, news.code));
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('the rebuild was cut off')));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
};
