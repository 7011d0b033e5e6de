import type { FindingReason, ImportFinding } from '../../../contract/imports.ts';
import type { Store } from '../../replica/connection.ts';
import { csvLines } from '../csv.ts';
import type { MappedFinding } from './source.ts';

/**
 * Keeps what was found of one row, inside the caller's transaction. Several of one reason are one line, whose further
 * ones stand in `also`. Found again, it is the same line.
 */
export const addFindings = (
  store: Store,
  runId: string,
  row: { table: string; id: string },
  findings: readonly MappedFinding[],
): void => {
  const keep = store.statement(
    `insert into import_findings (run_id, source_table, source_id, reason, details) values (?, ?, ?, ?, ?)
     on conflict (run_id, source_table, source_id, reason) do update set details = excluded.details`,
  );
  for (const reason of new Set(findings.map((one) => one.reason))) {
    const same = findings.filter((one) => one.reason === reason);
    const [first, ...also] = same;
    const leftOut = same.some((one) => one.leftOut);
    const more = also.length > 0 ? { also: also.map(({ details }) => details) } : {};
    keep.run(runId, row.table, row.id, reason, JSON.stringify({ ...first?.details, ...more, leftOut }));
  }
};

/** Whether a row of the source is listed as left out. */
export const isListedAsLeftOut = (store: Store, runId: string, table: string, id: string): boolean =>
  store
    .statement(
      `select 1 from import_findings where run_id = ? and source_table = ? and source_id = ?
         and details ->> 'leftOut' limit 1`,
    )
    .get(runId, table, id) !== undefined;

/** How many findings a run has of each reason. */
export const countFindings = (store: Store, runId: string): { reason: FindingReason; count: number }[] =>
  store
    .statement(
      `select reason, count(*) count from import_findings where run_id = ? group by reason order by reason`,
    )
    .all(runId) as { reason: FindingReason; count: number }[];

interface StoredFinding {
  cursor: number;
  sourceTable: string;
  sourceId: string;
  reason: FindingReason;
  details: string;
}

/** Part of a run's findings in the order in which they were found, after the cursor of the part before. */
export const readFindings = (
  store: Store,
  runId: string,
  { reason, after, limit }: { reason?: FindingReason | undefined; after?: string | undefined; limit: number },
): { findings: ImportFinding[]; next: string | null } => {
  const rows = store
    .statement(
      `select rowid cursor, source_table sourceTable, source_id sourceId, reason, details from import_findings
       where run_id = @runId and rowid > @after and (@reason is null or reason = @reason) order by rowid limit @limit`,
    )
    .all({
      runId,
      after: Number(after ?? 0) || 0,
      reason: reason ?? null,
      limit: limit + 1,
    }) as StoredFinding[];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { findings: shown.map(toFinding), next: rows.length > limit && last ? String(last.cursor) : null };
};

const toFinding = ({ sourceTable, sourceId, reason, details }: StoredFinding): ImportFinding => {
  const { leftOut, ...rest } = JSON.parse(details) as Record<string, unknown>;
  return { table: sourceTable, sourceId, reason, leftOut: Boolean(leftOut), details: rest };
};

const HEAD = ['table', 'row', 'reason', 'left_out', 'details'];

/** Findings as lines of CSV; the first part begins with the names of the columns. */
export const findingsAsCsv = (findings: readonly ImportFinding[], isFirst: boolean): string =>
  csvLines([
    ...(isFirst ? [HEAD] : []),
    ...findings.map(({ table, sourceId, reason, leftOut, details }) => [
      table,
      sourceId,
      reason,
      leftOut ? 'yes' : 'no',
      Object.keys(details).length > 0 ? details : null,
    ]),
  ]);
