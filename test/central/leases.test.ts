import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChangeRow, PlainChange } from '../../src-main/contract/change.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import {
  adds,
  appointmentOf,
  type Basics,
  day,
  insertInto,
  seedBasics,
  sets,
  TestStream,
} from '../support/central-rows.ts';
import { outcomeOf, Signer, verdict } from '../support/signer.ts';
import { addStaff } from '../support/staff.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let clinicId: string;
let insert: ReturnType<typeof insertInto>;
let admin: Signer;
const desks: { id: string; client: pg.Client; stream: TestStream }[] = [];

const desk = (number: number) => {
  const found = desks[number];
  if (!found) throw new Error(`no desk ${number}`);
  return found;
};

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front', 'Back']);
  clinicId = clinic.clinicId;
  basics = await seedBasics(owner, clinicId);
  insert = insertInto(owner, clinicId);
  for (const { deskId, url } of clinic.desks) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    desks.push({ id: deskId, client, stream: new TestStream(client) });
  }
  for (const source of ['idexx', 'cal_com'])
    await insert('integrations', { id: newId(), source, enabled: true });
  admin = new Signer(
    await addStaff(central.ownerUrl, clinicId, { role: 'admin' }),
    desk(0).stream,
    desk(0).id,
  );
  expect(verdict(await admin.signsIn())).toBe('applied');
});
afterAll(async () => {
  for (const { client } of desks) await client.end();
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  await owner.query('delete from run_leases');
  await owner.query('update integrations set enabled = true');
});

type Answer = { ok?: Record<string, unknown>; error?: string; details?: Record<string, unknown> };
const ask = async (number: number, name: string, args: object): Promise<Answer> =>
  (await desk(number).client.query(`select ${name}($1::jsonb) as answer`, [JSON.stringify(args)])).rows[0]
    .answer;
const takes = (number: number, source = 'idexx', forMs = 60_000) =>
  ask(number, 'take_lease', { source, forMs });
const fenceOf = async (number: number, source = 'idexx') =>
  `${source}/${(await takes(number, source)).ok?.['fence']}`;
const runsOut = () => owner.query(`update run_leases set until = clock_timestamp() - interval '1 second'`);
const states = async (number = 0) =>
  (await ask(number, 'integration_states', {})).ok as unknown as Record<string, unknown>[];

const does = async (number: number, rows: ChangeRow[], parts: Partial<PlainChange>) => {
  const { stream } = desk(number);
  return verdict(outcomeOf(await stream.push([stream.change(rows, { kind: 'idexxRun', ...parts })])));
};

/** An appointment of an outside system: it names no slot and takes its time. */
let minute = 0;
const outsides = (origin: string, columns: Record<string, unknown> = {}) => {
  minute += 15;
  const start = Date.parse('2027-03-01T00:00:00Z') + minute * 60_000;
  return appointmentOf(basics, 0, 0, {
    slot_id: null,
    origin,
    scheduled_at: new Date(start).toISOString(),
    ends_at: new Date(start + 15 * 60_000).toISOString(),
    ...columns,
  });
};
const desksOwn = async (columns: Record<string, unknown> = {}) => {
  const row = outsides('desk', { overbook_reason: 'There', overbooked_by: admin.author.id, ...columns });
  await insert('appointments', row);
  return row;
};

