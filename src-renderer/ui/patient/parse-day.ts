/** Whether the parts name a day that exists, as an ISO day; else null. */
const existing = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1890 ? date.toISOString().slice(0, 10) : null;
};

/** A two-digit year is the latest one that is not after `thisYear`. */
const wholeYear = (digits: string, thisYear: number): number => {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year <= thisYear % 100 ? 2000 + year : 1900 + year;
};

/**
 * Reads a birth date as people write it: `3/4/1985`, `03.04.85`, `3-4-1985`, `1985-04-03`; the day comes first.
 * `today` is an ISO day, and decides the century of a two-digit year. Null if it is no day, or one in the future.
 */
export const parseDay = (typed: string, today: string): string | null => {
  const text = typed.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  const common = /^(\d{1,2})[-/.\s](\d{1,2})[-/.\s](\d{4}|\d{2})$/.exec(text);
  const thisYear = Number(today.slice(0, 4));
  const found = iso
    ? existing(Number(iso[1]), Number(iso[2]), Number(iso[3]))
    : common
      ? existing(wholeYear(common[3] ?? '', thisYear), Number(common[2]), Number(common[1]))
      : null;
  return found !== null && found <= today ? found : null;
};

/** An ISO day as a person would type it, for a field that holds one: `03/04/1985`. */
export const typedDay = (iso: string | null): string => (iso ? iso.split('-').reverse().join('/') : '');
