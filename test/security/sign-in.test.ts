import { createHash, createHmac } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  auditEvents,
  clinics,
  staffKeys,
  userSessions,
  users,
} from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids } from '../support/clinic.ts';
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
  maria = await putStaff(desk, { role: 'receptionist', name: 'Maria' });
  house = seated(desk);
  window = house.open();
});
afterEach(async () => {
  await house.close();
  desk.dispose();
});

const code = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code;
const wrong = () => window.ask('signIn', { userId: maria.id, password: 'not the one' });
const right = (given?: string) =>
  window.ask('signIn', {
    userId: maria.id,
    password: maria.password,
    ...(given === undefined ? {} : { code: given }),
  });
const events = () => desk.replica.orm.select().from(auditEvents).all();

describe('a clinic in which nobody can sign in yet', () => {
  it('is open to whoever is there, until its first administrator has keys', async () => {
    const open = clinicDesk(now);
    const other = seated(open);
    const first = other.open();
    expect(first.state()).toBe('open');
    expect((await first.ask('locations', {})).ok).toBe(true);
    await putStaff(open, { role: 'receptionist' });
    expect(first.state()).toBe('open');
    await putStaff(open, { role: 'admin' });
    expect(first.state()).toBe('signed_out');
    expect(code(await first.ask('locations', {}))).toBe('not_allowed');
    await other.close();
    open.dispose();
  });
});

