import type { CashLine } from '../../shared/domain/counting.ts';
import { firstUnlikely } from '../../shared/domain/counting.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';

/** What is still fit for use, and what nobody takes any more: counted apart. */
export const conditions = ['good', 'worn'] as const;
export type Condition = (typeof conditions)[number];

/** One heap on the desk: pieces of one denomination in one condition. */
export type PileId = `${Currency}-${number}-${Condition}`;

/** The number of pieces of each heap, exactly as it was typed; a heap that is not there was not counted: none. */
export type CountDraft = ReadonlyMap<PileId, string>;

export const nothingCounted: CountDraft = new Map();

export type CurrencyCount = {
  readonly currency: Currency;
  /** Minor units of all pieces, the worn ones too. */
  readonly minor: number;
  readonly wornMinor: number;
  readonly pieces: number;
};

/** More than a drawer holds: pieces of one kind, or a sum (then `quantity` is 1). */
export type UnlikelyCount = {
  readonly currency: Currency;
  readonly minor: number;
  readonly quantity: number;
};

export type CountReading = {
  readonly lines: readonly CashLine[];
  readonly totals: Readonly<Record<Currency, CurrencyCount>>;
  readonly wrong: ReadonlySet<PileId>;
  /** What nobody would believe unasked. */
  readonly unlikely: UnlikelyCount | null;
};

/** As much as main reads. */
const limit = 100_000;

export function pileId(currency: Currency, denominationMinor: number, condition: Condition): PileId {
  return `${currency}-${denominationMinor}-${condition}`;
}

/**
 * A number of pieces as one counts them: `12`, or `12+5` where a second heap of the same kind turned up. Empty is none.
 * @returns null for what is not a number of pieces
 */
export function readPieces(text: string): number | null {
  const typed = foldDigits(stripInvisible(text)).replace(/\s/g, '');
  if (typed === '') return 0;
  // A plus that waits for its second number is still being typed.
  if (!/^\d{1,6}(?:\+\d{1,6})*\+?$/.test(typed)) return null;
  const pieces = typed.split('+').reduce((sum, part) => sum + Number(part), 0);
  return pieces > limit ? null : pieces;
}

/** What the heaps come to, what is no number, and what looks like a slip of the finger. */
export function readCount(draft: CountDraft): CountReading {
  const wrong = new Set<PileId>();
  const lines: CashLine[] = [];
  const totalOf = (currency: Currency): CurrencyCount => {
    const total = { currency, minor: 0, wornMinor: 0, pieces: 0 };
    for (const denominationMinor of denominations[currency]) {
      for (const condition of conditions) {
        const id = pileId(currency, denominationMinor, condition);
        const quantity = readPieces(draft.get(id) ?? '');
        if (quantity === null) wrong.add(id);
        if (quantity === null || quantity === 0) continue;
        const isWorn = condition === 'worn';
        lines.push({ currency, denominationMinor, isWorn, quantity });
        total.minor += quantity * denominationMinor;
        if (isWorn) total.wornMinor += quantity * denominationMinor;
        total.pieces += quantity;
      }
    }
    return total;
  };
  const totals = { ILS: totalOf('ILS'), JOD: totalOf('JOD'), USD: totalOf('USD') };
  return { lines, totals, wrong, unlikely: firstUnlikely(lines) };
}

/** The currencies of which anything was counted, in their order. */
export function countedCurrencies({ totals }: CountReading): readonly CurrencyCount[] {
  return currencies.map((currency) => totals[currency]).filter(({ pieces }) => pieces > 0);
}

export function typeInto(draft: CountDraft, id: PileId, text: string): CountDraft {
  const typed = new Map(draft);
  if (text === '') typed.delete(id);
  else typed.set(id, text);
  return typed;
}

/** As if the lines had been typed: what lies there is offered to stay, or to go. */
export function draftOf(lines: readonly CashLine[]): CountDraft {
  return new Map(
    lines
      .filter(({ quantity }) => quantity > 0)
      .map((line) => [
        pileId(line.currency, line.denominationMinor, line.isWorn ? 'worn' : 'good'),
        String(line.quantity),
      ]),
  );
}

/** As one reads it on the note or the coin: 200, 0.50, a quarter of a dinar as 0.25. */
export function denominationText(currency: Currency, denominationMinor: number): string {
  const unit = currency === 'JOD' ? 1000 : 100;
  return denominationMinor % unit === 0
    ? String(denominationMinor / unit)
    : (denominationMinor / unit).toFixed(2);
}

/** Coins are round on the screen too. */
export function isCoin(currency: Currency, denominationMinor: number): boolean {
  return denominationMinor < smallestNoteMinor[currency];
}

const smallestNoteMinor: Readonly<Record<Currency, number>> = { ILS: 2000, JOD: 1000, USD: 100 };
