import { z } from 'zod';
import { ok, type Result, refuse } from '../../../contract/errors.ts';
import {
  type IdexxCredential,
  type IdexxCredentials,
  type IdexxLogin,
  type LoginCheck,
  LoginStatus,
} from '../../../contract/idexx-credentials.ts';
import { Id } from '../../../contract/values.ts';
import { iso } from '../../clinic-day.ts';
import type { Desk, Session } from '../../desk.ts';
import { askCentral } from '../../staff/ask.ts';
import { updateIntegration } from '../settings.ts';
import { type CheckMeans, checkLogin, realMeans } from './check-login.ts';
import { loginToTry, neoServer, noteValidation, settleHeld, withHeld } from './credentials.ts';
import { fits, type Held, type HeldLogins, type Login, type Ref } from './held-logins.ts';
import { newSealingKey, type SealedField, seal, unseal } from './seal.ts';

/** The calls about the logins of IDEXX Neo. */
export const idexxCredentialsHandlers = (desk: Desk, means: CheckMeans = realMeans) => ({
  idexxCredentials: (session: Session) => states(desk, session),
  saveIdexxCredentials: (session: Session, login: z.output<typeof IdexxLogin>) =>
    save(desk, session, login, means),
  testIdexxCredentials: (session: Session) => test(desk, session, means),
  rotateIdexxKey: (session: Session) => rotate(desk, session),
  revokeIdexxCredentials: (session: Session, input: { userId?: string | undefined }) =>
    revoke(desk, session, input.userId),
});

const instant = z.string().transform((text) => iso(Date.parse(text)));
const State = z.object({
  credential_id: Id,
  user_id: Id,
  name: z.string(),
  own: z.boolean(),
  status: LoginStatus,
  last_validated_at: instant.nullable(),
  saved_at: instant,
  key_id: Id,
});

/** What central knows of the logins, and which of them this desk has. */
const states = async (desk: Desk, session: Session): Promise<Result<IdexxCredentials>> => {
  const told = await askCentral(desk, session, {
    name: 'idexx_credential_states',
    args: {},
    shape: z.array(State),
  });
  if (!told.ok) return told;
  const settled = await withHeld(desk, (held) => settleHeld(desk, held));
  if (!settled.ok && settled.error.code !== 'no_keychain') return settled;
  const held = settled.ok ? settled.value : {};
  return ok({
    credentials: told.value.map((one) => shown(one, hereOf(desk, held[one.user_id], one.credential_id))),
    keychainMissing: settled.ok ? null : String(settled.error.details['reason'] ?? ''),
  });
};

const hereOf = (desk: Desk, held: Held | undefined, credentialId: string): IdexxCredential['here'] => {
  if (held?.now?.credentialId !== credentialId) return 'no';
  return held.now.server === neoServer(desk) ? 'yes' : 'other_server';
};

const shown = (state: z.output<typeof State>, here: IdexxCredential['here']): IdexxCredential => ({
  userId: state.user_id,
  name: state.name,
  own: state.own,
  status: state.status,
  lastValidatedAt: state.last_validated_at,
  savedAt: state.saved_at,
  keyMadeAt: iso(timeOf(state.key_id)),
  here,
});

/** When a UUIDv7 was made, in epoch milliseconds (RFC 9562). */
const timeOf = (uuid: string): number => Number.parseInt(uuid.replace('-', '').slice(0, 12), 16);

/** What Neo refuses is not kept: it would stand in the place of a login that works. */
const save = async (
  desk: Desk,
  session: Session,
  typed: z.output<typeof IdexxLogin>,
  means: CheckMeans,
): Promise<Result<LoginCheck>> => {
  const { userId } = session;
  const login: Login = { ...typed, companyId: typed.companyId || null };
  if (userId === null) return refuse('not_signed_in');
  if (!fits(login)) return refuse('secret_too_long');
  // A login that can be kept nowhere is not sent anywhere.
  const ready = await withHeld(desk, (held) => settleHeld(desk, held));
  if (!ready.ok) return ready;
  const server = neoServer(desk);
  const problem = await checkLogin(server, login, means);
  if (problem === 'refused_login') return refuse('login_refused');
  if (problem === 'two_factor') return refuse('two_factor_account');
  const status = problem === null ? 'valid' : 'unknown';
  const next = { credentialId: desk.newId(), keyId: desk.newId(), server };
  // By its row the other desks hear of what becomes of logins.
  updateIntegration(desk, session, { source: 'idexx' });
  const kept = await withHeld(desk, (held) => keep(desk, session, held, { userId, next, login, status }));
  desk.replica.announce(new Set(['integrations']));
  return kept.ok ? ok({ status, problem }) : kept;
};

