import type { Currency } from '../../shared/domain/money.ts';
import { formatMoney, money } from '../../shared/domain/money.ts';
import { isolate } from './bidi.ts';

/** The mark that stands beside an amount. */
export const marks: Readonly<Record<Currency, string>> = { ILS: '₪', JOD: 'د.أ', USD: '$' };

/** The currency as a word, after «بـ»: «المبالغ بالشيكل». */
export const currencyNames: Readonly<Record<Currency, string>> = {
  ILS: 'الشيكل',
  JOD: 'الدينار الأردني',
  USD: 'الدولار',
};

/** The currency after a number, in a multiplication: «50.000 دينار × 5.2345». */
export const currencyNouns: Readonly<Record<Currency, string>> = { ILS: 'شيكل', JOD: 'دينار', USD: 'دولار' };

export function figures(minor: number, currency: Currency): string {
  return withMinus(formatMoney(money(minor, currency)));
}

/** The hyphen of a negative number as the longer minus: a hyphen is easily lost on thermal paper. */
export function withMinus(text: string): string {
  return text.replace(/^-(?=[\d.\u0660-\u0669])/, '\u2212');
}

/** A rate of ten-thousandths of a shekel with all its four decimals: `5.2345`. */
export function rateFigures(rate: number): string {
  const digits = String(rate).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** «50.000 دينار × 5.2345 =»: read from the right, and the value in shekels follows at the left. */
export function multiplication(minor: number, currency: Currency, rate: number): string {
  const amount = `${isolate(figures(minor, currency))}\u00a0${currencyNouns[currency]}`;
  return `${amount} ×\u00a0${isolate(rateFigures(rate))}\u00a0=`;
}
