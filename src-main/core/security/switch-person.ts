import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { noteEvent } from '../replica/audit-events.ts';
import { isPin } from './pin.ts';
import type { Seats } from './seats.ts';
import { noteMiss } from './sign-in.ts';
import { staffMember } from './staff.ts';

/** Signs somebody in by PIN whose box is open at this desk, or opens their lock. */
export const switchPersonWith = async (
  desk: Desk,
  seats: Seats,
  session: Session,
  { userId, pin }: ParsedInput<'switchPerson'>,
): Promise<CallResult<'switchPerson'>> => {
  const seat = seats.seatOf(session);
  if (!seat) return refuse('not_allowed', { right: 'door' });
  const { keyring } = seats;
  const locked = centralLock(desk, userId);
  if (locked) return locked;
  const box = keyring.box(userId);
  if (!box?.contents.pin || !keyring.countTry(userId)) return refuse('password_needed');
  const isRight = await isPin(pin, box);
  keyring.settleTry(userId, isRight);
  if (!isRight) {
    noteMiss(desk, session, 'switchFailed', userId);
    seats.settle();
    return refuse('wrong_pin', { triesLeft: keyring.triesLeft(userId) });
  }
  // It may have gone while the PIN was checked.
  if (!keyring.box(userId)) return refuse('password_needed');
  const wasThere = seats.sitsAt(seat, userId);
  if (!seats.seat(session, userId, 'pin')) return refuse('not_ready');
  noteEvent(desk, seat.session, {
    action: wasThere ? 'unlock' : 'switchPerson',
    userId,
    details: { method: 'pin' },
  });
  return ok({ userId, enrol: seats.standing(seat).state === 'enrol' });
};

const centralLock = (desk: Desk, userId: string) => {
  const until = staffMember(desk.replica, userId)?.lockedUntil ?? 0;
  const now = Date.parse(desk.now());
  return until > now
    ? refuse('account_locked', { until: iso(until), waitSeconds: Math.ceil((until - now) / 1000) })
    : null;
};
