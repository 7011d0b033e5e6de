import { stringify } from 'csv-stringify/sync';

/**
 * What a spreadsheet would take for a formula. Quotes before it count too, so that the guard can be taken off again
 * without loss.
 */
const formula = /^'*[=+\-@\t\r]/;
/** Phone numbers and plain numbers: nothing in them can name a cell or a function. */
const harmless = /^[+-][\d\s()./-]*$/;

/** A text that no spreadsheet runs: with a quote before what would be a formula. `unguard` takes it off. */
export const guard = (text: string): string =>
  formula.test(text) && !harmless.test(text) ? `'${text}` : text;

/** What stood there before `guard`. */
export const unguard = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) && !harmless.test(text.slice(1)) ? text.slice(1) : text;

/** Lines of CSV (RFC 4180: CRLF, quotes where needed), each value guarded against being run as a formula. */
export const csvLines = (rows: readonly (readonly unknown[])[]): string =>
  stringify(
    rows.map((row) => row.map((value) => guard(textOf(value)))),
    { record_delimiter: 'windows' },
  );

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
