import { z } from 'zod';
import { call } from '../call.ts';
import { MyAccount, NewPassword, Pin } from '../session.ts';
import { Id } from '../values.ts';

const Nothing = z.object({});
const password = z.string().min(1).max(200);

/** A person's own account. Whatever opens doors asks for the password again. */
export const accountCalls = {
  myAccount: call({
    summary: 'The account of whoever is signed in.',
    input: Nothing,
    output: MyAccount,
    right: 'account',
    errors: ['not_signed_in'],
  }),
  changePassword: call({
    summary: 'Changes the own password. Central is needed.',
    input: z.object({ password, next: NewPassword }),
    output: Nothing,
    right: 'account',
    errors: [
      'wrong_password',
      'weak_password',
      'account_locked',
      'needs_central',
      'not_signed_in',
      'disk_full',
    ],
  }),
  setPin: call({
    summary:
      'Sets the own PIN, good at every desk after the password was given there once; null takes it away.',
    input: z.object({ password, pin: Pin.nullable() }),
    output: Nothing,
    right: 'account',
    errors: ['wrong_password', 'weak_pin', 'account_locked', 'not_signed_in', 'disk_full'],
  }),
  beginSecondFactor: call({
    summary:
      'A new secret for an authenticator app (RFC 6238), to be confirmed by a code within ten minutes.',
    input: z.object({ password }),
    output: z.object({
      secret: z.string().describe('Base32, to be typed where no camera is.'),
      uri: z.string().describe('otpauth:// address, for the QR code.'),
    }),
    right: 'account',
    errors: ['wrong_password', 'account_locked', 'not_signed_in'],
  }),
  confirmSecondFactor: call({
    summary: 'Turns the second factor on; answers the recovery codes, which are shown this once.',
    input: z.object({ code: z.string().regex(/^\d{6}$/) }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    right: 'account',
    errors: ['wrong_code', 'nothing_to_confirm', 'not_signed_in', 'disk_full'],
  }),
  endSecondFactor: call({
    summary: 'Turns the second factor off, where the clinic does not require it.',
    input: z.object({ password }),
    output: Nothing,
    right: 'account',
    errors: ['wrong_password', 'account_locked', 'second_factor_required', 'not_signed_in', 'disk_full'],
  }),
  newRecoveryCodes: call({
    summary: 'New recovery codes in place of the old ones, shown this once.',
    input: z.object({ password }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    right: 'account',
    errors: ['wrong_password', 'account_locked', 'nothing_to_confirm', 'not_signed_in', 'disk_full'],
  }),
  endMySession: call({
    summary: 'Signs oneself out somewhere else: at once where that desk is online.',
    input: z.object({ sessionId: Id }),
    output: Nothing,
    right: 'account',
    errors: ['not_found', 'not_signed_in', 'disk_full'],
  }),
};
