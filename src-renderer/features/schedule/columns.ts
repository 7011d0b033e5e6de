import { Temporal } from 'temporal-polyfill';
import type { Appointment, DaySchedule, DoctorDay } from '../../../src-main/contract/appointment.ts';
import { isLive } from '../../../src-main/contract/status.ts';
import type { SlotChoice } from '../../app/screen.ts';

const MINUTE_MS = 60_000;
const HOUR = 60;
/** No column is narrower: a name of fourteen letters is read in it. */
export const COLUMN_MIN_PX = 176;

/** One column of the board: a doctor's day. In the week each day of one doctor is a column. */
export interface Column {
  /** Doctor and day. */
  key: string;
  doctorId: string;
  date: string;
  day: DoctorDay;
  appointments: Appointment[];
  /** The instant of the board's upper edge in this column, epoch milliseconds. */
  startMs: number;
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

/** The columns of one day, in the board's order of doctors. */
export const columnsOf = (schedule: DaySchedule, range: Range): Column[] => {
  const startMs = instantOf(schedule.date, range.from, schedule.timezone);
  const byDoctor = new Map<string, Appointment[]>();
  for (const appointment of schedule.appointments) {
    const list = byDoctor.get(appointment.doctorId);
    if (list) list.push(appointment);
    else byDoctor.set(appointment.doctorId, [appointment]);
  }
  return schedule.doctors.map((day) => ({
    key: `${day.doctorId}_${schedule.date}`,
    doctorId: day.doctorId,
    date: schedule.date,
    day,
    appointments: byDoctor.get(day.doctorId) ?? [],
    startMs,
  }));
};

/** Minutes from the column's upper edge to an instant. */
export const minutesIn = (column: Pick<Column, 'startMs'>, instant: string): number =>
  (Date.parse(instant) - column.startMs) / MINUTE_MS;

type Slot = DoctorDay['slots'][number];

/** A slot as the dialogs want it. */
export const slotChoice = (column: Column, slot: Slot): SlotChoice => ({
  slotId: slot.id,
  doctorId: column.doctorId,
  locationId: null,
  start: slot.start,
  end: slot.end,
});

/** The live appointment of the column that overlaps a stretch, leaving one appointment out of account. */
export const inTheWay = (
  column: Column,
  start: string,
  end: string,
  exceptId: string | null,
): Appointment | undefined =>
  column.appointments.find(
    (other) => isLive(other.status) && other.id !== exceptId && other.start < end && other.end > start,
  );

/** Available slots that no live appointment overlaps, `exceptId` left out of account. */
export const freeSlots = (column: Column, exceptId: string | null): Slot[] => {
  const taken = column.appointments.filter(({ id, status }) => isLive(status) && id !== exceptId);
  return column.day.slots.filter(
    (slot) => slot.available && !taken.some(({ start, end }) => start < slot.end && end > slot.start),
  );
};

/** `next` with every column that is as it was replaced by the one that was there, so that it is not drawn again. */
export const keepColumns = (before: readonly Column[], next: Column[]): Column[] =>
  next.map((column) => {
    const old = before.find(({ key }) => key === column.key);
    const same =
      old &&
      old.day === column.day &&
      old.startMs === column.startMs &&
      old.appointments.length === column.appointments.length &&
      old.appointments.every((appointment, index) => appointment === column.appointments[index]);
    return same ? old : column;
  });
