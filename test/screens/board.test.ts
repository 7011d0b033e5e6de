import { expect, test } from 'vitest';
import type { Appointment, DaySchedule } from '../../src-main/contract/appointment.ts';
import { enterAt, settle, step } from '../../src-renderer/features/schedule/cells.ts';
import {
  type Column,
  columnsOf,
  freeSlots,
  keepColumns,
  minutesIn,
  rangeOf,
} from '../../src-renderer/features/schedule/columns.ts';
import { MIN_CARD_PX, placeCards } from '../../src-renderer/features/schedule/lanes.ts';
import { judge } from '../../src-renderer/features/schedule/verdict.ts';

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
