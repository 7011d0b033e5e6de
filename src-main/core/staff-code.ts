import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O and U, which are read as something else. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;

/** A new code for somebody's first or next password: 100 random bits, five in each of twenty letters. */
export const newCode = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');

/** A code as it is shown and printed: four groups of five. */
export const shownCode = (code: string): string => code.match(/.{5}/g)?.join('-') ?? code;

/** The code that somebody typed, whatever its case and hyphens, with O read as 0, I and L as 1; null where it is none. */
export const readCode = (typed: string): string | null => {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}.]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
};

/** What central keeps of a code: its SHA-256, in hexadecimal. A hundred random bits need no salt. */
export const codeHash = (code: string): string => createHash('sha256').update(code).digest('hex');
