import { isRate, rateUnit } from '../../shared/domain/exchange.ts';
import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';

/** A rate as one types it, at most four decimals. @returns ten-thousandths of a shekel, or null for what is not a rate */
export function readRate(text: string): number | null {
  const plain = foldDigits(stripInvisible(text)).replace(/٫/g, '.').trim();
  const parts = /^(?<whole>\d{1,4})(?:\.(?<fraction>\d{1,4}))?$/.exec(plain)?.groups;
  if (parts === undefined) return null;
  const rate = Number(parts['whole']) * rateUnit + Number((parts['fraction'] ?? '').padEnd(4, '0'));
  return isRate(rate) ? rate : null;
}
