import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeskEvent } from '../../src-main/contract/envelope.ts';
import { Events } from '../../src-main/core/events.ts';
import { noLog } from '../../src-main/core/log.ts';
import {
  auditEvents,
  clinics,
  staffKeys,
  userSessions,
  users,
} from '../../src-main/core/schema/replica/index.ts';
import { roleRights } from '../../src-main/core/security/roles.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import { type ClinicDesk, clinicDesk, ids } from '../support/clinic.ts';
import { type Seated, seated, type Window } from '../support/seated.ts';
import { makeStaff, putStaff, type Staff } from '../support/staff.ts';

let desk: ClinicDesk;
let house: Seated;
let window: Window;
let admin: Staff;
let maria: Staff;
let nikos: Staff;

const now = '2026-11-24T07:00:00.000Z';
const HOUR = 3_600_000;
const later = (ms: number): void => desk.setNow(new Date(Date.parse(desk.now()) + ms).toISOString());

beforeEach(async () => {
  desk = clinicDesk(now);
  admin = await putStaff(desk, { role: 'admin', name: 'Anna', pin: '7319' });
  maria = await putStaff(desk, { role: 'receptionist', name: 'Maria', pin: '4821' });
  nikos = await putStaff(desk, { role: 'doctor', name: 'Nikos', pin: '9035' });
  house = seated(desk);
  window = house.open();
});
afterEach(async () => {
  await house.close();
  desk.dispose();
});

const code = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code;
const pin = (staff: Staff, given = staff.pin ?? '', at = window) =>
  at.ask('switchPerson', { userId: staff.id, pin: given });
const sessions = () => desk.replica.orm.select().from(userSessions).all();
const arrives = (work: () => void): void => {
  work();
  desk.replica.announce(new Set(['users', 'staff_keys', 'user_sessions']));
};

describe('a PIN', () => {
  it('is enough for whoever gave their password here before, and for nobody else', async () => {
    expect(code(await pin(maria))).toBe('password_needed');
    await window.come(maria);
    await window.come(nikos);
    expect(await pin(maria)).toMatchObject({ ok: true, value: { userId: maria.id } });
    expect(window.seat.session).toMatchObject({ userId: maria.id, rights: roleRights.receptionist });
    expect(code(await pin(admin))).toBe('password_needed');
    const door = await window.ask('door', {});
    expect(door.ok && door.value.people.map(({ name, quick }) => [name, quick])).toEqual([
      ['Maria', true],
      ['Nikos', true],
      ['Anna', false],
    ]);
  });

  it('changes who is there: the first one’s session ends, and theirs is a new one when they come back', async () => {
    await window.come(maria);
    await window.come(nikos);
    later(60_000);
    await pin(maria);
    const [first, second, third] = sessions();
    expect([first?.userId, first?.endedBy]).toEqual([maria.id, maria.id]);
    expect([second?.userId, second?.endedAt]).toEqual([nikos.id, desk.now()]);
    expect(third).toMatchObject({ userId: maria.id, method: 'pin', startedAt: desk.now(), endedAt: null });
  });

  it.each([
    ['one after the other', false],
    ['all at once', true],
  ])('is worth nothing any more after five wrong ones, %s', async (_how, atOnce) => {
    await window.come(maria);
    await window.ask('lock', {});
    const tries = ['0001', '0002', '0003', '0004', '0005', '0006', '0007', '0008', '4821'];
    const codes: unknown[] = [];
    if (atOnce) codes.push(...(await Promise.all(tries.map((one) => pin(maria, one)))).map(code));
    else for (const one of tries) codes.push(code(await pin(maria, one)));
    expect(codes).toEqual([...Array(5).fill('wrong_pin'), ...Array(4).fill('password_needed')]);
    expect(window.state()).toBe('locked');
    expect((await window.ask('signIn', { userId: maria.id, password: maria.password })).ok).toBe(true);
    expect(window.state()).toBe('signed_in');
  });

  it('after five wrong ones at another seat locks its person’s own, whom somebody may be trying to be', async () => {
    const other = house.open();
    await window.come(maria);
    for (let n = 0; n < 5; n++) await pin(maria, '0000', other);
    expect(window.state()).toBe('locked');
    const door = await other.ask('door', {});
    expect(door.ok && door.value.people.find(({ id }) => id === maria.id)?.quick).toBe(false);
  });

  it('counts wrong ones over all seats, and forgets them after a right one', async () => {
    await window.come(maria);
    const other = house.open();
    for (let n = 0; n < 4; n++) await pin(maria, '0000', n % 2 ? window : other);
    expect((await pin(maria)).ok).toBe(true);
    for (let n = 0; n < 4; n++) expect(code(await pin(maria, '0000', other))).toBe('wrong_pin');
    expect((await pin(maria)).ok).toBe(true);
  });

  it('is told to the audit when it is wrong, without itself', async () => {
    await window.come(maria);
    await pin(maria, '0000');
    const events = desk.replica.orm.select().from(auditEvents).all();
    expect(events.at(-1)).toMatchObject({ action: 'switchFailed', tableName: 'users', rowId: maria.id });
    expect(JSON.stringify(events)).not.toContain('0000');
  });

  it.each([
    ['by the clock', () => later(12 * HOUR)],
    [
      'also when the clock is set back',
      () => {
        desk.setNow('2026-11-20T00:00:00.000Z');
        house.run(12 * HOUR);
      },
    ],
  ])('is enough for twelve hours, %s', async (_how, wait) => {
    await window.come(maria);
    await window.come(nikos);
    wait();
    expect(code(await pin(maria))).toBe('password_needed');
    expect(window.state()).toBe('locked');
  });
});

