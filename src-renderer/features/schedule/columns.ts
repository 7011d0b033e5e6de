import { Temporal } from 'temporal-polyfill';
import type { Appointment, DaySchedule, DoctorDay, Hold } from '../../../src-main/contract/appointment.ts';
import type { OutsideSource } from '../../../src-main/contract/integrations.ts';
import { isLive } from '../../../src-main/contract/status.ts';
import type { Stretch } from '../../../src-main/contract/values.ts';
import type { SlotChoice } from '../../app/screen.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;
/** No column is narrower: a name of fourteen letters is read in it. */
export const COLUMN_MIN_PX = 176;

/** A bookable slot and whose it is. */
export interface BoardSlot {
  id: string;
  doctorId: string;
  start: string;
  end: string;
  /** False where it is blocked. */
  available: boolean;
}

/** What takes up time: a live appointment, or a time that a desk holds. */
export interface Taker {
  id: string;
  doctorId: string;
  roomId: string | null;
  start: string;
  end: string;
  /** Null for a time that is held. */
  appointment: Appointment | null;
  heldBy: string | null;
  /** It is kept for a desk that cannot be asked for it. */
  kept?: boolean;
}

/** A time that a desk holds for a form, or one that is kept for it. */
export type BoardHold = Hold & { kept?: boolean };

/** One column of the board: a doctor's day or a room's. In the week each day of one of them is a column. */
export interface Column {
  /** Whose it is, and the day. */
  key: string;
  /** A room without an id stands for what has no room. */
  of: { kind: 'doctor'; id: string } | { kind: 'room'; id: string | null };
  date: string;
  open: readonly Stretch[];
  blocked: readonly (Stretch & { reason: string | null; source: OutsideSource | null })[];
  /** What can be booked here: of a room, at each time one doctor who could. */
  slots: readonly BoardSlot[];
  /** In a room's column the slots of every doctor, since a doctor's appointment moves from room to room. */
  everySlot: readonly BoardSlot[];
  appointments: readonly Appointment[];
  holds: readonly BoardHold[];
  /** Everything that could be in the way here; in a room's column that is in other rooms too. */
  takers: readonly Taker[];
  /** Who usually works in the room. */
  doctorIds: readonly string[];
  /** The instant of the board's upper edge in this column, epoch milliseconds. */
  startMs: number;
  /** What it was made from: the same things make the same column. */
  madeOf: readonly unknown[];
}

/** The stretch of the day that the board shows, in minutes of the location's wall clock. */
export interface Range {
  from: number;
  to: number;
}

const usual: Range = { from: 8 * HOUR, to: 18 * HOUR };

/** Wall-clock minutes of an instant, counted from the midnight that begins `date`. */
const wallMinutes = (instantMs: number, date: string, zone: string): number => {
  const wall = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
  const days = Temporal.PlainDate.from(date).until(wall.toPlainDate()).days;
  return days * 24 * HOUR + wall.hour * HOUR + wall.minute;
};

/** Whole hours that hold every opening and every appointment of the days; 08:00 to 18:00 when there is none. */
export const rangeOf = (days: readonly DaySchedule[]): Range => {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { date, timezone, doctors, appointments } of days) {
    const stretches = [...doctors.flatMap(({ open }) => open), ...appointments];
    if (stretches.length === 0) continue;
    const first = Math.min(...stretches.map(({ start }) => Date.parse(start)));
    const last = Math.max(...stretches.map(({ end }) => Date.parse(end)));
    from = Math.min(from, wallMinutes(first, date, timezone));
    to = Math.max(to, wallMinutes(last, date, timezone));
  }
  if (from > to) return usual;
  const wholeFrom = Math.max(0, Math.floor(from / HOUR) * HOUR);
  return {
    from: wholeFrom,
    to: Math.min(24 * HOUR, Math.max(wholeFrom + HOUR, Math.ceil(to / HOUR) * HOUR)),
  };
};

/** The instant of a wall-clock minute of a day; a minute that the spring change skips is the one after it. */
const instantOf = (date: string, minute: number, zone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone: zone,
    plainTime: new Temporal.PlainTime(Math.floor(minute / HOUR) % 24, minute % HOUR),
  }).epochMilliseconds + (minute >= 24 * HOUR ? 24 * HOUR * MINUTE_MS : 0);

/** Live appointments and holds by start, as far as they can be in the way. */
export const takersOf = (appointments: readonly Appointment[], holds: readonly BoardHold[]): Taker[] => {
  const takers = appointments.flatMap((appointment): Taker[] => {
    const { id, doctorId, roomId, start, end, status } = appointment;
    return isLive(status) ? [{ id, doctorId, roomId, start, end, appointment, heldBy: null }] : [];
  });
  if (holds.length === 0) return takers;
  const held = holds.map(({ until: _, ...hold }): Taker => ({ ...hold, appointment: null }));
  return [...takers, ...held].sort((a, b) => (a.start < b.start ? -1 : 1));
};

/** A doctor's slots, with whose they are. */
export const boardSlots = ({ doctorId, slots }: DoctorDay): BoardSlot[] =>
  slots.map((slot) => ({ ...slot, doctorId }));

