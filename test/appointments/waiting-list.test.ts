import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallInput } from '../../src-main/contract/calls.ts';
import type { Gap } from '../../src-main/contract/waiting-list.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import {
  type FreedTime,
  inTurn,
  type Waiter,
  wouldCome,
} from '../../src-main/core/appointments/waiting-list.ts';
import {
  addToWaitingList,
  updateWaitingListEntry,
} from '../../src-main/core/appointments/waiting-list-change.ts';
import { bookFromWaitingList, fitsForGap } from '../../src-main/core/appointments/waiting-list-gap.ts';
import { waitingList } from '../../src-main/core/appointments/waiting-list-read.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

describe('who would come for a gap', () => {
  const gap: FreedTime = {
    doctorId: 'd1',
    specialtyId: 's1',
    locationId: 'l1',
    start: 1000,
    end: 2000,
    day: '2026-11-24',
    hour: 9,
  };
  const anybody: Waiter = {
    status: 'waiting',
    doctorId: null,
    specialtyId: null,
    locationId: null,
    partOfDay: 'any',
    earliestDay: null,
    latestDay: null,
    urgent: false,
    createdAt: 0,
    length: null,
    later: null,
  };
  const days = ['2026-11-23', '2026-11-24', '2026-11-25'];
  const orNull = <T>(...values: T[]) => fc.constantFrom(null, ...values);
  const aWaiter: fc.Arbitrary<Waiter> = fc.record({
    status: fc.constantFrom('waiting', 'booked', 'removed'),
    doctorId: orNull('d1', 'd2'),
    specialtyId: orNull('s1', 's2'),
    locationId: orNull('l1', 'l2'),
    partOfDay: fc.constantFrom('any', 'morning', 'afternoon'),
    earliestDay: orNull(...days),
    latestDay: orNull(...days),
    urgent: fc.boolean(),
    createdAt: fc.nat(1000),
    length: orNull(500, 1000, 1500),
    later: fc.option(fc.record({ start: fc.constantFrom(500, 1000, 3000), movable: fc.boolean() })),
  });
  const aGap: fc.Arbitrary<FreedTime> = fc.record({
    doctorId: fc.constantFrom('d1', 'd2'),
    specialtyId: orNull('s1', 's2'),
    locationId: orNull('l1', 'l2'),
    start: fc.constantFrom(500, 1000),
    end: fc.constantFrom(1500, 2000),
    day: fc.constantFrom(...days),
    hour: fc.constantFrom(8, 11, 12, 17),
  });

  it('is everybody who wishes nothing in particular', () => expect(wouldCome(anybody, gap)).toBe(true));

  it('is nobody who wishes another doctor, specialty, place, part of day or day, or needs longer', () => {
    const not: Partial<Waiter>[] = [
      { doctorId: 'd2' },
      { specialtyId: 's2' },
      { locationId: 'l2' },
      { partOfDay: 'afternoon' },
      { earliestDay: '2026-11-25' },
      { latestDay: '2026-11-23' },
      { length: 1001 },
      { status: 'booked' },
      { later: { start: 1000, movable: true } },
      { later: { start: 5000, movable: false } },
    ];
    for (const wish of not) expect([wish, wouldCome({ ...anybody, ...wish }, gap)]).toEqual([wish, false]);
  });

  it('is told by the doctor alone where one is wished for, whatever the specialty', () =>
    expect(wouldCome({ ...anybody, doctorId: 'd1', specialtyId: 's2' }, gap)).toBe(true));

  it('grows by nobody when a wish is narrowed, and loses nobody when the gap grows', () => {
    fc.assert(
      fc.property(aWaiter, aGap, aWaiter, (waiter, freed, other) => {
        const wider = { ...freed, end: freed.end + 500 };
        if (wouldCome(waiter, freed)) expect(wouldCome(waiter, wider)).toBe(true);
        const fields = ['locationId', 'earliestDay', 'latestDay', 'length'] as const;
        for (const field of fields) {
          const narrowed = { ...waiter, [field]: waiter[field] ?? other[field] };
          if (wouldCome(narrowed, freed)) expect(wouldCome(waiter, freed)).toBe(true);
        }
      }),
    );
  });

  it('never brings anybody a time that is not earlier', () => {
    fc.assert(
      fc.property(aWaiter, aGap, (waiter, freed) => {
        if (waiter.later && wouldCome(waiter, freed)) expect(waiter.later.start).toBeGreaterThan(freed.start);
      }),
    );
  });

  it('is asked in turn: the urgent first, then whoever has waited longest', () => {
    fc.assert(
      fc.property(fc.array(aWaiter), (waiters) => {
        const turns = waiters.toSorted(inTurn);
        turns.forEach((waiter, index) => {
          const before = turns[index - 1];
          if (!before) return;
          expect(before.urgent || !waiter.urgent).toBe(true);
          if (before.urgent === waiter.urgent) expect(before.createdAt).toBeLessThanOrEqual(waiter.createdAt);
        });
      }),
    );
  });
});

