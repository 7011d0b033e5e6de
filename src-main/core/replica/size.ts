import type { Store } from './connection.ts';
import { replicatedTables } from './tables.ts';

/** About how many rows the replica holds, without reading them. */
export const approximateRows = (store: Store): number => {
  let rows = 0;
  for (const name of replicatedTables.keys()) {
    rows += (store.statement(`select max(rowid) from ${name}`).pluck().get() as number | null) ?? 0;
  }
  return rows;
};
