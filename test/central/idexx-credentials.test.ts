import { createHmac } from 'node:crypto';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newSealingKey, type SealedField, seal } from '../../src-main/core/integrations/idexx/seal.ts';
import {
  clinicWithDesks,
  freshCentral,
  type TestCentral,
  type TestDesk,
  withClient,
} from '../support/central.ts';
import { insertInto } from '../support/central-rows.ts';
import { addStaff, type Staff } from '../support/staff.ts';

let central: TestCentral;
let clinicId: string;
let desks: TestDesk[];
let owner: pg.Client;
let admin: Staff;
let other: Staff;
let doctor: Staff;
/** A desk of another clinic, where everybody at it may do everything. */
let elsewhere: TestDesk | undefined;

beforeAll(async () => {
  central = await freshCentral();
  ({ clinicId, desks } = await clinicWithDesks(central.ownerUrl, ['Front', 'Back']));
  const open = await clinicWithDesks(central.ownerUrl, ['Open']);
  elsewhere = open.desks[0];
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  admin = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  other = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  doctor = await addStaff(central.ownerUrl, clinicId, { role: 'doctor' });
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  await owner.query('delete from idexx_credentials');
  await owner.query('delete from idexx_sync_sessions');
  await owner.query('delete from run_leases');
});

/** What a function of central answers a desk; with `as`, to somebody who is signed in on that connection. */
const ask = (name: string, args: object, as?: Staff, desk = desks[0]) =>
  withClient(desk?.url ?? '', async (client) => {
    if (as) await signIn(client, as, desk);
    const { rows } = await client.query(`select ${name}($1::jsonb) as answer`, [JSON.stringify(args)]);
    return rows[0].answer;
  });

const signIn = async (client: pg.Client, staff: Staff, desk: TestDesk | undefined): Promise<void> => {
  const session = newId();
  await insertInto(owner, clinicId)('user_sessions', {
    id: session,
    user_id: staff.id,
    desk_id: desk?.deskId,
    method: 'pin',
    started_at: new Date().toISOString(),
  });
  const { rows } = await client.query('select sign_in_challenge() as challenge');
  const message = ['sign_in', rows[0].challenge, staff.id, session].join('\n');
  const proof = createHmac('sha256', Buffer.from(staff.signingKey, 'hex')).update(message).digest('hex');
  await client.query('select sign_in($1, $2, $3)', [staff.id, session, proof]);
};

const key = newSealingKey();
const sealed = (field: SealedField, userId: string) => seal('a text', key, userId, field);
const login = (userId: string, more: object = {}) => ({
  id: newId(),
  key_id: newId(),
  username: sealed('username', userId),
  password: sealed('password', userId),
  company_id: null,
  status: 'valid',
  ...more,
});
const lend = (desk = desks[0], until = "now() + interval '1 minute'") =>
  owner.query(
    `insert into run_leases (clinic_id, source, desk_id, fence, taken_at, until) values ($1, 'idexx', $2, 4, now(), ${until})`,
    [clinicId, desk?.deskId],
  );

test('central takes no login that is not sealed, whatever a desk sends', async () => {
  for (const clear of ['a text', '', 'v1.a.b.c', `${sealed('username', admin.id)} a text`])
    for (const field of ['username', 'password', 'company_id'])
      expect(await ask('idexx_store_credentials', login(admin.id, { [field]: clear }), admin)).toMatchObject({
        error: 'invalid_input',
      });
  expect((await owner.query('select from idexx_credentials')).rowCount).toBe(0);
});

test('nobody saves, sees, tries or takes away a login who is not signed in, or lacks the right', async () => {
  const saved = login(admin.id);
  await ask('idexx_store_credentials', saved, admin);
  const asked: [string, object][] = [
    ['idexx_store_credentials', login(admin.id)],
    ['idexx_credential_states', {}],
    ['idexx_revoke_credentials', { user_id: admin.id }],
  ];
  for (const [name, args] of asked) {
    expect(await ask(name, args)).toMatchObject({ error: 'not_signed_in' });
    expect(await ask(name, args, doctor)).toMatchObject({ error: 'not_allowed' });
    expect(await ask(name, args, undefined, elsewhere)).not.toMatchObject({ ok: [{ user_id: admin.id }] });
  }
  for (const as of [undefined, doctor]) {
    for (const run of [true, false])
      expect(await ask('idexx_note_access', { run, held: [saved.id] }, as)).toMatchObject({
        error: 'not_allowed',
      });
    const validation = { credential_id: saved.id, status: 'invalid' };
    expect(await ask('idexx_note_validation', validation, as)).toMatchObject({ error: 'not_allowed' });
  }
  // A desk of another clinic learns not even that it stands.
  expect(await ask('idexx_held', { held: [saved.id] }, undefined, elsewhere)).toEqual({ ok: {} });
  expect(await ask('idexx_held', { held: [saved.id] })).toEqual({ ok: { [saved.id]: saved.key_id } });
});

