import { getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import * as clinicData from '../schema/replica/clinic-data.ts';

/** A row as SQLite holds it: snake_case columns, instants as epoch milliseconds, booleans as 0 and 1, JSON as text. */
export type DriverRow = Record<string, unknown>;

/** A replicated table and how its values travel between code, wire and file. */
export interface ReplicatedTable {
  name: string;
  /** The schema's own object, for drizzle. */
  schema: SQLiteTable;
  /** Stored columns by their names in the file; generated ones are left out. */
  columns: ReadonlyMap<string, SQLiteColumn>;
  /** Column names by their names in code. */
  names: ReadonlyMap<string, string>;
}

const describeTable = (table: SQLiteTable): ReplicatedTable => {
  const stored = Object.entries(getTableColumns(table)).filter(([, column]) => !column.generated);
  return {
    name: getTableConfig(table).name,
    schema: table,
    columns: new Map(stored.map(([, column]) => [column.name, column as SQLiteColumn])),
    names: new Map(stored.map(([key, column]) => [key, column.name])),
  };
};

/** Every replicated table by name, in an order in which a row comes after what it refers to. */
export const replicatedTables: ReadonlyMap<string, ReplicatedTable> = new Map(
  Object.values(clinicData)
    .filter((value) => is(value, SQLiteTable))
    .map((table) => describeTable(table))
    .map((table) => [table.name, table]),
);

/** The description of a replicated table; an unknown name is a bug. */
export const replicatedTable = (name: string): ReplicatedTable => {
  const table = replicatedTables.get(name);
  if (!table) throw new Error(`not a replicated table: ${name}`);
  return table;
};

const bySchema = new Map([...replicatedTables.values()].map((table) => [table.schema, table]));

/** The description of a replicated table by the schema's own object; any other object is a bug. */
export const describedTable = (schema: SQLiteTable): ReplicatedTable => {
  const table = bySchema.get(schema);
  if (!table) throw new Error(`not a replicated table: ${getTableConfig(schema).name}`);
  return table;
};

/** One value from the wire or from code, as SQLite stores it. */
export const toDriver = (column: SQLiteColumn, value: unknown): unknown =>
  value === null || value === undefined ? null : column.mapToDriverValue(value);

/** Values by column name, as SQLite stores them; columns that the replica does not have are left out. */
export const toDriverRow = (table: ReplicatedTable, values: Record<string, unknown>): DriverRow => {
  const row: DriverRow = {};
  for (const [name, value] of Object.entries(values)) {
    const column = table.columns.get(name);
    if (column) row[name] = toDriver(column, value);
  }
  return row;
};

/** One stored value as the wire and the code have it. */
export const fromDriver = (column: SQLiteColumn, value: unknown): unknown =>
  value === null || value === undefined ? null : column.mapFromDriverValue(value);

/** How a column's values differ between Postgres and the file. */
export type ColumnKind = 'instant' | 'boolean' | 'json' | 'plain';

/** What stands between Postgres's value of a column and the file's. */
export const columnKind = (column: SQLiteColumn): ColumnKind => {
  if (column.columnType === 'SQLiteCustomColumn') return 'instant';
  if (column.columnType === 'SQLiteBoolean') return 'boolean';
  return column.columnType === 'SQLiteTextJson' ? 'json' : 'plain';
};
