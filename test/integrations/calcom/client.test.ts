import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CalCom, calCom } from '../../../src-main/core/integrations/calcom/client.ts';
import { type CalComServer, startCalCom } from '../../support/outside/cal-com.ts';
import { anna, at, booked, KEY } from './clinic.ts';

const NOW = Date.parse('2026-11-23T08:00:00.000Z');
let now = NOW;
let server: CalComServer;
let cal: CalCom;
let pauses: number[];

beforeAll(async () => {
  server = await startCalCom({
    key: KEY,
    now: () => now,
    hosts: [1, 2, 3].map((id) => ({
      id,
      name: `Host ${id}`,
      email: `host${id}@clinic.example`,
      username: `host${id}`,
      timeZone: 'Europe/Athens',
    })),
    eventTypes: [
      { id: 11, slug: 'short', title: 'Short', lengthInMinutes: 15, hosts: ['host1', 'host2'] },
      {
        id: 12,
        slug: 'visit',
        title: 'Visit',
        lengthInMinutes: 30,
        lengthInMinutesOptions: [30, 60],
        hosts: ['host3'],
        requiresConfirmation: true,
      },
    ],
  });
});
afterAll(() => server.close());
const clientFor = (key: string): CalCom =>
  calCom(
    {
      now: () => now,
      sleep: async (ms) => {
        pauses.push(ms);
        now += ms;
      },
      random: () => 0.5,
      signal: new AbortController().signal,
      timeoutMs: 5_000,
    },
    { baseUrl: server.url, key },
  );
beforeEach(() => {
  server.book.bookings.clear();
  server.faults.clear();
  server.limit = Number.POSITIVE_INFINITY;
  pauses = [];
  cal = clientFor(KEY);
});

const fill = (count: number): void => {
  for (let index = 0; index < count; index += 1) {
    now += 1;
    booked(
      server.book.book({
        eventTypeId: 11,
        start: new Date(NOW + 86_400_000 + index * 900_000).toISOString(),
        attendee: anna,
      }),
    );
  }
};

describe('reading', () => {
  test('goes from page to page, and passes over nothing though more is booked and changed meanwhile', async () => {
    fill(250);
    const before = new Set(server.book.bookings.keys());
    // With the first page out, one more is booked and one of the oldest is changed: the order is another one now.
    const get = server.book.bookings.values.bind(server.book.bookings);
    let pages = 0;
    server.book.bookings.values = () => {
      pages += 1;
      if (pages === 2) fill(3);
      return get();
    };
    const read = await cal.bookings({ afterCreatedAt: new Date(NOW).toISOString(), sortCreated: 'desc' });
    server.book.bookings.values = get;
    const uids = read.ok ? read.value.map(({ uid }) => uid) : [];
    expect([...before].filter((uid) => !uids.includes(uid))).toEqual([]);
    expect(new Set(uids).size).toBe(uids.length);
  });

  test('says in which field an answer has another shape, and never takes it for an empty list', async () => {
    fill(2);
    server.faults.plan({
      kind: 'changed',
      change: (body) => body.replace('"status":"accepted"', '"status":"tentative"'),
    });
    expect(await cal.bookings({})).toMatchObject({
      ok: false,
      error: { code: 'unreadable', where: 'GET /v2/bookings: data.0.status' },
    });
    server.faults.plan({ kind: 'changed', change: () => '{"status":"success","data":{"bookings":[]}}' });
    expect(await cal.bookings({})).toMatchObject({
      error: { code: 'unreadable', where: 'GET /v2/bookings: data' },
    });
    server.faults.plan({ kind: 'changed', change: () => '<html>Maintenance</html>' });
    expect(await cal.bookings({})).toMatchObject({
      error: { code: 'unreadable', where: 'GET /v2/bookings: no JSON' },
    });
  });

  test('tries again after a half answer and after a server error', async () => {
    fill(1);
    server.faults.plan({ kind: 'half' });
    server.faults.plan({ kind: 'status', status: 500 });
    expect(await cal.bookings({})).toMatchObject({
      ok: true,
      value: [{ attendees: [{ name: 'Anna Nikolaou' }] }],
    });
    expect(pauses).toHaveLength(2);
  });

  test('gives event types with their lengths and hosts, and whose account it is', async () => {
    expect(await cal.eventTypes()).toEqual({
      ok: true,
      value: [
        { id: 11, slug: 'short', title: 'Short', minutes: [15], hosts: ['host1', 'host2'], confirmed: false },
        { id: 12, slug: 'visit', title: 'Visit', minutes: [30, 60], hosts: ['host3'], confirmed: true },
      ],
    });
    expect(await cal.me()).toEqual({
      ok: true,
      value: { username: 'host1', email: 'host1@clinic.example', name: 'Host 1' },
    });
  });

  test('with a key that is not taken is refused at once', async () => {
    const others = clientFor('cal_live_another');
    expect(await others.bookings({})).toEqual({
      ok: false,
      error: { code: 'refused_login', where: 'GET /v2/bookings' },
    });
    expect(pauses).toEqual([]);
  });
});

