import { z } from 'zod';
import type { CentralFunction } from '../../../contract/central.ts';
import { FindingReason } from '../../../contract/imports.ts';
import { addFindings } from './findings.ts';
import { saveProgress } from './runs.ts';
import {
  type CentralTarget,
  type MappedFinding,
  SourceFault,
  type SourceRow,
  type SourceTable,
} from './source.ts';
import { countsOf, type Job } from './write.ts';

const functions: Record<CentralTarget, CentralFunction> = {
  accounts: 'import_accounts',
  idexx_history: 'import_idexx_history',
};

/** What central did with each row: `id` is ours. */
const Answer = z.array(
  z.object({
    id: z.string(),
    outcome: z.enum(['taken', 'known', 'left_out']),
    reason: FindingReason.nullish(),
    details: z.record(z.string(), z.unknown()).nullish(),
  }),
);
type Told = z.infer<typeof Answer>[number];

/** Has central take a piece of rows that desks do not write. Taken twice, they are there once. */
export const takeInCentral = async (
  job: Job,
  table: SourceTable,
  rows: readonly SourceRow[],
): Promise<void> => {
  const mapped = rows.map((row) => ({ row, ...table.map(row, job.context) }));
  const sent = mapped.flatMap(({ drafts }) => drafts.map(({ row }) => row));
  const told = new Map((await ask(job, table.becomes as CentralTarget, sent)).map((one) => [one.id, one]));
  const { replica } = job.desk;
  const counts = countsOf(job.run, table.name);
  replica.db
    .transaction(() => {
      for (const { row, drafts, findings } of mapped) {
        const fates = drafts.flatMap((draft) => told.get(draft.row.id) ?? []);
        const all = [...findings, ...fates.flatMap(findingOf)];
        addFindings(replica, job.run.id, { table: table.name, id: row.id }, all);
        counts.read += 1;
        counts[fateOf(fates)] += 1;
        job.run.position = { phase: 'central', table: table.name, place: row.place };
      }
      saveProgress(replica, job.run);
    })
    .immediate();
};

const ask = async (job: Job, target: CentralTarget, rows: readonly object[]): Promise<Told[]> => {
  if (rows.length === 0) return [];
  const answer = await job.desk.askCentral?.(job.session, functions[target], { rows });
  if (answer?.ok) return Answer.parse(answer.value);
  const code = answer?.error.code;
  if (code === 'not_signed_in' || code === 'not_allowed')
    throw new SourceFault({ code: 'signed_out', where: null });
  if (code === 'internal') throw new SourceFault({ code: 'internal', where: target });
  throw new SourceFault({ code: 'needs_central', where: null });
};

const findingOf = ({ reason, outcome, details }: Told): MappedFinding[] =>
  reason ? [{ reason, leftOut: outcome === 'left_out', details: details ?? {} }] : [];

const fateOf = (told: readonly Told[]): 'taken' | 'known' | 'leftOut' => {
  if (told.some(({ outcome }) => outcome === 'taken')) return 'taken';
  return told.some(({ outcome }) => outcome === 'known') ? 'known' : 'leftOut';
};
