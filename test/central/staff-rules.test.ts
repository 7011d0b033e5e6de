import { createHmac } from 'node:crypto';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { makeBox, newContents, passwordHash, sealed } from '../../src-main/core/security/sealed.ts';
import { codeHash, newCode } from '../../src-main/core/staff-code.ts';
import {
  clinicWithDesks,
  freshCentral,
  type TestCentral,
  type TestDesk,
  withClient,
} from '../support/central.ts';
import { adds, insertInto, sets, TestStream } from '../support/central-rows.ts';
import { addStaff, CHEAP, type Staff } from '../support/staff.ts';

let central: TestCentral;
let clinicId: string;
let desks: TestDesk[];
let owner: pg.Client;
let admin: Staff;
let receptionist: Staff;

beforeAll(async () => {
  central = await freshCentral();
  ({ clinicId, desks } = await clinicWithDesks(central.ownerUrl));
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  admin = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  receptionist = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});

type Answer = { ok?: Record<string, unknown>; error?: string; details?: Record<string, unknown> };

/** What a desk's function of central answers; with `as`, to somebody who is signed in on that connection. */
const ask = async (name: string, args: object, as?: Staff, desk = desks[0]): Promise<Answer> =>
  withClient(desk?.url ?? '', async (client) => {
    if (as) await signIn(client, as, await sessionOf(as, desk));
    const { rows } = await client.query(`select ${name}($1::jsonb) as answer`, [JSON.stringify(args)]);
    return rows[0].answer;
  });

/** A session that somebody began at a desk, as its sign-in writes it. */
const sessionOf = async (staff: Staff, desk = desks[0]): Promise<string> => {
  const id = newId();
  await insertInto(owner, clinicId)('user_sessions', {
    id,
    user_id: staff.id,
    desk_id: desk?.deskId,
    method: 'pin',
    started_at: new Date().toISOString(),
  });
  return id;
};

const signIn = async (client: pg.Client, staff: Staff, session: string): Promise<void> => {
  const { rows } = await client.query('select sign_in_challenge() as challenge');
  const message = ['sign_in', rows[0].challenge, staff.id, session].join('\n');
  const proof = createHmac('sha256', Buffer.from(staff.signingKey, 'hex')).update(message).digest('hex');
  await client.query('select sign_in($1, $2, $3)', [staff.id, session, proof]);
};

/** What redeeming sets, made as a desk makes it. */
const keysFor = async (userId: string, password = 'a harbour at dawn') => {
  const contents = newContents();
  return {
    hashed_password: await passwordHash(password, CHEAP),
    sealed: sealed(await makeBox(userId, password, contents, CHEAP)),
    signing_key: contents.signingKey,
  };
};

/** Invites somebody; answers the code and the account. */
const invite = async (role = 'receptionist'): Promise<{ code: string; id: string }> => {
  const code = newCode();
  const id = newId();
  const user = { id, name: 'New', email: `${id}@clinic.example`, username: '', role, doctor_id: null };
  expect(await ask('issue_code', { token: codeHash(code), user }, admin)).toMatchObject({
    ok: { user_id: id },
  });
  return { code, id };
};

const row = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>> =>
  (await owner.query(sql, values)).rows[0];

