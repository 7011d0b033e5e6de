import { parentPort, workerData } from 'node:worker_threads';
import { connectForCopy } from '../central/standby.ts';
import type { Position } from '../replica/desk-state.ts';
import { BrokenOff, type Filling, fill } from './fill.ts';

/** What the thread is started with. */
export interface RebuildTask extends Filling {
  url: string;
}

/** What it tells: rows done so far, and at the end what the file holds or why there is none. */
export type RebuildNews =
  | { news: 'progress'; done: number; total: number }
  | { news: 'done'; position: Position }
  | { news: 'failed'; message: string; code: string | null };

const progressEveryMs = 100;
/** No row for so long means that the connection is dead; sorting a large table takes less. */
const stalledMs = 60_000;

const tell = (news: RebuildNews): void => parentPort?.postMessage(news);

const run = async (task: RebuildTask): Promise<Position> => {
  const connected = await connectForCopy(task.url, {
    application: 'anteroom-rebuild',
    statementTimeoutMs: 0,
  });
  if (!connected.ok) throw new Error(connected.error.message);
  const central = connected.value;
  const stalled = setTimeout(() => central.destroy(), stalledMs);
  let told = performance.now();
  try {
    return await fill(central, task, (done, total) => {
      if (done < total && performance.now() - told <= progressEveryMs) return;
      told = performance.now();
      stalled.refresh();
      tell({ news: 'progress', done, total });
    });
  } finally {
    clearTimeout(stalled);
  }
};

run(workerData as RebuildTask).then(
  (position) => tell({ news: 'done', position }),
  (fault: unknown) => {
    const { code } = fault instanceof BrokenOff ? fault : { code: null };
    tell({ news: 'failed', message: fault instanceof Error ? fault.message : String(fault), code });
  },
);
