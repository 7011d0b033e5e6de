import { z } from 'zod';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { CodePurpose } from '../../contract/staff.ts';
import { Id } from '../../contract/values.ts';
import type { Desk, Session } from '../desk.ts';
import { clinics } from '../schema/replica/index.ts';
import { sealPin } from '../security/pin.ts';
import { makeBox, newContents, passwordHash, STANDARD_COST, sealed } from '../security/sealed.ts';
import { weaknessOf } from '../security/weak-password.ts';
import { isWeakPin } from '../security/weak-pin.ts';
import { readCode as readTyped } from '../staff-code.ts';
import { askCentral, nobody } from './ask.ts';

/**
 * The keys of an account that nobody has opened yet, as central stores them: made here, so that the password itself goes
 * nowhere.
 */
const newKeys = async (userId: string, password: string, pin?: string) => {
  const contents = newContents();
  const hashed = passwordHash(password);
  const box = await makeBox(userId, password, contents, STANDARD_COST);
  if (pin !== undefined) contents.pin = await sealPin(pin, box);
  return { hashed_password: await hashed, sealed: sealed(box), signing_key: contents.signingKey };
};

/** Why somebody's password or PIN is not taken; undefined where it is. */
const tooWeak = ({ replica }: Desk, who: { name: string; email: string }, password: string, pin?: string) => {
  const clinic = replica.orm.select().from(clinics).get();
  const names = clinic ? [clinic.name, clinic.nameEl ?? ''] : [];
  const weakness = weaknessOf(password, { ...who, clinic: names });
  if (weakness) return refuse('weak_password', { reason: weakness });
  return pin !== undefined && isWeakPin(pin) ? refuse('weak_pin') : undefined;
};

const Made = z.object({ user_id: Id });

/** Makes the first administrator of an open clinic, which is closed by that. */
export const firstAdministrator = async (
  desk: Desk,
  _session: Session,
  { name, email, password }: ParsedInput<'firstAdministrator'>,
): Promise<CallResult<'firstAdministrator'>> => {
  const refused = tooWeak(desk, { name, email }, password);
  if (refused) return refused;
  // Making the keys takes a moment that is lost where central cannot be asked.
  if (!desk.askCentral) return refuse('needs_central');
  const userId = desk.newId();
  const keys = await newKeys(userId, password);
  const args = { user_id: userId, name, email, ...keys };
  const made = await askCentral(desk, nobody, { name: 'first_administrator', args, shape: Made });
  return made.ok ? ok({ userId }) : made;
};

const Read = z.object({ user_id: Id, name: z.string(), email: z.string(), purpose: CodePurpose });

/** Asks central whom a code is for. */
const lookUp = async (desk: Desk, typed: string) => {
  const code = readTyped(typed);
  if (code === null) return refuse('code_not_valid', { reason: 'unknown' });
  const read = await askCentral(desk, nobody, { name: 'read_code', args: { code }, shape: Read });
  return read.ok ? ok({ code, userId: read.value.user_id, ...read.value }) : read;
};

/** Whom a code is for. */
export const readCode = async (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'readCode'>,
): Promise<CallResult<'readCode'>> => {
  const found = await lookUp(desk, input.code);
  return found.ok ? ok({ name: found.value.name, purpose: found.value.purpose }) : found;
};

/** Sets the password of the account that a code is for. Its box is bound to the account, so that one is looked up first. */
export const redeemCode = async (
  desk: Desk,
  _session: Session,
  { code: typed, password, pin }: ParsedInput<'redeemCode'>,
): Promise<CallResult<'redeemCode'>> => {
  const found = await lookUp(desk, typed);
  if (!found.ok) return found;
  const { code, userId } = found.value;
  const refused = tooWeak(desk, found.value, password, pin);
  if (refused) return refused;
  const args = { code, ...(await newKeys(userId, password, pin)) };
  const redeemed = await askCentral(desk, nobody, { name: 'redeem_code', args, shape: Made });
  return redeemed.ok ? ok({ userId }) : redeemed;
};