describe('the first administrator', () => {
  it('closes the clinic, once, however many desks try at the same time', async () => {
    const other = await clinicWithDesks(central.ownerUrl, ['A', 'B']);
    const tries = await Promise.all(
      other.desks.map(async (desk) => {
        const user_id = newId();
        const args = {
          user_id,
          name: 'First',
          email: `${user_id}@clinic.example`,
          ...(await keysFor(user_id)),
        };
        return ask('first_administrator', args, undefined, desk);
      }),
    );
    expect(tries.map((answer) => answer.error ?? 'made').sort()).toEqual(['made', 'not_allowed']);
    expect(await row('select clinic_is_open($1) as open', [other.clinicId])).toEqual({ open: false });
    const made = await row(
      `select u.role, count(k.id)::int as keys from users u join signing_keys k on k.user_id = u.id
       where u.clinic_id = $1 and u.role = 'admin' group by u.role`,
      [other.clinicId],
    );
    expect(made).toEqual({ role: 'admin', keys: 1 });
  });

  it('is made of an address that nobody has, or not at all', async () => {
    const other = await clinicWithDesks(central.ownerUrl, ['C']);
    const taken = `${newId()}@clinic.example`;
    const user = { email: taken.toUpperCase(), display_name: 'P', hashed_password: '!', role: 'patient' };
    await insertInto(owner, other.clinicId)('users', { id: newId(), ...user });
    const user_id = newId();
    const args = { user_id, name: 'First', email: taken, ...(await keysFor(user_id)) };
    expect(await ask('first_administrator', args, undefined, other.desks[0])).toMatchObject({
      error: 'account_in_use',
      details: { what: 'email' },
    });
    expect(await row('select clinic_is_open($1) as open', [other.clinicId])).toEqual({ open: true });
  });
});

describe('a code', () => {
  it('is kept as its hash only, ends after seven days or an hour, and ends the one before', async () => {
    const { code, id } = await invite();
    const kept = await row(
      `select encode(token, 'hex') as token, context, round(extract(epoch from expires_at - created_at)) as lasts
       from users_tokens where user_id = $1`,
      [id],
    );
    expect(kept).toEqual({ token: codeHash(code), context: 'invite', lasts: '604800' });
    const second = newCode();
    await ask('issue_code', { token: codeHash(second), user_id: id }, admin);
    expect(await ask('read_code', { code })).toMatchObject({
      error: 'code_not_valid',
      details: { reason: 'used' },
    });
    expect(await ask('read_code', { code: second })).toMatchObject({
      ok: { user_id: id, purpose: 'invite' },
    });

    const reset = await ask('issue_code', { token: codeHash(newCode()), user_id: receptionist.id }, admin);
    expect(reset).toMatchObject({ ok: { purpose: 'reset_password' } });
    expect(
      await row(
        `select round(extract(epoch from expires_at - created_at)) as lasts from users_tokens
         where user_id = $1 and used_at is null`,
        [receptionist.id],
      ),
    ).toEqual({ lasts: '3600' });
  });

  it('is redeemed by exactly one of two desks that type it at the same moment', async () => {
    const { code, id } = await invite();
    const both = await Promise.all(
      desks.map(async (desk) => ask('redeem_code', { code, ...(await keysFor(id)) }, undefined, desk)),
    );
    expect(both.filter((answer) => answer.ok)).toHaveLength(1);
    expect(both.filter((answer) => answer.error === 'code_not_valid')).toHaveLength(1);
    expect(
      await row('select count(*)::int as live from signing_keys where user_id = $1 and ended_at is null', [
        id,
      ]),
    ).toEqual({ live: 1 });
  });

  it('that ran out, was never issued, or is another clinic’s opens nothing', async () => {
    const { code, id } = await invite();
    await owner.query('alter table users_tokens disable trigger check_code_final');
    await owner.query(`update users_tokens set expires_at = now() - interval '1 second' where user_id = $1`, [
      id,
    ]);
    await owner.query('alter table users_tokens enable trigger check_code_final');
    const keys = await keysFor(id);
    expect(await ask('redeem_code', { code, ...keys })).toMatchObject({ details: { reason: 'expired' } });
    expect(await ask('redeem_code', { code: newCode(), ...keys })).toMatchObject({
      details: { reason: 'unknown' },
    });
    const elsewhere = await clinicWithDesks(central.ownerUrl, ['D']);
    const fresh = await invite();
    expect(
      await ask('redeem_code', { code: fresh.code, ...keys }, undefined, elsewhere.desks[0]),
    ).toMatchObject({
      details: { reason: 'unknown' },
    });
    expect(await row('select hashed_password, confirmed_at from users where id = $1', [id])).toEqual({
      hashed_password: '!',
      confirmed_at: null,
    });
  });

  it('cannot be made out of what the database keeps of it', async () => {
    const { code, id } = await invite();
    const keys = await keysFor(id);
    for (const stolen of [codeHash(code), `\\x${codeHash(code)}`, codeHash(codeHash(code))])
      expect(await ask('redeem_code', { code: stolen, ...keys })).toMatchObject({
        details: { reason: 'unknown' },
      });
  });

  it('for a new password ends every session and key of before', async () => {
    const someone = await addStaff(central.ownerUrl, clinicId, { role: 'doctor' });
    const session = await sessionOf(someone);
    await owner.query('update staff_keys set misses = 12, second_factor_at = now() where id = $1', [
      someone.id,
    ]);
    const code = newCode();
    await ask('issue_code', { token: codeHash(code), user_id: someone.id }, admin);
    const keys = await keysFor(someone.id);
    expect(await ask('redeem_code', { code, ...keys })).toMatchObject({ ok: { user_id: someone.id } });
    expect(
      await row('select ended_at is not null as ended from user_sessions where id = $1', [session]),
    ).toEqual({
      ended: true,
    });
    expect(
      await row(
        `select encode(key, 'hex') as key from signing_keys where user_id = $1 and ended_at is null`,
        [someone.id],
      ),
    ).toEqual({ key: keys.signing_key });
    expect(
      await row('select misses, second_factor_at, sealed from staff_keys where id = $1', [someone.id]),
    ).toEqual({
      misses: 0,
      second_factor_at: null,
      sealed: keys.sealed,
    });
  });

  test.each(['plain text', '$2b$10$abcdefghijklmnopqrstuv', ''])(
    'takes no password that is not hashed: %s',
    async (hashed) => {
      const { code, id } = await invite();
      const args = { code, ...(await keysFor(id)), hashed_password: hashed };
      await expect(ask('redeem_code', args)).rejects.toMatchObject({ code: 'PA005' });
      expect(await ask('read_code', { code })).toHaveProperty('ok');
    },
  );
});

