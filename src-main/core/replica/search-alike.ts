import { digitsOf, wordsOf } from '../fold.ts';
import { soundOf } from '../sound.ts';
import type { Replica } from './open.ts';
import { match, misspellingsOf } from './search-find.ts';
import { birthToken, emailToken, PHONE_TAIL, phoneToken } from './search-query.ts';

/** What of a record may find others like it. */
interface Alike {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  dateOfBirth?: string | null | undefined;
  phone?: string | null | undefined;
  email?: string | null | undefined;
}

/** How many are looked at for each ground: of a common name there may be hundreds. */
const EACH = 200;

/**
 * Patients worth comparing with a record: of the same name as it sounds or nearly so, the same phone number or e-mail
 * address, or of one of the names and the same birth date. In no order.
 */
export const searchAlike = (
  replica: Replica,
  { firstName, lastName, dateOfBirth, phone, email }: Alike,
): string[] => {
  const first = soundsLike(replica, firstName);
  const last = soundsLike(replica, lastName);
  const born = dateOfBirth ? `numbers : "${birthToken(dateOfBirth)}"` : '';
  const digits = digitsOf(phone ?? '').slice(-PHONE_TAIL);
  const expressions: string[] = [];
  if (first && last) expressions.push(`${first} AND ${last}`);
  if (born && (first || last))
    expressions.push(`${born} AND (${[first, last].filter(Boolean).join(' OR ')})`);
  if (digits.length === PHONE_TAIL) expressions.push(`numbers : "${phoneToken(digits)}" *`);
  const found = expressions.flatMap((expression) => match(replica, expression, EACH));
  return [
    ...new Set([...found.map(({ patientId }) => patientId), ...(email ? searchEmail(replica, email) : [])]),
  ];
};

/** Patients who may have the e-mail address, or whose owner has it. */
export const searchEmail = (replica: Replica, email: string): string[] => {
  const token = emailToken(email);
  return token === '' ? [] : match(replica, `email : "${token}"`, EACH).map(({ patientId }) => patientId);
};

/** One of the words of a name, or one that it may be a misspelling of, as an expression; empty for no name. */
const soundsLike = (replica: Replica, name: string | null | undefined): string => {
  const sounds = wordsOf(name ?? '')
    .map(soundOf)
    .filter((sound) => sound !== '');
  const all = new Set(sounds.flatMap((sound) => [sound, ...misspellingsOf(replica, sound)]));
  return all.size === 0 ? '' : `(${[...all].map((sound) => `sounds : "${sound}"`).join(' OR ')})`;
};
