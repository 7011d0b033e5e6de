import fc from 'fast-check';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDesk } from '../../src-main/core/central/admin.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { adds, type Basics, day, seedBasics, sets, TestStream } from '../support/central-rows.ts';
import { outcomeOf, Signer, sessionOf, signed, verdict } from '../support/signer.ts';
import { addStaff, type Staff } from '../support/staff.ts';

let central: TestCentral;
let owner: pg.Client;
let client: pg.Client;
let stream: TestStream;
let basics: Basics;
let deskId: string;
let clinicId: string;
let maria: Staff;
let boss: Staff;
let atDesk: Signer;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await client?.end();
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front']);
  clinicId = clinic.clinicId;
  deskId = clinic.desks[0]?.deskId ?? '';
  basics = await seedBasics(owner, clinicId);
  await client?.end();
  client = new pg.Client({ connectionString: clinic.desks[0]?.url ?? '' });
  await client.connect();
  stream = new TestStream(client);
  maria = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
});

/** The clinic gets its administrator, and the receptionist comes in. */
const closed = async () => {
  boss = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  atDesk = new Signer(maria, stream, deskId);
  expect(verdict(await atDesk.signsIn())).toBe('applied');
};

const newPatient = () => adds('patients', { id: newId(), first_name: 'New', last_name: 'Patient' });
const at = (time: string) => `${day}T${time}.000Z`;

test('what somebody did is applied by their signature, and the audit says who and in which session', async () => {
  await closed();
  const change = atDesk.change([newPatient()]);
  expect(verdict(outcomeOf(await stream.push([change])))).toBe('applied');
  const { rows } = await owner.query('select actor, session_id from audit_log where change_id = $1', [
    change.change_id,
  ]);
  expect(rows).toEqual([{ actor: maria.id, session_id: atDesk.session }]);
  const kept = await owner.query('select actor, session_id from changes where change_id = $1', [
    change.change_id,
  ]);
  expect(kept.rows).toEqual(rows);
});

describe('is refused whole:', () => {
  beforeEach(closed);
  const push = async (change: Parameters<TestStream['push']>[0][number]) =>
    verdict(outcomeOf(await stream.push([change])));

  test('a signature by another key, or none that is one', async () => {
    expect(
      await push(
        signed(stream.change([newPatient()]), { ...maria, signingKey: boss.signingKey }, atDesk.session),
      ),
    ).toBe('not_allowed proof');
    expect(await push({ ...atDesk.change([newPatient()]), proof: '' })).toBe('not_allowed proof');
    expect(await push({ ...atDesk.change([newPatient()]), proof: '00'.repeat(32) })).toBe(
      'not_allowed proof',
    );
  });

  test('the signature of one change on another, whatever of it is another', async () => {
    const stolen = atDesk.change([newPatient()]);
    await stream.push([stolen]);
    const others = [
      { ...stolen, change_id: newId() },
      { ...stolen, change_id: newId(), rows_text: JSON.stringify([newPatient()]) },
      { ...stolen, change_id: newId(), rows_text: `${stolen.rows_text} ` },
    ];
    for (const other of others) {
      expect(await push({ ...other, desk_seq: stream.nextSeq })).toBe('not_allowed proof');
      stream.nextSeq += 1;
    }
    for (const part of [
      { kind: 'other' },
      { at: at('08:00:01') },
      { actor: boss.id },
      { session: newId() },
    ]) {
      expect(await push({ ...atDesk.change([newPatient()]), ...part }), JSON.stringify(part)).toBe(
        'not_allowed proof',
      );
    }
    expect((await owner.query('select from patients where clinic_id = $1', [clinicId])).rowCount).toBe(3);
  });

  test('unsigned work under the name of a person, and under that of nobody what a desk does not do by itself', async () => {
    expect(await push(stream.change([newPatient()], { actor: boss.id }))).toBe('not_allowed actor');
    expect(await push(stream.change([newPatient()], { actor: newId() }))).toBe('not_allowed actor');
    expect(await push(stream.change([newPatient()]))).toBe('not_allowed patients.write');
    const { rows } = await owner.query('select user_id from desks where id = $1', [deskId]);
    expect(await push(stream.change([newPatient()], { actor: rows[0].user_id }))).toBe(
      'not_allowed patients.write',
    );
  });

  test('what was done after the session had ended; what was done before may come late', async () => {
    expect(verdict(await atDesk.signsOut(at('09:00:00')))).toBe('applied');
    expect(verdict(await atDesk.does([newPatient()], { at: at('09:00:00') }))).toBe('applied');
    expect(verdict(await atDesk.does([newPatient()], { at: at('09:00:01') }))).toBe('not_allowed session');
  });

  test('what an administrator of another clinic signed, sent by a desk of this one', async () => {
    const other = await clinicWithDesks(central.ownerUrl, ['Front']);
    const theirs = await addStaff(central.ownerUrl, other.clinicId, { role: 'admin' });
    const begins = newId();
    const change = signed(stream.change([sessionOf(theirs.id, begins, deskId)]), theirs, begins);
    expect(await push(change)).toBe('not_allowed proof');
  });

  test('a session of somebody else, and one that never began', async () => {
    const other = new Signer(boss, stream, deskId);
    await other.signsIn();
    expect(await push(signed(stream.change([newPatient()]), maria, other.session))).toBe(
      'not_allowed session',
    );
    expect(await push(signed(stream.change([newPatient()]), maria, newId()))).toBe('not_allowed session');
    const forged = newId();
    const begins = [sessionOf(boss.id, forged, deskId)];
    expect(await push(signed(stream.change(begins), maria, forged))).toBe('not_allowed account');
  });

  test('what a key signed after it ended, and much later what it says to have signed before', async () => {
    const end = (instant: string) =>
      owner.query('update signing_keys set ended_at = $2 where user_id = $1', [maria.id, instant]);
    await end(at('09:00:00'));
    expect(verdict(await atDesk.does([newPatient()], { at: at('08:59:00') }))).toBe('applied');
    expect(verdict(await atDesk.does([newPatient()], { at: at('09:00:00') }))).toBe('not_allowed proof');
    await end('2026-09-01T00:00:00Z');
    expect(verdict(await atDesk.does([newPatient()], { at: '2026-08-31T00:00:00.000Z' }))).toBe(
      'not_allowed proof',
    );
  });

  test('rows that are no JSON, or no list, and the changes after it go on', async () => {
    for (const text of [
      '',
      '{',
      '{}',
      '"x"',
      '[1]',
      '[{"table":"patients"}]',
      '["\\u0000"]',
      '[{"table":"patients","id":"x"}]',
    ]) {
      expect(await push(signed(stream.change([]), maria, atDesk.session, text)), text).toBe('invalid');
    }
    expect(verdict(await atDesk.does([newPatient()]))).toBe('applied');
  });
});

