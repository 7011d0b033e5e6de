import type { TFunction } from 'i18next';
import type { AuditEntry } from '../../../src-main/contract/audit.ts';

type Words = Record<string, string>;

/** What was done, in words; a command that has none yet is told by its name. */
export const actionWords = (t: TFunction, { action }: Pick<AuditEntry, 'action'>): string =>
  (t('audit.action', { returnObjects: true }) as Words)[action] ?? action;

/** What kind of record it is about. */
export const tableWords = (t: TFunction, table: string): string =>
  (t('audit.table', { returnObjects: true }) as Words)[table] ?? table;

/** What a column holds, in words. */
export const columnWords = (t: TFunction, column: string): string =>
  (t('audit.column', { returnObjects: true }) as Words)[column] ??
  (t('conflicts.column', { returnObjects: true }) as Words)[column] ??
  column;

/** Columns that say nothing to a person. */
const unspoken = new Set(['id', 'created_at', 'rich_text', 'sealed', 'search_text', 'unproven']);

/** A column of an entry, as it was and as it is since. */
export interface ColumnChange {
  column: string;
  was: unknown;
  is: unknown;
}

/** What an entry says of each column; of a new row only what it holds. */
export const changesOf = ({ before, after }: Pick<AuditEntry, 'before' | 'after'>): ColumnChange[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((column) => !unspoken.has(column))
    .map((column) => ({ column, was: before?.[column], is: after?.[column] }))
    .filter(({ was, is }) => before !== null || (is !== null && was === undefined));

const LATE_MS = 60_000;

/** Whether it was done well before central had it: at a desk without a connection. */
export const cameLate = ({ at, arrivedAt }: Pick<AuditEntry, 'at' | 'arrivedAt'>): boolean =>
  Math.abs(Date.parse(arrivedAt) - Date.parse(at)) > LATE_MS;
