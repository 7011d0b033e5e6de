import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { type Basics, seedBasics, sets, TestStream } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let streams: TestStream[];
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
afterAll(() => central.drop());

beforeEach(async () => {
  owner = await connect(central.ownerUrl);
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl, ['Front', 'Back', 'Side']);
  basics = await seedBasics(owner, clinicId);
  streams = await Promise.all(desks.map(async ({ url }) => new TestStream(await connect(url))));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
});

/** Columns of a patient, one for each desk, so that none is in another's way. */
const columns = ['city', 'notes', 'address'];

const push = (stream: TestStream, value = 'new', was: string | null = null) => {
  const column = columns[streams.indexOf(stream)] ?? '';
  return stream.push([
    stream.change([sets('patients', basics.patients[0], { [column]: value }, { [column]: was })]),
  ]);
};

test('desks that push while another one does stand in one queue, on a row that no push changes', async () => {
  const [busy, ...others] = streams;
  await busy?.client.query('begin');
  if (busy) await push(busy);
  const waiting = others.map((other) => push(other));
  const queue = `select locktype, relation::regclass::text as "table" from pg_locks
    where not granted and pid = any ($1) order by locktype`;
  const pids = await Promise.all(
    others.map(({ client }) =>
      owner.query('select pid from pg_stat_activity where usename = $1', [client.user]),
    ),
  );
  const locks = async () =>
    (await owner.query(queue, [pids.flatMap(({ rows }) => rows.map((row) => row.pid))])).rows;
  await expect.poll(locks).toEqual([
    { locktype: 'transactionid', table: null },
    { locktype: 'tuple', table: 'clinics' },
  ]);
  await busy?.client.query('commit');
  const replies = await Promise.all(waiting);
  expect(replies.flatMap(({ outcomes }) => outcomes.map(({ outcome }) => outcome))).toEqual([
    'applied',
    'applied',
  ]);
});

test('a desk that connects to a new clinic reads no table whole later, when the clinic has grown', async () => {
  const [first] = streams;
  const reads = `select relname, seq_scan from pg_stat_user_tables
    where relname in ('changes', 'streams', 'heads', 'audit_heads', 'patients')`;
  // As autovacuum does sooner or later, and the loading of a sample at its end.
  await owner.query('analyze');
  if (first) await push(first, '0');
  await first?.client.query('select pg_stat_force_next_flush()');
  const before = (await owner.query(reads)).rows;
  for (let n = 0; n < 5; n += 1) if (first) await push(first, `${n + 1}`, `${n}`);
  await first?.client.query('select pg_stat_force_next_flush()');
  expect((await owner.query(reads)).rows).toEqual(before);
});