describe('a lock', () => {
  it('answers nothing but the door until its person comes back, to the same session', async () => {
    await window.come(maria);
    const { sessionId } = window.seat.session;
    await window.ask('lock', {});
    expect(window.state()).toBe('locked');
    expect(window.seat.session).toMatchObject({ userId: null, rights: new Set(['door']) });
    expect(code(await window.ask('patient', { patientId: ids.maria }))).toBe('not_allowed');
    expect(code(await window.ask('myAccount', {}))).toBe('not_allowed');
    expect(await window.ask('door', {})).toMatchObject({
      value: { state: 'locked', person: { id: maria.id, name: 'Maria', role: 'receptionist' } },
    });
    expect((await pin(maria)).ok).toBe(true);
    expect(window.seat.session.sessionId).toBe(sessionId);
    expect(sessions()).toHaveLength(1);
  });

  it('lets another person in, as themselves', async () => {
    await window.come(nikos);
    await window.come(maria);
    await window.ask('lock', {});
    await pin(nikos);
    expect(window.seat.session.userId).toBe(nikos.id);
  });

  it('falls at one seat and not at another', async () => {
    const other = house.open();
    await window.come(maria);
    await other.come(nikos);
    await window.ask('lock', {});
    expect([window.state(), other.state()]).toEqual(['locked', 'signed_in']);
  });

  it.each([
    ['by the clock', (ms: number) => later(ms)],
    [
      'also when the clock is set back',
      (ms: number) => {
        desk.setNow('2026-11-20T00:00:00.000Z');
        house.run(ms);
      },
    ],
  ])('falls by itself a minute after the idle time of the clinic, %s', async (_how, wait) => {
    desk.put(clinics, {
      ...desk.replica.orm.select().from(clinics).get(),
      settings: { idle_minutes: 5 },
    });
    await window.come(maria);
    wait(6 * 60_000 - 1);
    expect(window.state()).toBe('signed_in');
    await window.ask('door', {});
    wait(6 * 60_000);
    expect(code(await window.ask('locations', {}))).toBe('not_allowed');
    expect(window.state()).toBe('locked');
    expect(desk.replica.orm.select().from(auditEvents).all().at(-1)).toMatchObject({
      action: 'lock',
      actor: maria.id,
    });
  });

  it('does nothing in a clinic in which nobody can sign in', async () => {
    const open = clinicDesk(now);
    const other = seated(open);
    const first = other.open();
    await first.ask('lock', {});
    expect((await first.ask('locations', {})).ok).toBe(true);
    await other.close();
    open.dispose();
  });
});

describe('signing out', () => {
  it('ends the session, wherever at this desk it is open, and makes the password needed again', async () => {
    const other = house.open();
    await window.come(maria);
    await other.come(maria);
    expect(sessions()).toHaveLength(1);
    expect(other.seat.session.sessionId).toBe(window.seat.session.sessionId);
    await other.ask('signOut', {});
    expect([window.state(), other.state()]).toEqual(['signed_out', 'signed_out']);
    expect(sessions()).toMatchObject([{ endedAt: now, endedBy: maria.id }]);
    expect(code(await pin(maria))).toBe('password_needed');
  });

  it('happens by itself when a window is gone, or the desk ends', async () => {
    const other = house.open();
    await window.come(maria);
    await other.come(nikos);
    house.seats.close(other.seat);
    house.seats.stop();
    expect(sessions().map(({ endedAt }) => endedAt)).toEqual([now, now]);
    const proofs = desk.replica.statement('select proof from outbox').pluck().all();
    expect(proofs).toHaveLength(4);
    expect(proofs.every((proof) => typeof proof === 'string')).toBe(true);
  });

  it('is not kept from a window that has moved on to somebody else', async () => {
    const other = house.open();
    await window.come(maria);
    await other.come(maria);
    await window.come(nikos);
    expect(other.state()).toBe('signed_in');
    expect(sessions()[0]?.endedAt).toBeNull();
  });
});

