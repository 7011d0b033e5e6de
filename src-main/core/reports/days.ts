import { Temporal } from 'temporal-polyfill';

/** The calendar days from one to another, both included. */
export const daysBetween = (from: string, to: string): string[] => {
  const last = Temporal.PlainDate.from(to);
  const days: string[] = [];
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    days.push(day.toString());
  return days;
};

/** The first day of a day's week, where weeks begin on `firstWeekday` (ISO 8601: 1 is Monday). */
export const weekOf = (day: string, firstWeekday: number): string => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: (date.dayOfWeek - firstWeekday + 7) % 7 }).toString();
};
