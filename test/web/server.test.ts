import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DeskEvent } from '../../src-main/contract/envelope.ts';
import { ok, type Result, refuse } from '../../src-main/contract/errors.ts';
import { startServer, usualLimits, type WebServer } from '../../src-main/web/server.ts';

/** A core that answers `clinic` and nothing else; the server knows no more of a core than this. */
const standInCore = () => {
  const listeners = new Set<(event: DeskEvent) => void>();
  const heard: unknown[] = [];
  return {
    heard,
    announce: (event: DeskEvent) => {
      for (const listener of listeners) listener(event);
    },
    dispatch: async (name: string, input: unknown): Promise<Result<unknown>> => {
      heard.push({ name, input });
      if (name === 'clinic') return ok({ name: 'Sample' });
      if (name === 'book') return refuse('slot_taken', { nextFree: [] });
      if (name === 'broken') return refuse('internal', { call: name });
      return refuse('unknown_call', { name });
    },
    on: (listener: (event: DeskEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    admit: () => null,
    isOpen: () => false,
    dismiss: () => undefined,
    openSeat: () => ({
      session: { userId: null, rights: new Set<never>() },
      generation: 0,
      isMovedBy: () => false,
    }),
    closeSeat: () => undefined,
    files: {
      take: async () => refuse('not_found'),
      give: async () => refuse('not_found'),
      place: async () => refuse('not_found'),
    },
  };
};

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** node:http and not fetch, which sets Host and Origin itself. */
const send = (server: WebServer, path: string, { method = 'POST', headers = {}, body }: Sent = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: server.port, path, method, headers: { connection: 'close', ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

const json = { 'content-type': 'application/json' };
const bearer = (server: WebServer) => ({ authorization: `Bearer ${server.token}` });

const running: WebServer[] = [];
const start = async (core = standInCore()) => {
  const server = await startServer(core, 0);
  running.push(server);
  return server;
};
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

describe('the address with the token', () => {
  it('gives this browser a cookie that scripts cannot read and other sites cannot send', async () => {
    const server = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/?token=${server.token}`);
    const entered = await send(server, `/?token=${server.token}`, { method: 'GET' });
    expect(entered.status).toBe(303);
    expect(entered.headers['location']).toBe('/');
    const [cookie = ''] = entered.headers['set-cookie'] as string[];
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const answer = await send(server, '/call/clinic', {
      headers: { ...json, cookie: cookie.split(';', 1)[0] ?? '' },
      body: '{}',
    });
    expect(answer.status).toBe(200);
  });

  it('has 256 bits that differ at each start', async () => {
    const [one, two] = [await start(), await start()];
    expect(Buffer.from(one.token, 'base64url')).toHaveLength(32);
    expect(one.token).not.toBe(two.token);
  });

  it('names its cookie by port, so that two desks on one PC do not sign each other out', async () => {
    const [one, two] = [await start(), await start()];
    const cookies = await Promise.all(
      [one, two].map(async (server) => {
        const entered = await send(server, `/?token=${server.token}`, { method: 'GET' });
        return String((entered.headers['set-cookie'] as string[])[0]).split('=', 1)[0];
      }),
    );
    expect(new Set(cookies).size).toBe(2);
  });

  it('gives no cookie to a page under another host name, as after DNS rebinding', async () => {
    const server = await start();
    const entered = await send(server, `/?token=${server.token}`, {
      method: 'GET',
      headers: { host: 'evil.example' },
    });
    expect(entered.status).toBe(403);
    expect(entered.headers['set-cookie']).toBeUndefined();
  });

  it('opens nothing with a wrong token', async () => {
    const server = await start();
    const entered = await send(server, '/?token=wrong', { method: 'GET' });
    expect(entered.status).toBe(401);
    expect(entered.headers['set-cookie']).toBeUndefined();
  });
});

describe('a call', () => {
  it('carries JSON to the core and its answer back', async () => {
    const core = standInCore();
    const server = await start(core);
    const answer = await send(server, '/call/clinic', {
      headers: { ...json, ...bearer(server) },
      body: '{"a":1}',
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ ok: true, value: { name: 'Sample' } });
    expect(core.heard).toEqual([{ name: 'clinic', input: { a: 1 } }]);
  });

  it('answers a refusal as a value and keeps HTTP errors for a wrong address and for faults', async () => {
    const server = await start();
    const status = async (name: string) =>
      (await send(server, `/call/${name}`, { headers: { ...json, ...bearer(server) }, body: '{}' })).status;
    expect(await status('book')).toBe(200);
    expect(await status('nonsense')).toBe(404);
    expect(await status('broken')).toBe(500);
  });

  it.each([
    ['without a token', 401, 'token', {}],
    ['with a wrong token', 401, 'token', { authorization: 'Bearer wrong' }],
    ['under another host name, as after DNS rebinding', 403, 'host', { host: 'evil.example' }],
    ['for another port of this host', 403, 'host', { host: '127.0.0.1:1' }],
    ['from another site', 403, 'origin', { origin: 'https://evil.example' }],
    ['from another program on this PC', 403, 'origin', { origin: 'http://127.0.0.1:1' }],
    ['from a sandboxed frame', 403, 'origin', { origin: 'null' }],
    ['by an element of another page', 403, 'origin', { 'sec-fetch-site': 'cross-site' }],
    [
      'by an element of a page on another port',
      403,
      'origin',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
    ],
  ])('%s is turned away before the core hears of it', async (_how, status, reason, headers) => {
    const core = standInCore();
    const server = await start(core);
    const valid = 'authorization' in headers || reason === 'token' ? {} : bearer(server);
    const answer = await send(server, '/call/clinic', {
      headers: { ...json, ...valid, ...headers },
      body: '{}',
    });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({
      ok: false,
      error: { code: 'not_allowed', details: { reason } },
    });
    expect(core.heard).toEqual([]);
  });

  it('is refused when it is too large, no JSON, or of another type', async () => {
    const core = standInCore();
    const server = await start(core);
    const headers = { ...json, ...bearer(server) };
    const large = 'x'.repeat(1024 * 1024 + 1);
    const status = async (sent: Sent) => (await send(server, '/call/clinic', sent)).status;
    expect(await status({ headers: { ...headers, 'content-length': String(large.length) }, body: '' })).toBe(
      413,
    );
    expect(await status({ headers: { ...headers, 'transfer-encoding': 'chunked' }, body: large })).toBe(413);
    expect(await status({ headers, body: '{' })).toBe(400);
    expect(await status({ headers: { ...headers, 'content-type': 'text/plain' }, body: '{}' })).toBe(415);
    expect(await status({ headers, method: 'GET' })).toBe(405);
    expect(core.heard).toEqual([]);
  });

  it('from screens of another protocol version is told so', async () => {
    const server = await start();
    const answer = await send(server, '/call/clinic', {
      headers: { ...json, ...bearer(server), 'x-anteroom-version': '0' },
      body: '{}',
    });
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'wrong_version' } });
  });
});

describe('events', () => {
  const open = (server: WebServer, headers: Record<string, string>) =>
    new Promise<WebSocket | number>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });

  it('reach every open page', async () => {
    const core = standInCore();
    const server = await start(core);
    const pages = [await open(server, bearer(server)), await open(server, bearer(server))];
    const heard = pages.map(
      (page) =>
        new Promise((resolve) => {
          if (typeof page !== 'number') page.once('message', (data) => resolve(JSON.parse(String(data))));
        }),
    );
    core.announce({ event: 'tablesChanged', tables: ['appointments'] });
    expect(await Promise.all(heard)).toEqual([
      { event: 'tablesChanged', tables: ['appointments'] },
      { event: 'tablesChanged', tables: ['appointments'] },
    ]);
  });

  it('are kept from who has no token or comes from elsewhere', async () => {
    const server = await start();
    expect(await open(server, {})).toBe(401);
    expect(await open(server, { ...bearer(server), origin: 'https://evil.example' })).toBe(403);
    expect(await open(server, { ...bearer(server), host: 'evil.example' })).toBe(403);
  });
});

describe('pages', () => {
  it('are refused without a token, in words', async () => {
    const server = await start();
    const answer = await send(server, '/', { method: 'GET' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('address that Anteroom printed');
  });

  it('cannot be used to read a file outside the screens', async () => {
    const server = await start();
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/../../../package.json',
      '//etc/passwd',
    ]) {
      expect((await send(server, path, { method: 'GET', headers: bearer(server) })).status).toBe(404);
    }
  });

  it('say with every answer that nothing is to be kept, guessed, framed or shared', async () => {
    const server = await start();
    const answer = await send(server, '/nothing', { method: 'GET', headers: bearer(server) });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    // Browsers heed it over HTTPS only, and for no address that is a number.
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('let a person follow a link to the desk from another page', async () => {
    const server = await start();
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const answer = await send(server, '/nothing', {
      method: 'GET',
      headers: { ...bearer(server), ...navigation },
    });
    expect(answer.status).toBe(404);
  });
});

describe('a client that is broken or hostile takes nothing down:', () => {
  /** Sends bytes as they are; answers with what came back until the server closed the line. */
  const raw = (server: WebServer, bytes: string | Buffer, after?: Buffer) =>
    new Promise<string>((resolve) => {
      let heard = '';
      const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (piece) => {
        heard += String(piece);
        if (after) socket.write(after);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(heard));
    });
  const head = (server: WebServer, first: string, ...more: string[]) =>
    [`${first} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, ...more, '', ''].join('\r\n');
  const stillAnswers = async (server: WebServer) =>
    expect(
      (await send(server, '/call/clinic', { headers: { ...json, ...bearer(server) }, body: '{}' })).status,
    ).toBe(200);
  const impatient = {
    ...usualLimits,
    headersTimeout: 60,
    requestTimeout: 120,
    connectionsCheckingInterval: 20,
  };
  const startImpatient = async (limits = impatient) => {
    const server = await startServer(standInCore(), 0, limits);
    running.push(server);
    return server;
  };

  it.each(['//', '//[', 'http://[', '/%', '*', '/files/%', '/?token=%', '/kiosk?ticket=%'])(
    'an address such as %s',
    async (address) => {
      const server = await start();
      const answer = await raw(server, head(server, `GET ${address}`, 'Connection: close'));
      expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
      await stillAnswers(server);
    },
  );

  it('a request whose sender goes away in the middle', async () => {
    const server = await start();
    const begun = head(
      server,
      'POST /call/clinic',
      `Authorization: Bearer ${server.token}`,
      'Content-Type: application/json',
      'Content-Length: 10',
    );
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(`${begun}{"a"`));
      socket.on('close', () => resolve());
      socket.resume();
    });
    await stillAnswers(server);
  });

  it('one that sends its headers, or its body, a byte at a time', async () => {
    const server = await startImpatient();
    expect(await raw(server, 'GET / HTTP/1.1\r\nHost: 127')).toMatch(/^HTTP\/1.1 408 /);
    const length = ['Content-Type: application/json', 'Content-Length: 10'];
    const begun = head(server, 'POST /call/clinic', `Authorization: Bearer ${server.token}`, ...length);
    expect(await raw(server, `${begun}{`)).toMatch(/^HTTP\/1.1 4/);
    expect(await raw(server, '')).toMatch(/^(HTTP\/1.1 408 |$)/);
    await stillAnswers(server);
  });

  it('more of them than there are places', async () => {
    const server = await startImpatient({ ...usualLimits, maxConnections: 2 });
    const held = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    expect(await raw(server, head(server, 'GET /'))).toBe('');
    const gone = Promise.all(held.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    for (const socket of held) socket.destroy();
    await gone;
    await expect
      .poll(() =>
        stillAnswers(server).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  it('a page that sends no events but nonsense', async () => {
    const server = await start();
    const key = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Authorization: Bearer ${server.token}`,
      ...key,
    ];
    const nonsense = Buffer.from([0xff, 0xff, 1, 2, 3, 4]);
    expect(await raw(server, head(server, 'GET /events', ...upgrade), nonsense)).toMatch(/^HTTP\/1.1 101 /);
    await stillAnswers(server);
  });
});

it('a port that is taken is named in the message', async () => {
  const server = await start();
  await expect(startServer(standInCore(), server.port)).rejects.toThrow(`Port ${server.port} is taken`);
});