describe('what arrives from another desk', () => {
  it('signs out at once whoever’s session was ended there, and makes the password needed', async () => {
    await window.come(maria);
    const [session] = sessions();
    arrives(() => desk.put(userSessions, { ...session, endedAt: now, endedBy: admin.id }));
    expect(window.state()).toBe('signed_out');
    expect(code(await window.ask('locations', {}))).toBe('not_allowed');
    expect(code(await pin(maria))).toBe('password_needed');
  });

  it('gives a changed role its rights at once, and a deleted account none', async () => {
    await window.come(nikos);
    const row = desk.replica.orm
      .select()
      .from(users)
      .all()
      .find(({ id }) => id === nikos.id);
    arrives(() => desk.put(users, { ...row, role: 'receptionist' }));
    expect(window.seat.session.rights).toBe(roleRights.receptionist);
    arrives(() => desk.put(users, { ...row, deletedAt: now }));
    expect(window.state()).toBe('signed_out');
  });

  it('asks whoever has a new password for it, and nobody who has only a new PIN', async () => {
    await window.come(maria);
    const box = house.seats.keyring.box(maria.id);
    if (!box) throw new Error('no box');
    const text = house.seats.keyring.closed(maria.id, { ...box.contents, pin: null });
    arrives(() => desk.put(staffKeys, { id: maria.id, sealed: text, misses: 0 }));
    expect(window.state()).toBe('signed_in');
    expect(code(await pin(maria))).toBe('password_needed');
    const other = await makeStaff({ role: 'receptionist', id: maria.id, password: 'another one by far' });
    arrives(() => desk.put(staffKeys, { id: maria.id, sealed: other.sealed, misses: 0 }));
    expect(window.state()).toBe('locked');
    await window.come({ id: maria.id, password: 'another one by far' });
    expect(window.state()).toBe('signed_in');
  });
});

describe('a screen that is made a kiosk', () => {
  it('signs everybody out for good, so that the PIN which leads out of it leads to nobody’s work', async () => {
    const other = house.open();
    await window.come(admin);
    await other.come(maria);
    await window.ask('setKioskPin', { pin: '2468' });
    await window.ask('enterKiosk', { locationId: ids.athens });
    expect([window.state(), other.state()]).toEqual(['station', 'station']);
    expect(window.seat.session).toMatchObject({ userId: null, rights: new Set(['kiosk']) });
    expect(sessions().every(({ endedAt }) => endedAt === now)).toBe(true);
    expect((await window.ask('leaveKiosk', { pin: '2468' })).ok).toBe(true);
    expect([window.state(), other.state()]).toEqual(['signed_out', 'signed_out']);
    expect(code(await pin(admin))).toBe('password_needed');
  });
});

describe('a seat', () => {
  it('moves on with everybody who comes in or signs out, by their own call and no other', async () => {
    const { seat } = window;
    const before = seat.session;
    await house.dispatch('signIn', { userId: maria.id, password: maria.password }, before);
    expect([seat.generation, seat.isMovedBy(before), seat.isMovedBy(seat.session)]).toEqual([1, true, false]);
    await window.ask('lock', {});
    expect(seat.generation).toBe(1);
    await pin(maria);
    expect(seat.generation).toBe(2);
    await window.ask('signOut', {});
    expect(seat.generation).toBe(3);
  });

  it('is told what changes only while somebody is there, and always when its own door does', async () => {
    const engine = new Engine(desk, { url: 'postgres://nowhere.invalid', log: noLog, random: () => 0 });
    const events = new Events(desk.replica, engine, house.seats);
    const heard: DeskEvent[] = [];
    events.on((event) => heard.push(event), window.seat);
    const change = async () => {
      desk.replica.announce(new Set(['patients']));
      await new Promise((resolve) => setImmediate(resolve));
      const told = heard.splice(0);
      return [
        told.some(({ event }) => event === 'doorChanged'),
        told.some(({ event }) => event === 'tablesChanged'),
      ];
    };
    house.seats.settle();
    heard.splice(0);
    expect(await change()).toEqual([false, false]);
    await window.come(maria);
    expect(await change()).toEqual([true, true]);
    expect(await change()).toEqual([false, true]);
    await window.ask('lock', {});
    expect(await change()).toEqual([true, false]);
    const door = await window.ask('door', {});
    expect(JSON.stringify(door)).not.toContain('Papadopoulou');
    events.stop();
    await engine.close();
  });
});
