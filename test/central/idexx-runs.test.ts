import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { appointments, patients } from '../../src-main/core/schema/replica/index.ts';
import { freshCentral, type TestCentral, withClient } from '../support/central.ts';
import { loneDesk } from '../support/desk.ts';
import { type IdexxClinic, idexxClinic, neoUser } from '../support/idexx-clinic.ts';
import { liveDesk } from '../support/live-desk.ts';
import { type NeoServer, startNeo } from '../support/outside/neo.ts';

let central: TestCentral;
let neo: NeoServer;
let clinic: IdexxClinic;
let userId: unknown;

beforeAll(async () => {
  central = await freshCentral();
  neo = await startNeo({ users: [neoUser], now: Date.now });
  clinic = await idexxClinic(central.ownerUrl, neo, { desks: ['Front', 'Back'] });
  userId = (await clinic.rows('select id from users where clinic_id = $1', [clinic.clinicId]))[0]?.['id'];
});
afterAll(async () => {
  await neo.close();
  await central.drop();
});

type Answer = { ok?: Record<string, unknown>; error?: string };

/** A function of central, as one of the desks. */
const ask = async (name: string, args: object, desk = 0): Promise<Answer> =>
  withClient(clinic.desks[desk]?.url ?? '', async (client) => {
    const { rows } = await client.query<{ answer: Answer }>(`select ${name}($1::jsonb) as answer`, [
      JSON.stringify(args),
    ]);
    return rows[0]?.answer ?? {};
  });
const takeLease = async (desk = 0): Promise<number> => {
  await clinic.rows('update run_leases set until = now() where clinic_id = $1', [clinic.clinicId]);
  return Number((await ask('take_lease', { source: 'idexx', forMs: 60_000 }, desk)).ok?.['fence']);
};
const begin = (fence: number, desk = 0) =>
  ask('idexx_begin_run', { fence, userId, reason: 'schedule' }, desk);
const account = {
  appointmentsRead: 3,
  consultationsSynced: 2,
  consultationsFailed: 1,
  dischargeCallsScheduled: 1,
  synced: [],
  failed: ['90001'],
  nextInMs: 60_000,
};
const end = (sessionId: unknown, more: object, desk = 0) =>
  ask('idexx_end_run', { sessionId, status: 'completed', error: null, ...account, ...more }, desk);
const session = async (id: unknown) =>
  (await clinic.rows('select * from idexx_sync_sessions where id = $1', [id]))[0] ?? {};

test('a session begins under a lease of the desk, and a question that is asked again has the same answer', async () => {
  const fence = await takeLease();
  const begun = await begin(fence);
  expect(begun.ok?.['sessionId']).toBeTypeOf('string');
  expect(await begin(fence)).toEqual(begun);
  expect((await begin(fence, 1)).error).toBe('runs_elsewhere');
  expect((await begin(fence + 1)).error).toBe('runs_elsewhere');
  const stranger = await ask('idexx_begin_run', {
    fence: await takeLease(),
    userId: newId(),
    reason: 'schedule',
  });
  expect(stranger.error).toBe('no_credentials');
});

test('a session that a crashed desk left is closed as failed by the next one, and cannot be ended any more', async () => {
  const { ok: left } = await begin(await takeLease(0), 0);
  const { ok: next } = await begin(await takeLease(1), 1);
  expect(await session(left?.['sessionId'])).toMatchObject({
    status: 'failed',
    error_details: { code: 'crashed' },
  });
  expect(await session(next?.['sessionId'])).toMatchObject({ status: 'running', reason: 'schedule' });
  expect(await end(left?.['sessionId'], {})).toEqual({ ok: {} });
  expect(await session(left?.['sessionId'])).toMatchObject({ status: 'failed', appointments_read: 0 });
});

test('a session ends once, with its numbers, and by the desk that began it', async () => {
  const { ok: begun } = await begin(await takeLease());
  const id = begun?.['sessionId'];
  expect(await end(id, {}, 1)).toEqual({ ok: {} });
  expect(await session(id)).toMatchObject({ status: 'running' });
  await end(id, { status: 'timeout', error: { code: 'timed_out', where: null } });
  await end(id, {});
  expect(await session(id)).toMatchObject({
    status: 'timeout',
    appointments_read: 3,
    consultations_synced: 2,
    consultations_failed: 1,
    discharge_calls_scheduled: 1,
    error_details: { code: 'timed_out', where: null },
  });
  const failed = await clinic.rows(
    `select sync_status, user_id from consultation_sync_status where clinic_id = $1 and consultation_id = '90001'`,
    [clinic.clinicId],
  );
  expect(failed).toEqual([{ sync_status: 'failed', user_id: userId }]);
  const audit = await clinic.rows(
    'select action, status from idexx_sync_audit_log where clinic_id = $1 and session_id = $2 order by timestamp',
    [clinic.clinicId, id],
  );
  expect(audit).toEqual([
    { action: 'sync_started', status: 'running' },
    { action: 'sync_failed', status: 'timeout' },
  ]);
});

test('only a run skips steps of a visit, and only with an appointment of Neo', async () => {
  const fence = `idexx/${await takeLease()}`;
  const desk = liveDesk(clinic.desks[0]?.url ?? '', {}, loneDesk());
  await desk.quiet();
  const patientId = desk.newId();
  const [doctorId] = clinic.doctors;
  writeChange(desk, { kind: 'registerPatient', actor: null }, (change) =>
    change.insert(patients, { id: patientId, firstName: 'Luna', lastName: 'Owner' }),
  );
  const refusedAs = async (origin: 'idexx' | 'portal', hour: number, withFence: boolean) => {
    const id = desk.newId();
    const times = { scheduledAt: `2026-11-24T${hour}:00:00.000Z`, endsAt: `2026-11-24T${hour}:30:00.000Z` };
    writeChange(desk, { kind: 'book', actor: null }, (change) =>
      change.insert(appointments, {
        id,
        doctorId,
        patientId,
        ...times,
        origin,
        status: 'scheduled',
        appointmentType: 'in_person',
      }),
    );
    await desk.quiet();
    const meta = { kind: withFence ? 'idexxRun' : 'moveOn', actor: null };
    writeChange(desk, withFence ? { ...meta, fence } : meta, (change) =>
      change.update(appointments, id, { status: 'completed' }),
    );
    await desk.quiet();
    return desk.replica
      .statement(`select refusal ->> 'constraint' from refusals order by refused_at desc, rowid desc limit 1`)
      .pluck()
      .get();
  };
  expect(await refusedAs('idexx', 10, true)).toBeUndefined();
  expect(await refusedAs('portal', 11, true)).toBe('appointments_status_move');
  expect(await refusedAs('idexx', 12, false)).toBe('appointments_status_move');
  await desk.dispose();
});
