import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CentralFunction } from '../../src-main/contract/central.ts';
import type { Session } from '../../src-main/core/desk.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { forgetErased } from '../../src-main/core/replica/erased.ts';
import { readRow } from '../../src-main/core/replica/rows.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients, userSessions } from '../../src-main/core/schema/replica/index.ts';
import { withClient } from '../support/central.ts';
import { type SigningDesk, signingDesk } from '../support/signing-desk.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { addStaff, type Staff } from '../support/staff.ts';
import { until } from '../support/until.ts';

let clinic: SmallClinic;
let admin: Staff;
let desk: SigningDesk;
let session: Session;

// Functions of a test's own, as central's are.
const functions: Record<string, string> = {
  rename_room: `
    DECLARE room uuid := (args->>'room')::uuid; BEGIN
      IF NOT signed_in_right('clinic.manage') THEN RETURN '{"error": "not_allowed", "details": {"right": "clinic.manage"}}'; END IF;
      UPDATE rooms SET name = args->>'name' WHERE clinic_id = desk_clinic() AND id = room;
      RETURN jsonb_build_object('ok', jsonb_build_object('by', signed_in_user()));
    END`,
  who_asks: `BEGIN RETURN jsonb_build_object('ok', signed_in_user()); END`,
  goes_wrong: `BEGIN UPDATE rooms SET name = 'Half done' WHERE clinic_id = desk_clinic(); RETURN to_jsonb(1 / 0); END`,
  no_answer_of_ours: `BEGIN RETURN '{"error": "nonsense"}'; END`,
};

beforeAll(async () => {
  clinic = await smallClinic(['Desk 1']);
  admin = await addStaff(clinic.ownerUrl, clinic.clinicId, { role: 'admin' });
  await withClient(clinic.ownerUrl, async (owner) => {
    for (const [name, body] of Object.entries(functions)) {
      await owner.query(`create function ${name}(args jsonb) returns jsonb language plpgsql security definer
        set search_path = pg_catalog, public, pg_temp as $$ ${body} $$`);
      await owner.query(`grant execute on function ${name}(jsonb) to anteroom_desk`);
    }
  });
});
afterAll(() => clinic.drop());
beforeEach(async () => {
  desk = signingDesk(clinic.desks[0]?.url ?? '', [admin]);
  session = desk.sessionOf(admin);
  await desk.quiet();
});
afterEach(() => desk.dispose());

const ask = (name: string, args: object = {}, as = session) =>
  desk.engine.ask(as, name as CentralFunction, args);
const begin = () => desk.comesIn(admin);
const register = (id = newId()) => {
  writeChange(desk, { kind: 'registerPatient', actor: admin.id }, (change) =>
    change.insert(patients, { id, firstName: 'A', lastName: 'B' }),
  );
  return id;
};

test('somebody who has just come in is heard at once, and the desk has what central did for them', async () => {
  begin();
  const answer = await ask('rename_room', { room: clinic.roomId, name: 'Blue room' });
  expect(answer).toEqual({ ok: true, value: { by: admin.id } });
  expect(readRow(desk.replica, 'rooms', clinic.roomId)).toMatchObject({ name: 'Blue room' });
});

test('a refusal of central is an answer, and nothing stays signed in', async () => {
  begin();
  await withClient(clinic.ownerUrl, (owner) =>
    owner.query(`update role_rights set "right" = 'x' where role = 'admin' and "right" = 'clinic.manage'`),
  );
  const refused = await ask('rename_room', { room: clinic.roomId, name: 'Red room' });
  await withClient(clinic.ownerUrl, (owner) =>
    owner.query(`update role_rights set "right" = 'clinic.manage' where "right" = 'x'`),
  );
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'not_allowed', details: { right: 'clinic.manage' } },
  });
  expect(await ask('who_asks')).toEqual({ ok: true, value: admin.id });
  expect(await ask('who_asks', {}, { userId: null, rights: new Set() })).toEqual({ ok: true, value: null });
});

