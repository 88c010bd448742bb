import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isValidIdentity, withCheckDigit } from '../../shared/domain/identity.ts';

const eightDigits = fc.integer({ min: 1, max: 99_999_999 }).map((value) => String(value).padStart(8, '0'));

describe('an identity number', () => {
  test('has a check digit that can be worked out by hand', () => {
    // 1·1 + 2·2 + 3·1 + 4·2 + 5·1 + (6·2 = 12 → 3) + 7·1 + (8·2 = 16 → 7) = 38; 38 + 2 divides by ten.
    expect(withCheckDigit('12345678')).toBe('123456782');
    expect(isValidIdentity('123456782')).toBe(true);
  });

  test.each(['', '12345678', '1234567820', '12345678a', ' 123456782', '١٢٣٤٥٦٧٨٢', '000000000', '123456789'])(
    'is not %j',
    (text) => {
      expect(isValidIdentity(text)).toBe(false);
    },
  );

  test.each(['', '1234567', '123456789', '1234567x'])('cannot be made from %j', (text) => {
    expect(() => withCheckDigit(text)).toThrow(RangeError);
  });

  test('is right with exactly one last digit', () => {
    fc.assert(
      fc.property(eightDigits, (eight) => {
        const valid = [...'0123456789'].filter((digit) => isValidIdentity(eight + digit));
        expect(valid).toEqual([withCheckDigit(eight).slice(-1)]);
      }),
    );
  });

  test('with any single digit mistyped is noticed', () => {
    fc.assert(
      fc.property(eightDigits, fc.nat({ max: 8 }), fc.integer({ min: 1, max: 9 }), (eight, place, by) => {
        const right = withCheckDigit(eight);
        const wrong = (Number(right[place]) + by) % 10;
        expect(isValidIdentity(right.slice(0, place) + String(wrong) + right.slice(place + 1))).toBe(false);
      }),
    );
  });
});
