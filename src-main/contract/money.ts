import type { Money } from './values.ts';

/**
 * Decimals of the currencies that have not two (ISO 4217, table A.1). `Intl` goes by what people use in cash and
 * differs: it gives the forint and the Iraqi dinar none.
 */
const decimalsByCurrency: Readonly<Record<string, 0 | 3 | 4>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
      .split(' ')
      .map((code) => [code, 0 as const]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3 as const])),
  ...Object.fromEntries('CLF UYW'.split(' ').map((code) => [code, 4 as const])),
};

/** How many decimals an amount of this currency has: its minor unit is that power of ten of the whole one. */
export const decimalsOf = (currency: string): number => decimalsByCurrency[currency] ?? 2;

/** The largest amount that one payment or fee may have, in minor units: central's column holds no more. */
export const MAX_MINOR = 2_147_483_647;

/**
 * Why typed text is no amount. `empty`: nothing typed. `not_a_number`: something else than digits and separators in
 * their places. `too_precise`: more decimals than the currency has. `ambiguous`: a separator that this language reads
 * as decimals and the other as thousands. `too_large`: above `MAX_MINOR`.
 */
export type AmountProblem = 'empty' | 'not_a_number' | 'too_precise' | 'ambiguous' | 'too_large';
export type ParsedAmount = { ok: true; minor: number } | { ok: false; problem: AmountProblem };

type Separator = '.' | ',';
type Reading = { whole: string; decimals: string };

const no = (problem: AmountProblem): ParsedAmount => ({ ok: false, problem });

/** What may stand around the digits: spaces, also as separators of thousands, and the currency's code or sign. */
const ornaments = /[\s\u00a0\u202f]|[A-Z]{0,3}\p{Sc}|[A-Z]{3}/gu;

/**
 * Reads an amount as a person types it, `decimal` being the language's own decimal separator: `12.50`, `1,234.5` in
 * English; `12,50`, `1.234,5` in Greek. The other language's way is read too wherever it can mean nothing
 * else (`12,50` in English), since keyboards and habits differ; what could be a thousandth or a
 * thousandfold is refused. Below zero only where `signed`.
 */
export const parseAmount = (
  text: string,
  currency: string,
  decimal: Separator,
  { signed = false }: { signed?: boolean } = {},
): ParsedAmount => {
  const typed = text.replace(ornaments, '');
  if (typed === '') return no('empty');
  if (signed && /^[-\u2212]/.test(typed)) {
    const parsed = parseAmount(typed.slice(1), currency, decimal);
    return parsed.ok ? { ok: true, minor: parsed.minor === 0 ? 0 : -parsed.minor } : parsed;
  }
  const own = read(typed, decimal);
  if (own && own.decimals.length <= decimalsOf(currency)) return minorOf(own, currency);
  const other = read(typed, decimal === '.' ? ',' : '.');
  if (!other) return no(own ? 'too_precise' : 'not_a_number');
  if (other.decimals.length > decimalsOf(currency)) return no('too_precise');
  return own && other.decimals === '' ? no('ambiguous') : minorOf(other, currency);
};

/** The digits before and after the decimal separator; null where the text is no number written that way. */
const read = (typed: string, decimal: Separator): Reading | null => {
  const [point, group] = decimal === '.' ? ['\\.', ','] : [',', '\\.'];
  const pattern = `^(?<whole>\\d*|[1-9]\\d{0,2}(?:${group}\\d{3})+)(?:${point}(?<decimals>\\d+))?$`;
  const groups = new RegExp(pattern).exec(typed)?.groups;
  if (!groups) return null;
  const whole = (groups['whole'] ?? '').replace(/\D/g, '');
  const decimals = groups['decimals'] ?? '';
  return whole === '' && decimals === '' ? null : { whole, decimals };
};

const minorOf = ({ whole, decimals }: Reading, currency: string): ParsedAmount => {
  const minor = Number(whole + decimals.padEnd(decimalsOf(currency), '0'));
  return minor > MAX_MINOR ? no('too_large') : { ok: true, minor };
};

/** A decimal number as text, exact for every safe integer, such as `-1234.50`; what `Intl` takes without rounding. */
export const decimalText = (minor: number, currency: string): `${number}` => {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an amount in minor units: ${minor}`);
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0 ? '-' : '';
  return `${sign}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}` as `${number}`;
};

const exact = (minor: number): number => {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an amount in minor units: ${minor}`);
  return minor;
};

/** The sum of two amounts. Two currencies are never added: to try is a bug. */
export const add = (a: Money, b: Money): Money => {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} cannot be added`);
  return { minor: exact(a.minor + b.minor), currency: a.currency };
};

/** The first amount less the second, of one currency. */
export const subtract = (a: Money, b: Money): Money => add(a, { ...b, minor: -b.minor });

/** The sum of amounts of one currency; zero of it for none. */
export const sum = (amounts: Iterable<Money>, currency: string): Money => {
  let total: Money = { minor: 0, currency };
  for (const amount of amounts) total = add(total, amount);
  return total;
};

/** An amount in so many parts that differ by one minor unit at most, the larger first; together they are it. */
export const split = ({ minor, currency }: Money, parts: number): Money[] => {
  const each = Math.trunc(exact(minor) / parts);
  const over = Math.abs(minor % parts);
  return Array.from({ length: parts }, (_, n) => ({
    minor: each + (n < over ? Math.sign(minor) : 0),
    currency,
  }));
};
