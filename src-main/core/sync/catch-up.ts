import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CentralConnection } from '../central/connect.ts';
import { countRows, type Pulled, pull, pullLimit } from '../central/pull.ts';
import { applyRows } from '../replica/apply.ts';
import { readDeskState } from '../replica/desk-state.ts';
import type { Replica } from '../replica/open.ts';
import { approximateRows } from '../replica/size.ts';
import { slices, wholeCommits } from './slices.ts';
import { pulledTables, toCentralRow } from './tables.ts';

/**
 * `current`: the replica holds all that central had. `far_behind`: building it anew is cheaper, or needed.
 * `other_history`: central's commits are not those that this replica read.
 */
export type CaughtUp = 'current' | 'far_behind' | 'other_history';

/** Slices between two moves of the write-ahead log into the file, so that none of these moves is long. */
const checkpointEvery = 10;

/** Reads and writes what is new at central, a slice at a time. */
export const catchUp = async (central: CentralConnection, replica: Replica): Promise<CaughtUp> => {
  for (;;) {
    const { clinicId, cursor, epoch } = readDeskState(replica);
    if (clinicId === null || cursor === 0) return 'far_behind';
    const pulled = await pull(central, pulledTables, clinicId, cursor);
    if (pulled.epoch !== epoch || pulled.seq < cursor) return 'other_history';
    if (pulled.more && (await isFarBehind(central, replica, clinicId, cursor))) return 'far_behind';
    const rows = pulled.more ? wholeCommits(pulled.rows) : pulled.rows;
    const end = pulled.more ? (rows.at(-1)?.rev ?? cursor) : pulled.seq;
    if (end > cursor) await write(replica, { ...pulled, rows }, end);
    else if (pulled.more) return 'far_behind';
    if (!pulled.more) return 'current';
  }
};

const write = async (replica: Replica, { rows }: Pulled, end: number): Promise<void> => {
  let written = 0;
  for (const slice of slices(rows, end)) {
    if (written > 0) await nextTurn();
    const tables = replica.repeatable(() => applyRows(replica, slice.rows.map(toCentralRow), slice.cursor));
    replica.announce(tables);
    written += 1;
    if (written % checkpointEvery === 0) replica.checkpoint();
  }
};

const isFarBehind = async (
  central: CentralConnection,
  replica: Replica,
  clinicId: string,
  cursor: number,
): Promise<boolean> =>
  (await countRows(central, pulledTables, clinicId, cursor)) >
  Math.max(pullLimit, approximateRows(replica) / 5);
