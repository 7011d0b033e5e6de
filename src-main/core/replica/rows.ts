import type { Store } from './connection.ts';
import { indexPatient } from './search.ts';
import { type DriverRow, replicatedTable } from './tables.ts';

/** The hot statements of a table, written once. */
const tableSql = new Map<string, { names: string[]; select: string; upsert: string }>();

const sqlOf = (table: string) => {
  let known = tableSql.get(table);
  if (!known) {
    const names = [...replicatedTable(table).columns.keys()];
    const sets = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
    known = {
      names,
      select: `select ${names.join(', ')} from ${table} where id = ?`,
      upsert: `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})
        on conflict (id) do update set ${sets.join(', ')}`,
    };
    tableSql.set(table, known);
  }
  return known;
};

/** The stored row, or undefined. */
export const readRow = (store: Store, table: string, id: string): DriverRow | undefined =>
  store.statement(sqlOf(table).select).get(id) as DriverRow | undefined;

/** Writes a whole row over whatever stands there, inside the caller's transaction. */
export const putRow = (store: Store, table: string, row: DriverRow): void => {
  const { names, upsert } = sqlOf(table);
  store.statement(upsert).run(names.map((name) => row[name] ?? null));
  if (table === 'patients') indexPatient(store.db, row['id'] as string);
};

/** Sets some columns of a row, inside the caller's transaction. */
export const setColumns = (store: Store, table: string, id: string, set: DriverRow): void => {
  const names = Object.keys(set);
  const sql = `update ${table} set ${names.map((name) => `${name} = ?`).join(', ')} where id = ?`;
  store.statement(sql).run(...Object.values(set), id);
  if (table === 'patients') indexPatient(store.db, id);
};

/** Removes a row, inside the caller's transaction: only for one that central never had. */
export const removeRow = (store: Store, table: string, id: string): void => {
  store.statement(`delete from ${table} where id = ?`).run(id);
  if (table === 'patients') indexPatient(store.db, id);
};
