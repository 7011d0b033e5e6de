import type { TakingsTally, VisitTally } from '../../../src-main/contract/report.ts';
import { type Grouping, groupedBy, takingsFigures, visitFigures } from './figures.ts';

export const reportKinds = ['utilisation', 'noShows', 'waiting', 'takings'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** How a value is written. Money is in minor units of the line's currency. */
export type Unit = 'minutes' | 'hours' | 'rate' | 'count' | 'money';

/** A column of a report: what it is called (i18n `reports.column` or a method), its unit, whether the chart shows it. */
export interface Column {
  name: string;
  unit: Unit;
  charted: boolean;
}

const column = (name: string, unit: Unit, charted = false): Column => ({ name, unit, charted });

/** What each report shows, in order. */
export const columnsOf: Record<ReportKind, readonly Column[]> = {
  utilisation: [column('booked', 'hours'), column('bookable', 'hours'), column('utilisation', 'rate', true)],
  noShows: [
    column('came', 'count'),
    column('noShows', 'count'),
    column('cancelled', 'count'),
    column('rate', 'rate', true),
  ],
  waiting: [column('waited', 'count'), column('median', 'minutes', true), column('p90', 'minutes', true)],
  takings: [
    column('cash', 'money', true),
    column('card', 'money', true),
    column('transfer', 'money', true),
    column('other', 'money', true),
    column('returned', 'money'),
    column('total', 'money'),
  ],
};

/** A line of a report: what it stands for, and a value for each column, null where there is nothing to say. */
export interface Line {
  key: string | null;
  currency: string;
  values: readonly (number | null)[];
}

export interface Table {
  lines: Line[];
  /** The last line; one for each currency. */
  totals: Line[];
}

type VisitKind = Exclude<ReportKind, 'takings'>;

const visitValues = (kind: VisitKind, tallies: readonly VisitTally[]): (number | null)[] => {
  const all = visitFigures(tallies);
  if (kind === 'utilisation') return [all.bookedMinutes, all.bookableMinutes, all.utilisation];
  if (kind === 'noShows') return [all.came, all.noShows, all.cancelled, all.noShowRate];
  return [all.waited, all.medianMinutes, all.p90Minutes];
};

/** A report of visits. Lines that say nothing stay away. */
export const visitTable = (kind: VisitKind, tallies: readonly VisitTally[], by: Grouping): Table => {
  const line = (key: string | null, group: readonly VisitTally[]): Line => ({
    key,
    currency: '',
    values: visitValues(kind, group),
  });
  const lines = groupedBy(tallies, by)
    .map((group) => line(group.key, group.tallies))
    .filter(({ values }) => values.some(Boolean));
  return { lines, totals: lines.length === 0 ? [] : [line(null, tallies)] };
};

/** The report of takings. Currencies are never added to one another. */
export const takingsTable = (tallies: readonly TakingsTally[], by: Grouping): Table => {
  const currencies = [...new Set(tallies.map(({ currency }) => currency))].sort();
  const line = (key: string | null, currency: string, group: readonly TakingsTally[]): Line => {
    const { cash, card, transfer, other, returned, total } = takingsFigures(group);
    return { key, currency, values: [cash, card, transfer, other, returned, total] };
  };
  const of = (currency: string) => tallies.filter((tally) => tally.currency === currency);
  return {
    lines: currencies.flatMap((currency) =>
      groupedBy(of(currency), by).map((group) => line(group.key, currency, group.tallies)),
    ),
    totals: currencies.map((currency) => line(null, currency, of(currency))),
  };
};
