import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addClinic, addDesk, initCentral, listClinics } from '../../src-main/core/central/admin.ts';
import { disableDesk } from '../../src-main/core/central/desk-admin.ts';
import { CENTRAL_VERSION } from '../../src-main/core/central/push.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../support/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

test('a desk connects with a login of its own and is told who it is', async () => {
  const { clinicId, desks } = await clinicWithDesks(central.ownerUrl, ['Front', 'Back']);
  const answers = await Promise.all(
    desks.map((desk) =>
      withClient(desk.url, async (client) => (await client.query('select whoami() as me')).rows[0].me),
    ),
  );
  expect(answers.map((me) => me.desk_name)).toEqual(['Front', 'Back']);
  expect(answers.every((me) => me.clinic_id === clinicId && me.disabled === false)).toBe(true);
  expect(new Set(answers.map((me) => me.user_id)).size).toBe(2);
});

test('names of desks are unique in a clinic, and free in another', async () => {
  const { clinicId } = await clinicWithDesks(central.ownerUrl, ['Reception']);
  const second = await addDesk(central.ownerUrl, { clinicId, name: 'Reception' });
  expect(second).toMatchObject({ ok: false, error: { code: 'name_in_use' } });
  await clinicWithDesks(central.ownerUrl, ['Reception']);
});

test('a desk of no clinic, a clinic of no time zone or kind, and a desk that is not there are refused in words', async () => {
  const desk = await addDesk(central.ownerUrl, { clinicId: randomUUID(), name: 'Lost' });
  expect(desk).toMatchObject({ ok: false, error: { code: 'no_such_clinic' } });
  const clinic = await addClinic(central.ownerUrl, { name: 'X', timezone: 'Europe/Athens', firstWeekday: 9 });
  expect(clinic).toMatchObject({ ok: false, error: { code: 'invalid' } });
  const nowhere = await addClinic(central.ownerUrl, { name: 'X', timezone: 'Europe/Atlantis' });
  expect(nowhere).toMatchObject({ ok: false, error: { code: 'invalid' } });
  expect(await disableDesk(central.ownerUrl, randomUUID())).toMatchObject({
    ok: false,
    error: { code: 'no_such_desk' },
  });
});

test("an administrator's command on an empty database says to initialise it, and with a desk's URL that it is not the owner's", async () => {
  const empty = new URL(central.ownerUrl);
  empty.pathname = '/postgres';
  expect(await listClinics(empty.href)).toMatchObject({ ok: false, error: { code: 'not_initialised' } });
  const { desks } = await clinicWithDesks(central.ownerUrl, ['Curious']);
  const added = await addClinic(desks[0]?.url ?? '', { name: 'Mine', timezone: 'UTC' });
  expect(added).toMatchObject({ ok: false, error: { code: 'not_owner' } });
});

test('initialising twice, or twice at once, changes nothing', async () => {
  const before = await listClinics(central.ownerUrl);
  const answers = await Promise.all([initCentral(central.ownerUrl), initCentral(central.ownerUrl)]);
  expect(answers).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect(await listClinics(central.ownerUrl)).toEqual(before);
});

test('an older program leaves a newer central alone and says so', async () => {
  const newer = await freshCentral();
  await withClient(newer.ownerUrl, (owner) =>
    owner.query(
      `create or replace function central_version() returns integer language sql
       as $$ select ${CENTRAL_VERSION + 1} $$`,
    ),
  );
  expect(await initCentral(newer.ownerUrl)).toMatchObject({ ok: false, error: { code: 'too_new' } });
  await newer.drop();
});
