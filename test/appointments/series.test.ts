import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallInput } from '../../src-main/contract/calls.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { bookSeries } from '../../src-main/core/appointments/series-book.ts';
import { cancelSeries, changeSeries } from '../../src-main/core/appointments/series-change.ts';
import { series } from '../../src-main/core/appointments/series-members.ts';
import { planSeries, planSeriesChange } from '../../src-main/core/appointments/series-plan.ts';
import {
  takeBackBookedSeries,
  takeBackCancelledSeries,
} from '../../src-main/core/appointments/series-undo.ts';
import { appointmentSeries, doctorTimeSlots } from '../../src-main/core/schema/replica/index.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
  for (const day of tuesdays.slice(1)) putDay(day);
});
afterEach(() => desk.dispose());

const tuesdays = [TODAY, '2026-12-01', '2026-12-08', '2026-12-15'];
/** Adamou's morning of a later Tuesday, 08:00 to 11:00 UTC (winter in Athens), a quarter of an hour each. */
const putDay = (day: string) => {
  for (let at = Date.parse(`${day}T08:00:00Z`); at < Date.parse(`${day}T11:00:00Z`); at += 900_000) {
    const start = new Date(at).toISOString();
    desk.put(doctorTimeSlots, {
      id: slotAt(ids.adamou, start),
      doctorId: ids.adamou,
      locationId: ids.athens,
      startTimeUtc: start,
      endTimeUtc: new Date(at + 900_000).toISOString(),
      isAvailable: true,
    });
  }
};
const at = (day: string, time = '08:00') => `${day}T${time}:00.000Z`;
const slot = (day: string, time = '08:00') => slotAt(ids.adamou, at(day, time));
const weekly = { every: 'week' as const, interval: 1, count: 4 };
const plan = (rule: CallInput<'planSeries'>['rule'] = weekly) =>
  must(
    planSeries(desk, receptionist, { slotId: slot(TODAY), rule: { ...rule, interval: rule.interval ?? 1 } }),
  );
const bookAll = (days = tuesdays) =>
  must(
    bookSeries(desk, receptionist, {
      slotId: slot(TODAY),
      patientId: ids.maria,
      reason: 'Physiotherapy',
      rule: { ...weekly, count: days.length },
      visits: days.map((day) => ({ slotId: slot(day), at: at(day) })),
    }),
  );
const mariaAt = (day: string, more = {}) =>
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.john, start: at(day), ...more });
const seriesRows = () => desk.replica.orm.select().from(appointmentSeries).all();
const starts = (appointmentId: string) =>
  must(series(desk, receptionist, { appointmentId })).appointments.map(({ start, status }) =>
    status === 'cancelled' ? `${start} cancelled` : start,
  );

describe('a series before it is booked', () => {
  it('shows each date as free, taken by whom, or closed, with the nearest other times', () => {
    const inTheWay = mariaAt('2026-12-01');
    desk.put(doctorTimeSlots, {
      ...desk.replica.orm
        .select()
        .from(doctorTimeSlots)
        .all()
        .find(({ id }) => id === slot('2026-12-08')),
      isAvailable: false,
    });
    expect(plan({ ...weekly, count: 5 })).toMatchObject([
      { start: at(TODAY), state: 'free', slotId: slot(TODAY), inTheWay: null, alternatives: [] },
      {
        state: 'taken',
        inTheWay: { appointmentId: inTheWay, patientName: 'John Smith' },
        alternatives: [
          { start: at('2026-12-01', '08:15') },
          { start: at('2026-12-01', '08:30') },
          { start: at('2026-12-01', '08:45') },
        ],
      },
      { state: 'closed', alternatives: [{ start: at('2026-12-08', '08:15') }, {}, {}] },
      { state: 'free' },
      { start: at('2026-12-22'), state: 'closed', slotId: null, alternatives: [] },
    ]);
    expect(desk.waiting()).toEqual([]);
  });
});

