import { z } from 'zod';
import type { ErrorCode, Result } from '../../../contract/errors.ts';
import type { RunError, RunErrorCode } from '../../../contract/integrations.ts';
import { Id } from '../../../contract/values.ts';
import type { Run } from '../connector.ts';

/** How a run went, for its session. */
export interface Account {
  appointmentsRead: number;
  consultationsSynced: number;
  consultationsFailed: number;
  dischargeCallsScheduled: number;
  /** Numbers of consultations. */
  synced: string[];
  failed: string[];
}

const Begun = z.object({ sessionId: Id });

/** Begins the session of a run at central, under its lease, and so closes one that a crashed desk left. */
export const beginSession = async (
  run: Run,
  userId: string,
): Promise<{ sessionId: string } | { error: RunError }> => {
  const fence = Number(run.fence.split('/')[1]);
  const begun = await run.ask('idexx_begin_run', { fence, userId, reason: run.reason });
  if (!begun.ok) return { error: { code: runErrorOf(begun), where: null } };
  const session = Begun.parse(begun.value);
  run.setSession(session.sessionId);
  return session;
};

/** Ends it. Where central is away the next run closes it. */
export const endSession = async (
  run: Run,
  sessionId: string,
  account: Account,
  error: RunError | null,
  nextInMs: number | null,
): Promise<void> => {
  const status = error === null ? 'completed' : error.code === 'timed_out' ? 'timeout' : 'failed';
  await run.ask('idexx_end_run', { sessionId, status, error, nextInMs, ...account });
};

const RUN_ERRORS: Partial<Record<ErrorCode, RunErrorCode>> = {
  needs_central: 'offline',
  no_credentials: 'no_credentials',
  no_keychain: 'no_keychain',
  login_refused: 'refused_login',
  runs_elsewhere: 'lease_lost',
  cannot_run_here: 'lease_lost',
};

/** What a refusal of central or of the keychain is for a run. */
export const runErrorOf = (refused: Result<unknown> & { ok: false }): RunErrorCode =>
  RUN_ERRORS[refused.error.code] ?? 'internal';
