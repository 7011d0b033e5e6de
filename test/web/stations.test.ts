import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { calls } from '../../src-main/contract/calls.ts';
import type { DeskEvent } from '../../src-main/contract/envelope.ts';
import { refuse } from '../../src-main/contract/errors.ts';
import type { Station } from '../../src-main/contract/kiosk.ts';
import { createDispatch } from '../../src-main/core/dispatch.ts';
import type { Place } from '../../src-main/core/events.ts';
import { createHandlers } from '../../src-main/core/handlers.ts';
import { eventFor, Stations } from '../../src-main/core/kiosk/stations.ts';
import { noLog } from '../../src-main/core/log.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import { startServer, type WebServer } from '../../src-main/web/server.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
let engine: Engine;
let server: WebServer;
let announce: (event: DeskEvent) => void;

/** The server on a real core. */
beforeEach(async () => {
  desk = clinicDesk();
  engine = new Engine(desk, { url: 'postgres://nowhere.invalid', log: noLog, random: () => 0 });
  const stations = new Stations();
  const dispatch = createDispatch(createHandlers(desk, engine, stations), noLog, desk.replica.health);
  const listeners = new Map<(event: DeskEvent) => void, Place>();
  announce = (event) => {
    for (const [listener, { session }] of listeners) {
      const told = eventFor(session, event);
      if (told) listener(told);
    }
  };
  server = await startServer(
    {
      dispatch,
      on: (listener, place) => {
        listeners.set(listener, place);
        return () => listeners.delete(listener);
      },
      admit: (ticket) => stations.admit(ticket, Date.parse(desk.now())),
      isOpen: (session) => stations.isOpen(session),
      dismiss: (session) => stations.close(session),
      openSeat: () => ({ session: receptionist, generation: 0, isMovedBy: () => false }),
      closeSeat: () => undefined,
      files: {
        take: async () => refuse('internal'),
        give: async () => refuse('internal'),
        place: async () => refuse('internal'),
      },
    },
    0,
  );
  await asDesk('setKioskPin', { pin: '2468' });
});
afterEach(async () => {
  await server.close();
  await engine.close();
  desk.dispose();
});

interface Answer {
  status: number;
  cookies: string[];
  location: string | undefined;
  text: string;
}

