import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Appointment, DaySchedule } from '../../src-main/contract/appointment.ts';
import { enterAt, settle, step } from '../../src-renderer/features/schedule/cells.ts';
import {
  type Column,
  columnsOf,
  freeSlots,
  keepColumns,
  minutesIn,
  rangeOf,
  weekColumns,
} from '../../src-renderer/features/schedule/columns.ts';
import { freeUntil } from '../../src-renderer/features/schedule/free-until.ts';
import { MIN_CARD_PX, placeCards } from '../../src-renderer/features/schedule/lanes.ts';
import { roomColumns } from '../../src-renderer/features/schedule/room-columns.ts';
import { judge, judgeEnd } from '../../src-renderer/features/schedule/verdict.ts';

const minutes = (count: number): number => count * 60_000;
const later = (start: string, count: number): string =>
  new Date(Date.parse(start) + minutes(count)).toISOString();

const appointment = (id: string, start: string, length: number, status = 'scheduled'): Appointment =>
  ({ id, doctorId: 'doctor', start, end: later(start, length), status }) as Appointment;

/** A doctor who works from `open` on for `hours`, in slots of a quarter of an hour. */
const daySchedule = (
  date: string,
  open: string,
  hours: number,
  appointments: Appointment[],
): DaySchedule => ({
  date,
  locationId: 'location',
  timezone: 'Europe/Athens',
  dayStart: open,
  dayEnd: later(open, 24 * 60),
  doctors: [
    {
      doctorId: 'doctor',
      open: [{ start: open, end: later(open, hours * 60) }],
      blocked: [],
      slots: Array.from({ length: hours * 4 }, (_, index) => ({
        id: `${date}-${index}`,
        start: later(open, index * 15),
        end: later(open, index * 15 + 15),
        available: true,
      })),
      rooms: [],
    },
  ],
  appointments,
  holds: [],
});

const columnOf = (schedule: DaySchedule): Column => {
  const [column] = columnsOf(schedule, rangeOf([schedule]));
  if (!column) throw new Error('one doctor, one column');
  return column;
};

const nine = '2026-11-24T07:00:00.000Z';
const usual = (appointments: Appointment[]): Column =>
  columnOf(daySchedule('2026-11-24', nine, 3, appointments));

test.each([
  ['before the clocks go forward', '2026-03-28', '2026-03-28T07:00:00.000Z'],
  ['on the day the clocks go forward', '2026-03-29', '2026-03-29T06:00:00.000Z'],
  ['on the day the clocks go back', '2026-10-25', '2026-10-25T07:00:00.000Z'],
])('09:00 stands at the same height of the week %s', (_, date, open) => {
  const schedule = daySchedule(date, open, 3, []);
  const [column] = columnsOf(schedule, { from: 8 * 60, to: 18 * 60 });
  expect(column && minutesIn(column, open)).toBe(60);
});

test('the board holds every opening and every appointment, in whole hours', () => {
  const schedule = daySchedule('2026-11-24', nine, 3, [appointment('late', '2026-11-24T10:40:00.000Z', 50)]);
  expect(rangeOf([schedule])).toEqual({ from: 9 * 60, to: 14 * 60 });
  expect(rangeOf([])).toEqual({ from: 8 * 60, to: 18 * 60 });
});

test('appointments that overlap share the width, and others have all of it', () => {
  const placed = placeCards(
    usual([
      appointment('a', nine, 30),
      appointment('b', later(nine, 15), 30),
      appointment('c', later(nine, 60), 30),
    ]),
    2.4,
  );
  expect(placed.map(({ left, width }) => [left, width])).toEqual([
    [0, 0.5],
    [0.5, 0.5],
    [0, 1],
  ]);
});

test('a five-minute visit can be read, and the next one does not cover it', () => {
  const placed = placeCards(usual([appointment('a', nine, 5), appointment('b', later(nine, 5), 5)]), 2.4);
  for (const { height } of placed) expect(height).toBeGreaterThanOrEqual(MIN_CARD_PX);
  expect(placed.map(({ left }) => left)).toEqual([0, 0.5]);
});

test('who did not come leaves half of the width to who takes the slot', () => {
  const column = usual([appointment('a', nine, 15, 'no_show')]);
  expect(placeCards(column, 2.4).map(({ width }) => width)).toEqual([0.5]);
  expect(freeSlots(column, null)[0]?.start).toBe(nine);
});

