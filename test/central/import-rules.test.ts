import { createHmac } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
let admin: Staff;
let receptionist: Staff;

beforeAll(async () => {
  central = await freshCentral();
  ({ clinicId, desks } = await clinicWithDesks(central.ownerUrl));
  admin = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  receptionist = await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' });
});
afterAll(() => central.drop());

const beginSession = (staff: Staff): Promise<string> =>
  withClient(central.ownerUrl, async (owner) => {
    const id = newId();
    await insertInto(owner, clinicId)('user_sessions', {
      id,
      user_id: staff.id,
      desk_id: desks[0]?.deskId,
      method: 'password',
      started_at: new Date().toISOString(),
    });
    return id;
  });

/** What a function answers to whoever is signed in at the desk, or to nobody. */
const ask = async (name: string, rows: object[], as?: Staff): Promise<unknown> => {
  const session = as && (await beginSession(as));
  return withClient(desks[0]?.url ?? '', async (client) => {
    if (as && session) {
      const { rows: told } = await client.query('select sign_in_challenge() as challenge');
      const message = ['sign_in', told[0].challenge, as.id, session].join('\n');
      const proof = createHmac('sha256', Buffer.from(as.signingKey, 'hex')).update(message).digest('hex');
      await client.query('select sign_in($1, $2, $3)', [as.id, session, proof]);
    }
    const { rows: answers } = await client.query(`select ${name}($1::jsonb) as answer`, [
      JSON.stringify({ rows }),
    ]);
    return answers[0].answer;
  });
};

const users = (where: string): Promise<Record<string, unknown>[]> =>
  withClient(
    central.ownerUrl,
    async (owner) => (await owner.query(`select * from users where ${where}`)).rows,
  );

describe('accounts of another system', () => {
  const account = { id: newId(), email: 'Ann@old.example', display_name: 'Ann', role: 'admin' };

  test('are taken only from somebody who manages the staff', async () => {
    const refused = { error: 'not_allowed', details: { right: 'staff.manage' } };
    expect(await ask('import_accounts', [account])).toEqual(refused);
    expect(await ask('import_accounts', [account], receptionist)).toEqual(refused);
    expect(await users(`id = '${account.id}'`)).toEqual([]);
  });

  test('come in once, without a key, so that nobody signs in by one before an invitation', async () => {
    expect(await ask('import_accounts', [account, account], admin)).toEqual({
      ok: [
        { id: account.id, outcome: 'taken' },
        { id: account.id, outcome: 'known' },
      ],
    });
    expect(await users(`id = '${account.id}'`)).toMatchObject([{ role: 'admin', hashed_password: '!' }]);
    await withClient(central.ownerUrl, async (owner) => {
      const { rows } = await owner.query('select id from staff_keys where id = $1', [account.id]);
      expect(rows).toEqual([]);
      const { rows: noted } = await owner.query(
        `select actor, after->>'role' as role from audit_log where row_id = $1 and action = 'importAccount'`,
        [account.id],
      );
      expect(noted).toEqual([{ actor: admin.id, role: 'admin' }]);
    });
  });

  test('change no account that is here: neither its role, nor its password, nor whose it is', async () => {
    const other = { ...account, id: newId(), email: receptionist.email.toUpperCase() };
    const same = { ...account, id: receptionist.id, hashed_password: '$2b$12$x' };
    expect(await ask('import_accounts', [other, same], admin)).toMatchObject({
      ok: [
        { id: other.id, outcome: 'left_out', reason: 'email_in_use', details: { here: receptionist.id } },
        { id: same.id, outcome: 'known' },
      ],
    });
    expect(await users(`id = '${receptionist.id}'`)).toMatchObject([
      { role: 'receptionist', hashed_password: receptionist.hashedPassword },
    ]);
  });

  test('that break a rule are left out each by itself', async () => {
    const [robot, long, fine] = [newId(), newId(), newId()];
    expect(
      await ask(
        'import_accounts',
        [
          { id: robot, email: 'robot@old.example', display_name: 'R', role: 'automation' },
          { id: long, email: 'long@old.example', display_name: 'x'.repeat(201), role: 'doctor' },
          { id: fine, email: 'fine@old.example', display_name: 'F', role: 'doctor' },
        ],
        admin,
      ),
    ).toMatchObject({
      ok: [
        { id: robot, outcome: 'left_out', reason: 'value_unknown' },
        { id: long, outcome: 'left_out', reason: 'refused_by_central' },
        { id: fine, outcome: 'taken' },
      ],
    });
  });
});

test('the history of another IDEXX sync is taken only from somebody who manages the clinic', async () => {
  const row = {
    of: 'session',
    id: newId(),
    user_id: admin.id,
    status: 'completed',
    started_at: '2026-11-01T08:00:00Z',
    consultations_synced: 1,
    consultations_failed: 0,
    discharge_calls_scheduled: 0,
    created_at: '2026-11-01T08:00:00Z',
  };
  expect(await ask('import_idexx_history', [row], receptionist)).toMatchObject({ error: 'not_allowed' });
  expect(
    await ask('import_idexx_history', [row, { ...row, id: newId(), user_id: newId() }], admin),
  ).toMatchObject({
    ok: [{ outcome: 'taken' }, { outcome: 'left_out', reason: 'unknown_person' }],
  });
});
