/** Numbers that follow from a seed: from 0 up to `below`, whole. */
export type Random = (below: number) => number;

/** The generator of a seed (mulberry32): small, and good enough to choose acts by. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

/** One of a list, by any whole number; throws on an empty list. */
export const pick = <T>(list: readonly T[], number: number): T => {
  const found = list[number % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};
