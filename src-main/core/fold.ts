/** Pairs of Greek letters whose Latin spelling is not that of the one and then the other. */
const greekPairs: Record<string, string> = {
  ου: 'ou',
  αυ: 'av',
  ευ: 'ev',
  ηυ: 'iv',
  γγ: 'ng',
  γκ: 'gk',
  γχ: 'nch',
  γξ: 'nx',
};

/** Each Greek letter in Latin ones (ELOT 743). */
export const greekLetters: Readonly<Record<string, string>> = {
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
};

/** Latin letters that do not come apart into a letter and a mark. */
const latinLetters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

const foldable = /ου|αυ|ευ|ηυ|γγ|γκ|γχ|γξ|[α-ωςßæœøđðþłı]/g;

/**
 * Text without case and accents, Greek in Latin letters (ELOT 743, as passports have it), and everything that is
 * neither letter nor digit as a space.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(
      foldable,
      (letters) => greekPairs[letters] ?? greekLetters[letters] ?? latinLetters[letters] ?? '',
    )
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The words of a folded text. */
export const wordsOf = (text: string): string[] => {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
};

/** The digits of a text: what of a phone number does not depend on how it is written. */
export const digitsOf = (text: string): string => text.replace(/\D+/g, '');
