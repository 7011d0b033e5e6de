import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { type CallInput, type CallName, type CallResult, rights } from '../../src-main/contract/calls.ts';
import type { StaffMember } from '../../src-main/contract/staff.ts';
import { type FrontDesk, openFrontDesk, type Seat } from '../../src-main/core/front-desk.ts';
import { noLog } from '../../src-main/core/log.ts';
import {
  clinicWithDesks,
  freshCentral,
  type TestCentral,
  type TestDesk,
  withClient,
} from '../support/central.ts';
import { memoryNonce, temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';
import { until } from '../support/until.ts';

/** A desk of the clinic, and a seat at it. */
interface Front {
  core: FrontDesk;
  seat: Seat;
  /** Asks at the seat, as whoever is there. */
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResult<N>>;
  /** Waits until this desk has heard of all that the other one did. */
  hears(what: string, condition: () => Promise<boolean>): Promise<void>;
}

let central: TestCentral;
const folder = temporaryFolder();
const open: FrontDesk[] = [];

const openFront = async ({ url, name }: TestDesk): Promise<Front> => {
  let kept: string | null = null;
  const core = must(
    await openFrontDesk({
      file: join(folder.path, `${name}.db`),
      key: randomBytes(32),
      centralUrl: url,
      nonce: memoryNonce(),
      mailPassword: {
        read: async () => kept,
        write: async (password) => {
          kept = password;
        },
      },
      log: noLog,
      pollMs: 200,
    }),
  );
  open.push(core);
  const seat = core.openSeat();
  const front: Front = {
    core,
    seat,
    ask: (name, input) => core.dispatch(name, input, seat.session) as Promise<CallResult<typeof name>>,
    hears: async (what, condition) => {
      await until(what, condition);
    },
  };
  await front.hears('the desk is online', async () => {
    const state = await front.core.dispatch('syncState', {}, { userId: null, rights: new Set(rights) });
    return state.ok && (state.value as { phase: string }).phase === 'online';
  });
  return front;
};

const memberOf = async (front: Front, id: string): Promise<StaffMember | undefined> =>
  must(await front.ask('staff', {})).members.find((member) => member.id === id);

const password = 'a harbour at dawn';
let one: Front;
let two: Front;
let adminId: string;

beforeAll(async () => {
  central = await freshCentral();
  const { desks } = await clinicWithDesks(central.ownerUrl);
  const [first, second] = await Promise.all(desks.map(openFront));
  if (!first || !second) throw new Error('two desks');
  [one, two] = [first, second];
});
afterAll(async () => {
  for (const core of open) await core.close();
  await central.drop();
  folder.remove();
});

it('takes a first administrator with a password that is not easily guessed, and is closed from then on', async () => {
  expect(must(await one.ask('staff', {}))).toEqual({ open: true, members: [] });
  const input = { name: 'Anna Nikolaou', email: 'Anna@clinic.example' };
  for (const weak of ['1234567890', 'Test clinic', 'annanikolaou'])
    expect(await one.ask('firstAdministrator', { ...input, password: weak })).toMatchObject({
      error: { code: 'weak_password' },
    });
  ({ userId: adminId } = must(await one.ask('firstAdministrator', { ...input, password })));
  // The answer comes when the desk has the row, so that the screen signs in at once.
  must(await one.ask('signIn', { userId: adminId, password }));
  expect(await memberOf(one, adminId)).toMatchObject({ role: 'admin', state: 'active', openSessions: 1 });
  await one.hears(
    'central has told when she came',
    async () => (await memberOf(one, adminId))?.lastLoginAt != null,
  );
  await two.hears(
    'the clinic is closed here too',
    async () => must(await two.ask('door', {})).state === 'signed_out',
  );
  expect(await two.ask('staff', {})).toMatchObject({ error: { code: 'not_allowed' } });
  expect(
    await two.ask('firstAdministrator', { ...input, email: 'x@clinic.example', password }),
  ).toMatchObject({
    error: { code: 'not_allowed' },
  });
});

it('lets somebody in by a code that was shown at one desk and typed at another', async () => {
  const input = {
    name: 'Maria',
    email: 'maria@clinic.example',
    username: 'maria',
    role: 'receptionist',
  } as const;
  const invited = must(await one.ask('inviteStaff', input));
  expect(invited).toMatchObject({ purpose: 'invite', mailed: { mail: 'off' } });
  expect(await memberOf(one, invited.userId)).toMatchObject({ state: 'invited', username: 'maria' });
  expect(await one.ask('inviteStaff', { ...input, name: 'Other' })).toMatchObject({
    error: { code: 'account_in_use', details: { what: 'email' } },
  });

  const typed = invited.code.toLowerCase().replaceAll('-', ' ');
  expect(must(await two.ask('readCode', { code: typed }))).toEqual({
    name: 'Maria',
    purpose: 'invite',
  });
  expect(await two.ask('redeemCode', { code: typed, password: 'maria maria maria' })).toMatchObject({
    error: { code: 'weak_password' },
  });
  expect(await two.ask('redeemCode', { code: typed, password, pin: '1234' })).toMatchObject({
    error: { code: 'weak_pin' },
  });
  expect(must(await two.ask('redeemCode', { code: typed, password, pin: '4821' }))).toEqual({
    userId: invited.userId,
  });
  // At that desk at once; at the other one when it has heard of it.
  must(await two.ask('signIn', { userId: invited.userId, password }));
  expect(await two.ask('refund', { paymentId: newId(), minor: 1, method: 'cash' })).toMatchObject({
    error: { code: 'not_allowed', details: { right: 'payments.refund' } },
  });
  must(await two.ask('lock', {}));
  must(await two.ask('switchPerson', { userId: invited.userId, pin: '4821' }));
  must(await two.ask('signOut', {}));
  await one.hears('she is in', async () => (await memberOf(one, invited.userId))?.state === 'active');
  expect(await two.ask('redeemCode', { code: typed, password })).toMatchObject({
    error: { code: 'code_not_valid', details: { reason: 'used' } },
  });
  expect(await two.ask('readCode', { code: 'nothing of the kind' })).toMatchObject({
    error: { code: 'code_not_valid', details: { reason: 'unknown' } },
  });
});

it('changes, deactivates and takes back in, and sends nobody’s password anywhere', async () => {
  const maria = must(await one.ask('staff', {})).members.find(({ name }) => name === 'Maria');
  const userId = maria?.id ?? '';
  must(await one.ask('updateStaff', { userId, set: { role: 'doctor', name: 'Maria P.' } }));
  expect(await memberOf(one, userId)).toMatchObject({ role: 'doctor', name: 'Maria P.', username: 'maria' });
  expect(await one.ask('deactivateStaff', { userId: adminId })).toMatchObject({
    error: { code: 'last_administrator' },
  });
  must(await one.ask('deactivateStaff', { userId }));
  expect(await memberOf(one, userId)).toMatchObject({ state: 'deactivated' });
  const back = must(await one.ask('reactivateStaff', { userId }));
  expect(await memberOf(one, userId)).toMatchObject({ state: 'invited' });
  must(await two.ask('redeemCode', { code: back.code, password: 'another dawn here' }));
  const reset = must(await one.ask('reissueCode', { userId }));
  expect(reset.purpose).toBe('reset_password');

  const kept = await withClient(central.ownerUrl, (client) =>
    client.query(
      `select (select string_agg(to_jsonb(u)::text, '') from users u) || (select string_agg(to_jsonb(k)::text, '') from staff_keys k)
         || (select string_agg(to_jsonb(t)::text, '') from users_tokens t) || (select string_agg(to_jsonb(a)::text, '') from audit_log a)
         as everything`,
    ),
  );
  const everything: string = kept.rows[0].everything;
  for (const secret of [password, 'another dawn here', back.code, back.code.replaceAll('-', ''), '4821'])
    expect(everything).not.toContain(secret);
});

it('ends a session from another desk, and shows it ended', async () => {
  must(await two.ask('signIn', { userId: adminId, password }));
  const sessions = async () => must(await one.ask('staffSessions', { userId: adminId })).sessions;
  await one.hears(
    'both sessions are shown',
    async () => (await sessions()).filter(({ endedAt }) => !endedAt).length === 2,
  );
  const [there] = (await sessions()).filter(({ current, endedAt }) => !current && !endedAt);
  const sessionId = there?.id ?? '';
  must(await one.ask('endStaffSession', { sessionId }));
  expect(await one.ask('endStaffSession', { sessionId })).toMatchObject({ error: { code: 'not_found' } });
  await two.hears('she is out', async () => must(await two.ask('door', {})).state === 'signed_out');
  expect(await two.ask('updateStaff', { userId: adminId, set: { name: 'Z' } })).toMatchObject({
    error: { code: 'not_allowed' },
  });
});

it('keeps what the clinic says of locking and second factors, and other settings with it', async () => {
  must(await one.ask('updateClinic', { set: { waitingLimitMinutes: 35 } }));
  const set = { idleMinutes: 3, secondFactorRoles: ['doctor' as const] };
  expect(must(await one.ask('setSecurityPolicy', { set }))).toEqual(set);
  expect(must(await one.ask('setSecurityPolicy', { set: { idleMinutes: 5 } }))).toEqual({
    ...set,
    idleMinutes: 5,
  });
  await two.hears(
    'the other desk locks as soon',
    async () => must(await two.ask('door', {})).idleMinutes === 5,
  );
  expect(must(await one.ask('setUp', {})).clinic.waitingLimitMinutes).toBe(35);
  expect(await one.ask('setSecurityPolicy', { set: { idleMinutes: 0 } })).toMatchObject({
    error: { code: 'invalid_input' },
  });
});

test('a desk that is cut off gives and takes no access, and says why', async () => {
  must(await one.ask('workOffline', { offline: true }));
  for (const answer of [
    await one.ask('redeemCode', { code: '7K2QM7K2QM7K2QM7K2QM', password }),
    await one.ask('deactivateStaff', { userId: adminId }),
    await one.ask('reissueCode', { userId: adminId }),
  ])
    expect(answer).toMatchObject({ error: { code: 'needs_central' } });
  must(await one.ask('workOffline', { offline: false }));
  await one.hears('it is online again', async () => must(await one.ask('syncState', {})).phase === 'online');
});

test('a code is mailed where mail is set up, and shown all the same when it could not be sent', async () => {
  const taken: string[] = [];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: ({ password: given }, _session, done) =>
      given === 'desk' ? done(null, { user: 'x' }) : done(new Error('no')),
    onData: (stream, _session, done) => {
      stream.on('data', (part: Buffer) => taken.push(part.toString('utf8')));
      stream.on('end', () => done());
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const settings = {
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'front',
    sender: 'desk@clinic.example',
  } as const;
  expect(await one.ask('testMail', { to: 'a@clinic.example' })).toMatchObject({
    error: { code: 'mail_not_set' },
  });
  expect(
    await one.ask('setMailSettings', { settings: { ...settings, host: 'mail.clinic.example' } }),
  ).toMatchObject({
    error: { code: 'tls_required' },
  });
  expect(must(await one.ask('setMailSettings', { settings, password: 'desk' }))).toEqual({
    settings,
    passwordSet: true,
  });
  const input = { name: 'Nikos', email: 'nikos@clinic.example', role: 'receptionist' } as const;
  const invited = must(await one.ask('inviteStaff', input));
  expect(invited.mailed).toEqual({ mail: 'sent', to: 'nikos@clinic.example' });
  expect(taken.join('')).toContain('To: nikos@clinic.example');

  // A password goes to no server that it was not typed for.
  const moved = must(await one.ask('setMailSettings', { settings: { ...settings, user: 'other' } }));
  expect(moved.passwordSet).toBe(false);
  const again = must(await one.ask('reissueCode', { userId: invited.userId }));
  expect(again).toMatchObject({ purpose: 'invite', mailed: { mail: 'failed', fault: 'no_password' } });
  expect(must(await two.ask('readCode', { code: again.code })).name).toBe('Nikos');
  expect(must(await one.ask('reissueCode', { userId: invited.userId, byMail: false })).mailed).toEqual({
    mail: 'off',
  });
  expect(must(await one.ask('setMailSettings', { settings: null }))).toEqual({
    settings: null,
    passwordSet: false,
  });
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
