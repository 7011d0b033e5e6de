import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TakingsTally, VisitTally } from '../../src-main/contract/report.ts';
import { weekOf } from '../../src-main/core/reports/days.ts';
import { takingsTallies } from '../../src-main/core/reports/takings-tallies.ts';
import { visitTallies } from '../../src-main/core/reports/visit-tallies.ts';
import { payments } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const visits = async (from: string, to = from, locationId?: string): Promise<VisitTally[]> =>
  must(await visitTallies(desk, receptionist, { from, to, ...(locationId ? { locationId } : {}) }));
const takings = async (from: string, to = from, locationId?: string): Promise<TakingsTally[]> =>
  must(await takingsTallies(desk, receptionist, { from, to, ...(locationId ? { locationId } : {}) }));

const at = (time: string): string => `${TODAY}T${time}:00.000Z`;
const put = (start: string, status: string, more: object = {}) =>
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start, status, ...more });

let paid = 0;
const pay = (row: object) => {
  paid += 1;
  desk.put(payments, {
    id: `0192f000-0040-7000-8000-${String(paid).padStart(12, '0')}`,
    amountCents: 5000,
    currency: 'EUR',
    method: 'cash',
    status: 'paid',
    kind: 'payment',
    locationId: ids.athens,
    businessDay: TODAY,
    ...row,
  });
};

describe('utilisation', () => {
  it('is booked time of the time that could be booked, blocks left out', async () => {
    put(at('07:00'), 'scheduled', { minutes: 30 });
    put(at('08:00'), 'completed', { minutes: 45 });
    const [week] = await visits(TODAY, TODAY, ids.athens);
    // Four hours less half an hour's meeting.
    expect(week).toMatchObject({ doctorId: ids.adamou, bookableMinutes: 210, bookedMinutes: 75 });
  });

  it('counts no time that a cancellation, a no-show or a hold gave up', async () => {
    for (const status of ['cancelled', 'no_show', 'left', 'held']) put(at('07:00'), status);
    expect((await visits(TODAY, TODAY, ids.athens))[0]).toMatchObject({
      bookedMinutes: 0,
      cancelled: 1,
      noShows: 1,
      came: 1,
    });
  });

  it('counts no slot that was taken out of the schedule', async () => {
    desk.replica.statement('update doctor_time_slots set deleted_at = 1 where doctor_id = ?').run(ids.adamou);
    expect((await visits(TODAY, TODAY, ids.athens)).map(({ doctorId }) => doctorId)).toEqual([ids.baker]);
  });
});

describe('no-shows and waits', () => {
  it('count who came and how long each waited, from arrival to the room', async () => {
    put(at('07:00'), 'completed', {
      arrivedAt: at('06:50'),
      inRoomAt: at('07:05'),
      completedAt: at('07:20'),
    });
    put(at('07:15'), 'in_room', { arrivedAt: at('07:05'), inRoomAt: at('07:20') });
    put(at('07:30'), 'in_room', { arrivedAt: at('07:31'), inRoomAt: at('07:30') });
    put(at('07:45'), 'arrived', { arrivedAt: at('07:40') });
    put(at('08:00'), 'no_show');
    put(at('08:15'), 'scheduled');
    const [tally] = await visits(TODAY, TODAY, ids.athens);
    expect(tally).toMatchObject({ came: 4, noShows: 1 });
    expect(tally?.waits).toEqual([
      { minutes: 0, count: 1 },
      { minutes: 15, count: 2 },
    ]);
  });
});

