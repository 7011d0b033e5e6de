import { fold } from '../fold.ts';

/** Why a password is refused; NIST SP 800-63B asks for a list of the common ones and for nothing of composition. */
export type Weakness = 'common' | 'repeated' | 'sequence' | 'name';

/** Whom a password is for. */
export interface Owner {
  name: string;
  email: string;
  /** The clinic's names. */
  clinic: readonly string[];
}

/** Words that the most common passwords are made of: with figures and signs around them they are as common. */
const commonWords = new Set(
  `password passwort passw pass parola kwdikos kodikos sinthimatiko letmein welcome welkom admin administrator root
   superuser changeme secret login user guest test testing temp temporary default master iloveyou sagapo princess
   sunshine football basketball baseball soccer superman batman spiderman starwars pokemon dragon monkey shadow michael
   jennifer jordan charlie trustno computer internet google facebook samsung microsoft windows hello hallo kalimera
   olympiakos olympiacos panathinaikos panathinaikosfc aek aekara paok paokara hellas ellada greece athens athina
   clinic klinik kliniki iatreio hospital doctor doktor nurse medical medicine health patient patients reception
   receptionist frontdesk vet veterinary ktiniatreio anteroom summer winter spring autumn january february march april
   june july august september october november december monday tuesday wednesday thursday friday saturday sunday
   qwerty qwertz azerty asdf asdfgh zxcvbn zxcvbnm liverpool chelsea arsenal barcelona manchester`.split(
    /\s+/,
  ),
);

/** Rows of keys and of letters, forwards; a password that only walks along them is none. */
const rows = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
];

/** The figures and signs that stand for letters in passwords that only look hard. */
const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Why somebody's password would be among the first that a guesser tries, or null. Its length is checked by the contract. */
export const weaknessOf = (password: string, owner: Owner): Weakness | null => {
  const text = plain(password);
  if (isRepeated(text)) return 'repeated';
  if (isSequence(text)) return 'sequence';
  if ([password, asLetters(password), asLetters(core(password))].map(plain).some(isCommon)) return 'common';
  return namesOf(owner).some((name) => text.includes(name)) ? 'name' : null;
};

/** Small Latin letters and figures, and nothing else. */
const plain = (text: string): string => fold(text).replaceAll(' ', '');

/** Without the figures and signs around it. */
const core = (text: string): string => text.replaceAll(/^\P{L}+|\P{L}+$/gu, '');

const asLetters = (text: string): string => [...text].map((sign) => lookalikes[sign] ?? sign).join('');

/** A letter or a few, over and over: aaaaaaaaaa, 123123123123, abcabcabcab. */
const isRepeated = (text: string): boolean =>
  [1, 2, 3, 4, 5, 6].some(
    (length) => length * 2 <= text.length && [...text].every((sign, at) => sign === text[at % length]),
  );

/** Made of walks along rows of keys, four signs or more each: 1234567890, qwertyuiop, asdfgh1234. */
const isSequence = (text: string): boolean => {
  if (text === '') return true;
  for (let length = text.length; length >= 4; length--) {
    const head = text.slice(0, length);
    const back = [...head].reverse().join('');
    if (rows.some((row) => row.includes(head) || row.includes(back)))
      return length === text.length || isSequence(text.slice(length));
  }
  return false;
};

/** One or two common words, with figures before, between and after them. */
const isCommon = (text: string): boolean => isWords(text.replaceAll(/[^a-z]/g, ''), 2);

const isWords = (letters: string, most: number): boolean =>
  letters !== '' &&
  (commonWords.has(letters) ||
    (most > 1 &&
      [...commonWords].some((word) => letters.startsWith(word) && isWords(letters.slice(word.length), 1))));

/** Names of four letters and more; shorter ones are in too many words. */
const namesOf = ({ name, email, clinic }: Owner): string[] =>
  [name, email.split('@')[0] ?? '', ...clinic]
    .flatMap((one) => [plain(one), ...fold(one).split(' ')])
    .filter((one) => one.length >= 4);
