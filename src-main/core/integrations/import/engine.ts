import { letOthersGo } from '../../let-others-go.ts';
import { isOpenClinic } from '../../security/staff.ts';
import { isHere } from './check.ts';
import { addFindings, isListedAsLeftOut } from './findings.ts';
import { announce, type Position, saveProgress } from './runs.ts';
import { type Line, reasonOfRefusal, refusedTables, untilAnswered, untilRoom } from './settle.ts';
import { SourceFault, type SourceReader, type SourceRow, type SourceTable, targetTables } from './source.ts';
import { takeInCentral } from './take-in-central.ts';
import { countsOf, type Job, type Single, takeBatch, takeSingle } from './write.ts';

/** An import with what it reads from, and how it is stopped. */
export interface Import extends Job {
  reader: SourceReader;
  line: Line;
  signal: AbortSignal;
}

/** So many single rows wait for central at a time. */
const SINGLES = 20;

/**
 * Runs an import from where it stands to its end, or until it is stopped: the rows in batches, then those of batches that
 * central refused, each by itself, then what only central writes. Resolves when central has answered all of it; throws
 * `SourceFault` where it cannot go on.
 */
export const runImport = async (job: Import): Promise<void> => {
  const { replica } = job.desk;
  const { tables } = job.reader;
  const phase = job.run.position?.phase ?? 'first';
  if (phase === 'first') {
    for (const table of remaining(job, tables.filter(isOfRows), 'first')) await firstPass(job, table);
    noteLeftOut(job, tables);
    await untilAnswered(replica, job.line, job.signal);
  }
  if (phase !== 'central') {
    const refused = refusedTables(replica, job.run.startedAt);
    const again = tables.filter(({ becomes }) => becomes !== null && refused.has(becomes));
    for (const table of remaining(job, again, 'second')) await secondPass(job, table);
  }
  for (const table of remaining(job, tables.filter(isOfCentral), 'central')) await centralPass(job, table);
};

const isOfRows = ({ becomes }: SourceTable): boolean =>
  becomes !== null && Object.hasOwn(targetTables, becomes);
const isOfCentral = (table: SourceTable): boolean => table.becomes !== null && !isOfRows(table);

/** The tables of a phase that are not done: from the one under way on. */
const remaining = (job: Import, tables: readonly SourceTable[], phase: Position['phase']): SourceTable[] => {
  const { position } = job.run;
  const at = position?.phase === phase ? tables.findIndex(({ name }) => name === position.table) : -1;
  return tables.slice(Math.max(at, 0));
};

/** Where reading of a table goes on. */
const placeIn = (
  { run: { position } }: Import,
  table: SourceTable,
  phase: Position['phase'],
): string | null => (position?.phase === phase && position.table === table.name ? position.place : null);

/** Lists the tables that are left out whole. */
const noteLeftOut = ({ desk, run }: Import, tables: readonly SourceTable[]): void => {
  for (const { name, leftOut } of tables) {
    if (!leftOut) continue;
    const about = { table: name, id: '' };
    addFindings(desk.replica, run.id, about, [{ reason: leftOut, leftOut: true, details: {} }]);
  }
};

const firstPass = async (job: Import, table: SourceTable): Promise<void> => {
  await beginTable(job, table);
  for await (const piece of table.read(placeIn(job, table, 'first'))) {
    for (let from = 0; from < piece.length; ) {
      await readyToWrite(job);
      from += takeBatch(job, table, piece.slice(from));
      announce(job.desk.replica);
      await letOthersGo();
    }
  }
};

const beginTable = async (job: Import, table: SourceTable): Promise<void> => {
  const counts = countsOf(job.run, table.name);
  counts.total ??= await table.count();
};

/** Waits for room, and makes sure that this may still be done. */
const readyToWrite = async (job: Import): Promise<void> => {
  await untilRoom(job.desk.replica, job.line, job.signal);
  goOn(job);
};

/** Throws where the import was stopped, or whoever began it is no longer signed in to sign for it. */
const goOn = ({ desk, session, signal }: Import): void => {
  signal.throwIfAborted();
  if (isOpenClinic(desk.replica) || !desk.sign || session.userId === null) return;
  if (desk.sign(session.userId, () => 'import') === null)
    throw new SourceFault({ code: 'signed_out', where: null });
};

/** Rows that are neither here nor listed stood in a refused batch: each is written again by itself. */
const secondPass = async (job: Import, table: SourceTable): Promise<void> => {
  for await (const piece of table.read(placeIn(job, table, 'second'))) {
    for (let from = 0; from < piece.length; from += SINGLES) {
      await readyToWrite(job);
      const rows = piece.slice(from, from + SINGLES);
      const singles = rows.flatMap((row) => again(job, table, row));
      if (singles.length > 0) await untilAnswered(job.desk.replica, job.line, job.signal);
      goOn(job);
      settleSingles(job, table, singles, rows.at(-1));
      await letOthersGo();
    }
  }
};

const again = (job: Import, table: SourceTable, row: SourceRow): Single[] => {
  if (isListedAsLeftOut(job.desk.replica, job.run.id, table.name, row.id)) return [];
  const single = takeSingle(job, table, row);
  return single ? [single] : [];
};

/** Lists what is not here although it was written by itself, and notes how far the pass is, in one transaction. */
const settleSingles = (
  { desk: { replica }, run }: Import,
  table: SourceTable,
  singles: readonly Single[],
  last: SourceRow | undefined,
): void => {
  const counts = countsOf(run, table.name);
  replica.db
    .transaction(() => {
      for (const { row, targets, changeId } of singles) {
        if (targets.every((target) => isHere(replica, target.table, target.id))) continue;
        counts.taken -= 1;
        counts.leftOut += 1;
        if (changeId === null) continue;
        const details = reasonOfRefusal(replica, changeId);
        const about = { table: table.name, id: row.id };
        addFindings(replica, run.id, about, [{ reason: 'refused_by_central', leftOut: true, details }]);
      }
      if (last) run.position = { phase: 'second', table: table.name, place: last.place };
      saveProgress(replica, run);
    })
    .immediate();
  announce(replica);
};

const centralPass = async (job: Import, table: SourceTable): Promise<void> => {
  await beginTable(job, table);
  await untilAnswered(job.desk.replica, job.line, job.signal);
  for await (const piece of table.read(placeIn(job, table, 'central'))) {
    goOn(job);
    await takeInCentral(job, table, piece);
    announce(job.desk.replica);
  }
};
