import { z } from 'zod';
import { ok, type Result, refuse } from '../../../contract/errors.ts';
import { LoginStatus } from '../../../contract/idexx-credentials.ts';
import { Id } from '../../../contract/values.ts';
import type { Desk, OutsideSecrets, Session } from '../../desk.ts';
import { Explained } from '../../explained.ts';
import type { Log } from '../../log.ts';
import { askCentral, nobody } from '../../staff/ask.ts';
import { Turns } from '../../sync/turns.ts';
import { readIntegrationSettings } from '../settings.ts';
import { type Held, HeldLogins, type Login } from './held-logins.ts';

/** A login as a run of this desk uses it. */
export interface UsedLogin extends Login {
  /** Whose it is, and which one of theirs: a new one each time that they save. */
  userId: string;
  credentialId: string;
  /** As it stood before it was used. */
  status: LoginStatus;
}

/** The server that the clinic's logins go to, such as `https://us.idexxneo.com`. */
export const neoServer = (desk: Desk): string => readIntegrationSettings(desk).idexx.settings.baseUrl;

const turns = new WeakMap<OutsideSecrets, Turns>();

/** Works with the keychain of this desk, one after the other; `no_keychain` with what to install where there is none. */
export const withHeld = async <T>(
  { outsideSecrets }: Desk,
  work: (held: HeldLogins) => Promise<Result<T>>,
): Promise<Result<T>> => {
  if (!outsideSecrets) return refuse('no_keychain');
  const own = turns.get(outsideSecrets) ?? new Turns();
  turns.set(outsideSecrets, own);
  try {
    return await own.take(() => work(new HeldLogins(outsideSecrets)));
  } catch (fault) {
    if (fault instanceof Explained) return refuse('no_keychain', { reason: fault.message });
    throw fault;
  }
};

/** What is held here, by account, after central has said what of it stands; the rest is let go. */
export const settleHeld = async (desk: Desk, held: HeldLogins): Promise<Result<Record<string, Held>>> => {
  const index = await held.index();
  const refs = Object.values(index).flatMap(({ now, next }) => [now, next]);
  const ids = refs.flatMap((ref) => (ref ? [ref.credentialId] : []));
  const standing = await askCentral(desk, nobody, {
    name: 'idexx_held',
    args: { held: ids },
    shape: z.record(Id, Id),
  });
  if (!standing.ok) return standing;
  for (const userId of Object.keys(index)) await held.settle(userId, standing.value);
  return ok(await held.index());
};

/** Whether this desk has a login, without asking central or reading it; false where the keychain does not answer. */
export const hasLogin = async (desk: Desk): Promise<boolean> => {
  const server = neoServer(desk);
  const found = await withHeld(desk, async (held) =>
    ok(Object.values(await held.index()).some(({ now }) => now?.server === server)),
  );
  return found.ok && found.value;
};

const Access = z.object({ credential_id: Id, user_id: Id, status: LoginStatus });

/**
 * The login that this desk runs by, for a run under the lease of IDEXX: central notes the reading first. `no_credentials`
 * where this desk has none for the clinic's server, `login_refused` where Neo has refused all that it has, so that no
 * account is locked by a desk that tries on; `no_keychain`, `needs_central`.
 */
export const loginFor = (desk: Desk): Promise<Result<UsedLogin>> => useLogin(desk, nobody, true);

/** The same for a person who tries it: one that Neo has refused too. */
export const loginToTry = (desk: Desk, session: Session): Promise<Result<UsedLogin>> =>
  useLogin(desk, session, false);

const useLogin = (desk: Desk, session: Session, run: boolean): Promise<Result<UsedLogin>> =>
  withHeld(desk, async (held) => {
    const settled = await settleHeld(desk, held);
    if (!settled.ok) return settled;
    const server = neoServer(desk);
    const refs = Object.values(settled.value).flatMap(({ now }) => (now?.server === server ? [now] : []));
    const access = await askCentral(desk, session, {
      name: 'idexx_note_access',
      args: { run, held: refs.map(({ credentialId }) => credentialId) },
      shape: Access,
    });
    if (!access.ok) return access;
    const { credential_id: credentialId, user_id: userId, status } = access.value;
    const ref = refs.find((one) => one.credentialId === credentialId);
    const login = ref ? await held.login(ref) : null;
    return login ? ok({ ...login, userId, credentialId, status }) : refuse('no_credentials');
  });

/** Keeps how a real login went; called for nothing else, so never after a fault of the network. */
export const noteValidation = (
  desk: Desk,
  { credentialId }: Pick<UsedLogin, 'credentialId'>,
  status: 'valid' | 'invalid',
  session: Session = nobody,
): Promise<Result<unknown>> =>
  askCentral(desk, session, {
    name: 'idexx_note_validation',
    args: { credential_id: credentialId, status },
    shape: z.unknown(),
  });

/** Lets go of what this desk holds, as when an administrator stops it. */
export const forgetLogins = async (desk: Desk): Promise<void> => {
  await withHeld(desk, async (held) => {
    await held.forget();
    return ok(null);
  });
};

/** Lets go of logins that were taken away elsewhere, whenever desks are told to look. Returns how to stop. */
export const followLogins = (desk: Desk, log: Log): (() => void) =>
  desk.replica.onTablesChanged((tables) => {
    if (!tables.has('integrations')) return;
    withHeld(desk, async (held): Promise<Result<unknown>> => {
      const holdsAny = Object.keys(await held.index()).length > 0;
      return holdsAny ? settleHeld(desk, held) : ok(null);
    }).catch((fault: unknown) =>
      log.error('logins were not looked after', {
        fault: fault instanceof Error ? fault.name : typeof fault,
      }),
    );
  });
