import type { Store } from '../replica/connection.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { readWaiting } from '../replica/layers.ts';
import { ownLeases } from '../replica/slot-leases.ts';
import { Promises } from './promise.ts';

/** What this desk can promise now of the appointments that it has not sent. */
export const readPromises = (store: Store): Promises =>
  new Promises({
    incarnation: readDeskState(store).incarnation,
    leases: ownLeases(store),
    waiting: readWaiting(store, 'appointments'),
  });