test('nobody asks in a session that has not begun, or that has ended', async () => {
  expect(await ask('who_asks')).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
  begin();
  expect(await ask('who_asks')).toEqual({ ok: true, value: admin.id });
  writeChange(desk, { kind: 'signOut', actor: admin.id }, (change) =>
    change.update(userSessions, session.sessionId ?? '', { endedAt: desk.now() }),
  );
  expect(await ask('who_asks')).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
});

test('a fault of a function is undone and takes nothing along: the sync goes on on the same connection', async () => {
  begin();
  await desk.quiet();
  const asked = [ask('goes_wrong'), ask('no_answer_of_ours'), ask('who_asks')];
  const saved = register();
  expect(await Promise.all(asked)).toMatchObject([
    { ok: false, error: { code: 'internal' } },
    { ok: false, error: { code: 'internal' } },
    { ok: true, value: admin.id },
  ]);
  await desk.quiet();
  expect(desk.engine.state()).toMatchObject({ phase: 'online', refused: 0 });
  const { rows } = await withClient(clinic.ownerUrl, (owner) =>
    owner.query(
      `select (select actor from audit_log where row_id = $1) as actor, name from rooms where id = $2`,
      [saved, clinic.roomId],
    ),
  );
  expect(rows).toEqual([{ actor: admin.id, name: 'Blue room' }]);
});

test('without a connection the answer is that central is needed, at once and also while it is lost', async () => {
  begin();
  await desk.quiet();
  const lost = ask('who_asks');
  desk.engine.workOffline(true);
  expect(await lost).toMatchObject({ ok: false, error: { code: 'needs_central' } });
  expect(await ask('who_asks')).toMatchObject({ ok: false, error: { code: 'needs_central' } });
  desk.engine.workOffline(false);
  await until('central is there again', () => desk.engine.state().phase === 'online');
  expect(await ask('who_asks')).toEqual({ ok: true, value: admin.id });
});

test('what is signed offline is applied later under the same signature, also after this desk was copied', async () => {
  begin();
  await desk.quiet();
  desk.engine.workOffline(true);
  const saved = register();
  // Its numbers were used by a copy of this file: the same changes go on in a new stream.
  await withClient(clinic.ownerUrl, (owner) => owner.query('update streams set next_seq = next_seq + 1'));
  const { incarnation } = readDeskState(desk.replica);
  desk.engine.workOffline(false);
  await desk.quiet();
  expect(readDeskState(desk.replica).incarnation).not.toBe(incarnation);
  const { rows } = await withClient(clinic.ownerUrl, (owner) =>
    owner.query('select actor, session_id from audit_log where row_id = $1', [saved]),
  );
  expect(rows).toEqual([{ actor: admin.id, session_id: session.sessionId }]);
  const kept = desk.replica.statement('select count(*) from acknowledged where proof is not null').pluck();
  expect(kept.get()).toBe(2);
});

test('what central loses is offered again with its signature; what an erasure took out of it goes without one', async () => {
  begin();
  const [first, second] = [register(), register()];
  await desk.quiet();
  desk.engine.workOffline(true);
  desk.replica.statement('update patients set erased_at = 1 where id = ?').run(second);
  forgetErased(desk.replica);
  await withClient(clinic.ownerUrl, async (owner) => {
    await owner.query(`set session_replication_role = 'replica'`);
    for (const table of ['patients', 'changes', 'streams', 'user_sessions'])
      await owner.query(`delete from ${table} where clinic_id = $1`, [clinic.clinicId]);
    await owner.query('update central set id = gen_random_uuid()');
  });
  desk.engine.workOffline(false);
  await until('all of it was answered', () => desk.engine.state().refused === 1);
  await desk.quiet();
  expect(readRow(desk.replica, 'patients', first)).toMatchObject({ first_name: 'A' });
  expect(readRow(desk.replica, 'patients', second)).toBeUndefined();
  const refusal = desk.replica.statement('select refusal from refusals').pluck().get() as string;
  expect(JSON.parse(refusal)).toMatchObject({ code: 'not_allowed', constraint: 'actor' });
});
