/** Greek letters as the Latin ones they are usually typed with; `u` and `y` count as one. */
const latin: Record<string, string> = {
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
  χ: 'h',
  ψ: 'ps',
  ω: 'o',
  u: 'y',
};

const foldLetter = (letter: string): string => {
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return latin[plain] ?? plain;
};

/** A name in Latin letters, without case and accents, for comparing on a screen; the core searches better. */
export const foldName = (text: string): string => Array.from(text, foldLetter).join('');

/** A piece of a text, and whether it is what the search matched. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** How many letters of `word` are covered by the start that it shares with `part`, both read as Latin. */
const sharedStart = (word: string, part: string): number => {
  let folded = '';
  let covered = 0;
  for (const letter of word) {
    folded += foldLetter(letter);
    if (!part.startsWith(folded)) break;
    covered += letter.length;
    if (folded.length >= part.length) break;
  }
  return covered;
};

/**
 * Cuts a name into pieces and marks the starts of words that the search text matches, blind to case, accents and
 * alphabet. It only shows why a line was found; what is found the core decides.
 */
export const matchedName = (name: string, search: string): Piece[] => {
  const parts = search
    .trim()
    .split(/[\s,]+/)
    .map(foldName)
    .filter((part) => part.length > 0);
  const pieces: Piece[] = [];
  for (const word of name.split(/(\s+)/)) {
    const covered = Math.max(0, ...parts.map((part) => sharedStart(word, part)));
    if (covered >= 2 || (covered === 1 && parts.includes(foldName(word.slice(0, 1))))) {
      pieces.push({ text: word.slice(0, covered), hit: true }, { text: word.slice(covered), hit: false });
    } else pieces.push({ text: word, hit: false });
  }
  return pieces.filter((piece) => piece.text !== '');
};

/** Cuts a phone number and marks the digits that the search text names; spaces between them do not count. */
export const matchedPhone = (phone: string, search: string): Piece[] => {
  const wanted = search.replace(/\D/g, '');
  const places = Array.from(phone.matchAll(/\d/g), (match) => match.index);
  const at =
    wanted.length < 2
      ? -1
      : places
          .map((place) => phone[place])
          .join('')
          .lastIndexOf(wanted);
  const from = places[at];
  const to = places[at + wanted.length - 1];
  if (at < 0 || from === undefined || to === undefined) return [{ text: phone, hit: false }];
  return [
    { text: phone.slice(0, from), hit: false },
    { text: phone.slice(from, to + 1), hit: true },
    { text: phone.slice(to + 1), hit: false },
  ].filter((piece) => piece.text !== '');
};
