import type { Replica } from './open.ts';
import { indexPatient } from './search.ts';
import { type DriverRow, replicatedTable } from './tables.ts';

/** The stored row, or undefined. */
export const readRow = (replica: Replica, table: string, id: string): DriverRow | undefined => {
  const columns = [...replicatedTable(table).columns.keys()].join(', ');
  return replica.statement(`select ${columns} from ${table} where id = ?`).get(id) as DriverRow | undefined;
};

/** Writes a whole row over whatever stands there, inside the caller's transaction. */
export const putRow = (replica: Replica, table: string, row: DriverRow): void => {
  const names = [...replicatedTable(table).columns.keys()];
  const sql = `insert or replace into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`;
  replica.statement(sql).run(names.map((name) => row[name] ?? null));
  if (table === 'patients') indexPatient(replica.db, row['id'] as string);
};

/** Sets some columns of a row, inside the caller's transaction. */
export const setColumns = (replica: Replica, table: string, id: string, set: DriverRow): void => {
  const names = Object.keys(set);
  const sql = `update ${table} set ${names.map((name) => `${name} = ?`).join(', ')} where id = ?`;
  replica.statement(sql).run(...Object.values(set), id);
  if (table === 'patients') indexPatient(replica.db, id);
};

/** Removes a row, inside the caller's transaction: only for one that central never had. */
export const removeRow = (replica: Replica, table: string, id: string): void => {
  replica.statement(`delete from ${table} where id = ?`).run(id);
  if (table === 'patients') indexPatient(replica.db, id);
};
