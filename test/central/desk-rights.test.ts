import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { initCentral } from '../../src-main/core/central/admin.ts';
import {
  clinicWithDesks,
  freshCentral,
  serverUrl,
  type TestCentral,
  withClient,
} from '../support/central.ts';
import { adds, type Basics, insertInto, seedBasics, sets, TestStream } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let desk: pg.Client;
let deskUrl: string;
let mine: Basics;
let theirs: Basics;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  const [one, other] = [
    await clinicWithDesks(central.ownerUrl, ['Front']),
    await clinicWithDesks(central.ownerUrl, ['Front']),
  ];
  mine = await seedBasics(owner, one.clinicId);
  theirs = await seedBasics(owner, other.clinicId);
  deskUrl = one.desks[0]?.url ?? '';
  desk = new pg.Client({ connectionString: deskUrl });
  await desk.connect();
});
afterAll(async () => {
  await desk.end();
  await owner.end();
  await central.drop();
});

/** Tables that desks may read, by what the database itself says. */
const readable = async (): Promise<string[]> => {
  const { rows } = await owner.query(
    `select distinct table_name from information_schema.column_privileges
     where grantee = 'anteroom_desk' and privilege_type = 'SELECT' and table_schema = 'public'`,
  );
  return rows.map((row) => row.table_name);
};

