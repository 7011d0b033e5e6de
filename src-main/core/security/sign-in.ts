import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { noteEvent } from '../replica/audit-events.ts';
import { storeContents } from './own-keys.ts';
import { checkPassword, type RightPassword } from './password.ts';
import { type Contents, openAgain } from './sealed.ts';
import type { Seat, Seats } from './seats.ts';
import { takeCode, withoutCode } from './second-factor.ts';
import { staffMember } from './staff.ts';

/** Signs somebody in by password and, where they have one, second factor. */
export const signInWith = async (
  desk: Desk,
  seats: Seats,
  session: Session,
  { userId, password, code }: ParsedInput<'signIn'>,
): Promise<CallResult<'signIn'>> => {
  const seat = seats.seatOf(session);
  if (!seat) return refuse('not_allowed', { right: 'door' });
  const checked = await checkPassword(desk, userId, password);
  const entered = checked.ok ? enter(desk, seats, { session, seat, ...checked.value, code }) : checked;
  if (!entered.ok && isMiss(entered.error.code)) noteMiss(desk, session, 'signInFailed', userId);
  return entered;
};

interface Entering extends RightPassword {
  session: Session;
  seat: Seat;
  code: string | undefined;
}

/** The second half, in which nothing waits: a code is checked and used up before anybody else can bring it. */
const enter = (
  desk: Desk,
  seats: Seats,
  { session, seat, person: { id: userId }, box: opened, counted, code }: Entering,
): CallResult<'signIn'> => {
  const text = staffMember(desk.replica, userId)?.sealed;
  const box = text === undefined ? null : openAgain(text, opened);
  if (!box || text === undefined) return refuse('wrong_password', { waitSeconds: counted.waitSeconds });
  if (box.contents.totp && !code) {
    counted.takeBack();
    return refuse('code_needed');
  }
  const taken = box.contents.totp && code ? checkCode(desk, userId, box.contents, code) : { left: null };
  if (!taken) return refuse('wrong_code', { waitSeconds: counted.waitSeconds });
  counted.forget();
  const wasThere = seats.sitsAt(seat, userId);
  seats.keyring.keep(box, text);
  if (!seats.seat(session, userId, 'password')) return refuse('not_ready');
  if (taken.left) spend(desk, seats, session, { userId, contents: taken.left });
  const details = { method: 'password' };
  noteEvent(desk, seat.session, { action: wasThere ? 'unlock' : 'signIn', userId, details });
  return ok({ userId, enrol: seats.standing(seat).state === 'enrol' });
};

const isMiss = (code: string): boolean => code === 'wrong_password' || code === 'wrong_code';

/** Only somebody of the staff can be named: what was typed for a name does not get into the audit. */
export const noteMiss = (
  desk: Desk,
  session: Session,
  action: 'signInFailed' | 'switchFailed',
  userId: string,
): void => {
  if (!staffMember(desk.replica, userId)) return;
  noteEvent(desk, { ...session, userId: null }, { action, table: 'users', rowId: userId });
};

/** `left`: the contents of the box without the recovery code that was given, where it was one. */
const checkCode = (
  desk: Desk,
  userId: string,
  contents: Contents,
  code: string,
): { left: Contents | null } | null => {
  const digits = code.replaceAll(' ', '');
  if (/^\d{6}$/.test(digits))
    return contents.totp && takeCode(desk, userId, contents.totp.secret, digits) ? { left: null } : null;
  const left = withoutCode(contents, code);
  return left && { left };
};

/** A recovery code that could not be stored as used up lets nobody in. */
const spend = (
  desk: Desk,
  seats: Seats,
  session: Session,
  { userId, contents }: { userId: string; contents: Contents },
): void => {
  try {
    storeContents(desk, seats.keyring, { userId, kind: 'useRecoveryCode', contents });
  } catch (fault) {
    seats.signOut(session);
    throw fault;
  }
};
