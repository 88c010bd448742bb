import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  affordable,
  foreignCurrencies,
  isRate,
  isSuspiciousRate,
  maxRate,
  valueInAccountCurrency,
} from '../../shared/domain/exchange.ts';
import { currencies, maxMinor } from '../../shared/domain/money.ts';

const anyRate = fc.integer({ min: 1, max: maxRate });
const amounts = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: maxMinor }));

/** Fractions of whole numbers, written out: agorot are amount × rate ÷ (parts of the unit × 100), halves up. */
function reference(minor: number, rate: number, parts: bigint): bigint {
  const numerator = BigInt(minor) * BigInt(rate);
  const denominator = parts * 100n;
  const whole = numerator / denominator;
  return (numerator % denominator) * 2n >= denominator ? whole + 1n : whole;
}

describe('what foreign money is worth', () => {
  test.each([
    // 1 dinar, 1 fils, half a dinar at 5.2345; 100 dollars, 1 cent at 3.655.
    ['JOD', 1_000, 52_345, 523],
    ['JOD', 1, 52_345, 1],
    ['JOD', 500, 52_345, 262],
    ['JOD', 20_000, 52_345, 10_469],
    ['JOD', 12_345, 52_345, 6_462],
    ['USD', 10_000, 36_550, 36_550],
    ['USD', 1, 36_550, 4],
    // Exactly half an agora goes up.
    ['USD', 1, 5_000, 1],
    ['USD', 1, 4_999, 0],
    ['JOD', 5, 10_000, 1],
  ] as const)('%s %i at %i is %i agorot', (currency, minor, rate, agorot) => {
    expect(valueInAccountCurrency({ currency, minor }, { [currency]: rate })).toBe(agorot);
  });

  test('is exact to the agora for any amount and rate', () => {
    fc.assert(
      fc.property(amounts, anyRate, (minor, rate) => {
        const rates = { JOD: rate, USD: rate };
        const dinars = valueInAccountCurrency({ currency: 'JOD', minor }, rates);
        const dollars = valueInAccountCurrency({ currency: 'USD', minor }, rates);
        expect(BigInt(dinars)).toBe(reference(minor, rate, 1_000n));
        expect(BigInt(dollars)).toBe(reference(minor, rate, 100n));
        expect(valueInAccountCurrency({ currency: 'ILS', minor }, {})).toBe(minor);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(foreignCurrencies)('is not known without a rate: %s', (currency) => {
    const others = currency === 'JOD' ? { USD: 36_550 } : { JOD: 52_345 };
    const missing = expect.objectContaining({ code: 'rate.missing', params: { currency } });
    expect(() => valueInAccountCurrency({ currency, minor: 1 }, others)).toThrow(missing);
    expect(() => affordable(100, currency, 1, others)).toThrow(missing);
  });
});

describe('what a value buys', () => {
  test('is whole steps, worth no more than the value, and one step more would be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.constantFrom(...currencies),
        fc.integer({ min: 100, max: maxRate }),
        fc.constantFrom(1, 10, 50, 100),
        (valueMinor, currency, rate, step) => {
          const rates = { JOD: rate, USD: rate };
          const minor = affordable(valueMinor, currency, step, rates);
          expect(minor % step).toBe(0);
          expect(valueInAccountCurrency({ currency, minor }, rates)).toBeLessThanOrEqual(valueMinor);
          expect(valueInAccountCurrency({ currency, minor: minor + step }, rates)).toBeGreaterThan(
            valueMinor,
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('is never more than an amount can be, and nothing for nothing', () => {
    expect(affordable(maxMinor, 'JOD', 1, { JOD: 1 })).toBe(maxMinor);
    for (const currency of currencies) {
      expect(affordable(0, currency, 1, { JOD: 1, USD: 1 })).toBe(0);
      expect(affordable(-7, currency, 1, { JOD: 1, USD: 1 })).toBe(0);
    }
  });
});

describe('a rate', () => {
  test.each([1, 52_345, maxRate])('can be %d', (rate) => expect(isRate(rate)).toBe(true));
  test.each([0, -1, 0.5, maxRate + 1, NaN, Infinity])('cannot be %d', (rate) => {
    expect(isRate(rate)).toBe(false);
  });

  test('is asked about from half of the last one down and from its double up', () => {
    expect(isSuspiciousRate(26_173, 52_345)).toBe(false);
    expect(isSuspiciousRate(26_172, 52_345)).toBe(true);
    expect(isSuspiciousRate(104_689, 52_345)).toBe(false);
    expect(isSuspiciousRate(104_690, 52_345)).toBe(true);
    expect(isSuspiciousRate(1, undefined)).toBe(false);
  });
});
