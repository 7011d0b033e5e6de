import { createHash } from 'node:crypto';
import pg from 'pg';
import type { WireRow } from '../../../src-main/contract/change.ts';
import type { BenchClinic } from '../setting.ts';
import type { Work } from './work.ts';

/** A desk's work at a clinic. */
export interface DeskWork {
  clinic: BenchClinic;
  works: readonly Work[];
}

/**
 * The same row writes in plain SQL: each change a transaction of one INSERT or UPDATE for each of its rows, by as many
 * connections, on tables with the same indexes and constraints that hold for a row, and nothing else: no triggers, no
 * references, no audit, no order between desks, no reading. Answers milliseconds.
 */
export const plainWrites = async (ownerUrl: string, desks: readonly DeskWork[]): Promise<number> => {
  const owner = await connect(ownerUrl);
  const tables = new Set(
    desks.flatMap(({ works }) => works.flatMap(({ rows }) => rows.map((row) => row.table))),
  );
  await owner.query('create schema plain');
  for (const table of tables) await copyTable(owner, table);
  await owner.query('analyze');
  const clients: pg.Client[] = [];
  for (const _desk of desks) clients.push(await connect(ownerUrl));
  const start = performance.now();
  await Promise.all(desks.map(({ clinic, works }, n) => write(clients[n], clinic.clinicId, works)));
  const ms = performance.now() - start;
  await Promise.all(clients.map((client) => client.end()));
  await owner.query('drop schema plain cascade');
  await owner.end();
  return ms;
};

const copyTable = async (owner: pg.Client, table: string): Promise<void> => {
  const { rows } = await owner.query<{ names: string }>(
    `select string_agg(column_name, ', ') as names from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  );
  const names = rows[0]?.names;
  await owner.query(`create table plain.${table} (like public.${table} including all)`);
  await owner.query(`insert into plain.${table} (${names}) select ${names} from public.${table}`);
};

const write = async (
  client: pg.Client | undefined,
  clinicId: string,
  works: readonly Work[],
): Promise<void> => {
  for (const { rows } of works) {
    await client?.query('begin');
    for (const row of rows) {
      await client?.query(
        'insert' in row
          ? insert(row.table, { clinic_id: clinicId, id: row.id, ...row.insert, rev: 1 })
          : update(row.table, row.set, clinicId, row.id),
      );
    }
    await client?.query('commit');
  }
};

const insert = (table: string, row: WireRow): pg.QueryConfig => {
  const names = Object.keys(row);
  const text = `insert into plain.${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`;
  return { name: shortName(text), text, values: Object.values(row).map(asParameter) };
};

const update = (table: string, set: WireRow, clinicId: string, id: string): pg.QueryConfig => {
  const names = Object.keys(set);
  const text = `update plain.${table} set ${names.map((name, n) => `${name} = $${n + 3}`).join(', ')}
    where clinic_id = $1 and id = $2`;
  return {
    name: shortName(text),
    text,
    values: [clinicId, id, ...Object.values(set).map(asParameter)],
  };
};

/** Postgres knows a prepared statement by 63 letters. */
const shortName = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const asParameter = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

const connect = async (connectionString: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
};
