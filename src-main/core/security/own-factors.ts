import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { clinics } from '../schema/replica/index.ts';
import type { Keyring } from './keyring.ts';
import { own, ownByPassword } from './own-account.ts';
import { storeContents } from './own-keys.ts';
import { sealPin } from './pin.ts';
import { signInPolicy } from './policy.ts';
import { newRecoveryCodes, newSecret, secretUri, takeCode } from './second-factor.ts';
import { isWeakPin } from './weak-pin.ts';

/** A secret that was shown waits so long for its first code. */
const PENDING_MS = 10 * 60_000;

interface Pending {
  secret: string;
  sessionId: string;
  /** Epoch milliseconds. */
  since: number;
}

/** The own PIN, second factor and recovery codes: stored in the own box, also while the desk is cut off. */
export const ownFactorCalls = (desk: Desk, keyring: Keyring) => {
  const pending = new Map<string, Pending>();

  const setPin = async (
    session: Session,
    { password, pin }: ParsedInput<'setPin'>,
  ): Promise<CallResult<'setPin'>> => {
    if (pin !== null && isWeakPin(pin)) return refuse('weak_pin');
    const checked = await ownByPassword(desk, keyring, session, password);
    if (!checked.ok) return checked;
    const kept = pin === null ? null : await sealPin(pin, checked.value.box);
    return stored(session, 'setPin', (contents) => ({ ...contents, pin: kept }));
  };

  const beginSecondFactor = async (
    session: Session,
    { password }: ParsedInput<'beginSecondFactor'>,
  ): Promise<CallResult<'beginSecondFactor'>> => {
    const checked = await ownByPassword(desk, keyring, session, password);
    if (!checked.ok) return checked;
    const { person, sessionId } = checked.value;
    const secret = newSecret();
    pending.set(person.id, { secret, sessionId, since: Date.parse(desk.now()) });
    const clinic = desk.replica.orm.select().from(clinics).get()?.name ?? 'Anteroom';
    return ok({ secret, uri: secretUri(secret, { clinic, email: person.email }) });
  };

  const confirmSecondFactor = (
    session: Session,
    { code }: ParsedInput<'confirmSecondFactor'>,
  ): CallResult<'confirmSecondFactor'> => {
    const mine = own(desk, keyring, session);
    if (!mine.ok) return mine;
    const { person, sessionId } = mine.value;
    const waits = pending.get(person.id);
    const now = Date.parse(desk.now());
    const isTooLate = waits && Math.abs(now - waits.since) > PENDING_MS;
    if (waits?.sessionId !== sessionId || isTooLate) return refuse('nothing_to_confirm');
    if (!takeCode(desk, person.id, waits.secret, code)) return refuse('wrong_code');
    const { codes, kept } = newRecoveryCodes();
    const done = stored(
      session,
      'secondFactor',
      (contents) => ({ ...contents, totp: { secret: waits.secret }, recovery: kept }),
      desk.now(),
    );
    pending.delete(person.id);
    return done.ok ? ok({ recoveryCodes: codes }) : done;
  };

  const endSecondFactor = async (
    session: Session,
    { password }: ParsedInput<'endSecondFactor'>,
  ): Promise<CallResult<'endSecondFactor'>> => {
    const checked = await ownByPassword(desk, keyring, session, password);
    if (!checked.ok) return checked;
    const { role } = checked.value.person;
    if (signInPolicy(desk.replica).secondFactorRoles.includes(role)) return refuse('second_factor_required');
    return stored(session, 'secondFactor', (contents) => ({ ...contents, totp: null, recovery: [] }), null);
  };

  const renewRecoveryCodes = async (
    session: Session,
    { password }: ParsedInput<'newRecoveryCodes'>,
  ): Promise<CallResult<'newRecoveryCodes'>> => {
    const checked = await ownByPassword(desk, keyring, session, password);
    if (!checked.ok) return checked;
    if (!checked.value.contents.totp) return refuse('nothing_to_confirm');
    const { codes, kept } = newRecoveryCodes();
    const done = stored(session, 'recoveryCodes', (contents) => ({ ...contents, recovery: kept }));
    return done.ok ? ok({ recoveryCodes: codes }) : done;
  };

  /** Stores what becomes of the contents as they are now, which may not be as they were before the password was asked. */
  const stored = (
    session: Session,
    kind: 'setPin' | 'secondFactor' | 'recoveryCodes',
    change: (contents: Parameters<typeof storeContents>[2]['contents']) => typeof contents,
    since?: string | null,
  ) => {
    const mine = own(desk, keyring, session);
    if (!mine.ok) return mine;
    const { person, contents } = mine.value;
    storeContents(desk, keyring, {
      userId: person.id,
      kind,
      contents: change(contents),
      ...(since === undefined ? {} : { since }),
    });
    return ok({});
  };

  return {
    setPin,
    beginSecondFactor,
    confirmSecondFactor,
    endSecondFactor,
    newRecoveryCodes: renewRecoveryCodes,
  };
};