/** The upper edge of a day's columns. */
export const upperEdge = ({ date, timezone }: DaySchedule, range: Range): number =>
  instantOf(date, range.from, timezone);

/** Lists by doctor. */
export const byDoctor = <T extends { doctorId: string }>(all: readonly T[]): Map<string, T[]> => {
  const lists = new Map<string, T[]>();
  for (const one of all) {
    const list = lists.get(one.doctorId);
    if (list) list.push(one);
    else lists.set(one.doctorId, [one]);
  }
  return lists;
};

/** The columns of one day, in the board's order of doctors. */
export const columnsOf = (schedule: DaySchedule, range: Range): Column[] => {
  const startMs = upperEdge(schedule, range);
  const appointments = byDoctor(schedule.appointments);
  const holds = byDoctor(schedule.holds);
  return schedule.doctors.map((day) =>
    doctorColumn(
      day,
      schedule.date,
      startMs,
      appointments.get(day.doctorId) ?? [],
      holds.get(day.doctorId) ?? [],
    ),
  );
};

const doctorColumn = (
  day: DoctorDay,
  date: string,
  startMs: number,
  appointments: Appointment[],
  holds: BoardHold[],
): Column => {
  const slots = boardSlots(day);
  return {
    key: `${day.doctorId}_${date}`,
    of: { kind: 'doctor', id: day.doctorId },
    date,
    open: day.open,
    blocked: day.blocked,
    slots,
    everySlot: slots,
    appointments,
    holds,
    takers: takersOf(appointments, holds),
    doctorIds: [day.doctorId],
    startMs,
    madeOf: [day, ...appointments, ...holds],
  };
};

/** The days of one doctor's week; days off at its two ends are left out, others are closed columns. */
export const weekColumns = (
  schedules: readonly DaySchedule[],
  range: Range,
  doctorId: string | null,
): Column[] => {
  if (doctorId === null) return [];
  const all = schedules.map((schedule): Column => {
    const [column] = columnsOf(schedule, range).filter(({ of }) => of.id === doctorId);
    const dayOff = { doctorId, open: [], blocked: [], slots: [], rooms: [] };
    return column ?? doctorColumn(dayOff, schedule.date, upperEdge(schedule, range), [], []);
  });
  return withoutEnds(all, ({ open, appointments }) => open.length > 0 || appointments.length > 0);
};

/** A list without the items at its two ends that are not worth showing. */
export const withoutEnds = <T>(all: readonly T[], worth: (item: T) => boolean): T[] =>
  all.slice(Math.max(0, all.findIndex(worth)), all.findLastIndex(worth) + 1);

/** Minutes from the column's upper edge to an instant. */
export const minutesIn = (column: Pick<Column, 'startMs'>, instant: string): number =>
  (Date.parse(instant) - column.startMs) / MINUTE_MS;

/** A slot as the dialogs want it; from a room's column it comes with the room. */
export const slotChoice = (column: Column, slot: BoardSlot, end = slot.end): SlotChoice => ({
  slotId: slot.id,
  doctorId: slot.doctorId,
  locationId: null,
  start: slot.start,
  end,
  ...(column.of.kind === 'room' ? { roomId: column.of.id } : {}),
});

/** What is being moved, as far as it decides where it can go. */
export type Moving = Pick<Appointment, 'id' | 'doctorId'>;

const overlaps = (a: Stretch, b: Stretch): boolean => a.start < b.end && a.end > b.start;

/** Whether a taker would stand in the way of a doctor in a column: it is the doctor's own, or in the same room. */
const concerns = ({ of }: Column, taker: Taker, doctorId: string): boolean =>
  taker.doctorId === doctorId || (of.kind === 'room' && of.id !== null && taker.roomId === of.id);

/** What a doctor's stretch in a column runs into first, leaving one appointment out of account. */
export const inTheWay = (
  column: Column,
  doctorId: string,
  stretch: Stretch,
  exceptId: string | null,
): Taker | undefined =>
  column.takers.find(
    (taker) => taker.id !== exceptId && overlaps(taker, stretch) && concerns(column, taker, doctorId),
  );

/** The slots of a column: what can be booked, or where an appointment that is being moved could begin. */
export const slotsFor = (column: Column, moving: Moving | null): readonly BoardSlot[] =>
  column.of.kind === 'room' && moving
    ? column.everySlot.filter(({ doctorId }) => doctorId === moving.doctorId)
    : column.slots;

/** Available slots that nothing overlaps, what is being moved left out of account. */
export const freeSlots = (column: Column, moving: Moving | null): BoardSlot[] =>
  slotsFor(column, moving).filter(
    (slot) => slot.available && !inTheWay(column, slot.doctorId, slot, moving?.id ?? null),
  );

/** `next` with every column that is as it was replaced by the one that was there, so that it is not drawn again. */
export const keepColumns = (before: readonly Column[], next: Column[]): Column[] =>
  next.map((column) => {
    const old = before.find(({ key }) => key === column.key);
    const same =
      old &&
      old.startMs === column.startMs &&
      old.madeOf.length === column.madeOf.length &&
      old.madeOf.every((part, index) => part === column.madeOf[index]);
    return same ? old : column;
  });
