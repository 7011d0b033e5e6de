import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { noteEvent } from '../replica/audit-events.ts';
import { storeContents } from './own-keys.ts';
import { checkPassword, type RightPassword } from './password.ts';
import type { Contents } from './sealed.ts';
import type { Seats } from './seats.ts';
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
  const checked = await checkSignIn(desk, userId, password, code);
  if (!checked.ok) {
    if (isMiss(checked.error.code)) noteMiss(desk, session, 'signInFailed', userId);
    return checked;
  }
  const { person, box, used } = checked.value;
  seats.keyring.keep(box, person.sealed);
  if (!seats.seat(session, userId, 'password')) return refuse('not_ready');
  if (used) spend(desk, seats, session, { userId, contents: used });
  noteEvent(desk, seat.session, { action: 'signIn', userId, details: { method: 'password' } });
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

/** The password, and then the code. `used`: the contents of the box without the recovery code that was given. */
const checkSignIn = async (
  desk: Desk,
  userId: string,
  password: string,
  code: string | undefined,
): Promise<Result<RightPassword & { used: Contents | null }>> => {
  const checked = await checkPassword(desk, userId, password);
  if (!checked.ok) return checked;
  const { box, counted } = checked.value;
  const { contents } = box;
  if (contents.totp && !code) {
    counted.takeBack();
    return refuse('code_needed');
  }
  const right = contents.totp && code ? checkCode(desk, userId, contents, code) : { used: null };
  if (!right) return refuse('wrong_code', { waitSeconds: counted.waitSeconds });
  counted.forget();
  return ok({ ...checked.value, ...right });
};

const checkCode = (
  desk: Desk,
  userId: string,
  contents: Contents,
  code: string,
): { used: Contents | null } | null => {
  const digits = code.replaceAll(' ', '');
  if (/^\d{6}$/.test(digits))
    return contents.totp && takeCode(desk, userId, contents.totp.secret, digits) ? { used: null } : null;
  const used = withoutCode(contents, code);
  return used && { used };
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