describe('the lease of an integration', () => {
  test('is one desk’s at a time, and each taking has a higher number', async () => {
    const answers = await Promise.all([takes(0), takes(1)]);
    expect(answers.filter(({ ok }) => ok)).toEqual([{ ok: { fence: 1 } }]);
    expect(answers.find(({ error }) => error)).toMatchObject({
      error: 'runs_elsewhere',
      details: { desk: expect.stringMatching(/^(Front|Back)$/), leftMs: expect.any(Number) },
    });
    await runsOut();
    expect(await takes(1)).toEqual({ ok: { fence: 2 } });
    expect((await takes(0)).error).toBe('runs_elsewhere');
    expect(await takes(0, 'cal_com')).toEqual({ ok: { fence: 1 } });
  });

  test('comes back at once to a desk that crashed and was started again, under a new number', async () => {
    await takes(0);
    expect(await takes(0)).toEqual({ ok: { fence: 2 } });
    expect((await ask(0, 'keep_lease', { source: 'idexx', fence: 1, forMs: 60_000 })).error).toBe(
      'runs_elsewhere',
    );
  });

  test('is kept by whoever has its number, also when it ran out and nobody took it', async () => {
    await takes(0);
    await runsOut();
    expect(await ask(0, 'keep_lease', { source: 'idexx', fence: 1, forMs: 60_000 })).toEqual({ ok: {} });
    expect((await takes(1)).error).toBe('runs_elsewhere');
    await runsOut();
    await takes(1);
    expect((await ask(0, 'keep_lease', { source: 'idexx', fence: 1, forMs: 60_000 })).error).toBe(
      'runs_elsewhere',
    );
    expect((await ask(0, 'keep_lease', { source: 'idexx', fence: 2, forMs: 60_000 })).error).toBe(
      'runs_elsewhere',
    );
  });

  test('is for an integration that is switched on', async () => {
    await takes(0);
    await owner.query('update integrations set enabled = false');
    const off = { error: 'cannot_run_here', details: { reason: 'off' } };
    expect(await ask(0, 'keep_lease', { source: 'idexx', fence: 1, forMs: 60_000 })).toEqual(off);
    expect(await takes(0)).toEqual(off);
    expect(await takes(0, 'nothing')).toEqual(off);
  });

  test('never goes to a desk that was disabled, and one that such a desk had is free', async () => {
    await takes(0);
    await owner.query('update desks set disabled_at = now() where id = $1', [desk(0).id]);
    try {
      for (const name of ['take_lease', 'keep_lease', 'give_lease'])
        expect((await ask(0, name, { source: 'idexx', fence: 1, forMs: 60_000 })).error).toBe(
          'desk_disabled',
        );
      expect(await states(0)).toEqual([]);
      expect(await takes(1)).toEqual({ ok: { fence: 2 } });
    } finally {
      await owner.query('update desks set disabled_at = null where id = $1', [desk(0).id]);
    }
  });

  test('is given back with how the run went, which every desk can read', async () => {
    const gives = async (error: object | null, nextInMs: number | null = null) => {
      const { ok } = await takes(0);
      return ask(0, 'give_lease', { source: 'idexx', fence: ok?.['fence'], error, nextInMs });
    };
    const [idexx] = [async () => (await states(1))[0]];
    expect(await gives({ code: 'server_error', where: 'calendar' })).toEqual({ ok: {} });
    await gives({ code: 'offline', where: null });
    expect(await idexx()).toMatchObject({ failures: 2, sinceOkMs: null, lastError: { code: 'offline' } });
    await gives({ code: 'cancelled', where: null });
    expect(await idexx()).toMatchObject({ failures: 2 });
    await gives(null, 240_000);
    expect(await idexx()).toMatchObject({ source: 'idexx', desk: 'Front', failures: 0, lastError: null });
    const now = (await idexx()) as Record<string, number>;
    for (const since of ['sinceRunMs', 'sinceOkMs']) expect(now[since]).toBeLessThan(60_000);
    expect(now['nextInMs']).toBeGreaterThan(180_000);
    expect(now['leftMs']).toBeLessThanOrEqual(0);
    expect(await takes(1)).toMatchObject({ ok: { fence: 5 } });
    expect((await ask(0, 'give_lease', { source: 'idexx', fence: 4, error: null })).error).toBe(
      'runs_elsewhere',
    );
  });
});