const test = async (desk: Desk, session: Session, means: CheckMeans): Promise<Result<LoginCheck>> => {
  const used = await loginToTry(desk, session);
  if (!used.ok) return used;
  const problem = await checkLogin(neoServer(desk), used.value, means);
  if (problem !== null && problem !== 'refused_login') return ok({ status: used.value.status, problem });
  const status = problem === null ? 'valid' : 'invalid';
  const noted = await noteValidation(desk, used.value, status, session);
  return noted.ok ? ok({ status, problem: null }) : noted;
};

/** Seals anew what this desk holds, login by login. */
const rotate = async (desk: Desk, session: Session): Promise<Result<IdexxCredentials>> => {
  const rotated = await withHeld(desk, async (held): Promise<Result<unknown>> => {
    const settled = await settleHeld(desk, held);
    if (!settled.ok) return settled;
    const all = Object.entries(settled.value).flatMap(([userId, { now }]) => (now ? [{ userId, now }] : []));
    if (all.length === 0) return refuse('no_credentials');
    for (const { userId, now } of all) {
      const login = await held.login(now);
      if (!login) return refuse('no_credentials');
      const next = { ...now, keyId: desk.newId() };
      const kept = await keep(desk, session, held, { userId, next, login, was: now });
      if (!kept.ok) return kept;
    }
    return ok(null);
  });
  return rotated.ok ? states(desk, session) : rotated;
};

const revoke = async (
  desk: Desk,
  session: Session,
  userId: string | undefined,
): Promise<Result<IdexxCredentials>> => {
  const revoked = await askCentral(desk, session, {
    name: 'idexx_revoke_credentials',
    args: { user_id: userId ?? null },
    shape: z.unknown(),
  });
  return revoked.ok ? states(desk, session) : revoked;
};

/** A login to keep; `was` where it is the same one as before, under another key. */
interface Keeping {
  userId: string;
  next: Ref;
  login: Login;
  status?: 'valid' | 'unknown';
  was?: Ref;
}

const SealedCopy = z.object({
  user_id: Id,
  key_id: Id,
  username: z.string(),
  password: z.string(),
  company_id: z.string().nullable(),
});

/**
 * Into the keychain first, then to central, and what stood before goes last: cut anywhere, one of the two stands whole, and
 * the next look at central (`settleHeld`) says which. Nothing goes before the copy at central was read back and opened.
 */
const keep = async (
  desk: Desk,
  session: Session,
  held: HeldLogins,
  { userId, next, login, status, was }: Keeping,
): Promise<Result<unknown>> => {
  if (!(await held.begin(userId, next, login, newSealingKey()))) return refuse('secret_too_long');
  const key = await held.key(next);
  if (key === null) return refuse('no_keychain');
  const sealed = (text: string, field: SealedField): string => seal(text, key, userId, field);
  const stored = await askCentral(desk, session, {
    name: 'idexx_store_credentials',
    args: {
      id: next.credentialId,
      key_id: next.keyId,
      username: sealed(login.username, 'username'),
      password: sealed(login.password, 'password'),
      company_id: login.companyId === null ? null : sealed(login.companyId, 'company_id'),
      ...(was ? { was_key_id: was.keyId } : { status }),
    },
    shape: SealedCopy,
  });
  if (!stored.ok) {
    // Without an answer it may stand all the same; with one it does not.
    if (stored.error.code !== 'needs_central') await settleHeld(desk, held);
    return stored;
  }
  if (!isCopyOf(stored.value, login, key)) throw new Error('the sealed copy of a login does not open');
  await held.settle(userId, { [next.credentialId]: next.keyId });
  return ok(null);
};

const isCopyOf = (copy: z.output<typeof SealedCopy>, login: Login, key: string): boolean => {
  const opened = (text: string, field: SealedField) => unseal(text, key, copy.user_id, field);
  return (
    opened(copy.username, 'username') === login.username &&
    opened(copy.password, 'password') === login.password &&
    (copy.company_id === null ? null : opened(copy.company_id, 'company_id')) === login.companyId
  );
};
