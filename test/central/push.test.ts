import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../src-main/contract/change.ts';
import { disableDesk } from '../../src-main/core/central/desk-admin.ts';
import { clinicWithDesks, freshCentral, type TestCentral, type TestDesk } from '../support/central.ts';
import {
  adds,
  appointmentOf,
  type Basics,
  seedBasics,
  sets,
  slotStart,
  TestStream,
} from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let desks: TestDesk[];
let first: TestStream;
let second: TestStream;
const clients: pg.Client[] = [];

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
};

beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

/** Each test has a clinic of its own. */
beforeEach(async () => {
  owner = await connect(central.ownerUrl);
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front', 'Back']);
  desks = clinic.desks;
  basics = await seedBasics(owner, clinic.clinicId);
  first = new TestStream(await connect(desks[0]?.url ?? ''));
  second = new TestStream(await connect(desks[1]?.url ?? ''));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
});

/** How many rows of this clinic a table has. */
const count = async (table: string): Promise<number> => {
  const { rows } = await owner.query(`select count(*)::int as rows from ${table} where clinic_id = $1`, [
    basics.clinicId,
  ]);
  return rows[0].rows;
};

const onlyOutcome = (outcomes: Outcome[]): Outcome => {
  const [outcome] = outcomes;
  if (!outcome || outcomes.length !== 1) throw new Error(`${outcomes.length} outcomes`);
  return outcome;
};

const patient = (): string => basics.patients[0];

test('a change is applied once, however often it is sent, and each answer is the same', async () => {
  const change = first.change([adds('appointments', appointmentOf(basics, 0, 0))], { kind: 'book' });
  const reply = await first.push([change]);
  expect(reply).toMatchObject({
    status: 'ok',
    next_seq: 2,
    outcomes: [{ outcome: 'applied', refusal: null }],
  });
  const again = await first.push([change]);
  expect(again.outcomes).toEqual(reply.outcomes);
  expect(again).toMatchObject({ status: 'ok', next_seq: 2, rev: reply.rev });
  expect(await count('appointments')).toBe(1);
  expect(await count('changes')).toBe(1);
});

test('a reply lost on the way costs nothing: the rest of the queue is sent behind the change that was applied', async () => {
  const one = first.change([sets('patients', patient(), { notes: 'one' }, { notes: null })]);
  const two = first.change([sets('patients', patient(), { notes: 'two' }, { notes: 'one' })]);
  await first.push([one]);
  const reply = await first.push([one, two]);
  expect(reply.outcomes.map((outcome) => outcome.outcome)).toEqual(['applied', 'applied']);
  expect(reply.next_seq).toBe(3);
});

test('the two desks of a copied replica do not pass for one: a number used twice is answered with forked', async () => {
  const mine = first.change([sets('patients', patient(), { notes: 'mine' }, { notes: null })]);
  const copy = {
    ...mine,
    change_id: basics.locationId,
    rows: [sets('patients', patient(), { notes: 'copy' }, { notes: null })],
  };
  await first.push([mine]);
  const reply = await first.push([copy]);
  expect(reply).toMatchObject({ status: 'forked', next_seq: 2, outcomes: [] });
  expect(await count('changes')).toBe(1);
  // Under a new incarnation, renumbered and with the same ids, nothing is applied twice and nothing is lost.
  second.incarnation = basics.rooms[0];
  first.incarnation = basics.rooms[1];
  const renumbered = await first.push([mine, { ...copy, desk_seq: 2 }]);
  expect(renumbered.outcomes.map((outcome) => outcome.outcome)).toEqual(['applied', 'refused']);
  expect(renumbered.next_seq).toBe(3);
});

test('a missing number is answered with gap, and nothing behind it is applied', async () => {
  first.nextSeq = 3;
  const reply = await first.push([
    first.change([sets('patients', patient(), { notes: 'x' }, { notes: null })]),
  ]);
  expect(reply).toMatchObject({ status: 'gap', next_seq: 1, outcomes: [] });
  expect(await count('changes')).toBe(0);
});

test('a desk that knows another history of central is told so and nothing is applied', async () => {
  for (const epoch of ['', 'another']) {
    const reply = await first.push([], { epoch: epoch || 'x' });
    expect(reply).toMatchObject({ status: 'wrong_epoch', outcomes: [] });
    expect(reply.epoch).toBe(first.epoch);
  }
  const { rows } = await first.client.query(`select push(null, gen_random_uuid(), 2, '[]') as reply`);
  expect(rows[0].reply.status).toBe('wrong_epoch');
});