describe('somebody who is not an administrator', () => {
  const attempts: [string, string, () => object][] = [
    ['a role', 'set_staff', () => ({ user_id: receptionist.id, set: { role: 'admin' } })],
    [
      'an invitation as administrator',
      'issue_code',
      () => ({ token: codeHash(newCode()), user: accountOf('admin') }),
    ],
    ["the administrator's password", 'issue_code', () => ({ token: codeHash(newCode()), user_id: admin.id })],
    ['the end of the administrator', 'deactivate_staff', () => ({ user_id: admin.id })],
    ['somebody who had gone', 'reactivate_staff', () => ({ user_id: admin.id, token: codeHash(newCode()) })],
    ['an unlocked account', 'unlock_staff', () => ({ user_id: receptionist.id })],
  ];
  const accountOf = (role: string) => {
    const id = newId();
    return { id, name: 'X', email: `${id}@clinic.example`, username: '', role, doctor_id: null };
  };

  test.each(attempts)('is not given %s, signed in or not', async (_what, name, args) => {
    for (const as of [undefined, receptionist])
      expect(await ask(name, args(), as)).toEqual({
        error: 'not_allowed',
        details: { right: 'staff.manage' },
      });
  });

  it('is not let in again as the first administrator', async () => {
    const id = newId();
    const args = { user_id: id, name: 'X', email: `${id}@clinic.example`, ...(await keysFor(id)) };
    for (const as of [undefined, receptionist])
      expect(await ask('first_administrator', args, as)).toMatchObject({ error: 'not_allowed' });
  });

  it('does not become one by pushing rows of accounts, keys, codes or rights', async () => {
    await withClient(desks[0]?.url ?? '', async (client) => {
      const stream = new TestStream(client);
      const before = await row('select sealed from staff_keys where id = $1', [admin.id]);
      const box = (await keysFor(admin.id)).sealed;
      const reply = await stream.push([
        stream.change([sets('users', receptionist.id, { role: 'admin' }, { role: 'receptionist' })]),
        stream.change([sets('staff_keys', admin.id, { sealed: box }, before)]),
        stream.change([sets('staff_keys', receptionist.id, { misses: 0 }, { misses: 10 })]),
        stream.change([adds('staff_keys', { id: newId(), sealed: box })]),
        stream.change([adds('signing_keys', { id: newId(), user_id: admin.id, key: '\\x00' })]),
        stream.change([
          adds('users_tokens', { id: newId(), user_id: admin.id, token: '\\x00', context: 'invite' }),
        ]),
        stream.change([adds('role_rights', { id: newId(), role: 'receptionist', right: 'staff.manage' })]),
      ]);
      expect(reply.outcomes.map(({ outcome }) => outcome)).toEqual(Array(7).fill('refused'));
    });
    expect(await row('select role from users where id = $1', [receptionist.id])).toEqual({
      role: 'receptionist',
    });
  });

  it('calls none of the functions beneath, and reads no code, key or hash', async () => {
    await withClient(desks[0]?.url ?? '', async (client) => {
      await signIn(client, receptionist, await sessionOf(receptionist));
      for (const sql of [
        `select make_code('${clinicId}', '${admin.id}', '\\x00')`,
        `select give_keys('${clinicId}', '${admin.id}', '{}')`,
        `select count_miss('${clinicId}', '${admin.id}', now())`,
        `select find_code('${clinicId}', 'x')`,
        `select link_doctor('${clinicId}', '${receptionist.id}', null)`,
        'select token from users_tokens',
        'select key from signing_keys',
        'select hashed_password from users',
        `update users set role = 'admin' where id = '${receptionist.id}'`,
        `insert into backend_sessions values (pg_backend_pid(), now(), '${clinicId}', '${admin.id}', 'admin', null)`,
      ])
        await expect(client.query(sql), sql).rejects.toMatchObject({ code: '42501' });
    });
  });
});

