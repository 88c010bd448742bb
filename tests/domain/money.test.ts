import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Currency } from '../../shared/domain/money.ts';
import {
  add,
  compare,
  currencies,
  formatMoney,
  isCurrency,
  isMinor,
  maxMinor,
  minorDigits,
  money,
  MoneyError,
  subtract,
  sum,
  toDecimal,
  zero,
} from '../../shared/domain/money.ts';

const anyCurrency = fc.constantFrom(...currencies);
const smallMinor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('an amount', () => {
  test.each([0.5, Number.NaN, Infinity, 2 ** 53, maxMinor + 1, -maxMinor - 1])(
    'of %s is refused',
    (minor) => {
      expect(() => money(minor, 'ILS')).toThrow(MoneyError);
      expect(isMinor(minor)).toBe(false);
    },
  );

  test('may be as large as the maximum in either direction', () => {
    expect(money(maxMinor, 'JOD').minor).toBe(maxMinor);
    expect(money(-maxMinor, 'JOD').minor).toBe(-maxMinor);
  });

  test('is never minus zero, so that its canonical form is one', () => {
    expect(Object.is(money(-0, 'ILS').minor, 0)).toBe(true);
    expect(Object.is(subtract(money(5, 'ILS'), money(5, 'ILS')).minor, 0)).toBe(true);
  });

  test('in a currency that the counter does not know is refused', () => {
    expect(() => money(1, 'EUR' as Currency)).toThrow(MoneyError);
    expect(isCurrency('EUR')).toBe(false);
    expect(isCurrency('toString')).toBe(false);
    expect(isCurrency('JOD')).toBe(true);
  });

  test('is not taken from text that looks like a number', () => {
    expect(isMinor('5')).toBe(false);
    expect(isMinor(null)).toBe(false);
  });
});

describe('arithmetic', () => {
  test('never mixes currencies', () => {
    const shekel = money(100, 'ILS');
    const dollar = money(100, 'USD');
    for (const operation of [add, subtract, compare]) {
      expect(() => operation(shekel, dollar)).toThrow('ILS and USD');
    }
    expect(() => sum([dollar], 'ILS')).toThrow(MoneyError);
  });

  test('refuses a result over the maximum instead of losing an agora', () => {
    expect(() => add(money(maxMinor, 'ILS'), money(1, 'ILS'))).toThrow(MoneyError);
    expect(() => subtract(money(-maxMinor, 'ILS'), money(1, 'ILS'))).toThrow(MoneyError);
  });

  test('of nothing is zero in the currency asked for', () => {
    expect(sum([], 'JOD')).toEqual(zero('JOD'));
  });

  test('takes back what it added, in any order', () => {
    fc.assert(
      fc.property(smallMinor, smallMinor, anyCurrency, (left, right, currency) => {
        const [a, b] = [money(left, currency), money(right, currency)];
        expect(add(a, b)).toEqual(add(b, a));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(sum([a, b], currency)).toEqual(add(a, b));
        expect(Math.sign(compare(a, b))).toBe(Math.sign(left - right));
      }),
    );
  });
});

describe('the figures of an amount', () => {
  test.each([
    ['ILS', 0, '0.00'],
    ['ILS', 5, '0.05'],
    ['ILS', 123_450, '1,234.50'],
    ['ILS', 100_000, '1,000.00'],
    ['ILS', 99_999, '999.99'],
    ['ILS', -150, '-1.50'],
    ['ILS', maxMinor, '999,999,999.99'],
    ['JOD', 5, '0.005'],
    ['JOD', 1_250, '1.250'],
    ['JOD', maxMinor, '99,999,999.999'],
    ['USD', -100_000_000, '-1,000,000.00'],
  ] as const)('%s %i is %s', (currency, minor, figures) => {
    expect(formatMoney(money(minor, currency))).toBe(figures);
  });

  test('can be Arabic-Indic, with Arabic separators', () => {
    expect(formatMoney(money(123_456_789, 'ILS'), { digits: 'arabicIndic' })).toBe('١٬٢٣٤٬٥٦٧٫٨٩');
  });

  test('can be without grouping, for programs', () => {
    expect(formatMoney(money(123_456_789, 'ILS'), { grouping: false })).toBe('1234567.89');
    expect(toDecimal(money(-1_234_567, 'JOD'))).toBe('-1234.567');
  });

  test('always hold every decimal of the currency and lose nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -maxMinor, max: maxMinor }), anyCurrency, (minor, currency) => {
        const figures = toDecimal(money(minor, currency));
        expect(figures.split('.')[1]).toHaveLength(minorDigits[currency]);
        expect(Number(figures.replace('.', '')) + 0).toBe(minor);
        expect(formatMoney(money(minor, currency)).replaceAll(',', '')).toBe(figures);
      }),
    );
  });
});
