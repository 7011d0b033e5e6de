import type { DaySchedule } from '../../../src-main/contract/appointment.ts';
import type { Stretch } from '../../../src-main/contract/values.ts';
import {
  type BoardSlot,
  boardSlots,
  byDoctor,
  type Column,
  type Range,
  takersOf,
  upperEdge,
  withoutEnds,
} from './columns.ts';

/** The columns of one day by room, in the location's order; the last one holds what has no room. */
export const roomColumns = (schedule: DaySchedule, range: Range, roomIds: readonly string[]): Column[] => {
  if (schedule.doctors.length === 0) return [];
  const everySlot = schedule.doctors.flatMap(boardSlots);
  const takers = takersOf(schedule.appointments, schedule.holds);
  const open = join(schedule.doctors.flatMap((day) => day.open));
  const blocked = blockedForAll(schedule, open);
  const bookable = withoutTaken(everySlot, takers);
  return [...roomIds, null].map((roomId): Column => {
    const isHere = (one: { roomId: string | null }): boolean =>
      roomId === null ? !roomIds.includes(one.roomId ?? '') : one.roomId === roomId;
    return {
      key: `${roomId ?? 'none'}_${schedule.date}`,
      of: { kind: 'room', id: roomId },
      date: schedule.date,
      open,
      blocked,
      slots: roomId === null ? [] : oneForEachTime(bookable, schedule, roomId),
      everySlot,
      appointments: schedule.appointments.filter(isHere),
      holds: schedule.holds.filter(isHere),
      takers,
      doctorIds: schedule.doctors
        .filter(({ rooms }) => rooms.some((stretch) => stretch.roomId === roomId))
        .map(({ doctorId }) => doctorId),
      startMs: upperEdge(schedule, range),
      madeOf: [schedule, roomIds],
    };
  });
};

/** The days of one room's week; closed days at its two ends are left out. */
export const roomWeek = (
  schedules: readonly DaySchedule[],
  range: Range,
  roomIds: readonly string[],
  roomId: string | null,
): Column[] => {
  const all = schedules.flatMap((schedule) =>
    roomColumns(schedule, range, roomIds).filter(({ of }) => of.id === roomId),
  );
  return withoutEnds(all, ({ open, appointments }) => open.length > 0 || appointments.length > 0);
};

/** Slots whose doctor is free then, in whatever room. */
const withoutTaken = (slots: readonly BoardSlot[], takers: Column['takers']): BoardSlot[] => {
  const taken = byDoctor(takers);
  return slots.filter(
    (slot) =>
      slot.available &&
      !taken.get(slot.doctorId)?.some(({ start, end }) => start < slot.end && end > slot.start),
  );
};

/** At each time the doctor who usually is in the room then, or else the first of the board. */
const oneForEachTime = (
  slots: readonly BoardSlot[],
  { doctors }: DaySchedule,
  roomId: string,
): BoardSlot[] => {
  const rooms = new Map(doctors.map((day) => [day.doctorId, day.rooms]));
  const isUsual = ({ doctorId, start }: BoardSlot): boolean =>
    rooms.get(doctorId)?.some((one) => one.roomId === roomId && one.start <= start && start < one.end) ??
    false;
  const chosen = new Map<string, BoardSlot>();
  for (const slot of slots) {
    const other = chosen.get(slot.start);
    if (!other || (isUsual(slot) && !isUsual(other))) chosen.set(slot.start, slot);
  }
  return [...chosen.values()].sort((a, b) => a.start.localeCompare(b.start));
};

/** Stretches as one list by start, those that touch joined. */
const join = (stretches: readonly Stretch[]): Stretch[] => {
  const joined: Stretch[] = [];
  for (const { start, end } of [...stretches].sort((a, b) => a.start.localeCompare(b.start))) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = end > last.end ? end : last.end;
    else joined.push({ start, end });
  }
  return joined;
};

/** A room is blocked while nobody who works then may be booked: what is open and no available slot covers. */
const blockedForAll = ({ doctors }: DaySchedule, open: readonly Stretch[]): Column['blocked'] => {
  const reasons = doctors.flatMap((day) => day.blocked);
  const bookable = join(doctors.flatMap((day) => day.slots.filter(({ available }) => available)));
  return open.flatMap(({ start, end }) => {
    const gaps: Column['blocked'][number][] = [];
    let from = start;
    for (const slot of [...bookable, { start: end, end }]) {
      if (slot.end <= from && slot.start < end) continue;
      const to = slot.start < end ? slot.start : end;
      if (to > from) gaps.push({ start: from, end: to, ...reasonOf(reasons, from) });
      from = slot.end > from ? slot.end : from;
      if (from >= end) break;
    }
    return gaps;
  });
};

const reasonOf = (
  blocks: Column['blocked'],
  at: string,
): Pick<Column['blocked'][number], 'reason' | 'source'> => {
  const block = blocks.find(({ start, end }) => start <= at && at < end);
  return { reason: block?.reason ?? null, source: block?.source ?? null };
};