test('a slot is free when nothing live overlaps it, and its own appointment does not count while it is moved', () => {
  const column = usual([appointment('a', nine, 20)]);
  expect(freeSlots(column, null)[0]?.start).toBe(later(nine, 30));
  expect(freeSlots(column, { id: 'a', doctorId: 'doctor' })[0]?.start).toBe(nine);
});

test('a move is judged before it is made', () => {
  const moved = appointment('a', nine, 30);
  const column = usual([moved, appointment('b', later(nine, 60), 15)]);
  const at = (start: string) => ({ start, doctorId: 'doctor' });
  expect(judge(moved, column, at(nine)).kind).toBe('same');
  expect(judge(moved, column, at(later(nine, 15))).kind).toBe('free');
  expect(judge(moved, column, at(later(nine, 45)))).toMatchObject({ kind: 'taken', by: { id: 'b' } });
  expect(judge(moved, column, at(later(nine, 165))).kind).toBe('closed');
});

test('another length is judged by the time that it gains', () => {
  const grown = appointment('a', nine, 30);
  const column = usual([
    grown,
    appointment('b', later(nine, 45), 15),
    appointment('last', later(nine, 165), 15),
  ]);
  const last = column.appointments[2] ?? grown;
  expect(judgeEnd(grown, column, later(nine, 15)).kind).toBe('free');
  expect(judgeEnd(grown, column, later(nine, 45)).kind).toBe('free');
  expect(judgeEnd(grown, column, later(nine, 50))).toMatchObject({ kind: 'taken', by: { id: 'b' } });
  expect(judgeEnd(last, column, later(nine, 185)).kind).toBe('closed');
});

test('a time that a desk holds is not free, and says where it is held', () => {
  const hold = { id: 'h', doctorId: 'doctor', roomId: null, start: nine, end: later(nine, 15) };
  const schedule = daySchedule('2026-11-24', nine, 3, [appointment('a', later(nine, 60), 15)]);
  const column = columnOf({ ...schedule, holds: [{ ...hold, heldBy: 'Desk 2', until: later(nine, 5) }] });
  expect(freeSlots(column, null)[0]?.start).toBe(later(nine, 15));
  const moved = column.appointments[0] ?? appointment('a', nine, 15);
  expect(judge(moved, column, { start: nine, doctorId: 'doctor' })).toMatchObject({
    kind: 'taken',
    by: { heldBy: 'Desk 2', appointment: null },
  });
});

test('free time that is marked ends where the next appointment, a block or the day’s end begins', () => {
  const slots = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 8 });
  fc.assert(
    fc.property(slots, fc.integer({ min: 0, max: 11 }), (taken, from) => {
      fc.pre(!taken.includes(from));
      const column = usual(taken.map((n) => appointment(`a${n}`, later(nine, n * 15), 15)));
      const slot = column.slots[from];
      const next = Math.min(12, ...taken.filter((n) => n > from));
      return slot !== undefined && freeUntil(column, slot) === later(nine, next * 15);
    }),
  );
});

