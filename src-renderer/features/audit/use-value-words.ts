import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../src-main/contract/audit.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const day = /^\d{4}-\d{2}-\d{2}$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const amounts = ['amount_cents', 'fee_minor', 'consultation_fee'];

/**
 * How a value of a column reads: days, times and amounts as everywhere, ids by the names of what they stand for. Null where
 * it says nothing to a person, such as an id that nothing is known of here.
 */
export const useValueWords = ({ patient, before, after }: AuditEntry) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { clinic, zone, doctors, locations, specialties } = useClinic();
  const names = useMemo(
    () =>
      new Map(
        [...doctors, ...locations, ...locations.flatMap(({ rooms }) => rooms), ...specialties].map((one) => [
          one.id,
          formats.name(one.name),
        ]),
      ),
    [doctors, locations, specialties, formats],
  );
  const currencyOf = (): string =>
    String(after?.['currency'] ?? before?.['currency'] ?? after?.['fee_currency'] ?? clinic.currency);

  const textOf = (column: string, value: string): string | null => {
    if (day.test(value)) return formats.date(value);
    if (instant.test(value) && !Number.isNaN(Date.parse(value))) return formats.momentWithYear(value, zone);
    if (id.test(value)) return value === patient?.id ? patient.name : (names.get(value) ?? null);
    const known: Record<string, Record<string, string>> = {
      status: t('status', { returnObjects: true }),
      method: t('payments.method', { returnObjects: true }),
    };
    return known[column]?.[value] ?? value;
  };
  return (column: string, value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return t('audit.empty');
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number' && amounts.includes(column))
      return money({ minor: value, currency: currencyOf() });
    if (typeof value === 'string') return textOf(column, value);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
};
