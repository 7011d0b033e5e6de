import { createHmac } from 'node:crypto';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../src-main/core/desk.ts';
import { noteEvent, type SentEvent, waitingEvents } from '../../src-main/core/replica/audit-events.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { type Basics, seedBasics, TestStream } from '../support/central-rows.ts';
import { anyone, type LoneDesk, loneDesk } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { Signer, verdict } from '../support/signer.ts';
import { addStaff, type Staff } from '../support/staff.ts';
import { until } from '../support/until.ts';

let central: TestCentral;
let owner: pg.Client;
let client: pg.Client;
let url: string;
let basics: Basics;
let maria: Staff;
let atDesk: Signer;
let desk: LoneDesk;
let session: Session;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await client?.end();
  desk?.dispose();
  await owner.end();
  await central.drop();
});

/** Each test has a clinic of its own, with an administrator, and a receptionist who is signed in. */
beforeEach(async () => {
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front']);
  url = clinic.desks[0]?.url ?? '';
  basics = await seedBasics(owner, clinic.clinicId);
  await client?.end();
  client = new pg.Client({ connectionString: url });
  await client.connect();
  await addStaff(central.ownerUrl, clinic.clinicId, { role: 'admin' });
  maria = await addStaff(central.ownerUrl, clinic.clinicId, { role: 'receptionist' });
  atDesk = new Signer(maria, new TestStream(client), clinic.desks[0]?.deskId ?? '');
  expect(verdict(await atDesk.signsIn())).toBe('applied');
  desk?.dispose();
  desk = Object.assign(loneDesk('2026-11-24T08:00:00.000Z'), { sign: signAs(maria) });
  session = { ...anyone, userId: maria.id, sessionId: atDesk.session };
});

const signAs = (staff: Staff) => (userId: string, message: (sessionId: string) => string) =>
  userId === maria.id
    ? {
        sessionId: atDesk.session,
        proof: createHmac('sha256', Buffer.from(staff.signingKey, 'hex'))
          .update(message(atDesk.session))
          .digest('hex'),
      }
    : null;

const tell = async (events: readonly unknown[]) =>
  (await client.query('select tell_events($1) as answer', [JSON.stringify(events)])).rows[0].answer;

/** The clinic's entries that are no change of a row, oldest first. */
const entries = async () =>
  (
    await owner.query(
      `select change_id as id, action, actor, session_id, table_name, row_id, after, done_at, arrived_at
       from audit_log where clinic_id = $1 and action <> 'test' and action <> 'signIn' order by seq`,
      [basics.clinicId],
    )
  ).rows;

const rev = async () =>
  (await owner.query('select seq from heads where clinic_id = $1', [basics.clinicId])).rows[0].seq;

const open = (patientId = basics.patients[0]) =>
  noteEvent(desk, session, { action: 'openPatient', table: 'patients', rowId: patientId });

test('who opened a record stands in the audit by their signature, once however often it is told', async () => {
  open();
  noteEvent(desk, session, {
    action: 'export',
    table: 'patients',
    details: { format: 'csv', name: 'Ψ "x"' },
  });
  const events = waitingEvents(desk.replica, 10);
  const before = await rev();
  expect(await tell(events)).toEqual({ ok: 2 });
  expect(await tell(events)).toEqual({ ok: 2 });
  expect(await entries()).toEqual([
    expect.objectContaining({
      id: events[0]?.id,
      action: 'openPatient',
      actor: maria.id,
      session_id: atDesk.session,
      row_id: basics.patients[0],
    }),
    expect.objectContaining({
      action: 'export',
      actor: maria.id,
      session_id: atDesk.session,
      after: { format: 'csv', name: 'Ψ "x"' },
    }),
  ]);
  // No other desk has anything to read because of it.
  expect(await rev()).toBe(before);
});

test('an event under the name of somebody who did not sign it is kept as what the desk says', async () => {
  open();
  const [event] = waitingEvents(desk.replica, 1);
  if (!event) throw new Error('no event');
  const forged: SentEvent[] = [
    { ...event, id: newId(), row: basics.patients[1] },
    { ...event, id: newId(), proof: null, session: null },
    { ...event, id: newId(), actor: newId() },
  ];
  expect(await tell(forged)).toEqual({ ok: 3 });
  const kept = await entries();
  expect(kept.map(({ actor, session_id }) => [actor, session_id])).toEqual(forged.map(() => [null, null]));
  expect(kept.map(({ after }) => after.unproven.actor)).toEqual(forged.map(({ actor }) => actor));
});

test('an event that cannot be read is kept as it came and stops no other', async () => {
  open();
  const [good] = waitingEvents(desk.replica, 1);
  const bad = [{ id: newId(), action: 'print', at: 'soon' }, { id: newId(), row: 'x' }, 'nothing', 7];
  expect(await tell([...bad, good ?? {}])).toEqual({ ok: 5 });
  expect((await entries()).map(({ action }) => action)).toEqual([
    ...bad.map(() => 'unreadableEvent'),
    'openPatient',
  ]);
});

test('a wrong password that a desk tells of counts towards the lock of the account', async () => {
  noteEvent(desk, anyone, { action: 'signInFailed', table: 'users', rowId: maria.id });
  expect(await tell(waitingEvents(desk.replica, 1))).toEqual({ ok: 1 });
  const { rows } = await owner.query('select misses from staff_keys where id = $1', [maria.id]);
  expect(rows).toEqual([{ misses: 1 }]);
});

test('what was opened without a network is told later, with the time of doing and that of arrival', async () => {
  let live: LiveDesk | undefined;
  try {
    live = liveDesk(url, {}, desk);
    await live.quiet();
    live.engine.workOffline(true);
    desk.setNow('2026-11-24T09:00:00.000Z');
    open();
    open(basics.patients[1]);
    expect(await entries()).toEqual([]);
    live.engine.workOffline(false);
    await until('the events have gone', () => waitingEvents(desk.replica, 1).length === 0);
    const [first, second] = await entries();
    expect(first.done_at.toISOString()).toBe('2026-11-24T09:00:00.000Z');
    expect(Math.abs(first.arrived_at - Date.now())).toBeLessThan(60_000);
    expect(second.row_id).toBe(basics.patients[1]);
  } finally {
    await live?.engine.close();
  }
});
