import { denominations } from './denominations.ts';
import type { Currency } from './money.ts';
import { currencies, maxMinor } from './money.ts';

/** So many notes or coins of one kind; worn ones are counted apart. */
export type CashLine = {
  readonly currency: Currency;
  readonly denominationMinor: number;
  readonly isWorn: boolean;
  readonly quantity: number;
};
export type CashAmount = { readonly currency: Currency; readonly minor: number };

/** More of one kind than a drawer holds, or more money: asked about before it is believed. */
export const likelyQuantity = 1000;
const likelyMinor: Readonly<Record<Currency, number>> = {
  ILS: 10_000_000,
  JOD: 20_000_000,
  USD: 5_000_000,
};

/** What lines come to for each currency that is among them, in the order of the currencies; minor units. */
export function amountsOf(lines: readonly CashLine[]): CashAmount[] {
  return currencies.flatMap((currency) => {
    const minor = sumOf(lines, currency);
    return minor === 0 ? [] : [{ currency, minor }];
  });
}

export function sumOf(lines: readonly CashLine[], currency: Currency): number {
  return lines.reduce(
    (sum, line) => (line.currency === currency ? sum + line.denominationMinor * line.quantity : sum),
    0,
  );
}

export function wornOf(lines: readonly CashLine[], currency: Currency): number {
  return sumOf(
    lines.filter(({ isWorn }) => isWorn),
    currency,
  );
}

/** Lines without empty ones, in one order: the same notes are the same text, however they were typed. */
export function orderedLines(lines: readonly CashLine[]): CashLine[] {
  return lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ currency, denominationMinor, isWorn, quantity }) => ({
      currency,
      denominationMinor,
      isWorn,
      quantity,
    }))
    .toSorted(
      (a, b) =>
        currencies.indexOf(a.currency) - currencies.indexOf(b.currency) ||
        b.denominationMinor - a.denominationMinor ||
        Number(a.isWorn) - Number(b.isWorn),
    );
}

/** True when every kind exists and is there once, and no currency comes to more than can be. */
export function areKnownLines(lines: readonly CashLine[]): boolean {
  const keys = new Set(lines.map(keyOf));
  return (
    keys.size === lines.length &&
    lines.every(({ currency, denominationMinor }) => denominations[currency].includes(denominationMinor)) &&
    currencies.every((currency) => sumOf(lines, currency) <= maxMinor)
  );
}

/** The first thing that nobody would believe unasked; null when all is likely. */
export function firstUnlikely(
  lines: readonly CashLine[],
): { readonly currency: Currency; readonly minor: number; readonly quantity: number } | null {
  const many = lines.find(({ quantity }) => quantity > likelyQuantity);
  if (many !== undefined)
    return { currency: many.currency, minor: many.denominationMinor, quantity: many.quantity };
  for (const currency of currencies) {
    const minor = sumOf(lines, currency);
    if (minor > likelyMinor[currency]) return { currency, minor, quantity: 1 };
  }
  return null;
}

/** What is left when some of it is taken away; null when it has not all that is taken. */
export function without(lines: readonly CashLine[], taken: readonly CashLine[]): CashLine[] | null {
  const left = new Map(lines.map((line) => [keyOf(line), line]));
  for (const line of taken) {
    if (line.quantity === 0) continue;
    const there = left.get(keyOf(line));
    if (there === undefined || there.quantity < line.quantity) return null;
    left.set(keyOf(line), { ...there, quantity: there.quantity - line.quantity });
  }
  return orderedLines([...left.values()]);
}

function keyOf({ currency, denominationMinor, isWorn }: CashLine): string {
  return `${currency} ${denominationMinor} ${String(isWorn)}`;
}
