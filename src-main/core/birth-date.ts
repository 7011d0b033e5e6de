import { fold } from './fold.ts';

/** A text with the birth dates that it names taken out. */
export interface DatesFound {
  /** Days that it may mean, `1980-03-12`; more than one where a year has two digits. */
  dates: string[];
  rest: string;
}

/** Months by the beginning of their folded names, Greek and English; longer ones first. */
const months: readonly [string, number][] = [
  ['ioun', 6],
  ['ioul', 7],
  ['jan', 1],
  ['ian', 1],
  ['gen', 1],
  ['feb', 2],
  ['fev', 2],
  ['fle', 2],
  ['mar', 3],
  ['apr', 4],
  ['may', 5],
  ['mai', 5],
  ['jun', 6],
  ['jul', 7],
  ['aug', 8],
  ['avg', 8],
  ['sep', 9],
  ['oct', 10],
  ['okt', 10],
  ['nov', 11],
  ['noe', 11],
  ['dec', 12],
  ['dek', 12],
];

const monthOf = (word: string): number => {
  const folded = fold(word);
  return months.find(([beginning]) => folded.startsWith(beginning))?.[1] ?? 0;
};

interface Reading {
  pattern: RegExp;
  /** Year, month and day as written, of the groups of the pattern. */
  parts(groups: string[]): [string, number, number];
}

const readings: readonly Reading[] = [
  {
    pattern: /(?<!\d)(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?!\d)/u,
    parts: ([year = '', month, day]) => [year, Number(month), Number(day)],
  },
  {
    pattern: /(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?!\d)/u,
    parts: ([day, month, year = '']) => [year, Number(month), Number(day)],
  },
  {
    pattern: /(?<!\d)(\d{1,2})[\s.-]*(\p{L}{3,})[\s.,-]*(\d{4}|\d{2})(?!\d)/u,
    parts: ([day, month = '', year = '']) => [year, monthOf(month), Number(day)],
  },
  {
    pattern: /(\p{L}{3,})\.?\s*(\d{1,2})\s*,?\s+(\d{4})(?!\d)/u,
    parts: ([month = '', day, year = '']) => [year, monthOf(month), Number(day)],
  },
];

/**
 * Finds a birth date in what a person typed: `12/3/1980`, `12.3.80`, `1980-03-12`, `12 Mar 1980`, `12 Μαρ 1980`. The
 * day stands before the month. A date after `today` (`2026-11-24`) is nobody's birth date.
 */
export const takeBirthDate = (text: string, today: string): DatesFound => {
  const composed = text.normalize('NFC');
  for (const { pattern, parts } of readings) {
    const match = pattern.exec(composed);
    if (!match) continue;
    const [year, month, day] = parts(match.slice(1));
    const dates = yearsMeant(year)
      .map((full) => dayText(full, month, day))
      .filter((date): date is string => date !== undefined && date <= today);
    if (dates.length > 0) return { dates, rest: composed.replace(match[0], ' ') };
  }
  return { dates: [], rest: composed };
};

const yearsMeant = (year: string): number[] =>
  year.length === 4 ? [Number(year)] : [1900 + Number(year), 2000 + Number(year)];

const dayText = (year: number, month: number, day: number): string | undefined => {
  if (
    year < 1850 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > new Date(Date.UTC(year, month, 0)).getUTCDate()
  )
    return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};
