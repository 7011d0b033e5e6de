import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type MadeSlot,
  makeSlots,
  type ScheduleException,
  type ScheduleRules,
  type WeeklyStretch,
} from '../../src-main/core/appointments/make-slots.ts';

const ATHENS = 'athens';
const LONDON = 'london';
const zones = new Map([
  [ATHENS, 'Europe/Athens'],
  [LONDON, 'Europe/London'],
]);
const springDay = '2026-03-29';
const autumnDay = '2026-10-25';

const stretch = (set: Partial<WeeklyStretch> = {}): WeeklyStretch => ({
  doctorId: 'a',
  locationId: ATHENS,
  weekday: 7,
  startsLocal: '09:00',
  endsLocal: '13:00',
  slotMinutes: 15,
  validFrom: '2026-01-01',
  validUntil: null,
  ...set,
});
const rules = (templates: WeeklyStretch[], exceptions: ScheduleException[] = []): ScheduleRules => ({
  templates,
  exceptions,
  zones,
});
const exception = (set: Partial<ScheduleException> & Pick<ScheduleException, 'kind'>): ScheduleException => ({
  doctorId: null,
  locationId: null,
  startsAt: '2026-11-22T08:00:00.000Z',
  endsAt: '2026-11-22T09:00:00.000Z',
  ...set,
});

const clocks = new Map(
  [...zones.values()].map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
);
/** `YYYY-MM-DDTHH:MM` in a zone, by Intl, which the code under test does not use. */
const localMinute = (ms: number, zone: string): string =>
  clocks.get(zone)?.format(ms).replace(' ', 'T') ?? '';

const reached = new Map<string, number>();
/** The first instant at which the wall clock has reached a time of that day, found by walking. */
const firstReached = (day: string, time: string, zone: string): number => {
  const target = time === '24:00' ? `${day}T99` : `${day}T${time}`;
  const name = `${target} ${zone}`;
  let ms = reached.get(name) ?? Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000;
  while (localMinute(ms, zone) < target) ms += 15 * 60_000;
  reached.set(name, ms);
  return ms;
};

const local = (slots: MadeSlot[], zone = 'Europe/Athens') =>
  slots.map((slot) => localMinute(Date.parse(slot.start), zone).slice(11));

describe('when the clocks change', () => {
  test.each([springDay, autumnDay, '2026-11-22'])('a session at 09:00 begins at 09:00 on %s', (day) => {
    const slots = makeSlots(rules([stretch()]), day, day);
    expect(slots).toHaveLength(16);
    expect(local(slots)[0]).toBe('09:00');
    expect(local(slots).at(-1)).toBe('12:45');
  });

  test('a night in spring has one hour less to book, and no slot at a time that does not exist', () => {
    const slots = makeSlots(
      rules([stretch({ startsLocal: '01:00', endsLocal: '05:00' })]),
      springDay,
      springDay,
    );
    expect(slots).toHaveLength(12);
    expect(local(slots)).not.toContainEqual(expect.stringMatching(/^03/));
    expect(local(slots).at(-1)).toBe('04:45');
  });

  test('a session that begins in the skipped hour begins when the hour is over', () => {
    const slots = makeSlots(
      rules([stretch({ startsLocal: '03:30', endsLocal: '05:00' })]),
      springDay,
      springDay,
    );
    expect(local(slots)).toEqual(['04:00', '04:15', '04:30', '04:45']);
  });

  test('a night in autumn has the doubled hour twice', () => {
    const slots = makeSlots(
      rules([stretch({ startsLocal: '01:00', endsLocal: '05:00' })]),
      autumnDay,
      autumnDay,
    );
    expect(slots).toHaveLength(20);
    expect(local(slots).filter((time) => time.startsWith('03'))).toHaveLength(8);
  });

  test('two sessions that adjoin inside the doubled hour still adjoin, with nothing between or twice', () => {
    const night = [
      stretch({ startsLocal: '01:00', endsLocal: '03:30' }),
      stretch({ startsLocal: '03:30', endsLocal: '05:00' }),
    ];
    const slots = makeSlots(rules(night), autumnDay, autumnDay);
    expect(slots).toHaveLength(20);
    for (const [place, slot] of slots.entries()) expect(slot.start).toBe(slots[place - 1]?.end ?? slot.start);
  });
});

