import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CentralFunction } from '../../src-main/contract/central.ts';
import { ok, refuse } from '../../src-main/contract/errors.ts';
import { clinics, staffKeys, userSessions } from '../../src-main/core/schema/replica/index.ts';
import { openBox } from '../../src-main/core/security/sealed.ts';
import { type ClinicDesk, clinicDesk } from '../support/clinic.ts';
import { must } from '../support/must.ts';
import { type Seated, seated, type Window } from '../support/seated.ts';
import { putStaff, type Staff } from '../support/staff.ts';

let desk: ClinicDesk;
let house: Seated;
let window: Window;
let admin: Staff;
let maria: Staff;

const now = '2026-11-24T07:00:00.000Z';
const later = (ms: number): void => desk.setNow(new Date(Date.parse(desk.now()) + ms).toISOString());

beforeEach(async () => {
  desk = clinicDesk(now);
  admin = await putStaff(desk, { role: 'admin', name: 'Anna' });
  maria = await putStaff(desk, { role: 'receptionist', name: 'Maria Papadaki' });
  house = seated(desk);
  window = house.open();
  await window.come(maria);
});
afterEach(async () => {
  await house.close();
  desk.dispose();
});

const code = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code;
const password = (): { password: string } => ({ password: maria.password });
const box = () =>
  desk.replica.statement('select sealed from staff_keys where id = ?').pluck().get(maria.id) as string;
const shown = (secret: string): string =>
  new TOTP({ secret }).generate({ timestamp: Date.parse(desk.now()) });

/** Turns the second factor on; answers its secret and the recovery codes. */
const enrol = async () => {
  const { secret, uri } = must(await window.ask('beginSecondFactor', password()));
  const { recoveryCodes } = must(await window.ask('confirmSecondFactor', { code: shown(secret) }));
  return { secret, uri, recoveryCodes };
};

describe('the own account', () => {
  it('needs somebody who is signed in', async () => {
    const empty = clinicDesk(now);
    const open = seated(empty);
    expect(code(await open.open().ask('myAccount', {}))).toBe('not_signed_in');
    await open.close();
    empty.dispose();
  });

  it('shows what is set and where one is signed in, and nothing that opens a door', async () => {
    desk.put(userSessions, {
      id: '0192f000-0061-7000-8000-000000000001',
      userId: maria.id,
      deskId: '0192f000-0060-7000-8000-000000000002',
      method: 'pin',
      startedAt: '2026-11-24T06:00:00.000Z',
    });
    const mine = must(await window.ask('myAccount', {}));
    expect(mine).toMatchObject({ id: maria.id, pinSet: true, secondFactor: 'off', recoveryCodesLeft: 0 });
    expect(mine.sessions).toMatchObject([
      { current: true, deskName: 'Desk 1', method: 'password' },
      { current: false, deskName: null, method: 'pin' },
    ]);
    expect(JSON.stringify(mine)).not.toContain(maria.signingKey);
  });
});

describe('whatever opens doors', () => {
  it('asks for the password again, and a wrong one counts like one at the door', async () => {
    const wrong = { password: 'not the one' };
    const asked = [
      await window.ask('setPin', { ...wrong, pin: '5937' }),
      await window.ask('beginSecondFactor', wrong),
      await window.ask('endSecondFactor', wrong),
      await window.ask('newRecoveryCodes', wrong),
      await window.ask('changePassword', { ...wrong, next: 'seven grey herons' }),
    ];
    expect(asked.map(code)).toEqual(Array(5).fill('wrong_password'));
    expect(code(await window.ask('setPin', { ...password(), pin: '5937' }))).toBe('account_locked');
    expect(box()).toBe(maria.sealed);
  });

  it('is not taken back by Ctrl+Z', async () => {
    must(await window.ask('setPin', { ...password(), pin: '5937' }));
    expect(code(await window.ask('undo', {}))).toBe('nothing_to_undo');
  });
});

