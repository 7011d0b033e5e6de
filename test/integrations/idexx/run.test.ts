import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ok } from '../../../src-main/contract/errors.ts';
import { linkId } from '../../../src-main/core/integrations/link-id.ts';
import { outsideId } from '../../../src-main/core/integrations/outside-id.ts';
import { eraseWith } from '../../../src-main/core/patients/erase.ts';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import {
  appointments,
  outsideBookings,
  outsideLinks,
  patients,
} from '../../../src-main/core/schema/replica/index.ts';
import { freshCentral, type TestCentral } from '../../support/central.ts';
import { anyone } from '../../support/desk.ts';
import {
  appointment,
  type IdexxClinic,
  type IdexxDesk,
  idexxClinic,
  neoUser,
} from '../../support/idexx-clinic.ts';
import { must } from '../../support/must.ts';
import { type NeoServer, startNeo } from '../../support/outside/neo.ts';
import { until } from '../../support/until.ts';

let central: TestCentral;
let neo: NeoServer;
let clinic: IdexxClinic;
let desk: IdexxDesk;

beforeAll(async () => {
  central = await freshCentral();
  neo = await startNeo({ users: [neoUser], now: Date.now });
});
afterAll(async () => {
  await neo.close();
  await central.drop();
});
beforeEach(async () => {
  neo.entries.clear();
  neo.consultations.clear();
  neo.faults.clear();
  clinic = await idexxClinic(central.ownerUrl, neo);
  desk = await clinic.open();
});
afterEach(async () => {
  await desk.dispose();
});

const put = (...entries: ReturnType<typeof appointment>[]) => {
  for (const entry of entries) neo.entries.set(entry.id, entry);
};
const rows = (sql: string) => clinic.rows(sql, [clinic.clinicId]);
/** Runs, and fails where the run says that something went wrong. */
const run = async () => expect(await desk.run()).toBeNull();

/** What of the clinic's appointments stands, by their time. */
const board = () =>
  rows(
    `select to_char(a.scheduled_at at time zone 'Europe/Athens', 'HH24:MI') as at, a.status, d.first_name as doctor,
       p.first_name as who
     from appointments a join doctors d on d.clinic_id = a.clinic_id and d.id = a.doctor_id
       join patients p on p.clinic_id = a.clinic_id and p.id = a.patient_id
     where a.clinic_id = $1 order by a.scheduled_at, who`,
  );
const problems = () =>
  rows(
    `select external_id as number, problem, problem_details as details from outside_bookings
     where clinic_id = $1 and problem is not null order by external_id`,
  );
const calls = () => rows('select status, due_at, phone from scheduled_discharge_calls where clinic_id = $1');
const sessions = () =>
  rows(
    `select status, appointments_read as read, consultations_synced as synced, consultations_failed as failed,
       discharge_calls_scheduled as calls, error_details as error
     from idexx_sync_sessions where clinic_id = $1 order by started_at`,
  );
const known = () =>
  rows(
    `select consultation_id as number, sync_status as status, has_clinical_notes as notes,
       discharge_call_scheduled as call
     from consultation_sync_status where clinic_id = $1 order by consultation_id`,
  );

/** What the desk does with an appointment of Neo. */
const atDesk = async (number: number, set: Partial<typeof appointments.$inferInsert>) => {
  const id = outsideId('idexx', clinic.clinicId, 'appointment', String(number));
  writeChange(desk, { kind: 'moveOn', actor: null }, (change) => change.update(appointments, id, set));
  await desk.quiet();
};
/** A patient and an appointment that the desk has made itself. */
const bookAtDesk = async (start: string, end: string) => {
  const [id, patientId] = [desk.newId(), desk.newId()];
  const [doctorId] = clinic.doctors;
  writeChange(desk, { kind: 'book', actor: null }, (change) => {
    change.insert(patients, {
      id: patientId,
      firstName: 'Walk',
      lastName: 'In',
      email: 'owner2@example.com',
    });
    change.insert(appointments, {
      id,
      doctorId,
      patientId,
      scheduledAt: start,
      endsAt: end,
      status: 'scheduled',
      appointmentType: 'in_person',
      origin: 'portal',
    });
  });
  await desk.quiet();
  return id;
};

