import { useEffect, useMemo, useRef } from 'react';
import { Temporal } from 'temporal-polyfill';
import type { DaySchedule } from '../../../src-main/contract/appointment.ts';
import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { readAhead, useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useBoard } from './board-state.ts';
import { type Column, columnsOf, keepColumns, type Range, rangeOf, weekColumns } from './columns.ts';
import { roomColumns, roomWeek } from './room-columns.ts';
import { useFilter } from './use-filter.ts';
import { useDayWithKept } from './use-kept.ts';

/** Tables whose rows a day on the board is made of. */
const dayTables = [
  'appointments',
  'outside_bookings',
  'doctor_time_slots',
  'schedule_exceptions',
  'schedule_templates',
  'patients',
  'visit_types',
  'payments',
  'messages',
  'message_receipts',
  'outbox',
  'refusals',
];

/** What the board shows. `columns` is empty until the first answer and on a day on which nobody works. */
export interface BoardColumns {
  columns: Column[];
  range: Range;
  ready: boolean;
  /** Somebody works on that day, and the filter leaves all of them out. */
  filteredOut: boolean;
  error: CallError | undefined;
}

/** Reads the day, or the seven days of a week, and cuts them into columns. */
export const useColumns = (): BoardColumns => {
  const { date, clinic } = useClinic();
  const { view, by } = useBoard();
  const week = view === 'week';
  const dates = useMemo(
    () => (week ? weekOf(date, clinic.firstWeekday) : [date]),
    [week, date, clinic.firstWeekday],
  );
  const { doctorId } = useWhoseWeek();
  const only = week && by === 'doctor' && doctorId ? doctorId : undefined;
  const days = [
    useDay(dates[0], only),
    useDay(dates[1], only),
    useDay(dates[2], only),
    useDay(dates[3], only),
    useDay(dates[4], only),
    useDay(dates[5], only),
    useDay(dates[6], only),
  ].slice(0, dates.length);

  const schedules = useSameList(days.flatMap(({ data }) => data ?? []));
  const ready = schedules.length === dates.length;
  useNeighbours(ready);
  const { from, to } = useMemo(() => rangeOf(schedules), [schedules]);
  const range = useMemo(() => ({ from, to }), [from, to]);
  const all = useCut(schedules, range);
  const hidden = useFilter();
  const columns = useMemo(() => {
    if (by === 'room') return all;
    return all.filter(({ of }) => of.id === null || !hidden?.has(of.id));
  }, [all, by, hidden]);

  return {
    columns,
    range,
    ready,
    filteredOut: columns.length === 0 && all.length > 0,
    error: days.find(({ error }) => error)?.error,
  };
};

/** The doctor or room whose week is shown. */
export const useWhoseWeek = () => {
  const { doctors, location } = useClinic();
  const { weekDoctorId, weekRoomId } = useBoard();
  const room = location.rooms.find(({ id }) => id === weekRoomId) ?? location.rooms[0];
  return { doctorId: weekDoctorId ?? doctors[0]?.id ?? null, roomId: room?.id ?? null };
};

/** Days cut into columns; a column that is as it was stays the same object. */
const useCut = (schedules: readonly DaySchedule[], range: Range): Column[] => {
  const { location } = useClinic();
  const { view, by } = useBoard();
  const { doctorId, roomId } = useWhoseWeek();
  const roomIds = useMemo(() => location.rooms.map(({ id }) => id), [location.rooms]);
  const before = useRef<Column[]>([]);
  return useMemo(() => {
    const next =
      view === 'week'
        ? by === 'room'
          ? roomWeek(schedules, range, roomIds, roomId)
          : weekColumns(schedules, range, doctorId)
        : schedules.flatMap((schedule) =>
            by === 'room' ? roomColumns(schedule, range, roomIds) : columnsOf(schedule, range),
          );
    before.current = keepColumns(before.current, next);
    return before.current;
  }, [schedules, range, view, by, roomIds, doctorId, roomId]);
};

const useDay = (date: string | undefined, doctorId: string | undefined) => {
  const { location } = useClinic();
  const includeCancelled = useBoard((board) => board.showCancelled);
  const input = date && dayOf(date, location.id, includeCancelled, doctorId);
  const { data, error } = useLive('daySchedule', input || null, dayTables);
  return { data: useDayWithKept(data), error };
};

const dayOf = (
  date: string,
  locationId: string,
  includeCancelled: boolean,
  doctorId?: string,
): CallInput<'daySchedule'> => ({
  date,
  locationId,
  includeCancelled,
  ...(doctorId ? { doctorIds: [doctorId] } : {}),
});

const REST_MS = 400;

/** Once a day has been looked at for a moment, the days on either side of it are read: they are the next to be shown. */
const useNeighbours = (ready: boolean): void => {
  const { date, location } = useClinic();
  const { view, showCancelled } = useBoard();
  useEffect(() => {
    if (view !== 'day' || !ready) return;
    const day = Temporal.PlainDate.from(date);
    const timer = setTimeout(() => {
      const around = [day.add({ days: 1 }), day.subtract({ days: 1 })];
      readAhead(
        'daySchedule',
        around.map((one) => dayOf(one.toString(), location.id, showCancelled)),
      );
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [date, location.id, view, showCancelled, ready]);
};

/** The list of last time, as long as its items are the same. */
const useSameList = <T>(list: T[]): T[] => {
  const before = useRef(list);
  const same =
    before.current.length === list.length && before.current.every((item, index) => item === list[index]);
  if (!same) before.current = list;
  return before.current;
};

/** The seven days of the week that holds `date`, from the clinic's first weekday (1 is Monday). */
export const weekOf = (date: string, firstWeekday: number): string[] => {
  const day = Temporal.PlainDate.from(date);
  const first = day.subtract({ days: (day.dayOfWeek - firstWeekday + 7) % 7 });
  return Array.from({ length: 7 }, (_, index) => first.add({ days: index }).toString());
};
