import { z } from 'zod';
import { call } from '../call.ts';
import { IdexxCredentials, IdexxLogin, LoginCheck } from '../idexx-credentials.ts';
import { Id } from '../values.ts';

const Nothing = z.object({});

/** The login that this clinic is read by at IDEXX Neo: tried there, kept in the keychain, sealed at central. */
export const idexxCredentialsCalls = {
  idexxCredentials: call({
    summary:
      'Who gave a login of IDEXX Neo, how it stands, and whether this desk has it. Never the login itself.',
    input: Nothing,
    output: IdexxCredentials,
    right: 'credentials.manage',
    errors: ['needs_central', 'not_signed_in'],
  }),
  saveIdexxCredentials: call({
    summary:
      'Tries a login at Neo and keeps it as that of whoever is signed in: in the keychain of this desk, and sealed at central. What Neo refuses is not kept; what could not be tried is, as unknown.',
    input: IdexxLogin,
    output: LoginCheck,
    right: 'credentials.manage',
    errors: [
      'login_refused',
      'two_factor_account',
      'secret_too_long',
      'no_keychain',
      'needs_central',
      'not_signed_in',
    ],
  }),
  testIdexxCredentials: call({
    summary: 'Tries the login that this desk has at Neo, and keeps how that went.',
    input: Nothing,
    output: LoginCheck,
    right: 'credentials.manage',
    errors: ['no_credentials', 'no_keychain', 'needs_central', 'not_signed_in'],
  }),
  rotateIdexxKey: call({
    summary: 'Seals the copy at central anew, under a new key; the login stays as it is.',
    input: Nothing,
    output: IdexxCredentials,
    right: 'credentials.manage',
    errors: ['no_credentials', 'no_keychain', 'needs_central', 'not_signed_in'],
  }),
  revokeIdexxCredentials: call({
    summary:
      'Takes a login away: at central and at this desk now, at the other desks when they next look. One’s own, where nobody is named.',
    input: z.object({ userId: Id.optional() }),
    output: IdexxCredentials,
    right: 'credentials.manage',
    errors: ['no_credentials', 'no_keychain', 'needs_central', 'not_signed_in'],
  }),
};
