import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CountDraft, PileId } from '../../renderer/draft/countDraft.ts';
import {
  countedCurrencies,
  denominationText,
  draftOf,
  nothingCounted,
  pileId,
  readCount,
  readPieces,
  typeInto,
} from '../../renderer/draft/countDraft.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import { currencies } from '../../shared/domain/money.ts';

const counted = (texts: Readonly<Record<string, string>>): CountDraft =>
  new Map(Object.entries(texts) as [PileId, string][]);

it.each<[string, number | null]>([
  ['-1', null],
  ['1.5', null],
  ['1,000', null],
  ['x', null],
  ['+5', null],
  ['5++1', null],
  ['99999+2', null],
  ['1000000', null],
  ['', 0],
  ['0', 0],
  ['007', 7],
  ['١٢', 12],
  ['12+5', 17],
  ['12 + 5', 17],
  ['12+', 12],
])('«%s» pieces are %s', (text, pieces) => {
  expect(readPieces(text)).toBe(pieces);
});

it('nothing is counted before somebody counted it', () => {
  const reading = readCount(nothingCounted);
  expect(reading.lines).toEqual([]);
  expect(countedCurrencies(reading)).toEqual([]);
});

it('worn pieces are part of the total and told apart', () => {
  const reading = readCount(counted({ 'ILS-20000-good': '3', 'ILS-20000-worn': '1+1', 'JOD-250-good': '4' }));
  expect(reading.totals.ILS).toEqual({ currency: 'ILS', minor: 100_000, wornMinor: 40_000, pieces: 5 });
  expect(reading.totals.JOD.minor).toBe(1000);
  expect(reading.lines).toEqual([
    { currency: 'ILS', denominationMinor: 20000, isWorn: false, quantity: 3 },
    { currency: 'ILS', denominationMinor: 20000, isWorn: true, quantity: 2 },
    { currency: 'JOD', denominationMinor: 250, isWorn: false, quantity: 4 },
  ]);
});

it('what is no number is named, and is not counted', () => {
  const reading = readCount(counted({ 'ILS-20000-good': '3x', 'ILS-10000-good': '1' }));
  expect([...reading.wrong]).toEqual(['ILS-20000-good']);
  expect(reading.totals.ILS.minor).toBe(10_000);
});

it('a heap that no drawer holds is asked about', () => {
  expect(readCount(counted({ 'ILS-10-good': '1000' })).unlikely).toBeNull();
  expect(readCount(counted({ 'ILS-10-good': '1001' })).unlikely).toEqual({
    currency: 'ILS',
    minor: 10,
    quantity: 1001,
  });
  expect(readCount(counted({ 'ILS-20000-worn': '501' })).unlikely).toMatchObject({ minor: 10_020_000 });
});

it('lines that were counted read as if they had been typed', () => {
  const draft = counted({ 'ILS-20000-good': '3', 'ILS-10-worn': '7', 'USD-100-good': '1' });
  expect(draftOf(readCount(draft).lines)).toEqual(draft);
});

it('an empty text is a heap that was not counted', () => {
  const typed = typeInto(nothingCounted, 'USD-100-good', '4');
  expect(typed.get('USD-100-good')).toBe('4');
  expect(typeInto(typed, 'USD-100-good', '').size).toBe(0);
  expect(nothingCounted.size).toBe(0);
});

it('the total is the sum over all heaps, in whatever order they are counted', () => {
  const ids = currencies.flatMap((currency) =>
    denominations[currency].flatMap((value) => [
      { id: pileId(currency, value, 'good'), currency, value },
      { id: pileId(currency, value, 'worn'), currency, value },
    ]),
  );
  const heaps = fc.uniqueArray(
    fc.record({ heap: fc.constantFrom(...ids), pieces: fc.integer({ min: 0, max: 9999 }) }),
    { selector: ({ heap }) => heap.id },
  );
  fc.assert(
    fc.property(heaps, (drawn) => {
      const draft: CountDraft = new Map(drawn.map(({ heap, pieces }) => [heap.id, String(pieces)]));
      const { totals, lines } = readCount(draft);
      for (const currency of currencies) {
        const own = drawn.filter(({ heap }) => heap.currency === currency);
        expect(totals[currency].minor).toBe(
          own.reduce((sum, { heap, pieces }) => sum + heap.value * pieces, 0),
        );
        expect(totals[currency].pieces).toBe(
          lines.filter((line) => line.currency === currency).reduce((sum, { quantity }) => sum + quantity, 0),
        );
      }
    }),
  );
});

it('a denomination is written as on the note or the coin', () => {
  expect(denominationText('ILS', 20000)).toBe('200');
  expect(denominationText('ILS', 50)).toBe('0.50');
  expect(denominationText('JOD', 250)).toBe('0.25');
  expect(denominationText('JOD', 1000)).toBe('1');
});
