import type { DigitStyle } from './digits.ts';
import { styleDigits } from './digits.ts';

/** The currencies in circulation in Gaza; each drawer counts them apart (handbook: product.md). */
export const currencies = ['ILS', 'JOD', 'USD'] as const;

export type Currency = (typeof currencies)[number];

/** Decimal places of the minor unit: agora and cent are hundredths, fils are thousandths. */
export const minorDigits: Readonly<Record<Currency, number>> = { ILS: 2, JOD: 3, USD: 2 };

/**
 * The largest amount in minor units, in either direction: just under a thousand million shekels. Far above any
 * receipt, and far enough below 2^53 that no sum of rows can lose an agora before it is refused.
 */
export const maxMinor = 99_999_999_999;

/** An exact amount in whole minor units (agorot, fils, cents). Negative is allowed: variances and reversals. */
export type Money = { readonly minor: number; readonly currency: Currency };

/** An amount that cannot exist, or two currencies in one operation: a defect in the caller, never user input. */
export class MoneyError extends Error {
  override name = 'MoneyError';
}

export function isCurrency(value: unknown): value is Currency {
  return currencies.some((currency) => currency === value);
}

/** True for a whole number of minor units within ±`maxMinor`. */
export function isMinor(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(Number(value)) <= maxMinor;
}

/**
 * An amount of `minor` agorot, fils or cents.
 * @throws MoneyError when `minor` is not a whole number within ±`maxMinor` or the currency is unknown.
 */
export function money(minor: number, currency: Currency): Money {
  if (!isCurrency(currency)) throw new MoneyError(`unknown currency: ${String(currency)}`);
  if (!isMinor(minor)) throw new MoneyError(`not an amount in minor units: ${String(minor)}`);
  // Minus zero would compare equal but be written as "-0" in a canonical form.
  return { minor: minor === 0 ? 0 : minor, currency };
}

export function zero(currency: Currency): Money {
  return money(0, currency);
}

/** @throws MoneyError for two currencies, or when the result is over the maximum. */
export function add(left: Money, right: Money): Money {
  requireSameCurrency(left, right);
  return money(left.minor + right.minor, left.currency);
}

/** @throws MoneyError for two currencies, or when the result is over the maximum. */
export function subtract(left: Money, right: Money): Money {
  requireSameCurrency(left, right);
  return money(left.minor - right.minor, left.currency);
}

/**
 * The total of many amounts; the currency is given so that an empty list has one too.
 * @throws MoneyError when any amount is in another currency, or the running total is over the maximum.
 */
export function sum(amounts: Iterable<Money>, currency: Currency): Money {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

/** Negative, zero or positive as for `Array.sort`. @throws MoneyError for two currencies. */
export function compare(left: Money, right: Money): number {
  requireSameCurrency(left, right);
  return left.minor - right.minor;
}

export type MoneyFormat = {
  readonly digits?: DigitStyle;
  /** Thousands separators; on unless turned off. */
  readonly grouping?: boolean;
};

/**
 * The figures of an amount with all its decimals: `1,234.50`, or `١٬٢٣٤٫٥٠`. The same on every machine: it does not
 * ask the locale data, which differs between Electron, Node and Windows. The currency's name is the caller's.
 */
export function formatMoney(amount: Money, format: MoneyFormat = {}): string {
  const arabic = format.digits === 'arabicIndic';
  const [whole, fraction] = splitMinor(amount);
  const separator = arabic ? '٬' : ',';
  const grouped = format.grouping === false ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, separator);
  const sign = amount.minor < 0 ? '-' : '';
  return sign + styleDigits(`${grouped}${arabic ? '٫' : '.'}${fraction}`, format.digits ?? 'latin');
}

/** `1234.50`: for files, QR codes and anything that a program reads back. */
export function toDecimal(amount: Money): string {
  return formatMoney(amount, { grouping: false });
}

function splitMinor(amount: Money): [whole: string, fraction: string] {
  const places = minorDigits[amount.currency];
  const digits = String(Math.abs(amount.minor)).padStart(places + 1, '0');
  return [digits.slice(0, -places), digits.slice(-places)];
}

function requireSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) {
    throw new MoneyError(`${left.currency} and ${right.currency} in one operation`);
  }
}
