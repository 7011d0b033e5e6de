import { createHmac } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Session } from '../../src-main/core/desk.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { userSessions } from '../../src-main/core/schema/replica/index.ts';
import { roleRights } from '../../src-main/core/security/roles.ts';
import { loneDesk } from './desk.ts';
import { type LiveDesk, liveDesk } from './live-desk.ts';
import type { Staff } from './staff.ts';

/** A live desk at which people sign what they do, without the seats and passwords before that. */
export interface SigningDesk extends LiveDesk {
  /** Who they are here, with the rights of their role. */
  sessionOf(staff: Staff): Session;
  /** Begins their session, by a change that they sign in it. */
  comesIn(staff: Staff): void;
}

export const signingDesk = (url: string, staff: readonly Staff[]): SigningDesk => {
  const sessions = new Map(staff.map(({ id }) => [id, newId()]));
  const sign = (userId: string, message: (sessionId: string) => string) => {
    const key = staff.find(({ id }) => id === userId)?.signingKey;
    const sessionId = sessions.get(userId);
    if (!key || !sessionId) return null;
    const proof = createHmac('sha256', Buffer.from(key, 'hex')).update(message(sessionId)).digest('hex');
    return { sessionId, proof };
  };
  const desk = liveDesk(url, {}, Object.assign(loneDesk(), { sign }));
  const sessionOf = ({ id, role }: Staff): Session => ({
    userId: id,
    rights: roleRights[role],
    sessionId: sessions.get(id) ?? '',
  });
  return {
    ...desk,
    sessionOf,
    comesIn: ({ id }) =>
      writeChange(desk, { kind: 'signIn', actor: id }, (change) =>
        change.insert(userSessions, {
          id: sessions.get(id) ?? '',
          userId: id,
          deskId: readDeskState(desk.replica).deskId ?? '',
          method: 'password',
          startedAt: desk.now(),
        }),
      ),
  };
};
