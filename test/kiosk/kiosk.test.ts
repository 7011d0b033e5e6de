import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calls, rights } from '../../src-main/contract/calls.ts';
import type { Station } from '../../src-main/contract/kiosk.ts';
import { createDispatch, type Dispatch } from '../../src-main/core/dispatch.ts';
import { createHandlers } from '../../src-main/core/handlers.ts';
import { Stations, stationSession } from '../../src-main/core/kiosk/stations.ts';
import { noLog } from '../../src-main/core/log.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { Engine } from '../../src-main/core/sync/engine.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
let engine: Engine;
let stations: Stations;
let dispatch: Dispatch;
beforeEach(() => {
  desk = clinicDesk();
  engine = new Engine(desk, { url: 'postgres://nowhere.invalid', log: noLog, random: () => 0 });
  stations = new Stations();
  dispatch = createDispatch(createHandlers(desk, engine, stations), noLog, desk.replica.health);
});
afterEach(async () => {
  await engine.close();
  desk.dispose();
});

const station = (kind: Station['kind']) => stationSession({ kind, locationId: ids.athens });
const kiosk = station('kiosk');
const maria = { firstName: 'Μαρία', lastName: 'Παπαδοπούλου', dateOfBirth: '1980-03-12' };
const types = async (typed = maria) => {
  const answer = await dispatch('kioskCheckIn', typed, kiosk);
  return answer.ok ? (answer.value as { answer: string }).answer : answer.error.code;
};
const put = (time: string, more = {}) =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: `2026-11-24T${time}:00.000Z`,
    ...more,
  });
const statusOf = (id: string) =>
  desk.replica.statement('select status from appointments where id = ?').pluck().get(id);

describe('at the kiosk', () => {
  it('a patient who is expected has arrived, and is told to sit down, now and if asked again', async () => {
    const id = put('07:30');
    expect(await types()).toBe('seated');
    expect(statusOf(id)).toBe('arrived');
    expect(await types()).toBe('seated');
    expect(desk.waiting()).toMatchObject([
      { kind: 'kioskCheckIn', actor: null, rows: [{ set: { status: 'arrived', arrived_at: desk.now() } }] },
    ]);
  });

  it('somebody whose phone must be asked for sits down too, and the desk sees whom to ask', async () => {
    desk.put(patients, {
      id: ids.nikos,
      firstName: 'Νίκος',
      lastName: 'Κωνσταντίνου',
      dateOfBirth: '1970-01-01',
    });
    const id = put('07:30', { patientId: ids.nikos });
    expect(await types({ firstName: 'Nikos', lastName: 'Konstantinou', dateOfBirth: '1970-01-01' })).toBe(
      'seated',
    );
    expect(await dispatch('appointment', { appointmentId: id }, receptionist)).toMatchObject({
      value: { status: 'arrived', alerts: { contactDue: true } },
    });
    await dispatch('checkIn', { appointmentId: id, contactConfirmed: true }, receptionist);
    expect(desk.waiting().at(-1)).toMatchObject({ kind: 'updatePatient', rows: [{ table: 'patients' }] });
  });

  for (const [who, more] of [
    ['too early', { start: '2026-11-24T08:01:00.000Z' }],
    ['too late', { start: '2026-11-24T06:29:00.000Z' }],
    ['of another day', { start: '2026-11-25T07:30:00.000Z' }],
    ['of another location', { locationId: ids.london }],
    ['cancelled', { status: 'cancelled' }],
    ['waiting for a yes', { status: 'pending' }],
    ['over', { status: 'completed' }],
  ] as const)
    it(`an appointment that is ${who} sends to the front desk`, async () => {
      const id = put('07:30', more);
      const before = statusOf(id);
      expect(await types()).toBe('front_desk');
      expect(statusOf(id)).toBe(before);
      expect(desk.waiting()).toEqual([]);
    });

  it('two appointments that both fit send to the front desk', async () => {
    put('07:30');
    put('07:45', { doctorId: ids.baker });
    expect(await types()).toBe('front_desk');
    expect(desk.waiting()).toEqual([]);
  });

  it('an unknown name and a wrong birth date are answered alike', async () => {
    put('07:30');
    const unknown = await dispatch('kioskCheckIn', { ...maria, firstName: 'Zoe' }, kiosk);
    const wrong = await dispatch('kioskCheckIn', { ...maria, dateOfBirth: '1980-03-13' }, kiosk);
    expect(unknown).toEqual(wrong);
    expect(unknown).toEqual({ ok: true, value: { answer: 'front_desk' } });
  });

  it('after eight names that fit nobody even a right one is sent to the front desk, for ten minutes', async () => {
    put('07:30');
    for (let tried = 0; tried < 8; tried += 1) await types({ ...maria, firstName: `Try${tried}` });
    expect(await types()).toBe('front_desk');
    desk.setNow('2026-11-24T07:10:00.000Z');
    expect(await types()).toBe('seated');
  });
});