test('a day of Neo stands on the board, its finished consultation is a case, and its owner is called', async () => {
  put(
    appointment(1, ['09:00', '09:30']),
    appointment(2, ['16:00', '16:30'], { resourceId: 2, provider: 'Nikos' }),
    appointment(3, ['08:00', '18:00'], { appointment_id: null, status_label: null, is_roster: true }),
  );
  neo.finish(1, { notes: 'Stifle stable.', dischargeSummary: 'Rest for a week.' });
  await run();
  expect(await board()).toEqual([
    { at: '09:00', status: 'completed', doctor: 'Maria', who: 'Animal 1' },
    { at: '16:00', status: 'scheduled', doctor: 'Nikos', who: 'Animal 2' },
  ]);
  expect(await rows('select status, clinical_notes, external_id from cases where clinic_id = $1')).toEqual([
    { status: 'completed', clinical_notes: 'Stifle stable.', external_id: `idexx-${clinic.clinicId}-1` },
  ]);
  expect(await calls()).toEqual([
    { status: 'queued', due_at: new Date('2026-11-26T14:00:00.000Z'), phone: '+1 555 0100' },
  ]);
  expect(await sessions()).toEqual([
    { status: 'completed', read: 2, synced: 1, failed: 0, calls: 1, error: null },
  ]);
  expect(await known()).toEqual([{ number: '50001', status: 'synced', notes: true, call: true }]);
  const audit = await rows(
    'select action from idexx_sync_audit_log where clinic_id = $1 order by timestamp, action',
  );
  expect(audit.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['sync_started', 'case_created', 'discharge_call_scheduled', 'sync_completed']),
  );
});

test('a run that finds nothing new writes nothing but how far it came', async () => {
  put(appointment(1, ['09:00', '09:30']), appointment(2, ['16:00', '16:30']));
  neo.finish(1, { notes: 'Stifle stable.', dischargeSummary: 'Rest.' });
  await run();
  const before = await rows('select sum(jsonb_array_length(rows)) as rows from changes where clinic_id = $1');
  desk.setNow('2026-11-24T12:10:00.000Z');
  await run();
  const after = await rows('select sum(jsonb_array_length(rows)) as rows from changes where clinic_id = $1');
  expect(Number(after[0]?.['rows'])).toBe(Number(before[0]?.['rows']) + 1);
});

test('what Neo moves moves here, and two that change places both stand at their new time', async () => {
  put(appointment(1, ['15:00', '15:30']), appointment(2, ['16:00', '16:30']));
  await run();
  neo.move(1, '2026-11-24 16:00:00', '2026-11-24 16:30:00');
  neo.move(2, '2026-11-24 15:00:00', '2026-11-24 15:30:00');
  await run();
  expect(await board()).toEqual([
    { at: '15:00', status: 'scheduled', doctor: 'Maria', who: 'Animal 2' },
    { at: '16:00', status: 'scheduled', doctor: 'Maria', who: 'Animal 1' },
  ]);
  const twice = await rows('select 1 from appointments where clinic_id = $1 and overbook_reason is not null');
  expect(twice).toEqual([]);
});

test('what Neo itself has on one time twice stands twice, and says so', async () => {
  put(appointment(1, ['15:00', '15:30']), appointment(2, ['15:00', '15:30']));
  await run();
  expect(await board()).toHaveLength(2);
  const reasons = await rows(
    'select overbook_reason from appointments where clinic_id = $1 order by 1 nulls first',
  );
  expect(reasons).toEqual([{ overbook_reason: null }, { overbook_reason: 'IDEXX Neo' }]);
  expect(await problems()).toEqual([]);
});

