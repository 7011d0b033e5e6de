import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const john = { patientId: ids.john };
const at = (time: string, doctorId: string = ids.adamou) => ({ ...john, slotId: slotAt(doctorId, time) });
const mariaAt8 = (more = {}) =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    roomId: ids.room1,
    start: '2026-11-24T08:00:00.000Z',
    ...more,
  });

describe('booking', () => {
  it('takes the length from the visit type and the room from the weekly template, as one change', () => {
    const booked = book(desk, receptionist, { ...at('07:30'), visitTypeId: ids.checkUp, reason: 'Cough' });
    expect(booked).toMatchObject({
      ok: true,
      value: {
        start: '2026-11-24T07:30:00.000Z',
        end: '2026-11-24T08:00:00.000Z',
        status: 'scheduled',
        origin: 'desk',
        roomId: ids.room1,
        locationId: ids.athens,
        reason: 'Cough',
        overbookReason: null,
        alerts: { provisional: true, firstVisit: true, conflict: false },
      },
    });
    expect(desk.waiting()).toMatchObject([
      { kind: 'book', actor: ids.receptionist, rows: [{ table: 'appointments' }] },
    ]);
  });

  it('takes the slot’s length where nothing else is said, and a length that was asked for before all', () => {
    expect(book(desk, receptionist, at('07:00'))).toMatchObject({
      value: { end: '2026-11-24T07:15:00.000Z' },
    });
    const asked = { ...at('07:30'), visitTypeId: ids.checkUp, durationMinutes: 45 };
    expect(book(desk, receptionist, asked)).toMatchObject({ value: { end: '2026-11-24T08:15:00.000Z' } });
  });

  it('names the doctor, the patient, the room and the next free times when somebody is in the way', () => {
    const maria = mariaAt8();
    const refused = book(desk, receptionist, { ...at('07:45'), visitTypeId: ids.checkUp });
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'slot_taken',
        details: {
          appointmentId: maria,
          doctorName: { en: 'Dr Adamou', el: 'Δρ Αδάμου' },
          patientName: 'Μαρία Παπαδοπούλου',
          roomName: 'Room 1',
          start: '2026-11-24T08:00:00.000Z',
          nextFree: [{ start: '2026-11-24T08:15:00.000Z' }, {}, {}, {}],
        },
      },
    });
    expect(desk.waiting()).toEqual([]);
  });

  for (const status of ['cancelled', 'no_show', 'left'])
    it(`finds the slot of a ${status} appointment free`, () => {
      mariaAt8({ status });
      expect(book(desk, receptionist, at('08:00')).ok).toBe(true);
    });

  it('keeps the buffers of surgery free on both sides', () => {
    mariaAt8({ visitTypeId: ids.surgery, minutes: 60 });
    expect(book(desk, receptionist, at('07:45'))).toMatchObject({ error: { code: 'slot_taken' } });
    expect(book(desk, receptionist, at('07:30')).ok).toBe(true);
    expect(book(desk, receptionist, { ...at('09:30'), visitTypeId: ids.checkUp }).ok).toBe(true);
  });

  it('refuses a blocked slot, a visit that runs into the block, and one past the end of the session', () => {
    expect(book(desk, receptionist, at('09:00'))).toMatchObject({ error: { code: 'slot_blocked' } });
    const long = { visitTypeId: ids.checkUp };
    expect(book(desk, receptionist, { ...at('08:45'), ...long })).toMatchObject({
      error: {
        code: 'does_not_fit',
        details: { minutes: 30, nextFree: [{ start: '2026-11-24T09:30:00.000Z' }, {}, {}, {}] },
      },
    });
    expect(book(desk, receptionist, { ...at('10:45'), ...long })).toMatchObject({
      error: { code: 'does_not_fit' },
    });
  });

  it('takes earlier today and refuses yesterday, by the clock of the location', () => {
    desk.setNow('2026-11-24T21:59:00.000Z');
    expect(book(desk, receptionist, at('07:00')).ok).toBe(true);
    desk.setNow('2026-11-24T22:00:00.000Z');
    expect(book(desk, receptionist, at('07:15'))).toMatchObject({ error: { code: 'in_the_past' } });
    expect(book(desk, receptionist, at('10:00', ids.georgiou)).ok).toBe(true);
  });

  it('refuses a room that somebody else is in, and leaves out a usual room that is in use', () => {
    desk.putAppointment({
      doctorId: ids.baker,
      patientId: ids.maria,
      roomId: ids.room1,
      start: '2026-11-24T07:00:00.000Z',
    });
    expect(book(desk, receptionist, { ...at('07:00'), roomId: ids.room1 })).toMatchObject({
      error: { code: 'slot_taken', details: { doctorName: { en: 'Dr Baker' } } },
    });
    expect(book(desk, receptionist, at('07:00'))).toMatchObject({ ok: true, value: { roomId: null } });
  });

  it('says what is not there', () => {
    const nobody = '0192f000-0099-7000-8000-000000000001';
    const missing = (what: string) => ({ error: { code: 'not_found', details: { what } } });
    expect(book(desk, receptionist, { ...john, slotId: nobody })).toMatchObject(missing('slot'));
    expect(book(desk, receptionist, { ...at('07:00'), patientId: nobody })).toMatchObject(missing('patient'));
    expect(book(desk, receptionist, { ...at('07:00'), patientId: ids.deleted })).toMatchObject(
      missing('patient'),
    );
    expect(book(desk, receptionist, { ...at('07:00'), patientId: ids.merged })).toMatchObject(
      missing('patient'),
    );
    expect(book(desk, receptionist, { ...at('07:00'), visitTypeId: nobody })).toMatchObject(
      missing('visitType'),
    );
    expect(book(desk, receptionist, { ...at('07:00'), roomId: ids.londonRoom })).toMatchObject(
      missing('room'),
    );
  });
});

describe('an overbook', () => {
  const overbook = { reason: 'In pain' };

  it('needs the right to, and somebody who answers for it', () => {
    const rights = new Set([...receptionist.rights].filter((right) => right !== 'schedule.overbook'));
    const refused = { error: { code: 'not_allowed', details: { right: 'schedule.overbook' } } };
    expect(book(desk, { ...receptionist, rights }, { ...at('07:00'), overbook })).toMatchObject(refused);
    expect(book(desk, { ...receptionist, userId: null }, { ...at('07:00'), overbook })).toMatchObject(
      refused,
    );
  });

  it('stands beside the other appointment with its reason and approver', () => {
    mariaAt8();
    expect(book(desk, receptionist, { ...at('08:00'), overbook })).toMatchObject({
      value: { overbookReason: 'In pain' },
    });
    expect(desk.waiting()).toMatchObject([
      { rows: [{ insert: { overbook_reason: 'In pain', overbooked_by: ids.receptionist } }] },
    ]);
  });

  it('is an ordinary booking where nothing was in the way', () =>
    expect(book(desk, receptionist, { ...at('07:00'), overbook })).toMatchObject({
      ok: true,
      value: { overbookReason: null },
    }));

  it('does not open a blocked slot', () =>
    expect(book(desk, receptionist, { ...at('09:00'), overbook })).toMatchObject({
      error: { code: 'slot_blocked' },
    }));
});
