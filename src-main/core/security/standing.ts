import { rights } from '../../contract/calls.ts';
import type { Station } from '../../contract/kiosk.ts';
import type { Desk, Session } from '../desk.ts';
import { readStanding } from '../desks/standing.ts';
import { ownStation, stationSession } from '../kiosk/stations.ts';
import type { Store } from '../replica/connection.ts';
import { readDeskState } from '../replica/desk-state.ts';
import type { Keyring } from './keyring.ts';
import { signInPolicy } from './policy.ts';
import { doorRights, roleRights } from './roles.ts';
import { isOpenClinic, type StaffMember, staffMember } from './staff.ts';

/** Who came to a seat, in which session, and whether they locked it. */
export interface Held {
  userId: string;
  sessionId: string;
  locked: boolean;
}

/** How a seat stands; `station` while patients can reach the desk's own screen. */
export type Standing =
  | { state: 'station'; station: Station }
  | { state: 'open'; userId: string | null }
  | { state: 'signed_out' }
  | { state: 'locked' | 'enrol' | 'signed_in'; person: StaffMember; sessionId: string };

/**
 * How a seat stands now, read anew from the replica: a session that was ended at another desk, an account that was deleted
 * and a role that changed count from the moment that their row is here.
 */
export const standingOf = ({ replica }: Desk, keyring: Keyring, held: Held | null): Standing => {
  // At a desk that was stopped nobody may be, patients included.
  if (readStanding(replica).standing !== 'working') return { state: 'signed_out' };
  const station = ownStation(replica);
  if (station) return { state: 'station', station };
  if (isOpenClinic(replica)) return { state: 'open', userId: readDeskState(replica).userId };
  const person = held && staffMember(replica, held.userId);
  if (!person || !isSessionOpen(replica, held.sessionId)) return { state: 'signed_out' };
  const { sessionId } = held;
  const box = keyring.box(person.id);
  if (held.locked || !box) return { state: 'locked', person, sessionId };
  const enrols = !box.contents.totp && signInPolicy(replica).secondFactorRoles.includes(person.role);
  return { state: enrols ? 'enrol' : 'signed_in', person, sessionId };
};

/** Whether a session that was begun has not been ended, here or elsewhere. */
export const isSessionOpen = (store: Store, sessionId: string): boolean =>
  store.statement('select 1 from user_sessions where id = ? and ended_at is null').get(sessionId) !==
  undefined;

const all: Session['rights'] = new Set(rights);
const toEnrol: Session['rights'] = new Set(['door', 'account']);

/** What whoever is at a seat may do. */
export const sessionOf = (standing: Standing): Session => {
  switch (standing.state) {
    case 'station':
      return stationSession(standing.station);
    case 'open':
      return { userId: standing.userId, rights: all };
    case 'signed_out':
    case 'locked':
      return { userId: null, rights: doorRights };
    case 'enrol':
    case 'signed_in': {
      const { person, sessionId, state } = standing;
      return {
        userId: person.id,
        sessionId,
        rights: state === 'enrol' ? toEnrol : roleRights[person.role],
      };
    }
  }
};
