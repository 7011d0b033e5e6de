import { type Result, refuse } from '../../../contract/errors.ts';
import type { IdexxCredentials, IdexxLogin, LoginCheck } from '../../../contract/idexx-credentials.ts';
import type { Desk, Session } from '../../desk.ts';

/** A login as a run of this desk uses it. */
export interface HeldLogin {
  /** Whose it is, and which one of theirs: a new one each time that they save. */
  userId: string;
  credentialId: string;
  username: string;
  password: string;
  companyId: string | null;
}

/** Whether this desk has a login, without asking central or reading it. */
export const hasLogin = async (_desk: Desk): Promise<boolean> => false;

/**
 * The login that this desk runs by, for a run under the lease of IDEXX: central notes the reading first. `no_credentials`
 * where this desk has none, `login_refused` where Neo has refused all that it has, `no_keychain`, `needs_central`.
 */
export const loginFor = async (_desk: Desk): Promise<Result<HeldLogin>> => refuse('no_credentials');

/** Keeps how a real login went; called for nothing else, so never after a fault of the network. */
export const noteValidation = async (
  _desk: Desk,
  _login: Pick<HeldLogin, 'credentialId'>,
  _status: 'valid' | 'invalid',
): Promise<Result<unknown>> => refuse('needs_central');

/** The calls about the logins. */
export const idexxCredentialsHandlers = (_desk: Desk) => ({
  idexxCredentials: async (_session: Session): Promise<Result<IdexxCredentials>> => refuse('needs_central'),
  saveIdexxCredentials: async (_session: Session, _login: IdexxLogin): Promise<Result<LoginCheck>> =>
    refuse('needs_central'),
  testIdexxCredentials: async (_session: Session): Promise<Result<LoginCheck>> => refuse('needs_central'),
  rotateIdexxKey: async (_session: Session): Promise<Result<IdexxCredentials>> => refuse('needs_central'),
  revokeIdexxCredentials: async (
    _session: Session,
    _input: { userId?: string | undefined },
  ): Promise<Result<IdexxCredentials>> => refuse('needs_central'),
});