describe('the last administrator', () => {
  it('is neither demoted nor deactivated, by herself, or by the owner with raw SQL', async () => {
    const refused = { error: 'last_administrator' };
    expect(await ask('set_staff', { user_id: admin.id, set: { role: 'doctor' } }, admin)).toMatchObject(
      refused,
    );
    expect(await ask('deactivate_staff', { user_id: admin.id }, admin)).toMatchObject(refused);
    for (const sql of [
      `update users set role = 'receptionist' where id = $1`,
      'update users set deleted_at = now() where id = $1',
      `update staff_keys set sealed = '' where id = $1`,
      'delete from staff_keys where id = $1',
    ])
      await expect(owner.query(sql, [admin.id]), sql).rejects.toMatchObject({
        constraint: 'users_last_administrator',
      });
    expect(await row('select clinic_is_open($1) as open', [clinicId])).toEqual({ open: false });
  });

  it('stays when two demote each other at the same moment', async () => {
    const second = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
    const answers = await Promise.all([
      ask('set_staff', { user_id: second.id, set: { role: 'doctor' } }, admin),
      ask('set_staff', { user_id: admin.id, set: { role: 'doctor' } }, second, desks[1]),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      await row(`select count(*)::int as left from users where clinic_id = $1 and role = 'admin'`, [
        clinicId,
      ]),
    ).toEqual({
      left: 1,
    });
    await owner.query(`update users set role = 'admin' where id = $1`, [admin.id]);
    await owner.query(`update users set role = 'doctor' where id = $1`, [second.id]);
  });
});

describe('an administrator', () => {
  it('changes an account, and the audit tells who, where, and both states without a secret', async () => {
    const { id } = await invite();
    const set = { name: 'Anna', username: 'anna', role: 'doctor' };
    expect(await ask('set_staff', { user_id: id, set }, admin)).toEqual({ ok: {} });
    const entry = await row(
      `select actor, desk_id, session_id is not null as signed, before, after from audit_log
       where row_id = $1 and action = 'updateStaff'`,
      [id],
    );
    expect(entry).toMatchObject({
      actor: admin.id,
      desk_id: desks[0]?.deskId,
      signed: true,
      before: { display_name: 'New', username: null, role: 'receptionist' },
      after: { display_name: 'Anna', username: 'anna', role: 'doctor' },
    });
    expect(JSON.stringify(entry)).not.toContain('password');
  });

  it('makes nobody a patient, a program, or the account of a desk an account of the staff', async () => {
    const { id } = await invite();
    for (const role of ['patient', 'automation', 'desk'])
      expect((await ask('set_staff', { user_id: id, set: { role } }, admin)).error).toBe('invalid_input');
    const desk = await row('select user_id from desks where id = $1', [desks[0]?.deskId]);
    const token = codeHash(newCode());
    expect(await ask('issue_code', { token, user_id: desk['user_id'] }, admin)).toMatchObject({
      error: 'not_found',
    });
    expect(await ask('set_staff', { user_id: desk['user_id'], set: { role: 'admin' } }, admin)).toMatchObject(
      {
        error: 'not_found',
      },
    );
    await expect(
      owner.query(`update users set role = 'admin' where id = $1`, [desk['user_id']]),
    ).rejects.toMatchObject({ constraint: 'users_desk_account' });
    await expect(
      insertInto(owner, clinicId)('staff_keys', { id: desk['user_id'], sealed: '{}' }),
    ).rejects.toMatchObject({ constraint: 'staff_keys_of_staff' });
  });

  it('ends an account with all that opens it, also where raw SQL does it, and takes it back in with a code', async () => {
    const someone = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
    const session = await sessionOf(someone);
    const code = newCode();
    await ask('issue_code', { token: codeHash(code), user_id: someone.id }, admin);
    expect(await ask('deactivate_staff', { user_id: someone.id }, admin)).toEqual({ ok: {} });
    expect(
      await row(
        `select (select ended_at is not null from user_sessions where id = $2) as session,
           (select sealed from staff_keys where id = $1) as sealed,
           (select count(*)::int from signing_keys where user_id = $1 and ended_at is null) as keys,
           (select count(*)::int from users_tokens where user_id = $1 and used_at is null) as codes`,
        [someone.id, session],
      ),
    ).toEqual({ session: true, sealed: '', keys: 0, codes: 0 });
    expect(await ask('redeem_code', { code, ...(await keysFor(someone.id)) })).toMatchObject({
      error: 'code_not_valid',
    });

    const next = newCode();
    const back = await ask('reactivate_staff', { user_id: someone.id, token: codeHash(next) }, admin);
    expect(back).toMatchObject({ ok: { purpose: 'invite' } });
    expect(await ask('redeem_code', { code: next, ...(await keysFor(someone.id)) })).toHaveProperty('ok');

    const again = await sessionOf(someone);
    await owner.query('update users set deleted_at = now() where id = $1', [someone.id]);
    expect(
      await row('select ended_at is not null as ended from user_sessions where id = $1', [again]),
    ).toEqual({
      ended: true,
    });
  });

  it('links an account to a doctor who has none', async () => {
    const doctor = newId();
    const facts = { first_name: 'A', last_name: 'B', email: 'ab@clinic.example', specialization: 'Dentist' };
    await insertInto(owner, clinicId)('doctors', { id: doctor, ...facts });
    const [one, other] = [await invite('doctor'), await invite('doctor')];
    expect(await ask('set_staff', { user_id: one.id, set: { doctor_id: doctor } }, admin)).toEqual({
      ok: {},
    });
    expect(
      await ask('set_staff', { user_id: other.id, set: { name: 'Not saved', doctor_id: doctor } }, admin),
    ).toMatchObject({
      error: 'doctor_linked',
    });
    expect(await row('select display_name from users where id = $1', [other.id])).toEqual({
      display_name: 'New',
    });
    expect(await ask('set_staff', { user_id: one.id, set: { doctor_id: null } }, admin)).toEqual({ ok: {} });
    expect(await row('select user_id from doctors where id = $1', [doctor])).toEqual({ user_id: null });
  });
});

describe('one’s own password', () => {
  it('is changed by its owner only, and signs her out everywhere else', async () => {
    const [here, elsewhere] = [await sessionOf(receptionist), await sessionOf(receptionist, desks[1])];
    const { hashed_password, sealed: box } = await keysFor(receptionist.id);
    expect(await ask('change_password', { hashed_password, sealed: box })).toMatchObject({
      error: 'not_signed_in',
    });
    await withClient(desks[0]?.url ?? '', async (client) => {
      await signIn(client, receptionist, here);
      await client.query('select change_password($1)', [JSON.stringify({ hashed_password, sealed: box })]);
    });
    const ended = 'select ended_at is not null as ended from user_sessions where id = $1';
    expect(await row(ended, [here])).toEqual({ ended: false });
    expect(await row(ended, [elsewhere])).toEqual({ ended: true });
    expect(await row('select sealed from staff_keys where id = $1', [receptionist.id])).toEqual({
      sealed: box,
    });
    expect(await row('select sealed from staff_keys where id = $1', [admin.id])).toEqual({
      sealed: admin.sealed,
    });
  });
});

describe('wrong passwords at all desks', () => {
  const start = Date.now() - 20 * 86_400_000;
  const miss = (staff: Staff, minute: number) =>
    owner.query('select count_miss($1, $2, $3)', [clinicId, staff.id, new Date(start + minute * 60_000)]);
  const lock = async (staff: Staff): Promise<number | null> => {
    const { locked_until: until } = await row('select locked_until from staff_keys where id = $1', [
      staff.id,
    ]);
    return until instanceof Date ? (until.getTime() - start) / 60_000 : null;
  };

  it('lock the account from the tenth on, each further one for twice as long, up to a day', async () => {
    const someone = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
    for (let minute = 0; minute < 9; minute += 1) await miss(someone, minute);
    expect(await lock(someone)).toBeNull();
    await miss(someone, 9);
    expect(await lock(someone)).toBe(9 + 15);
    // Typed while it is locked.
    await miss(someone, 10);
    expect(await lock(someone)).toBe(24);
    let minute = 24;
    for (const length of [30, 60, 120, 240, 480, 960, 1440, 1440]) {
      await miss(someone, minute);
      expect(await lock(someone)).toBe(minute + length);
      minute += length;
    }
  });

  it('are forgotten after a quarter of an hour, a right one, or by an administrator', async () => {
    const someone = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
    for (let n = 0; n < 9; n += 1) await miss(someone, n);
    await miss(someone, 8 + 16);
    expect(await row('select misses from staff_keys where id = $1', [someone.id])).toEqual({ misses: 1 });

    for (let n = 0; n < 9; n += 1) await miss(someone, 25 + n);
    expect(await lock(someone)).toBe(33 + 15);
    const session = {
      user_id: someone.id,
      desk_id: desks[0]?.deskId,
      started_at: new Date(start + 60 * 60_000),
    };
    await insertInto(owner, clinicId)('user_sessions', { id: newId(), method: 'pin', ...session });
    expect(await lock(someone)).toBe(48);
    await insertInto(owner, clinicId)('user_sessions', { id: newId(), method: 'password', ...session });
    expect(await lock(someone)).toBeNull();
    // One of before that arrives late, from a desk that was offline.
    await miss(someone, 40);
    expect(await row('select misses from staff_keys where id = $1', [someone.id])).toEqual({ misses: 0 });

    for (let n = 0; n < 10; n += 1) await miss(someone, 100 + n);
    expect(await lock(someone)).not.toBeNull();
    expect(await ask('unlock_staff', { user_id: someone.id }, admin)).toEqual({ ok: {} });
    expect(await lock(someone)).toBeNull();
  });
});
