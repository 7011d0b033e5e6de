import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCalComConnector } from '../../../src-main/core/integrations/calcom/connector.ts';
import { integrations } from '../../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, receptionist } from '../../support/clinic.ts';
import { type CalComServer, startCalCom } from '../../support/outside/cal-com.ts';
import { seated } from '../../support/seated.ts';
import { KEY } from './clinic.ts';

let server: CalComServer;
let desk: ClinicDesk;
let kept: string | null;
let ask: (name: string, input: object) => Promise<unknown>;
let close: () => Promise<void>;

beforeAll(async () => {
  server = await startCalCom({
    key: KEY,
    now: () => Date.now(),
    hosts: [
      {
        id: 1,
        name: 'Eleni Adamou',
        email: 'adamou@example.com',
        username: 'adamou',
        timeZone: 'Europe/Athens',
      },
    ],
    eventTypes: [{ id: 7, slug: 'check-up', title: 'Check-up', lengthInMinutes: 30, hosts: ['adamou'] }],
  });
});
afterAll(() => server.close());
beforeEach(() => {
  kept = null;
  server.faults.clear();
  desk = clinicDesk();
  desk.calComKey = {
    read: async () => kept,
    write: async (key) => {
      kept = key;
    },
  };
  desk.put(integrations, {
    id: '0192f000-0050-7000-8000-000000000001',
    source: 'cal_com',
    enabled: true,
    settings: { baseUrl: server.url, everySeconds: 60 },
    position: {
      from: '2026-11-01T00:00:00.000Z',
      since: '2026-11-01T00:00:00.000Z',
      wholeAt: '2026-11-01T00:00:00.000Z',
    },
  });
  const core = seated(desk);
  ask = (name, input) => core.dispatch(name, input, receptionist);
  close = async () => {
    await core.close();
    desk.dispose();
  };
  return () => close();
});

const position = () => desk.replica.orm.select().from(integrations).get()?.position;

test('a key is kept once Cal.com has taken it, with what it opens, and all is read anew with it', async () => {
  expect(await ask('setCalComKey', { key: KEY })).toMatchObject({
    ok: true,
    value: {
      keySet: true,
      account: { username: 'adamou', name: 'Eleni Adamou' },
      eventTypes: [{ id: 7, slug: 'check-up', minutes: [30], hosts: ['adamou'] }],
      readAt: desk.now(),
    },
  });
  expect(kept).toBe(KEY);
  expect(position()).toBeNull();
  expect(JSON.stringify(desk.replica.statement('select * from desk_settings').all())).not.toContain(KEY);
});

test('a key that is refused, or that nobody could check, is not kept, and the one before stays', async () => {
  kept = 'cal_live_before';
  expect(await ask('setCalComKey', { key: 'cal_live_mistyped' })).toMatchObject({
    error: { code: 'key_refused' },
  });
  server.faults.plan({ kind: 'changed', change: () => '{"status":"success","data":{"user":1}}' });
  expect(await ask('setCalComKey', { key: KEY })).toMatchObject({
    error: { code: 'outside_failed', details: { code: 'unreadable', where: 'GET /v2/me: data.username' } },
  });
  expect(kept).toBe('cal_live_before');
  expect(position()).not.toBeNull();
});

test('taken away it is gone, with what it opened', async () => {
  await ask('setCalComKey', { key: KEY });
  expect(await ask('setCalComKey', { key: null })).toEqual({
    ok: true,
    value: { keySet: false, account: null, eventTypes: [], readAt: null },
  });
  expect(kept).toBeNull();
});

test('a desk runs the integration only with the key, every so many seconds, and more seldom while it fails', async () => {
  const connector = createCalComConnector(desk, { pause: async () => undefined, random: () => 0.5 });
  const now = Date.parse(desk.now());
  expect(await connector.due({ lastRunAt: now, lastOkAt: now, failures: 0 })).toBeNull();
  kept = KEY;
  const dueAfter = async (failures: number) =>
    ((await connector.due({ lastRunAt: now, lastOkAt: null, failures }))?.at ?? 0) - now;
  expect(await connector.due({ lastRunAt: null, lastOkAt: null, failures: 0 })).toEqual({
    at: now,
    reason: 'schedule',
  });
  expect(await dueAfter(0)).toBe(60_000);
  expect(await dueAfter(2)).toBe(240_000);
  expect(await dueAfter(30)).toBe(900_000);
});
