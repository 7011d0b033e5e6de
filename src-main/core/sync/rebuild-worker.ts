import { parentPort, workerData } from 'node:worker_threads';
import { connectCentral } from '../central/connect.ts';
import { copyTable } from '../central/copy.ts';
import { countRows, readHead } from '../central/pull.ts';
import { type CopiedRow, RebuildFile } from '../replica/rebuild.ts';
import type { Position } from '../replica/swap.ts';
import { pulledTables } from './tables.ts';

/** What the thread is started with. */
export interface RebuildTask {
  url: string;
  clinicId: string;
  file: string;
  key: Uint8Array;
}

/** What it tells: rows done so far, and at the end what the file holds or why there is none. */
export type RebuildNews =
  | { news: 'progress'; done: number; total: number }
  | { news: 'done'; position: Position }
  | { news: 'failed'; message: string };

const progressEveryMs = 100;
/** No row for so long means that the connection is dead; sorting a large table takes less. */
const stalledMs = 60_000;

const tell = (news: RebuildNews): void => parentPort?.postMessage(news);

/** Fills the file from one snapshot of central. */
const run = async (task: RebuildTask): Promise<Position> => {
  const connected = await connectCentral(task.url, {
    application: 'anteroom-rebuild',
    statementTimeoutMs: 0,
  });
  if (!connected.ok) throw new Error(connected.error.message);
  const central = connected.value;
  const file = new RebuildFile(task.file, Buffer.from(task.key));
  try {
    let newest: Position['witness'] = null;
    let done = 0;
    let told = performance.now();
    const stalled = setTimeout(() => central.destroy(), stalledMs);
    const position = await central.transaction(async () => {
      const head = await readHead(central);
      const total = await countRows(central, pulledTables, task.clinicId, -1);
      for (const table of pulledTables) {
        const insert = file.inserter(table.name);
        const idAt = table.columns.findIndex(({ name }) => name === 'id');
        const revAt = table.columns.findIndex(({ name }) => name === 'rev');
        await copyTable(central, table, task.clinicId, (row: CopiedRow) => {
          const id = row[idAt] ?? '';
          const rev = Number(row[revAt]);
          insert(row);
          if (rev > (newest?.rev ?? 0)) newest = { table: table.name, id, rev };
          done += 1;
          if (done % 1_000 === 0 && performance.now() - told > progressEveryMs) {
            told = performance.now();
            stalled.refresh();
            tell({ news: 'progress', done, total });
          }
        });
      }
      tell({ news: 'progress', done, total });
      return head;
    }, 'begin isolation level repeatable read read only');
    clearTimeout(stalled);
    await central.close();
    file.finish();
    return { ...position, witness: newest };
  } catch (fault) {
    central.destroy();
    file.discard();
    throw fault;
  }
};

run(workerData as RebuildTask).then(
  (position) => tell({ news: 'done', position }),
  (fault: unknown) =>
    tell({ news: 'failed', message: fault instanceof Error ? fault.message : String(fault) }),
);
