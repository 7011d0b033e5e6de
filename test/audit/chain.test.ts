import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Verdict } from '../../src-main/core/audit/verify.ts';
import { verifyAudit } from '../../src-main/core/central/audit-log.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../support/central.ts';
import { type Basics, seedBasics, sets, TestStream } from '../support/central-rows.ts';
import { must } from '../support/must.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let urls: string[];

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});

/** Each test has a clinic of its own, with a chain of twelve entries. */
beforeEach(async () => {
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front']);
  urls = clinic.desks.map(({ url }) => url);
  basics = await seedBasics(owner, clinic.clinicId);
  await withClient(urls[0] ?? '', async (client) => {
    const stream = new TestStream(client);
    await stream.push(
      Array.from({ length: 12 }, (_, n) =>
        stream.change([
          sets('patients', basics.patients[0], { notes: `${n + 1}` }, { notes: n === 0 ? null : `${n}` }),
        ]),
      ),
    );
  });
});

const verify = async (clinicId = basics.clinicId): Promise<Verdict> => {
  const verdicts: Verdict[] = [];
  must((await verifyAudit(central.ownerUrl, clinicId, ({ verdict }) => verdicts.push(verdict))) as never);
  const [verdict] = verdicts;
  if (!verdict || verdicts.length !== 1) throw new Error(`${verdicts.length} verdicts`);
  return verdict;
};

/** What an owner does who is not stopped by triggers. */
const tamper = async (...statements: string[]): Promise<void> => {
  await owner.query('begin; set local session_replication_role = replica');
  for (const sql of statements)
    await owner.query(sql.replaceAll('$clinic', `clinic_id = '${basics.clinicId}'`));
  await owner.query('commit');
};

test('an untouched chain is whole, with every entry in it', async () => {
  expect(await verify()).toMatchObject({ whole: true, entries: 12, last: { seq: 12 } });
});

test('the chain is whole whatever a desk says of where its head lies', async () => {
  const { clinicId: other } = await clinicWithDesks(central.ownerUrl, ['Front']);
  await owner.query(`insert into audit_log (clinic_id, action, done_at) values ($1, 'first', now())`, [
    other,
  ]);
  const head = await owner.query('select ctid::text as place from audit_heads where clinic_id = $1', [other]);
  const hints = [String(head.rows[0].place), '(999999999,9999)', 'nowhere', "(0,1)'; --"];
  await withClient(urls[0] ?? '', async (client) => {
    const stream = new TestStream(client);
    for (const [n, hint] of hints.entries()) {
      await client.query(`select set_config('anteroom.audit_head', $1, false)`, [hint]);
      const was = n === 0 ? '12' : hints[n - 1];
      await stream.push([
        stream.change([sets('patients', basics.patients[0], { notes: hint }, { notes: was })]),
      ]);
    }
  });
  expect(await verify()).toMatchObject({ whole: true, entries: 12 + hints.length });
  expect(await verify(other)).toMatchObject({ whole: true, entries: 1 });
});

test('entries of a change that was taken back in the middle leave no hole in the chain', async () => {
  await owner.query('begin');
  const add = `insert into audit_log (clinic_id, action, done_at) values ($1, $2, now())`;
  await owner.query(add, [basics.clinicId, 'first']);
  await owner.query('savepoint here');
  for (const action of ['second', 'third']) await owner.query(add, [basics.clinicId, action]);
  await owner.query('rollback to here');
  await owner.query(add, [basics.clinicId, 'fourth']);
  await owner.query('commit');
  expect(await verify()).toMatchObject({ whole: true, entries: 14 });
});

const columns = `clinic_id, change_id, desk_id, actor, action, table_name, row_id, before, after, done_at, arrived_at,
  session_id, salt, content_hash, hash`;
const shiftUp = `update audit_log set seq = seq + 1 where $clinic and seq > 5`;

test.each([
  [
    'an entry that was changed',
    5,
    'changed',
    [`update audit_log set actor = gen_random_uuid() where $clinic and seq = 5`],
  ],
  [
    'what an entry says of its row',
    5,
    'changed',
    [`update audit_log set after = '{"notes": "x"}' where $clinic and seq = 5`],
  ],
  [
    'the time of an entry',
    5,
    'changed',
    [`update audit_log set done_at = done_at - interval '1 day' where $clinic and seq = 5`],
  ],
  [
    'an entry that was changed and hashed again, by the one after it',
    6,
    'changed',
    [
      `update audit_log set action = 'x', hash = sha256('x') where $clinic and seq = 5`,
      `update audit_log a set hash = sha256(p.hash || convert_to(audit_entry_text(a.seq, a.id, a.change_id, a.desk_id, a.actor,
       a.session_id, a.action, a.table_name, a.row_id, a.done_at, a.arrived_at, a.content_hash), 'UTF8'))
     from audit_log p where a.clinic_id = p.clinic_id and a.$clinic and a.seq = 5 and p.seq = 4`,
    ],
  ],
  ['an entry that was taken out', 5, 'removed', ['delete from audit_log where $clinic and seq = 5']],
  [
    'entries that were taken out, the numbers closed over them',
    5,
    'removed',
    [
      'delete from audit_log where $clinic and seq in (5, 6)',
      'update audit_log set seq = seq - 2 where $clinic and seq > 6',
      'update audit_heads set seq = seq - 2 where $clinic',
    ],
  ],
  ['the first entry', 1, 'removed', ['delete from audit_log where $clinic and seq = 1']],
  ['entries taken off the end', 11, 'removed', ['delete from audit_log where $clinic and seq > 10']],
  [
    'entries that central counted and the log does not have',
    13,
    'removed',
    [`update audit_heads set seq = 13 where $clinic`],
  ],
  [
    'an entry that was put in',
    6,
    'inserted',
    [
      shiftUp,
      `insert into audit_log (${columns}, seq) select ${columns}, 6 from audit_log where $clinic and seq = 5`,
      'update audit_heads set seq = seq + 1 where $clinic',
    ],
  ],
  [
    'an entry with a number that is there already',
    5,
    'inserted',
    [`insert into audit_log (${columns}, seq) select ${columns}, 5 from audit_log where $clinic and seq = 5`],
  ],
  [
    'entries that changed places',
    4,
    'reordered',
    [`update audit_log set seq = 4 + 9 - seq where $clinic and seq in (4, 9)`],
  ],
  [
    'neighbours that changed places',
    11,
    'reordered',
    [`update audit_log set seq = 11 + 12 - seq where $clinic and seq in (11, 12)`],
  ],
  [
    'what was taken out with no erasure',
    5,
    'redacted',
    [
      `update audit_log set before = null, after = '{}', salt = null, erased_at = now() where $clinic and seq = 5`,
    ],
  ],
] as const)('names %s', async (_what, seq, kind, statements) => {
  await tamper(...statements);
  expect(await verify()).toEqual({ whole: false, seq, kind });
});