test('a database restored beside the first has a history of its own', async () => {
  const other = await freshCentral();
  const clinic = await clinicWithDesks(other.ownerUrl, ['Front']);
  const desk = await connect(clinic.desks[0]?.url ?? '');
  const theirs = (await desk.query('select whoami() as me')).rows[0].me.epoch;
  await first.push([]);
  expect(theirs).not.toBe(first.epoch);
  await desk.end();
  await other.drop();
});

test('a desk too old for central may not push, and one that names no version is too old', async () => {
  expect((await first.push([], { version: 0 })).status).toBe('too_old');
  const { rows } = await first.client.query(`select push($1, $2, null, '[]') as reply`, [
    first.epoch,
    first.incarnation,
  ]);
  expect(rows[0].reply.status).toBe('too_old');
});

test('a disabled desk is told so, and reads nothing more', async () => {
  await disableDesk(central.ownerUrl, desks[0]?.deskId ?? '');
  expect((await first.push([])).status).toBe('disabled');
  expect((await first.client.query('select whoami() as me')).rows[0].me.disabled).toBe(true);
  expect((await first.client.query('select id from patients')).rows).toEqual([]);
});

test('two desks change different columns of one patient: both stay', async () => {
  await first.push([first.change([sets('patients', patient(), { phone: '1' }, { phone: '2101234567' })])]);
  const reply = await second.push([
    second.change([sets('patients', patient(), { city: 'Volos' }, { city: null })]),
  ]);
  expect(onlyOutcome(reply.outcomes).outcome).toBe('applied');
  const { rows } = await owner.query('select phone, city from patients where id = $1', [patient()]);
  expect(rows).toEqual([{ phone: '1', city: 'Volos' }]);
});

test('two desks change one column: the second is refused and told both values, the row, who and when', async () => {
  const change = first.change([sets('patients', patient(), { phone: '1' }, { phone: '2101234567' })]);
  await first.push([change]);
  const reply = await second.push([
    second.change([
      sets('patients', patient(), { phone: '2', city: 'Volos' }, { phone: '2101234567', city: null }),
    ]),
  ]);
  expect(onlyOutcome(reply.outcomes)).toMatchObject({
    outcome: 'refused',
    refusal: {
      code: 'clash',
      table: 'patients',
      row_id: patient(),
      columns: [{ column: 'phone', mine: '2', theirs: '1', was: '2101234567' }],
      theirs: { phone: '1', city: null },
      by: { desk: 'Front', at: expect.stringContaining('2026-11-24T08:00:00') },
    },
  });
});

test('two desks set one column to the same value: both are done', async () => {
  const set = sets('patients', patient(), { phone: '1' }, { phone: '2101234567' });
  await first.push([first.change([set])]);
  const reply = await second.push([second.change([set])]);
  expect(onlyOutcome(reply.outcomes).outcome).toBe('applied');
});

test('two desks check the same patient in: no clash, and the first arrival time stands', async () => {
  const row = appointmentOf(basics, 0, 0);
  await first.push([first.change([adds('appointments', row)])]);
  const arrive = (at: string) =>
    sets(
      'appointments',
      row.id,
      { status: 'arrived', arrived_at: at },
      { status: 'scheduled', arrived_at: null },
    );
  await first.push([first.change([arrive('2026-11-24T06:50:00.000Z')])]);
  const reply = await second.push([second.change([arrive('2026-11-24T06:51:00.000Z')])]);
  expect(onlyOutcome(reply.outcomes).outcome).toBe('applied');
  const { rows } = await owner.query('select arrived_at from appointments where id = $1', [row.id]);
  expect(rows[0].arrived_at.toISOString()).toBe('2026-11-24T06:50:00.000Z');
});

test('a slot that two desks booked is kept by one; the other is told which appointment is in the way and whose', async () => {
  const kept = appointmentOf(basics, 0, 0);
  await first.push([first.change([adds('appointments', kept)], { kind: 'book' })]);
  const reply = await second.push([
    second.change([adds('appointments', appointmentOf(basics, 0, 0, { patient_id: basics.patients[1] }))]),
  ]);
  expect(onlyOutcome(reply.outcomes)).toMatchObject({
    outcome: 'refused',
    refusal: {
      code: 'taken',
      constraint: 'appointments_one_live_per_slot',
      theirs: { id: kept.id, patient_id: patient() },
      by: { desk: 'Front' },
    },
  });
});

test('an appointment in the way by its times, or by its room, is found too', async () => {
  const room = { room_id: basics.rooms[0] };
  const kept = appointmentOf(basics, 0, 0, { ends_at: slotStart(2), ...room });
  await first.push([first.change([adds('appointments', kept)])]);
  const tries = [appointmentOf(basics, 0, 1), appointmentOf(basics, 1, 1, room)];
  for (const row of tries) {
    const reply = await second.push([second.change([adds('appointments', row)])]);
    expect(onlyOutcome(reply.outcomes).refusal).toMatchObject({ code: 'taken', theirs: { id: kept.id } });
  }
});

