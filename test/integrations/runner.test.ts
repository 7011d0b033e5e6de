import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunError, RunProgress } from '../../src-main/contract/integrations.ts';
import type { Connector, Due, Run, RunHistory } from '../../src-main/core/integrations/connector.ts';
import { outsideId } from '../../src-main/core/integrations/outside-id.ts';
import { Runner } from '../../src-main/core/integrations/runner.ts';
import type { Facts } from '../../src-main/core/log.ts';
import { countRefused, readRefusal } from '../../src-main/core/replica/refusals.ts';
import { readRow } from '../../src-main/core/replica/rows.ts';
import { forgetAcknowledged } from '../../src-main/core/replica/stream.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { outsideBookings } from '../../src-main/core/schema/replica/index.ts';
import { withClient } from '../support/central.ts';
import { HandTimers } from '../support/hand-timers.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-24T07:00:00.000Z');

/** A made-up outside system: due every so often, and a run does what the test says. */
class Outside implements Connector {
  readonly source = 'idexx';
  limitMs = 30 * MINUTE;
  everyMs: number | null = 4 * HOUR;
  readonly runs: Run[] = [];
  readonly histories: RunHistory[] = [];
  readonly now: () => number;
  work: (run: Run) => Promise<RunError | null> = async () => null;

  constructor(now: () => number) {
    this.now = now;
  }

  async due(history: RunHistory): Promise<Due | null> {
    this.histories.push(history);
    if (this.everyMs === null) return null;
    return { at: (history.lastRunAt ?? this.now() - this.everyMs) + this.everyMs, reason: 'schedule' };
  }

  run(run: Run): Promise<RunError | null> {
    this.runs.push(run);
    return this.work(run);
  }
}

interface RunningDesk {
  desk: LiveDesk;
  outside: Outside;
  runner: Runner;
  timers: HandTimers;
  logged: [string, Facts | undefined][];
  told: (RunProgress | null)[];
  /** Lets time pass by clock and timers, once nothing is under way. */
  passes(ms: number): void;
}

let clinic: SmallClinic;
let open: RunningDesk[] = [];

const asOwner = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  withClient(clinic.ownerUrl, async (owner) => (await owner.query(sql, values)).rows);

beforeAll(async () => {
  clinic = await smallClinic();
});
afterAll(() => clinic.drop());
beforeEach(async () => {
  await asOwner('delete from run_leases');
  await asOwner('delete from outside_bookings');
  await asOwner('delete from integrations');
  await asOwner(
    `insert into integrations (clinic_id, id, source, enabled) values ($1, gen_random_uuid(), 'idexx', true)`,
    [clinic.clinicId],
  );
});
afterEach(async () => {
  for (const { runner, desk } of open) {
    await runner.close();
    await desk.dispose();
  }
  open = [];
});

/** A desk with a runner that waits to be started; its clock shows `clock`. */
const opened = async (at = 0, clock = START, everyMs: number | null = null): Promise<RunningDesk> => {
  const desk = liveDesk(clinic.desks[at]?.url ?? '');
  desk.setNow(new Date(clock).toISOString());
  await desk.quiet();
  const outside = new Outside(() => Date.parse(desk.now()));
  outside.everyMs = everyMs ?? HOUR * 24 * 365;
  const timers = new HandTimers();
  const logged: RunningDesk['logged'] = [];
  const log = (message: string, facts?: Facts) => void logged.push([message, facts]);
  const runner = new Runner(desk, {
    engine: desk.engine,
    log: { info: log, error: log },
    connectors: { idexx: async () => outside },
    timers,
  });
  const told: RunningDesk['told'] = [];
  runner.onProgress((_source, running) => void told.push(running));
  const passes = (ms: number) => {
    desk.setNow(new Date(Date.parse(desk.now()) + ms).toISOString());
    timers.pass(ms);
  };
  const running = { desk, outside, runner, timers, logged, told, passes };
  open.push(running);
  return running;
};
const begins = async ({ runner, outside }: RunningDesk): Promise<Run> => {
  const before = outside.runs.length;
  must(await runner.runNow('idexx'));
  const run = outside.runs[before];
  if (!run) throw new Error('no run began');
  return run;
};
const stateOf = async ({ runner }: RunningDesk) => {
  const [idexx] = must(await runner.states());
  if (!idexx) throw new Error('no state');
  return idexx;
};
const ended = (one: RunningDesk) => until('the run has ended', async () => !(await stateOf(one)).running);
/** A run that goes on until it is cut, and says by what. */
const untilCut = (run: Run) =>
  new Promise<null>((resolve) => run.signal.addEventListener('abort', () => resolve(null)));

