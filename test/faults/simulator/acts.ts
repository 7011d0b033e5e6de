import { pick, type Random, randomOf } from './random.ts';

/** What people do at a desk. */
export const callKinds = [
  'book',
  'bookInRoom',
  'bookKept',
  'bookKeptElsewhere',
  'reschedule',
  'resize',
  'cancel',
  'restore',
  'noShow',
  'checkIn',
  'moveOn',
  'callNext',
  'hold',
  'release',
  'register',
  'phone',
  'city',
  'merge',
  'fee',
  'pay',
  'refund',
  'undo',
  'look',
  'keepMine',
  'keepTheirs',
  'nextFree',
] as const;

/** What a desk's line to central does while the desk syncs. */
export const lineKinds = [
  'sync',
  'step',
  'loseRequest',
  'loseAnswer',
  'sendTwice',
  'holdRequest',
  'holdAnswer',
  'goOn',
  'loseNotices',
  'cut',
] as const;

/** What befalls a desk's program and its file. */
export const deskKinds = [
  'restart',
  'kill',
  'killSoon',
  'powerCutSoon',
  'checkpoint',
  'keepCopy',
  'putCopyBack',
  'loseFile',
  'clone',
  'setClock',
  'oldVersion',
] as const;

/** What befalls central, and the time that goes by. */
export const worldKinds = ['backUp', 'restoreCentral', 'restoreElsewhere', 'wait'] as const;

export const kinds = [...callKinds, ...lineKinds, ...deskKinds, ...worldKinds] as const;
export type Kind = (typeof kinds)[number];

/** One step of a schedule. `who` names the desk; `n` and `m` choose among what there is when it comes to it. */
export interface Act {
  act: Kind;
  who: number;
  n: number;
  m: number;
}

/** All that a run depends on. */
export interface Schedule {
  /** How many desks the clinic has. */
  desks: number;
  /** Whether the desks' keychains keep the number by which a restored or copied file is known. */
  nonces: boolean;
  acts: Act[];
}

/** How often each act comes up, in proportion; those that are left out once. */
const weights: Partial<Record<Kind, number>> = {
  book: 14,
  bookInRoom: 4,
  bookKept: 9,
  bookKeptElsewhere: 9,
  reschedule: 5,
  cancel: 4,
  checkIn: 5,
  moveOn: 4,
  phone: 5,
  city: 4,
  register: 4,
  hold: 2,
  pay: 3,
  fee: 2,
  undo: 3,
  keepMine: 3,
  keepTheirs: 2,
  nextFree: 2,
  sync: 22,
  step: 14,
  loseRequest: 4,
  loseAnswer: 8,
  sendTwice: 3,
  holdRequest: 5,
  holdAnswer: 5,
  goOn: 6,
  loseNotices: 4,
  cut: 4,
  restart: 2,
  kill: 3,
  killSoon: 7,
  powerCutSoon: 4,
  keepCopy: 2,
  putCopyBack: 2,
  wait: 3,
};

const bag: readonly Kind[] = kinds.flatMap((kind) => Array<Kind>(weights[kind] ?? 1).fill(kind));

const longest = 48;
const shortest = 10;

/** The schedule of a seed. */
export const scheduleOf = (seed: number): Schedule => {
  const random = randomOf(seed);
  const desks = 2 + random(2);
  const nonces = random(4) > 0;
  const count = shortest + random(longest - shortest);
  return { desks, nonces, acts: Array.from({ length: count }, () => actOf(random, desks)) };
};

const actOf = (random: Random, desks: number): Act => ({
  act: pick(bag, random(bag.length)),
  // Now and then there is one desk more: a copy of another.
  who: random(desks + 1),
  n: random(1_000),
  m: random(1_000),
});

/** An act in one word, for a person who reads a failed run. */
export const wordOf = ({ act, who, n, m }: Act): string => `${act}(${who}, ${n}, ${m})`;
