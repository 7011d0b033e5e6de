import { stringify } from 'csv-stringify/browser/esm/sync';
import type { Column, Line, Table } from './lines.ts';
import type { ReportWords } from './words.ts';

/**
 * The table that is shown, as CSV for a spreadsheet: numbers as numbers, rates as parts of 1, minutes whole, money in
 * the currency's main unit.
 */
export const reportCsv = (
  table: Table,
  columns: readonly Column[],
  heads: { group: string; total: string },
  words: ReportWords,
  mainUnit: (minor: number, currency: string) => string,
): string => {
  const withCurrency = columns.some(({ unit }) => unit === 'money');
  const row = (name: string, line: Line): string[] => [
    name,
    ...(withCurrency ? [line.currency] : []),
    ...columns.map(({ unit }, at) => {
      const value = line.values[at] ?? null;
      if (value === null) return '';
      return unit === 'money' ? mainUnit(value, line.currency) : String(value);
    }),
  ];
  return stringify(
    [
      [heads.group, ...(withCurrency ? ['ISO 4217'] : []), ...columns.map(words.column)],
      ...words.inOrder(table.lines).map((line) => row(words.group(line.key), line)),
      ...table.totals.map((line) => row(heads.total, line)),
    ],
    // Excel takes a file without the mark for one of another alphabet.
    { bom: true, record_delimiter: 'windows', escape_formulas: true },
  );
};
