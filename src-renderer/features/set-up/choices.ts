import { useMemo } from 'react';
import { useFormats } from '../../i18n/format.ts';

/** Currencies to choose from: those in use, by code and name. */
export const useCurrencies = (): { value: string; label: string }[] => {
  const { locale } = useFormats();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'currency' });
    return Intl.supportedValuesOf('currency')
      .filter((code) => names.of(code) !== code)
      .map((code) => ({ value: code, label: `${code} · ${names.of(code)}` }));
  }, [locale]);
};

/** Every time zone that the browser knows. */
export const zones = (): string[] => {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes('UTC') ? known : [...known, 'UTC'];
};

/** What a clinic where this PC stands most likely is. */
export const guess = (): { timezone: string; country: string; currency: string } => {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const byZone: Record<string, [string, string]> = {
    'Europe/Athens': ['Ελλάδα', 'EUR'],
    'Asia/Nicosia': ['Κύπρος', 'EUR'],
    'Europe/London': ['United Kingdom', 'GBP'],
    'Europe/Dublin': ['Ireland', 'EUR'],
    'America/New_York': ['United States', 'USD'],
  };
  const [country, currency] = byZone[timezone] ?? ['', 'EUR'];
  return { timezone, country, currency };
};
