import type { PulledRow, PulledTable } from '../central/pull.ts';
import type { CentralRow } from '../replica/apply.ts';
import { columnKind, replicatedTables } from '../replica/tables.ts';

/** The replicated tables as central is asked for them. */
export const pulledTables: readonly PulledTable[] = [...replicatedTables.values()].map(
  ({ name, columns }) => ({
    name,
    columns: [...columns].map(([column, description]) => ({ name: column, kind: columnKind(description) })),
  }),
);

/** The columns of each table that hold JSON, by table. */
export const jsonColumns: ReadonlyMap<string, readonly string[]> = new Map(
  pulledTables.map(({ name, columns }) => [
    name,
    columns.filter(({ kind }) => kind === 'json').map((column) => column.name),
  ]),
);

/** A pulled row as the file holds it. */
export const toCentralRow = ({ table, row }: PulledRow): CentralRow => {
  for (const column of jsonColumns.get(table) ?? []) {
    if (row[column] !== null) row[column] = JSON.stringify(row[column]);
  }
  return { table, row };
};
