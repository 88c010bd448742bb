import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';
import type { Currency } from '../../shared/domain/money.ts';

/** A number of notes or coins of one kind as it was typed; empty is none, null is not a number. */
export function piecesOf(text: string): number | null {
  const typed = foldDigits(stripInvisible(text)).trim();
  if (typed === '') return 0;
  return /^\d{1,6}$/.test(typed) && Number(typed) <= 100_000 ? Number(typed) : null;
}

/** As one reads it on the note or the coin: 200, 0.50, a quarter of a dinar as 0.25. */
export function pieceText(currency: Currency, denominationMinor: number): string {
  const unit = currency === 'JOD' ? 1000 : 100;
  return denominationMinor % unit === 0
    ? String(denominationMinor / unit)
    : (denominationMinor / unit).toFixed(2);
}
