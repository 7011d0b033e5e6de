import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallInput, calls } from '../../src-main/contract/calls.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { daySchedule } from '../../src-main/core/appointments/day-schedule.ts';
import { doctors, doctorTimeSlots, refusals } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const schedule = (input: Partial<CallInput<'daySchedule'>> = {}) => {
  const day = daySchedule(
    desk,
    receptionist,
    calls.daySchedule.input.parse({ date: TODAY, locationId: ids.athens, ...input }),
  );
  if (!day.ok) throw new Error(day.error.code);
  return day.value;
};

const put = (start: string, more = {}) =>
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start, ...more });

describe('a day of a location', () => {
  it('has a column for each doctor who works or is booked there, in board order', () => {
    expect(schedule().doctors.map(({ doctorId }) => doctorId)).toEqual([ids.adamou, ids.baker]);
    put(`${TODAY}T12:00:00.000Z`, { doctorId: ids.georgiou });
    expect(schedule().doctors.map(({ doctorId }) => doctorId)).toEqual([ids.adamou, ids.baker, ids.georgiou]);
    expect(schedule({ specialtyId: ids.dermatology }).doctors.map(({ doctorId }) => doctorId)).toEqual([
      ids.baker,
    ]);
    expect(schedule({ doctorIds: [ids.georgiou] })).toMatchObject({
      doctors: [{ doctorId: ids.georgiou, open: [] }],
      appointments: [{ doctorId: ids.georgiou }],
    });
  });

  it('shows working time in one piece and the block inside it with its reason', () =>
    expect(schedule().doctors[0]).toMatchObject({
      open: [{ start: `${TODAY}T07:00:00.000Z`, end: `${TODAY}T11:00:00.000Z` }],
      blocked: [{ start: `${TODAY}T09:00:00.000Z`, end: `${TODAY}T09:30:00.000Z`, reason: 'Staff meeting' }],
    }));

  it('keeps no-shows on the board and cancelled ones off it, unless they are asked for', () => {
    const missed = put(`${TODAY}T07:00:00.000Z`, { status: 'no_show' });
    const cancelled = put(`${TODAY}T07:15:00.000Z`, { status: 'cancelled' });
    expect(schedule().appointments.map(({ id }) => id)).toEqual([missed]);
    expect(schedule({ includeCancelled: true }).appointments.map(({ id }) => id)).toEqual([
      missed,
      cancelled,
    ]);
  });

  it('begins and ends at the location’s midnight, not at the PC’s', () => {
    const late = put('2026-11-24T21:59:00.000Z');
    put('2026-11-24T22:00:00.000Z');
    put('2026-11-23T21:59:00.000Z');
    expect(schedule().appointments.map(({ id }) => id)).toEqual([late]);
    expect(schedule({ locationId: ids.london })).toMatchObject({ dayStart: '2026-11-24T00:00:00.000Z' });
  });

  it('is 23 hours long when summer time begins and 25 when it ends', () => {
    const hours = (date: string) => {
      const { dayStart, dayEnd } = schedule({ date });
      return (Date.parse(dayEnd) - Date.parse(dayStart)) / 3_600_000;
    };
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(schedule({ date: '2026-03-29' }).dayStart).toBe('2026-03-28T22:00:00.000Z');
    expect(schedule({ date: '2026-03-30' }).dayStart).toBe('2026-03-29T21:00:00.000Z');
  });

  it('shows what has no location at its doctor’s home', () => {
    const online = put(`${TODAY}T07:00:00.000Z`, { locationId: null, origin: 'cal_com' });
    expect(schedule().appointments.map(({ id }) => id)).toEqual([online]);
    expect(schedule({ locationId: ids.london }).appointments).toEqual([]);
  });

  it('keeps the column of a doctor who has left on a day when they were here', () => {
    const row = desk.replica.orm
      .select()
      .from(doctors)
      .all()
      .find(({ id }) => id === ids.baker);
    desk.put(doctors, { ...row, isActive: false, deletedAt: '2026-11-25T00:00:00.000Z' });
    expect(schedule().doctors.map(({ doctorId }) => doctorId)).toContain(ids.baker);
  });

  it('joins only blocks of one reason', () => {
    for (const time of ['07:00', '08:45'])
      desk.put(doctorTimeSlots, {
        id: slotAt(ids.adamou, time),
        doctorId: ids.adamou,
        locationId: ids.athens,
        startTimeUtc: `${TODAY}T${time}:00.000Z`,
        endTimeUtc: `${TODAY}T${time === '07:00' ? '07:15' : '09:00'}:00.000Z`,
        isAvailable: false,
      });
    expect(schedule().doctors[0]?.blocked.map(({ start, reason }) => [start.slice(11, 16), reason])).toEqual([
      ['07:00', null],
      ['08:45', null],
      ['09:00', 'Staff meeting'],
    ]);
  });
});

describe('the alerts of a card', () => {
  it('a visit is the first until an earlier one was completed', () => {
    put('2026-11-01T08:00:00.000Z', { status: 'cancelled' });
    put(`${TODAY}T07:00:00.000Z`);
    expect(schedule().appointments[0]?.alerts.firstVisit).toBe(true);
    put('2026-11-02T08:00:00.000Z', { status: 'completed' });
    expect(schedule().appointments[0]?.alerts.firstVisit).toBe(false);
  });

  it('contact is due when phone or address is missing or was confirmed over a year ago; an owner answers for an animal', () => {
    put(`${TODAY}T07:00:00.000Z`, { patientId: ids.maria });
    put(`${TODAY}T07:15:00.000Z`, { patientId: ids.nikos });
    put(`${TODAY}T07:30:00.000Z`, { patientId: ids.rex });
    const due = () => schedule().appointments.map(({ alerts }) => alerts.contactDue);
    expect(due()).toEqual([false, true, false]);
    desk.setNow('2027-06-01T00:00:00.001Z');
    expect(due()).toEqual([true, true, true]);
  });

  it('an appointment is provisional until central has answered', () => {
    put(`${TODAY}T07:00:00.000Z`);
    book(desk, receptionist, { slotId: slotAt(ids.adamou, '08:00'), patientId: ids.john });
    const provisional = () => schedule().appointments.map(({ alerts }) => alerts.provisional);
    expect(provisional()).toEqual([false, true]);
    desk.replica.db.exec(`update outbox set state = 'applied'`);
    expect(provisional()).toEqual([false, false]);
  });

  it('an appointment with a refused change says so until somebody has decided', () => {
    const id = put(`${TODAY}T07:00:00.000Z`);
    put(`${TODAY}T07:15:00.000Z`);
    const change = { changeId: desk.newId(), kind: 'cancel', actor: null, at: desk.now() };
    desk.replica.orm
      .insert(refusals)
      .values({
        changeId: change.changeId,
        changes: [
          { ...change, rows: [{ table: 'appointments', id, set: { status: 'cancelled' }, was: {} }] },
        ],
        refusal: { code: 'clash' },
        refusedAt: desk.now(),
      })
      .run();
    const conflict = () => schedule().appointments.map(({ alerts }) => alerts.conflict);
    expect(conflict()).toEqual([true, false]);
    desk.replica.orm.update(refusals).set({ resolvedAt: desk.now() }).run();
    expect(conflict()).toEqual([false, false]);
  });
});

it('a location that is not there is said so', () =>
  expect(
    daySchedule(desk, receptionist, { date: TODAY, locationId: ids.maria, includeCancelled: false }),
  ).toMatchObject({ error: { code: 'not_found', details: { what: 'location' } } }));