describe('what a run writes', () => {
  test('stands only under the lease as it is: its desk and its number', async () => {
    const fence = await fenceOf(0);
    expect(await does(0, [adds('appointments', outsides('idexx'))], { fence })).toBe('applied');
    expect(await does(1, [adds('appointments', outsides('idexx'))], { fence })).toBe('not_allowed fence');
    await runsOut();
    expect(await does(0, [adds('appointments', outsides('idexx'))], { fence })).toBe('applied');
    const next = await fenceOf(1);
    expect(await does(0, [adds('appointments', outsides('idexx'))], { fence })).toBe('not_allowed fence');
    expect(await does(0, [adds('appointments', outsides('idexx'))], { fence: next })).toBe(
      'not_allowed fence',
    );
    expect(await does(1, [adds('appointments', outsides('idexx'))], { fence: next })).toBe('applied');
    const own = await fenceOf(1);
    expect(await does(1, [adds('appointments', outsides('idexx'))], { fence: next })).toBe(
      'not_allowed fence',
    );
    expect(await does(1, [adds('appointments', outsides('idexx'))], { fence: own })).toBe('applied');
    await owner.query('update integrations set enabled = false');
    expect(await does(1, [adds('appointments', outsides('idexx'))], { fence: next })).toBe(
      'not_allowed fence',
    );
  });

  test('names its lease in one way, and is nobody’s', async () => {
    const fence = await fenceOf(0);
    const row = [adds('appointments', outsides('idexx'))];
    for (const wrong of [
      'idexx',
      'idexx/',
      'idexx/01x',
      'idexx/2',
      'cal_com/1',
      ' idexx/1',
      '/1',
      'idexx/9'.padEnd(40, '9'),
    ])
      expect(await does(0, row, { fence: wrong })).toBe('not_allowed fence');
    expect(await does(0, row, { fence, actor: admin.author.id })).toBe('not_allowed fence');
    expect(verdict(await admin.does(row, { fence }))).toBe('not_allowed fence');
    expect(await does(0, row, {})).toBe('not_allowed schedule.write');
  });

  test('waits for nobody to take the lease in between', async () => {
    const fence = await fenceOf(0);
    const { client, stream } = desk(0);
    await client.query('begin');
    const reply = await stream.push([
      stream.change([adds('appointments', outsides('idexx'))], { kind: 'idexxRun', fence }),
    ]);
    await owner.query(`set lock_timeout = '100ms'`);
    await expect(owner.query('update run_leases set fence = fence + 1')).rejects.toMatchObject({
      code: '55P03',
    });
    await owner.query('reset lock_timeout');
    await client.query('commit');
    expect(verdict(outcomeOf(reply))).toBe('applied');
  });

  test('is what is of its outside: its appointments, without overbooks and fees', async () => {
    const fence = await fenceOf(0);
    const made = outsides('idexx');
    expect(await does(0, [adds('appointments', made)], { fence })).toBe('applied');
    const moves = sets('appointments', made.id, { status: 'cancelled' }, { status: 'scheduled' });
    expect(await does(0, [moves], { fence })).toBe('applied');
    const fee = { fee_minor: 5000, fee_currency: 'EUR' };
    expect(
      await does(0, [sets('appointments', made.id, fee, { fee_minor: null, fee_currency: null })], { fence }),
    ).toBe('not_allowed schedule.write');
    const beside = { overbook_reason: 'IDEXX Neo', overbooked_by: admin.author.id };
    const at = ({ scheduled_at, ends_at }: Record<string, unknown>) => ({ ...beside, scheduled_at, ends_at });
    const theirs = outsides('idexx');
    const ours = await desksOwn({ overbook_reason: null, overbooked_by: null, origin: 'portal' });
    expect(await does(0, [adds('appointments', theirs)], { fence })).toBe('applied');
    expect(await does(0, [adds('appointments', outsides('idexx', at(theirs)))], { fence })).toBe('applied');
    expect(await does(0, [adds('appointments', outsides('idexx', at(ours)))], { fence })).toBe(
      'not_allowed schedule.overbook',
    );
    expect(
      await does(
        0,
        [adds('appointments', outsides('idexx', { ...at(ours), doctor_id: basics.doctors[1] }))],
        { fence },
      ),
    ).toBe('applied');
    for (const origin of ['desk', 'cal_com', 'portal', 'import'])
      expect(await does(0, [adds('appointments', outsides(origin))], { fence })).toBe(
        'not_allowed schedule.write',
      );
    const own = await desksOwn();
    for (const set of [{ status: 'cancelled' }, { origin: 'idexx' }, { notes: 'x' }, { cal_com_uid: 'u' }]) {
      const was = { status: 'scheduled', origin: 'desk', notes: null, cal_com_uid: null };
      const [name] = Object.keys(set) as (keyof typeof was)[];
      expect(
        await does(0, [sets('appointments', own.id, set, { [name ?? '']: was[name ?? 'notes'] })], { fence }),
      ).toBe('not_allowed schedule.write');
    }
  });

  test('of Cal.com: what a desk booked there gets its number, and goes along with what happens there', async () => {
    const fence = await fenceOf(0, 'cal_com');
    const own = await desksOwn();
    const set = async (to: Record<string, unknown>, was: Record<string, unknown>) =>
      does(0, [sets('appointments', own.id, to, was)], { fence, kind: 'calComRun' });
    expect(await set({ status: 'cancelled' }, { status: 'scheduled' })).toBe('not_allowed schedule.write');
    expect(
      await set({ cal_com_uid: 'u1', status: 'cancelled' }, { cal_com_uid: null, status: 'scheduled' }),
    ).toBe('not_allowed schedule.write');
    expect(
      await set({ cal_com_uid: 'u1', meeting_url: 'https://x' }, { cal_com_uid: null, meeting_url: null }),
    ).toBe('applied');
    expect(await set({ patient_id: basics.patients[1] }, { patient_id: basics.patients[0] })).toBe(
      'not_allowed schedule.write',
    );
    expect(await set({ status: 'arrived' }, { status: 'scheduled' })).toBe('applied');
    expect(await set({ status: 'in_room' }, { status: 'arrived' })).toBe('not_allowed schedule.write');
    expect(await set({ status: 'scheduled' }, { status: 'arrived' })).toBe('applied');
    expect(
      await set(
        { status: 'cancelled', cancellation_reason: 'Ill' },
        { status: 'scheduled', cancellation_reason: null },
      ),
    ).toBe('applied');
  });

  test('is patients that it makes, and of those that a link of it names who they are and how they are reached', async () => {
    const fence = await fenceOf(0);
    const patient = { id: newId(), first_name: 'Rex', last_name: 'Papadopoulou', species: 'Dog' };
    expect(await does(0, [adds('patients', patient)], { fence })).toBe('applied');
    const renames = sets('patients', patient.id, { first_name: 'Max' }, { first_name: 'Rex' });
    expect(await does(0, [renames], { fence })).toBe('not_allowed patients.write');
    const link = {
      id: newId(),
      source: 'idexx',
      kind: 'patient',
      external_id: patient.id,
      patient_id: patient.id,
    };
    expect(await does(0, [adds('outside_links', link)], { fence })).toBe('applied');
    expect(await does(0, [renames], { fence })).toBe('applied');
    for (const set of [{ notes: 'Bites' }, { emergency_contact: 'x' }, { deleted_at: `${day}T08:00:00Z` }])
      expect(
        await does(0, [sets('patients', patient.id, set, { [Object.keys(set)[0] ?? '']: null })], { fence }),
      ).toBe('not_allowed patients.write');
    const merged = { merged_into_id: basics.patients[0] };
    expect(await does(0, [sets('patients', patient.id, merged, { merged_into_id: null })], { fence })).toBe(
      'not_allowed patients.merge',
    );
    const erased = { erased_at: `${day}T08:00:00Z` };
    expect(await does(0, [sets('patients', patient.id, erased, { erased_at: null })], { fence })).toBe(
      'not_allowed patients.erase',
    );
  });

  test('is its cases and calls, its blocks, its bookings and its position, and nothing of another outside', async () => {
    const fence = await fenceOf(0);
    const [aCase, call, block] = [newId(), newId(), newId()];
    const kept = { external_id: 'idexx-1-1', patient_id: basics.patients[0] };
    const due = { case_id: aCase, phone: '210', due_at: `${day}T14:00:00Z`, status: 'queued' };
    const blocked = {
      doctor_id: basics.doctors[0],
      kind: 'block',
      source: 'idexx',
      starts_at: `${day}T04:00:00Z`,
      ends_at: `${day}T05:00:00Z`,
    };
    const rows = [
      adds('cases', { id: aCase, ...kept }),
      adds('scheduled_discharge_calls', { id: call, ...due }),
      adds('schedule_exceptions', { id: block, ...blocked }),
    ];
    expect(await does(0, rows, { fence })).toBe('applied');
    const calls = (set: object, was: object) =>
      sets('scheduled_discharge_calls', call, { ...set }, { ...was });
    expect(await does(0, [calls({ outcome_notes: 'x' }, { outcome_notes: null })], { fence })).toBe(
      'not_allowed calls.write',
    );
    expect(await does(0, [calls({ status: 'completed' }, { status: 'queued' })], { fence })).toBe(
      'not_allowed calls.write',
    );
    expect(await does(0, [calls({ status: 'cancelled' }, { status: 'queued' })], { fence })).toBe('applied');
    const holiday = { ...blocked, id: newId(), source: null, kind: 'holiday' };
    expect(await does(0, [adds('schedule_exceptions', holiday)], { fence })).toBe(
      'not_allowed schedule.plan',
    );

    const [{ id: idexx }] = (await owner.query(`select id from integrations where source = 'idexx'`)).rows;
    const [{ id: calCom }] = (await owner.query(`select id from integrations where source = 'cal_com'`)).rows;
    const position = [{ position: { at: 1 } }, { position: null }] as const;
    expect(await does(0, [sets('integrations', idexx, ...position)], { fence })).toBe('applied');
    expect(await does(0, [sets('integrations', calCom, ...position)], { fence })).toBe(
      'not_allowed credentials.manage',
    );
    const settings = sets('integrations', idexx, { settings: { a: 1 } }, { settings: {} });
    expect(await does(0, [settings], { fence })).toBe('not_allowed credentials.manage');

    const booking = (source: string) =>
      adds('outside_bookings', {
        id: newId(),
        source,
        external_id: newId(),
        starts_at: `${day}T04:00:00Z`,
        ends_at: `${day}T05:00:00Z`,
        status: 'scheduled',
        seen: {},
      });
    expect(await does(0, [booking('idexx')], { fence })).toBe('applied');
    expect(await does(0, [booking('cal_com')], { fence })).toBe('not_allowed schedule.write');
  });

  test('is no payment, message, prescription, room, doctor, account or session', async () => {
    const fence = await fenceOf(0);
    const own = await desksOwn();
    const money = {
      appointment_id: own.id,
      amount_cents: 1,
      currency: 'EUR',
      method: 'cash',
      status: 'paid',
    };
    const text = {
      appointment_id: own.id,
      doctor_id: basics.doctors[0],
      patient_id: basics.patients[0],
      instructions: 'x',
    };
    for (const [rows, right] of [
      [adds('payments', { id: newId(), ...money }), 'payments.write'],
      [adds('prescriptions', { id: newId(), ...text }), 'prescriptions.write'],
      [adds('rooms', { id: newId(), location_id: basics.locationId, name: 'x' }), 'clinic.manage'],
      [sets('doctors', basics.doctors[0], { first_name: 'x' }, { first_name: 'D' }), 'clinic.manage'],
      [adds('user_sessions', { id: newId(), user_id: admin.author.id }), 'account'],
    ] as const)
      expect(await does(0, [rows], { fence })).toBe(`not_allowed ${right}`);
  });
});

test('in a clinic where nobody signs in yet, a run may do all that a desk may, and still only under its lease', async () => {
  const open = await clinicWithDesks(central.ownerUrl, ['Front']);
  await insertInto(owner, open.clinicId)('integrations', { id: newId(), source: 'idexx', enabled: true });
  const client = new pg.Client({ connectionString: open.desks[0]?.url ?? '' });
  await client.connect();
  try {
    const stream = new TestStream(client);
    const registers = (fence: string) =>
      stream.change([adds('patients', { id: newId(), first_name: 'A', last_name: 'B' })], {
        kind: 'idexxRun',
        fence,
      });
    expect(verdict(outcomeOf(await stream.push([registers('idexx/1')])))).toBe('not_allowed fence');
    await client.query(`select take_lease('{"source": "idexx", "forMs": 60000}')`);
    expect(verdict(outcomeOf(await stream.push([registers('idexx/1')])))).toBe('applied');
  } finally {
    await client.end();
  }
});
