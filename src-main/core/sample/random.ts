/** Numbers that a seed decides. Not for secrets. */
export interface Random {
  /** A whole number from 0 up to and without `n`. */
  below(n: number): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in `share` (0 to 1) of the cases. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** The shape of a UUIDv7 of that instant (epoch milliseconds), with seeded bits for the random ones. */
  uuid(ms: number): string;
}

/**
 * A stream of its own for each `path` of whole numbers under a seed, so that one row can be made without the
 * rows before it. xoshiro128** (Blackman and Vigna), its state filled by MurmurHash3's finaliser.
 */
export const random = (seed: number, ...path: number[]): Random => {
  let hash = mix(seed | 0);
  for (const step of path) hash = mix((hash ^ (step | 0)) + 0x9e3779b9);
  let a = mix(hash + 1);
  let b = mix(hash + 2);
  let c = mix(hash + 3);
  let d = mix(hash + 4) | 1;

  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
  const below = (n: number): number => Math.floor((next() / 0x1_0000_0000) * n);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (share) => next() < share * 0x1_0000_0000,
    pick: (list) => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    uuid: (ms) => {
      const time = hex(ms, 12);
      const bits = next();
      const tail = `${hex(next(), 8)}${hex(next() & 0xffff, 4)}`;
      const [high, low] = [hex(bits >>> 20, 3), hex(0x8000 | (bits & 0x3fff), 4)];
      return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-${low}-${tail}`;
    },
  };
};

const mix = (value: number): number => {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

/** Things and how often each comes, from `name 12, other name 3`. */
export const frequencies = (text: string): ((random: Random) => string) => {
  const entries = text.split(',').map((entry) => {
    const [, name, weight] = /^\s*(.*\S)\s+(\d+)\s*$/.exec(entry) ?? [];
    if (name === undefined) throw new Error(`no weight in ${entry}`);
    return { name, weight: Number(weight) };
  });
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  return (source) => {
    let left = source.below(total);
    for (const { name, weight } of entries) {
      left -= weight;
      if (left < 0) return name;
    }
    throw new Error('unreachable: weights add up to the total');
  };
};
