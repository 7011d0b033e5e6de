import { decimalsOf, decimalText, type ParsedAmount, parseAmount } from '../../src-main/contract/money.ts';
import type { Money } from '../../src-main/contract/values.ts';

const formatters = new Map<string, Intl.NumberFormat>();

/** A formatter from the cache, with the decimals of ISO 4217. */
const formatter = (locale: string, currency: string, style: 'currency' | 'decimal'): Intl.NumberFormat => {
  const key = `${locale}|${currency}|${style}`;
  const known = formatters.get(key);
  if (known) return known;
  const digits = decimalsOf(currency);
  const made = new Intl.NumberFormat(locale, {
    style,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(style === 'currency' ? { currency } : {}),
  });
  formatters.set(key, made);
  return made;
};

/** Amounts as a person reads and types them in one language. */
export const moneyFormats = (language: 'en' | 'el', locale: string) => {
  const decimal = language === 'el' ? ',' : '.';
  return {
    /** €1,234.50 or 1.234,50 € */
    money: ({ minor, currency }: Money): string =>
      formatter(locale, currency, 'currency').format(decimalText(minor, currency)),
    /** 1,234.50 or 1.234,50: for a column whose head says the currency, and to begin a field with. */
    amount: ({ minor, currency }: Money): string =>
      formatter(locale, currency, 'decimal').format(decimalText(minor, currency)),
    /** What was typed, in minor units; see `parseAmount`. */
    parse: (text: string, currency: string, options?: { signed?: boolean }): ParsedAmount =>
      parseAmount(text, currency, decimal, options),
  };
};