describe('a kiosk and a display', () => {
  const allowed = { kiosk: ['kioskState', 'kioskCheckIn', 'leaveKiosk'], display: ['callDisplay'] };

  for (const kind of ['kiosk', 'display'] as const)
    it(`may make the calls of a ${kind} and no other`, async () => {
      const others = Object.keys(calls).filter((name) => !allowed[kind].includes(name));
      expect(others.length).toBeGreaterThan(40);
      for (const name of others)
        expect([name, await dispatch(name, {}, station(kind))]).toEqual([
          name,
          expect.objectContaining({ error: expect.objectContaining({ code: 'not_allowed' }) }),
        ]);
    });

  it('are opened by a ticket once, within ten minutes, and the desk can end them', async () => {
    const issue = async () => {
      const answer = await dispatch('openStation', { kind: 'display', locationId: ids.athens }, receptionist);
      return answer.ok ? (answer.value as { ticket: string }).ticket : '';
    };
    const now = Date.parse(desk.now());
    const ticket = await issue();
    const session = stations.admit(ticket, now);
    expect(session?.rights).toEqual(new Set(['display']));
    expect(stations.admit(ticket, now)).toBeNull();
    expect(stations.admit(await issue(), now + 600_000)).toBeNull();
    expect(await dispatch('stations', {}, receptionist)).toMatchObject({
      value: { open: [{ kind: 'display', locationId: ids.athens, since: desk.now() }] },
    });
    await dispatch('closeStations', {}, receptionist);
    expect(session && stations.isOpen(session)).toBe(false);
  });
});

describe('the PIN', () => {
  const leave = (pin: string) => dispatch('leaveKiosk', { pin }, kiosk);
  const enter = () => dispatch('enterKiosk', { locationId: ids.athens }, receptionist);
  const isOwn = () =>
    desk.replica.statement(`select 1 from desk_settings where name = 'own_station'`).get() !== undefined;

  it('must be set before a screen becomes a kiosk', async () => {
    expect(await enter()).toMatchObject({ error: { code: 'pin_not_set' } });
    expect(
      await dispatch('openStation', { kind: 'kiosk', locationId: ids.athens }, receptionist),
    ).toMatchObject({ error: { code: 'pin_not_set' } });
  });

  it('is the only way back from a kiosk on the desk’s own screen', async () => {
    await dispatch('setKioskPin', { pin: '2468' }, receptionist);
    expect(await enter()).toMatchObject({ ok: true });
    expect(await leave('1111')).toMatchObject({ error: { code: 'wrong_pin', details: { waitSeconds: 0 } } });
    expect(isOwn()).toBe(true);
    expect(await leave('2468')).toMatchObject({ ok: true });
    expect(isOwn()).toBe(false);
  });

  it('is not tried faster after five wrong ones, not even the right one, nor many at once', async () => {
    await dispatch('setKioskPin', { pin: '2468' }, receptionist);
    await enter();
    const wrong = await Promise.all(Array.from({ length: 20 }, (_, tried) => leave(String(1000 + tried))));
    expect(wrong.filter(({ ok }) => ok)).toEqual([]);
    expect(await leave('2468')).toMatchObject({ error: { code: 'wrong_pin', details: { waitSeconds: 60 } } });
    desk.setNow('2026-11-24T07:01:00.000Z');
    expect(await leave('1111')).toMatchObject({ error: { details: { waitSeconds: 120 } } });
    desk.setNow('2026-11-24T07:03:00.000Z');
    expect(await leave('2468')).toMatchObject({ ok: true });
  });

  it('is kept as a salted hash', async () => {
    const kept = async () => {
      await dispatch('setKioskPin', { pin: '2468' }, receptionist);
      return desk.replica.statement(`select value from desk_settings where name = 'kiosk_pin'`).pluck().get();
    };
    const [one, two] = [await kept(), await kept()];
    expect(one).not.toContain('2468');
    expect(one).not.toBe(two);
  });
});

it('a station’s session has no right that a person has', () => {
  for (const right of rights) expect(kiosk.rights.has(right)).toBe(right === 'kiosk');
});
