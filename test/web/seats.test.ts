import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type CallName, calls } from '../../src-main/contract/calls.ts';
import type { StaffRole } from '../../src-main/contract/session.ts';
import { Events, type Place } from '../../src-main/core/events.ts';
import { createFileCalls } from '../../src-main/core/file-calls.ts';
import { noLog } from '../../src-main/core/log.ts';
import { staffKeys } from '../../src-main/core/schema/replica/index.ts';
import { roleRights } from '../../src-main/core/security/roles.ts';
import { makeBox, newContents, STANDARD_COST, sealed } from '../../src-main/core/security/sealed.ts';
import { FileStore } from '../../src-main/core/store/file-store.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import { Access, cookieName } from '../../src-main/web/guard.ts';
import { startServer, type WebServer } from '../../src-main/web/server.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { temporaryFolder } from '../support/desk.ts';
import { type Seated, seated } from '../support/seated.ts';
import { putStaff, type Staff } from '../support/staff.ts';

let desk: ClinicDesk;
let engine: Engine;
let house: Seated;
let events: Events;
let server: WebServer;
let folder: ReturnType<typeof temporaryFolder>;
let staff: Record<StaffRole, Staff>;

/** The server on a real core in a closed clinic. */
beforeEach(async () => {
  desk = clinicDesk();
  staff = {
    admin: await putStaff(desk, { role: 'admin', pin: '7319' }),
    doctor: await putStaff(desk, { role: 'doctor', pin: '9035' }),
    receptionist: await putStaff(desk, { role: 'receptionist', pin: '4821' }),
  };
  engine = new Engine(desk, { url: 'postgres://nowhere.invalid', log: noLog, random: () => 0 });
  house = seated(desk, engine);
  events = new Events(desk.replica, engine, house.seats);
  folder = temporaryFolder();
  const store = new FileStore(folder.path, Buffer.alloc(32, 7));
  const { seats, stations, dispatch } = house;
  server = await startServer(
    {
      dispatch,
      on: (listener, place: Place) => events.on(listener, place),
      admit: (ticket) => stations.admit(ticket, Date.parse(desk.now())),
      isOpen: (session) => stations.isOpen(session),
      dismiss: (session) => stations.close(session),
      openSeat: () => seats.open(),
      closeSeat: (seat) => seats.close(seat),
      files: createFileCalls(desk, store, noLog),
    },
    0,
  );
});
afterEach(async () => {
  await server.close();
  events.stop();
  await house.close();
  desk.dispose();
  folder.remove();
});

interface Answer {
  status: number;
  cookie: string | undefined;
  text: string;
}

/** node:http and not fetch, which keeps cookies itself. `hold` keeps the body back until it is over. */
const send = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
  hold?: Promise<unknown>,
) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: server.port, path, method, headers: { connection: 'close', ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => {
          const cookie = response.headers['set-cookie']?.[0]?.split(';', 1)[0];
          resolve({ status: response.statusCode ?? 0, cookie, text });
        });
      },
    );
    sent.on('error', reject);
    sent.flushHeaders();
    void Promise.resolve(hold).then(() => sent.end(body));
  });

const json = { 'content-type': 'application/json' };

/** A browser of this PC, with the one cookie that it has. */
class Browser {
  cookie = '';

  static async open(): Promise<Browser> {
    const browser = new Browser();
    browser.take(await send('GET', `/?token=${server.token}`, {}, ''));
    return browser;
  }

  take({ cookie }: Answer): void {
    if (cookie) this.cookie = cookie;
  }

  async ask(name: string, input: object = {}) {
    const answer = await send(
      'POST',
      `/call/${name}`,
      { ...json, cookie: this.cookie },
      JSON.stringify(input),
    );
    this.take(answer);
    return { status: answer.status, ...JSON.parse(answer.text) };
  }

  async come(role: StaffRole): Promise<this> {
    const { id: userId, password } = staff[role];
    expect(await this.ask('signIn', { userId, password })).toMatchObject({ ok: true });
    return this;
  }

  /** A thief's copy of what the browser has now. */
  copy(): Browser {
    return Object.assign(new Browser(), { cookie: this.cookie });
  }
}