describe('the own PIN', () => {
  it('is set without a network, signed by its person, for every desk', async () => {
    must(await window.ask('setPin', { ...password(), pin: '5937' }));
    const change = desk.waiting().at(-1) as unknown as { kind: string; proof: string; actor: string };
    expect(change).toMatchObject({ kind: 'setPin', actor: maria.id, proof: expect.any(String) });
    expect(code(await window.ask('switchPerson', { userId: maria.id, pin: '4821' }))).toBe('wrong_pin');
    expect((await window.ask('switchPerson', { userId: maria.id, pin: '5937' })).ok).toBe(true);
    must(await window.ask('setPin', { ...password(), pin: null }));
    expect(code(await window.ask('switchPerson', { userId: maria.id, pin: '5937' }))).toBe('password_needed');
  });

  it.each(['1111', '1234', '8765', '7890', '1212', '123123'])('may not be %s', async (pin) => {
    expect(code(await window.ask('setPin', { ...password(), pin }))).toBe('weak_pin');
  });
});

describe('the own second factor', () => {
  it('is on once its first code was right, and is asked for at the next sign-in', async () => {
    const { uri, recoveryCodes } = await enrol();
    expect(uri).toMatch(/^otpauth:\/\/totp\/Harbour%20Clinic:/);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(desk.replica.orm.select().from(staffKeys).all()).toContainEqual(
      expect.objectContaining({ id: maria.id, secondFactorAt: now }),
    );
    for (const one of recoveryCodes) expect(JSON.stringify(desk.waiting())).not.toContain(one);
    must(await window.ask('signOut', {}));
    expect(code(await window.ask('signIn', { userId: maria.id, ...password() }))).toBe('code_needed');
    await window.come(maria, recoveryCodes[3]);
    expect(must(await window.ask('myAccount', {}))).toMatchObject({
      secondFactor: 'on',
      recoveryCodesLeft: 9,
    });
  });

  it('is not turned on by a wrong code, a late one, or somebody else’s', async () => {
    const { secret } = must(await window.ask('beginSecondFactor', password()));
    expect(code(await window.ask('confirmSecondFactor', { code: '000000' }))).toBe('wrong_code');
    await window.come(admin);
    expect(code(await window.ask('confirmSecondFactor', { code: shown(secret) }))).toBe('nothing_to_confirm');
    await window.come(maria);
    const again = must(await window.ask('beginSecondFactor', password()));
    later(6 * 60_000);
    await window.ask('door', {});
    later(5 * 60_000);
    expect(code(await window.ask('confirmSecondFactor', { code: shown(again.secret) }))).toBe(
      'nothing_to_confirm',
    );
    expect(must(await window.ask('myAccount', {})).secondFactor).toBe('off');
  });

  it('gets new recovery codes in place of the old ones, and is turned off with them', async () => {
    expect(code(await window.ask('newRecoveryCodes', password()))).toBe('nothing_to_confirm');
    const { recoveryCodes: old } = await enrol();
    const { recoveryCodes: fresh } = must(await window.ask('newRecoveryCodes', password()));
    expect(fresh.filter((one) => old.includes(one))).toEqual([]);
    const other = house.open();
    const come = (given: string | undefined) =>
      other.ask('signIn', { userId: maria.id, ...password(), ...(given ? { code: given } : {}) });
    expect(code(await come(old[0]))).toBe('wrong_code');
    expect((await come(fresh[0])).ok).toBe(true);
    must(await window.ask('endSecondFactor', password()));
    expect((await openBox(box(), maria.id, maria.password))?.contents).toMatchObject({
      totp: null,
      recovery: [],
    });
    expect((await come(undefined)).ok).toBe(true);
  });

  it('stays where the clinic requires it', async () => {
    await enrol();
    const row = desk.replica.orm.select().from(clinics).get();
    desk.put(clinics, { ...row, settings: { second_factor_roles: ['receptionist'] } });
    expect(code(await window.ask('endSecondFactor', password()))).toBe('second_factor_required');
  });
});

