import { type Result, refuse } from '../../contract/errors.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { argon2, costOf, type OpenBox, openAgain, openBox } from './sealed.ts';
import { type StaffMember, staffMember, staffMembers } from './staff.ts';
import { beginTry, type Try } from './tries.ts';

/** A password was right: the box that it opened, the text of it, and the try that is still counted. */
export interface RightPassword {
  person: StaffMember;
  box: OpenBox;
  counted: Try;
}

/**
 * Checks somebody's password by opening their box. `account_locked` while this desk or central makes them wait; a wrong
 * password and a person who cannot sign in look and take the same.
 */
export const checkPassword = async (
  desk: Desk,
  userId: string,
  password: string,
): Promise<Result<RightPassword>> => {
  const person = staffMember(desk.replica, userId);
  const now = Date.parse(desk.now());
  if (person?.lockedUntil && person.lockedUntil > now) return locked(person.lockedUntil, now);
  const counted = beginTry(desk, person && userId);
  if ('waitMs' in counted) return locked(now + counted.waitMs, now);
  const box = person
    ? await openBox(person.sealed, userId, password)
    : await asLong(desk, password).then(() => null);
  // The account may be another one than before the wait: gone, or with a box that was closed anew.
  const after = staffMember(desk.replica, userId);
  const open = box && after && openAgain(after.sealed, box);
  if (!open) return refuse('wrong_password', { waitSeconds: counted.waitSeconds });
  return { ok: true, value: { person: after, box: open, counted } };
};

const locked = (until: number, now: number) =>
  refuse('account_locked', { until: iso(until), waitSeconds: Math.ceil((until - now) / 1000) });

/** The work of a try at anybody's box. */
const asLong = ({ replica }: Desk, password: string): Promise<Buffer> =>
  argon2(password, Buffer.alloc(16), costOf(staffMembers(replica)[0]?.sealed ?? null));