describe('a browser’s cookie', () => {
  it('is another one after each sign-in, switch, unlock and sign-out, and the old one opens nothing', async () => {
    const browser = await Browser.open();
    const old: Browser[] = [];
    const then = async (work: () => Promise<unknown>) => {
      old.push(browser.copy());
      await work();
      expect(browser.cookie).not.toBe(old.at(-1)?.cookie);
    };
    await then(() => browser.come('receptionist'));
    await then(() => browser.come('admin'));
    const { id: userId, pin } = staff.receptionist;
    await then(() => browser.ask('switchPerson', { userId, pin }));
    await browser.ask('lock');
    await then(() => browser.ask('switchPerson', { userId, pin }));
    await then(() => browser.ask('signOut'));
    for (const one of old) expect((await one.ask('door')).status).toBe(401);
    expect(await browser.ask('door')).toMatchObject({ value: { state: 'signed_out' } });
  });

  it('when a receptionist’s was stolen, opens nothing more after the admin has come to the same seat', async () => {
    const browser = await (await Browser.open()).come('receptionist');
    const thief = browser.copy();
    expect((await thief.ask('locations')).ok).toBe(true);
    await browser.come('admin');
    for (const name of ['locations', 'door', 'staff', 'exportTables'])
      expect(await thief.ask(name)).toMatchObject({ status: 401, error: { code: 'not_allowed' } });
    expect((await browser.ask('exportTables')).ok).toBe(true);
  });

  it('is not given to a call that was under way when somebody else came in', async () => {
    const browser = await (await Browser.open()).come('receptionist');
    const thief = browser.copy();
    const { id: userId, password } = staff.doctor;
    // A box that costs as much as a real one, so that the thief's guess is still being checked when the admin is in.
    const box = await makeBox(userId, password, newContents(), STANDARD_COST);
    desk.put(staffKeys, { id: userId, sealed: sealed(box), misses: 0 });
    const order: string[] = [];
    const guess = thief.ask('signIn', { userId, password: 'a guess' }).then(() => order.push('guess'));
    await browser.come('admin');
    order.push('admin');
    await guess;
    expect(order).toEqual(['admin', 'guess']);
    expect((await thief.ask('door')).status).toBe(401);
    expect(await browser.ask('door')).toMatchObject({ value: { person: { id: staff.admin.id } } });
  });

  it('does not count for a call whose body came only after somebody else had', async () => {
    const browser = await (await Browser.open()).come('receptionist');
    const { cookie } = browser;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const headers = { ...json, cookie, 'transfer-encoding': 'chunked' };
    const slow = send('POST', '/call/exportTables', headers, '{}', held);
    const file = { cookie, 'content-type': 'application/octet-stream', 'x-file-name': 'a.txt' };
    const slowFile = send('POST', '/files', { ...file, 'transfer-encoding': 'chunked' }, 'words', held);
    // Both were let in as the receptionist by now: a request of the same browser is answered after them.
    await browser.ask('door');
    await browser.come('admin');
    release();
    expect((await slow).status).toBe(401);
    expect((await slowFile).status).toBe(401);
  });

  it('is dead from the moment that its seat moves on, before anybody has the next one', () => {
    const access = new Access(1);
    const seat = { ...house.seats.open(), session: receptionist, generation: 0 };
    const { id } = access.seat(seat);
    const headers = { cookie: `${cookieName(1)}=${id}` };
    expect(access.byCookie(headers, 'desk')).toBe(seat);
    seat.generation = 1;
    expect(access.byCookie(headers, 'desk')).toBeUndefined();
  });

  it('stays good for whoever opens the address once more', async () => {
    const browser = await (await Browser.open()).come('receptionist');
    const again = await send('GET', `/?token=${server.token}`, { cookie: browser.cookie }, '');
    expect([again.status, again.cookie]).toEqual([303, undefined]);
    expect(await browser.ask('door')).toMatchObject({ value: { state: 'signed_in' } });
  });

  it('is none for the desk’s token, and no Bearer', async () => {
    const byToken = { ...json, cookie: `anteroom-${server.port}=${server.token}` };
    expect((await send('POST', '/call/door', byToken, '{}')).status).toBe(401);
    const browser = await (await Browser.open()).come('admin');
    const id = browser.cookie.split('=', 2)[1];
    expect((await send('POST', '/call/door', { ...json, authorization: `Bearer ${id}` }, '{}')).status).toBe(
      401,
    );
  });
});

describe('the desk’s token alone', () => {
  const bearer = () => ({ ...json, authorization: `Bearer ${server.token}` });
  const call = async (name: string, input: object = {}) =>
    JSON.parse((await send('POST', `/call/${name}`, bearer(), JSON.stringify(input))).text);

  it('is a door at which nobody is signed in, whoever is elsewhere', async () => {
    await (await Browser.open()).come('admin');
    expect(await call('door')).toMatchObject({ value: { state: 'signed_out', person: null } });
    expect(await call('findPatient', { text: 'papad' })).toMatchObject({ error: { code: 'not_allowed' } });
    const file = await send('GET', `/files/${ids.maria}`, bearer(), '');
    expect(JSON.parse(file.text)).toMatchObject({ error: { code: 'not_allowed' } });
  });

  it('gives a program that signs in by it a cookie of its own', async () => {
    const { id: userId, password } = staff.receptionist;
    const come = await send('POST', '/call/signIn', bearer(), JSON.stringify({ userId, password }));
    const program = new Browser();
    program.take(come);
    expect((await program.ask('locations')).ok).toBe(true);
    expect(await call('locations')).toMatchObject({ error: { code: 'not_allowed' } });
  });
});