describe('a new password', () => {
  const next = 'seven grey herons';

  it('needs central, and is not half set without it', async () => {
    expect(code(await window.ask('changePassword', { ...password(), next }))).toBe('needs_central');
    desk.askCentral = async () => refuse('needs_central');
    expect(code(await window.ask('changePassword', { ...password(), next }))).toBe('needs_central');
    expect(box()).toBe(maria.sealed);
    expect(window.state()).toBe('signed_in');
  });

  it('reaches central as a box with the same keys and a hash, and never as itself', async () => {
    const asked: { name: CentralFunction; args: Record<string, string> }[] = [];
    desk.askCentral = async (_session, name, args) => {
      asked.push({ name, args: args as Record<string, string> });
      // Central stores it, and the replica has it before the answer.
      desk.put(staffKeys, { id: maria.id, sealed: asked[0]?.args['sealed'], misses: 0 });
      desk.replica.announce(new Set(['staff_keys']));
      return ok({});
    };
    must(await window.ask('changePassword', { ...password(), next }));
    expect(asked.map(({ name }) => name)).toEqual(['change_password']);
    expect(asked[0]?.args['hashed_password']).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(JSON.stringify(asked)).not.toContain(next);
    const opened = await openBox(box(), maria.id, next);
    expect(opened?.contents.signingKey).toBe(maria.signingKey);
    expect(window.state()).toBe('signed_in');
    expect((await window.ask('switchPerson', { userId: maria.id, pin: '4821' })).ok).toBe(true);
    expect(code(await window.ask('signIn', { userId: maria.id, ...password() }))).toBe('wrong_password');
    await window.come({ id: maria.id, password: next });
  });

  it.each([
    ['password12345', 'common'],
    ['P@ssw0rd2026!', 'common'],
    ['olympiakos1925', 'common'],
    ['καλημέρα2026!', 'common'],
    ['qwertyuiop', 'sequence'],
    ['1234567890', 'sequence'],
    ['0987654321', 'sequence'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['abcabcabcabc', 'repeated'],
    ['papadaki the 1st', 'name'],
    ['στο λιμάνι ο γλάρος', 'name'],
  ])('may not be %s', async (weak, reason) => {
    expect(await window.ask('changePassword', { ...password(), next: weak })).toMatchObject({
      error: { code: 'weak_password', details: { reason } },
    });
  });

  it('is any of the others, in any language', async () => {
    for (const good of ['seven grey herons', 'τρεις γλάροι στο κύμα', 'gT7#kq02vz', '木漏れ日の中の静かな朝'])
      expect([good, code(await window.ask('changePassword', { ...password(), next: good }))]).toEqual([
        good,
        'needs_central',
      ]);
  });
});

describe('an own session', () => {
  const other = '0192f000-0061-7000-8000-000000000001';
  const put = (userId: string) =>
    desk.put(userSessions, {
      id: other,
      userId,
      deskId: '0192f000-0060-7000-8000-000000000002',
      method: 'password',
      startedAt: '2026-11-24T06:00:00.000Z',
    });

  it('is ended from here, and the one that asks is a sign-out', async () => {
    put(maria.id);
    must(await window.ask('endMySession', { sessionId: other }));
    expect(desk.waiting().at(-1)).toMatchObject({ kind: 'endSession', actor: maria.id });
    expect(code(await window.ask('endMySession', { sessionId: other }))).toBe('not_found');
    const { sessionId = '' } = window.seat.session;
    must(await window.ask('endMySession', { sessionId }));
    expect(window.state()).toBe('signed_out');
  });

  it('is not somebody else’s', async () => {
    put(admin.id);
    expect(code(await window.ask('endMySession', { sessionId: other }))).toBe('not_found');
    expect(desk.waiting().map(({ kind }) => kind)).toEqual(['signIn']);
  });
});
