import type { Store } from '../replica/connection.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { leasesUnderReturn, ownLeases } from '../replica/slot-leases.ts';

/** How many slots are kept for this desk, how many of its it gives back, and how many are kept for others. */
export interface LeaseCounts {
  own: number;
  givingBack: number;
  others: number;
}

/** Counts them. */
export const leaseCounts = (store: Store): LeaseCounts => {
  const { incarnation } = readDeskState(store);
  const others = store
    .statement('select count(*) from slot_leases where desk_id is not null and incarnation <> ?')
    .pluck()
    .get(incarnation) as number;
  return {
    own: ownLeases(store).filter((lease) => lease.incarnation === incarnation).length,
    givingBack: leasesUnderReturn(store).length,
    others,
  };
};