describe('every call there is', () => {
  /** What would end or change who asks is left out where somebody is in. */
  const leaving: readonly CallName[] = ['signIn', 'switchPerson', 'lock', 'signOut'];
  const answered = async (browser: Browser): Promise<CallName[]> => {
    const names = (Object.keys(calls) as CallName[]).filter((name) => !leaving.includes(name));
    const open: CallName[] = [];
    // An input that fits no call: the right is asked for before the input.
    for (const name of names) {
      const { error } = await browser.ask(name, { nonsense: [] });
      const isRefused = error?.code === 'not_allowed' && typeof error.details.right === 'string';
      if (!isRefused) open.push(name);
    }
    return open;
  };
  const withRights = (rights: ReadonlySet<string>): CallName[] =>
    (Object.keys(calls) as CallName[]).filter(
      (name) => !leaving.includes(name) && rights.has(calls[name].right),
    );

  it.each(['receptionist', 'doctor'] as const)('answers a %s exactly where that role may', async (role) => {
    const browser = await (await Browser.open()).come(role);
    expect(await answered(browser)).toEqual(withRights(roleRights[role]));
  });

  it('answers nobody but at the door, before anybody came, behind a lock and after a sign-out', async () => {
    const browser = await Browser.open();
    const allowed = withRights(new Set(['door']));
    expect(await answered(browser)).toEqual(allowed);
    await browser.come('admin');
    await browser.ask('lock');
    expect(await answered(browser)).toEqual(allowed);
    const { id: userId, pin } = staff.admin;
    await browser.ask('switchPerson', { userId, pin });
    await browser.ask('signOut');
    expect(await answered(browser)).toEqual(allowed);
  });
});

describe('a locked seat', () => {
  it('gives no patient’s data: not by a call, not as a file, not as a word of what changes', async () => {
    const browser = await (await Browser.open()).come('admin');
    const heard: string[] = [];
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, {
      headers: { cookie: browser.cookie },
    });
    socket.on('message', (data) => heard.push(String(data)));
    await new Promise((resolve) => socket.once('open', resolve));
    await browser.ask('lock');
    desk.replica.announce(new Set(['patients', 'appointments']));
    const door = await browser.ask('door');
    expect(JSON.stringify(door)).not.toMatch(/Papadop|Παπαδοπ|Smith/);
    expect(await browser.ask('patient', { patientId: ids.maria })).toMatchObject({
      error: { code: 'not_allowed' },
    });
    const file = {
      cookie: browser.cookie,
      'content-type': 'application/octet-stream',
      'x-file-name': 'a.txt',
    };
    expect(JSON.parse((await send('POST', '/files', file, 'words')).text)).toMatchObject({
      error: { code: 'not_allowed', details: { right: 'messages.write' } },
    });
    expect(heard.filter((event) => !event.includes('doorChanged'))).toEqual([]);
    socket.terminate();
  });
});

describe('the stream of what changes', () => {
  const listen = async (browser: Browser) => {
    const heard: unknown[] = [];
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, {
      headers: { cookie: browser.cookie },
    });
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await new Promise((resolve) => socket.once('open', resolve));
    return { heard, closed, socket };
  };

  it('is cut for the old cookie when somebody else comes, and tells it nothing of that', async () => {
    const browser = await (await Browser.open()).come('receptionist');
    const stolen = await listen(browser);
    await browser.come('admin');
    await stolen.closed;
    expect(JSON.stringify(stolen.heard)).not.toContain('user_sessions');
    const own = await listen(browser);
    desk.replica.announce(new Set(['patients']));
    await expect.poll(() => own.heard).toEqual([{ event: 'tablesChanged', tables: ['patients'] }]);
    own.socket.terminate();
  });

  it('tells a page that its person was signed out from elsewhere', async () => {
    const browser = await (await Browser.open()).come('receptionist');
    const { heard, socket } = await listen(browser);
    desk.replica.statement('update user_sessions set ended_at = 1').run();
    desk.replica.announce(new Set(['user_sessions']));
    await expect.poll(() => heard).toEqual([{ event: 'doorChanged' }]);
    expect(await browser.ask('door')).toMatchObject({ value: { state: 'signed_out' } });
    socket.terminate();
  });
});

describe('a file', () => {
  it('is taken from and given to whoever may write and read messages', async () => {
    const browser = await (await Browser.open()).come('receptionist');
    const file = {
      cookie: browser.cookie,
      'content-type': 'application/octet-stream',
      'x-file-name': 'a.txt',
    };
    expect(JSON.parse((await send('POST', '/files', file, 'words')).text)).toMatchObject({ ok: true });
    const given = await send('GET', `/files/${ids.maria}`, { cookie: browser.cookie }, '');
    expect(JSON.parse(given.text)).toMatchObject({ error: { code: 'not_found' } });
  });
});

describe('browsers without end', () => {
  it('make room for each other, those that were not heard of for longest first', async () => {
    const first = await (await Browser.open()).come('receptionist');
    const second = await Browser.open();
    await first.ask('door');
    for (let n = 0; n < 199; n++) await Browser.open();
    expect((await second.ask('door')).status).toBe(401);
    expect((await first.ask('door')).status).toBe(200);
  });
});
