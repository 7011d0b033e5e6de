import type { AuditEntry } from '../../contract/audit.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { type ExportedEntry, headOf, linesOf } from './lines.ts';
import { readAudit } from './read.ts';

const PART = 1_000;

/** Part of the audit as text; the first one has the head line. */
export const exportAudit = async (
  desk: Desk,
  session: Session,
  { format, filter, below }: ParsedInput<'exportAudit'>,
): Promise<CallResult<'exportAudit'>> => {
  const page = await readAudit(desk, session, { filter, below, limit: PART });
  if (!page.ok) return page;
  const { entries, next } = page.value;
  const head = below === undefined ? headOf(format) : '';
  return ok({ text: head + linesOf(format, entries.map(exported)), entries: entries.length, next });
};

const exported = (entry: AuditEntry): ExportedEntry => ({
  seq: entry.seq,
  done_at: entry.at,
  arrived_at: entry.arrivedAt,
  action: entry.action,
  person: entry.person?.name ?? null,
  person_id: entry.person?.id ?? null,
  proven: entry.proven,
  desk: entry.desk?.name ?? null,
  desk_id: entry.desk?.id ?? null,
  table: entry.table,
  row_id: entry.rowId,
  before: entry.before,
  after: entry.after,
  erased: entry.erased,
  hash: entry.hash,
});