test('an animal that the desk has checked in stays checked in while Neo says not arrived, and moves on with Neo', async () => {
  put(appointment(1, ['15:00', '15:30']), appointment(2, ['13:00', '13:30']));
  await run();
  await atDesk(1, { status: 'arrived', arrivedAt: '2026-11-24T12:05:00.000Z' });
  await atDesk(2, { status: 'no_show' });
  await run();
  expect((await board()).map(({ status }) => status)).toEqual(['no_show', 'arrived']);
  neo.setStatus(1, 'In Progress');
  await run();
  expect((await board()).map(({ status }) => status)).toEqual(['no_show', 'in_room']);
  expect(await problems()).toEqual([]);
});

test('where an animal waits here and never came there, a person decides, and nothing is overwritten', async () => {
  put(appointment(1, ['15:00', '15:30']));
  await run();
  await atDesk(1, { status: 'arrived', arrivedAt: '2026-11-24T12:05:00.000Z' });
  neo.setStatus(1, 'No Show');
  await run();
  expect((await board())[0]?.['status']).toBe('arrived');
  expect((await problems())[0]?.['problem']).toBe('changed_both');
  neo.setStatus(1, 'not arrived');
  await run();
  expect(await problems()).toEqual([]);
});

test('however far Neo has come since the last run, the visit is where it is now', async () => {
  put(appointment(1, ['11:00', '11:30']), appointment(2, ['15:00', '15:30']));
  await run();
  neo.setStatus(1, 'Finalized');
  neo.cancel(2);
  await run();
  expect((await board()).map(({ status }) => status)).toEqual(['completed', 'cancelled']);
  neo.setStatus(1, 'not arrived');
  neo.setStatus(2, 'not arrived');
  await run();
  expect((await board()).map(({ status }) => status)).toEqual(['scheduled', 'scheduled']);
});

test('a time that the desk has given away is named as taken until it is free', async () => {
  const mine = await bookAtDesk('2026-11-24T13:00:00.000Z', '2026-11-24T13:30:00.000Z');
  put(appointment(1, ['15:00', '15:30']));
  await run();
  expect(await problems()).toEqual([{ number: '1', problem: 'taken', details: { appointmentId: mine } }]);
  expect(await board()).toHaveLength(1);
  writeChange(desk, { kind: 'cancel', actor: null }, (change) =>
    change.update(appointments, mine, { status: 'cancelled' }),
  );
  await run();
  expect(await problems()).toEqual([]);
  expect(await board()).toHaveLength(2);
});

test('what is over asks nobody for its time, and a time that is only held while a form is open gives way', async () => {
  await bookAtDesk('2026-11-24T07:00:00.000Z', '2026-11-24T07:30:00.000Z');
  const hold = desk.newId();
  writeChange(desk, { kind: 'hold', actor: null }, (change) =>
    change.insert(appointments, {
      id: hold,
      doctorId: clinic.doctors[0],
      scheduledAt: '2026-11-24T13:00:00.000Z',
      endsAt: '2026-11-24T13:30:00.000Z',
      status: 'held',
      heldBy: 'Desk 1',
      appointmentType: 'in_person',
      origin: 'portal',
    }),
  );
  await desk.quiet();
  put(appointment(1, ['09:00', '09:30']), appointment(2, ['15:00', '15:30']));
  await run();
  expect(await problems()).toEqual([]);
  expect((await board()).map(({ at }) => at)).toEqual(['09:00', '09:00', '15:00']);
  const held = await rows(`select status from appointments where clinic_id = $1 and patient_id is null`);
  expect(held).toEqual([{ status: 'cancelled' }]);
});

test('a provider whom nobody has linked is asked about by name, and takes up time once linked', async () => {
  put(appointment(1, ['15:00', '15:30'], { resourceId: 9, provider: 'Dr New' }));
  await run();
  expect(await problems()).toEqual([
    {
      number: '1',
      problem: 'unknown_doctor',
      details: { unlinked: { kind: 'provider', externalId: '9', name: 'Dr New' } },
    },
  ]);
  writeChange(desk, { kind: 'setOutsideLink', actor: null }, (change) =>
    change.update(outsideLinks, linkId(clinic.clinicId, 'idexx', 'provider', '9'), {
      doctorId: clinic.doctors[1],
    }),
  );
  await run();
  expect(await problems()).toEqual([]);
  expect(await board()).toEqual([{ at: '15:00', status: 'scheduled', doctor: 'Nikos', who: 'Animal 1' }]);
});

