import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';

/** How account, meter and bill numbers are stored and asked for: Latin digits, capitals, plain dashes, no marks. */
export function normalNumber(text: string): string {
  return foldDigits(stripInvisible(text))
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/gu, ' ')
    .trim()
    .toUpperCase();
}
