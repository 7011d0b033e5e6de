import type { Door, StaffFace } from '../../contract/session.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { clinics } from '../schema/replica/index.ts';
import type { Keyring } from './keyring.ts';
import { signInPolicy } from './policy.ts';
import { staffMembers } from './staff.ts';
import type { Standing } from './standing.ts';

/** All that somebody before a door is told; null before the first sync, and of a screen that patients can reach. */
export const doorAt = (desk: Desk, keyring: Keyring, standing: Standing): Door | null => {
  const { replica } = desk;
  const clinic = replica.orm.select().from(clinics).get();
  if (!clinic || standing.state === 'station') return null;
  return {
    state: standing.state,
    clinicName: { en: clinic.name, el: clinic.nameEl ?? clinic.name },
    clinicKind: clinic.kind,
    person: 'person' in standing ? named(standing.person) : null,
    people: faces(desk, keyring),
    idleMinutes: signInPolicy(replica).idleMinutes,
  };
};

const named = ({ id, name, role }: StaffFace | { id: string; name: string; role: StaffFace['role'] }) => ({
  id,
  name,
  role,
});

/** Those who were here last come first; the others as they came, by name. */
const faces = ({ replica }: Desk, keyring: Keyring): StaffFace[] => {
  const last = new Map(
    replica
      .statement('select user_id, max(started_at) from user_sessions where desk_id = ? group by user_id')
      .raw()
      .all(readDeskState(replica).deskId) as [string, number][],
  );
  const seen = (id: string): number => last.get(id) ?? 0;
  return staffMembers(replica)
    .sort((a, b) => seen(b.id) - seen(a.id))
    .map((member) => ({
      ...named(member),
      quick: Boolean(keyring.box(member.id)?.contents.pin),
      lastHere: last.has(member.id) ? iso(seen(member.id)) : null,
    }));
};
