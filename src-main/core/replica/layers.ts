import type { ChangeRow } from '../../contract/change.ts';
import type { Store } from './connection.ts';
import { madeBySql } from './made-before.ts';
import { asCentralHas, overlay, readBase } from './overlay.ts';
import { readRow } from './rows.ts';
import type { DriverRow } from './tables.ts';

/** A change that central has not answered. */
export interface WaitingChange {
  seq: number;
  /** The incarnation that made it, where that was an earlier one. */
  madeBy: string | null;
  rows: readonly ChangeRow[];
}

/** A row after a waiting change, if central applies it. */
export interface RowStep {
  change: WaitingChange;
  row: DriverRow;
}

/** A row that waiting changes touch: as central has it (null: it does not), and after each of them, in order. */
export interface RowHistory {
  id: string;
  base: DriverRow | null;
  steps: RowStep[];
}

/** What waits for central's answer, and what may become of a table's rows by it. */
export interface Waiting {
  changes: WaitingChange[];
  histories: Map<string, RowHistory>;
}

interface StoredLayer {
  seq: number;
  at: number;
  rows: string;
  state: 'waiting' | 'applied';
  appliedRev: number | null;
  madeBy: string | null;
}

const LAYERS = `select o.desk_seq as seq, o.at, o.rows, o.state, o.applied_rev as appliedRev, ${madeBySql('o')} as madeBy
  from outbox o where o.state in ('waiting', 'applied')`;
const ALL_LAYERS = `${LAYERS} order by o.desk_seq`;
const LAYERS_OF_ROW = `${LAYERS} and o.desk_seq in (select desk_seq from outbox_rows where table_name = ? and row_id = ?)
  order by o.desk_seq`;

/**
 * Reads both; with `only`, the changes that touch that row and no others. A change that central has applied and whose commit
 * the replica has not read yet counts as central's.
 */
export const readWaiting = (store: Store, table: string, only?: string): Waiting => {
  const layers = (
    only === undefined ? store.statement(ALL_LAYERS).all() : store.statement(LAYERS_OF_ROW).all(table, only)
  ) as StoredLayer[];
  const waiting: Waiting = { changes: [], histories: new Map() };
  for (const layer of layers) {
    const rows = JSON.parse(layer.rows) as ChangeRow[];
    const change = { seq: layer.seq, madeBy: layer.madeBy, rows };
    if (layer.state === 'waiting') waiting.changes.push(change);
    const ids = new Set(rows.filter((row) => row.table === table).map(({ id }) => id));
    for (const id of ids) add(historyOf(store, waiting, table, id), { ...layer, change }, table);
  }
  return waiting;
};

const historyOf = (store: Store, { histories }: Waiting, table: string, id: string): RowHistory => {
  const known = histories.get(id);
  if (known) return known;
  // A change that is offered again has no base: its row is central's.
  const base = readBase(store, table, id) ?? { row: readRow(store, table, id) ?? null };
  const history: RowHistory = { id, base: asCentralHas(base.row), steps: [] };
  histories.set(id, history);
  return history;
};

const add = (history: RowHistory, layer: StoredLayer & { change: WaitingChange }, table: string): void => {
  const { id, base, steps } = history;
  const isApplied = layer.state === 'applied';
  if (isApplied && Number(base?.['rev'] ?? -1) >= (layer.appliedRev ?? 0)) return;
  const before = isApplied ? base : (steps.at(-1)?.row ?? base);
  const row = overlay(before, layer, table, id);
  if (!row) return;
  if (isApplied) history.base = row;
  else steps.push({ change: layer.change, row });
};
