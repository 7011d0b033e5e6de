import { growthByDesks } from './growth/desks.ts';
import { exponentOf, lastExponentOf, type Series } from './growth/exponent.ts';
import { growthByRows } from './growth/rows.ts';
import { growthByWaiting } from './growth/waiting.ts';
import { round } from './result.ts';
import type { Setting } from './setting.ts';

/** What it is that grows: rows of a clinic, desks that are connected, changes that waited at a desk. */
export const sizes = ['rows', 'desks', 'changes'] as const;

/** One line of the growth table: the time in milliseconds at each size, and the exponents. */
export interface Growth {
  bench: 'growth';
  by: (typeof sizes)[number];
  what: string;
  points: { size: number; ms: number }[];
  /** Of the line through all points, and of its last step. 0 does not grow, 1 grows as the size does. */
  exponent: number;
  last_exponent: number;
}

/** How times grow with the rows of a clinic, with its desks, and with what a desk did while it was away. */
export const growth = async (setting: Setting): Promise<Growth[]> => [
  ...(await growthByRows(setting)).map((series) => describe('rows', series)),
  ...(await growthByDesks(setting)).map((series) => describe('desks', series)),
  ...(await growthByWaiting(setting)).map((series) => describe('changes', series)),
];

const describe = (by: Growth['by'], { what, points }: Series): Growth => ({
  bench: 'growth',
  by,
  what,
  points: points.map(({ size, ms }) => ({ size, ms: round(ms) })),
  exponent: round(exponentOf(points)),
  last_exponent: round(lastExponentOf(points)),
});

/** The line for people. */
export const describeGrowth = ({ by, what, points, exponent, last_exponent }: Growth): string =>
  `${what} by ${by}: ${points.map(({ size, ms }) => `${ms} ms at ${size}`).join(', ')}; exponent ${exponent}, last step ${last_exponent}`;