test('a run notes what it reads under the lease of its desk, and not after that has ended', async () => {
  const { id } = login(admin.id);
  await ask('idexx_store_credentials', login(admin.id, { id }), admin);
  const read = (desk = desks[0]) => ask('idexx_note_access', { held: [id] }, undefined, desk);
  await lend();
  expect(await read()).toMatchObject({ ok: { credential_id: id, user_id: admin.id, status: 'valid' } });
  expect(await read(desks[1])).toMatchObject({ error: 'not_allowed' });
  await owner.query('delete from run_leases');
  await lend(desks[0], "now() - interval '1 second'");
  expect(await read()).toMatchObject({ error: 'not_allowed' });
});

test('an administrator takes away the login of another, and every step stands in the log of it', async () => {
  const saved = login(admin.id);
  await ask('idexx_store_credentials', saved, admin);
  await ask('idexx_store_credentials', { ...login(admin.id), id: saved.id, was_key_id: saved.key_id }, other);
  await ask('idexx_note_validation', { credential_id: saved.id, status: 'invalid' }, other);
  expect(await ask('idexx_revoke_credentials', { user_id: admin.id }, other)).toEqual({ ok: {} });
  expect(await ask('idexx_revoke_credentials', { user_id: admin.id }, other)).toMatchObject({
    error: 'no_credentials',
  });
  const { rows } = await owner.query(
    `select action, status, user_id, metadata->>'by' as by, ip_address is not null as ip, session_id is not null as session
     from idexx_sync_audit_log where metadata->>'credential_id' = $1 order by timestamp, id`,
    [saved.id],
  );
  const noted = { user_id: admin.id, by: other.id, ip: true, session: true };
  expect(rows).toEqual([
    { ...noted, action: 'credential_configured', status: 'valid', by: admin.id },
    { ...noted, action: 'credential_configured', status: 'valid' },
    { ...noted, action: 'credential_validated', status: 'invalid' },
    { ...noted, action: 'credential_revoked', status: 'invalid' },
  ]);
});

test('the login of somebody whose account is gone is used no more', async () => {
  const leaver = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  const saved = login(leaver.id);
  await ask('idexx_store_credentials', saved, leaver);
  await lend();
  await owner.query('update users set deleted_at = now() where id = $1', [leaver.id]);
  expect(await ask('idexx_note_access', { held: [saved.id] })).toMatchObject({ error: 'no_credentials' });
  expect(await ask('idexx_held', { held: [saved.id] })).toEqual({ ok: {} });
});

test('people see the runs of their own login, and administrators those of the clinic', async () => {
  const run = (user_id: string, status: string, daysAgo: number, error: object | null = null) =>
    insertInto(owner, clinicId)('idexx_sync_sessions', {
      user_id,
      desk_id: desks[0]?.deskId,
      reason: 'schedule',
      status,
      started_at: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
      error_details: error,
    });
  await run(doctor.id, 'completed', 1);
  await run(admin.id, 'failed', 2, { code: 'unreadable', where: 'consultation.date' });
  await run(admin.id, 'failed', 3, { code: 'cancelled', where: null });
  await run(admin.id, 'completed', 20);
  await run(admin.id, 'completed', 40);
  await run(doctor.id, 'running', 0);
  const clinics = (await ask('idexx_runs', { limit: 5 }, admin)).ok;
  expect(clinics).toMatchObject({
    scope: 'clinic',
    week: { ended: 2, completed: 1 },
    month: { ended: 3, completed: 2 },
  });
  expect(clinics.runs.map((one: { status: string }) => one.status)).toEqual([
    'running',
    'completed',
    'failed',
    'failed',
    'completed',
  ]);
  expect(clinics.runs[2]).toMatchObject({
    deskName: 'Front',
    userName: admin.name,
    error: { code: 'unreadable', where: 'consultation.date' },
  });
  expect((await ask('idexx_runs', { limit: 5 }, doctor)).ok).toMatchObject({
    scope: 'own',
    runs: [{ userId: doctor.id }, { userId: doctor.id }],
    week: { ended: 1, completed: 1 },
  });
  expect(await ask('idexx_runs', { limit: 5 })).toMatchObject({ error: 'not_signed_in' });
  expect((await ask('idexx_runs', { limit: 5 }, undefined, elsewhere)).ok.runs).toEqual([]);
});