/** A booking as a run writes it; the same number makes the same row. */
const writes = ({ desk, fence }: Run, number = '1', title = 'Check-up') => {
  const id = outsideId('idexx', clinic.clinicId, 'appointment', number);
  writeChange(desk, { kind: 'idexxRun', actor: null, fence }, (change) => {
    if (readRow(desk.replica, 'outside_bookings', id)) return change.update(outsideBookings, id, { title });
    change.insert(outsideBookings, {
      id,
      source: 'idexx',
      externalId: number,
      startsAt: new Date(START).toISOString(),
      endsAt: new Date(START + 15 * MINUTE).toISOString(),
      status: 'scheduled',
      title,
      seen: {},
    });
  });
  return id;
};
const standing = () => asOwner<{ id: string; title: string }>('select id, title from outside_bookings');

test('of two desks that start a run at once one runs, and the other says which', async () => {
  const desks = [await opened(0), await opened(1)];
  for (const { outside } of desks) outside.work = untilCut;
  const begun = await Promise.all(desks.map(({ runner }) => runner.runNow('idexx')));
  expect(begun.filter(({ ok }) => ok)).toHaveLength(1);
  expect(begun.find(({ ok }) => !ok)).toMatchObject({
    error: { code: 'runs_elsewhere', details: { desk: expect.stringMatching(/^Desk [12]$/) } },
  });
  expect(desks.flatMap(({ outside }) => outside.runs)).toHaveLength(1);
});

test('what is due runs once in the clinic, though its clocks are hours apart', async () => {
  const ahead = await opened(0, START + 5 * HOUR, 4 * HOUR);
  ahead.runner.start();
  await until('the first desk has run', async () => (await stateOf(ahead)).lastOkAt !== null);
  const behind = await opened(1, START - 3 * HOUR, 4 * HOUR);
  behind.runner.start();
  await until('the second desk waits', () => behind.timers.waiting.length > 0);
  expect([ahead.outside.runs.length, behind.outside.runs.length]).toEqual([1, 0]);
  const { lastRunAt } = await stateOf(behind);
  expect(Math.abs(Date.parse(lastRunAt ?? '') - (START - 3 * HOUR))).toBeLessThan(MINUTE);

  // A PC that slept through the time when it was due runs when it wakes, and not more than once.
  await asOwner(`update run_leases set last_run_at = last_run_at - interval '9 hours'`);
  behind.passes(9 * HOUR);
  await until('the second desk has run', () => behind.outside.runs.length > 0);
  await ended(behind);
  expect(behind.outside.runs.map(({ reason }) => reason)).toEqual(['schedule']);
});

test('a run begins only where central is reached, the integration is on and the desk has what it takes', async () => {
  const one = await opened(0);
  one.outside.everyMs = null;
  expect(await one.runner.runNow('idexx')).toMatchObject({
    error: { code: 'cannot_run_here', details: { reason: 'not_set_up' } },
  });
  expect(await one.runner.runNow('cal_com')).toMatchObject({
    error: { code: 'cannot_run_here', details: { reason: 'off' } },
  });
  one.outside.everyMs = HOUR;
  one.desk.engine.workOffline(true);
  one.runner.start();
  expect(await one.runner.runNow('idexx')).toMatchObject({ error: { code: 'needs_central' } });
  expect(one.timers.waiting).toEqual([]);
  one.desk.engine.workOffline(false);
  await until('the line is back and it has run', () => one.outside.runs.length === 1);
});

