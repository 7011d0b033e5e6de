import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallName, CallOutput } from '../src-main/contract/calls.ts';
import { calls } from '../src-main/contract/calls.ts';
import type { DeskEvent } from '../src-main/contract/envelope.ts';
import type { Result } from '../src-main/contract/errors.ts';
import { type FrontDesk, openFrontDesk } from '../src-main/core/front-desk.ts';
import { noLog } from '../src-main/core/log.ts';
import { memoryNonce, temporaryFolder } from './support/desk.ts';
import { must } from './support/must.ts';
import { type SmallClinic, smallClinic, workDay } from './support/small-clinic.ts';
import { until } from './support/until.ts';

describe('a front desk', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  let clinic: SmallClinic;
  const desks: FrontDesk[] = [];
  const events: DeskEvent[][] = [];

  const ask = async <N extends CallName>(desk: FrontDesk | undefined, name: N, input: unknown = {}) => {
    if (!desk) throw new Error('no desk');
    const value = must((await desk.dispatch(name, input, desk.session)) as Result<CallOutput<N>>);
    return calls[name].output.parse(value) as CallOutput<N>;
  };

  beforeAll(async () => {
    clinic = await smallClinic();
    for (const { url, name } of clinic.desks) {
      const desk = must(
        await openFrontDesk({
          file: join(folder.path, `${name}.db`),
          key: randomBytes(32),
          centralUrl: url,
          nonce: memoryNonce(),
          log: noLog,
          now: () => `${workDay}T07:00:00.000Z`,
        }),
      );
      desks.push(desk);
      const heard: DeskEvent[] = [];
      events.push(heard);
      desk.on((event) => heard.push(event));
    }
    for (const desk of desks) {
      await until('the desk is online', async () => (await ask(desk, 'syncState')).phase === 'online');
    }
    // What the first sync brought is told a turn later.
    await until('both are told of it', () =>
      events.every((heard) =>
        heard.some((event) => event.event === 'tablesChanged' && event.tables.includes('appointments')),
      ),
    );
  });
  afterAll(async () => {
    for (const desk of desks) await desk.close();
    await clinic.drop();
    folder.remove();
  });

  test('tells its screens of another desk’s booking by the names of the tables, once for each commit', async () => {
    const [one, two] = desks;
    events[1]?.splice(0);
    const booked = await ask(one, 'book', {
      slotId: clinic.doctors[0]?.slots[0],
      patientId: clinic.patients[0],
    });
    await until('desk 2 is told', () =>
      events[1]?.some((event) => event.event === 'tablesChanged' && event.tables.includes('appointments')),
    );
    const { appointments } = await ask(two, 'daySchedule', { date: workDay, locationId: clinic.locationId });
    expect(appointments.map(({ id }) => id)).toEqual([booked.id]);
    expect(JSON.stringify(events[1])).not.toContain(booked.id);
    const told = events[1]?.filter(
      (event) => event.event === 'tablesChanged' && event.tables.includes('appointments'),
    );
    expect(told).toHaveLength(1);
  });

  test('acts as its own user while nobody is signed in', async () => {
    expect(desks[0]?.session.userId).toMatch(/^[0-9a-f-]{36}$/);
    expect(desks[0]?.session.userId).not.toBe(desks[1]?.session.userId);
    expect(await ask(desks[0], 'clinic')).toMatchObject({ deskName: 'Desk 1', insecureKeyFile: false });
  });

  test('is a kiosk on its own screen until the PIN is given, and tells that screen nothing of the sync', async () => {
    const [one] = desks;
    if (!one) throw new Error('no desk');
    await ask(one, 'setKioskPin', { pin: '2468' });
    await ask(one, 'enterKiosk', { locationId: clinic.locationId });
    events[0]?.splice(0);
    expect(one.session).toMatchObject({ userId: null, rights: new Set(['kiosk']) });
    expect(await one.dispatch('daySchedule', {}, one.session)).toMatchObject({
      error: { code: 'not_allowed' },
    });
    expect(await one.dispatch('workOffline', { offline: true }, one.session)).toMatchObject({ ok: false });
    await ask(one, 'leaveKiosk', { pin: '2468' });
    await until('the screen is told to look again', () =>
      events[0]?.some((event) => event.event === 'tablesChanged' && event.tables.includes('desk_settings')),
    );
    expect(events[0]?.some(({ event }) => event === 'syncState')).toBe(false);
    expect(one.session.rights.has('schedule.read')).toBe(true);
  });

  test('says each state of the sync as it comes', async () => {
    await until('nothing waits', async () => (await ask(desks[0], 'syncState')).waiting === 0);
    events[0]?.splice(0);
    expect(await ask(desks[0], 'workOffline', { offline: true })).toMatchObject({
      phase: 'offline',
      byChoice: true,
    });
    await ask(desks[0], 'book', { slotId: clinic.doctors[0]?.slots[1], patientId: clinic.patients[1] });
    await ask(desks[0], 'workOffline', { offline: false });
    await until('the desk is online', async () => {
      const { phase, waiting } = await ask(desks[0], 'syncState');
      return phase === 'online' && waiting === 0;
    });
    const phases = events[0]?.flatMap((event) =>
      event.event === 'syncState' ? [`${event.state.phase} ${event.state.waiting}`] : [],
    );
    expect([...new Set(phases)]).toEqual(['offline 0', 'offline 1', 'sending 1', 'online 0']);
  });
});
