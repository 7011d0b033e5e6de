import type { Desk } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { writeChange } from '../replica/write.ts';
import { userSessions } from '../schema/replica/index.ts';
import type { Keyring } from './keyring.ts';
import { isSessionOpen } from './standing.ts';

/**
 * The session of somebody whose box is open: the one that they have at this desk already, or a new one. Sessions of theirs
 * that were left open here, as by a power cut, end with that. Null before central has told which desk this is.
 */
export const beginSession = (
  desk: Desk,
  keyring: Keyring,
  userId: string,
  method: 'password' | 'pin',
): string | null => {
  const current = keyring.session(userId);
  if (current && isSessionOpen(desk.replica, current)) return current;
  const { deskId } = readDeskState(desk.replica);
  if (!deskId) return null;
  const sessionId = desk.newId();
  const startedAt = desk.now();
  // Before the change, which is the first that is signed in it.
  keyring.setSession(userId, sessionId);
  try {
    writeChange(desk, { kind: 'signIn', actor: userId }, (change) => {
      change.insert(userSessions, { id: sessionId, userId, deskId, method, startedAt });
      for (const left of leftOpen(desk, userId, deskId, sessionId))
        change.update(userSessions, left, { endedAt: startedAt, endedBy: userId });
    });
  } catch (fault) {
    keyring.setSession(userId, null);
    throw fault;
  }
  return sessionId;
};

const leftOpen = ({ replica }: Desk, userId: string, deskId: string, but: string): string[] =>
  replica
    .statement(
      'select id from user_sessions where user_id = ? and desk_id = ? and ended_at is null and id <> ? order by id',
    )
    .pluck()
    .all(userId, deskId, but) as string[];

/** Ends somebody's session at this desk. Where nobody can sign that any more, it ends when they next sign in here. */
export const endSession = (desk: Desk, keyring: Keyring, userId: string): void => {
  const sessionId = keyring.session(userId);
  if (!sessionId) return;
  if (keyring.box(userId) && isSessionOpen(desk.replica, sessionId)) {
    writeChange(desk, { kind: 'signOut', actor: userId }, (change) => {
      change.update(userSessions, sessionId, { endedAt: desk.now(), endedBy: userId });
    });
  }
  keyring.setSession(userId, null);
};
