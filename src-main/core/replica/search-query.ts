import { takeBirthDate } from '../birth-date.ts';
import { digitsOf, fold, wordsOf } from '../fold.ts';
import { soundPrefixesOf } from '../sound.ts';

/** What a person typed into the search, taken apart. */
export interface SearchQuery {
  /** Folded words of names, in the order typed. */
  words: string[];
  /** Ends of phone numbers. */
  phoneEnds: string[];
  /** Days of birth that are meant; any of them will do. */
  birthDates: string[];
  /** The beginning of an e-mail address, as `emailToken` makes it, or null. */
  email: string | null;
}

/** Fewer digits than this are not taken for the end of a phone number. */
const PHONE_DIGITS = 3;
/** Enough of a phone number to tell it, whether or not it was written with the country. */
export const PHONE_TAIL = 8;
/** Fewer letters than this are looked for in names only. */
const EMAIL_LETTERS = 4;

/** A phone number as it is indexed: backwards, so that its last digits come first. */
export const phoneToken = (phone: string): string => [...digitsOf(phone)].reverse().join('');

/** A birth date as it is indexed. */
export const birthToken = (date: string): string => `d${digitsOf(date)}`;

/** An e-mail address as it is indexed: its letters and digits in one piece. */
export const emailToken = (email: string): string => fold(email).replaceAll(' ', '');

/** Takes apart what was typed; `today` is needed for years of two digits. */
export const parseSearch = (text: string, today: string): SearchQuery => {
  const { dates, rest } = takeBirthDate(text, today);
  const pieces = rest.split(/\s+/).filter((piece) => piece !== '');
  const address = pieces.find((piece) => piece.includes('@'));
  const words: string[] = [];
  const phones: string[] = [];
  let phone = '';
  for (const piece of pieces) {
    if (piece === address) continue;
    if (/^[\d+()./-]+$/.test(piece)) phone += digitsOf(piece);
    else {
      phones.push(phone);
      phone = '';
      words.push(...wordsOf(piece));
    }
  }
  phones.push(phone);
  return {
    words,
    phoneEnds: phones
      .filter((digits) => digits.length >= PHONE_DIGITS)
      .map((digits) => digits.slice(-PHONE_TAIL)),
    birthDates: dates,
    email: address === undefined ? null : emailToken(address) || null,
  };
};

/** Whether anything is left to look for. */
export const isEmpty = (query: SearchQuery): boolean =>
  query.words.length + query.phoneEnds.length + query.birthDates.length === 0 && query.email === null;

// Expressions of FTS5. Every token is folded, so it holds nothing that would end the quotation.
const begins = (column: string, token: string): string => `${column} : "${token}" *`;
const is = (column: string, token: string): string => `${column} : "${token}"`;
const any = (expressions: readonly string[]): string =>
  expressions.length === 1 ? (expressions[0] ?? '') : `(${expressions.join(' OR ')})`;

/** How closely a word must be in the index: as a whole, as a beginning, by its sound, or by words near it. */
export type Closeness = 'whole' | 'beginning' | 'sound';

const wordExpression = (word: string, closeness: Closeness, near: readonly string[]): string => {
  if (closeness === 'whole') return is('names', word);
  const spelt = begins('names', word);
  const inEmail = word.length >= EMAIL_LETTERS ? [begins('email', word)] : [];
  if (closeness === 'beginning') return any([spelt, ...inEmail]);
  const sounds = soundPrefixesOf(word).map((sound) => begins('sounds', sound));
  return any([spelt, ...inEmail, ...sounds, ...near.map((sound) => is('sounds', sound))]);
};

/**
 * The query as an FTS5 expression: everything that was typed must be there, in any order. `near` has, for each
 * word, sounds of indexed words that it may be a misspelling of.
 */
export const expressionOf = (
  query: SearchQuery,
  closeness: Closeness,
  near: readonly (readonly string[])[] = [],
): string =>
  [
    ...query.words.map((word, index) => wordExpression(word, closeness, near[index] ?? [])),
    ...query.phoneEnds.map((digits) => begins('numbers', phoneToken(digits))),
    ...(query.birthDates.length > 0
      ? [any(query.birthDates.map((date) => is('numbers', birthToken(date))))]
      : []),
    ...(query.email === null ? [] : [begins('email', query.email)]),
  ].join(' AND ');
