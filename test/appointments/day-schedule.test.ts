import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallInput, calls } from '../../src-main/contract/calls.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { daySchedule } from '../../src-main/core/appointments/day-schedule.ts';
import {
  doctors,
  doctorTimeSlots,
  messageReceipts,
  messages,
  payments,
  refusals,
} from '../../src-main/core/schema/replica/index.ts';
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
      blocked: [
        {
          start: `${TODAY}T09:00:00.000Z`,
          end: `${TODAY}T09:30:00.000Z`,
          reason: 'Staff meeting',
          source: null,
        },
      ],
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

describe('a balance due', () => {
  const due = () => schedule().appointments[0]?.alerts.balanceDue;
  let appointmentId: string;
  const visit = (more = {}) => {
    appointmentId = put(`${TODAY}T07:00:00.000Z`, { visitTypeId: ids.checkUp, status: 'completed', ...more });
  };
  const pay = (amountCents: number, more = {}) =>
    desk.put(payments, {
      id: desk.newId(),
      appointmentId,
      amountCents,
      currency: 'EUR',
      method: 'cash',
      status: 'paid',
      kind: 'payment',
      ...more,
    });

  it('stands from the beginning of the visit until it is paid in parts or whole', () => {
    visit();
    expect(due()).toBe(true);
    pay(3000);
    expect(due()).toBe(true);
    pay(2000);
    expect(due()).toBe(false);
  });

  it('is what was agreed when it was booked, not what the visit costs today', () => {
    visit({ feeMinor: 3000, feeCurrency: 'EUR' });
    pay(3000);
    expect(due()).toBe(false);
  });

  it('comes back with a refund or a void; a payment that failed or is on its way pays nothing', () => {
    visit();
    pay(5000, { status: 'failed' });
    pay(5000, { status: 'pending' });
    expect(due()).toBe(true);
    pay(5000);
    expect(due()).toBe(false);
    pay(1000, { kind: 'refund', refundsPaymentId: desk.newId() });
    expect(due()).toBe(true);
  });

  it('is not asked of who has not been seen, or of a visit without a fee', () => {
    visit({ status: 'arrived' });
    expect(due()).toBe(false);
    visit({ status: 'completed', visitTypeId: null });
    expect(schedule().appointments.map(({ alerts }) => alerts.balanceDue)).toEqual([false, false]);
  });
});

describe('an unread message', () => {
  const unread = () => schedule().appointments[0]?.alerts.unread;
  const write = (appointmentId: string, role: string, more = {}) => {
    const id = desk.newId();
    desk.put(messages, {
      id,
      threadId: 'thread',
      type: 'chat',
      text: 'May I come later?',
      appointmentId,
      relationalRefs: {},
      author: { role },
      attachments: [],
      readReceipts: [],
      tags: [],
      meta: {},
      ...more,
    });
    return id;
  };
  const read = (messageId: string, userRole: string) =>
    desk.put(messageReceipts, { id: desk.newId(), messageId, userRole, readAt: desk.now() });

  it('of patient or doctor is shown until somebody at the desk has read it', () => {
    const id = put(`${TODAY}T07:00:00.000Z`);
    expect(unread()).toBe(false);
    const message = write(id, 'patient');
    expect(unread()).toBe(true);
    read(message, 'doctor');
    expect(unread()).toBe(true);
    read(message, 'receptionist');
    expect(unread()).toBe(false);
  });

  it('that came with its receipts, or was deleted, or is the clinic’s own, is not', () => {
    const id = put(`${TODAY}T07:00:00.000Z`);
    write(id, 'patient', { readReceipts: [{ user_role: 'admin', user_id: 1 }] });
    write(id, 'doctor', { deletedAt: desk.now() });
    write(id, 'system');
    write(id, 'admin');
    expect(unread()).toBe(false);
    write(id, 'doctor', { readReceipts: [{ user_role: 'patient', user_id: 501 }] });
    expect(unread()).toBe(true);
  });
});

describe('a held time', () => {
  const hold = (more = {}) =>
    put(`${TODAY}T08:00:00.000Z`, {
      patientId: null,
      status: 'held',
      heldBy: 'Desk 2',
      heldUntil: `${TODAY}T07:05:00.000Z`,
      ...more,
    });

  it('stands on the board with the desk that holds it, and is no appointment', () => {
    const id = hold({ roomId: ids.room1 });
    const { holds, appointments } = schedule();
    expect(appointments).toEqual([]);
    expect(holds).toEqual([
      {
        id,
        doctorId: ids.adamou,
        roomId: ids.room1,
        start: `${TODAY}T08:00:00.000Z`,
        end: `${TODAY}T08:15:00.000Z`,
        heldBy: 'Desk 2',
        until: `${TODAY}T07:05:00.000Z`,
      },
    ]);
  });

  it('is gone when its time is up, and on boards that do not show its doctor', () => {
    hold();
    expect(schedule({ doctorIds: [ids.baker] }).holds).toEqual([]);
    expect(schedule({ locationId: ids.london }).holds).toEqual([]);
    desk.setNow(`${TODAY}T07:05:00.000Z`);
    expect(schedule().holds).toEqual([]);
  });
});

it('a doctor’s usual room of the day is the weekly template’s', () => {
  expect(schedule().doctors.map(({ rooms }) => rooms)).toEqual([
    [{ roomId: ids.room1, start: `${TODAY}T07:00:00.000Z`, end: `${TODAY}T11:00:00.000Z` }],
    [],
  ]);
  expect(schedule({ date: '2026-11-25' }).doctors[0]?.rooms).toEqual([]);
});

it('a location that is not there is said so', () =>
  expect(
    daySchedule(desk, receptionist, { date: TODAY, locationId: ids.maria, includeCancelled: false }),
  ).toMatchObject({ error: { code: 'not_found', details: { what: 'location' } } }));
