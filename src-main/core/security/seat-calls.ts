import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { changePasswordWith } from './change-password.ts';
import { endMySessionWith } from './end-session.ts';
import { myAccountWith } from './own-account.ts';
import { ownFactorCalls } from './own-factors.ts';
import type { Seats } from './seats.ts';
import { signInWith } from './sign-in.ts';
import { switchPersonWith } from './switch-person.ts';

/** The calls that sign people in and out, and those of their own accounts. */
export const seatCalls = (desk: Desk, seats: Seats, isOnline: () => boolean) => ({
  door: (session: Session): CallResult<'door'> => {
    const door = seats.door(seats.seatOf(session));
    return door ? ok({ ...door, online: isOnline() }) : refuse('not_ready');
  },
  signIn: (session: Session, input: ParsedInput<'signIn'>) => signInWith(desk, seats, session, input),
  switchPerson: (session: Session, input: ParsedInput<'switchPerson'>) =>
    switchPersonWith(desk, seats, session, input),
  lock: (session: Session): CallResult<'lock'> => {
    const seat = seats.seatOf(session);
    if (seat) seats.lock(seat);
    return ok({});
  },
  signOut: (session: Session): CallResult<'signOut'> => {
    seats.signOut(session);
    return ok({});
  },
  myAccount: (session: Session) => myAccountWith(desk, seats.keyring, session),
  changePassword: (session: Session, input: ParsedInput<'changePassword'>) =>
    changePasswordWith(desk, seats.keyring, session, input),
  ...ownFactorCalls(desk, seats.keyring),
  endMySession: (session: Session, input: ParsedInput<'endMySession'>) =>
    endMySessionWith(desk, seats, session, input),
});