describe('what departs from the week', () => {
  const sunday = '2026-11-22';
  const day = (exceptions: ScheduleException[], templates = [stretch()]) =>
    makeSlots(rules(templates, exceptions), sunday, sunday);

  test('a holiday and a leave leave no slot that they touch', () => {
    for (const kind of ['holiday', 'leave'] as const) {
      expect(local(day([exception({ kind })]))).not.toContainEqual(expect.stringMatching(/^10/));
      expect(day([exception({ kind })])).toHaveLength(12);
    }
  });

  test('a block keeps its slots and closes them, the half-covered one too', () => {
    const endsAt = '2026-11-22T08:20:00.000Z';
    const slots = day([exception({ kind: 'block', endsAt })]);
    expect(slots).toHaveLength(16);
    expect(local(slots.filter((slot) => !slot.available))).toEqual(['10:00', '10:15']);
  });

  test("one doctor's leave, or one location's holiday, leaves the others alone", () => {
    const templates = [stretch(), stretch({ doctorId: 'b', locationId: LONDON })];
    const away = day([exception({ kind: 'leave', doctorId: 'b' })], templates);
    expect(away.filter((slot) => slot.doctorId === 'a')).toHaveLength(16);
    const shut = day([exception({ kind: 'holiday', locationId: ATHENS })], templates);
    expect(shut.filter((slot) => slot.doctorId === 'b')).toHaveLength(16);
  });

  test('an opening adds slots outside the week and on a holiday, as long as the usual ones', () => {
    const opening = exception({ kind: 'opening', doctorId: 'a', locationId: ATHENS });
    const wholeDay = { startsAt: '2026-11-21T22:00:00.000Z', endsAt: '2026-11-22T22:00:00.000Z' };
    expect(local(day([exception({ kind: 'holiday', ...wholeDay }), opening]))).toEqual([
      '10:00',
      '10:15',
      '10:30',
      '10:45',
    ]);
    expect(day([opening])).toEqual(day([]));
    expect(day([opening], [stretch({ weekday: 1, slotMinutes: 30 })])).toHaveLength(2);
  });

  test('a template holds from its first to its last day and on no other', () => {
    const templates = [stretch({ validFrom: '2026-11-15', validUntil: '2026-11-22' })];
    const days = makeSlots(rules(templates), '2026-11-01', '2026-12-31').map((slot) =>
      slot.start.slice(0, 10),
    );
    expect([...new Set(days)]).toEqual(['2026-11-15', '2026-11-22']);
  });

  test('a break is a gap', () => {
    const slots = day([], [stretch(), stretch({ startsLocal: '14:00', endsLocal: '17:00' })]);
    expect(slots).toHaveLength(28);
    expect(local(slots)).not.toContainEqual(expect.stringMatching(/^13/));
  });
});

const clockTime = fc.integer({ min: 0, max: 95 }).map(quarter);
function quarter(n: number): string {
  return `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`;
}
const anyStretch = fc
  .tuple(clockTime, fc.integer({ min: 1, max: 96 }), fc.integer({ min: 1, max: 7 }))
  .map(([startsLocal, length, weekday]) => {
    const first = Number(startsLocal.slice(0, 2)) * 4 + Number(startsLocal.slice(3)) / 15;
    return { startsLocal, endsLocal: quarter(Math.min(96, first + length)), weekday };
  })
  .chain((times) =>
    fc.record({
      doctorId: fc.constantFrom('a', 'b'),
      locationId: fc.constantFrom(ATHENS, LONDON),
      slotMinutes: fc.constantFrom(5, 10, 15, 20, 45, 180),
      weekday: fc.constant(times.weekday),
      startsLocal: fc.constant(times.startsLocal),
      endsLocal: fc.constant(times.endsLocal),
      validFrom: fc.constant('2020-01-01'),
      validUntil: fc.constant(null),
    }),
  );
