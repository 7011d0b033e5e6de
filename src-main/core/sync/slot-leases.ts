import type { CentralConnection } from '../central/connect.ts';
import { notify } from '../central/listen.ts';
import { keepLeases, returnLeases, tellLeases } from '../central/slot-leases.ts';
import type { Desk } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { readWaiting } from '../replica/layers.ts';
import { forgetOver, settledIncarnations, takeOver } from '../replica/made-before.ts';
import type { Replica } from '../replica/open.ts';
import {
  beginReturn,
  isStoodOn,
  leasesUnderReturn,
  noteLeaseDesks,
  ownLeases,
  type SlotLease,
  toldLeases,
} from '../replica/slot-leases.ts';

/** A desk asks for its share at most this often, and not before it has been at work for as long. */
const askEveryMs = 60_000;
/** Where nothing was read from central since, it asks this often: time alone makes slots come near and go by. */
const askAnywayMs = 600_000;

/**
 * The desk's side of the slot leases: asks central for its share now and then, and gives back what is over or wanted by
 * another desk. A lease is given back in three steps, each lasting before the next: this desk promises nothing on it any
 * more, central takes it, and the row comes by the next pull. So whatever is cut, nobody else has the slot while this desk
 * still promises it.
 */
export class SlotLeases {
  /** By the desk's clock, in epoch milliseconds. */
  #askedAt: number | null = null;
  #askedWith = -1;

  /** Does what is to be done now, after the replica has caught up; answers whether central has something new to be read. */
  async keep(central: CentralConnection, desk: Desk): Promise<boolean> {
    const over = await this.#askForShare(central, desk);
    const given = await giveBack(central, desk.replica, new Set(over ?? []));
    return given || over !== null;
  }

  /** The leases that central finds this desk should give back; null where it was not asked, or nothing came of it. */
  async #askForShare(central: CentralConnection, { replica, now }: Desk): Promise<string[] | null> {
    const { cursor, incarnation } = readDeskState(replica);
    if (!this.#isDue(Date.parse(now()), cursor)) return null;
    const kept = await keepLeases(central, incarnation);
    if (!kept) return null;
    noteLeaseDesks(replica, kept.desks);
    return kept.granted > 0 || kept.over.length > 0 ? kept.over : null;
  }

  #isDue(now: number, cursor: number): boolean {
    const waited = this.#askedAt === null ? -1 : now - this.#askedAt;
    const isDue = waited >= askAnywayMs || (waited >= askEveryMs && cursor !== this.#askedWith);
    // The first look only starts the clock, and so does one that finds it set back.
    if (isDue || waited < 0) this.#askedAt = now;
    if (isDue) this.#askedWith = cursor;
    return isDue;
  }
}

/** Gives back what is over or wanted and no booking of this desk waits on; answers whether there was any. */
const giveBack = async (
  central: CentralConnection,
  replica: Replica,
  over: ReadonlySet<string>,
): Promise<boolean> => {
  const begun = leasesUnderReturn(replica);
  const { incarnation: now, clinicId } = readDeskState(replica);
  // What an earlier incarnation keeps may be somebody's who works as that one: a copy of this replica was made, or this is it.
  const more = ownLeases(replica).filter(
    ({ id, incarnation, wantedAt }) => incarnation === now && (wantedAt !== null || over.has(id)),
  );
  const given = [...begun, ...withoutBookings(replica, more)];
  if (given.length > begun.length) beginReturn(replica, given);
  let wanted = false;
  for (const [incarnation, leases] of byIncarnation(given)) {
    wanted = (await returnLeases(central, incarnation, leases))?.wanted || wanted;
  }
  takeOver(replica);
  const settled = settledIncarnations(replica);
  for (const incarnation of settled) wanted = (await returnLeases(central, incarnation))?.wanted || wanted;
  if (settled.length > 0) forgetOver(replica, new Set(settled));
  // Somebody waits for it now; what nobody waits for the others find by themselves.
  if (wanted && clinicId !== null) await notify(central, clinicId);
  return given.length + settled.length > 0;
};

const withoutBookings = (replica: Replica, leases: readonly SlotLease[]): readonly SlotLease[] => {
  if (leases.length === 0) return leases;
  const histories = [...readWaiting(replica, 'appointments').histories.values()];
  return leases.filter((lease) => !isStoodOn(lease, histories));
};

const byIncarnation = (leases: readonly SlotLease[]): Map<string, SlotLease[]> => {
  const groups = new Map<string, SlotLease[]>();
  for (const lease of leases)
    groups.set(lease.incarnation, [...(groups.get(lease.incarnation) ?? []), lease]);
  return groups;
};

/** Clocks of desks may be apart by hours: what ended a while ago is told too. */
const toldBackMs = 2 * 86_400_000;
const toldAtOnce = 1_000;

/**
 * Central that lost its last commits has lost leases too: this desk tells it all that it knows of, its own and others',
 * before anybody's change may take those slots.
 */
export const tellLeasesAgain = async (central: CentralConnection, { replica, now }: Desk): Promise<void> => {
  const leases = toldLeases(replica, Date.parse(now()) - toldBackMs);
  for (let from = 0; from < leases.length; from += toldAtOnce)
    await tellLeases(central, leases.slice(from, from + toldAtOnce));
};
