import type { DuplicateCandidate } from '../../contract/patient.ts';
import { digitsOf, wordsOf } from '../fold.ts';
import { soundOf } from '../sound.ts';

/** What two records of one person have in common. Whatever is not known is missing or null. */
export interface Identity {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  /** `1980-03-12`. */
  dateOfBirth?: string | null | undefined;
  /** Of an animal, the owner's where it has none. */
  phone?: string | null | undefined;
  email?: string | null | undefined;
}

type Ground = DuplicateCandidate['grounds'][number];

/** How much each ground says. */
const weights: Record<Ground, number> = { name: 4, date_of_birth: 3, phone: 3, email: 2 };
/** What is known of one record and not of the other neither speaks for nor against. */
const UNKNOWN = 0.5;
/** From this score on two records are likely to be of one person. */
export const LIKELY = 0.6;
/** Names at least so alike count as a ground that is shown. */
const NAME_GROUND = 0.5;
/** Enough of a phone number to tell it, whether or not it was written with the country. */
const PHONE_TAIL = 8;

/**
 * How sure it is that two records are of one person, 0 to 1, and on what grounds: the share of what is known that
 * agrees. Names agree as they sound, in Greek or Latin letters, whichever of them stands first.
 */
export const compareIdentities = (a: Identity, b: Identity): { score: number; grounds: Ground[] } => {
  const agreements: [Ground, number | undefined][] = [
    ['name', nameAgreement(a, b)],
    ['date_of_birth', agreement(a.dateOfBirth || '', b.dateOfBirth || '')],
    ['phone', agreement(phoneTail(a), phoneTail(b))],
    ['email', agreement(emailKey(a), emailKey(b))],
  ];
  let agreed = 0;
  let known = 0;
  for (const [ground, value] of agreements) {
    if (value === undefined) continue;
    agreed += weights[ground] * value;
    known += weights[ground];
  }
  const grounds = agreements
    .filter(([ground, value]) => value !== undefined && value >= (ground === 'name' ? NAME_GROUND : 1))
    .map(([ground]) => ground);
  return { score: known === 0 ? 0 : agreed / known, grounds };
};

/** Whether a comparison is worth showing to a person. At least one ground must hold. */
export const isLikely = ({ score, grounds }: { score: number; grounds: readonly Ground[] }): boolean =>
  score >= LIKELY && grounds.length > 0;

/** 1 for the same, 0 for different, half for known on one side, undefined for known on neither. */
const agreement = (a: string, b: string): number | undefined => {
  if (a === '' && b === '') return undefined;
  if (a === '' || b === '') return UNKNOWN;
  return a === b ? 1 : 0;
};

const phoneTail = ({ phone }: Identity): string => digitsOf(phone ?? '').slice(-PHONE_TAIL);

const emailKey = ({ email }: Identity): string => (email ?? '').trim().toLowerCase();

const sounds = (name: string | null | undefined): string =>
  wordsOf(name ?? '')
    .map(soundOf)
    .join(' ');

const nameAgreement = (a: Identity, b: Identity): number | undefined => {
  const [firstA, lastA, firstB, lastB] = [
    sounds(a.firstName),
    sounds(a.lastName),
    sounds(b.firstName),
    sounds(b.lastName),
  ];
  const nameless = [firstA + lastA, firstB + lastB].filter((name) => name === '').length;
  if (nameless > 0) return nameless === 2 ? undefined : UNKNOWN;
  const straight = Math.min(likeness(firstA, firstB), likeness(lastA, lastB));
  const swapped = Math.min(likeness(firstA, lastB), likeness(lastA, firstB));
  return Math.max(straight, swapped);
};

/** 1 for the same, 0 for names of which half or more of the letters differ. */
const likeness = (a: string, b: string): number => {
  if (a === b) return 1;
  const longer = Math.max(a.length, b.length);
  return Math.max(0, 1 - (2 * distance(a, b)) / longer);
};

/** The fewest letters to add, drop or change that make one word the other. */
const distance = (a: string, b: string): number => {
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1)
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1),
        ),
      );
    last = current;
  }
  return last[b.length] ?? 0;
};
