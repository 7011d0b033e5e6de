import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disableDesk, enableDesk, listDesks, renewDesk } from '../../src-main/core/central/desk-admin.ts';
import {
  clinicWithDesks,
  freshCentral,
  type TestCentral,
  type TestDesk,
  withClient,
} from '../support/central.ts';
import { TestStream } from '../support/central-rows.ts';
import { Signer } from '../support/signer.ts';
import { addStaff, type Staff } from '../support/staff.ts';

let central: TestCentral;
let owner: pg.Client;
let front: pg.Client;
let desks: TestDesk[];
let stranger: TestDesk;
let clinicId: string;
let stream: TestStream;
const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};
beforeAll(async () => {
  central = await freshCentral();
  owner = await connect(central.ownerUrl);
  ({ clinicId, desks } = await clinicWithDesks(central.ownerUrl, ['Front', 'Back']));
  const other = await clinicWithDesks(central.ownerUrl, ['Elsewhere']);
  const [first] = other.desks;
  if (!first) throw new Error('no desk');
  stranger = first;
  front = await connect(desk(0).url);
  stream = new TestStream(front);
});
afterAll(async () => {
  await front.end();
  await owner.end();
  await central.drop();
});
const desk = (at: number): TestDesk => {
  const found = desks[at];
  if (!found) throw new Error('no desk');
  return found;
};

type Answer = { ok?: unknown; error?: string };
const ask = async (client: pg.Client, name: string, args: object = {}): Promise<Answer> =>
  (await client.query(`select ${name}($1) as answer`, [args])).rows[0].answer;
/** Asks as somebody who is signed in on this connection. */
const askAs = async (person: Staff, name: string, args: object = {}): Promise<Answer> => {
  const signer = new Signer(person, stream, desk(0).deskId);
  await signer.signsIn();
  await front.query('begin');
  await signer.provesTo(front);
  const answer = await ask(front, name, args);
  await front.query('commit');
  return answer;
};
const named = ['list_desks', 'disable_desk', 'enable_desk', 'rename_desk'] as const;

test('in an open clinic a desk sees and stops the desks of its own clinic, and no other’s nor itself', async () => {
  const { ok } = await ask(front, 'list_desks');
  expect(ok).toMatchObject([{ name: 'Back', standing: 'working' }, { name: 'Front' }]);
  for (const name of ['disable_desk', 'enable_desk', 'rename_desk']) {
    expect(await ask(front, name, { deskId: stranger.deskId, name: 'Mine' }), name).toMatchObject({
      error: 'not_found',
    });
  }
  expect(await ask(front, 'disable_desk', { deskId: desk(0).deskId, wipe: true })).toEqual({
    error: 'own_desk',
  });
  expect(await ask(front, 'rename_desk', { deskId: desk(1).deskId, name: 'Front' })).toMatchObject({
    error: 'name_in_use',
  });
  expect(await ask(front, 'rename_desk', { deskId: desk(1).deskId, name: ' Back office ' })).toEqual({
    ok: {},
  });
  const { rows } = await owner.query('select name from desks where id = $1', [desk(1).deskId]);
  expect(rows).toEqual([{ name: 'Back office' }]);
});

test('a desk says nothing of another one, and is wiped only where it was told to', async () => {
  expect(await ask(front, 'desk_wiped', { lost: 0 })).toEqual({ error: 'not_allowed' });
  await ask(front, 'report_desk', { version: '9.9', waiting: 3, deskId: desk(1).deskId });
  const { rows } = await owner.query('select desk_id, version, waiting from desk_reports');
  expect(rows).toEqual([{ desk_id: desk(0).deskId, version: '9.9', waiting: 3 }]);
  await expect(front.query('select from desk_reports')).rejects.toMatchObject({ code: '42501' });
});

test('once people sign in, only an administrator who is signed in manages desks', async () => {
  const staff = {
    admin: await addStaff(central.ownerUrl, clinicId, { role: 'admin' }),
    doctor: await addStaff(central.ownerUrl, clinicId, { role: 'doctor' }),
    receptionist: await addStaff(central.ownerUrl, clinicId, { role: 'receptionist' }),
  };
  const args = { deskId: desk(1).deskId, wipe: false, name: 'Renamed' };
  for (const name of named) {
    expect(await ask(front, name, args), name).toMatchObject({ error: 'not_allowed' });
    expect(await askAs(staff.doctor, name, args), name).toMatchObject({ error: 'not_allowed' });
    expect(await askAs(staff.receptionist, name, args), name).toMatchObject({ error: 'not_allowed' });
  }
  expect(await askAs(staff.admin, 'disable_desk', args)).toEqual({ ok: {} });
});

test('a desk that is stopped reads nothing more, its people are signed out, and it is told by whom', async () => {
  const [admin] = (await owner.query(`select id, display_name from users where role = 'admin'`)).rows;
  await owner.query(
    `insert into user_sessions (clinic_id, id, user_id, desk_id, method, started_at)
     values ($1, gen_random_uuid(), $2, $3, 'password', now())`,
    [clinicId, admin.id, desk(1).deskId],
  );
  await disableDesk(central.ownerUrl, desk(1).deskId, { wipe: true });
  await withClient(desk(1).url, async (back) => {
    expect((await back.query('select from clinics')).rowCount).toBe(0);
    const [{ me }] = (await back.query('select whoami() as me')).rows;
    expect(me).toMatchObject({ disabled: true, wipe: true, disabled_by: admin.display_name });
    expect(await ask(back, 'list_desks')).toMatchObject({ error: 'not_allowed' });
    expect(await ask(back, 'enable_desk', { deskId: desk(1).deskId })).toMatchObject({
      error: 'not_allowed',
    });
    expect(await ask(back, 'desk_wiped', { lost: 2 })).toEqual({ ok: {} });
    expect(await ask(back, 'desk_wiped', { lost: 0 })).toEqual({ ok: {} });
  });
  const { rows: open } = await owner.query(
    'select from user_sessions where desk_id = $1 and ended_at is null',
    [desk(1).deskId],
  );
  expect(open).toEqual([]);
  const listed = await listDesks(central.ownerUrl);
  expect(listed.ok && listed.value.find(({ id }) => id === desk(1).deskId)).toMatchObject({
    standing: 'wiped',
    waiting: 2,
  });
  const { rows: audit } = await owner.query(
    `select action from audit_log where table_name = 'desks' and row_id = $1 order by seq`,
    [desk(1).deskId],
  );
  expect(audit.map(({ action }) => action)).toEqual(['renameDesk', 'disableDesk', 'wipeDesk', 'deskWiped']);
});

test('the owner lets a desk work again, and gives it an address whose password stands in no statement', async () => {
  expect(await enableDesk(central.ownerUrl, desk(1).deskId)).toMatchObject({ ok: true });
  const renewed = await renewDesk(central.ownerUrl, desk(1).deskId);
  if (!renewed.ok) throw new Error(renewed.error.message);
  await expect(withClient(desk(1).url, async () => true)).rejects.toMatchObject({ code: '28P01' });
  await withClient(renewed.value, async (back) => {
    expect((await back.query('select from clinics')).rowCount).toBe(1);
  });
  expect(await renewDesk(central.ownerUrl, clinicId)).toMatchObject({
    ok: false,
    error: { code: 'no_such_desk' },
  });
});
