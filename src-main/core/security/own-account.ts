import type { CallResult } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { MyAccount, StaffSession } from '../../contract/session.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';
import type { Keyring } from './keyring.ts';
import { checkPassword, type RightPassword } from './password.ts';
import { signInPolicy } from './policy.ts';
import type { Contents } from './sealed.ts';
import { noteMiss } from './sign-in.ts';
import { type StaffMember, staffMember } from './staff.ts';

/** Whoever is signed in, with the contents of their box. */
export interface Own {
  person: StaffMember;
  sessionId: string;
  contents: Contents;
}

/** `not_signed_in` where nobody is, as in a clinic without accounts. */
export const own = ({ replica }: Desk, keyring: Keyring, session: Session): Result<Own> => {
  const { userId, sessionId } = session;
  const person = userId === null ? null : staffMember(replica, userId);
  const contents = person && keyring.box(person.id)?.contents;
  return person && contents && sessionId ? ok({ person, sessionId, contents }) : refuse('not_signed_in');
};

/** Asks whoever is signed in for their password once more; a wrong one counts like one at the door. */
export const ownByPassword = async (
  desk: Desk,
  keyring: Keyring,
  session: Session,
  password: string,
): Promise<Result<Own & Pick<RightPassword, 'box'>>> => {
  const before = own(desk, keyring, session);
  if (!before.ok) return before;
  const { id } = before.value.person;
  const checked = await checkPassword(desk, id, password);
  if (!checked.ok) {
    if (checked.error.code === 'wrong_password') noteMiss(desk, session, 'signInFailed', id);
    return checked;
  }
  checked.value.counted.forget();
  const after = own(desk, keyring, session);
  return after.ok ? ok({ ...after.value, box: checked.value.box }) : after;
};

export const myAccountWith = (desk: Desk, keyring: Keyring, session: Session): CallResult<'myAccount'> => {
  const mine = own(desk, keyring, session);
  if (!mine.ok) return mine;
  const { person, contents, sessionId } = mine.value;
  const isRequired = signInPolicy(desk.replica).secondFactorRoles.includes(person.role);
  return ok({
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    pinSet: contents.pin !== null,
    secondFactor: contents.totp ? 'on' : isRequired ? 'required' : 'off',
    recoveryCodesLeft: contents.recovery.length,
    sessions: openSessions(desk, person.id, sessionId),
  } satisfies MyAccount);
};

interface StoredSession extends Omit<StaffSession, 'startedAt' | 'endedAt' | 'deskName' | 'current'> {
  startedAt: number;
}

const openSessions = ({ replica }: Desk, userId: string, currentId: string): StaffSession[] => {
  const here = readDeskState(replica);
  const rows = replica
    .statement(
      `select id, user_id userId, desk_id deskId, method, started_at startedAt
       from user_sessions where user_id = ? and ended_at is null order by started_at desc, id desc`,
    )
    .all(userId) as StoredSession[];
  return rows.map((row) => ({
    ...row,
    deskName: row.deskId === here.deskId ? here.deskName : null,
    startedAt: iso(row.startedAt),
    endedAt: null,
    current: row.id === currentId,
  }));
};
