import type { TFunction } from 'i18next';
import type { AuditEntry } from '../../../src-main/contract/audit.ts';
import type { Formats } from '../../i18n/format.ts';

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

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** A value of a column as a person reads it. */
export const valueWords = (t: TFunction, formats: Formats, zone: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return t('audit.empty');
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (typeof value === 'string' && day.test(value)) return formats.date(value);
  if (typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value)))
    return formats.momentWithYear(value, zone);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Columns that say nothing to a person. */
const unspoken = new Set(['id', 'created_at', 'rich_text', 'sealed', 'search_text', 'unproven']);

/** What an entry says of each column, as it was and as it is since. */
export const changesOf = ({ before, after }: Pick<AuditEntry, 'before' | 'after'>) =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((column) => !unspoken.has(column))
    .map((column) => ({ column, was: before?.[column], is: after?.[column] }));

const LATE_MS = 60_000;

/** Whether it was done well before central had it: at a desk without a connection. */
export const cameLate = ({ at, arrivedAt }: Pick<AuditEntry, 'at' | 'arrivedAt'>): boolean =>
  Math.abs(Date.parse(arrivedAt) - Date.parse(at)) > LATE_MS;