const allTables = async (): Promise<string[]> => {
  const { rows } = await owner.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`,
  );
  return rows.map((row) => row.relname);
};

test('a desk with raw SQL sees the rows of its own clinic only, in every table that it may read', async () => {
  const tables = await readable();
  expect(tables.length).toBeGreaterThan(19);
  for (const table of tables) {
    const { rows } = await desk.query(`select distinct clinic_id from ${table}`);
    expect(rows.every((row) => row.clinic_id === mine.clinicId)).toBe(true);
  }
  const { rows } = await desk.query('select id from patients');
  expect(rows.map((row) => row.id).sort()).toEqual([...mine.patients].sort());
  const asked = await desk.query('select from patients where clinic_id = $1', [theirs.clinicId]);
  expect(asked.rowCount).toBe(0);
});

test('a desk reads no password, no token, and no table that is not meant for it', async () => {
  const hidden = (await allTables()).filter((table) => !['users'].includes(table));
  const meant = await readable();
  for (const table of hidden.filter((name) => !meant.includes(name))) {
    await expect(desk.query(`select from ${table}`)).rejects.toMatchObject({ code: '42501' });
  }
  await expect(desk.query('select hashed_password from users')).rejects.toMatchObject({ code: '42501' });
  await expect(desk.query('select totp_secret from users')).rejects.toMatchObject({ code: '42501' });
  await expect(desk.query('select * from users')).rejects.toMatchObject({ code: '42501' });
  expect(meant).not.toContain('users_tokens');
  expect(meant).not.toContain('changes');
});

test('a desk inserts, updates, deletes and empties nothing directly, in any table', async () => {
  for (const table of await allTables()) {
    for (const sql of [
      `insert into ${table} default values`,
      `delete from ${table}`,
      `truncate ${table}`,
      `do $$ begin lock table ${table} in row exclusive mode; end $$`,
      `drop table ${table}`,
    ]) {
      await expect(desk.query(sql), sql).rejects.toMatchObject({
        code: expect.stringMatching(/42501|42809/),
      });
    }
  }
  for (const table of ['appointments', 'patients', 'heads', 'desks', 'audit_log', 'streams']) {
    const column = table === 'heads' ? 'seq' : 'clinic_id';
    await expect(desk.query(`update ${table} set ${column} = ${column}`)).rejects.toMatchObject({
      code: '42501',
    });
  }
});

test('no setting and no other role makes a desk into another clinic', async () => {
  const { rows: roles } = await owner.query('select role from desks where clinic_id = $1', [theirs.clinicId]);
  const other: string = roles[0].role;
  for (const sql of [
    `set session authorization ${other}`,
    `set role ${other}`,
    'set role anteroom',
    'set role pg_read_all_data',
    'set row_security = off',
    `set session_replication_role = 'replica'`,
  ]) {
    const refused = await desk.query(sql).then(
      () => false,
      () => true,
    );
    const seen = await desk.query('select distinct clinic_id from patients').then(
      ({ rows }) => rows.map((row) => row.clinic_id),
      () => [mine.clinicId],
    );
    expect(seen, sql).toEqual([mine.clinicId]);
    expect(refused, sql).toBe(sql !== 'set row_security = off');
    await desk.query('reset role; reset row_security');
  }
  for (const name of ['anteroom.clinic_id', 'anteroom.desk', 'app.clinic_id', 'role.clinic']) {
    await desk.query('select set_config($1, $2, false)', [name, theirs.clinicId]);
  }
  await desk.query('set role anteroom_desk');
  const { rows } = await desk.query('select distinct clinic_id from patients');
  expect(rows).toEqual([{ clinic_id: mine.clinicId }]);
  await desk.query('reset role');
});

test("a temporary table or function of a desk's own does not stand in for central's", async () => {
  // As on a central whose administrator gave everybody temporary tables.
  await owner.query(`grant temporary on database ${databaseName()} to public`);
  await withClient(deskUrl, async (client) => {
    await client.query(
      'create temporary table desks (clinic_id uuid, id uuid, name text, role text, user_id uuid, disabled_at timestamptz, created_at timestamptz)',
    );
    await client.query('insert into desks values ($1, $1, $2, session_user, $1, null, now())', [
      theirs.clinicId,
      'Forged',
    ]);
    await client.query(
      'create temporary table replicated_tables as select $1::text as name, true as pushable, array[]::text[] as withheld, array[]::text[] as first_wins',
      ['users'],
    );
    await client.query('set search_path = pg_temp, public');
    const { rows } = await client.query('select distinct clinic_id from public.patients');
    expect(rows).toEqual([{ clinic_id: mine.clinicId }]);
    const stream = new TestStream(client);
    const change = stream.change([adds('users', { id: crypto.randomUUID(), email: 'a@b.c', role: 'admin' })]);
    expect((await stream.push([change])).outcomes[0]?.refusal?.code).toBe('invalid');
  });
});

const databaseName = (): string => new URL(central.ownerUrl).pathname.slice(1);

test("a change that names another clinic's row finds none", async () => {
  const stream = new TestStream(desk);
  const [patient] = theirs.patients;
  const reply = await stream.push([
    stream.change([sets('patients', patient, { notes: 'x' }, { notes: null })]),
    stream.change([adds('reviews', { id: crypto.randomUUID(), doctor_id: theirs.doctors[0], stars: 1 })]),
    stream.change([
      adds('prescriptions', {
        id: crypto.randomUUID(),
        appointment_id: patient,
        doctor_id: theirs.doctors[0],
        patient_id: patient,
        instructions: 'x',
      }),
    ]),
  ]);
  expect(reply.outcomes.map((outcome) => outcome.refusal?.code)).toEqual(['row_gone', 'invalid', 'invalid']);
  expect(JSON.stringify(reply)).not.toContain(theirs.doctors[1]);
});

test('IDEXX rows are seen by nobody who is not signed in', async () => {
  const users = await owner.query('select id from users where clinic_id = $1', [mine.clinicId]);
  const user_id: string = users.rows[0].id;
  const insert = insertInto(owner, mine.clinicId);
  await insert('idexx_credentials', {
    user_id,
    encrypted_username: 'x',
    encrypted_password: 'x',
    encryption_key_id: 'x',
  });
  await insert('idexx_sync_sessions', { user_id });
  for (const table of [
    'idexx_credentials',
    'idexx_sync_sessions',
    'consultation_sync_status',
    'idexx_sync_audit_log',
  ]) {
    expect((await desk.query(`select from ${table}`)).rowCount).toBe(0);
  }
});

test('the role of a desk can do nothing but connect and what its group may', async () => {
  const { rows } = await owner.query(
    `select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolcanlogin,
       (select array_agg(g.rolname::text) from pg_auth_members m join pg_roles g on g.oid = m.roleid
        where m.member = r.oid) as groups
     from pg_roles r where rolname = (select role from desks where clinic_id = $1)`,
    [mine.clinicId],
  );
  expect(rows).toEqual([
    {
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
      rolcanlogin: true,
      groups: ['anteroom_desk'],
    },
  ]);
  const group = await owner.query(`select rolcanlogin from pg_roles where rolname = 'anteroom_desk'`);
  expect(group.rows).toEqual([{ rolcanlogin: false }]);
  for (const sql of [
    'create table public.mine ()',
    'create schema mine',
    'create role mine',
    `alter role anteroom_desk login`,
    `copy (select 1) to program 'true'`,
    `select pg_read_file('PG_VERSION')`,
  ]) {
    await expect(desk.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  }
});

test('every table has row-level security, and no right goes to everybody', async () => {
  const { rows: open } = await owner.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`,
  );
  expect(open).toEqual([]);
  const { rows: granted } = await owner.query(
    `select c.relname from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = 'public'::regnamespace and a.grantee = 0`,
  );
  expect(granted).toEqual([]);
  const { rows: more } = await owner.query(
    `select c.relname, a.privilege_type from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = 'public'::regnamespace and a.grantee = 'anteroom_desk'::regrole
       and a.privilege_type <> 'SELECT'`,
  );
  expect(more).toEqual([]);
});

