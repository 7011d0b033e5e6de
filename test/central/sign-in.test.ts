import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDesk } from '../../src-main/core/central/admin.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { insertInto, TestStream } from '../support/central-rows.ts';
import { Signer, verdict } from '../support/signer.ts';
import { addStaff } from '../support/staff.ts';

/** The tables of idexx-sync-schema whose rows are a user's own. */
const own = ['idexx_credentials', 'idexx_sync_sessions', 'consultation_sync_status', 'idexx_sync_audit_log'];

let central: TestCentral;
let owner: pg.Client;
let url: string;
let client: pg.Client;
let second: pg.Client;
let clinicId: string;
let receptionist: Signer;
let admin: Signer;

const connect = async (to = url) => {
  const connection = new pg.Client({ connectionString: to });
  connection.on('error', () => {});
  await connection.connect();
  return connection;
};
const whoIs = async (connection: pg.Client) =>
  (await connection.query('select signed_in_user() as id, signed_in_role() as role')).rows[0];
const nobody = { id: null, role: null };
/** Whose IDEXX rows a connection sees. */
const seen = async (connection: pg.Client, table = 'idexx_sync_sessions') =>
  (await connection.query(`select user_id from ${table} order by user_id`)).rows.map((row) => row.user_id);

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front']);
  clinicId = clinic.clinicId;
  url = clinic.desks[0]?.url ?? '';
  [client, second] = [await connect(), await connect()];
  const stream = new TestStream(client);
  const deskId = clinic.desks[0]?.deskId ?? '';
  const insert = insertInto(owner, clinicId);
  const come = async (role: 'receptionist' | 'admin') => {
    const staff = await addStaff(central.ownerUrl, clinicId, { role });
    const person = new Signer(staff, stream, deskId);
    expect(verdict(await person.signsIn())).toBe('applied');
    await insert('idexx_credentials', {
      user_id: staff.id,
      encrypted_username: 'x',
      encrypted_password: 'x',
      encryption_key_id: 'x',
    });
    await insert('idexx_sync_sessions', { user_id: staff.id });
    return person;
  };
  receptionist = await come('receptionist');
  admin = await come('admin');
  return async () => {
    await client.end();
    await second.end();
  };
});

test('who is signed in on a connection sees their own IDEXX rows; an admin those of the clinic', async () => {
  expect(await seen(client)).toEqual([]);
  await receptionist.provesTo(client);
  expect(await whoIs(client)).toEqual({ id: receptionist.author.id, role: 'receptionist' });
  expect(await seen(client)).toEqual([receptionist.author.id]);
  expect(await seen(client, 'idexx_credentials')).toEqual([receptionist.author.id]);
  await admin.provesTo(client);
  expect(await whoIs(client)).toEqual({ id: admin.author.id, role: 'admin' });
  const both = [receptionist.author.id, admin.author.id].sort();
  expect(await seen(client)).toEqual(both);
  expect(await seen(client, 'idexx_credentials')).toEqual(both);
  await client.query('select sign_out()');
  expect(await whoIs(client)).toEqual(nobody);
  for (const table of own) expect(await seen(client, table)).toEqual([]);
});

test('an account of the automation role sees what an admin sees', async () => {
  await admin.provesTo(client);
  await owner.query('alter table users disable trigger user');
  await owner.query(`update users set role = 'automation' where id = $1`, [admin.author.id]);
  await owner.query('alter table users enable trigger user');
  expect((await seen(client)).length).toBe(2);
});

test('a second connection of the same desk is not signed in with the first, nor after it', async () => {
  await admin.provesTo(client);
  expect(await whoIs(second)).toEqual(nobody);
  expect(await seen(second)).toEqual([]);
  await client.end();
  client = await connect();
  expect(await whoIs(client)).toEqual(nobody);
});

test('a proof made for one connection is of no use on another', async () => {
  const proof = await admin.proofFor(client);
  await expect(admin.provesTo(second, { proof })).rejects.toMatchObject({ code: 'PA006' });
  await admin.provesTo(client, { proof });
  expect((await whoIs(client)).role).toBe('admin');
});

