import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { userSessions } from '../schema/replica/index.ts';
import { own } from './own-account.ts';
import type { Seats } from './seats.ts';
import { isSessionOpen } from './standing.ts';

/** Ends a session of one's own: the one that asks like a sign-out, another as soon as its desk hears of it. */
export const endMySessionWith = (
  desk: Desk,
  seats: Seats,
  session: Session,
  { sessionId }: ParsedInput<'endMySession'>,
): CallResult<'endMySession'> => {
  const mine = own(desk, seats.keyring, session);
  if (!mine.ok) return mine;
  const { person } = mine.value;
  if (sessionId === mine.value.sessionId) {
    seats.signOut(session);
    return ok({});
  }
  const owner = desk.replica
    .statement('select user_id from user_sessions where id = ?')
    .pluck()
    .get(sessionId);
  if (owner !== person.id || !isSessionOpen(desk.replica, sessionId))
    return refuse('not_found', { what: 'session', id: sessionId });
  writeChange(desk, { kind: 'endSession', actor: person.id }, (change) => {
    change.update(userSessions, sessionId, { endedAt: desk.now(), endedBy: person.id });
  });
  return ok({});
};
