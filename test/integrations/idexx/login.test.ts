import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunError } from '../../../src-main/contract/integrations.ts';
import { startNeo } from '../../support/outside/neo.ts';
import {
  CALENDAR,
  faultOf,
  given,
  type NeoVisit,
  TODAY,
  today,
  user,
  visitNeo,
} from '../../support/outside/neo-visit.ts';

let visit: NeoVisit;

beforeEach(async () => {
  visit = await visitNeo();
});
afterEach(() => visit.neo.close());

describe('signing in', () => {
  it('reads the clinic day of a practice whose form has hidden fields and other forms beside it', async () => {
    const read = given(await today(await visit.session()));
    expect(read).toHaveLength(
      [...visit.neo.entries.values()].filter((one) => one.start.startsWith(TODAY)).length,
    );
    expect(read.find((one) => one.isBlock)).toMatchObject({ title: 'Lunch', appointmentId: null });
  });

  it('fills in the form by what its fields are for, not by names learnt once', async () => {
    Object.assign(visit.neo.fields, {
      company: 'Login[companyNumber]',
      username: 'Login[userName]',
      password: 'Login[word]',
    });
    expect((await visit.open()).ok).toBe(true);
  });

  it('says that a wrong password was refused, and does not try it again', async () => {
    const login = { username: user.username, password: 'canary-wrong', companyId: user.companyId };
    expect(faultOf(await visit.open({ login }))).toEqual({ code: 'refused_login', where: 'POST /login' });
    expect(visit.asked('POST /login')).toBe(1);
    expect(visit.waits).toEqual([]);
  });

  it('says that an account with two-factor cannot be used', async () => {
    visit.neo.users.splice(0, 1, { ...user, twoFactor: true });
    expect(faultOf(await visit.open())?.code).toBe('two_factor');
  });

  it.each([
    ['a form with a password', (body: string) => body.replace('type="password"', 'type="text"')],
    ['a field for the username', (body: string) => body.replace('name="username"', 'name="q1"')],
    ['a field for the company', (body: string) => body.replace('name="company_id"', 'name="q2"')],
    ['method post', (body: string) => body.replace('method="post"', 'method="get"')],
    [
      'an action on the same host',
      (body: string) => body.replace('action="/login"', 'action="https://elsewhere.invalid/login"'),
    ],
  ])('names what a changed login page lacks: %s', async (what, change) => {
    visit.neo.faults.plan({ kind: 'changed', change }, { path: '/login' });
    expect(faultOf(await visit.open())).toEqual({ code: 'unreadable', where: `login page: ${what}` });
    expect(visit.asked('POST /login')).toBe(0);
  });

  it('calls no login good that set no session cookie', async () => {
    visit.neo.faults.plan(
      { kind: 'status', status: 302, headers: { location: '/two-facts' } },
      { path: '/login', after: 1 },
    );
    visit.neo.faults.plan({ kind: 'status', status: 200 }, { path: '/two-facts' });
    expect(faultOf(await visit.open())).toEqual({
      code: 'unreadable',
      where: 'login page: a session cookie',
    });
  });

  it('sends the form again where Neo was too busy to look at it', async () => {
    visit.neo.faults.plan({ kind: 'status', status: 429 }, { path: '/login', after: 1 });
    expect((await visit.open()).ok).toBe(true);
    expect([visit.asked('GET /login'), visit.asked('POST /login')]).toEqual([1, 2]);
  });

  it.each([
    ['a cut connection', { kind: 'cut' }, 'offline'],
    ['silence', { kind: 'silent' }, 'timed_out'],
    ['500', { kind: 'status', status: 500 }, 'server_error'],
  ] as const)('gets over %s while signing in, and tells it when it stays', async (_name, fault, code) => {
    visit.neo.faults.plan(fault, { path: '/login', after: 1, times: 1 });
    expect((await visit.open()).ok).toBe(true);
    visit.neo.faults.plan(fault, { path: '/login', times: 99 });
    expect(faultOf(await visit.open())).toEqual({ code, where: 'GET /login' });
  });
});

