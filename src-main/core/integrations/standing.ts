import type { OutsideSource, RunAlert, RunErrorCode } from '../../contract/integrations.ts';
import type { Store } from '../replica/connection.ts';
import type { RunHistory } from './connector.ts';
import type { ToldRuns } from './lease.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_MS = 30 * MINUTE_MS;
/** Another try with the same login only brings the account closer to being locked. */
const hopeless: readonly RunErrorCode[] = ['refused_login', 'two_factor'];
const HOPELESS_MS = 4 * 60 * MINUTE_MS;

/** An integration that is switched on, and since when it is as it is, in epoch milliseconds. */
export interface SwitchedOn {
  source: OutsideSource;
  createdAt: number;
  updatedAt: number;
}

/** The integrations of the clinic that are switched on. */
export const switchedOn = (store: Store): SwitchedOn[] =>
  store
    .statement(
      `select source, created_at as createdAt, updated_at as updatedAt from integrations where enabled = 1 order by source`,
    )
    .all() as SwitchedOn[];

/** What a connector is told of its runs so far. */
export const historyOf = (told: ToldRuns | undefined): RunHistory => ({
  lastRunAt: told?.lastRunAt ?? null,
  lastOkAt: told?.lastOkAt ?? null,
  failures: told?.failures ?? 0,
});

/** Before when a failed source is not tried again by itself: a minute after the first failure, then twice as long each time. */
export const notBefore = (
  told: Pick<ToldRuns, 'failures' | 'lastRunAt' | 'lastError'> | undefined,
): number => {
  if (!told || told.failures === 0 || told.lastRunAt === null) return 0;
  const pause =
    told.lastError && hopeless.includes(told.lastError.code)
      ? HOPELESS_MS
      : Math.min(LONGEST_MS, MINUTE_MS * 2 ** (told.failures - 1));
  return told.lastRunAt + pause;
};

/**
 * Three failures in a row, or no run that worked for a day. The day begins anew when the integration is switched on or set
 * up differently after its last run.
 */
export const alertOf = (on: SwitchedOn, told: ToldRuns | undefined, now: number): RunAlert | null => {
  if (told && told.failures >= 3) return 'failing';
  const changed = (told?.lastRunAt ?? 0) < on.updatedAt ? on.updatedAt : on.createdAt;
  return now - Math.max(told?.lastOkAt ?? 0, changed) > DAY_MS ? 'silent' : null;
};