describe('by room', () => {
  const inRoom = (id: string, doctorId: string, roomId: string | null, start: string): Appointment =>
    ({ ...appointment(id, start, 15), doctorId, roomId }) as Appointment;
  const twoDoctors = (appointments: Appointment[]): DaySchedule => {
    const day = daySchedule('2026-11-24', nine, 3, appointments);
    const second = day.doctors.map((doctor) => ({
      ...doctor,
      doctorId: 'second',
      slots: doctor.slots.map((slot) => ({ ...slot, id: `second-${slot.id}` })),
      rooms: [{ roomId: 'two', start: nine, end: later(nine, 180) }],
    }));
    return { ...day, doctors: [...day.doctors, ...second] };
  };
  const cut = (appointments: Appointment[]) => {
    const schedule = twoDoctors(appointments);
    const [one, two, none] = roomColumns(schedule, rangeOf([schedule]), ['one', 'two']);
    if (!one || !two || !none) throw new Error('two rooms and none');
    return { one, two, none };
  };

  test('each appointment stands in its room, and what has none in a column of its own', () => {
    const { one, two, none } = cut([
      inRoom('a', 'doctor', 'one', nine),
      inRoom('b', 'second', 'two', nine),
      inRoom('c', 'second', null, later(nine, 30)),
    ]);
    const idsOf = (column: Column) => column.appointments.map(({ id }) => id);
    expect([one, two, none].map(idsOf)).toEqual([['a'], ['b'], ['c']]);
    expect(freeSlots(none, null)).toEqual([]);
  });

  test('a free time is booked with who usually is in the room, or else with somebody who is free', () => {
    const { one, two } = cut([inRoom('a', 'second', 'one', later(nine, 15))]);
    expect(freeSlots(two, null)[0]).toMatchObject({ start: nine, doctorId: 'second' });
    expect(freeSlots(two, null)[1]).toMatchObject({ start: later(nine, 15), doctorId: 'doctor' });
    expect(freeSlots(one, null)[1]).toMatchObject({ start: later(nine, 30), doctorId: 'doctor' });
  });

  test('an appointment keeps its doctor from room to room, and is in nobody’s way but its doctor’s and the room’s', () => {
    const moved = inRoom('a', 'doctor', 'one', nine);
    const { two, none } = cut([
      moved,
      inRoom('b', 'second', 'two', later(nine, 15)),
      inRoom('c', 'doctor', null, later(nine, 30)),
    ]);
    const at = (start: string) => ({ start, doctorId: 'doctor' });
    expect(judge(moved, two, at(nine)).kind).toBe('free');
    expect(judge(moved, two, at(later(nine, 15)))).toMatchObject({ by: { id: 'b' } });
    expect(judge(moved, two, at(later(nine, 30)))).toMatchObject({ by: { id: 'c' } });
    expect(judge(moved, none, at(later(nine, 15))).kind).toBe('free');
    expect(freeSlots(two, moved).every(({ doctorId }) => doctorId === 'doctor')).toBe(true);
  });

  test('a room is hatched while nobody works, and blocked while nobody who works may be booked', () => {
    const schedule = twoDoctors([]);
    const lunch = (which: number) => (doctor: DaySchedule['doctors'][number], index: number) => ({
      ...doctor,
      slots: doctor.slots.map((slot, n) => ({ ...slot, available: n !== 4 || index > which })),
      blocked: [{ start: later(nine, 60), end: later(nine, 75), reason: 'Lunch', source: null }],
    });
    const blockedOf = (which: number) => {
      const day = { ...schedule, doctors: schedule.doctors.map(lunch(which)) };
      return roomColumns(day, rangeOf([day]), ['one'])[0]?.blocked;
    };
    expect(blockedOf(0)).toEqual([]);
    expect(blockedOf(1)).toEqual([
      { start: later(nine, 60), end: later(nine, 75), reason: 'Lunch', source: null },
    ]);
  });
});

test('a doctor’s week has a closed column for a day off between working days, and none at its ends', () => {
  const off = { ...daySchedule('2026-11-24', nine, 3, []), doctors: [] };
  const on = daySchedule('2026-11-25', '2026-11-25T07:00:00.000Z', 3, []);
  const days = [off, on, { ...off, date: '2026-11-26' }, { ...on, date: '2026-11-27' }, off];
  const columns = weekColumns(days, rangeOf(days), 'doctor');
  expect(columns.map(({ date, open }) => [date, open.length])).toEqual([
    ['2026-11-25', 1],
    ['2026-11-26', 0],
    ['2026-11-27', 1],
  ]);
});

test('the cursor walks through cards and free slots in order of time', () => {
  const column = usual([appointment('a', later(nine, 15), 30)]);
  const start = enterAt([column], 0, 1, nine, null);
  expect(start).toMatchObject({ kind: 'slot', id: '2026-11-24-0' });
  const card = start && step([column], start, 'ArrowDown', null);
  expect(card).toMatchObject({ kind: 'card', id: 'a' });
  expect(card && step([column], card, 'ArrowDown', null)).toMatchObject({ id: '2026-11-24-3' });
  expect(start && step([column], start, 'ArrowUp', null)).toEqual(start);
  expect(start && step([column], start, 'q', null)).toBeNull();
});

test('the cursor on a slot that was booked stands on the booking', () => {
  const start = enterAt([usual([])], 0, 1, nine, null);
  const booked = usual([appointment('a', nine, 15)]);
  expect(start && settle([booked], start, null)).toMatchObject({ kind: 'card', id: 'a' });
});

test('a column that did not change is not drawn again', () => {
  const schedule = daySchedule('2026-11-24', nine, 3, [appointment('a', nine, 15)]);
  const range = rangeOf([schedule]);
  const before = columnsOf(schedule, range);
  expect(keepColumns(before, columnsOf(schedule, range))[0]).toBe(before[0]);
  const other = { ...schedule, appointments: [appointment('a', nine, 15)] };
  expect(keepColumns(before, columnsOf(other, range))[0]).not.toBe(before[0]);
});
