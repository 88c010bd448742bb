import { refuse } from '../errors.ts';
import type { Currency, Money } from './money.ts';
import { maxMinor, minorDigits } from './money.ts';

/** The currency in which bills are owed and receipts are totalled. */
export const accountCurrency = 'ILS';

export type ForeignCurrency = Exclude<Currency, typeof accountCurrency>;
export const foreignCurrencies = ['JOD', 'USD'] as const satisfies readonly ForeignCurrency[];

/**
 * The day's rates: shekels for one dinar or dollar, in ten-thousandths of a shekel (52345 is 5.2345). A currency without
 * a rate is not taken today.
 */
export type Rates = { readonly [C in ForeignCurrency]?: number };

/** Ten-thousandths in one shekel: rates are published with four decimals. */
export const rateUnit = 10_000;
/** 1,000 shekels for one unit: far above any rate, and low enough that a value stays exact. */
export const maxRate = 1_000 * rateUnit;

/** True for a rate that can be: a whole number of ten-thousandths above zero. */
export function isRate(rate: number): boolean {
  return Number.isSafeInteger(rate) && rate > 0 && rate <= maxRate;
}

/** A tenth of yesterday's or ten times it is a slip of the finger; half and double is still asked about. */
export function isSuspiciousRate(rate: number, before: number | undefined): boolean {
  return before !== undefined && (rate * 2 <= before || rate >= before * 2);
}

/**
 * What an amount is worth in agorot at the day's rates, to the nearest agora (halves up).
 * @throws Refusal rate.missing for a currency without a rate today
 */
export function valueInAccountCurrency(amount: Money, rates: Rates): number {
  if (amount.currency === accountCurrency) return amount.minor;
  const rate = rates[amount.currency];
  if (rate === undefined) throw refuse('rate.missing', { currency: amount.currency });
  const unit = agorotUnit(amount.currency);
  return Number((BigInt(amount.minor) * BigInt(rate) * 2n + unit) / (unit * 2n));
}

/**
 * The most of a currency that a value in agorot buys at the day's rates, in whole steps of its smallest coin or note: one
 * step more would be valued above it.
 * @param stepMinor the smallest coin or note, minor units of `currency`
 * @throws Refusal rate.missing
 */
export function affordable(valueMinor: number, currency: Currency, stepMinor: number, rates: Rates): number {
  if (valueMinor <= 0) return 0;
  return Math.floor(mostWorth(valueMinor, currency, rates) / stepMinor) * stepMinor;
}

/** The largest amount that `valueInAccountCurrency` values at no more than `valueMinor`: its rounding, turned round. */
function mostWorth(valueMinor: number, currency: Currency, rates: Rates): number {
  if (currency === accountCurrency) return valueMinor;
  const rate = rates[currency];
  if (rate === undefined) throw refuse('rate.missing', { currency });
  const most = (agorotUnit(currency) * (2n * BigInt(valueMinor) + 1n) - 1n) / (2n * BigInt(rate));
  return Number(most < BigInt(maxMinor) ? most : maxMinor);
}

/** An amount in minor units times a rate is so many of these for one agora. */
function agorotUnit(currency: ForeignCurrency): bigint {
  return BigInt(10 ** minorDigits[currency]) * BigInt(rateUnit / 100);
}
