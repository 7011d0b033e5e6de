import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { adds, seedBasics, sets, TestStream } from '../support/central-rows.ts';

let central: TestCentral;
const clients: pg.Client[] = [];

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
};

beforeAll(async () => {
  central = await freshCentral();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await central.drop();
});

const writers = 8;
const pushes = 25;

test('eight desks write at once, and a reader that follows rev misses none of their commits', async () => {
  const names = Array.from({ length: writers }, (_, i) => `Desk ${i}`);
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl, names);
  const owner = await connect(central.ownerUrl);
  const before = await head(owner, clinicId);
  let writing = true;
  const write = async (url: string, number: number): Promise<void> => {
    const stream = new TestStream(await connect(url));
    for (let i = 0; i < pushes; i += 1) {
      const id = crypto.randomUUID();
      await stream.push([
        stream.change([adds('patients', { id, first_name: `${number}`, last_name: `${i}` })]),
        stream.change([sets('patients', id, { phone: '1' }, { phone: null })]),
      ]);
    }
  };
  const reader = await connect(desks[0]?.url ?? '');
  const follow = async (): Promise<{ seen: Set<string>; cursor: number }> => {
    const seen = new Set<string>();
    for (let cursor = before; ; ) {
      const last = !writing;
      const { rows } = await reader.query('select id, rev::int as rev from patients where rev > $1', [
        cursor,
      ]);
      for (const row of rows) seen.add(row.id);
      cursor = rows.reduce((most: number, row) => Math.max(most, row.rev), cursor);
      if (last) return { seen, cursor };
    }
  };
  const following = follow();
  await Promise.all(desks.map((desk, number) => write(desk.url, number)));
  writing = false;
  const { seen, cursor } = await following;
  expect(seen.size).toBe(writers * pushes);
  // One number for each push, none left out, whatever the push held.
  expect(cursor).toBe(before + writers * pushes);
  const { rows } = await owner.query(
    'select count(distinct rev)::int as numbers from patients where clinic_id = $1',
    [clinicId],
  );
  expect(rows[0].numbers).toBe(writers * pushes);
});

const head = async (owner: pg.Client, clinicId: string): Promise<number> =>
  (await owner.query('select seq::int as seq from heads where clinic_id = $1', [clinicId])).rows[0].seq;

test('a transaction takes one number, however many rows it touches, and every row of it carries that number', async () => {
  const owner = await connect(central.ownerUrl);
  const { clinicId } = await clinicWithDesks(central.ownerUrl, []);
  const before = await head(owner, clinicId);
  await owner.query('begin');
  const basics = await seedBasics(owner, clinicId);
  await owner.query('update patients set notes = $2 where clinic_id = $1', [clinicId, 'again']);
  await owner.query('commit');
  expect(await head(owner, clinicId)).toBe(before + 1);
  const { rows } = await owner.query(
    `select distinct rev::int as rev from (select rev from patients where clinic_id = $1
       union all select rev from doctor_time_slots where clinic_id = $1
       union all select rev from doctors where clinic_id = $1) touched`,
    [basics.clinicId],
  );
  expect(rows).toEqual([{ rev: before + 1 }]);
});

test('a savepoint that is rolled back does not give its number to another', async () => {
  const owner = await connect(central.ownerUrl);
  const { clinicId } = await clinicWithDesks(central.ownerUrl, []);
  await seedBasics(owner, clinicId);
  const before = await head(owner, clinicId);
  await owner.query('begin');
  await owner.query('savepoint one');
  await owner.query(`update patients set notes = 'gone' where clinic_id = $1`, [clinicId]);
  await owner.query('rollback to one');
  await owner.query(`update patients set notes = 'kept' where clinic_id = $1`, [clinicId]);
  await owner.query('commit');
  expect(await head(owner, clinicId)).toBe(before + 1);
});

test('while one clinic is in the middle of a write, another writes on', async () => {
  const [busy, free] = [
    await clinicWithDesks(central.ownerUrl, ['Busy']),
    await clinicWithDesks(central.ownerUrl, ['Free']),
  ];
  const owner = await connect(central.ownerUrl);
  await owner.query('begin');
  await seedBasics(owner, busy.clinicId);
  const stream = new TestStream(await connect(free.desks[0]?.url ?? ''));
  await stream.client.query('set lock_timeout = 500');
  const change = stream.change([
    adds('patients', { id: crypto.randomUUID(), first_name: 'A', last_name: 'B' }),
  ]);
  expect((await stream.push([change])).outcomes[0]?.outcome).toBe('applied');
  await owner.query('rollback');
});