describe('booking a series', () => {
  it('is one change for the series and one for each appointment, so that a date refused later is refused alone', () => {
    const { seriesId, appointments } = bookAll();
    expect(appointments.map(({ start }) => start)).toEqual(tuesdays.map((day) => at(day)));
    for (const one of appointments)
      expect(one).toMatchObject({ seriesId, reason: 'Physiotherapy', fee: { minor: 6000, currency: 'EUR' } });
    expect(desk.waiting().map(({ kind, rows }) => [kind, rows.length])).toEqual([
      ['bookSeries', 1],
      ...tuesdays.map(() => ['bookInSeries', 1]),
    ]);
    expect(seriesRows()).toMatchObject([{ rrule: 'FREQ=WEEKLY;COUNT=4', startsLocal: '2026-11-24T10:00' }]);
  });

  it('books only the dates that were chosen, also at another time of that day', () => {
    mariaAt('2026-12-01');
    const { appointments } = must(
      bookSeries(desk, receptionist, {
        slotId: slot(TODAY),
        patientId: ids.maria,
        rule: weekly,
        visits: [
          { slotId: slot(TODAY), at: at(TODAY) },
          { slotId: slot('2026-12-01', '08:15'), at: at('2026-12-01') },
        ],
      }),
    );
    expect(appointments.map(({ start }) => start)).toEqual([at(TODAY), at('2026-12-01', '08:15')]);
  });

  it('writes nothing where one of the dates cannot be had any more', () => {
    mariaAt('2026-12-01');
    const refused = bookSeries(desk, receptionist, {
      slotId: slot(TODAY),
      patientId: ids.maria,
      rule: weekly,
      visits: tuesdays.map((day) => ({ slotId: slot(day), at: at(day) })),
    });
    expect(refused).toMatchObject({ error: { code: 'slot_taken' } });
    expect(desk.waiting()).toEqual([]);
  });
});

describe('changing a series', () => {
  const change = (appointmentId: string, scope: 'this' | 'this_and_later' | 'all', slotId: string) => {
    const visits = must(planSeriesChange(desk, receptionist, { appointmentId, scope, slotId })).flatMap(
      (one) =>
        one.appointmentId && one.slotId && one.state === 'free'
          ? [{ appointmentId: one.appointmentId, slotId: one.slotId, at: one.start }]
          : [],
    );
    return must(changeSeries(desk, receptionist, { appointmentId, scope, visits }));
  };

  it('moves this one only, and the series stays what it was', () => {
    const { appointments } = bookAll();
    const second = appointments[1]?.id ?? '';
    change(second, 'this', slot('2026-12-01', '09:00'));
    expect(starts(second)).toEqual([
      at(TODAY),
      at('2026-12-01', '09:00'),
      at('2026-12-08'),
      at('2026-12-15'),
    ]);
    expect(seriesRows()).toHaveLength(1);
  });

  it('moves this and the later ones as a series of their own; the earlier ones end before it', () => {
    const { appointments } = bookAll();
    const [first, second] = appointments.map(({ id }) => id);
    change(second ?? '', 'this_and_later', slot('2026-12-01', '09:30'));
    expect(starts(first ?? '')).toEqual([at(TODAY)]);
    expect(starts(second ?? '')).toEqual(
      ['2026-12-01', '2026-12-08', '2026-12-15'].map((day) => at(day, '09:30')),
    );
    expect(seriesRows().map(({ rrule, startsLocal }) => [rrule, startsLocal])).toEqual([
      ['FREQ=WEEKLY;UNTIL=20261130T215959Z', '2026-11-24T10:00'],
      ['FREQ=WEEKLY;COUNT=3', '2026-12-01T11:30'],
    ]);
  });

  it('moves all by whole weeks without one being in the way of the next', () => {
    const { appointments } = bookAll(tuesdays.slice(0, 3));
    const first = appointments[0]?.id ?? '';
    expect(change(first, 'all', slot('2026-12-01')).map(({ start }) => start)).toEqual(
      tuesdays.slice(1).map((day) => at(day)),
    );
    expect(
      desk
        .waiting()
        .slice(-3)
        .map(({ rows }) => (rows[0] as { id: string }).id),
    ).toEqual(appointments.map(({ id }) => id).toReversed());
    expect(seriesRows()).toMatchObject([{ startsLocal: '2026-12-01T10:00', rrule: 'FREQ=WEEKLY;COUNT=3' }]);
  });

  it('never touches what has begun or is over', () => {
    const { appointments } = bookAll();
    const [first = '', second = ''] = appointments.map(({ id }) => id);
    desk.setNow(at('2026-12-01', '08:05'));
    change(second, 'all', slot('2026-12-01', '09:00'));
    expect(starts(first)).toEqual([at(TODAY), at('2026-12-01')]);
    const third = appointments[2]?.id ?? '';
    expect(starts(third)).toEqual([at('2026-12-08', '09:00'), at('2026-12-15', '09:00')]);
  });

  it('sets the reason of all, and the length where there is room', () => {
    const { appointments } = bookAll();
    const first = appointments[0]?.id ?? '';
    mariaAt('2026-12-08', { start: at('2026-12-08', '08:15') });
    const visits = must(
      planSeriesChange(desk, receptionist, { appointmentId: first, scope: 'all', durationMinutes: 30 }),
    );
    expect(visits.map(({ state }) => state)).toEqual(['free', 'free', 'taken', 'free']);
    const chosen = visits.flatMap(({ appointmentId, slotId, start, state }) =>
      appointmentId && slotId && state === 'free' ? [{ appointmentId, slotId, at: start }] : [],
    );
    must(
      changeSeries(desk, receptionist, {
        appointmentId: first,
        scope: 'all',
        durationMinutes: 30,
        reason: 'Exercises',
        visits: chosen,
      }),
    );
    const after = must(series(desk, receptionist, { appointmentId: first })).appointments;
    expect(after.map(({ start, end }) => (Date.parse(end) - Date.parse(start)) / 60_000)).toEqual([
      30, 30, 15, 30,
    ]);
    expect(after.every(({ reason }) => reason === 'Exercises')).toBe(true);
  });
});