describe('the waiting list', () => {
  let desk: ClinicDesk;
  beforeEach(() => {
    desk = clinicDesk();
  });
  afterEach(() => desk.dispose());

  const gapAt = (time: string, minutes = 15): Gap => ({
    doctorId: ids.adamou,
    locationId: ids.athens,
    start: `${TODAY}T${time}:00.000Z`,
    end: new Date(Date.parse(`${TODAY}T${time}:00.000Z`) + minutes * 60_000).toISOString(),
  });
  const fits = (gap: Gap) => must(fitsForGap(desk, receptionist, gap)).map(({ patient }) => patient.lastName);
  const add = (patientId: string, wish: CallInput<'addToWaitingList'>['wish'] = {}, appointmentId?: string) =>
    must(
      addToWaitingList(desk, receptionist, {
        patientId,
        wish,
        ...(appointmentId === undefined ? {} : { appointmentId }),
      }),
    );
  const later = (patientId: string, time = '10:30', more = {}) =>
    desk.putAppointment({
      doctorId: ids.adamou,
      patientId,
      slotId: slotAt(ids.adamou, time),
      start: `${TODAY}T${time}:00.000Z`,
      ...more,
    });

  it('takes doctor, place and visit type from the appointment, and a patient only once for it', () => {
    const appointmentId = later(ids.maria, '10:30', { visitTypeId: ids.checkUp, minutes: 30 });
    expect(add(ids.maria, { urgent: true }, appointmentId)).toMatchObject({
      doctorId: ids.adamou,
      locationId: ids.athens,
      visitTypeId: ids.checkUp,
      minutes: 30,
      urgent: true,
      appointment: { id: appointmentId, start: `${TODAY}T10:30:00.000Z` },
    });
    expect(
      addToWaitingList(desk, receptionist, { patientId: ids.maria, appointmentId, wish: {} }),
    ).toMatchObject({ error: { code: 'already_waiting' } });
  });

  it('offers a gap in turn, with the phone, and only to whom it suits', () => {
    add(ids.maria, { doctorId: ids.baker });
    desk.setNow(`${TODAY}T07:01:00.000Z`);
    add(ids.john);
    desk.setNow(`${TODAY}T07:02:00.000Z`);
    add(ids.nikos, { urgent: true, specialtyId: ids.cardiology });
    expect(fits(gapAt('08:00'))).toEqual(['Κωνσταντίνου', 'Smith']);
    expect(must(fitsForGap(desk, receptionist, gapAt('08:00')))[1]).toMatchObject({
      patient: { phone: '020 7946 0958' },
      slotId: slotAt(ids.adamou, '08:00'),
    });
    expect(fits({ ...gapAt('08:00'), doctorId: ids.baker })).toEqual(['Παπαδοπούλου', 'Smith']);
  });

  it('offers no gap that somebody has taken meanwhile, or that is over', () => {
    add(ids.john);
    expect(fits(gapAt('08:00'))).toEqual(['Smith']);
    must(book(desk, receptionist, { slotId: slotAt(ids.adamou, '08:00'), patientId: ids.maria }));
    expect(fits(gapAt('08:00'))).toEqual([]);
    desk.setNow(`${TODAY}T09:00:00.000Z`);
    expect(fits(gapAt('08:15'))).toEqual([]);
  });

  it('moves the later appointment into the gap and ends the wait, in one change', () => {
    const gone = later(ids.john, '08:00');
    const appointmentId = later(ids.maria, '10:30');
    const entry = add(ids.maria, {}, appointmentId);
    must(cancel(desk, receptionist, { appointmentId: gone, reason: '' }));
    const { appointment, left } = must(
      bookFromWaitingList(desk, receptionist, { entryId: entry.id, slotId: slotAt(ids.adamou, '08:00') }),
    );
    expect(appointment).toMatchObject({ id: appointmentId, start: `${TODAY}T08:00:00.000Z` });
    expect(left).toMatchObject({ start: `${TODAY}T10:30:00.000Z` });
    expect(desk.waiting().at(-1)).toMatchObject({
      kind: 'bookFromWaitingList',
      rows: [{ table: 'appointments' }, { table: 'waiting_list_entries', set: { status: 'booked' } }],
    });
    expect(must(waitingList(desk, receptionist, {}))).toEqual([]);
  });

  it('books a new appointment for whoever has none, and never twice', () => {
    const entry = add(ids.john, { visitTypeId: ids.checkUp });
    const take = () =>
      bookFromWaitingList(desk, receptionist, { entryId: entry.id, slotId: slotAt(ids.adamou, '08:00') });
    const { appointment, left } = must(take());
    expect(left).toBeNull();
    expect(readAppointment(desk, appointment.id)).toMatchObject({
      end: `${TODAY}T08:30:00.000Z`,
      fee: { minor: 5000, currency: 'EUR' },
    });
    expect(take()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('offers times again to whoever was booked from it by mistake', () => {
    const entry = add(ids.john);
    const { appointment } = must(
      bookFromWaitingList(desk, receptionist, { entryId: entry.id, slotId: slotAt(ids.adamou, '08:00') }),
    );
    must(cancel(desk, receptionist, { appointmentId: appointment.id, reason: '' }));
    must(updateWaitingListEntry(desk, receptionist, { entryId: entry.id, set: { status: 'waiting' } }));
    expect(fits(gapAt('08:00'))).toEqual(['Smith']);
  });

  it('keeps whoever’s appointment is over or cancelled, and offers them nothing', () => {
    const appointmentId = later(ids.maria);
    add(ids.maria, {}, appointmentId);
    expect(fits(gapAt('08:00'))).toEqual(['Παπαδοπούλου']);
    must(cancel(desk, receptionist, { appointmentId, reason: '' }));
    expect(fits(gapAt('08:00'))).toEqual([]);
    expect(must(waitingList(desk, receptionist, { patientId: ids.maria }))).toHaveLength(1);
  });

  it('is changed, left, and joined again', () => {
    const { id } = add(ids.john);
    const set = (change: CallInput<'updateWaitingListEntry'>['set']) =>
      must(updateWaitingListEntry(desk, receptionist, { entryId: id, set: change }));
    expect(set({ partOfDay: 'afternoon', notes: 'Works mornings' })).toMatchObject({
      partOfDay: 'afternoon',
    });
    expect(fits(gapAt('08:00'))).toEqual([]);
    set({ status: 'removed' });
    expect(must(waitingList(desk, receptionist, {}))).toEqual([]);
    expect(set({ status: 'waiting', partOfDay: 'any' })).toMatchObject({ status: 'waiting' });
    expect(fits(gapAt('08:00'))).toEqual(['Smith']);
  });
});
