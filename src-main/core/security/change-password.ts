import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { clinics } from '../schema/replica/index.ts';
import type { Keyring } from './keyring.ts';
import { own, ownByPassword } from './own-account.ts';
import { makeBox, passwordHash, sealed } from './sealed.ts';
import { weaknessOf } from './weak-password.ts';

/**
 * Changes the own password: a new box of the same contents, which central stores with the hash for other programs and
 * ends the person's sessions at other desks. A desk that is cut off keeps the old password until it hears of it.
 */
export const changePasswordWith = async (
  desk: Desk,
  keyring: Keyring,
  session: Session,
  { password, next }: ParsedInput<'changePassword'>,
): Promise<CallResult<'changePassword'>> => {
  const mine = own(desk, keyring, session);
  if (!mine.ok) return mine;
  const { name, email } = mine.value.person;
  const weakness = weaknessOf(next, { name, email, clinic: clinicNames(desk) });
  if (weakness) return refuse('weak_password', { reason: weakness });
  const checked = await ownByPassword(desk, keyring, session, password);
  if (!checked.ok) return checked;
  const { person, contents } = checked.value;
  const box = await makeBox(person.id, next, contents);
  const hashed = await passwordHash(next);
  keyring.expect(box);
  const args = { sealed: sealed(box), hashed_password: hashed };
  const answer = (await desk.askCentral?.(session, 'change_password', args)) ?? refuse('needs_central');
  return answer.ok ? ok({}) : answer;
};

const clinicNames = ({ replica }: Desk): string[] => {
  const clinic = replica.orm.select().from(clinics).get();
  return clinic ? [clinic.name, clinic.nameEl ?? ''] : [];
};
