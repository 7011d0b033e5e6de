import type { CallResult } from '../../contract/calls.ts';
import { fleetingKinds, ownKeyKinds, type WireRow } from '../../contract/change.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { isLive } from '../../contract/status.ts';
import { checkPlace } from '../conflicts/again.ts';
import { asAppointment, readWire } from '../conflicts/attempt.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { dependents } from './dependents.ts';
import { type RecentChange, recentChanges } from './recent.ts';
import { reverse, type Step } from './reverse.ts';

/** Takes a change back by a command of its own, for what must not simply go back to its old values. */
export type Inverse = (desk: Desk, session: Session, change: RecentChange) => Result<unknown>;

/** What nobody did on purpose, and so nobody means to take back; and what takes back. */
const passedOver = new Set([
  ...fleetingKinds,
  ...ownKeyKinds,
  'undo',
  'readThread',
  'kioskCheckIn',
  'takeBackCall',
]);

/**
 * Takes back what this person did last. An action that can no longer be taken back is refused, never passed over for
 * an earlier one, which nobody meant; one that is no longer in effect is.
 */
export const undoWith =
  (inverses: Readonly<Record<string, Inverse>>) =>
  (desk: Desk, session: Session): CallResult<'undo'> => {
    for (const change of recentChanges(desk, session.userId)) {
      if (passedOver.has(change.kind)) continue;
      const now = desk.now();
      const reversal = reverse(change.rows, (table, id) => readWire(desk, table, id) ?? undefined, now);
      if ('why' in reversal && reversal.why === 'gone') continue;
      const inverse = inverses[change.kind];
      const done = inverse
        ? inverse(desk, session, change)
        : 'why' in reversal
          ? refuse('not_undoable', { kind: change.kind, reason: reversal.why })
          : takeBack(desk, session, change, reversal.steps);
      if (!done.ok) return done;
      desk.replica
        .statement('insert into undone (change_id, undone_at) values (?, ?)')
        .run(change.changeId, Date.parse(now));
      return ok({ kind: change.kind });
    }
    return refuse('nothing_to_undo');
  };

const takeBack = (desk: Desk, session: Session, change: RecentChange, steps: Step[]): Result<null> => {
  const own = new Set(change.rows.map(({ id }) => id));
  if (change.rows.some((row) => 'insert' in row && dependents(desk, row.table, row.id, own)))
    return refuse('not_undoable', { kind: change.kind, reason: 'stands' });
  const taken = findTaken(desk, steps);
  if (taken) return taken;
  writeChange(desk, { kind: 'undo', actor: session.userId }, (writer) => {
    for (const { table, id, set } of steps) writer.repeat({ table, id, set, was: {} });
  });
  return ok(null);
};

/** Who stands where an appointment would come back to, or undefined. */
const findTaken = (desk: Desk, steps: readonly Step[]): Result<never> | undefined => {
  const ends = new Map<string, WireRow>();
  for (const { table, id, set } of steps)
    if (table === 'appointments') ends.set(id, { ...(ends.get(id) ?? {}), ...set });
  for (const [id, set] of ends) {
    const stored = readWire(desk, 'appointments', id);
    const [before, after] = [asAppointment(stored), asAppointment({ ...stored, ...set })];
    if (!before || !after || !isLive(after.status) || stored?.['overbook_reason'] != null) continue;
    const taken = checkPlace(desk, after, before);
    if (taken) return taken;
  }
  return undefined;
};
