import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { appointmentOf, type Basics, insertInto, seedBasics } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let appointmentId: string;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  basics = await seedBasics(owner, (await clinicWithDesks(central.ownerUrl, [])).clinicId);
  const appointment = appointmentOf(basics, 0, 0);
  appointmentId = appointment.id;
  await insertInto(owner, basics.clinicId)('appointments', appointment);
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});

const CALLED = '2026-11-24T08:00:00.000Z';
const attempt = (columns: Record<string, unknown> = {}) =>
  insertInto(owner, basics.clinicId)('call_attempts', {
    id: newId(),
    list: 'confirmation',
    subject_id: appointmentId,
    patient_id: basics.patients[0],
    outcome: 'no_answer',
    called_at: CALLED,
    next_try_at: '2026-11-24T10:00:00.000Z',
    ...columns,
  });

test('central keeps a try of a call that there is', async () => {
  await attempt();
  await attempt({ outcome: 'reached', next_try_at: null });
  await attempt({ next_try_at: CALLED });
});

test('a try about nothing is refused, also when its id stands in another table', async () => {
  const refused = { code: 'PA004', constraint: 'call_attempts_subject' };
  await expect(attempt({ subject_id: newId() })).rejects.toMatchObject(refused);
  await expect(attempt({ list: 'recall' })).rejects.toMatchObject(refused);
  await expect(attempt({ list: 'discharge' })).rejects.toMatchObject(refused);
});

test('who was reached is not called again, and who was not is, later', async () => {
  const refused = { code: 'PA004', constraint: 'call_attempts_next_try' };
  await expect(attempt({ outcome: 'reached' })).rejects.toMatchObject(refused);
  await expect(attempt({ next_try_at: null })).rejects.toMatchObject(refused);
  await expect(attempt({ next_try_at: '2026-11-24T07:59:59.000Z' })).rejects.toMatchObject(refused);
});

test('a try is never edited or removed', async () => {
  const refused = { code: 'PA004', constraint: 'call_attempts_append_only' };
  await expect(owner.query(`update call_attempts set outcome = 'reached'`)).rejects.toMatchObject(refused);
  await expect(owner.query('delete from call_attempts')).rejects.toMatchObject(refused);
});