describe('redirects and cookies', () => {
  it('never follows Neo to another host, nor takes its cookies there', async () => {
    const other = await startNeo({ users: [user], now: () => visit.clock.ms });
    const away = { kind: 'status', status: 302, headers: { location: `${other.url}/login` } } as const;
    visit.neo.faults.plan(away, { path: '/login' });
    expect(faultOf(await visit.open())).toEqual({
      code: 'unreadable',
      where: 'GET /login: sent to another host',
    });
    const desk = await visit.session();
    visit.neo.faults.plan(away, { path: CALENDAR });
    expect(faultOf(await today(desk))?.where).toBe(`GET ${CALENDAR}: sent to another host`);
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('does not send the form on where Neo asks for that', async () => {
    const onward = { kind: 'status', status: 307, headers: { location: '/elsewhere' } } as const;
    visit.neo.faults.plan(onward, { path: '/login', after: 1 });
    expect(faultOf(await visit.open())).toEqual({ code: 'unreadable', where: 'POST /login: 307' });
    expect(visit.neo.requests).not.toContain('POST /elsewhere');
  });

  it('gives up where redirects never end', async () => {
    const desk = await visit.session();
    const round = { kind: 'status', status: 302, headers: { location: CALENDAR } } as const;
    visit.neo.faults.plan(round, { path: CALENDAR, times: 99 });
    expect(faultOf(await today(desk))?.where).toBe(`GET ${CALENDAR}: redirects without end`);
    expect(visit.asked(`GET ${CALENDAR}`)).toBeLessThan(10);
  });
});

describe('a session that ends', () => {
  it('signs in again once and goes on', async () => {
    const desk = await visit.session();
    visit.neo.endSessions();
    expect(given(await today(desk)).length).toBeGreaterThan(20);
    expect(visit.asked('POST /login')).toBe(2);
  });

  it('does so after twenty minutes of nothing, and after eight hours of work', async () => {
    const desk = await visit.session();
    visit.clock.ms += 21 * 60_000;
    expect((await today(desk)).ok).toBe(true);
    for (let minutes = 0; minutes <= 8 * 60; minutes += 15) {
      visit.clock.ms += 15 * 60_000;
      expect((await today(desk)).ok).toBe(true);
    }
    expect(visit.asked('POST /login')).toBe(3);
  });

  it('gives up where Neo asks for the login again right after it', async () => {
    const desk = await visit.session();
    visit.neo.faults.plan(
      { kind: 'status', status: 302, headers: { location: '/login' } },
      { path: CALENDAR, times: 99 },
    );
    expect(faultOf(await today(desk))).toEqual({
      code: 'server_error',
      where: `GET ${CALENDAR}: sent to the login again`,
    });
    expect(visit.asked('POST /login')).toBe(2);
  });

  it('asks nothing more once the login is refused in the middle', async () => {
    const desk = await visit.session();
    visit.neo.users.length = 0;
    visit.neo.endSessions();
    expect(faultOf(await today(desk))?.code).toBe('refused_login');
    const sofar = visit.neo.requests.length;
    expect(faultOf(await today(desk))?.code).toBe('refused_login');
    expect(faultOf(await desk.consultation('90001'))?.code).toBe('refused_login');
    expect(visit.neo.requests).toHaveLength(sofar);
  });
});

describe('secrets', () => {
  it('stand in no error, whatever goes wrong', async () => {
    const told: RunError[] = [];
    for (const path of ['/login', CALENDAR, '/consultations', '/']) {
      for (const fault of [
        { kind: 'cut' },
        { kind: 'status', status: 500 },
        { kind: 'status', status: 403 },
        { kind: 'status', status: 302, headers: { location: `https://x.invalid/?p=${user.password}` } },
        { kind: 'changed', change: (body: string) => body.replaceAll(/"[a-z_]+":/gi, '"canary":') },
      ] as const) {
        visit.neo.faults.clear();
        visit.neo.faults.plan(fault, { path, after: path === '/' ? 1 : 0, times: 9 });
        const desk = await visit.open();
        const outcomes = desk.ok ? [await today(desk.value), await desk.value.consultation('90001')] : [desk];
        told.push(...outcomes.flatMap((one) => (one.ok ? [] : [one.error])));
      }
    }
    expect(told.length).toBeGreaterThan(10);
    for (const canary of [user.password, user.username, 'canary', '90001', 'Daisy', '555'])
      expect(JSON.stringify(told)).not.toContain(canary);
  });
});
