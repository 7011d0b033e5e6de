import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshCentral, type TestCentral } from '../support/central.ts';
import { promised, promisedIndexes, promisedReferences, promisedValues } from './promised.ts';

let central: TestCentral;
let owner: pg.Client;
beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});

const words = (text: string): string[] => text.trim().split(/\s+/);
const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

const columns = async (): Promise<Set<string>> => {
  const { rows } = await owner.query(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
  );
  return new Set(rows.map((row) => row.name));
};

test.each(
  Object.entries(promised).flatMap(([source, tables]) =>
    Object.entries(tables).map(([table, names]) => ({ source, table, names })),
  ),
)('every column of $source $table has its place in central', async ({ table, names }) => {
  const live = await columns();
  const missing = words(names).filter((name) => {
    const place = name.split('=').at(-1) ?? '';
    return !live.has(place.includes('.') ? place : `${table}.${place}`);
  });
  expect(missing).toEqual([]);
});

test('every index of the three schemas is there, each led by the clinic', async () => {
  const { rows } = await owner.query(
    `select i.indrelid::regclass::text as table, i.indisunique as unique,
       (select array_agg(regexp_replace(pg_get_indexdef(i.indexrelid, k, true), '^lower\\((\\w+).*$', '\\1') order by k)
        from generate_series(1, i.indnkeyatts) k) as columns
     from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace`,
  );
  const live: { table: string; unique: boolean; columns: string[] }[] = rows.map((row) => ({
    ...row,
    columns: row.columns
      .map((column: string) => column.replaceAll('"', ''))
      .filter((column: string) => column !== 'clinic_id'),
  }));
  const missing = lines(promisedIndexes).filter((line) => {
    const [table = '', list = ''] = line.replace(' !', '').split(': ');
    const unique = line.endsWith('!');
    return !live.some(
      (index) =>
        index.table === table &&
        index.columns.slice(0, words(list).length).join(' ') === list &&
        (!unique || (index.unique && index.columns.length === words(list).length)),
    );
  });
  expect(missing).toEqual([]);
});

test('every reference of the three schemas is there, and none lets a row disappear', async () => {
  const { rows } = await owner.query(
    `select k.conrelid::regclass || '.' || a.attname || ' > ' || k.confrelid::regclass as name, k.confdeltype as on_delete
     from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[array_upper(k.conkey, 1)]
     where k.contype = 'f'`,
  );
  const live = rows.map((row) => row.name);
  expect(lines(promisedReferences).filter((line) => !live.includes(line))).toEqual([]);
  expect(rows.filter((row) => row.on_delete !== 'r')).toEqual([]);
});

test.each(Object.entries(promisedValues))(
  '%s takes each value that the sources have',
  async (column, values) => {
    const [table, name] = column.split('.');
    const { rows } = await owner.query(
      `select string_agg(pg_get_constraintdef(oid), ' ') as checks from pg_constraint
     where contype = 'c' and conrelid = $1::regclass and pg_get_constraintdef(oid) ~ ('\\m' || $2 || '\\M')`,
      [table, name],
    );
    for (const value of words(values)) expect(rows[0].checks).toContain(`'${value}'`);
  },
);

test("an administrator's row reads the same under both names", async () => {
  const clinicId = crypto.randomUUID();
  await owner.query(`insert into clinics (clinic_id, id, name) values ($1, $1, 'C')`, [clinicId]);
  await owner.query(
    `insert into users (clinic_id, id, email, username, display_name, hashed_password, role)
     values ($1, gen_random_uuid(), 'a@b.c', 'root', 'R', 'hash', 'admin'),
            ($1, gen_random_uuid(), 'd@b.c', 'desk', 'D', 'hash', 'receptionist')`,
    [clinicId],
  );
  const { rows } = await owner.query('select username, password_hash from admins');
  expect(rows).toEqual([{ username: 'root', password_hash: 'hash' }]);
  expect((await owner.query('select version from schema_migrations')).rowCount).toBeGreaterThan(2);
});