describe('signing in', () => {
  it('works without a network, and every change from then on is signed', async () => {
    expect(window.state()).toBe('signed_out');
    await window.come(maria);
    expect(window.state()).toBe('signed_in');
    expect(window.seat.session).toMatchObject({ userId: maria.id });
    await window.ask('registerPatient', { firstName: 'Eleni', lastName: 'Nikolaou', phone: '6970000001' });
    const [signIn, register] = desk.waiting() as unknown as {
      kind: string;
      proof: string;
      sessionId: string;
    }[];
    expect([signIn?.kind, register?.kind]).toEqual(['signIn', 'registerPatient']);
    const session = window.seat.session.sessionId;
    expect([signIn?.sessionId, register?.sessionId]).toEqual([session, session]);
    const stored = desk.replica
      .statement(`select change_id, actor, at, rows from outbox where kind = 'registerPatient'`)
      .get() as { change_id: string; actor: string; at: number; rows: string };
    const message = [
      'change',
      stored.change_id,
      'registerPatient',
      maria.id,
      new Date(stored.at).toISOString(),
      session,
      createHash('sha256').update(stored.rows).digest('hex'),
    ].join('\n');
    const proof = createHmac('sha256', Buffer.from(maria.signingKey, 'hex')).update(message).digest('hex');
    expect(register?.proof).toBe(proof);
  });

  it('tells the audit who came, and who was refused', async () => {
    await wrong();
    await window.come(maria);
    expect(events()).toMatchObject([
      { action: 'signInFailed', actor: null, tableName: 'users', rowId: maria.id },
      { action: 'signIn', actor: maria.id, sessionId: window.seat.session.sessionId },
    ]);
    expect(JSON.stringify(events())).not.toContain('not the one');
  });

  it('refuses whoever was deleted, never confirmed, has no keys or is no staff, like a wrong password', async () => {
    const put = (id: string, row: object) =>
      desk.put(users, {
        id,
        email: `${id}@x.example`,
        displayName: 'X',
        role: 'doctor',
        confirmedAt: now,
        ...row,
      });
    const deleted = await putStaff(desk, { role: 'doctor' });
    put(deleted.id, { deletedAt: now });
    const unconfirmed = await putStaff(desk, { role: 'doctor' });
    put(unconfirmed.id, { confirmedAt: null });
    const patient = await putStaff(desk, { role: 'doctor' });
    put(patient.id, { role: 'patient' });
    const emptied = await putStaff(desk, { role: 'doctor' });
    desk.put(staffKeys, { id: emptied.id, sealed: '', misses: 0 });
    const seen: unknown[] = [];
    for (const one of [
      deleted,
      unconfirmed,
      patient,
      emptied,
      { id: ids.maria, password: 'nobody at all' },
    ]) {
      // Nobody in particular is counted as one; each is tried as if first.
      later(3_600_000);
      const result = await window.ask('signIn', { userId: one.id, password: one.password });
      seen.push(code(result));
    }
    expect(seen).toEqual(Array(5).fill('wrong_password'));
    const door = await window.ask('door', {});
    expect(door.ok && door.value.people.map(({ id }) => id)).toEqual([admin.id, maria.id]);
  });

  it('makes the sixth try wait, and each further one longer', async () => {
    const waits: unknown[] = [];
    for (let n = 0; n < 7; n++) {
      const result = await wrong();
      const { waitSeconds } = (result.ok ? {} : result.error.details) as { waitSeconds: number };
      waits.push(waitSeconds);
      later(waitSeconds * 1000);
    }
    expect(waits).toEqual([0, 0, 0, 0, 60, 120, 240]);
  });

  it('takes no password while it waits, not even the right one, at whatever seat and after a restart', async () => {
    for (let n = 0; n < 5; n++) await wrong();
    expect(code(await right())).toBe('account_locked');
    const elsewhere = await house.open().ask('signIn', { userId: maria.id, password: maria.password });
    expect(code(elsewhere)).toBe('account_locked');
    const again = seated(desk);
    const restarted = await again.open().ask('signIn', { userId: maria.id, password: maria.password });
    expect(restarted).toMatchObject({ error: { code: 'account_locked', details: { waitSeconds: 60 } } });
    await again.close();
    expect((await window.ask('signIn', { userId: admin.id, password: admin.password })).ok).toBe(true);
    later(60_000);
    expect((await right()).ok).toBe(true);
  });

  it('counts tries that come at once before it checks any of them', async () => {
    const tries = [...Array(30).keys()].map((n) =>
      window.ask('signIn', { userId: maria.id, password: n === 29 ? maria.password : `guess number ${n}` }),
    );
    const codes = (await Promise.all(tries)).map(code);
    expect(codes.filter((one) => one === 'wrong_password')).toHaveLength(5);
    expect(codes.filter((one) => one === 'account_locked')).toHaveLength(25);
  });

  it('waits no shorter after the clock was set back, and never longer than an hour', async () => {
    for (let n = 0; n < 5; n++) await wrong();
    desk.setNow('2026-11-20T07:00:00.000Z');
    expect(await right()).toMatchObject({
      error: { code: 'account_locked', details: { waitSeconds: 3600 } },
    });
    later(59 * 60_000);
    expect(code(await right())).toBe('account_locked');
  });

  it('forgets the wrong ones after a right one', async () => {
    for (let n = 0; n < 4; n++) await wrong();
    await window.come(maria);
    for (let n = 0; n < 4; n++) expect((await wrong()).ok).toBe(false);
    expect((await right()).ok).toBe(true);
  });

  it('lets nobody in as an account that central has locked, by password or PIN', async () => {
    await window.come(maria);
    await window.ask('lock', {});
    const until = '2026-11-24T07:15:00.000Z';
    desk.put(staffKeys, { id: maria.id, sealed: maria.sealed, misses: 10, lockedUntil: until });
    expect(await right()).toMatchObject({ error: { code: 'account_locked', details: { until } } });
    expect(code(await window.ask('switchPerson', { userId: maria.id, pin: '4821' }))).toBe('account_locked');
    later(15 * 60_000);
    expect((await right()).ok).toBe(true);
  });
});

