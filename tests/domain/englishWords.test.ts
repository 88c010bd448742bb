import fc from 'fast-check';
import { expect, it } from 'vitest';
import { amountInEnglish } from '../../shared/domain/englishWords.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { MoneyError } from '../../shared/domain/money.ts';

it.each<[number, Currency, string]>([
  [0, 'ILS', 'zero shekels'],
  [1, 'ILS', 'one agora'],
  [100, 'ILS', 'one shekel'],
  [250, 'JOD', 'two hundred and fifty fils'],
  [12_345, 'JOD', 'twelve Jordanian dinars and three hundred and forty-five fils'],
  [120_550, 'ILS', 'one thousand two hundred and five shekels and fifty agorot'],
  [10_010_000, 'ILS', 'one hundred thousand one hundred shekels'],
  [4_700, 'USD', 'forty-seven US dollars'],
  [100_000_001, 'USD', 'one million US dollars and one cent'],
])('%i of %s is %s', (minor, currency, words) => {
  expect(amountInEnglish({ minor, currency })).toBe(words);
});

it('no two whole amounts are read alike, and nothing is undefined', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (minor) => {
      const words = amountInEnglish({ minor, currency: 'ILS' });
      expect(words).toMatch(/^[a-z-]+( [a-z-]+)*$/);
      expect(seen.get(words) ?? minor).toBe(minor);
      seen.set(words, minor);
    }),
  );
});

it('a negative amount is not written in words', () => {
  expect(() => amountInEnglish({ minor: -1, currency: 'ILS' })).toThrow(MoneyError);
});
