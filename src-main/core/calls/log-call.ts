import type { CallListName } from '../../contract/call-lists.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { ChangeRow } from '../../contract/change.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { dayOf, iso, isoOrNull } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { type ChangeWriter, writeChange } from '../replica/write.ts';
import { appointments, callAttempts, recalls } from '../schema/replica/index.ts';
import { attemptOf, readAttempt, type StoredAttempt, triesOf } from './attempts.ts';
import { logDischarge, unlogDischarge } from './discharge-calls.ts';
import { nextTry } from './next-try.ts';

/** Whom a call is about, as it stands. */
interface Subject {
  patientId: string | null;
  locationId: string | null;
  status: string;
  /** Epoch milliseconds; of an appointment only. */
  confirmedAt: number | null;
}

const selects: Record<CallListName, string> = {
  confirmation: `select patient_id patientId, location_id locationId, status, confirmed_at confirmedAt
    from appointments where id = ? and patient_id is not null`,
  recall: `select patient_id patientId, null locationId, status, null confirmedAt from recalls where id = ?`,
  discharge: `select patient_id patientId, null locationId, status, null confirmedAt
    from scheduled_discharge_calls where id = ?`,
};

const readSubject = ({ replica }: Desk, list: CallListName, id: string): Subject | undefined =>
  replica.statement(selects[list]).get(id) as Subject | undefined;

/**
 * Logs a try. Reached settles the call in the same change: the appointment is confirmed, the recall or the discharge
 * call done; a discharge call that nobody answered twice stays for a person. Tries of two desks both stand, and the first stamp of a confirmation does.
 */
export const logCall = (
  desk: Desk,
  session: Session,
  { list, id, outcome, note }: ParsedInput<'logCall'>,
): CallResult<'logCall'> => {
  const subject = readSubject(desk, list, id);
  if (!subject) return refuse('not_found', { what: list, id });
  const zone = zoneOf(desk, subject.locationId);
  const calledAt = Date.parse(desk.now());
  const before = triesOf(desk, id);
  const today = before.filter((one) => dayOf(one.calledAt, zone) === dayOf(calledAt, zone));
  const due = nextTry(
    { list, outcome, calledAt, triesToday: today.length + 1, tries: before.length + 1 },
    zone,
  );
  const attempt = {
    id: desk.newId(),
    list,
    subjectId: id,
    patientId: subject.patientId,
    outcome,
    note: note || null,
    calledAt: iso(calledAt),
    calledBy: session.userId,
    nextTryAt: isoOrNull(due),
  };
  writeChange(desk, { kind: 'logCall', actor: session.userId }, (change) => {
    change.insert(callAttempts, attempt);
    if (list === 'discharge')
      logDischarge(change, id, subject.status, { ...attempt, tries: before.length + 1 });
    if (outcome === 'reached') settle(change, list, id, subject, attempt.calledAt);
  });
  return answerWith(desk, attempt.id);
};

const settle = (change: ChangeWriter, list: CallListName, id: string, subject: Subject, at: string): void => {
  if (list === 'confirmation' && subject.status === 'scheduled' && subject.confirmedAt === null)
    change.update(appointments, id, { confirmedAt: at });
  if (list === 'recall' && subject.status === 'open') change.update(recalls, id, { status: 'done' });
};

/**
 * Takes back a try that was logged by mistake, and what it settled unless another try settled it too. The row stays, as
 * everything that was ever logged does; a second one says that the call was not made (`triesMade`).
 */
export const takeBackCall = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'takeBackCall'>,
): CallResult<'takeBackCall'> => {
  const attempt = readAttempt(desk, input.attemptId);
  if (!attempt) return refuse('not_found', { what: 'call_attempt', id: input.attemptId });
  const { list, subjectId, calledAt } = attempt;
  const counts = triesOf(desk, subjectId);
  if (!counts.some(({ id }) => id === attempt.id)) return ok({ id: subjectId, list });
  const others = counts.filter(({ id, outcome }) => id !== attempt.id && outcome === 'reached');
  writeChange(desk, { kind: 'takeBackCall', actor: session.userId }, (change) => {
    change.insert(callAttempts, {
      id: desk.newId(),
      list,
      subjectId,
      patientId: attempt.patientId,
      outcome: 'no_answer',
      note: null,
      calledAt: iso(calledAt),
      calledBy: session.userId,
      nextTryAt: iso(calledAt),
    });
    if (list === 'discharge')
      unlogDischarge(
        desk,
        change,
        subjectId,
        counts.filter(({ id }) => id !== attempt.id),
      );
    if (attempt.outcome === 'reached') unsettle(desk, change, attempt, others);
  });
  return ok({ id: subjectId, list });
};

/** Takes back what a change `logCall` logged (Ctrl+Z). */
export const takeBackLogged = (
  desk: Desk,
  session: Session,
  { rows }: { rows: readonly ChangeRow[] },
): CallResult<'takeBackCall'> => {
  const attemptId = rows.find(({ table }) => table === 'call_attempts')?.id;
  return attemptId === undefined
    ? refuse('not_found', { what: 'call_attempt' })
    : takeBackCall(desk, session, { attemptId });
};

const unsettle = (
  desk: Desk,
  change: ChangeWriter,
  { list, subjectId, calledAt }: StoredAttempt,
  others: readonly StoredAttempt[],
): void => {
  const subject = readSubject(desk, list, subjectId);
  const other = others.at(-1);
  if (list === 'confirmation' && subject?.status === 'scheduled' && subject.confirmedAt === calledAt)
    change.update(appointments, subjectId, { confirmedAt: other ? iso(other.calledAt) : null });
  if (other) return;
  if (list === 'recall' && subject?.status === 'done') change.update(recalls, subjectId, { status: 'open' });
};

const answerWith = (desk: Desk, id: string): CallResult<'logCall'> => {
  const saved = readAttempt(desk, id);
  return saved ? ok(attemptOf(saved)) : refuse('not_found', { what: 'call_attempt', id });
};
