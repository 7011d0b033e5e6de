import { wordsOf } from '../fold.ts';

interface Named {
  firstName: string;
  lastName: string;
  dateOfBirth: string | null;
}

/** A patient who may stand before the kiosk; for an animal, its owner too. */
export interface Candidate {
  person: Named;
  owner: Named | null;
}

/**
 * Whether what was typed names the patient: every word of it is a word of the name, whatever its case, accents and
 * letters, with a first and a last name among them in either field; and the birth date is exactly the same. An animal
 * is known by its own or its owner's name and birth date.
 */
export const isNamed = (typed: Required<Named>, { person, owner }: Candidate): boolean => {
  const words = [...wordsOf(typed.firstName), ...wordsOf(typed.lastName)];
  const firsts = wordsOf(`${person.firstName} ${owner?.firstName ?? ''}`);
  const lasts = wordsOf(`${person.lastName} ${owner?.lastName ?? ''}`);
  const among = (names: readonly string[]) => (word: string) => names.includes(word);
  return (
    isBirthDate(typed.dateOfBirth, { person, owner }) &&
    words.every(among([...firsts, ...lasts])) &&
    hasBoth(wordsOf(typed.firstName), wordsOf(typed.lastName), firsts, lasts)
  );
};

/** One field has a word of the first name and the other one of the last. */
const hasBoth = (one: string[], other: string[], firsts: string[], lasts: string[]): boolean =>
  (one.some((word) => firsts.includes(word)) && other.some((word) => lasts.includes(word))) ||
  (one.some((word) => lasts.includes(word)) && other.some((word) => firsts.includes(word)));

const isBirthDate = (typed: string | null, { person, owner }: Candidate): boolean =>
  typed !== null && (typed === person.dateOfBirth || typed === owner?.dateOfBirth);

/** How long before its time and after it an appointment can be checked in at the kiosk. */
export const EARLY_MS = 60 * 60_000;
export const LATE_MS = 30 * 60_000;

/** Whether `now` is near enough to an appointment's start; all in epoch milliseconds. */
export const isInTime = (start: number, now: number): boolean =>
  now >= start - EARLY_MS && now <= start + LATE_MS;
