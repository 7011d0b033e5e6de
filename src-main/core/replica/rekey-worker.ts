import { closeSync, fsyncSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { Connection, encryptionKey } from './connection.ts';
import type { Position } from './desk-state.ts';
import { readDeskState } from './desk-state.ts';
import { removeDatabase } from './open.ts';
import { asCentralHas } from './overlay.ts';
import { putRow, removeRow } from './rows.ts';
import type { DriverRow } from './tables.ts';

/** What the thread is started with. */
export interface RekeyTask {
  file: string;
  key: Uint8Array;
  /** Where the copy goes, and its key. */
  to: string;
  newKey: Uint8Array;
}

/** What it tells at its end: which commit of central the copy holds, or why there is none. */
export type RekeyNews = { news: 'done'; position: Position } | { news: 'failed'; message: string };

/** What the swap carries over as it then stands. */
const ownTables = [
  'desk_state',
  'outbox',
  'outbox_rows',
  'base',
  'acknowledged',
  'refusals',
  'desk_settings',
  'undone',
  'audit_events',
  'import_runs',
  'import_findings',
];

/**
 * Writes the whole replica once more, under another key and without free pages, as a rebuild from central would leave
 * it: central's rows as far as they were read, and nothing of this desk's own.
 */
const run = (task: RekeyTask): Position => {
  removeDatabase(task.to);
  const from = new Connection(task.file, Buffer.from(task.key));
  try {
    from.db.prepare('vacuum into ?').run(task.to);
    // Moved here and not on the desk's own thread when it closes this file.
    from.checkpoint();
  } finally {
    from.close();
  }
  const copy = new Connection(task.to, Buffer.from(task.key));
  try {
    // Brought to the disk once, at the end: a crash throws it away, and what is saved here meanwhile need not wait.
    copy.db.pragma('synchronous = OFF');
    const { epoch, cursor, witness } = readDeskState(copy);
    copy.db.transaction(() => {
      takeOff(copy);
      for (const table of ownTables) copy.db.exec(`delete from ${table}`);
    })();
    // Nothing of it is kept under the key that it was copied with.
    copy.db.pragma('journal_mode = DELETE');
    copy.db.rekey(encryptionKey(Buffer.from(task.newKey)));
    return { epoch, seq: cursor, witness };
  } finally {
    copy.close();
    const handle = openSync(task.to, 'r+');
    fsyncSync(handle);
    closeSync(handle);
  }
};

/** Takes this desk's waiting changes off the rows that they touch. */
const takeOff = (copy: Connection): void => {
  const touched = copy.statement('select table_name as tableName, row_id as id, row from base').all() as {
    tableName: string;
    id: string;
    row: string | null;
  }[];
  for (const { tableName, id, row } of touched) {
    const central = asCentralHas(JSON.parse(row ?? 'null') as DriverRow | null);
    if (central) putRow(copy, tableName, central);
    else removeRow(copy, tableName, id);
  }
};

const tell = (news: RekeyNews): void => parentPort?.postMessage(news);

try {
  tell({ news: 'done', position: run(workerData as RekeyTask) });
} catch (fault) {
  tell({ news: 'failed', message: fault instanceof Error ? fault.message : String(fault) });
}
