import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { takeLease } from '../../../src-main/core/integrations/lease.ts';
import { outsideId } from '../../../src-main/core/integrations/outside-id.ts';
import { RunUnderWay } from '../../../src-main/core/integrations/run-under-way.ts';
import { Runner } from '../../../src-main/core/integrations/runner.ts';
import { realTimers } from '../../../src-main/core/integrations/timers.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { openRefusals } from '../../../src-main/core/replica/refusals.ts';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import { appointments } from '../../../src-main/core/schema/replica/index.ts';
import { freshCentral, type TestCentral } from '../../support/central.ts';
import { type IdexxClinic, type IdexxDesk, idexxClinic, neoUser } from '../../support/idexx-clinic.ts';
import { day, later } from '../../support/idexx-day.ts';
import { idexxState } from '../../support/idexx-state.ts';
import { must } from '../../support/must.ts';
import { type NeoServer, startNeo } from '../../support/outside/neo.ts';
import { differences } from '../../support/same-rows.ts';
import { addStaff } from '../../support/staff.ts';
import { until } from '../../support/until.ts';

let central: TestCentral;
let neo: NeoServer;
const open: IdexxDesk[] = [];

beforeAll(async () => {
  central = await freshCentral();
  neo = await startNeo({ users: [neoUser], now: Date.now });
});
afterAll(async () => {
  await neo.close();
  await central.drop();
});
beforeEach(() => {
  neo.faults.clear();
  day(neo);
});
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.dispose();
});

const openDesk = async (clinic: IdexxClinic, index = 0): Promise<IdexxDesk> => {
  const desk = await clinic.open(index);
  open.push(desk);
  return desk;
};
const twoDesks = async () => {
  const clinic = await idexxClinic(central.ownerUrl, neo, { desks: ['Front', 'Back'] });
  const desks = [await openDesk(clinic, 0), await openDesk(clinic, 1)] as const;
  return { clinic, desks };
};
const sessionsOf = ({ rows, clinicId }: IdexxClinic) =>
  rows(
    'select status, error_details as error from idexx_sync_sessions where clinic_id = $1 order by started_at',
    [clinicId],
  );

test('of two desks that begin at once, one runs', async () => {
  const { clinic, desks } = await twoDesks();
  const runners = desks.map(
    (desk) =>
      new Runner(desk, {
        engine: desk.engine,
        log: noLog,
        connectors: { idexx: async () => desk.connector },
      }),
  );
  const begun = await Promise.all(runners.map((runner) => runner.runNow('idexx')));
  expect(begun.map((one) => (one.ok ? 'runs' : one.error.code)).sort()).toEqual(['runs', 'runs_elsewhere']);
  await until('the run is over', async () => (await sessionsOf(clinic))[0]?.['status'] === 'completed');
  for (const runner of runners) await runner.close();
  expect(await sessionsOf(clinic)).toHaveLength(1);
});

test('what a desk wrote and could not send is refused once another desk has run, and both show the same', async () => {
  const { clinic, desks } = await twoDesks();
  const [front, back] = desks;
  neo.faults.plan(
    {
      kind: 'changed',
      change: (body) => {
        // The line to central goes while Neo is being read, and the run goes on at the desk.
        front.engine.workOffline(true);
        return body;
      },
    },
    { path: '/appointments', after: 1 },
  );
  const fence = must(await takeLease(front.ask, 'idexx'));
  const how = { desk: front, engine: front.engine, ask: front.ask, timers: realTimers, log: noLog };
  const run = new RunUnderWay(front.connector, 'by_hand', fence, { ...how, onProgress: () => {} });
  expect((await run.ended)?.code).toBe('offline');
  expect(front.engine.state().waiting).toBeGreaterThan(0);

  await clinic.rows('update run_leases set until = now() where clinic_id = $1', [clinic.clinicId]);
  expect(await back.run()).toBeNull();
  const stands = await idexxState(clinic);
  front.engine.workOffline(false);
  await front.quiet();
  await back.caughtUp();
  expect(await idexxState(clinic)).toEqual(stands);
  expect(openRefusals(front.replica)).toEqual([]);
  for (const [index, desk] of desks.entries())
    expect(await differences(clinic.desks[index]?.url ?? '', desk.replica)).toEqual([]);
  expect((await sessionsOf(clinic)).map(({ status }) => status)).toEqual(['failed', 'completed']);
});

test('a check-in at one desk and a step in Neo, while the other desk runs, come to one outcome', async () => {
  const { clinic, desks } = await twoDesks();
  const [front, back] = desks;
  expect(await front.run()).toBeNull();
  await back.caughtUp();
  const id = outsideId('idexx', clinic.clinicId, 'appointment', '3');
  back.engine.workOffline(true);
  writeChange(back, { kind: 'checkIn', actor: null }, (change) =>
    change.update(appointments, id, { status: 'arrived', arrivedAt: back.now() }),
  );
  neo.setStatus(3, 'In Progress');
  expect(await front.run()).toBeNull();
  back.engine.workOffline(false);
  await until('the check-in has its answer', () => openRefusals(back.replica).length > 0);
  expect(openRefusals(back.replica)[0]?.refusal.code).toBe('clash');
  const status = await clinic.rows('select status from appointments where clinic_id = $1 and id = $2', [
    clinic.clinicId,
    id,
  ]);
  expect(status).toEqual([{ status: 'in_room' }]);
});

test('with an administrator in the clinic, a run may do all that it has to, and nothing of it is refused', async () => {
  const clinic = await idexxClinic(central.ownerUrl, neo);
  const desk = await openDesk(clinic);
  await addStaff(central.ownerUrl, clinic.clinicId, { role: 'admin' });
  expect(await desk.run()).toBeNull();
  later(neo);
  neo.move(8, '2026-11-24 18:00:00', '2026-11-24 18:20:00');
  neo.cancel(3);
  expect(await desk.run()).toBeNull();
  expect(desk.replica.statement('select refusal from refusals').all()).toEqual([]);
  expect((await idexxState(clinic))['appointments']).toHaveLength(6);
  expect(openRefusals(desk.replica)).toEqual([]);
});