test('a refused change names what was missing, and gives away no row', async () => {
  await closed();
  const outcome = await atDesk.does([sets('rooms', basics.rooms[0], { name: 'Mine' }, { name: 'Room 1' })]);
  expect(outcome.refusal).toEqual({
    code: 'not_allowed',
    constraint: 'clinic.manage',
    table: 'rooms',
    row_id: basics.rooms[0],
    message: expect.any(String),
  });
});

test('a desk of the version before, which signs nothing, works on in a clinic where nobody signs in', async () => {
  const change = stream.change(
    [newPatient(), sets('rooms', basics.rooms[0], { name: 'A' }, { name: 'Room 1' })],
    {
      actor: newId(),
    },
  );
  expect(verdict(outcomeOf(await stream.push([change], { version: 2 })))).toBe('applied');
});

test('a signature is checked in an open clinic too', async () => {
  const change = signed(stream.change([newPatient()]), { ...maria, signingKey: '00'.repeat(32) }, newId());
  expect(verdict(outcomeOf(await stream.push([change])))).toBe('not_allowed proof');
});

test('a change that one desk signed may be sent by another of the clinic, once', async () => {
  await closed();
  const change = atDesk.change([newPatient()]);
  const added = await addDesk(central.ownerUrl, { clinicId, name: 'Back' });
  const back = new pg.Client({ connectionString: added.ok ? added.value.url : '' });
  await back.connect();
  try {
    const other = new TestStream(back);
    expect(verdict(outcomeOf(await other.push([{ ...change, desk_seq: 1 }])))).toBe('applied');
  } finally {
    await back.end();
  }
  expect(verdict(outcomeOf(await stream.push([change])))).toBe('applied');
  expect((await owner.query('select from patients where clinic_id = $1', [clinicId])).rowCount).toBe(3);
});

test('whatever is in the rows, central reads the text that was signed', async () => {
  await closed();
  const notes = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), 60);
  const documents = fc.sample(fc.jsonValue({ maxDepth: 3 }), 60);
  const changes = notes.map((text, i) =>
    atDesk.change([
      adds('patients', {
        id: newId(),
        first_name: 'P',
        last_name: `${i}`,
        notes: text.replaceAll('\u0000', ''),
      }),
    ]),
  );
  const odd = documents.map((value) =>
    atDesk.change([{ table: 'patients', id: newId(), insert: { value } }]),
  );
  const reply = await stream.push([...changes, ...odd]);
  expect(new Set(reply.outcomes.slice(0, 60).map(verdict))).toEqual(new Set(['applied']));
  // Not what desks write, and signed all the same.
  expect(new Set(reply.outcomes.slice(60).map(verdict))).toEqual(new Set(['invalid']));
  const { rows } = await owner.query(
    `select notes from patients where clinic_id = $1 and notes is not null order by last_name::int`,
    [clinicId],
  );
  expect(rows.map((row) => row.notes)).toEqual(notes.map((text) => text.replaceAll('\u0000', '')));
});
