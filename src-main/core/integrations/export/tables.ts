import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { Desk, Session } from '../../desk.ts';
import { type DriverRow, fromDriver, type ReplicatedTable, replicatedTables } from '../../replica/tables.ts';
import { csvLines } from './csv.ts';

/** Every table that central gives this desk, with how many rows stand here. */
export const exportTables = ({ replica }: Desk): CallResult<'exportTables'> =>
  ok(
    [...replicatedTables.keys()].map((name) => ({
      name,
      rows: replica.statement(`select count(*) from ${name}`).pluck().get() as number,
    })),
  );

/**
 * Part of a table as CSV, by id, in the words of the tables: instants as ISO 8601 UTC, lists and objects as JSON.
 * What stands here and central has not answered yet is part of it.
 */
export const exportTable = (
  desk: Desk,
  _session: Session,
  { table: name, after, limit }: ParsedInput<'exportTable'>,
): CallResult<'exportTable'> => {
  const table = replicatedTables.get(name);
  if (!table) return refuse('not_found', { what: 'table', name });
  const rows = desk.replica
    .statement(`select ${[...table.columns.keys()].join(', ')} from ${name} where id > ? order by id limit ?`)
    .all(after ?? '', limit) as DriverRow[];
  const head = after === undefined ? [[...table.columns.keys()]] : [];
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return ok({
    text: csvLines([...head, ...rows.map((row) => valuesOf(table, row))]),
    rows: rows.length,
    next: last ? String(last['id']) : null,
  });
};

const valuesOf = (table: ReplicatedTable, row: DriverRow): unknown[] =>
  [...table.columns].map(([name, column]) => fromDriver(column, row[name]));
