import { csvLines } from '../integrations/csv.ts';

/** What an export says of an entry, in this order. Instants are ISO 8601 UTC; `hash` is the entry's own in the chain. */
const columns = [
  'seq',
  'done_at',
  'arrived_at',
  'action',
  'person',
  'person_id',
  'proven',
  'desk',
  'desk_id',
  'table',
  'row_id',
  'before',
  'after',
  'erased',
  'hash',
] as const;
export type ExportedEntry = Record<(typeof columns)[number], unknown>;
export type ExportFormat = 'csv' | 'jsonl';

/** What an export begins with. */
export const headOf = (format: ExportFormat): string => (format === 'csv' ? csvLines([columns]) : '');

/** Entries as lines of CSV, safe in a spreadsheet, or of JSON. */
export const linesOf = (format: ExportFormat, entries: readonly ExportedEntry[]): string =>
  format === 'csv'
    ? csvLines(entries.map((entry) => columns.map((name) => entry[name])))
    : entries
        .map((entry) => `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, entry[name]])))}\n`)
        .join('');