test('a status that nobody knows is named, and never guessed', async () => {
  put(
    appointment(1, ['15:00', '15:30'], { status_label: 'On the moon' }),
    appointment(2, ['16:00', '16:30']),
  );
  await run();
  expect(await problems()).toEqual([
    { number: '1', problem: 'invalid', details: { where: 'status_label: On the moon' } },
  ]);
  expect(await board()).toHaveLength(1);
});

test('what was dismissed is not asked again until Neo says something else', async () => {
  put(appointment(1, ['15:00', '15:30'], { status_label: 'On the moon' }));
  await run();
  const decision = () => rows('select decision from outside_bookings where clinic_id = $1');
  writeChange(desk, { kind: 'decideOutside', actor: null }, (change) =>
    change.update(outsideBookings, outsideId('idexx', clinic.clinicId, 'booking', '1'), {
      decision: 'dismiss',
    }),
  );
  await run();
  expect(await decision()).toEqual([{ decision: 'dismiss' }]);
  neo.move(1, '2026-11-24 16:00:00', '2026-11-24 16:30:00');
  await run();
  expect(await decision()).toEqual([{ decision: null }]);
});

test('a half answer removes nothing; after a whole one, what is gone from Neo is off the board, and nobody calls', async () => {
  put(
    appointment(1, ['09:00', '09:30']),
    appointment(2, ['15:00', '15:30']),
    appointment(3, ['16:00', '16:30']),
  );
  put({ ...appointment(4, ['13:00', '14:00']), appointment_id: null, is_block: true, title: 'Lunch' });
  neo.finish(1, { notes: 'Fine.', dischargeSummary: 'Rest.' });
  await run();
  const before = await board();
  for (const number of [1, 2]) neo.remove(number);
  neo.entries.delete(900_004);
  neo.faults.plan({ kind: 'half' }, { path: '/appointments', times: 20 });
  expect((await desk.run())?.code).toBe('offline');
  expect(await board()).toEqual(before);
  neo.faults.clear();
  neo.faults.plan({ kind: 'changed', change: () => '[]' }, { path: '/appointments', times: 1 });
  neo.faults.plan(
    { kind: 'changed', change: () => '{"message":"error"}' },
    { path: '/appointments', times: 1, after: 1 },
  );
  expect(await desk.run()).toEqual({ code: 'unreadable', where: 'appointments' });
  expect(await board()).toEqual(before);
  expect((await sessions()).at(-1)).toMatchObject({
    status: 'failed',
    error: { code: 'unreadable', where: 'appointments' },
  });
  await run();
  expect((await board()).map(({ status }) => status)).toEqual(['completed', 'cancelled', 'scheduled']);
  expect((await problems())[0]).toMatchObject({ number: '1', problem: 'changed_both' });
  expect((await calls())[0]?.['status']).toBe('cancelled');
  const blocks = await rows(
    'select deleted_at is null as stands from schedule_exceptions where clinic_id = $1',
  );
  expect(blocks).toEqual([{ stands: false }]);
});

test('time that Neo has blocked is blocked for that doctor', async () => {
  put({ ...appointment(4, ['13:00', '14:00']), appointment_id: null, is_block: true, title: 'Lunch' });
  await run();
  expect(
    await rows(
      'select doctor_id, kind, starts_at, reason, source from schedule_exceptions where clinic_id = $1',
    ),
  ).toEqual([
    {
      doctor_id: clinic.doctors[0],
      kind: 'block',
      starts_at: new Date('2026-11-24T11:00:00.000Z'),
      reason: 'Lunch',
      source: 'idexx',
    },
  ]);
  expect(await board()).toEqual([]);
});

