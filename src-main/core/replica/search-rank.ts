import { soundOf, soundsOf } from '../sound.ts';

/** A patient that the index found, with folded names, the last name first. */
export interface Found {
  patientId: string;
  names: string;
  ownerNames: string;
}

const WHOLE = 10;
const BEGINNING = 8;
const SOUND = 6;
const SOUND_BEGINNING = 4;
const NEAR = 2;
/** An owner's name counts for a little less than the patient's own. */
const OWNER = 1;

/** Best first: whole words before beginnings, spelling before sound, sound before misspelling; then by name. */
export const rank = (found: readonly Found[], words: readonly string[]): Found[] => {
  const asked = words.map((word) => ({ word, sound: soundOf(word) }));
  const scored = found.map((entry) => ({
    entry,
    score: asked.reduce((sum, one) => sum + scoreOf(entry, one), 0),
  }));
  return scored
    .sort(
      (a, b) =>
        b.score - a.score ||
        compare(a.entry.names, b.entry.names) ||
        compare(a.entry.patientId, b.entry.patientId),
    )
    .map(({ entry }) => entry);
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Asked {
  word: string;
  sound: string;
}

const scoreOf = ({ names, ownerNames }: Found, asked: Asked): number =>
  Math.max(bestOf(names, asked), bestOf(ownerNames, asked) - OWNER, 0);

const bestOf = (names: string, asked: Asked): number =>
  names === '' ? 0 : Math.max(...names.split(' ').map((name) => closeness(name, asked)));

/** How well a word of a name answers a word that was typed, 0 to 10. */
const closeness = (name: string, { word, sound }: Asked): number => {
  if (name === word) return WHOLE;
  if (name.startsWith(word)) return BEGINNING;
  let best = 0;
  for (const heard of soundsOf(name)) {
    if (heard === sound) return SOUND;
    if (heard.startsWith(sound)) best = Math.max(best, SOUND_BEGINNING);
  }
  return best > 0 ? best : NEAR / (1 + beginningDistance(sound, soundOf(name)));
};

/**
 * The fewest letters to add, drop, change or swap with a neighbour that make `typed` the beginning of
 * `word` or all of it.
 */
export const beginningDistance = (typed: string, word: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: word.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= word.length; column += 1) {
      const same = typed[row - 1] === word[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1])
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return Math.min(...last);
};
