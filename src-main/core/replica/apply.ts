import type { Store } from './connection.ts';
import { setCursor, type Witness } from './desk-state.ts';
import { forgetErased, isErased } from './erased.ts';
import { leaveOutbox } from './outbox.ts';
import { readBase, replaceBase, settleRow } from './overlay.ts';
import { putRow } from './rows.ts';
import type { DriverRow } from './tables.ts';

/** A row as central has it, its values in the file's form. */
export interface CentralRow {
  table: string;
  row: DriverRow;
}

/**
 * Writes rows of central and, with `cursor`, the position that they complete, inside the caller's transaction.
 * A row that a change of this desk touches keeps that change on top. Changes whose commit the cursor passes
 * leave the outbox. What is kept of somebody whom central gives as erased is forgotten. Returns the tables that changed.
 */
export const applyRows = (store: Store, rows: readonly CentralRow[], cursor: number | null): Set<string> => {
  const tables = new Set<string>();
  const touched = anyTouched(store);
  const erased = newlyErased(store, rows);
  for (const { table, row } of rows) {
    tables.add(table);
    if (touched && readBase(store, table, row['id'] as string)) {
      replaceBase(store, table, row);
      settleRow(store, table, row['id'] as string);
    } else putRow(store, table, row);
  }
  if (erased) forgetErased(store);
  if (cursor !== null) {
    setCursor(store, cursor, witnessesOf(rows));
    for (const table of leavePassed(store, cursor)) tables.add(table);
  }
  return tables;
};

/** Lets go of the changes whose commit the replica holds by now. Returns the tables of their rows. */
export const leavePassed = (store: Store, cursor: number): Set<string> => {
  const passed = store
    .statement(`select desk_seq from outbox where state = 'applied' and applied_rev <= ?`)
    .pluck()
    .all(cursor) as number[];
  const tables = leaveOutbox(store, passed);
  if (passed.length > 0) tables.add('outbox');
  return tables;
};

/** Whether central gives somebody as erased whom this replica does not have as such. */
const newlyErased = (store: Store, rows: readonly CentralRow[]): boolean =>
  rows.some(
    ({ table, row }) =>
      table === 'patients' && row['erased_at'] != null && !isErased(store, String(row['id'])),
  );

const anyTouched = (store: Store): boolean =>
  store.statement('select 1 from base limit 1').get() !== undefined;

/** The last rows, newest first. */
const witnessesOf = (rows: readonly CentralRow[]): Witness[] =>
  rows
    .slice(-4)
    .reverse()
    .map(({ table, row: { id, rev, updated_at: updatedAt } }) => ({
      table,
      id: String(id),
      rev: Number(rev),
      updatedAt: Number(updatedAt),
    }));
