import fc from 'fast-check';
import { toCardinal } from 'n2words/ar-SA';
import { describe, expect, test } from 'vitest';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies, maxMinor, minorDigits, money, MoneyError } from '../../shared/domain/money.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import { amountInWords, receiptWords } from '../../shared/domain/words.ts';
import { golden } from './wordsGolden.ts';
import { readAmount } from './wordsReader.ts';

/*
 * The grammar of an Arabic amount
 *
 * Case. The words stand after «مبلغًا وقدره» or «فقط», so everything is nominative: شيكلان, عشرون, مائتا.
 *
 * 0          صفر and the singular.
 * 1, 2       The noun's own form says it: شيكل واحد, شيكلان. The number follows as an adjective (1) or is left out (2).
 * 3 … 10     The number opposes the noun's gender, and the noun is a genitive plural: ثلاثة شواكل, ثلاث أغورات.
 *            It is the first part of a construct, so the feminine eight keeps its ي: ثماني أغورات.
 * 11, 12     Both halves agree with the noun: أحد عشر شيكلًا, إحدى عشرة أغورة, اثنا عشر شيكلًا, اثنتا عشرة أغورة.
 * 13 … 19    The first half opposes, the second agrees: ثلاثة عشر شيكلًا, ثلاث عشرة أغورة.
 * 20 … 99    Tens have no gender; ones before them as above: واحد وعشرون, إحدى وعشرون, ثمانٍ وعشرون أغورة.
 *            From 11 to 99 the noun is an accusative singular: شيكلًا (أغورة is written the same in every case).
 * 100, 1000 … are nouns in a construct with what they count: مائة شيكل, ألف شيكل, genitive singular. Duals lose their ن
 *            and ألفًا its tanwin there: مائتا شيكل, ألفا شيكل, أحد عشر ألف شيكل; before و they have them: مائتان وخمسون,
 *            ألفان ومائة, أحد عشر ألفًا ومائة.
 * After و    The last part rules: مائة وثلاثة شواكل, مائة وأحد عشر شيكلًا, ألف ومائة شيكل.
 *
 * The tails 1 and 2. «مائة وواحد شيكل» is often printed, but it joins a number to a noun that no number may precede:
 * one and two are said by the noun itself. The grammarians' form repeats it (مائة كتاب وكتاب, as in ألف ليلة وليلة), and
 * on paper that is money it is also the safer one: the hundreds are closed by their noun, and «وشيكل واحد» cannot be
 * read with what follows (1.50 dollars is «دولار أمريكي واحد وخمسون سنتًا», 1.51 «… واحد وواحد وخمسون سنتًا»).
 *
 * The same holds for thousands and millions: 101,000 is مائة ألف وألف شيكل, and 102,000 مائة ألف وألفا شيكل. Without the
 * first ألف, «مائة وألف شيكل» would be read as 1,100.
 *
 * Adjectives follow the noun in number and case; the plural of things is a feminine singular: ديناران أردنيان, ثلاثة
 * دنانير أردنية, أحد عشر دينارًا أردنيًا, مائة دينار أردني.
 *
 * Spelling: مائة with its alif, as on cheques; tanwin before its alif (شيكلًا) is written, no other vowel but in ثمانٍ.
 */

function minorOf(figures: string, currency: Currency): number {
  const parsed = parseMoney(figures, currency);
  if (!parsed.ok) throw new Error(`${figures} ${currency}: ${parsed.problem}`);
  return parsed.minor;
}

/** Whole units whose parts are often 0, 1, 2, 100 or a teen, where the grammar turns. */
const turningGroup = fc.oneof(
  fc.constantFrom(
    0,
    0,
    1,
    2,
    3,
    8,
    10,
    11,
    12,
    18,
    20,
    21,
    99,
    100,
    101,
    102,
    103,
    110,
    111,
    200,
    201,
    202,
    211,
    999,
  ),
  fc.nat({ max: 999 }),
);
const anyCurrency = fc.constantFrom(...currencies);
const anyMinor = fc.oneof(
  fc.nat({ max: maxMinor }),
  fc
    .tuple(turningGroup, turningGroup, turningGroup, turningGroup)
    .map(([millions, thousands, units, fraction]) => {
      return Math.min(maxMinor, ((millions * 1_000 + thousands) * 1_000 + units) * 100 + (fraction % 100));
    }),
  fc
    .tuple(fc.nat({ max: 99 }), turningGroup, turningGroup, turningGroup)
    .map(
      ([millions, thousands, units, fraction]) =>
        ((millions * 1_000 + thousands) * 1_000 + units) * 1_000 + fraction,
    ),
);