test('a desk whose lease another one took while it slept is stopped, and nothing that it wrote stands', async () => {
  const [asleep, other] = [await opened(0), await opened(1)];
  for (const { outside } of [asleep, other]) outside.work = untilCut;
  const old = await begins(asleep);
  writes(old, '1', 'First');
  expect(await old.settled()).toBe(true);
  await asOwner('update run_leases set until = now()');
  const next = await begins(other);
  await other.desk.caughtUp();
  writes(next, '1', 'Newer');
  expect(await next.settled()).toBe(true);

  writes(old, '1', 'Old');
  writes(old, '2', 'Never');
  expect(await old.settled()).toBe(true);
  asleep.passes(MINUTE);
  await until('it is told', () => old.signal.aborted);
  expect(old.signal.reason).toBe('lease_lost');
  await asleep.desk.quiet();
  await asleep.desk.caughtUp();
  expect(await standing()).toMatchObject([{ title: 'Newer' }]);
  expect(
    readRow(asleep.desk.replica, 'outside_bookings', outsideId('idexx', clinic.clinicId, 'appointment', '2')),
  ).toBe(undefined);
  expect(countRefused(asleep.desk.replica)).toBe(0);
  const reasons = asleep.desk.replica.statement('select resolution, refusal from refusals').all();
  expect(reasons).toMatchObject([{ resolution: 'derived' }, { resolution: 'derived' }]);
});

test('a lease is kept for as long as the run goes on, and through a line that is gone for a moment', async () => {
  const one = await opened(0);
  one.outside.work = untilCut;
  const run = await begins(one);
  const untilOf = async () => {
    const [lease] = await asOwner<{ until: Date }>('select until from run_leases');
    return lease?.until.getTime() ?? 0;
  };
  const before = await untilOf();
  one.passes(30_000);
  await until('it is kept', async () => (await untilOf()) > before);
  one.desk.engine.workOffline(true);
  one.passes(30_000);
  await until('it asked in vain', () => one.timers.waiting.includes(30_000));
  expect(run.signal.aborted).toBe(false);
  expect(await run.ask('integration_states', {})).toMatchObject({ error: { code: 'needs_central' } });
  writes(run);
  expect(await run.settled()).toBe(false);
  one.passes(30_000);
  await until('it asked in vain again', () => one.timers.waiting.includes(30_000) || run.signal.aborted);
  one.passes(30_000);
  await until('the lease is given up', () => run.signal.aborted);
  expect(run.signal.reason).toBe('lease_lost');
});

describe('a run', () => {
  test('writes under the number of its lease, and knows when central has all of it', async () => {
    const one = await opened(0);
    const seen: unknown[] = [];
    one.outside.work = async (run) => {
      run.setSession('0192f6c4-9a41-7c2e-8d57-6b0e4f1a3d92');
      run.progress('writing', 1, 2);
      writes(run);
      seen.push(await run.settled(), await standing());
      return null;
    };
    const run = await begins(one);
    await ended(one);
    expect(run.fence).toBe('idexx/1');
    expect(seen).toMatchObject([true, [{ title: 'Check-up' }]]);
    expect(one.told.at(0)).toMatchObject({ step: 'signing_in', done: 0, total: 0 });
    expect(one.told.at(-1)).toBe(null);
    expect(await stateOf(one)).toMatchObject({
      failures: 0,
      lastError: null,
      canRunHere: true,
      heldBy: null,
    });
  });

  test('tells how far it is at most four times a second, and the last word always', async () => {
    const one = await opened(0);
    one.outside.work = untilCut;
    const run = await begins(one);
    for (let done = 0; done < 100; done += 1) run.progress('consultations', done, 100);
    expect(one.told).toHaveLength(1);
    one.timers.pass(250);
    expect(one.told.slice(1)).toMatchObject([{ step: 'consultations', done: 99, total: 100 }]);
    one.timers.pass(10_000);
    expect(one.told).toHaveLength(2);
  });

  test.for<[string, (one: RunningDesk) => unknown]>([
    ['cancelled', ({ runner }) => runner.stop('idexx')],
    ['timed_out', ({ outside, passes }) => passes(outside.limitMs)],
  ])('is cut with the reason: %s', async ([code, cut]) => {
    const one = await opened(0);
    one.outside.limitMs = 20_000;
    one.outside.work = untilCut;
    const run = await begins(one);
    await cut(one);
    expect(run.signal.reason).toBe(code);
    await ended(one);
    expect(await stateOf(one)).toMatchObject({ lastError: { code }, failures: code === 'cancelled' ? 0 : 1 });
  });

  test('ends before the desk closes, and gives its lease back', async () => {
    const one = await opened(0);
    one.outside.work = untilCut;
    const run = await begins(one);
    await one.runner.close();
    expect(run.signal.reason).toBe('cancelled');
    expect(await asOwner('select until <= clock_timestamp() as free, failures from run_leases')).toEqual([
      { free: true, failures: 0 },
    ]);
  });

  test('that has a bug is internal, and nothing but its class is logged', async () => {
    const one = await opened(0);
    one.outside.work = async () => {
      throw new TypeError('Rex of Papadopoulou');
    };
    await begins(one);
    await ended(one);
    expect(await stateOf(one)).toMatchObject({ lastError: { code: 'internal' }, failures: 1 });
    expect(JSON.stringify(one.logged)).toContain('TypeError');
    expect(JSON.stringify(one.logged)).not.toContain('Rex');
  });

  test('that failed is tried again after a pause that grows, but at once by hand', async () => {
    const one = await opened(0, START, 30_000);
    one.outside.work = async () => ({ code: 'server_error', where: 'calendar' });
    one.runner.start();
    for (const [failures, pause] of [
      [1, 60],
      [2, 120],
      [3, 240],
    ] as const) {
      await until('it has failed', async () => (await stateOf(one)).failures === failures);
      const { nextRunAt } = await stateOf(one);
      const left = (Date.parse(nextRunAt ?? '') - Date.parse(one.desk.now())) / 1000;
      expect(Math.abs(left - pause)).toBeLessThan(10);
      await until('it waits', () => one.timers.waiting.length > 0 && one.outside.runs.length === failures);
      // Central's clock runs by itself: what happened is put back instead.
      await asOwner(`update run_leases set last_run_at = last_run_at - interval '${pause} seconds'`);
      one.passes(MINUTE);
    }
    await until('it has failed again', async () => (await stateOf(one)).failures === 4);
    expect((await stateOf(one)).alert).toBe('failing');
    one.outside.work = async () => null;
    await begins(one);
    await until('it is well', async () => (await stateOf(one)).failures === 0);
    expect((await stateOf(one)).alert).toBe(null);
  });
});

