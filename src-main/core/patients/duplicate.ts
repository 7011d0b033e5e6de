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

/** What is compared of a record, made once: names as they sound, the end of the phone number, the address in small letters. */
export interface Keys {
  first: string;
  last: string;
  born: string;
  phone: string;
  email: string;
}

/** The keys of a record; what is not known is empty. */
export const keysOf = (identity: Identity): Keys => ({
  first: sounds(identity.firstName),
  last: sounds(identity.lastName),
  born: identity.dateOfBirth ?? '',
  phone: digitsOf(identity.phone ?? '').slice(-PHONE_TAIL),
  email: (identity.email ?? '').trim().toLowerCase(),
});

/** What a comparison says. */
export interface Comparison {
  /** 0 to 1. */
  score: number;
  grounds: Ground[];
}

/**
 * How sure it is that two records are of one person, and on what grounds: the share of what is known that agrees. Names
 * agree as they sound, in Greek or Latin letters, whichever of them stands first. The same name with the same phone is
 * likely whatever else differs: a birth date is mistyped, an e-mail address is changed.
 */
export const compareIdentities = (a: Identity, b: Identity): Comparison => compareKeys(keysOf(a), keysOf(b));

/** As `compareIdentities`, for keys that were made before. */
export const compareKeys = (a: Keys, b: Keys): Comparison => {
  const name = nameAgreement(a, b);
  const phone = agreement(a.phone, b.phone);
  const agreements: [Ground, number | undefined][] = [
    ['name', name],
    ['date_of_birth', agreement(a.born, b.born)],
    ['phone', phone],
    ['email', agreement(a.email, b.email)],
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
  const share = known === 0 ? 0 : agreed / known;
  return { score: name === 1 && phone === 1 ? Math.max(share, LIKELY) : share, grounds };
};

/** Whether a comparison is worth showing to a person. At least one ground must hold. */
export const isLikely = ({ score, grounds }: Comparison): boolean => score >= LIKELY && grounds.length > 0;

/** 1 for the same, 0 for different, half for known on one side, undefined for known on neither. */
const agreement = (a: string, b: string): number | undefined => {
  if (a === '' && b === '') return undefined;
  if (a === '' || b === '') return UNKNOWN;
  return a === b ? 1 : 0;
};

const sounds = (name: string | null | undefined): string =>
  wordsOf(name ?? '')
    .map(soundOf)
    .join(' ');

const nameAgreement = (a: Keys, b: Keys): number | undefined => {
  const nameless = [a.first + a.last, b.first + b.last].filter((name) => name === '').length;
  if (nameless > 0) return nameless === 2 ? undefined : UNKNOWN;
  const straight = Math.min(likeness(a.first, b.first), likeness(a.last, b.last));
  const swapped = Math.min(likeness(a.first, b.last), likeness(a.last, b.first));
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
