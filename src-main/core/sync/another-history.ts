import type { CentralConnection } from '../central/connect.ts';
import { readHead } from '../central/pull.ts';
import { type RowStamp, stampOf, stampsBetween } from '../central/stamps.ts';
import { nextOfStream, type WhoAmI } from '../central/whoami.ts';
import type { Desk } from '../desk.ts';
import type { DeskState, Witness } from '../replica/desk-state.ts';
import type { Replica } from '../replica/open.ts';
import { nextUnanswered } from '../replica/outbox.ts';
import { readBase } from '../replica/overlay.ts';
import { readRow } from '../replica/rows.ts';
import { pulledTables } from './tables.ts';

/**
 * Whether central's commits are not those that this desk read. The epoch tells of another cluster. A backup in the same one
 * leaves it as it was, and others may have written on since; of that tell a lower head, a change of this desk that central
 * answered and does not have, a row that went back, or one among the commits read last that this desk never got.
 */
export const isAnotherHistory = async (
  central: CentralConnection,
  { replica }: Desk,
  me: WhoAmI,
  { epoch, cursor, witness, incarnation }: DeskState,
): Promise<boolean> => {
  if (epoch !== me.epoch) return true;
  if ((await readHead(central)).seq < cursor) return true;
  // A damaged replica is built anew with a new stream, and its outbox and rows may be what cannot be read.
  const isWhole = replica.health.trouble !== 'replica_damaged';
  if (isWhole && (await nextOfStream(central, incarnation)) < nextUnanswered(replica)) return true;
  for (const each of witness ? [witness, ...(witness.before ?? [])] : []) {
    if (await wentBack(central, me.clinic_id, each)) return true;
  }
  return isWhole && cursor > 0 && (await hasUnread(central, replica, me.clinic_id, cursor));
};

/** Whether central has not, or not any more, the row that it once gave, or has its number from another commit. */
const wentBack = async (
  central: CentralConnection,
  clinicId: string,
  { table: name, id, rev, updatedAt }: Witness,
): Promise<boolean> => {
  const table = pulledTables.find((each) => each.name === name);
  if (!table) return false;
  const stamp = await stampOf(central, table, clinicId, id);
  if (stamp === null || stamp.rev < rev) return true;
  return stamp.rev === rev && updatedAt !== undefined && stamp.updatedAt !== updatedAt;
};

/** How many of the commits that were read last are looked at, and how many of their rows. */
const lookedAt = { commits: 64, rows: 256 };

/** Whether central has rows from commits that this desk passed, and the desk has them otherwise or not at all. */
const hasUnread = async (
  central: CentralConnection,
  replica: Replica,
  clinicId: string,
  cursor: number,
): Promise<boolean> => {
  const stamps = await stampsBetween(central, pulledTables, clinicId, {
    after: cursor - lookedAt.commits,
    upTo: cursor,
    limit: lookedAt.rows,
  });
  return stamps.some((stamp) => !isHeld(replica, stamp));
};

const isHeld = (replica: Replica, { table, id, rev, updatedAt }: RowStamp): boolean => {
  const held = readBase(replica, table, id)?.row ?? readRow(replica, table, id);
  return Number(held?.['rev']) === rev && Number(held?.['updated_at']) === updatedAt;
};