test('what Neo corrects of an owner follows, and what the clinic has written itself stays', async () => {
  put(appointment(1, ['15:00', '15:30']));
  await run();
  const owner = outsideId('idexx', clinic.clinicId, 'client', '3001');
  writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
    change.update(patients, owner, { phone: '2101234567' }),
  );
  put(
    appointment(1, ['15:00', '15:30'], {
      first_name: 'Anna',
      phone_number: '+1 555 0199',
      email: 'anna@example.com',
    }),
  );
  await run();
  expect(
    await rows(`select first_name, phone, email from patients where clinic_id = $1 and owner_id is null`),
  ).toEqual([{ first_name: 'Anna', phone: '2101234567', email: 'anna@example.com' }]);
});

test('an animal that has another owner in Neo has them here, unless the clinic gave it one itself', async () => {
  put(appointment(1, ['15:00', '15:30']), appointment(2, ['16:00', '16:30']));
  await run();
  const animal = outsideId('idexx', clinic.clinicId, 'patient', '7002');
  const [first, second] = ['3001', '3002'].map((number) =>
    outsideId('idexx', clinic.clinicId, 'client', number),
  );
  writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
    change.update(patients, animal, { ownerId: first ?? null }),
  );
  put(
    appointment(1, ['15:00', '15:30'], {
      client_id: 3_002,
      last_name: 'Owner 2',
      email: 'owner2@example.com',
    }),
    appointment(2, ['16:00', '16:30'], {
      client_id: 3_003,
      last_name: 'Owner 3',
      email: 'owner3@example.com',
    }),
  );
  await run();
  const owners = `select first_name, owner_id from patients where clinic_id = $1 and owner_id is not null order by 1`;
  expect(await rows(owners)).toEqual([
    { first_name: 'Animal 1', owner_id: second },
    { first_name: 'Animal 2', owner_id: first },
  ]);
});

test('an e-mail address that another patient has is left out, and nothing else', async () => {
  await bookAtDesk('2026-11-24T08:00:00.000Z', '2026-11-24T08:30:00.000Z');
  put(appointment(2, ['15:00', '15:30']));
  await run();
  expect(
    await rows(
      `select last_name, email from patients where clinic_id = $1 and owner_id is null order by last_name`,
    ),
  ).toEqual([
    { last_name: 'In', email: 'owner2@example.com' },
    { last_name: 'Owner 2', email: null },
  ]);
});

test('somebody who was erased here does not come back from Neo', async () => {
  put(appointment(1, ['09:00', '09:30']));
  neo.setStatus(1, 'Finalized');
  await run();
  const owner = outsideId('idexx', clinic.clinicId, 'client', '3001');
  const nothingDue = () => ok({ balances: [], visits: [] });
  must(eraseWith(nothingDue)(desk, anyone, { patientId: owner, name: 'Ann Owner 1' }));
  await desk.quiet();
  put(appointment(1, ['09:00', '09:30'], { first_name: 'Anna', consultation_id: 50_001 }));
  neo.finish(1, { notes: 'Fine.', dischargeSummary: 'Rest.' });
  await run();
  expect(await rows('select distinct first_name, phone from patients where clinic_id = $1')).toEqual([
    { first_name: 'Erased', phone: null },
  ]);
  expect(
    await rows('select person_name, phone, email, title from outside_bookings where clinic_id = $1'),
  ).toEqual([{ person_name: null, phone: null, email: null, title: null }]);
  expect(desk.replica.statement('select refusal from refusals').all()).toEqual([]);
  expect(await calls()).toEqual([]);
});

test('one page that cannot be read is counted, and the others become cases; it is made good by the next run', async () => {
  put(appointment(1, ['09:00', '09:30']), appointment(2, ['10:00', '10:30']));
  for (const number of [1, 2]) neo.finish(number, { notes: 'Fine.', dischargeSummary: 'Rest.' });
  neo.faults.plan({ kind: 'status', status: 404 }, { path: '/consultations/50001', times: 3 });
  await run();
  expect(await sessions()).toEqual([
    { status: 'completed', read: 2, synced: 1, failed: 1, calls: 1, error: null },
  ]);
  expect(await known()).toEqual([
    { number: '50001', status: 'failed', notes: false, call: false },
    { number: '50002', status: 'synced', notes: true, call: true },
  ]);
  neo.faults.clear();
  await run();
  expect((await known()).map(({ status }) => status)).toEqual(['synced', 'synced']);
  expect(await calls()).toHaveLength(2);
});