test('every function fixes its search path, with temporary objects last, and only those for desks may be called', async () => {
  const ours = `p.pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
  const { rows: loose } = await owner.query(
    `select proname from pg_proc p join pg_language l on l.oid = p.prolang
     where ${ours} and prosrc ~* '\\mfrom\\M|\\mperform\\M|\\minsert\\M|\\mupdate\\M'
       and not coalesce(proconfig, '{}') @> array['search_path=pg_catalog, public, pg_temp']`,
  );
  expect(loose).toEqual([]);
  const { rows: definers } = await owner.query(
    `select proname from pg_proc p where ${ours} and prosecdef
       and not coalesce(proconfig, '{}') @> array['search_path=pg_catalog, public, pg_temp']`,
  );
  expect(definers).toEqual([]);
  const { rows: callable } = await owner.query(
    `select proname::text from pg_proc p where ${ours} and has_function_privilege('anteroom_desk', p.oid, 'execute')
     order by 1`,
  );
  expect(callable.map((row) => row.proname)).toEqual([
    'backup_state',
    'begin_history',
    'change_password',
    'deactivate_staff',
    'desk_clinic',
    'desk_wiped',
    'disable_desk',
    'enable_desk',
    'first_administrator',
    'free_leases',
    'get_attachment',
    'give_lease',
    'head',
    'idexx_begin_run',
    'idexx_credential_states',
    'idexx_end_run',
    'idexx_held',
    'idexx_note_access',
    'idexx_note_validation',
    'idexx_revoke_credentials',
    'idexx_runs',
    'idexx_store_credentials',
    'import_accounts',
    'import_idexx_history',
    'integration_states',
    'issue_code',
    'keep_lease',
    'keep_leases',
    'list_desks',
    'missing_attachments',
    'news',
    'next_of_stream',
    'push',
    'put_attachment',
    'reactivate_staff',
    'read_audit',
    'read_code',
    'redeem_code',
    'rename_desk',
    'report_desk',
    'return_leases',
    'set_staff',
    'sign_in',
    'sign_in_challenge',
    'sign_out',
    'signed_in_role',
    'signed_in_user',
    'take_lease',
    'tell_events',
    'tell_leases',
    'unlock_staff',
    'whoami',
  ]);
});

test('on a new central, everybody else may not even connect, and nobody may make temporary tables', async () => {
  const server = await serverUrl();
  const name = `rights_${Date.now()}`;
  await withClient(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    expect(await initCentral(url.href)).toEqual({ ok: true, value: null });
    const { rows } = await withClient(url.href, (client) =>
      client.query(
        `select a.grantee::regrole::text as who, a.privilege_type as what from pg_database d, aclexplode(d.datacl) a
         where d.datname = current_database() and a.grantee <> d.datdba order by 1, 2`,
      ),
    );
    expect(rows).toEqual([{ who: 'anteroom_desk', what: 'CONNECT' }]);
  } finally {
    await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
  }
});
