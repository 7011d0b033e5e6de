import type { RunError } from '../../../contract/integrations.ts';
import type { Desk } from '../../desk.ts';
import { letOthersGo } from '../../let-others-go.ts';
import { readDeskState } from '../../replica/desk-state.ts';
import type { Connector, Due, Run, RunHistory } from '../connector.ts';
import type { World } from '../http.ts';
import { readIntegrationSettings } from '../settings.ts';
import { type CalCom, calCom } from './client.ts';
import { keep, readKept } from './kept.ts';
import { readKey } from './key.ts';
import { forgetUnsent, offer, toOffer } from './offer.ts';
import { poll } from './poll.ts';
import { openRows } from './rows.ts';
import type { Scope } from './scope.ts';
import { ending, sendStep } from './send.ts';
import { takeIn } from './take.ts';

/** What a run needs beside the desk; tests give their own. */
export interface CalComMeans {
  /** Waits so many milliseconds; ends early when the signal is cut. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to below 1, for jitter. */
  random(): number;
  /** Milliseconds until one request is given up, where it is not as usual. */
  timeoutMs?: number;
}

const LIMIT = 5 * 60_000;
const LONGEST_BACK_OFF = 15 * 60_000;
const DAY = 86_400_000;
/** What is longer over than this is not compared any more. */
const COMPARED_MS = 14 * DAY;
/** What one run does at Cal.com at most: the rest goes with the next, and others get their turn. */
const MOST_SENDS = 60;
/** A booking moved with another status takes two steps, and one that is booked anew two more. */
const MOST_STEPS = 4;
/** So many rows between two pauses. */
const AT_ONCE = 10;

/**
 * Cal.com, two ways (integrations.md). A run reads what changed there and writes it down, brings it on to the board, waits
 * until central has taken that, and then does at Cal.com what was done at the desks. It compares what stands on both
 * sides and with what both last had alike, and never does one event: cut anywhere and run again it ends the same.
 */
export const createCalComConnector = (desk: Desk, means: CalComMeans): Connector => ({
  source: 'cal_com',
  limitMs: LIMIT,
  due: (history) => due(desk, history),
  run: async (run) => {
    const key = await readKey(desk);
    const { settings } = readIntegrationSettings(desk).cal_com;
    if (!key) return { code: 'no_credentials', where: null };
    const world: World = {
      now: () => Date.parse(desk.now()),
      sleep: (ms, signal) => means.pause(ms, signal),
      random: () => means.random(),
      signal: run.signal,
      ...(means.timeoutMs === undefined ? {} : { timeoutMs: means.timeoutMs }),
    };
    const clinicId = readDeskState(desk.replica).clinicId ?? '';
    const scope = { desk, clinicId, settings, fence: run.fence };
    return runOnce(scope, calCom(world, { baseUrl: settings.baseUrl, key }), run);
  },
});

/** Every so many seconds, and after failures in a row twice as long each time. */
const due = async (desk: Desk, { lastRunAt, failures }: RunHistory): Promise<Due | null> => {
  const { enabled, settings } = readIntegrationSettings(desk).cal_com;
  if (!enabled || !(await readKey(desk))) return null;
  const every = settings.everySeconds * 1000;
  const pause = Math.max(every, Math.min(every * 2 ** Math.min(failures, 10), LONGEST_BACK_OFF));
  return { at: lastRunAt === null ? Date.parse(desk.now()) : lastRunAt + pause, reason: 'schedule' };
};

const runOnce = async (scope: Scope, cal: CalCom, run: Run): Promise<RunError | null> => {
  const read = await poll(scope, cal, (done, total) => run.progress('appointments', done, total));
  if (!read.ok) return read.error;
  const stopped = await takeAll(scope, run);
  if (stopped) return stopped;
  if (!(await run.settled())) return { code: 'offline', where: null };
  const failure = (await lookAgain(scope, cal)) ?? (await sendAll(scope, cal, run));
  return (await run.settled()) ? failure : (failure ?? { code: 'offline', where: null });
};

/** Reads what can be booked once a day, for its lengths. */
const lookAgain = async ({ desk }: Scope, cal: CalCom): Promise<RunError | null> => {
  const kept = readKept(desk);
  if (!kept || Date.parse(kept.readAt) + DAY > Date.parse(desk.now())) return null;
  const eventTypes = await cal.eventTypes();
  if (!eventTypes.ok) return eventTypes.error;
  keep(desk, { ...kept, eventTypes: eventTypes.value, readAt: desk.now() });
  return null;
};

const openIds = ({ desk }: Scope): string[] =>
  openRows(desk, new Date(Date.parse(desk.now()) - COMPARED_MS).toISOString());

const takeAll = async (scope: Scope, run: Run): Promise<RunError | null> => {
  const ids = openIds(scope);
  for (const [index, id] of ids.entries()) {
    if (run.signal.aborted) return endedBy(run);
    if (index % AT_ONCE === 0) {
      run.progress('writing', index, ids.length);
      await letOthersGo();
    }
    takeIn(scope, id);
  }
  return null;
};

/** Sends what there is to send. A booking that fails by itself does not keep the others from theirs. */
const sendAll = async (scope: Scope, cal: CalCom, run: Run): Promise<RunError | null> => {
  const budget = { left: MOST_SENDS };
  let failure: RunError | null = null;
  const ids = openIds(scope);
  for (const [index, id] of ids.entries()) {
    if (index % AT_ONCE === 0) await letOthersGo();
    run.progress('sending', index, ids.length);
    const error = await sendRow(scope, cal, id, budget);
    if (error && ending.includes(error.code)) return error;
    failure ??= error;
    if (run.signal.aborted) return endedBy(run);
    if (budget.left <= 0) return failure;
  }
  const error = await offerAll(scope, cal, run, budget);
  return error ?? failure;
};

const sendRow = async (
  scope: Scope,
  cal: CalCom,
  id: string,
  budget: { left: number },
): Promise<RunError | null> => {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const sent = await sendStep(scope, cal, id);
    if (!sent.ok) return sent.error;
    if (sent.value === 'nothing') return null;
    budget.left -= 1;
  }
  return null;
};

const offerAll = async (
  scope: Scope,
  cal: CalCom,
  run: Run,
  budget: { left: number },
): Promise<RunError | null> => {
  const ids = scope.settings.sendBookings ? toOffer(scope) : [];
  forgetUnsent(scope, new Set(ids));
  let failure: RunError | null = null;
  for (const [index, id] of ids.entries()) {
    if (run.signal.aborted) return endedBy(run);
    if (budget.left <= 0) return failure;
    run.progress('sending', index, ids.length);
    if (index % AT_ONCE === 0) await letOthersGo();
    const booked = await offer(scope, cal, id);
    if (!booked.ok && ending.includes(booked.error.code)) return booked.error;
    if (!booked.ok) failure ??= booked.error;
    if (!booked.ok || booked.value) budget.left -= 1;
  }
  return failure;
};

const endedBy = ({ signal }: Run): RunError => ({
  code: signal.reason === 'lease_lost' || signal.reason === 'timed_out' ? signal.reason : 'cancelled',
  where: null,
});
