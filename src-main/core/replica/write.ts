import type { InferInsertModel } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { ChangeRow, WireRow } from '../../contract/change.ts';
import type { Desk } from '../desk.ts';
import { addToOutbox, type NewChange, type Proof } from './outbox.ts';
import { putRow, readRow, setColumns } from './rows.ts';
import { changeMessage } from './signed.ts';
import {
  type DriverRow,
  describedTable,
  fromDriver,
  type ReplicatedTable,
  replicatedTable,
  toDriver,
  toDriverRow,
} from './tables.ts';

type Stamped = 'id' | 'rev' | 'createdAt' | 'updatedAt';
/** Kept by central's triggers; desks may not set them. */
type KeptByCentral = 'rating' | 'reviewCount' | 'nextAvailableSlot';
type NewRow<T extends SQLiteTable> = Omit<InferInsertModel<T>, Exclude<Stamped, 'id'> | KeptByCentral> & {
  id: string;
};
type SetRow<T extends SQLiteTable> = Partial<Omit<InferInsertModel<T>, Stamped | KeptByCentral>>;

/** Collects a change while writing its rows. */
export interface ChangeWriter {
  /** Adds a row; `rev` and the stamps are filled in. */
  insert<T extends SQLiteTable>(table: T, row: NewRow<T>): void;
  /** Sets columns of a row; those that already have the value are left out. The row exists. */
  update<T extends SQLiteTable>(table: T, id: string, set: SetRow<T>): void;
  /**
   * Sets columns of a row without keeping what they were, for values that are to be forgotten: the change says that they
   * are so already, and central must have set them so by a rule of its own before it comes to this row.
   */
  overwrite<T extends SQLiteTable>(table: T, id: string, set: SetRow<T>): void;
  /** Writes a row of an earlier change again, on top of what stands now. A row that it sets exists. */
  repeat(row: ChangeRow): void;
}

/** Who does what: `kind` names the command. */
export interface ChangeMeta {
  kind: string;
  actor: string | null;
  /** The lease under which a run of an integration writes, as `source/number`: central refuses it once another has it. */
  fence?: string;
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
  const insert = (table: ReplicatedTable, id: string, values: WireRow) => {
    rows.push(insertRow(desk, table, id, values, at));
  };
  const update = (table: ReplicatedTable, id: string, values: WireRow) => {
    const changed = updateRow(desk, table, id, values, at);
    if (changed) rows.push(changed);
  };
  const writer: ChangeWriter = {
    insert: (schema, row) => {
      const table = describedTable(schema);
      insert(table, row.id, toWire(table, row));
    },
    update: (schema, id, set) => {
      const table = describedTable(schema);
      update(table, id, toWire(table, set));
    },
    overwrite: (schema, id, set) => {
      const table = describedTable(schema);
      const values = toWire(table, set);
      if (updateRow(desk, table, id, values, at))
        rows.push({ table: table.name, id, set: values, was: values });
    },
    repeat: (row) => {
      const table = replicatedTable(row.table);
      if ('insert' in row) insert(table, row.id, row.insert);
      else update(table, row.id, row.set);
    },
  };
  const result = replica.transact(() => {
    const value = work(writer);
    if (rows.length > 0) {
      const change = { changeId: desk.newId(), ...meta, at, rows };
      addToOutbox(replica, change, (rowsText) => sign(desk, change, rowsText));
    }
    return value;
  });
  replica.announce(new Set([...rows.map((row) => row.table), ...(rows.length > 0 ? ['outbox'] : [])]));
  return result;
};

/** The actor's signature, where the actor is signed in here. */
const sign = (desk: Desk, { actor, ...change }: NewChange, rowsText: string): Proof | null => {
  if (actor === null || !desk.sign) return null;
  // As it comes back out of the outbox, which keeps milliseconds.
  const at = new Date(Date.parse(change.at)).toISOString();
  return desk.sign(actor, (session) => changeMessage({ ...change, actor, at, rowsText }, session));
};

/** Keeps central's version of a row before this desk's first waiting change of it. */
const keepBase = ({ replica }: Desk, table: string, id: string, row: unknown): void => {
  replica
    .statement('insert into base (table_name, row_id, row) values (?, ?, ?) on conflict do nothing')
    .run(table, id, JSON.stringify(row));
};

/** Values by column name; those that are undefined or no stored column are left out. */
const toWire = (table: ReplicatedTable, values: object): WireRow => {
  const wire: WireRow = {};
  for (const [key, value] of Object.entries(values)) {
    const column = table.names.get(key);
    if (column && value !== undefined) wire[column] = value;
  }
  return wire;
};

const insertRow = (
  desk: Desk,
  table: ReplicatedTable,
  id: string,
  values: WireRow,
  at: string,
): ChangeRow => {
  const { name } = table;
  keepBase(desk, name, id, null);
  putRow(desk.replica, name, toDriverRow(table, { ...values, rev: 0, created_at: at, updated_at: at }));
  return { table: name, id, insert: { ...values, created_at: at } };
};

const updateRow = (
  desk: Desk,
  table: ReplicatedTable,
  id: string,
  values: WireRow,
  at: string,
): ChangeRow | undefined => {
  const { name } = table;
  const before = readRow(desk.replica, name, id);
  if (!before) throw new Error(`no row ${id} in ${name}`);
  const change = { set: {} as WireRow, was: {} as WireRow };
  const driver: DriverRow = {};
  for (const [key, value] of Object.entries(values)) {
    const column = table.columns.get(key);
    if (!column) continue;
    const stored = toDriver(column, value);
    if (stored === before[key]) continue;
    change.set[key] = value;
    change.was[key] = fromDriver(column, before[key]);
    driver[key] = stored;
  }
  if (Object.keys(driver).length === 0) return undefined;
  keepBase(desk, name, id, before);
  const updatedAt = table.columns.get('updated_at');
  if (updatedAt) driver['updated_at'] = toDriver(updatedAt, at);
  setColumns(desk.replica, name, id, driver);
  return { table: name, id, ...change };
};
