import { useMemo } from 'react';
import type { Bilingual } from '../../src-main/contract/values.ts';
import { type Language, usePreferences } from '../app/preferences.ts';
import { locales } from './index.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A formatter from the cache: making one costs more than a hundred uses. */
const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
};

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** Times, days and names in one language. Instants are ISO 8601 UTC; `zone` is the location's, never the PC's. */
export const formatsOf = (language: Language) => {
  const locale = locales[language];
  const time = (instant: string, zone: string): string =>
    formatter(locale, { ...clock, timeZone: zone }).format(new Date(instant));
  /** `2026-11-24`, a day without a zone, by the given options. */
  const dayBy = (day: string, options: Intl.DateTimeFormatOptions): string =>
    formatter(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return {
    language,
    locale,
    /** 09:15 */
    time,
    /** 09:15–09:30 */
    range: (start: string, end: string, zone: string): string => `${time(start, zone)}–${time(end, zone)}`,
    /** Tue 24 Nov 2026 */
    day: (day: string): string =>
      dayBy(day, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    /** 23–29 Nov 2026 */
    days: (first: string, last: string): string =>
      formatter(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(
        new Date(`${first}T00:00:00Z`),
        new Date(`${last}T00:00:00Z`),
      ),
    /** Tue 24 */
    shortDay: (day: string): string => dayBy(day, { weekday: 'short', day: 'numeric' }),
    /** 24/11/2026, for a birth date */
    date: (day: string): string => dayBy(day, { day: '2-digit', month: '2-digit', year: 'numeric' }),
    /** Tue 24 Nov, 09:15 */
    moment: (instant: string, zone: string): string =>
      formatter(locale, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        ...clock,
        timeZone: zone,
      }).format(new Date(instant)),
    /** Tue 24 Nov 2026, the day of an instant */
    dayOf: (instant: string, zone: string): string =>
      formatter(locale, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: zone,
      }).format(new Date(instant)),
    /** 24 Nov 2026, 09:15 */
    momentWithYear: (instant: string, zone: string): string =>
      formatter(locale, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        ...clock,
        timeZone: zone,
      }).format(new Date(instant)),
    /** The name in this language, or in the other one when this one is empty. */
    name: (name: Bilingual): string => name[language] || name.en || name.el,
    /** a, b and c */
    list: (parts: readonly string[]): string => new Intl.ListFormat(locale).format(parts),
    number: (value: number): string => value.toLocaleString(locale),
  };
};

export type Formats = ReturnType<typeof formatsOf>;

/** Formats in the language of the screen. */
export const useFormats = (): Formats => {
  const language = usePreferences((preferences) => preferences.language);
  return useMemo(() => formatsOf(language), [language]);
};
