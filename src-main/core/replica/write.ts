import type { InferInsertModel } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { ChangeRow, WireRow } from '../../contract/change.ts';
import type { Desk } from '../desk.ts';
import { addToOutbox } from './outbox.ts';
import { putRow, readRow, setColumns } from './rows.ts';
import { fromDriver, replicatedTable, tableName, toDriver, toDriverRow } from './tables.ts';

type Stamped = 'id' | 'rev' | 'createdAt' | 'updatedAt';
type NewRow<T extends SQLiteTable> = Omit<InferInsertModel<T>, Exclude<Stamped, 'id'>> & { id: string };
type SetRow<T extends SQLiteTable> = Partial<Omit<InferInsertModel<T>, Stamped>>;

/** Collects a change while writing its rows. */
export interface ChangeWriter {
  /** Adds a row; `rev` and the stamps are filled in. */
  insert<T extends SQLiteTable>(table: T, row: NewRow<T>): void;
  /** Sets columns of a row; those that already have the value are left out. The row exists. */
  update<T extends SQLiteTable>(table: T, id: string, set: SetRow<T>): void;
}

/** Who does what: `kind` names the command. */
export interface ChangeMeta {
  kind: string;
  actor: string | null;
}

/**
 * Runs `work` as one change: its rows and the outbox entry that carries them to central are committed
 * together or not at all. A change that sets nothing leaves no entry. `work` is synchronous, since the
 * transaction must not outlive it.
 */
export const writeChange = <R>(desk: Desk, meta: ChangeMeta, work: (writer: ChangeWriter) => R): R => {
  const { replica } = desk;
  const at = desk.now();
  const rows: ChangeRow[] = [];
  const writer: ChangeWriter = {
    insert: (table, row) => rows.push(insertRow(desk, tableName(table), row, at)),
    update: (table, id, set) => {
      const changed = updateRow(desk, tableName(table), id, set, at);
      if (changed) rows.push(changed);
    },
  };
  const result = replica.db
    .transaction(() => {
      const value = work(writer);
      if (rows.length > 0) addToOutbox(replica, { changeId: desk.newId(), ...meta, at, rows });
      return value;
    })
    .immediate();
  replica.announce(new Set([...rows.map((row) => row.table), ...(rows.length > 0 ? ['outbox'] : [])]));
  return result;
};

/** Keeps central's version of a row before this desk's first waiting change of it. */
const keepBase = ({ replica }: Desk, table: string, id: string, row: unknown): void => {
  replica
    .statement('insert into base (table_name, row_id, row) values (?, ?, ?) on conflict do nothing')
    .run(table, id, JSON.stringify(row));
};

const insertRow = (desk: Desk, name: string, row: { id: string }, at: string): ChangeRow => {
  const table = replicatedTable(name);
  const wire: WireRow = {};
  for (const [key, value] of Object.entries(row)) {
    const column = table.names.get(key);
    if (column && value !== undefined) wire[column] = value;
  }
  keepBase(desk, name, row.id, null);
  putRow(desk.replica, name, toDriverRow(table, { ...wire, rev: 0, created_at: at, updated_at: at }));
  return { table: name, id: row.id, insert: { ...wire, created_at: at } };
};

const updateRow = (desk: Desk, name: string, id: string, set: object, at: string): ChangeRow | undefined => {
  const table = replicatedTable(name);
  const before = readRow(desk.replica, name, id);
  if (!before) throw new Error(`no row ${id} in ${name}`);
  const change = { set: {} as WireRow, was: {} as WireRow };
  const driver: WireRow = {};
  for (const [key, value] of Object.entries(set)) {
    const column = table.columns.get(table.names.get(key) ?? '');
    if (!column || value === undefined) continue;
    const stored = toDriver(column, value);
    if (stored === before[column.name]) continue;
    change.set[column.name] = value;
    change.was[column.name] = fromDriver(column, before[column.name]);
    driver[column.name] = stored;
  }
  if (Object.keys(driver).length === 0) return undefined;
  keepBase(desk, name, id, before);
  const updatedAt = table.columns.get('updated_at');
  if (updatedAt) driver['updated_at'] = toDriver(updatedAt, at);
  setColumns(desk.replica, name, id, driver);
  return { table: name, id, ...change };
};