describe('cancelling in a series', () => {
  it('cancels this one, this and the later ones, or all, and says so in the rule', () => {
    const { appointments } = bookAll();
    const [first = '', second = '', third = ''] = appointments.map(({ id }) => id);
    must(cancelSeries(desk, receptionist, { appointmentId: second, scope: 'this', reason: 'Away' }));
    expect(seriesRows()).toMatchObject([{ rrule: 'FREQ=WEEKLY;COUNT=4' }]);
    must(
      cancelSeries(desk, receptionist, {
        appointmentId: third,
        scope: 'this_and_later',
        reason: 'Well again',
      }),
    );
    expect(starts(first)).toEqual([
      at(TODAY),
      ...['2026-12-01', '2026-12-08', '2026-12-15'].map((day) => `${at(day)} cancelled`),
    ]);
    expect(seriesRows()).toMatchObject([{ rrule: 'FREQ=WEEKLY;UNTIL=20261207T215959Z', deletedAt: null }]);
    must(cancelSeries(desk, receptionist, { appointmentId: first, scope: 'all', reason: '' }));
    expect(seriesRows()[0]?.deletedAt).not.toBeNull();
  });

  it('is refused where nothing is left to cancel', () => {
    const { appointments } = bookAll(tuesdays.slice(0, 2));
    for (const { id } of appointments) must(cancel(desk, receptionist, { appointmentId: id, reason: '' }));
    const appointmentId = appointments[0]?.id ?? '';
    expect(cancelSeries(desk, receptionist, { appointmentId, scope: 'all', reason: '' })).toMatchObject({
      error: { code: 'move_not_allowed' },
    });
  });
});

describe('Ctrl+Z', () => {
  const undo = () =>
    undoWith({ bookInSeries: takeBackBookedSeries, cancelInSeries: takeBackCancelledSeries })(
      desk,
      receptionist,
    );

  it('takes a whole series back that was booked, and then nothing is left to take back', () => {
    const { appointments } = bookAll();
    expect(undo()).toMatchObject({ value: { kind: 'bookInSeries' } });
    expect(starts(appointments[0]?.id ?? '').every((start) => start.endsWith('cancelled'))).toBe(true);
    expect(seriesRows()[0]?.deletedAt).not.toBeNull();
    expect(undo()).toMatchObject({ error: { code: 'nothing_to_undo' } });
  });

  it('puts all of a series back that one action cancelled, but for a time that somebody has taken', () => {
    const { appointments } = bookAll();
    const [first = '', second = ''] = appointments.map(({ id }) => id);
    must(cancelSeries(desk, receptionist, { appointmentId: second, scope: 'this', reason: '' }));
    desk.setNow(`${TODAY}T07:01:00.000Z`);
    must(cancelSeries(desk, receptionist, { appointmentId: first, scope: 'all', reason: '' }));
    mariaAt('2026-12-15');
    expect(undo()).toMatchObject({ value: { kind: 'cancelInSeries' } });
    expect(starts(first)).toEqual([
      at(TODAY),
      `${at('2026-12-01')} cancelled`,
      at('2026-12-08'),
      `${at('2026-12-15')} cancelled`,
    ]);
  });
});