describe('too many requests', () => {
  test.each(['seconds', 'unix'] as const)(
    'are waited out as long as Cal.com says, told as %s',
    async (resetAs) => {
      Object.assign(server, { limit: 0, resetAs });
      const read = cal.bookings({});
      await read.catch(() => undefined);
      server.limit = Number.POSITIVE_INFINITY;
      expect(pauses.length).toBeGreaterThan(0);
      for (const ms of pauses) expect(ms).toBeGreaterThan(0);
      // A Unix time is told in whole seconds.
      expect(Math.max(...pauses)).toBeLessThanOrEqual(61_000);
      expect(await cal.bookings({})).toMatchObject({ ok: true });
    },
  );

  test('are not made: after a hundred within a minute the next one waits for the next', async () => {
    for (let count = 0; count < 100; count += 1) await cal.booking('none');
    expect(pauses).toEqual([]);
    await cal.booking('none');
    expect(pauses).toEqual([60_000]);
  });
});

describe('writing', () => {
  const wanted = { start: at(0), eventTypeId: 12, attendee: anna, metadata: {} };

  test.each([400, 409] as const)(
    'tells a time that is taken there from everything else (%i)',
    async (status) => {
      server.book.takenStatus = status;
      expect(await cal.create(wanted)).toMatchObject({ ok: true, value: { booking: { start: at(0) } } });
      expect(await cal.create(wanted)).toMatchObject({ value: { refused: { why: 'taken' } } });
      expect(await cal.create({ ...wanted, start: '2026-11-01T07:00:00.000Z' })).toMatchObject({
        value: { refused: { why: 'other', message: 'Attempting to book a meeting in the past.' } },
      });
      expect(await cal.act('none', 'cancel', {})).toMatchObject({ value: { refused: { why: 'gone' } } });
    },
  );

  test('is never sent twice, though the answer is lost after it was done', async () => {
    server.faults.plan({ kind: 'cut' });
    expect(await cal.create(wanted)).toMatchObject({ ok: false, error: { code: 'offline' } });
    expect(server.book.bookings.size).toBe(1);
    server.faults.plan({ kind: 'status', status: 500 });
    expect(await cal.act('cal00001', 'confirm', null)).toMatchObject({
      ok: false,
      error: { code: 'server_error' },
    });
  });

  test('is sent again after 429, which says that nothing was done', async () => {
    server.faults.plan({ kind: 'status', status: 429, headers: { 'x-ratelimit-reset': '3' } });
    expect(await cal.create(wanted)).toMatchObject({ ok: true, value: { booking: { start: at(0) } } });
    expect(pauses).toEqual([3000]);
    expect(server.book.bookings.size).toBe(1);
  });
});
