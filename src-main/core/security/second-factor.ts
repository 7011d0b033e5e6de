import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { Desk } from '../desk.ts';
import { readSetting, writeSetting } from '../replica/desk-settings.ts';
import { readDeskState } from '../replica/desk-state.ts';
import type { Contents } from './sealed.ts';

/** RFC 6238 as every authenticator app has it. */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code of one step earlier or later is taken, for clocks that differ and fingers that are slow. */
const WINDOW = 1;

const SETTING = 'totp_steps';
const Steps = z.record(z.string(), z.int());

/** 160 bits, as RFC 4226 recommends, in Base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** The address that an authenticator app reads from a QR code. */
export const secretUri = (secret: string, { clinic, email }: { clinic: string; email: string }): string =>
  new TOTP({ ...FORM, secret, issuer: clinic, label: email }).toString();

/**
 * Whether a code is the one that the app shows about now by central's clock, and was not taken at this desk before. A code
 * that is right is taken.
 */
export const takeCode = (desk: Desk, userId: string, secret: string, code: string): boolean => {
  const timestamp = Date.parse(desk.now()) + readDeskState(desk.replica).clockOffsetMs;
  const totp = new TOTP({ ...FORM, secret });
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  if (delta === null) return false;
  const step = totp.counter({ timestamp }) + delta;
  const taken = Steps.safeParse(readSetting(desk.replica, SETTING)).data ?? {};
  if (step <= (taken[userId] ?? 0)) return false;
  writeSetting(desk.replica, SETTING, { ...taken, [userId]: step });
  return true;
};

const RECOVERY_CODES = 10;
/** Without what is taken for another letter: i, l, o, u (Crockford). 32 letters, so that each byte gives five fair bits. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten codes of 50 random bits, to be shown once, and what is kept of them. */
export const newRecoveryCodes = (): { codes: string[]; kept: string[] } => {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  return { codes, kept: codes.map(hashOf) };
};

const newCode = (): string => {
  const text = [...randomBytes(10)].map((byte) => letters.charAt(byte % 32)).join('');
  return `${text.slice(0, 5)}-${text.slice(5)}`;
};

/** The contents of a box after one of its recovery codes was used up; null where it is none of them. */
export const withoutCode = (contents: Contents, code: string): Contents | null => {
  const used = hashOf(code);
  if (!contents.recovery.includes(used)) return null;
  return { ...contents, recovery: contents.recovery.filter((kept) => kept !== used) };
};

/** However it is typed: with or without the dash and spaces, in capitals or not. */
const hashOf = (code: string): string =>
  createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^0-9a-z]/g, ''))
    .digest('hex');
