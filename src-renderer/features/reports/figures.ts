import type { TakingsTally, VisitTally } from '../../../src-main/contract/report.ts';

/** What lines of a report stand for. */
export const groupings = ['doctor', 'location', 'week'] as const;
export type Grouping = (typeof groupings)[number];

/** Figures of visits of a group, or of all. Rates are parts of 1 and null where there is nothing to divide by. */
export interface VisitFigures {
  bookableMinutes: number;
  bookedMinutes: number;
  /** Above 1 where there were overbooked visits. */
  utilisation: number | null;
  came: number;
  noShows: number;
  cancelled: number;
  /** No-shows of those who were expected to the end: who came, and who did not. */
  noShowRate: number | null;
  /** Waits that were stamped. */
  waited: number;
  medianMinutes: number | null;
  /** Nine of ten waited no longer. */
  p90Minutes: number | null;
}

type Wait = VisitTally['waits'][number];

/**
 * The least wait that a part `p` of all waits does not exceed (nearest rank); null when nobody waited. Waits may be in
 * any order and name one length more than once.
 */
export const quantile = (waits: readonly Wait[], p: number): number | null => {
  const total = waits.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { minutes, count } of waits.toSorted((a, b) => a.minutes - b.minutes)) {
    seen += count;
    if (seen >= p * total) return minutes;
  }
  return null;
};

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The figures of any tallies together. */
export const visitFigures = (tallies: readonly VisitTally[]): VisitFigures => {
  const sum = (of: (tally: VisitTally) => number): number => tallies.reduce((all, one) => all + of(one), 0);
  const bookableMinutes = sum((tally) => tally.bookableMinutes);
  const bookedMinutes = sum((tally) => tally.bookedMinutes);
  const came = sum((tally) => tally.came);
  const noShows = sum((tally) => tally.noShows);
  const waits = tallies.flatMap((tally) => tally.waits);
  return {
    bookableMinutes,
    bookedMinutes,
    utilisation: rate(bookedMinutes, bookableMinutes),
    came,
    noShows,
    cancelled: sum((tally) => tally.cancelled),
    noShowRate: rate(noShows, came + noShows),
    waited: waits.reduce((all, { count }) => all + count, 0),
    medianMinutes: quantile(waits, 0.5),
    p90Minutes: quantile(waits, 0.9),
  };
};

/** Tallies by what the lines stand for, in the order in which each first comes; null: no location, no doctor. */
export const groupedBy = <T extends { week: string; locationId: string | null; doctorId: string | null }>(
  tallies: readonly T[],
  grouping: Grouping,
): { key: string | null; tallies: T[] }[] => {
  const keyOf = { doctor: 'doctorId', location: 'locationId', week: 'week' } as const;
  const groups = new Map<string | null, T[]>();
  for (const tally of tallies) {
    const key = tally[keyOf[grouping]];
    const group = groups.get(key);
    if (group) group.push(tally);
    else groups.set(key, [tally]);
  }
  return [...groups].map(([key, grouped]) => ({ key, tallies: grouped }));
};

/** What was kept of the money by method, refunds and voids off, in minor units. */
export interface TakingsFigures {
  cash: number;
  card: number;
  transfer: number;
  other: number;
  returned: number;
  /** Paid less returned. */
  total: number;
}

/** The takings of tallies of one currency. */
export const takingsFigures = (tallies: readonly TakingsTally[]): TakingsFigures => {
  const figures: TakingsFigures = { cash: 0, card: 0, transfer: 0, other: 0, returned: 0, total: 0 };
  for (const { method, paidMinor, returnedMinor } of tallies) {
    figures[method] += paidMinor - returnedMinor;
    figures.returned += returnedMinor;
    figures.total += paidMinor - returnedMinor;
  }
  return figures;
};
