import type { ChangeRow } from '../../contract/change.ts';
import type { Store } from './connection.ts';
import { putRow, removeRow } from './rows.ts';
import { type DriverRow, replicatedTable, toDriverRow } from './tables.ts';

/** The number of a row below this desk's changes that central had in a history that is gone, and does not have now. */
const lostRev = -2;

/** A row that central lost, as what the changes on it stand on until central answers them. */
export const asLost = (row: DriverRow): DriverRow => ({ ...row, rev: lostRev });

/** What central has of a row that stands below this desk's changes. */
export const asCentralHas = (below: DriverRow | null): DriverRow | null =>
  below?.['rev'] === lostRev ? null : below;

/** One change of this desk as it stands in the outbox. */
interface Layer {
  rows: string;
  at: number;
}

/** Central's version below this desk's changes of a row, also one that it lost; undefined where no change touches it. */
export const readBase = (store: Store, table: string, id: string): { row: DriverRow | null } | undefined => {
  const stored = store.statement('select row from base where table_name = ? and row_id = ?').get(table, id) as
    | { row: string | null }
    | undefined;
  return stored && { row: JSON.parse(stored.row ?? 'null') as DriverRow | null };
};

/** Notes central's newer version of a row that a change of this desk touches. */
export const replaceBase = (store: Store, table: string, row: DriverRow): void => {
  store
    .statement('update base set row = ? where table_name = ? and row_id = ?')
    .run(JSON.stringify(row), table, row['id']);
};

/**
 * Writes a touched row as it must be shown: central's version with the changes on top, in order, that central
 * has not answered or whose commit that version is older than. Without any change left the base goes.
 */
export const settleRow = (store: Store, table: string, id: string): void => {
  const base = readBase(store, table, id);
  if (!base) return;
  const layers = store
    .statement(
      `select o.rows, o.at from outbox_rows r join outbox o on o.desk_seq = r.desk_seq
       where r.table_name = ? and r.row_id = ? and (o.state = 'waiting' or o.applied_rev > ?)
       order by o.desk_seq`,
    )
    .all(table, id, base.row?.['rev'] ?? -1) as Layer[];
  const below = layers.length > 0 ? base.row : asCentralHas(base.row);
  const shown = layers.reduce((row, layer) => overlay(row, layer, table, id), below);
  if (shown) putRow(store, table, shown);
  else removeRow(store, table, id);
  store
    .statement(
      `delete from base where table_name = @table and row_id = @id
         and not exists (select 1 from outbox_rows where table_name = @table and row_id = @id)`,
    )
    .run({ table, id });
};

/** A row with one more change on top; null where there is none to set. */
export const overlay = (
  row: DriverRow | null,
  { rows, at }: Layer,
  table: string,
  id: string,
): DriverRow | null => {
  const description = replicatedTable(table);
  for (const change of JSON.parse(rows) as ChangeRow[]) {
    if (change.table !== table || change.id !== id) continue;
    if ('insert' in change) {
      // Where central has the row already it has this change too, and perhaps later ones of others.
      row ??= { ...toDriverRow(description, change.insert), id, rev: 0, updated_at: at };
    } else if (row) {
      row = { ...row, ...toDriverRow(description, change.set) };
      if (description.columns.has('updated_at')) row['updated_at'] = at;
    }
  }
  return row;
};
