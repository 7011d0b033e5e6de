import type { DayOrder } from '../../../../contract/imports.ts';
import { wallClock } from '../../../appointments/wall-clock.ts';
import { iso } from '../../../clinic-day.ts';
import { readDay, readInstant } from '../fields.ts';

const DATE = /^(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})/;
const TIME = /^(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|π\.?μ\.?|μ\.?μ\.?)?$/i;

/** A day as lists write it, by the order of its parts; a year first or of four digits is known by itself. */
export const dayIn = (text: string, order: DayOrder): string | null => {
  const found = DATE.exec(text.trim());
  if (!found) return null;
  const [, a = '', b = '', c = ''] = found;
  const [year, month, day] =
    a.length === 4 || order === 'ymd' ? [a, b, c] : order === 'mdy' ? [c, a, b] : [c, b, a];
  return readDay(`${fullYear(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
};

/** Of two digits, below 70 is of this century. */
const fullYear = (year: string): string => {
  if (year.length !== 2) return year.padStart(4, '0');
  return Number(year) < 70 ? `20${year}` : `19${year}`;
};

/** A time of day as `HH:MM`, on 24 or 12 hours; null for what is none. */
export const timeIn = (text: string): string | null => {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, hour = '', minute = '', half = ''] = found;
  const isLate = /^(p|μ)/i.test(half);
  const hours = half ? (Number(hour) % 12) + (isLate ? 12 : 0) : Number(hour);
  if (hours > 23 || Number(minute) > 59) return null;
  return `${String(hours).padStart(2, '0')}:${minute}`;
};

/** An instant of a day and a time by a zone's clock; one that says its own zone is taken by that. */
export const instantIn = (text: string, order: DayOrder, zone: string): string | null => {
  const trimmed = text.trim();
  if (/(Z|[+-]\d\d:?\d\d)$/i.test(trimmed)) return readInstant(trimmed);
  const date = DATE.exec(trimmed)?.[0];
  if (date === undefined) return null;
  const day = dayIn(date, order);
  const time = timeIn(trimmed.slice(date.length).replace(/^[T,\s]+/, ''));
  return day && time ? iso(wallClock(day, time, zone)) : null;
};