describe('a second factor', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const hash = (text: string) => createHash('sha256').update(text.replaceAll('-', '')).digest('hex');
  const shown = (at: string) => new TOTP({ secret }).generate({ timestamp: Date.parse(at) });

  beforeEach(async () => {
    maria = await putStaff(desk, {
      role: 'receptionist',
      id: maria.id,
      name: 'Maria',
      totp: secret,
      recovery: [hash('abcde-12345'), hash('fghjk-67890')],
    });
  });

  it('is asked for after the right password only, and asking costs no try', async () => {
    expect(code(await wrong())).toBe('wrong_password');
    for (let n = 0; n < 8; n++) expect(code(await right())).toBe('code_needed');
    expect(window.state()).toBe('signed_out');
    expect((await right(shown(now))).ok).toBe(true);
  });

  it('takes a code once, and one step before or after its time', async () => {
    expect((await right(shown(now))).ok).toBe(true);
    expect(code(await right(shown(now)))).toBe('wrong_code');
    later(60_000);
    expect((await right(shown('2026-11-24T07:00:31.000Z'))).ok).toBe(true);
    expect((await right(shown('2026-11-24T07:01:31.000Z'))).ok).toBe(true);
    later(300_000);
    expect(code(await right(shown('2026-11-24T07:04:00.000Z')))).toBe('wrong_code');
  });

  it('takes a code once of two that come at the same moment', async () => {
    const both = await Promise.all([right(shown(now)), right(shown(now))]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('goes by central’s clock where this one is wrong', async () => {
    desk.replica.statement('update desk_state set clock_offset_ms = 600000').run();
    expect(code(await right(shown(now)))).toBe('wrong_code');
    expect((await right(shown('2026-11-24T07:10:00.000Z'))).ok).toBe(true);
  });

  it('counts wrong codes like wrong passwords', async () => {
    for (let n = 0; n < 5; n++) expect(code(await right('000000'))).toBe('wrong_code');
    expect(code(await right(shown(now)))).toBe('account_locked');
  });

  it('is replaced by a recovery code, each good once, here and at every other desk', async () => {
    expect((await right('ABCDE 12345')).ok).toBe(true);
    expect(desk.waiting().map(({ kind }) => kind)).toContain('useRecoveryCode');
    expect(code(await right('abcde-12345'))).toBe('wrong_code');
    const box = desk.replica.statement('select sealed from staff_keys where id = ?').pluck().get(maria.id);
    const other = clinicDesk(now);
    await putStaff(other, { role: 'admin' });
    await putStaff(other, { role: 'receptionist', id: maria.id });
    other.put(staffKeys, { id: maria.id, sealed: box, misses: 0 });
    const there = seated(other);
    const ask = (given: string) =>
      there.open().ask('signIn', { userId: maria.id, password: maria.password, code: given });
    expect(code(await ask('abcde-12345'))).toBe('wrong_code');
    expect((await ask('fghjk-67890')).ok).toBe(true);
    await there.close();
    other.dispose();
  });

  it('takes a recovery code once of two that come at the same moment', async () => {
    const both = await Promise.all([right('abcde-12345'), right('abcde-12345')]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });
});

describe('a role that needs a second factor', () => {
  it('may do nothing but set it up, and then everything', async () => {
    const settings = { second_factor_roles: ['receptionist'] };
    desk.put(clinics, { ...desk.replica.orm.select().from(clinics).get(), settings });
    expect(await right()).toMatchObject({ value: { enrol: true } });
    expect(window.state()).toBe('enrol');
    expect(code(await window.ask('locations', {}))).toBe('not_allowed');
    expect(await window.ask('myAccount', {})).toMatchObject({ value: { secondFactor: 'required' } });
    const begun = await window.ask('beginSecondFactor', { password: maria.password });
    if (!begun.ok) throw new Error(begun.error.code);
    const { secret } = begun.value;
    const given = new TOTP({ secret }).generate({ timestamp: Date.parse(desk.now()) });
    const done = await window.ask('confirmSecondFactor', { code: given });
    expect(done.ok && done.value.recoveryCodes).toHaveLength(10);
    expect(window.state()).toBe('signed_in');
    expect((await window.ask('locations', {})).ok).toBe(true);
  });
});

describe('the sessions that are kept', () => {
  it('name the person, this desk, how they came and when; one that a power cut left open ends with the next', async () => {
    await window.come(maria);
    const first = window.seat.session.sessionId;
    // The core is gone without a word, and comes back.
    const again = seated(desk);
    later(60_000);
    await again.open().come(maria);
    const rows = desk.replica.orm.select().from(userSessions).all();
    expect(rows).toMatchObject([
      { id: first, userId: maria.id, method: 'password', endedAt: desk.now(), endedBy: maria.id },
      { userId: maria.id, startedAt: desk.now(), endedAt: null },
    ]);
    await again.close();
  });
});
