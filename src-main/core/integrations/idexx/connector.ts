import type { RunError } from '../../../contract/integrations.ts';
import { zoneOf } from '../../clinic-zone.ts';
import type { Desk } from '../../desk.ts';
import type { Connector, Run, RunHistory } from '../connector.ts';
import { readIntegrationSettings } from '../settings.ts';
import { hasLogin, loginFor, noteValidation } from './credentials.ts';
import { nextDue, readHours } from './due.ts';
import { scopeOf, type Work, work } from './run.ts';
import type { Scope } from './scope.ts';
import { beginSession, endSession, runErrorOf } from './session.ts';

/** What a run needs beside the desk; tests give their own. */
export interface IdexxMeans {
  /** Waits so many milliseconds; rejects when the signal is cut. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
  /** From 0 to below 1, for jitter. */
  random(): number;
  /** Milliseconds at least from one request to the next. */
  pace: number;
}

const LIMIT = 30 * 60_000;

/** IDEXX Neo, read only (integrations.md): appointments, blocks, consultations and what follows from them. */
export const createIdexxConnector = (desk: Desk, means: IdexxMeans): Connector => ({
  source: 'idexx',
  limitMs: LIMIT,
  due: async (history) => due(desk, history),
  run: (run) => runOnce(run, means),
});

const due = async (desk: Desk, { lastRunAt }: Pick<RunHistory, 'lastRunAt'>) => {
  const { enabled, settings } = readIntegrationSettings(desk).idexx;
  if (!enabled || !(await hasLogin(desk))) return null;
  return nextDue(lastRunAt, Date.parse(desk.now()), settings, zoneOf(desk, null), (day) =>
    readHours(desk, day),
  );
};

/** A run with its session: begun before the first request, and ended with true numbers whatever happened. */
const runOnce = async (run: Run, means: IdexxMeans): Promise<RunError | null> => {
  const { desk } = run;
  const login = await loginFor(desk);
  if (!login.ok) return { code: runErrorOf(login), where: null };
  const scope = scopeOf(desk, login.value.userId);
  if (!scope) return { code: 'internal', where: null };
  const session = await beginSession(run, login.value.userId);
  if ('error' in session) return session.error;
  const { account, error } = await signInAndWork(run, means, scope, login.value);
  const next = await due(desk, { lastRunAt: Date.parse(desk.now()) });
  await endSession(run, session.sessionId, account, error, next && next.at - Date.parse(desk.now()));
  return error;
};

const nothing = {
  appointmentsRead: 0,
  consultationsSynced: 0,
  consultationsFailed: 0,
  dischargeCallsScheduled: 0,
  synced: [],
  failed: [],
};

type UsedLogin = Extract<Awaited<ReturnType<typeof loginFor>>, { ok: true }>['value'];

const signInAndWork = async (
  run: Run,
  { sleep, random, pace }: IdexxMeans,
  scope: Scope,
  login: UsedLogin,
): Promise<Work> => {
  run.progress('signing_in', 0, 0);
  const { openNeo } = await import('./client.ts');
  const { username, password, companyId } = login;
  const neo = await openNeo({
    baseUrl: scope.settings.baseUrl,
    login: { username, password, companyId },
    pace,
    now: () => Date.parse(run.desk.now()),
    sleep,
    random,
    signal: run.signal,
  });
  if (neo.ok) {
    await noteValidation(run.desk, login, 'valid');
    const done = await work(scope, run, neo.value);
    if (done.error && isRefusal(done.error)) await noteValidation(run.desk, login, 'invalid');
    return done;
  }
  if (isRefusal(neo.error)) await noteValidation(run.desk, login, 'invalid');
  return { account: nothing, error: neo.error };
};

/** Neo said no to the login itself; a fault of the network says nothing about it. */
const isRefusal = ({ code }: RunError): boolean => code === 'refused_login';