describe('amounts in words', () => {
  for (const { rule, currency, amounts } of golden) {
    describe(`${currency}: ${rule}`, () => {
      test.each(amounts)('%s', (figures, words) => {
        expect(amountInWords(money(minorOf(figures, currency), currency))).toBe(words);
      });
    });
  }

  test('the table has at least 300 different amounts, and different words for each', () => {
    const all = golden.flatMap(({ currency, amounts }) =>
      amounts.map(([figures, words]) => ({ amount: `${currency} ${figures}`, words })),
    );
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all.map(({ amount }) => amount)).size).toBe(all.length);
    expect(new Set(all.map(({ words }) => words)).size).toBe(all.length);
  });

  test('a negative amount has none', () => {
    expect(() => amountInWords(money(-1, 'ILS'))).toThrow(MoneyError);
  });

  test('on a receipt are closed at both ends', () => {
    expect(receiptWords(money(12_350, 'ILS'))).toBe('فقط مائة وثلاثة وعشرون شيكلًا وخمسون أغورة لا غير');
    expect(receiptWords(money(0, 'JOD'))).toBe('فقط صفر دينار أردني لا غير');
  });
});

describe('words read back by an independent reader', () => {
  test('give the amount of every line of the table', () => {
    for (const { currency, amounts } of golden) {
      for (const [figures, words] of amounts)
        expect(readAmount(words, currency)).toBe(minorOf(figures, currency));
    }
  });

  test('give the same amount for any amount, each noun in the form that its number takes', () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, (minor, currency) => {
        const words = amountInWords(money(minor, currency));
        expect(readAmount(words, currency)).toBe(minor);
        expect(words).not.toMatch(/ {2}|^ | $| و |undefined/);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each(currencies)(
    'give the same amount for every fraction and every whole number to 3,000 %s',
    (currency) => {
      const unit = 10 ** minorDigits[currency];
      for (let count = 0; count < 3_000; count++) {
        for (const minor of [count, count * unit, count * unit * 1_000]) {
          const words = amountInWords(money(minor, currency));
          if (readAmount(words, currency) !== minor) expect(words).toBe(String(minor));
        }
      }
    },
  );

  test.each([
    ['مائة وألف شيكل', 'ILS'],
    ['ثلاثة شيكل', 'ILS'],
    ['أحد عشر شواكل', 'ILS'],
    ['مائة وواحد شيكل', 'ILS'],
    ['مائة شيكل وشيكل', 'ILS'],
    ['مائة خمسون شيكلًا', 'ILS'],
    ['ثلاثة دنانير أردنيًا', 'JOD'],
    ['مائة  شيكل', 'ILS'],
    ['مائتان شيكل', 'ILS'],
    ['مائتا وخمسون شيكلًا', 'ILS'],
    ['ألفا ومائة شيكل', 'ILS'],
    ['أحد عشر ألفًا شيكل', 'ILS'],
    ['ثمانٍ أغورات', 'ILS'],
    ['خمسون أغورة وشيكل واحد', 'ILS'],
  ] as const)('refuse %j, so that the reader is known to be strict', (words, currency) => {
    expect(() => readAmount(words, currency)).toThrow();
  });

  test('are never the same for two amounts', () => {
    for (const currency of currencies) {
      const said = new Map<string, number>();
      const amounts = new Set<number>(fc.sample(anyMinor, { numRuns: 20_000, seed: 7 }));
      for (let minor = 0; minor < 20_000; minor++) amounts.add(minor);
      for (const minor of amounts) {
        const words = amountInWords(money(minor, currency));
        if (said.has(words)) expect(`${words}: ${minor}`).toBe(`${words}: ${said.get(words)}`);
        said.set(words, minor);
      }
      expect(said.size).toBe(amounts.size);
    }
  });
});

describe('bare masculine numbers', () => {
  /*
   * The package n2words is right about bare masculine cardinals whose thousands and millions are below a hundred; from
   * there it says مائتان ألفا for 200,000 and مائة وألف ألف for 101,000. Numbers ending in 00, 01, 02 are not bare here.
   */
  const bare = (words: string): string => words.replace(/ (?:شواكل|شيكلًا)$/, '').replace(/ًا/g, 'ا');

  test('are those of n2words where both count bare', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 99 }),
        fc.nat({ max: 99 }),
        fc.nat({ max: 9 }),
        fc.integer({ min: 3, max: 99 }),
        (...parts) => {
          const [millions, thousands, hundreds, rest] = parts;
          const count = millions * 1_000_000 + thousands * 1_000 + hundreds * 100 + rest;
          const theirs = toCardinal(count)
            .replace(/مئ(?=[ةت])/g, 'مائ')
            .replace(/اً/g, 'ا');
          expect(bare(amountInWords(money(count * 100, 'ILS')))).toBe(theirs);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
