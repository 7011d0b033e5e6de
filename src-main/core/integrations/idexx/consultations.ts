import type { RunError } from '../../../contract/integrations.ts';
import { letOthersGo } from '../../let-others-go.ts';
import type { Run } from '../connector.ts';
import { type TakenCase, takeCase } from './cases.ts';
import type { Neo } from './client.ts';
import type { Visit } from './mapping.ts';
import type { Scope } from './scope.ts';
import { writeRun } from './writing.ts';

/** What the reading of consultations came to, by their numbers. */
export interface Consultations {
  synced: { consultationId: string; caseId: string; callId: string | null }[];
  failed: string[];
  /** What ended the reading before all were read; null where nothing did. */
  error: RunError | null;
}

/** Pages in a row that Neo gave nothing for, before the rest is left to the next run. */
const FAILURES_IN_A_ROW = 3;
/** What concerns one page; anything else concerns all of them. */
const OF_ONE_PAGE: readonly RunError['code'][] = ['unreadable', 'server_error', 'timed_out', 'offline'];

/**
 * Reads the pages of the consultations of `visits` and keeps each as a case, in a change of its own. A page that cannot be
 * read is counted and passed over.
 */
export const takeConsultations = async (
  scope: Scope,
  run: Run,
  neo: Pick<Neo, 'consultation'>,
  visits: readonly Visit[],
): Promise<Consultations> => {
  const taken: Consultations = { synced: [], failed: [], error: null };
  let inARow = 0;
  for (const [index, visit] of visits.entries()) {
    run.progress('consultations', index, visits.length);
    const { consultationId } = visit;
    if (consultationId === null) continue;
    const outcome = await takeOne(scope, run, neo, visit, consultationId);
    if (run.signal.aborted) return taken;
    if ('caseId' in outcome) {
      taken.synced.push({ consultationId, ...outcome });
      inARow = 0;
      continue;
    }
    if (!OF_ONE_PAGE.includes(outcome.error.code)) return { ...taken, error: outcome.error };
    taken.failed.push(consultationId);
    inARow += outcome.error.code === 'unreadable' ? 0 : 1;
    if (inARow >= FAILURES_IN_A_ROW) return { ...taken, error: outcome.error };
    await letOthersGo();
  }
  run.progress('consultations', visits.length, visits.length);
  return taken;
};

const takeOne = async (
  scope: Scope,
  run: Run,
  neo: Pick<Neo, 'consultation'>,
  visit: Visit,
  consultationId: string,
): Promise<Exclude<TakenCase, { wrong: string }> | { error: RunError }> => {
  const page = await neo.consultation(consultationId);
  if (!page.ok) return { error: page.error };
  if (page.value.id !== consultationId) return { error: { code: 'unreadable', where: 'consultation.id' } };
  if (run.signal.aborted) return { error: { code: 'cancelled', where: null } };
  const taken = writeRun(run, (change) => takeCase(scope, change, visit, page.value));
  return 'wrong' in taken ? { error: { code: 'unreadable', where: taken.wrong } } : taken;
};