test('what central refuses of a run opens no entry, and the next run writes it anew', async () => {
  const one = await opened(0);
  let id = '';
  one.outside.work = async (run) => {
    id = writes(run, '7', 'Vaccination');
    await run.settled();
    return null;
  };
  await asOwner(`create or replace function refuse_once() returns trigger language plpgsql as
    $$ begin raise exception using errcode = '23514', constraint = 'made_up'; end $$`);
  await asOwner(
    'create trigger refuse_once before insert on outside_bookings execute function refuse_once()',
  );
  try {
    await begins(one);
    await ended(one);
  } finally {
    await asOwner('drop trigger refuse_once on outside_bookings');
  }
  expect(readRow(one.desk.replica, 'outside_bookings', id)).toBe(undefined);
  expect(countRefused(one.desk.replica)).toBe(0);
  expect(await standing()).toEqual([]);
  const kept = one.desk.replica.statement('select resolution from refusals').pluck();
  expect(kept.all()).toEqual(['derived']);
  const later = (days: number) => new Date(START + days * 24 * HOUR).toISOString();
  forgetAcknowledged(one.desk.replica, later(29));
  expect(kept.all()).toEqual(['derived']);
  forgetAcknowledged(one.desk.replica, later(31));
  expect(kept.all()).toEqual([]);
  await begins(one);
  await ended(one);
  expect(await standing()).toMatchObject([{ id, title: 'Vaccination' }]);
});

test('what somebody did on top of a run that is refused is theirs to decide, with what it stood on', async () => {
  const one = await opened(0);
  one.outside.work = untilCut;
  const run = await begins(one);
  one.desk.engine.workOffline(true);
  const id = writes(run, '9', 'Surgery');
  const decided = newId();
  writeChange(one.desk, { kind: 'decideOutside', actor: null }, (change) =>
    change.update(outsideBookings, id, {
      decision: 'dismiss',
      decidedAt: one.desk.now(),
      decidedBy: decided,
    }),
  );
  await asOwner('update run_leases set fence = fence + 1');
  one.desk.engine.workOffline(false);
  await until('central has answered', () => countRefused(one.desk.replica) > 0);
  const [entry] = one.desk.replica
    .statement('select change_id from refusals where resolved_at is null')
    .pluck()
    .all() as string[];
  expect(readRefusal(one.desk.replica, entry ?? '')).toMatchObject({
    refusal: { code: 'not_allowed', constraint: 'fence' },
    changes: [
      {
        kind: 'decideOutside',
        rows: [
          { table: 'outside_bookings', id, insert: { title: 'Surgery' } },
          { table: 'outside_bookings', id, set: { decision: 'dismiss' } },
        ],
      },
    ],
  });
});
