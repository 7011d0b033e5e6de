import type { RunError } from '../../../contract/integrations.ts';
import { RunErrorCode } from '../../../contract/integrations.ts';
import { dayBounds, iso, localTime } from '../../clinic-day.ts';
import { zoneOf } from '../../clinic-zone.ts';
import type { Desk } from '../../desk.ts';
import { readDeskState } from '../../replica/desk-state.ts';
import { integrations } from '../../schema/replica/index.ts';
import type { Run } from '../connector.ts';
import { outsideId } from '../outside-id.ts';
import { readIntegrationSettings } from '../settings.ts';
import { type Calendar, mapCalendar, takeCalendar } from './calendar.ts';
import type { Neo } from './client.ts';
import { type Consultations, takeConsultations } from './consultations.ts';
import type { Visit } from './mapping.ts';
import type { Scope } from './scope.ts';
import type { Account } from './session.ts';
import type { Span } from './wall-time.ts';
import { writeRun } from './writing.ts';

/** What all of a run works with; null at a desk that knows no clinic yet. */
export const scopeOf = (desk: Desk, userId: string): Scope | null => {
  const { clinicId } = readDeskState(desk.replica);
  if (clinicId === null) return null;
  const { settings } = readIntegrationSettings(desk).idexx;
  return { desk, clinicId, userId, settings, zone: zoneOf(desk, null), now: Date.parse(desk.now()) };
};

/** How the work of a run went, up to where it ended. */
export interface Work {
  account: Account;
  error: RunError | null;
}

/**
 * The work of a run: reads the window of the calendar whole and brings the board to it, then reads the consultations of
 * the last days and keeps them as cases. Compares what Neo says with what stands here and writes the difference, so that a
 * run that was cut anywhere is made good by the next one.
 */
export const work = async (scope: Scope, run: Run, neo: Neo): Promise<Work> => {
  const account: Account = {
    appointmentsRead: 0,
    consultationsSynced: 0,
    consultationsFailed: 0,
    dischargeCallsScheduled: 0,
    synced: [],
    failed: [],
  };
  const ended = (error: RunError | null): Work => ({ account, error: cutBy(run) ?? error });

  const { firstDay, lastDay, window } = windowOf(scope);
  const read = await neo.appointments(firstDay, lastDay, (done, days) =>
    run.progress('appointments', done, days),
  );
  if (!read.ok) return ended(read.error);
  const calendar = await mapCalendar(read.value, scope.zone);
  account.appointmentsRead = calendar.visits.length;
  const begun = scope.desk.now();
  if (!(await takeCalendar(scope, run, calendar, window, false))) return ended(lostLine);

  const consultations = await takeConsultations(scope, run, neo, recentlySeen(scope, calendar.visits));
  run.progress('sending', 0, 0);
  if (!(await run.settled())) {
    note(account, scope, consultations, []);
    return ended(lostLine);
  }
  if (!(await writeRefusedAgain(scope, run, calendar, window, begun))) return ended(lostLine);
  note(account, scope, consultations, consultations.synced);
  const { error } = consultations;
  if (error === null && !run.signal.aborted) {
    keepPosition(scope, run);
    if (!(await run.settled())) return ended(lostLine);
  }
  return ended(error);
};

const lostLine: RunError = { code: 'offline', where: null };

/** Why the runner ended the run; null where it did not. */
const cutBy = ({ signal }: Run): RunError | null =>
  signal.aborted ? { code: RunErrorCode.safeParse(signal.reason).data ?? 'cancelled', where: null } : null;

/** The days that are read, by the clinic's clock, and the stretch of time that they are. */
const windowOf = ({ settings, zone, now }: Scope): { firstDay: string; lastDay: string; window: Span } => {
  const today = localTime(now, zone).toPlainDate();
  const firstDay = today.subtract({ days: settings.daysBack }).toString();
  const lastDay = today.add({ days: settings.daysAhead }).toString();
  return {
    firstDay,
    lastDay,
    window: { start: dayBounds(firstDay, zone).start, end: dayBounds(lastDay, zone).end },
  };
};

/** Consultations of the last 48 hours (integrations.md); of longer, where no run has come to its end since. */
const RECENT_MS = 48 * 3_600_000;

const recentlySeen = (scope: Scope, visits: readonly Visit[]): Visit[] => {
  const { completeTo } = readPosition(scope);
  const since = Math.min(scope.now - RECENT_MS, completeTo ?? Number.POSITIVE_INFINITY);
  return visits.filter(
    ({ consultationId, span, wrong }) =>
      consultationId !== null && wrong === null && span.end >= since && span.start <= scope.now,
  );
};

/** What central refused in a change of several may stand there by itself: each once more, alone. */
const writeRefusedAgain = async (
  scope: Scope,
  run: Run,
  calendar: Calendar,
  window: Span,
  since: string,
): Promise<boolean> => {
  const refused = scope.desk.replica
    .statement(`select 1 from refusals where resolution = 'derived' and refused_at >= ?`)
    .get(Date.parse(since));
  if (!refused) return true;
  return (await takeCalendar(scope, run, calendar, window, true)) && run.settled();
};

/** Counts what stands now that central has answered. */
const note = (account: Account, scope: Scope, read: Consultations, synced: Consultations['synced']): void => {
  const stands = (table: 'cases' | 'scheduled_discharge_calls', id: string): boolean =>
    scope.desk.replica.statement(`select 1 from ${table} where id = ?`).get(id) !== undefined;
  const kept = synced.filter(({ caseId }) => stands('cases', caseId));
  account.synced = kept.map(({ consultationId }) => consultationId);
  account.failed = read.failed;
  account.consultationsSynced = kept.length;
  account.consultationsFailed = read.failed.length;
  account.dischargeCallsScheduled = kept.filter(
    ({ callId }) => callId !== null && stands('scheduled_discharge_calls', callId),
  ).length;
};

const positionId = ({ clinicId }: Scope): string => outsideId('integration', clinicId, 'idexx');

const readPosition = (scope: Scope): { completeTo: number | null } => {
  const position = scope.desk.replica
    .statement('select position from integrations where id = ?')
    .pluck()
    .get(positionId(scope)) as string | null | undefined;
  const { completeTo } = JSON.parse(position ?? '{}') as { completeTo?: string };
  return { completeTo: completeTo === undefined ? null : Date.parse(completeTo) };
};

/** Notes up to when consultations were read. */
const keepPosition = (scope: Scope, run: Run): void =>
  writeRun(run, (change) =>
    change.update(integrations, positionId(scope), { position: { completeTo: iso(scope.now) } }),
  );
