import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  decimalsOf,
  decimalText,
  MAX_MINOR,
  parseAmount,
  split,
  subtract,
  sum,
} from '../../src-main/contract/money.ts';
import { moneyFormats } from '../../src-renderer/ui/money-format.ts';

const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'HUF', 'ISK', 'IQD', 'CLF');
const minors = fc.integer({ min: 0, max: MAX_MINOR });
const languages = fc.constantFrom(['en', 'en-GB'] as const, ['el', 'el-GR'] as const);
const signed = fc.integer({ min: -MAX_MINOR, max: MAX_MINOR });

describe('an amount that is typed', () => {
  const typed = (text: string, currency = 'EUR', decimal: '.' | ',' = '.') =>
    parseAmount(text, currency, decimal);

  test.each([
    ['12.50', 1250],
    ['12,50', 1250],
    ['12.5', 1250],
    ['12', 1200],
    ['.5', 50],
    ['1,234.5', 123450],
    ['1,234', 123400],
    ['1.234,5', 123450],
    ['1.234.567', 123456700],
    ['1 234,50 €', 123450],
    ['EUR 12.50', 1250],
    ['007', 700],
  ])('in English %s is read as meant', (text, minor) => {
    expect(typed(text)).toEqual({ ok: true, minor });
  });

  test.each([
    ['12,50', 1250],
    ['12.5', 1250],
    ['1.234', 123400],
    ['1.234,5', 123450],
    ['1,234.50', 123450],
  ])('in Greek %s is read as meant', (text, minor) => {
    expect(typed(text, 'EUR', ',')).toEqual({ ok: true, minor });
  });

  test('that could be a thousand or a thousandth is refused, not guessed', () => {
    expect(typed('1.234')).toEqual({ ok: false, problem: 'ambiguous' });
    expect(typed('1,234', 'EUR', ',')).toEqual({ ok: false, problem: 'ambiguous' });
    expect(typed('1.000', 'JPY')).toEqual({ ok: false, problem: 'ambiguous' });
  });

  test.each([
    ['', 'empty'],
    [' € ', 'empty'],
    ['12,345,6', 'not_a_number'],
    ['1,23.4', 'not_a_number'],
    ['-5', 'not_a_number'],
    ['1e3', 'not_a_number'],
    ['12.', 'not_a_number'],
    ['twelve', 'not_a_number'],
    ['12.505', 'ambiguous'],
    ['12.5055', 'too_precise'],
    ['0.505', 'too_precise'],
    ['21474836.48', 'too_large'],
    ['9'.repeat(40), 'too_large'],
  ])('%j is refused with its reason', (text, problem) => {
    expect(typed(text)).toEqual({ ok: false, problem });
  });

  test('is below zero only where it may be, as what a drawer lacks', () => {
    expect(parseAmount('-12,50 €', 'EUR', ',', { signed: true })).toEqual({ ok: true, minor: -1250 });
    expect(parseAmount('\u22120', 'EUR', ',', { signed: true })).toEqual({ ok: true, minor: 0 });
    expect(parseAmount('--5', 'EUR', ',', { signed: true })).toEqual({ ok: false, problem: 'not_a_number' });
  });

  test('has the decimals of its currency, none, two or three', () => {
    expect(typed('1250', 'JPY')).toEqual({ ok: true, minor: 1250 });
    expect(typed('12.5', 'JPY')).toEqual({ ok: false, problem: 'too_precise' });
    expect(typed('1.234', 'KWD')).toEqual({ ok: true, minor: 1234 });
    expect(typed('1,234', 'KWD')).toEqual({ ok: true, minor: 1234000 });
    expect(['EUR', 'HUF', 'JPY', 'ISK', 'KWD', 'IQD'].map(decimalsOf)).toEqual([2, 2, 0, 0, 3, 3]);
  });

  test('is what was shown, in both languages and every currency', () => {
    fc.assert(
      fc.property(minors, currencies, languages, (minor, currency, [language, locale]) => {
        const { money, amount, parse } = moneyFormats(language, locale);
        expect(parse(amount({ minor, currency }), currency)).toEqual({ ok: true, minor });
        expect(parse(money({ minor, currency }), currency)).toEqual({ ok: true, minor });
      }),
    );
  });

  test('is never read as two amounts: what both languages take, they take alike or differ by a thousand as written', () => {
    const texts = fc.stringMatching(/^[0-9]{1,4}([.,][0-9]{1,3}){0,2}$/);
    fc.assert(
      fc.property(texts, currencies, (text, currency) => {
        const [en, el] = [parseAmount(text, currency, '.'), parseAmount(text, currency, ',')];
        const single = /^\d{1,3}[.,]\d{3}$/.test(text);
        if (en.ok && el.ok && !single) expect(en).toEqual(el);
      }),
    );
  });
});

describe('the sums', () => {
  test('are exact to the last minor unit, however large', () => {
    expect(decimalText(Number.MAX_SAFE_INTEGER, 'EUR')).toBe('90071992547409.91');
    expect(decimalText(-5, 'KWD')).toBe('-0.005');
    expect(decimalText(7, 'JPY')).toBe('7');
    expect(() =>
      add({ minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, { minor: 1, currency: 'EUR' }),
    ).toThrow(RangeError);
  });

  test('never mix two currencies', () => {
    expect(() => add({ minor: 1, currency: 'EUR' }, { minor: 1, currency: 'USD' })).toThrow(RangeError);
    expect(() => sum([{ minor: 1, currency: 'USD' }], 'EUR')).toThrow(RangeError);
  });

  test('never lose a unit: in any order, and back again', () => {
    fc.assert(
      fc.property(fc.array(signed, { maxLength: 200 }), currencies, (minors, currency) => {
        const amounts = minors.map((minor) => ({ minor, currency }));
        const total = sum(amounts, currency);
        expect(sum([...amounts].reverse(), currency)).toEqual(total);
        expect(total.minor).toBe(Number(minors.reduce((all, minor) => all + BigInt(minor), 0n)));
        expect(amounts.reduce(subtract, total).minor === 0).toBe(true);
      }),
    );
  });

  test('of the parts of a split are the whole, and no part is more than one unit larger than another', () => {
    fc.assert(
      fc.property(signed, fc.integer({ min: 1, max: 50 }), currencies, (minor, parts, currency) => {
        const shares = split({ minor, currency }, parts);
        expect(shares).toHaveLength(parts);
        expect(
          sum(shares, currency).minor === minor || (minor === 0 && sum(shares, currency).minor === 0),
        ).toBe(true);
        const sizes = shares.map((share) => Math.abs(share.minor));
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
