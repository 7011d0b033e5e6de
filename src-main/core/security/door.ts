import type { Door, StaffFace } from '../../contract/session.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import type { Store } from '../replica/connection.ts';
import { clinics } from '../schema/replica/index.ts';
import type { Keyring } from './keyring.ts';
import type { LastHere } from './last-here.ts';
import { signInPolicy } from './policy.ts';
import { type StaffMember, staffMembers } from './staff.ts';
import type { Standing } from './standing.ts';

/** Who is before a door, and who else is known there. */
interface Before {
  standing: Standing;
  keyring: Keyring;
  lastHere: LastHere;
}

/** All that somebody before a door is told; null before the first sync, and of a screen that patients can reach. */
export const doorAt = (
  { replica }: Desk,
  { standing, keyring, lastHere }: Before,
): Omit<Door, 'online'> | null => {
  const clinic = replica.orm.select().from(clinics).get();
  if (!clinic || standing.state === 'station') return null;
  return {
    state: standing.state,
    clinicName: { en: clinic.name, el: clinic.nameEl ?? clinic.name },
    clinicKind: clinic.kind,
    person: 'person' in standing ? named(standing.person) : null,
    people: faces(replica, keyring, lastHere),
    idleMinutes: signInPolicy(replica).idleMinutes,
  };
};

const named = ({ id, name, role }: StaffMember) => ({ id, name, role });

/** Those who were here last come first; the others as they came, by name. */
const faces = (store: Store, keyring: Keyring, lastHere: LastHere): StaffFace[] =>
  staffMembers(store)
    .map((member) => ({ member, at: lastHere.of(member.id) }))
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
    .map(({ member, at }) => ({
      ...named(member),
      quick: Boolean(keyring.box(member.id)?.contents.pin),
      lastHere: at === null ? null : iso(at),
    }));