test('moving an appointment onto a taken slot is refused with the one in the way, and it stays where it was', async () => {
  const [kept, moved] = [appointmentOf(basics, 0, 0), appointmentOf(basics, 0, 1)];
  await first.push([first.change([adds('appointments', kept), adds('appointments', moved)])]);
  const target = { slot_id: kept['slot_id'], scheduled_at: slotStart(0), ends_at: slotStart(1) };
  const was = { slot_id: moved['slot_id'], scheduled_at: slotStart(1), ends_at: slotStart(2) };
  const reply = await second.push([second.change([sets('appointments', moved.id, target, was)])]);
  expect(onlyOutcome(reply.outcomes).refusal).toMatchObject({ code: 'taken', theirs: { id: kept.id } });
  const { rows } = await owner.query('select slot_id from appointments where id = $1', [moved.id]);
  expect(rows[0].slot_id).toBe(moved['slot_id']);
});

test('a refused change is rolled back whole, and the changes beside it are applied', async () => {
  await first.push([first.change([adds('appointments', appointmentOf(basics, 0, 0))])]);
  const reply = await second.push([
    second.change([sets('patients', patient(), { city: 'Patra' }, { city: null })]),
    second.change([
      sets('patients', patient(), { notes: 'must not stay' }, { notes: null }),
      adds('appointments', appointmentOf(basics, 0, 0)),
    ]),
    second.change([adds('appointments', appointmentOf(basics, 0, 1))]),
  ]);
  expect(reply.outcomes.map((outcome) => outcome.outcome)).toEqual(['applied', 'refused', 'applied']);
  expect(new Set(reply.outcomes.map((outcome) => outcome.rev)).size).toBe(1);
  const { rows } = await owner.query('select city, notes from patients where id = $1', [patient()]);
  expect(rows).toEqual([{ city: 'Patra', notes: null }]);
  const { rows: audit } = await owner.query('select change_id from audit_log where desk_id = $1', [
    desks[1]?.deskId,
  ]);
  expect(audit.map((row) => row.change_id)).not.toContain(reply.outcomes[1]?.change_id);
});

test('a check-in of a booking that was refused is refused with it', async () => {
  await first.push([first.change([adds('appointments', appointmentOf(basics, 0, 0))])]);
  const lost = appointmentOf(basics, 0, 0);
  const reply = await second.push([
    second.change([adds('appointments', lost)]),
    second.change([sets('appointments', lost.id, { status: 'arrived' }, { status: 'scheduled' })]),
  ]);
  expect(reply.outcomes.map((outcome) => outcome.refusal?.code)).toEqual(['taken', 'row_gone']);
});

test('a move that is not allowed is refused with both names', async () => {
  const row = appointmentOf(basics, 0, 0);
  await first.push([first.change([adds('appointments', row)])]);
  const reply = await first.push([
    first.change([sets('appointments', row.id, { status: 'completed' }, { status: 'scheduled' })]),
  ]);
  expect(onlyOutcome(reply.outcomes).refusal).toMatchObject({
    code: 'move_not_allowed',
    message: 'an appointment cannot go from scheduled to completed',
    theirs: { status: 'scheduled' },
  });
});

test('a refusal is final: sent again it is answered the same, though the slot is free by now', async () => {
  const kept = appointmentOf(basics, 0, 0);
  await first.push([first.change([adds('appointments', kept)])]);
  const lost = second.change([adds('appointments', appointmentOf(basics, 0, 0))]);
  const refused = await second.push([lost]);
  await first.push([
    first.change([sets('appointments', kept.id, { status: 'cancelled' }, { status: 'scheduled' })]),
  ]);
  expect((await second.push([lost])).outcomes).toEqual(refused.outcomes);
});

test('a change sent as void uses up its number and does nothing', async () => {
  const reply = await first.push([
    first.change([adds('appointments', appointmentOf(basics, 0, 0))], { void: true }),
    first.change([sets('patients', patient(), { notes: 'next' }, { notes: null })]),
  ]);
  expect(reply.outcomes.map((outcome) => outcome.outcome)).toEqual(['void', 'applied']);
  expect(await count('appointments')).toBe(0);
});

