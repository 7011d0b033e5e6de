import type { Discharge, DischargeCallStatus } from '../../contract/call-lists.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { centralNow } from '../appointments/held.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { type ChangeWriter, writeChange } from '../replica/write.ts';
import { scheduledDischargeCalls } from '../schema/replica/index.ts';
import { type StoredAttempt, triesOf } from './attempts.ts';

/** For how long a call is whose who began it, should they never say what came of it. */
export const TAKEN_MS = 15 * 60_000;
/** A call that waited longer than this since it was due is likely to be forgotten: the list says so. */
const STALE_DAYS = 3;
/** Busy or no answer: once more, and then it stays on the list for a person (integrations.md). */
const TRIES_BY_ITSELF = 1;
const DAY_MS = 24 * 3_600_000;

/** A stored call; times in epoch milliseconds. */
interface Stored {
  id: string;
  caseId: string;
  status: DischargeCallStatus;
  dueAt: number;
  nextAttemptAt: number | null;
}

const read = ({ replica }: Desk, id: string): Stored | undefined =>
  replica
    .statement(
      `select id, case_id caseId, status, due_at dueAt, next_attempt_at nextAttemptAt
       from scheduled_discharge_calls where id = ?`,
    )
    .get(id) as Stored | undefined;

/** What a call is about and how it stands, by this desk's clock `now` (epoch milliseconds); null where it is gone. */
export const dischargeOf = (desk: Desk, id: string, now: number): Discharge | null => {
  const stored = read(desk, id);
  if (!stored) return null;
  const { caseId, status, dueAt } = stored;
  const until = takenUntil(desk, stored);
  const overdue = Math.floor((now - dueAt) / DAY_MS);
  const consultation = desk.replica
    .statement('select consulted_at consultedAt, reason from cases where id = ?')
    .get(caseId) as { consultedAt: number | null; reason: string | null } | undefined;
  return {
    caseId,
    status,
    takenUntil: isoOrNull(until),
    mine: until !== null && isOwn(desk, id, until),
    staleDays: status !== 'completed' && overdue >= STALE_DAYS ? overdue : 0,
    consultedAt: isoOrNull(consultation?.consultedAt ?? null),
    reason: consultation?.reason ?? null,
  };
};

/** While somebody makes a call, `next_attempt_at` says when it is anybody's again. */
const takenUntil = (desk: Desk, { status, nextAttemptAt }: Stored): number | null =>
  (status === 'ringing' || status === 'in_progress') &&
  nextAttemptAt !== null &&
  nextAttemptAt > centralNow(desk)
    ? nextAttemptAt
    : null;

/** More changes than a desk makes in the time for which a call is taken. */
const LOOKED_AT = 500;

/** Whether it is this desk that took a call until then: two desks never name the same millisecond but by chance. */
const isOwn = ({ replica }: Desk, id: string, until: number): boolean =>
  replica
    .statement(
      `select 1 from (
         select kind, rows from outbox where state in ('waiting', 'applied')
         union all
         select kind, rows from (
           select kind, rows from acknowledged where outcome = 'applied' order by change_id desc limit ${LOOKED_AT})
       ) c, json_each(c.rows) r
       where c.kind = 'dialCall' and r.value ->> '$.id' = ? and r.value ->> '$.set.next_attempt_at' = ?`,
    )
    .get(id, iso(until)) !== undefined;

/**
 * Says that a call is being made at this desk, so that no other desk makes it. Two desks that begin within the same
 * moment name different ends of it: central takes the first, and the other desk's goes without a word, since its list shows
 * whose the call is.
 */
export const dialCall = (
  desk: Desk,
  session: Session,
  { id, step }: ParsedInput<'dialCall'>,
): CallResult<'dialCall'> => {
  const stored = standing(desk, id);
  if (!stored.ok) return stored;
  const until = iso(centralNow(desk) + TAKEN_MS);
  const down = step === 'put_down';
  writeChange(desk, { kind: 'dialCall', actor: session.userId }, (change) =>
    change.update(
      scheduledDischargeCalls,
      id,
      down ? waiting(triesOf(desk, id)) : { status: step, nextAttemptAt: until },
    ),
  );
  return ok({ takenUntil: down ? null : until });
};

/** Takes a call off the list for good, or puts it back as its tries leave it. */
export const cancelCall = (
  desk: Desk,
  session: Session,
  { id, cancelled }: ParsedInput<'cancelCall'>,
): CallResult<'cancelCall'> => {
  const stored = cancelled ? standing(desk, id) : ofStatus(desk, id, ['cancelled']);
  if (!stored.ok) return stored;
  const set = cancelled ? { status: 'cancelled' as const } : waiting(triesOf(desk, id));
  writeChange(desk, { kind: 'cancelCall', actor: session.userId }, (change) =>
    change.update(scheduledDischargeCalls, id, set),
  );
  return ok({ status: set.status });
};

/** A call that is still to be made, and that no other desk is making. */
const standing = (desk: Desk, id: string): Result<Stored> => {
  const found = ofStatus(desk, id, ['queued', 'failed', 'ringing', 'in_progress']);
  if (!found.ok) return found;
  const until = takenUntil(desk, found.value);
  return until === null || isOwn(desk, id, until) ? found : refuse('being_called', { until: iso(until) });
};

const ofStatus = (desk: Desk, id: string, statuses: readonly DischargeCallStatus[]): Result<Stored> => {
  const stored = read(desk, id);
  if (!stored) return refuse('not_found', { what: 'discharge', id });
  return statuses.includes(stored.status) ? ok(stored) : refuse('call_settled', { status: stored.status });
};

/** How a call that waits stands after its tries, newest first. */
const waiting = (tries: readonly Pick<StoredAttempt, 'nextTryAt'>[]) => ({
  status: tries.length > TRIES_BY_ITSELF ? ('failed' as const) : ('queued' as const),
  attempts: tries.length,
  nextAttemptAt: isoOrNull(tries[0]?.nextTryAt ?? null),
  outcomeNotes: null,
});

/** What a try makes of its call, within the caller's change. A call that was cancelled, or made, stays so. */
export const logDischarge = (
  change: ChangeWriter,
  id: string,
  status: string,
  {
    outcome,
    tries,
    note,
    nextTryAt,
  }: Pick<StoredAttempt, 'outcome' | 'note'> & {
    /** This one counts. */
    tries: number;
    nextTryAt: string | null;
  },
): void => {
  if (status === 'cancelled' || status === 'completed') return;
  const after = tries > TRIES_BY_ITSELF ? 'failed' : 'queued';
  change.update(
    scheduledDischargeCalls,
    id,
    outcome === 'reached'
      ? { status: 'completed', attempts: tries, nextAttemptAt: null, outcomeNotes: note }
      : { status: after, attempts: tries, nextAttemptAt: nextTryAt },
  );
};

/** Takes back what a try made of its call, which is then as the `others`, newest first, leave it. */
export const unlogDischarge = (
  desk: Desk,
  change: ChangeWriter,
  id: string,
  others: readonly StoredAttempt[],
): void => {
  const status = read(desk, id)?.status;
  if (status === undefined || status === 'cancelled' || others.some(({ outcome }) => outcome === 'reached'))
    return;
  change.update(scheduledDischargeCalls, id, waiting(others));
};
