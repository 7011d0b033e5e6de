import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig as centralConfig, PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as replicaConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReplica, type Replica } from '../../src-main/core/replica/open.ts';
import * as centralSchema from '../../src-main/core/schema/central/index.ts';
import * as replicaData from '../../src-main/core/schema/replica/clinic-data.ts';
import * as replicaSchema from '../../src-main/core/schema/replica/index.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../support/central.ts';

/** What desks do not get, beside `clinic_id`: secrets. */
const withheld: Record<string, string[]> = { users: ['hashed_password', 'totp_secret'] };

/** A column as both sides can be asked for it. */
interface Column {
  name: string;
  /** integer, real or text as SQLite keeps it. */
  kind: string;
  required: boolean;
  values: readonly string[] | undefined;
}

/** How SQLite keeps what Postgres has. */
const kinds: [RegExp, string][] = [
  [/^(uuid|text|varchar|char|date|jsonb)/, 'text'],
  [/^timestamp/, 'integer'],
  [/^(boolean|smallint|integer|bigint)/, 'integer'],
  [/^(numeric|double precision)/, 'real'],
];

const kindOf = (sqlType: string): string =>
  kinds.find(([pattern]) => pattern.test(sqlType))?.[1] ?? `unknown: ${sqlType}`;

const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1);

const centralTables = Object.values(centralSchema)
  .filter((value) => is(value, PgTable))
  .map((table) => centralConfig(table));
const replicatedTables = Object.values(replicaData)
  .filter((value) => is(value, SQLiteTable))
  .map((table) => replicaConfig(table));
const replicaTables = Object.values(replicaSchema)
  .filter((value) => is(value, SQLiteTable))
  .map((table) => replicaConfig(table));

let central: TestCentral;
let owner: pg.Client;
let replica: Replica;
let folder: string;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  folder = mkdtempSync(join(tmpdir(), 'anteroom-schema-'));
  const opened = openReplica({
    file: join(folder, 'replica.db'),
    key: Buffer.alloc(32, 1),
    newId: () => crypto.randomUUID(),
  });
  if (!opened.ok) throw new Error(opened.fault);
  replica = opened.replica;
});
afterAll(async () => {
  replica.close();
  rmSync(folder, { recursive: true, force: true });
  await owner.end();
  await central.drop();
});

test('a replica has the tables that central says desks replicate, and no other of the clinic', async () => {
  const { rows } = await owner.query('select name from replicated_tables order by name');
  expect(replicatedTables.map((table) => table.name).sort()).toEqual(rows.map((row) => row.name));
});

test.each(replicatedTables.map((table) => [table.name, table] as const))(
  '%s: the replica has every column of central but the clinic and secrets, of the same kind',
  (name, table) => {
    const source = centralTables.find((candidate) => candidate.name === name);
    const expected: Column[] = (source?.columns ?? [])
      .filter((column) => !['clinic_id', ...(withheld[name] ?? [])].includes(column.name))
      .map((column) => ({
        name: column.name,
        kind: kindOf(column.getSQLType()),
        required: column.notNull,
        values: column.enumValues,
      }));
    const found: Column[] = table.columns.map((column) => ({
      name: column.name,
      kind: column.getSQLType(),
      required: column.notNull,
      values: column.enumValues,
    }));
    // The replica's id is its primary key by itself; central's stands behind the clinic's.
    expect(found.sort(byName)).toEqual(expected.sort(byName));
  },
);

test.each(centralTables.map((table) => [table.name, table] as const))(
  '%s: the live central has the columns that the schema says',
  async (name, table) => {
    const { rows } = await owner.query(
      `select attname as name, attnotnull as required, format_type(atttypid, atttypmod) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      [name],
    );
    const expected = table.columns.map((column) => ({
      name: column.name,
      required: column.notNull,
      type: liveType(column.getSQLType()),
    }));
    expect(rows.sort(byName)).toEqual(expected.sort(byName));
  },
);

/** The name that Postgres itself gives to a type. */
const liveType = (declared: string): string =>
  declared
    .replace(/^varchar/, 'character varying')
    .replace(/^char\(/, 'character(')
    .replace(/^numeric\((\d+), (\d+)\)/, 'numeric($1,$2)')
    .replace(/^timestamp \((\d)\)/, 'timestamp($1)');

test('the live central has no table beside those of the schema and the list of what is replicated', async () => {
  const { rows } = await owner.query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not relispartition`,
  );
  const byHand = [
    'replicated_tables',
    'role_rights',
    'audit_heads',
    'told_events',
    'desk_reports',
    'clinic_histories',
    'desk_bookings',
  ];
  const expected = [...centralTables.map((table) => table.name), ...byHand];
  expect(rows.map((row) => row.name).sort()).toEqual(expected.sort());
});

test.each(replicaTables.map((table) => [table.name, table] as const))(
  '%s: a replica file has the columns that the schema says',
  (name, table) => {
    const rows = replica.db.pragma(`table_xinfo(${name})`) as {
      name: string;
      type: string;
      notnull: number;
      pk: number;
    }[];
    const found = rows.map((row) => ({
      name: row.name,
      kind: row.type.toLowerCase().replace(/ generated always$/, ''),
      required: row.notnull === 1 || row.pk > 0,
    }));
    const expected = table.columns.map((column) => ({
      name: column.name,
      kind: column.getSQLType(),
      required: column.notNull || column.primary,
    }));
    expect(found.sort(byName)).toEqual(expected.sort(byName));
  },
);

test('a desk may read exactly the columns that its replica has, and the clinic', async () => {
  const { desks } = await clinicWithDesks(central.ownerUrl, ['Front']);
  await withClient(desks[0]?.url ?? '', async (desk) => {
    for (const table of replicatedTables) {
      const { rows } = await desk.query(
        `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
           and has_column_privilege(attrelid, attnum, 'select')`,
        [table.name],
      );
      const expected = ['clinic_id', ...table.columns.map((column) => column.name)];
      expect(rows.map((row) => row.name).sort()).toEqual(expected.sort());
    }
  });
});