describe('a day of a report', () => {
  it('is the day of the location, also when the clocks change', async () => {
    // In Athens 29 March 2026 has 23 hours, from 22:00 UTC to 21:00 UTC, and 25 October has 25.
    for (const [start, day] of [
      ['2026-03-28T22:00:00.000Z', '2026-03-29'],
      ['2026-03-29T20:59:00.000Z', '2026-03-29'],
      ['2026-03-29T21:00:00.000Z', '2026-03-30'],
      ['2026-10-24T21:00:00.000Z', '2026-10-25'],
      ['2026-10-25T21:59:00.000Z', '2026-10-25'],
      ['2026-10-25T22:00:00.000Z', '2026-10-26'],
    ] as const) {
      const id = put(start, 'completed');
      for (const one of ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'])
        expect([start, one, (await visits(one)).some(({ came }) => came === 1)]).toEqual([
          start,
          one,
          one === day,
        ]);
      desk.replica.statement('delete from appointments where id = ?').run(id);
    }
  });

  it('of two locations is told by each clock', async () => {
    // 23:00 UTC on the 23rd: still that day in London, the next in Athens.
    put('2026-11-23T23:00:00.000Z', 'completed');
    put('2026-11-23T23:00:00.000Z', 'completed', { doctorId: ids.georgiou, locationId: null });
    const came = async (day: string) =>
      (await visits(day)).filter((tally) => tally.came > 0).map(({ locationId }) => locationId);
    expect(await came('2026-11-23')).toEqual([ids.london]);
    expect(await came('2026-11-24')).toEqual([ids.athens]);
  });

  it('belongs to a week that begins on the weekday of the clinic', () => {
    expect(weekOf('2026-11-24', 1)).toBe('2026-11-23');
    expect(weekOf('2026-11-24', 7)).toBe('2026-11-22');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 7 }),
        (date, first) => {
          const day = date.toISOString().slice(0, 10);
          const week = weekOf(day, first);
          const days = (Date.parse(day) - Date.parse(week)) / 86_400_000;
          expect(days).toBeGreaterThanOrEqual(0);
          expect(days).toBeLessThan(7);
          expect(new Date(week).getUTCDay()).toBe(first % 7);
          expect(weekOf(week, first)).toBe(week);
        },
      ),
    );
  });

  it('is counted once, however a range is cut into pieces', async () => {
    const starts = fc.array(fc.integer({ min: 0, max: 14 * 24 * 4 - 1 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(starts, fc.integer({ min: 0, max: 13 }), async (quarters, cut) => {
        desk.replica.statement('delete from appointments').run();
        for (const quarter of quarters)
          put(
            new Date(Date.parse('2026-10-19T00:00:00.000Z') + quarter * 900_000).toISOString(),
            'completed',
          );
        const day = (n: number) =>
          new Date(Date.parse('2026-10-18') + n * 86_400_000).toISOString().slice(0, 10);
        const sum = (tallies: VisitTally[]) => tallies.reduce((all, { came }) => all + came, 0);
        const pieces = [...(await visits(day(0), day(cut))), ...(await visits(day(cut + 1), day(15)))];
        expect(sum(pieces)).toBe(quarters.length);
        expect(sum(await visits(day(0), day(15)))).toBe(quarters.length);
      }),
      { numRuns: 20 },
    );
  });
});

describe('takings', () => {
  it('are told by method, with what was given back beside what was paid', async () => {
    const appointmentId = put(at('07:00'), 'completed');
    pay({ appointmentId });
    pay({ appointmentId, method: 'card', amountCents: 2000 });
    pay({ appointmentId, method: 'card', amountCents: 500, kind: 'refund' });
    pay({ appointmentId, method: 'card', amountCents: 100, kind: 'void' });
    pay({ appointmentId, method: 'card', amountCents: 900, status: 'failed' });
    pay({ appointmentId, method: 'card', amountCents: 900, status: 'pending' });
    const common = { week: '2026-11-23', locationId: ids.athens, doctorId: ids.adamou, currency: 'EUR' };
    expect(await takings(TODAY)).toEqual([
      { ...common, method: 'card', paidMinor: 2000, returnedMinor: 600 },
      { ...common, method: 'cash', paidMinor: 5000, returnedMinor: 0 },
    ]);
    expect(await takings(TODAY, TODAY, ids.london)).toEqual([]);
    expect(await takings('2026-11-25')).toEqual([]);
  });

  it('from before there were business days count on the day they were paid, by the clock of the visit', async () => {
    const appointmentId = put(at('07:00'), 'completed');
    const old = { appointmentId, locationId: null, businessDay: null };
    pay({ ...old, paidAt: '2026-11-24T21:59:00.000Z' });
    pay({ ...old, paidAt: '2026-11-24T22:00:00.000Z' });
    pay({ ...old, paidAt: '2026-11-24T10:00:00.000Z', status: 'refunded', kind: 'refund' });
    expect(await takings(TODAY)).toMatchObject([
      { locationId: ids.athens, paidMinor: 5000, returnedMinor: 5000 },
    ]);
    expect(await takings('2026-11-25')).toMatchObject([{ paidMinor: 5000, returnedMinor: 0 }]);
  });

  it('are for those who may read payments', async () => {
    const rights = new Set([...receptionist.rights].filter((right) => right !== 'payments.read'));
    const input = { from: TODAY, to: TODAY };
    expect(await takingsTallies(desk, { ...receptionist, rights }, input)).toMatchObject({
      error: { code: 'not_allowed', details: { right: 'payments.read' } },
    });
  });
});