describe('nobody is signed in', () => {
  test('by a wrong proof, as another person, or by a session that is not theirs', async () => {
    await expect(receptionist.provesTo(client, { proof: '00'.repeat(32) })).rejects.toMatchObject({
      code: 'PA006',
    });
    await expect(receptionist.provesTo(client, { user: admin.author.id })).rejects.toMatchObject({
      code: 'PA006',
    });
    receptionist.session = admin.session;
    await expect(receptionist.provesTo(client)).rejects.toMatchObject({ code: 'PA006' });
    receptionist.session = newId();
    await expect(receptionist.provesTo(client)).rejects.toMatchObject({ code: 'PA006' });
    expect(await whoIs(client)).toEqual(nobody);
  });

  test('by a session that ended, whether before or while signed in', async () => {
    await admin.provesTo(client);
    await admin.signsOut('2026-11-24T09:00:00.000Z');
    expect(await whoIs(client)).toEqual(nobody);
    expect(await seen(client)).toEqual([]);
    await expect(admin.provesTo(client)).rejects.toMatchObject({ code: 'PA006' });
  });

  test('whose account was closed, whose key has ended, or at a desk that was disabled', async () => {
    await receptionist.provesTo(client);
    // Not only because an account that is closed ends its sessions, which is a rule of its own.
    await owner.query('alter table users disable trigger user');
    await owner.query('update users set deleted_at = now() where id = $1', [receptionist.author.id]);
    await owner.query('alter table users enable trigger user');
    expect(await whoIs(client)).toEqual(nobody);
    await owner.query('update signing_keys set ended_at = now() where user_id = $1', [admin.author.id]);
    await expect(admin.provesTo(client)).rejects.toMatchObject({ code: 'PA006' });
    await owner.query('update signing_keys set ended_at = null where user_id = $1', [admin.author.id]);
    await admin.provesTo(client);
    await owner.query('update desks set disabled_at = now() where clinic_id = $1', [clinicId]);
    expect(await whoIs(client)).toEqual(nobody);
    await expect(admin.provesTo(second)).rejects.toMatchObject({ code: 'PA006' });
  });

  test('at another desk than the one that the session was begun at', async () => {
    const added = await addDesk(central.ownerUrl, { clinicId, name: 'Back' });
    const elsewhere = await connect(added.ok ? added.value.url : '');
    try {
      await expect(admin.provesTo(elsewhere)).rejects.toMatchObject({ code: 'PA006' });
    } finally {
      await elsewhere.end();
    }
  });

  test('at a desk of another clinic, with a key and a session of this one', async () => {
    const other = await clinicWithDesks(central.ownerUrl, ['Front']);
    const elsewhere = await connect(other.desks[0]?.url ?? '');
    try {
      await expect(admin.provesTo(elsewhere)).rejects.toMatchObject({ code: 'PA006' });
      expect(await seen(elsewhere)).toEqual([]);
    } finally {
      await elsewhere.end();
    }
  });

  test('by settings, by another role, or by a temporary table that is called like ours', async () => {
    await owner.query(`grant temporary on database ${new URL(central.ownerUrl).pathname.slice(1)} to public`);
    for (const name of [
      'anteroom.user',
      'anteroom.user_id',
      'anteroom.role',
      'anteroom.done_at',
      'app.user_id',
    ])
      await client.query('select set_config($1, $2, false)', [name, admin.author.id]).catch(() => undefined);
    await client.query('set role anteroom_desk');
    await client.query(
      `create temporary table backend_sessions as select pg_backend_pid() as pid,
         (select backend_start::timestamptz(3) from pg_stat_get_activity(pg_backend_pid())) as backend_start,
         $1::uuid as clinic_id, $2::uuid as user_id, 'admin' as role, $3::uuid as session_id`,
      [clinicId, admin.author.id, admin.session],
    );
    await client.query(
      'create temporary table signing_keys (clinic_id uuid, user_id uuid, key bytea, ended_at timestamptz)',
    );
    await client.query(`insert into signing_keys values ($1, $2, '\\x00', null)`, [
      clinicId,
      admin.author.id,
    ]);
    await client.query(
      'create function pg_temp.signed_in_user() returns uuid language sql as $$ select null::uuid $$',
    );
    await client.query('set search_path = pg_temp, public');
    expect((await client.query('select public.signed_in_user() as id')).rows).toEqual([{ id: null }]);
    expect((await client.query('select public.signed_in_role() as role')).rows).toEqual([{ role: null }]);
    expect(await seen(client, 'public.idexx_sync_sessions')).toEqual([]);
    await expect(admin.provesTo(client, { proof: '00'.repeat(32) })).rejects.toMatchObject({ code: 'PA006' });
  });
});

test('who is signed in where is neither read nor written by a desk, and neither are the keys and the rights', async () => {
  await admin.provesTo(client);
  for (const table of ['backend_sessions', 'signing_keys', 'role_rights', 'users_tokens'])
    for (const sql of [
      `select from ${table}`,
      `insert into ${table} default values`,
      `delete from ${table}`,
      `truncate ${table}`,
    ])
      await expect(client.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  await expect(client.query('update backend_sessions set user_id = user_id')).rejects.toMatchObject({
    code: '42501',
  });
  await expect(client.query(`update users set role = 'admin'`)).rejects.toMatchObject({ code: '42501' });
});