test('notes that are written later are on the case after the next run, and lead to no second call', async () => {
  put(appointment(1, ['09:00', '09:30']));
  neo.finish(1, { notes: '', dischargeSummary: 'Rest.' });
  await run();
  expect(await known()).toEqual([{ number: '50001', status: 'synced', notes: false, call: true }]);
  neo.finish(1, { notes: 'Stifle stable.', dischargeSummary: 'Rest.' });
  await run();
  expect(await rows('select clinical_notes from cases where clinic_id = $1')).toEqual([
    { clinical_notes: 'Stifle stable.' },
  ]);
  expect(await known()).toEqual([{ number: '50001', status: 'synced', notes: true, call: true }]);
  expect(await calls()).toHaveLength(1);
  expect((await sessions()).map((one) => one['calls'])).toEqual([1, 0]);
});

test('consultations of days on which no desk ran are made good by the first run after them', async () => {
  await clinic.rows(
    `update integrations set settings = settings || '{"daysBack": 14}' where clinic_id = $1`,
    [clinic.clinicId],
  );
  put(appointment(1, ['16:00', '16:30']));
  await run();
  neo.finish(1, { notes: 'Fine.', dischargeSummary: 'Rest.' });
  desk.setNow('2026-11-28T12:00:00.000Z');
  await run();
  expect(await rows('select status from cases where clinic_id = $1')).toEqual([{ status: 'completed' }]);
  expect(await calls()).toEqual([]);
});

test('nobody is called about an animal that was put to sleep', async () => {
  put(appointment(1, ['09:00', '09:30'], { reason: 'Euthanasia' }));
  neo.finish(1, { notes: 'Peaceful.', dischargeSummary: 'Ashes in two weeks.' });
  await run();
  expect(await calls()).toEqual([]);
});

test('a session that Neo ends in the middle of a run is opened again', async () => {
  put(appointment(1, ['09:00', '09:30']), appointment(2, ['10:00', '10:30']));
  for (const number of [1, 2]) neo.finish(number, { notes: 'Fine.', dischargeSummary: 'Rest.' });
  let asked = 0;
  neo.faults.plan(
    {
      kind: 'changed',
      change: (body) => {
        asked += 1;
        neo.endSessions();
        return body;
      },
    },
    { path: '/consultations' },
  );
  await run();
  expect(asked).toBe(1);
  expect(await calls()).toHaveLength(2);
});

test('a login that Neo refuses ends the run, is noted as invalid, and takes nothing off the board', async () => {
  put(appointment(1, ['15:00', '15:30']));
  await run();
  const [user] = neo.users.splice(0);
  expect((await desk.run())?.code).toBe('refused_login');
  if (user) neo.users.push(user);
  expect(await board()).toHaveLength(1);
  expect(await rows('select validation_status from idexx_credentials where clinic_id = $1')).toEqual([
    { validation_status: 'invalid' },
  ]);
  expect((await sessions()).at(-1)).toMatchObject({ status: 'failed', error: { code: 'refused_login' } });
});

test('a run that outlasts its time ends as such', async () => {
  put(appointment(1, ['15:00', '15:30']));
  neo.faults.plan({ kind: 'silent' }, { path: '/appointments' });
  const error = await desk.run((under) => {
    const isAsked = () => neo.requests.at(-1)?.includes('/appointments');
    void until('the calendar is asked', isAsked).then(() => under.cut('timed_out'));
  });
  expect(error?.code).toBe('timed_out');
  expect((await sessions()).at(-1)?.['status']).toBe('timeout');
});
