/** One stretch of a working week: ISO weekday, and times by the location's clock, `HH:MM`. */
export interface WeekHours {
  weekday: number;
  starts: string;
  ends: string;
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const PART = /^([a-z]{3})[a-z]*(?:\s*-\s*([a-z]{3})[a-z]*)?\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/i;

/** The week of somebody of whose hours nothing is known: Monday to Friday, nine to five. */
export const USUAL_WEEK = 'Mon-Fri 09:00-17:00';

/**
 * Reads a working week as people write it in a table, `Mon-Fri 09:00-13:00; Sat 10:00-13:00`; null where it is none.
 * Stretches of one day do not overlap.
 */
export const readWeek = (text: string): WeekHours[] | null => {
  const week: WeekHours[] = [];
  for (const part of text.split(/[;,]/)) {
    const stretches = readPart(part.trim());
    if (!stretches) return null;
    week.push(...stretches);
  }
  const clash = week.some((one, at) =>
    week
      .slice(0, at)
      .some((two) => one.weekday === two.weekday && one.starts < two.ends && two.starts < one.ends),
  );
  return clash ? null : week;
};

const readPart = (part: string): WeekHours[] | null => {
  const [, from = '', to = from, starts = '', ends = ''] = PART.exec(part) ?? [];
  const [first, last] = [from, to].map((day) => days.indexOf(day.toLowerCase()) + 1);
  const [begin, end] = [starts, ends].map((time) => time.padStart(5, '0'));
  if (!first || !last || last < first || !isTime(begin) || !isTime(end) || begin >= end) return null;
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    weekday: first + at,
    starts: begin,
    ends: end,
  }));
};

const isTime = (text: string | undefined): text is string => /^([01]\d|2[0-3]):[0-5]\d$/.test(text ?? '');
