import type { CallOutput, CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { Desk, Session } from '../../desk.ts';
import { letOthersGo } from '../../let-others-go.ts';
import { type DriverRow, fromDriver, type ReplicatedTable, replicatedTables } from '../../replica/tables.ts';
import { csvLines } from '../csv.ts';

/** Rows that are written before other calls go first. */
const SLICE = 250;

/** Every table that central gives this desk, with how many rows stand here. */
export const exportTables = async ({ replica }: Desk): Promise<CallResult<'exportTables'>> => {
  const tables: CallOutput<'exportTables'> = [];
  for (const name of replicatedTables.keys()) {
    const rows = replica.statement(`select count(*) from ${name}`).pluck().get() as number;
    tables.push({ name, rows });
    await letOthersGo();
  }
  return ok(tables);
};

/**
 * Part of a table as CSV, by id, in the words of the tables: instants as ISO 8601 UTC, lists and objects as JSON.
 * What stands here and central has not answered yet is part of it.
 */
export const exportTable = async (
  desk: Desk,
  _session: Session,
  { table: name, after, limit }: ParsedInput<'exportTable'>,
): Promise<CallResult<'exportTable'>> => {
  const table = replicatedTables.get(name);
  if (!table) return refuse('not_found', { what: 'table', name });
  const columns = [...table.columns.keys()];
  const read = `select ${columns.join(', ')} from ${name} where id > ? order by id limit ?`;
  let text = after === undefined ? csvLines([columns]) : '';
  let count = 0;
  let next: string | null = after ?? '';
  while (next !== null && count < limit) {
    const wanted = Math.min(SLICE, limit - count);
    const rows = desk.replica.statement(read).all(next, wanted) as DriverRow[];
    text += csvLines(rows.map((row) => valuesOf(table, row)));
    count += rows.length;
    next = rows.length === wanted ? String(rows.at(-1)?.['id']) : null;
    await letOthersGo();
  }
  return ok({ text, rows: count, next });
};

const valuesOf = (table: ReplicatedTable, row: DriverRow): unknown[] =>
  [...table.columns].map(([name, column]) => fromDriver(column, row[name]));