/** node:http and not fetch, which keeps cookies and follows redirections itself. */
const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: server.port, path, method, headers: { connection: 'close', ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            cookies: response.headers['set-cookie'] ?? [],
            location: response.headers.location,
            text,
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

const ask = async (path: string, input: object, headers: Record<string, string>) => {
  const answer = await send(
    'POST',
    path,
    { 'content-type': 'application/json', ...headers },
    JSON.stringify(input),
  );
  return { status: answer.status, result: JSON.parse(answer.text) };
};
const bearer = (token = server.token) => ({ authorization: `Bearer ${token}` });
const asDesk = (name: string, input: object) => ask(`/call/${name}`, input, bearer());
const tokenOf = (cookie: string): string => /^[^=]+=([^;]+)/.exec(cookie)?.[1] ?? '';
const pair = (cookie: string): string => cookie.split(';', 1)[0] ?? '';

const link = async (kind: Station['kind']): Promise<string> => {
  const { result } = await asDesk('openStation', { kind, locationId: ids.athens });
  return `/${kind}?ticket=${result.value.ticket}`;
};
/** Opens a link in a browser that has no cookies yet; answers the one that it gets. */
const open = async (kind: Station['kind']): Promise<string> => {
  const answer = await send('GET', await link(kind));
  expect([answer.status, answer.location]).toEqual([303, `/${kind}`]);
  return answer.cookies[0] ?? '';
};

describe('a kiosk’s link', () => {
  it('works once, in one browser, and gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const address = await link('kiosk');
    const first = await send('GET', address);
    expect(first.cookies[0]).toMatch(/^anteroom-\d+-kiosk=\S+; HttpOnly; SameSite=Strict; Path=\/$/);
    const again = await send('GET', address);
    expect([again.status, again.cookies]).toEqual([401, []]);
    expect(first.cookies[0]).not.toContain(server.token);
  });

  it('is turned away in the desk’s own browser, which patients must not reach, and stays good', async () => {
    const address = await link('kiosk');
    const seat = (await send('GET', `/?token=${server.token}`)).cookies[0] ?? '';
    const own = await send('GET', address, { cookie: pair(seat) });
    expect([own.status, own.cookies]).toEqual([409, []]);
    expect((await send('GET', address)).status).toBe(303);
  });

  it('ends when its browser becomes the desk’s', async () => {
    const kiosk = await open('kiosk');
    const desk = await send('GET', `/?token=${server.token}`, { cookie: pair(kiosk) });
    expect(desk.cookies).toEqual([
      expect.stringMatching(/^anteroom-\d+=\S{43}; HttpOnly; SameSite=Strict; Path=\/$/),
      expect.stringMatching(/-kiosk=; .*Max-Age=0$/),
    ]);
    expect((await ask('/kiosk/call/kioskState', {}, { cookie: pair(kiosk) })).status).toBe(401);
  });

  it('is of no use at another door, under another host name or from another site', async () => {
    const address = await link('kiosk');
    const elsewhere = address.replace('/kiosk', '/display');
    expect((await send('GET', address, { host: 'evil.example' })).status).toBe(403);
    expect((await send('GET', address, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await send('GET', elsewhere)).status).toBe(401);
  });
});

describe('a stolen cookie of a kiosk', () => {
  it('opens nothing but the kiosk, however it is sent', async () => {
    const cookie = await open('kiosk');
    const token = tokenOf(cookie);
    const own = ['kioskState', 'kioskCheckIn', 'leaveKiosk'];
    for (const name of Object.keys(calls).filter((one) => !own.includes(one))) {
      const tries = [
        await ask(`/kiosk/call/${name}`, {}, { cookie: pair(cookie) }),
        await ask(`/call/${name}`, {}, { cookie: pair(cookie) }),
        await ask(`/call/${name}`, {}, { cookie: `anteroom-${server.port}=${token}` }),
        await ask(`/display/call/${name}`, {}, { cookie: `anteroom-${server.port}-display=${token}` }),
        await ask(`/call/${name}`, {}, bearer(token)),
      ];
      for (const { result } of tries)
        expect([name, result]).toEqual([
          name,
          expect.objectContaining({ ok: false, error: expect.objectContaining({ code: 'not_allowed' }) }),
        ]);
    }
    expect((await ask('/kiosk/call/kioskState', {}, { cookie: pair(cookie) })).result).toMatchObject({
      value: { isKiosk: true },
    });
  });

  it('gives neither the desk’s page nor its files', async () => {
    const cookie = pair(await open('kiosk'));
    for (const path of ['/', '/files/0192f000-0001-7000-8000-000000000001', '/kiosk/files/x'])
      expect([path, (await send('GET', path, { cookie })).status]).not.toEqual([path, 200]);
    const token = tokenOf(cookie);
    expect((await send('GET', '/files/x', bearer(token))).text).toBe('There is nothing here.');
  });

  it('is worth nothing after the PIN, nor after the desk closed the kiosk', async () => {
    const state = async (cookie: string) =>
      (await ask('/kiosk/call/kioskState', {}, { cookie: pair(cookie) })).status;
    const left = await open('kiosk');
    expect(
      (await ask('/kiosk/call/leaveKiosk', { pin: '0000' }, { cookie: pair(left) })).result,
    ).toMatchObject({
      error: { code: 'wrong_pin' },
    });
    expect(await state(left)).toBe(200);
    await ask('/kiosk/call/leaveKiosk', { pin: '2468' }, { cookie: pair(left) });
    expect(await state(left)).toBe(401);
    const closed = await open('kiosk');
    await asDesk('closeStations', {});
    expect(await state(closed)).toBe(401);
  });
});

describe('events', () => {
  const listen = (path: string, cookie: string) =>
    new Promise<{ heard: unknown[]; socket: WebSocket } | number>((resolve) => {
      const heard: unknown[] = [];
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
        headers: { cookie: pair(cookie) },
      });
      socket.on('message', (data) => heard.push(JSON.parse(String(data))));
      socket.on('open', () => resolve({ heard, socket }));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });

  it('tell a station only that what it shows has changed, and nothing of the sync', async () => {
    const [kiosk, display] = [await open('kiosk'), await open('display')];
    expect(await listen('/events', kiosk)).toBe(401);
    const heard = [await listen('/kiosk/events', kiosk), await listen('/display/events', display)];
    announce({ event: 'tablesChanged', tables: ['appointments', 'payments', 'clinics'] });
    announce({ event: 'syncState', state: engine.state() });
    announce({ event: 'tablesChanged', tables: ['messages'] });
    announce({ event: 'tablesChanged', tables: ['clinics'] });
    const told = (tables: string[]) => ({ event: 'tablesChanged', tables });
    await expect
      .poll(() => heard.map((one) => typeof one !== 'number' && one.heard))
      .toEqual([
        [told(['clinics']), told(['clinics'])],
        [told(['appointments', 'clinics']), told(['clinics'])],
      ]);
  });
});

it('the pages of the stations are the same screens, behind their own door', async () => {
  const cookie = await open('display');
  // 404 where the screens are not built.
  expect((await send('GET', '/display', { cookie: pair(cookie) })).status).not.toBe(401);
  expect((await send('GET', '/kiosk', { cookie: pair(cookie) })).text).toContain('This kiosk is closed');
  expect((await send('GET', '/display/../package.json', { cookie: pair(cookie) })).status).toBe(404);
});
