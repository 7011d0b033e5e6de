import { useMemo, useRef } from 'react';
import { Temporal } from 'temporal-polyfill';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useBoard } from './board-state.ts';
import { type Column, columnsOf, keepColumns, type Range, rangeOf } from './columns.ts';

/** Tables whose rows a day on the board is made of. */
const dayTables = [
  'appointments',
  'doctor_time_slots',
  'schedule_exceptions',
  'patients',
  'visit_types',
  'outbox',
  'refusals',
];

/** What the board shows. `columns` is empty until the first answer and on a day on which nobody works. */
export interface BoardColumns {
  columns: Column[];
  range: Range;
  ready: boolean;
  error: CallError | undefined;
}

/** Reads the day, or the seven days of a doctor's week, and cuts it into columns. */
export const useColumns = (): BoardColumns => {
  const { date, clinic, doctors } = useClinic();
  const { view, weekDoctorId, specialtyId, doctorIds } = useBoard();
  const week = view === 'week';
  const doctorId = weekDoctorId ?? doctors[0]?.id ?? null;
  const dates = useMemo(
    () => (week ? weekOf(date, clinic.firstWeekday) : [date]),
    [week, date, clinic.firstWeekday],
  );
  const only = week && doctorId ? doctorId : undefined;
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

  const hidden = useMemo(() => {
    if (week) return new Set<string>();
    return new Set(
      doctors
        .filter(
          ({ id, specialty }) =>
            (specialtyId !== null && specialty?.id !== specialtyId) ||
            (doctorIds !== null && !doctorIds.includes(id)),
        )
        .map(({ id }) => id),
    );
  }, [week, doctors, specialtyId, doctorIds]);

  const { from, to } = useMemo(() => rangeOf(schedules), [schedules]);
  const before = useRef<Column[]>([]);
  const columns = useMemo(() => {
    const next = schedules.flatMap((schedule) => columnsOf(schedule, { from, to }));
    before.current = keepColumns(before.current, next);
    return before.current.filter(({ doctorId }) => !hidden.has(doctorId));
  }, [schedules, from, to, hidden]);

  return {
    columns,
    range: useMemo(() => ({ from, to }), [from, to]),
    ready: schedules.length === dates.length,
    error: days.find(({ error }) => error)?.error,
  };
};

const useDay = (date: string | undefined, doctorId: string | undefined) => {
  const { location } = useClinic();
  const includeCancelled = useBoard((board) => board.showCancelled);
  const input = date && {
    date,
    locationId: location.id,
    includeCancelled,
    ...(doctorId ? { doctorIds: [doctorId] } : {}),
  };
  return useLive('daySchedule', input || null, dayTables);
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
