import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const put = (patientId: string, more = {}) =>
  desk.putAppointment({ doctorId: ids.adamou, patientId, start: '2026-11-24T08:00:00.000Z', ...more });
const arrive = (appointmentId: string, contactConfirmed = false) =>
  checkIn(desk, receptionist, { appointmentId, contactConfirmed });

describe('check-in', () => {
  it('stamps the arrival and says so to central', () => {
    expect(arrive(put(ids.maria))).toMatchObject({
      ok: true,
      value: { status: 'arrived', arrivedAt: '2026-11-24T07:00:00.000Z', alerts: { provisional: true } },
    });
    expect(desk.waiting()).toMatchObject([
      {
        kind: 'checkIn',
        rows: [{ table: 'appointments', set: { status: 'arrived' }, was: { status: 'scheduled' } }],
      },
    ]);
  });

  it('pressed twice does nothing more', () => {
    const id = put(ids.maria);
    arrive(id);
    desk.setNow('2026-11-24T07:05:00.000Z');
    expect(arrive(id)).toMatchObject({ ok: true, value: { arrivedAt: '2026-11-24T07:00:00.000Z' } });
    expect(desk.waiting()).toHaveLength(1);
  });

  for (const status of ['ready', 'in_room', 'completed'])
    it(`leaves a patient who is ${status} today as they are`, () => {
      expect(arrive(put(ids.maria, { status, arrivedAt: '2026-11-24T06:00:00.000Z' }))).toMatchObject({
        ok: true,
        value: { status },
      });
      expect(desk.waiting()).toEqual([]);
    });

  it('is refused on another day than the appointment’s, by the clock at the location', () => {
    const start = '2026-11-24T22:30:00.000Z';
    expect(arrive(put(ids.maria, { start }))).toMatchObject({
      error: { code: 'not_today', details: { start } },
    });
    expect(desk.waiting()).toEqual([]);
  });

  it('does not take yesterday’s visit for today’s', () =>
    expect(
      arrive(put(ids.maria, { status: 'completed', arrivedAt: '2026-11-23T08:00:00.000Z' })),
    ).toMatchObject({
      error: { code: 'move_not_allowed', details: { from: 'completed', to: 'arrived' } },
    }));

  for (const status of ['pending', 'cancelled', 'no_show', 'left'])
    it(`refuses an appointment that is ${status}, with both names`, () =>
      expect(arrive(put(ids.maria, { status }))).toMatchObject({
        error: { code: 'move_not_allowed', details: { from: status, to: 'arrived' } },
      }));

  it('asks for phone and address where they are missing, with what is known', () => {
    const id = put(ids.nikos);
    expect(arrive(id)).toMatchObject({
      error: {
        code: 'contact_unconfirmed',
        details: { patientId: ids.nikos, phone: '2101112223', address: null, missing: ['address'] },
      },
    });
    expect(desk.waiting()).toEqual([]);
  });

  it('stamps the contact in the same change when the person says that it is right', () => {
    expect(arrive(put(ids.nikos), true)).toMatchObject({ value: { status: 'arrived' } });
    expect(desk.waiting()).toMatchObject([
      {
        rows: [
          { table: 'appointments' },
          { table: 'patients', id: ids.nikos, set: { contact_confirmed_at: desk.now() } },
        ],
      },
    ]);
  });

  it('asks again a year after the last time, for an animal about its owner', () => {
    desk.setNow('2027-06-01T00:00:00.001Z');
    const id = put(ids.rex, { start: '2027-06-01T08:00:00.000Z' });
    expect(arrive(id)).toMatchObject({
      error: { code: 'contact_unconfirmed', details: { patientId: ids.john, missing: [] } },
    });
    arrive(id, true);
    expect(desk.waiting()).toMatchObject([{ rows: [{}, { table: 'patients', id: ids.john }] }]);
  });
});
