import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CentralConnection, connectCentral } from '../../src-main/core/central/connect.ts';
import { type Pulled, pull } from '../../src-main/core/central/pull.ts';
import { pulledTables } from '../../src-main/core/sync/tables.ts';
import { clinicWithDesks, withClient } from '../support/central.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

let clinic: SmallClinic;
let desk: CentralConnection;

beforeAll(async () => {
  clinic = await smallClinic();
  const connected = await connectCentral(clinic.desks[0]?.url ?? '', { application: 'test' });
  if (!connected.ok) throw new Error(connected.error.message);
  desk = connected.value;
});
afterAll(async () => {
  await desk.close();
  await clinic.drop();
});

const run = <R extends object>(sql: string, values: unknown[] = []): Promise<R[]> =>
  withClient(clinic.ownerUrl, async (owner) => (await owner.query(sql, values)).rows as R[]);

const read = (cursor: number): Promise<Pulled> => pull(desk, pulledTables, clinic.clinicId, cursor);

const tablesOf = ({ rows }: Pulled): string[] => [...new Set(rows.map(({ table }) => table))].sort();

test('the head knows the last commit of every table that desks read, whatever wrote it', async () => {
  const newest = pulledTables.map(
    ({ name }) => `select '${name}' as name, max(rev)::int as rev from ${name} where clinic_id = $1`,
  );
  const rows = await run<{ name: string; rev: number }>(
    `select * from (${newest.join(' union all ')}) t where rev is not null order by name`,
    [clinic.clinicId],
  );
  const [head] = await run<{ tables: Record<string, number> }>(
    'select tables from heads where clinic_id = $1',
    [clinic.clinicId],
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(head?.tables).toEqual(Object.fromEntries(rows.map(({ name, rev }) => [name, rev])));
});

test('every table that desks read numbers its rows by the trigger that tells the head', async () => {
  const rows = await run<{ name: string }>(
    `select tgrelid::regclass::text as name from pg_trigger where tgfoid = 'stamp_row'::regproc order by name`,
  );
  expect(rows.map(({ name }) => name)).toEqual(pulledTables.map(({ name }) => name).sort());
});

test('a desk reads what changed in tables that had nothing for it before, together with those that had', async () => {
  const { seq } = await read(1);
  expect((await read(seq)).rows).toEqual([]);
  const [patient] = clinic.patients;
  await run('update patients set notes = $1 where id = $2', ['once', patient]);
  const first = await read(seq);
  expect([first.seq, tablesOf(first)]).toEqual([seq + 1, ['patients']]);
  await run('update rooms set sort_order = 7 where id = $1', [clinic.roomId]);
  await run('update patients set notes = $1 where id = $2', ['twice', patient]);
  const second = await read(first.seq);
  expect([second.seq, tablesOf(second)]).toEqual([seq + 3, ['patients', 'rooms']]);
  // From further back, what came between is there too.
  expect(tablesOf(await read(seq))).toEqual(['patients', 'rooms']);
  expect(tablesOf(await read(1))).toContain('doctor_time_slots');
});

test('a commit that falls between two looks is read whole, in the order of commits', async () => {
  const { seq } = await read(1);
  await withClient(clinic.ownerUrl, async (owner) => {
    await owner.query('begin');
    for (const { name } of pulledTables.filter(({ name }) =>
      ['doctors', 'rooms', 'visit_types'].includes(name),
    ))
      await owner.query(`update ${name} set sort_order = 9 where clinic_id = $1`, [clinic.clinicId]);
    await owner.query('commit');
  });
  const pulled = await read(seq);
  expect(tablesOf(pulled)).toEqual(['doctors', 'rooms', 'visit_types']);
  expect(pulled.rows.every(({ rev }) => rev === pulled.seq)).toBe(true);
});

test('a desk hears nothing of another clinic', async () => {
  const { seq } = await read(1);
  const other = await clinicWithDesks(clinic.ownerUrl, ['Elsewhere']);
  await run('update clinics set city = $1 where clinic_id = $2', ['Volos', other.clinicId]);
  expect(await read(seq)).toMatchObject({ seq, rows: [] });
});
