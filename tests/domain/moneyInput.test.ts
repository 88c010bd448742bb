import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies, formatMoney, maxMinor, minorDigits, money } from '../../shared/domain/money.ts';
import type { MoneyProblem } from '../../shared/domain/moneyInput.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';

describe('a typed amount is read', () => {
  test.each([
    ['0', 0],
    ['5', 500],
    ['5.', 500],
    ['.5', 50],
    ['0.05', 5],
    ['007', 700],
    ['98.76', 9_876],
    ['1,234.50', 123_450],
    ['1 234.5', 123_450],
    ['1\u00a0234', 123_400],
    ['1\u202f234\u202f567.89', 123_456_789],
    ["1'234", 123_400],
    ['1،234', 123_400],
    ['١٢٫٥', 1_250],
    ['١٬٢٣٤٫٥٠', 123_450],
    ['۱۲۳۴٫۵', 123_450],
    ['١٢.5', 1_250],
    ['  50  ', 5_000],
    ['\u200f٥٠\u200e', 5_000],
    ['\u2068120.00\u2069', 12_000],
    ['999,999,999.99', maxMinor],
  ])('%j as %i agorot', (text, minor) => {
    expect(parseMoney(text, 'ILS')).toEqual({ ok: true, minor });
  });

  test.each([
    ['1.250', 1_250],
    ['1,250', 1_250_000],
    ['٠٫٠٠٥', 5],
    ['12.5', 12_500],
  ])('%j as %i fils: a comma before three digits separates thousands in every currency', (text, minor) => {
    expect(parseMoney(text, 'JOD')).toEqual({ ok: true, minor });
  });
});

describe('a typed amount is refused, never guessed', () => {
  const refused: [text: string, problem: MoneyProblem][] = [
    ['', 'empty'],
    ['   ', 'empty'],
    ['\u200f', 'empty'],
    ['abc', 'notANumber'],
    ['.', 'notANumber'],
    ['-', 'notANumber'],
    ['--5', 'notANumber'],
    ['+5', 'notANumber'],
    ['1.2.3', 'notANumber'],
    ['1e5', 'notANumber'],
    ['0x10', 'notANumber'],
    ['Infinity', 'notANumber'],
    ['12 شيكل', 'notANumber'],
    // A comma before one or two final digits may be a decimal comma: 12.50 or 1250?
    ['12,5', 'notANumber'],
    ['12,50', 'notANumber'],
    ['١٢،٥٠', 'notANumber'],
    ['12 50', 'notANumber'],
    // So may one after a lone zero.
    ['0,125', 'notANumber'],
    ['1,23,456', 'notANumber'],
    ['1234,567', 'notANumber'],
    ['1,234 567', 'notANumber'],
    [',5', 'notANumber'],
    ['5,', 'notANumber'],
    ['1.234,50', 'notANumber'],
    ['1,,234', 'notANumber'],
    ['12.345', 'tooManyDecimals'],
    // Even zeros: 1.500 may be one thousand five hundred elsewhere.
    ['1.500', 'tooManyDecimals'],
    ['٠٫٠٠١', 'tooManyDecimals'],
    ['-5', 'negative'],
    ['−5', 'negative'],
    ['٥-', 'negative'],
    ['- 5.00', 'negative'],
    ['1000000000', 'tooLarge'],
    ['9'.repeat(400), 'tooLarge'],
  ];
  test.each(refused)('%j is %s', (text, problem) => {
    expect(parseMoney(text, 'ILS')).toEqual({ ok: false, problem });
  });

  test('a fourth decimal of a dinar', () => {
    expect(parseMoney('1.2345', 'JOD')).toEqual({ ok: false, problem: 'tooManyDecimals' });
  });
});

describe('for any amount', () => {
  const anyCurrency = fc.constantFrom(...currencies);
  const anyMinor = fc.integer({ min: 0, max: maxMinor });

  test('what is shown can be typed back, in either digits, grouped or not', () => {
    fc.assert(
      fc.property(
        anyMinor,
        anyCurrency,
        fc.constantFrom('latin' as const, 'arabicIndic' as const),
        fc.boolean(),
        (minor, currency, digits, grouping) => {
          const shown = formatMoney(money(minor, currency), { digits, grouping });
          expect(parseMoney(`\u2067 ${shown}\u2069`, currency)).toEqual({ ok: true, minor });
        },
      ),
    );
  });

  test('one digit too many is refused, not cut', () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, fc.integer({ min: 0, max: 9 }), (minor, currency, digit) => {
        const shown = `${formatMoney(money(minor, currency))}${digit}`;
        expect(parseMoney(shown, currency)).toEqual({ ok: false, problem: 'tooManyDecimals' });
      }),
    );
  });

  test('an accepted text holds exactly the digits of its amount', () => {
    const keys = fc.string({ unit: fc.constantFrom(...'0123456789.,٫٬ -٣'), maxLength: 9 });
    fc.assert(
      fc.property(keys, anyCurrency, (text, currency) => {
        const parsed = parseMoney(text, currency);
        if (!parsed.ok) return;
        const typed = text
          .replaceAll('٣', '3')
          .replaceAll('٫', '.')
          .replace(/[^0-9.]/g, '');
        expect(Math.round(Number(typed) * 10 ** minorDigits[currency])).toBe(parsed.minor);
      }),
      { numRuns: 2_000 },
    );
  });
});
