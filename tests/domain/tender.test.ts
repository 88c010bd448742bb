import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsCardNumber } from '../../shared/domain/tender.ts';

/** Published test numbers of the card schemes. */
const cards = [
  '4111111111111111',
  '4222222222222',
  '5555555555554444',
  '2223003122003222',
  '378282246310005',
  '6011111111111117',
  '3530111333300000',
  '30569309025904',
  '6304000000000000',
  '6759649826438453',
];

describe('a card’s number is known', () => {
  test.each(cards)('%s', (number) => expect(holdsCardNumber(number)).toBe(true));

  test.each([
    ['in groups of four', '4111 1111 1111 1111'],
    ['with dashes', '4111-1111-1111-1111'],
    ['with long dashes and spaces', '4111 – 1111 – 1111 – 1111'],
    ['with no-break spaces', '4111\u00a01111\u00a01111\u00a01111'],
    ['with dots', '4111.1111.1111.1111'],
    ['in Arabic-Indic digits', '٤١١١ ١١١١ ١١١١ ١١١١'],
    ['in Persian digits', '۴۱۱۱۱۱۱۱۱۱۱۱۱۱۱۱'],
    ['with invisible marks', '4111\u200f1111\u200e1111\u20661111\u2069'],
    ['within words', 'بطاقة 4111111111111111 فيزا'],
    ['beside its expiry date', '4111 1111 1111 1111 12/27'],
    ['beside its expiry date and code', '4111111111111111 12/27 123'],
    ['after another number', 'T-12 4111111111111111'],
    ['after a long number', '7000123456 4111111111111111'],
  ])('%s', (_, text) => expect(holdsCardNumber(text)).toBe(true));

  test.each([12, 20])('not in %i digits, whichever the last', (length) => {
    for (let last = 0; last < 10; last += 1)
      expect(holdsCardNumber(`4${'1'.repeat(length - 2)}${last}`)).toBe(false);
  });

  test.each([
    '',
    '123456',
    '059 912 3456',
    'PS92PALS000000000400123456702',
    '2026-11-24',
    '4111111111111112',
  ])('not in %j', (text) => expect(holdsCardNumber(text)).toBe(false));

  test('of 13 to 19 digits, whichever they are, exactly one last digit in ten makes one', () => {
    const beginnings = fc
      .tuple(fc.integer({ min: 12, max: 18 }), fc.array(fc.nat({ max: 9 }), { minLength: 18, maxLength: 18 }))
      .map(([length, digits]) => digits.slice(0, length).join(''));
    fc.assert(
      fc.property(beginnings, (beginning) => {
        const found = Array.from({ length: 10 }, (_, last) => holdsCardNumber(`${beginning}${last}`));
        expect(found.filter(Boolean)).toHaveLength(1);
      }),
    );
  });
});
