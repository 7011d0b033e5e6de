import type { Store } from './connection.ts';
import { indexPatient, searchedColumns } from './search.ts';
import { type DriverRow, replicatedTable } from './tables.ts';

/** Columns that central alone fills and that may not be empty: what they are in a row that central has not seen yet. */
const beforeCentral: Record<string, DriverRow> = { doctors: { rating: 0, review_count: 0 } };

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
  const id = row['id'] as string;
  const before = searched(store, table, id);
  store.statement(upsert).run(names.map((name) => row[name] ?? beforeCentral[table]?.[name] ?? null));
  if (!isSearchedAs(store, table, id, before)) index(store, table, id);
};

/** Sets some columns of a row, inside the caller's transaction. */
export const setColumns = (store: Store, table: string, id: string, set: DriverRow): void => {
  const names = Object.keys(set);
  const sql = `update ${table} set ${names.map((name) => `${name} = ?`).join(', ')} where id = ?`;
  const before = searched(store, table, id);
  store.statement(sql).run(...Object.values(set), id);
  if (!isSearchedAs(store, table, id, before)) index(store, table, id);
};

/** Removes a row, inside the caller's transaction: only for one that central never had. */
export const removeRow = (store: Store, table: string, id: string): void => {
  const keptId = table === 'patient_merges' ? keptOf(store, id) : undefined;
  store.statement(`delete from ${table} where id = ?`).run(id);
  if (keptId === undefined) index(store, table, id);
  else indexPatient(store.db, keptId);
};

const selectSearched = `select json_array(${searchedColumns.join(', ')}) from patients where id = ?`;

/** What a patient's row gives to the search; undefined for other rows and for one that is not there. */
const searched = (store: Store, table: string, id: string): string | undefined =>
  table === 'patients' ? (store.statement(selectSearched).pluck().get(id) as string | undefined) : undefined;

/** Whether the row is a patient that is found by the same as `before`: the index, which costs more than the row, may stay. */
const isSearchedAs = (store: Store, table: string, id: string, before: string | undefined): boolean =>
  before !== undefined && searched(store, table, id) === before;

/** A patient is found by what all of the patient's records say, so a merge changes the index too. */
const index = (store: Store, table: string, id: string): void => {
  const patientId = table === 'patients' ? id : table === 'patient_merges' ? keptOf(store, id) : undefined;
  if (patientId !== undefined) indexPatient(store.db, patientId);
};

const keptOf = (store: Store, mergeId: string): string | undefined =>
  store.statement('select kept_id from patient_merges where id = ?').pluck().get(mergeId) as
    | string
    | undefined;