const week = fc.constantFrom('2026-03-27', '2026-10-22', '2026-11-20');
const anyException = fc
  .tuple(week, fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 60 }))
  .chain(([day, from, hours]) => {
    const startsAt = Date.parse(`${day}T00:00:00Z`) + from * 3_600_000;
    return fc.record({
      doctorId: fc.constantFrom('a', 'b', null),
      locationId: fc.constantFrom(ATHENS, LONDON, null),
      kind: fc.constantFrom('holiday' as const, 'leave' as const, 'block' as const, 'opening' as const),
      startsAt: fc.constant(new Date(startsAt).toISOString()),
      endsAt: fc.constant(new Date(startsAt + hours * 3_600_000).toISOString()),
    });
  });
const anyRules = fc.record({
  templates: fc.array(anyStretch, { minLength: 1, maxLength: 6 }),
  exceptions: fc.array(anyException, { maxLength: 5 }),
});
const lastDay = (from: string) => new Date(Date.parse(from) + 4 * 86_400_000).toISOString().slice(0, 10);

describe('whatever the rules', () => {
  test('no two slots of a doctor overlap', () => {
    fc.assert(
      fc.property(anyRules, week, ({ templates, exceptions }, from) => {
        const slots = makeSlots(rules(templates, exceptions), from, lastDay(from));
        for (const [place, slot] of slots.entries()) {
          const next = slots[place + 1];
          if (next?.doctorId === slot.doctorId) expect(next.start >= slot.end).toBe(true);
        }
      }),
    );
  });

  test('each slot lies whole in a template or an opening, and in no holiday or leave unless an opening made it', () => {
    fc.assert(
      fc.property(anyRules, week, ({ templates, exceptions }, from) => {
        const to = lastDay(from);
        for (const slot of makeSlots(rules(templates, exceptions), from, to)) {
          const holds = (one: { doctorId: string | null; locationId: string | null }) =>
            (one.doctorId ?? slot.doctorId) === slot.doctorId &&
            (one.locationId ?? slot.locationId) === slot.locationId;
          const opened = exceptions.some(
            (one) =>
              one.kind === 'opening' && holds(one) && one.startsAt <= slot.start && slot.end <= one.endsAt,
          );
          const zone = zones.get(slot.locationId) ?? '';
          const day = localMinute(Date.parse(slot.start), zone).slice(0, 10);
          const planned = templates.some(
            (one) =>
              holds(one) &&
              firstReached(day, one.startsLocal, zone) <= Date.parse(slot.start) &&
              Date.parse(slot.end) <= firstReached(day, one.endsLocal, zone),
          );
          const closed = exceptions.some(
            (one) =>
              (one.kind === 'holiday' || one.kind === 'leave') &&
              holds(one) &&
              one.startsAt < slot.end &&
              one.endsAt > slot.start,
          );
          expect(opened || (planned && !closed)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a stretch alone gives as many slots as fit the time that really passes, from its first minute', () => {
    fc.assert(
      fc.property(anyStretch, fc.constantFrom(springDay, autumnDay, '2026-11-22'), (one, day) => {
        const zone = zones.get(one.locationId) ?? '';
        const start = firstReached(day, one.startsLocal, zone);
        const minutes = (firstReached(day, one.endsLocal, zone) - start) / 60_000;
        const slots = makeSlots(rules([{ ...one, weekday: 7 }]), day, day);
        expect(slots).toHaveLength(Math.floor(minutes / one.slotMinutes));
        if (slots[0]) expect(Date.parse(slots[0].start)).toBe(start);
      }),
      { numRuns: 60 },
    );
  });

  test('days made one by one are the days made at once', () => {
    const atOnePlace = anyRules.map(({ templates, exceptions }) => {
      const openings = exceptions.filter((one) => one.kind === 'opening').slice(0, 1);
      return rules(
        templates.map((one) => ({ ...one, locationId: ATHENS })),
        [...exceptions.filter((one) => one.kind !== 'opening'), ...openings].map((one) => ({
          ...one,
          locationId: ATHENS,
        })),
      );
    });
    fc.assert(
      fc.property(atOnePlace, (all) => {
        const days = ['2026-10-24', '2026-10-25', '2026-10-26'];
        const apart = days.flatMap((day) => makeSlots(all, day, day)).map((slot) => JSON.stringify(slot));
        const together = makeSlots(all, '2026-10-24', '2026-10-26').map((slot) => JSON.stringify(slot));
        expect(apart.sort()).toEqual(together.sort());
      }),
    );
  });
});
