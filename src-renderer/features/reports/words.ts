import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import type { Grouping } from './figures.ts';
import type { Column, Line, ReportKind } from './lines.ts';

const methods = ['cash', 'card', 'transfer', 'other'] as const;
const named = [
  'booked',
  'bookable',
  'utilisation',
  'came',
  'noShows',
  'cancelled',
  'rate',
  'waited',
  'median',
  'p90',
  'returned',
  'total',
] as const;

/** What lines, columns and values of a report are called in the language of the screen. */
export const useReportWords = (by: Grouping) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { data: names } = useLive('reportNames', {}, ['doctors', 'clinic_locations']);
  return useMemo(() => {
    const rate = new Intl.NumberFormat(formats.locale, { style: 'percent', maximumFractionDigits: 1 });
    const hours = new Intl.NumberFormat(formats.locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const column = ({ name }: Column): string => {
      const method = methods.find((one) => one === name);
      if (method) return t(`payments.method.${method}`);
      const known = named.find((one) => one === name);
      return known ? t(`reports.column.${known}`) : name;
    };
    const value = ({ unit }: Column, line: Line, at: number): string => {
      const number = line.values[at] ?? null;
      if (number === null) return '–';
      if (unit === 'rate') return rate.format(number);
      if (unit === 'hours') return t('reports.hours', { hours: hours.format(number / 60) });
      if (unit === 'minutes') return t('reports.minutes', { minutes: number });
      return unit === 'money' ? money({ minor: number, currency: line.currency }) : formats.number(number);
    };
    const group = (key: string | null): string => {
      if (key === null) return t(by === 'doctor' ? 'reports.nobody' : 'reports.nowhere');
      if (by === 'week') return t('reports.weekOf', { day: formats.day(key) });
      const list = by === 'doctor' ? names?.doctors : names?.locations;
      const found = list?.find(({ id }) => id === key);
      return found ? formats.name(found.name) : '…';
    };
    /** The lines in the order of the board, of the locations' names or of time. */
    const inOrder = (lines: readonly Line[]): Line[] => {
      if (by === 'week') return lines.toSorted((a, b) => (`${a.key}` < `${b.key}` ? -1 : 1));
      const order = (by === 'doctor' ? names?.doctors : names?.locations)?.map(({ id }) => id) ?? [];
      const place = ({ key }: Line): number => (key === null ? order.length : order.indexOf(key));
      return lines.toSorted((a, b) => place(a) - place(b));
    };
    const title = (kind: ReportKind): string => t(`reports.tabs.${kind}`);
    return { column, value, group, inOrder, title };
  }, [t, formats, money, names, by]);
};

export type ReportWords = ReturnType<typeof useReportWords>;
