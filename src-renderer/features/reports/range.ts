import { Temporal } from 'temporal-polyfill';

/** Calendar days, both included. */
export interface Range {
  from: string;
  to: string;
}

export const presets = ['weeks4', 'thisMonth', 'lastMonth', 'quarter'] as const;
export type Preset = (typeof presets)[number];

/** The days of a preset, as seen from `today`; weeks begin on `firstWeekday` (ISO 8601: 1 is Monday). */
export const rangeOf = (preset: Preset, today: string, firstWeekday: number): Range => {
  const day = Temporal.PlainDate.from(today);
  const week = day.subtract({ days: (day.dayOfWeek - firstWeekday + 7) % 7 });
  const month = day.with({ day: 1 });
  switch (preset) {
    case 'weeks4':
      return { from: week.subtract({ weeks: 3 }).toString(), to: today };
    case 'quarter':
      return { from: week.subtract({ weeks: 12 }).toString(), to: today };
    case 'thisMonth':
      return { from: month.toString(), to: today };
    case 'lastMonth':
      return {
        from: month.subtract({ months: 1 }).toString(),
        to: month.subtract({ days: 1 }).toString(),
      };
  }
};

/** How many days a range has. */
export const daysIn = ({ from, to }: Range): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1;

/** The range in pieces of at most `days` days, in order, each day once. */
export const piecesOf = ({ from, to }: Range, days: number): Range[] => {
  const pieces: Range[] = [];
  const last = Temporal.PlainDate.from(to);
  let start = Temporal.PlainDate.from(from);
  while (Temporal.PlainDate.compare(start, last) <= 0) {
    const whole = start.add({ days: days - 1 });
    const end = Temporal.PlainDate.compare(whole, last) < 0 ? whole : last;
    pieces.push({ from: start.toString(), to: end.toString() });
    start = end.add({ days: 1 });
  }
  return pieces;
};
