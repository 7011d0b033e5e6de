import type { Desk, Session } from '../../desk.ts';
import { readRow } from '../../replica/rows.ts';
import { replicatedTable, toDriver } from '../../replica/tables.ts';
import { type ChangeWriter, writeChange } from '../../replica/write.ts';
import { checkDraft, isHere } from './check.ts';
import { addFindings } from './findings.ts';
import type { Holders } from './holders.ts';
import { type Run, saveProgress } from './runs.ts';
import {
  type CentralTarget,
  type Draft,
  type MapContext,
  type MappedFinding,
  type SourceRow,
  type SourceTable,
  type TargetTable,
  targetTables,
} from './source.ts';

/** One import under way. */
export interface Job {
  desk: Desk;
  /** Who imports; every change is theirs. */
  session: Session;
  run: Run;
  context: MapContext;
  /** Who has what only one row may have. */
  holders: Holders;
  /** Milliseconds of a clock that nobody sets. */
  ticks(): number;
}

/** A batch ends at so many rows, or after so long: other calls of the desk go first then. */
const BATCH_ROWS = 50;
const BATCH_MS = 12;

/** What became of one row of the source. */
type Fate = 'taken' | 'known' | 'leftOut';
type RowDraft = Exclude<Draft, { target: CentralTarget }>;

/** The change's id that the next `writeChange` of the desk gets, and the desk that gives it. */
const withChangeId = (desk: Desk): { changeId: string; desk: Desk } => {
  const changeId = desk.newId();
  return { changeId, desk: { ...desk, newId: () => changeId } };
};

const meta = ({ session }: Job) => ({ kind: 'import', actor: session.userId });

/**
 * Takes the first rows of a piece as one change, together with how far the run is then: whatever ends the program between
 * two batches leaves neither half of one nor a row twice. Answers how many rows it took.
 */
export const takeBatch = (job: Job, table: SourceTable, rows: readonly SourceRow[]): number => {
  const { run, ticks } = job;
  const began = ticks();
  const counts = countsOf(run, table.name);
  let used = 0;
  writeChange(job.desk, meta(job), (change) => {
    for (const row of rows) {
      const fate = takeRow(job, table, row, change);
      counts.read += 1;
      counts[fate] += 1;
      used += 1;
      run.position = { phase: 'first', table: table.name, place: row.place };
      if (used >= BATCH_ROWS || ticks() - began >= BATCH_MS) break;
    }
    saveProgress(job.desk.replica, run);
  });
  return used;
};

export const countsOf = (run: Run, table: string): Run['counts'][string] => {
  const counts = run.counts[table] ?? { total: null, read: 0, taken: 0, known: 0, leftOut: 0 };
  run.counts[table] = counts;
  return counts;
};

const takeRow = (job: Job, table: SourceTable, row: SourceRow, change: ChangeWriter): Fate => {
  const { desk, run, context } = job;
  const mapped = table.map(row, context);
  const findings: MappedFinding[] = [...mapped.findings];
  const fates = mapped.drafts.map((draft) => {
    const checked = checkDraft(desk.replica, run.id, job.holders, draft);
    findings.push(...checked.findings);
    return checked.draft && isRowDraft(checked.draft)
      ? insertOrCompare(job, checked.draft, change, findings)
      : 'leftOut';
  });
  addFindings(desk.replica, run.id, { table: table.name, id: row.id }, findings);
  if (fates.includes('taken')) return 'taken';
  return fates.includes('known') ? 'known' : 'leftOut';
};

const isRowDraft = (draft: Draft): draft is RowDraft => Object.hasOwn(targetTables, draft.target);

/** Of a doctor whom somebody named as ours, what stands here is right. */
const isNamed = ({ run }: Job, { target, row }: RowDraft): boolean =>
  target === 'doctors' && Object.values(run.source.mapping.doctors).includes(row.id);

const insertOrCompare = (
  job: Job,
  draft: RowDraft,
  change: ChangeWriter,
  findings: MappedFinding[],
): Fate => {
  if (!isHere(job.desk.replica, draft.target, draft.row.id)) {
    insert(change, draft);
    hold(job.holders, draft);
    return 'taken';
  }
  const columns = isNamed(job, draft) ? [] : differing(job.desk, draft);
  if (columns.length > 0) findings.push({ reason: 'differs', leftOut: false, details: { columns } });
  return 'known';
};

/** The table and its row belong together: `Draft` holds it. */
const insert = (change: ChangeWriter, { target, row }: RowDraft): void => {
  (change.insert as (table: unknown, row: unknown) => void)(targetTables[target], row);
};

const hold = (holders: Holders, { target, row }: RowDraft): void => {
  if (target === 'patients' && row.email) holders.add(target, row.email, row.id);
  if (target === 'appointments' && row.calComUid) holders.add(target, row.calComUid, row.id);
  if (target === 'payments' && row.transactionRef) holders.add(target, row.transactionRef, row.id);
  if (target === 'cases') holders.add(target, row.externalId, row.id);
};

/** The columns in which the row that stands here says something else than the source. */
const differing = ({ replica }: Desk, { target, row }: RowDraft): string[] => {
  const table = replicatedTable(target);
  const here = readRow(replica, target, row.id) ?? {};
  return Object.entries(row).flatMap(([key, value]) => {
    const name = table.names.get(key);
    const column = name === undefined ? undefined : table.columns.get(name);
    return column && name !== undefined && toDriver(column, value) !== here[name] ? [name] : [];
  });
};

/** A row that is written by itself, and the change that carries it. */
export interface Single {
  row: SourceRow;
  changeId: string | null;
  targets: { table: TargetTable; id: string }[];
}

/**
 * Writes a row of a refused batch as a change of its own, or notes why it cannot stand here. Null where it does stand
 * here already.
 */
export const takeSingle = (job: Job, table: SourceTable, row: SourceRow): Single | null => {
  const { replica } = job.desk;
  const drafts = table.map(row, job.context).drafts.filter(isRowDraft);
  const targets = drafts.map(({ target, row: { id } }) => ({ table: target, id }));
  if (targets.every((one) => isHere(replica, one.table, one.id))) return null;
  const { changeId, desk } = withChangeId(job.desk);
  const fate = writeChange(desk, meta(job), (change) => takeRow(job, table, row, change));
  return { row, targets, changeId: fate === 'taken' ? changeId : null };
};
