import type { CallAttempt, CallListName } from '../../contract/call-lists.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';

/** A stored try; times in epoch milliseconds. */
export interface StoredAttempt {
  id: string;
  list: CallListName;
  subjectId: string;
  patientId: string | null;
  outcome: CallAttempt['outcome'];
  note: string | null;
  calledAt: number;
  calledBy: string | null;
  calledByName: string | null;
  nextTryAt: number | null;
}

/**
 * The tries that count, newest first. Rows are never edited: a try is taken back by a second row of the same call, at
 * the same instant, that is due again at that instant, so as if nobody had called. Ids follow the order of writing.
 */
export const triesMade = <A extends Pick<StoredAttempt, 'id' | 'subjectId' | 'calledAt' | 'nextTryAt'>>(
  rows: readonly A[],
): A[] => {
  const takenBack = new Set(rows.filter(isTakingBack).map(sameCall));
  return rows
    .filter((row) => !takenBack.has(sameCall(row)))
    .sort((a, b) => b.calledAt - a.calledAt || (a.id < b.id ? 1 : -1));
};

/** Whether a row says that a call was not made after all: no try of the rule is due at its own instant. */
const isTakingBack = ({ calledAt, nextTryAt }: Pick<StoredAttempt, 'calledAt' | 'nextTryAt'>): boolean =>
  nextTryAt === calledAt;

const sameCall = ({ subjectId, calledAt }: Pick<StoredAttempt, 'subjectId' | 'calledAt'>): string =>
  `${subjectId} ${calledAt}`;

const SELECT = `
  select c.id, c.list, c.subject_id subjectId, c.patient_id patientId, c.outcome, c.note, c.called_at calledAt,
    c.called_by calledBy, u.display_name calledByName, c.next_try_at nextTryAt
  from call_attempts c left join users u on u.id = c.called_by`;

/** The tries of one call that count, newest first. */
export const triesOf = ({ replica }: Desk, subjectId: string): StoredAttempt[] =>
  triesMade(replica.statement(`${SELECT} where c.subject_id = ?`).all(subjectId) as StoredAttempt[]);

/** One stored row, or undefined. */
export const readAttempt = ({ replica }: Desk, id: string): StoredAttempt | undefined =>
  replica.statement(`${SELECT} where c.id = ?`).get(id) as StoredAttempt | undefined;

/** A try as the screens see it. */
export const attemptOf = (row: StoredAttempt): CallAttempt => ({
  id: row.id,
  outcome: row.outcome,
  note: row.note,
  calledAt: iso(row.calledAt),
  calledBy: row.calledByName,
  nextTryAt: isoOrNull(row.nextTryAt),
});
