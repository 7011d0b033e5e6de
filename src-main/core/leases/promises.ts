import type { Store } from '../replica/connection.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { readWaiting } from '../replica/layers.ts';
import { ownLeases } from '../replica/slot-leases.ts';
import { type Promised, Promises } from './promise.ts';

/** More than so many are read with all that waits at once. */
const aFew = 4;

/**
 * What this desk can promise now of appointments that it has not sent, by their ids. All that waits is read only where one
 * stands in a slot that is kept; for a few others what they are touched by is enough.
 */
export const readPromises = (store: Store, ids: readonly string[]): ReadonlyMap<string, Promised> => {
  const { incarnation } = readDeskState(store);
  const leases = ownLeases(store);
  let whole: Promises | undefined;
  const told = (id: string): Promised => {
    if (!whole && ids.length <= aFew) {
      const alone = new Promises({ incarnation, leases, waiting: readWaiting(store, 'appointments', id) });
      const settled = alone.byItself(id);
      if (settled !== undefined) return settled;
    }
    whole ??= new Promises({ incarnation, leases, waiting: readWaiting(store, 'appointments') });
    return whole.of(id);
  };
  return new Map(ids.map((id) => [id, told(id)]));
};