test.each([
  [
    'a table that desks do not write',
    () => adds('users', { id: basics.rooms[0], email: 'x@y.z', role: 'admin' }),
  ],
  ['a table that is not replicated', () => adds('desks', { id: basics.rooms[0], name: 'Mine' })],
  ['a column that triggers keep', () => sets('doctors', basics.doctors[0], { rating: 5 }, { rating: 0 })],
  ['the number of the commit', () => sets('patients', patient(), { rev: 1 }, { rev: 1 })],
  ['another clinic', () => sets('patients', patient(), { clinic_id: basics.rooms[0] }, { clinic_id: null })],
  ['a column that is not there', () => sets('patients', patient(), { 'notes" = 1; --': 'x' }, {})],
  ['a column without its before-image', () => sets('patients', patient(), { notes: 'x' }, {})],
  ['nothing', () => sets('patients', patient(), {}, {})],
  [
    'a text where a date belongs',
    () => sets('patients', patient(), { date_of_birth: 'x' }, { date_of_birth: null }),
  ],
  [
    'a patient that is not there',
    () => adds('appointments', appointmentOf(basics, 0, 0, { patient_id: basics.rooms[0] })),
  ],
])('%s is refused as invalid, and the stream goes on', async (_what, row) => {
  const reply = await first.push([
    first.change([row()]),
    first.change([sets('patients', patient(), { notes: 'next' }, { notes: null })]),
  ]);
  expect(reply.outcomes.map((outcome) => outcome.refusal?.code)).toEqual(['invalid', undefined]);
});

test('a deadlock is no refusal: nothing of that push is stored, and sent again it is applied', async () => {
  await owner.query(`create function deadlock() returns trigger language plpgsql as $$ begin
    if current_setting('application_name') = 'unlucky' and new.notes = 'x' then
      raise exception using errcode = '40P01', message = 'deadlock detected';
    end if;
    return new;
  end $$`);
  await owner.query(
    'create trigger deadlock before update on patients for each row execute function deadlock()',
  );
  const changes = [
    first.change([sets('patients', patient(), { city: 'Volos' }, { city: null })]),
    first.change([sets('patients', patient(), { notes: 'x' }, { notes: null })]),
  ];
  await first.client.query(`set application_name = 'unlucky'`);
  await expect(first.push(changes)).rejects.toMatchObject({ code: '40P01' });
  expect([await count('changes'), await count('streams'), await count('audit_log')]).toEqual([0, 0, 0]);
  await first.client.query(`set application_name = 'lucky'`);
  const reply = await first.push(changes);
  expect(reply.outcomes.map((outcome) => outcome.outcome)).toEqual(['applied', 'applied']);
  await owner.query('drop trigger deadlock on patients');
});

test('a push cut off by a shutdown leaves nothing behind', async () => {
  await first.push([]);
  const { rows } = await first.client.query('select pg_backend_pid() as pid');
  const pid: number = rows[0].pid;
  const blocker = await connect(central.ownerUrl);
  await blocker.query('begin');
  await blocker.query('select from heads where clinic_id = $1 for update', [basics.clinicId]);
  const change = first.change([sets('patients', patient(), { notes: 'x' }, { notes: null })]);
  const cut = expect(first.push([change])).rejects.toMatchObject({ code: '57P01' });
  const waits = `select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await owner.query(waits, [pid])).rowCount).toBe(1);
  await owner.query('select pg_terminate_backend($1)', [pid]);
  await cut;
  await blocker.query('rollback');
  expect(await count('changes')).toBe(0);
});

test('one change sent by a desk and by its copy at the same moment is applied once', async () => {
  const change = first.change([sets('patients', patient(), { notes: 'x' }, { notes: null })]);
  await first.push([]);
  const copy = new TestStream(await connect(desks[0]?.url ?? ''));
  copy.epoch = first.epoch;
  const replies = await Promise.all([first.push([change]), copy.push([change])]);
  expect(replies.map((reply) => onlyOutcome(reply.outcomes))).toEqual([
    replies[0]?.outcomes[0],
    replies[0]?.outcomes[0],
  ]);
  expect(await count('audit_log')).toBe(1);
});

test('a role that is no desk cannot push', async () => {
  await expect(owner.query(`select push('x', gen_random_uuid(), 1, '[]')`)).rejects.toMatchObject({
    code: '42501',
  });
});

test('what a desk reads back is in UTC, whatever the time zone of its connection', async () => {
  await first.client.query(`set timezone = 'Asia/Tokyo'`);
  await first.push([first.change([adds('appointments', appointmentOf(basics, 0, 0))])]);
  const reply = await first.push([first.change([adds('appointments', appointmentOf(basics, 0, 0))])]);
  expect(onlyOutcome(reply.outcomes).refusal?.theirs?.['scheduled_at']).toBe('2026-11-24T07:00:00+00:00');
});
