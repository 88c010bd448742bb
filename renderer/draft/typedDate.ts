import { isIsoDate, isPeriod } from '../../shared/domain/dates.ts';
import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';

/**
 * A date as one types it, day first: `5/3/2026`, `5-3-26`, `05032026`, or `2026-03-05`; in any digits.
 * @returns 'YYYY-MM-DD', or null for what is not a date
 */
export function readDate(text: string): string | null {
  const plain = foldDigits(stripInvisible(text)).trim();
  const parts =
    /^(?<d>\d{1,2})[./\s-](?<m>\d{1,2})[./\s-](?<y>\d{2}|\d{4})$/.exec(plain)?.groups ??
    /^(?<d>\d\d)(?<m>\d\d)(?<y>\d{4}|\d\d)$/.exec(plain)?.groups ??
    /^(?<y>\d{4})[./-](?<m>\d{1,2})[./-](?<d>\d{1,2})$/.exec(plain)?.groups;
  if (parts === undefined) return null;
  const iso = `${wholeYear(parts['y'])}-${padded(parts['m'])}-${padded(parts['d'])}`;
  return isIsoDate(iso) ? iso : null;
}

/** A month: `3/2026`, `3-26`, `032026` or `2026-03`. @returns 'YYYY-MM' of this century, or null */
export function readMonth(text: string): string | null {
  const plain = foldDigits(stripInvisible(text)).trim();
  const parts =
    /^(?<m>\d{1,2})[./\s-](?<y>\d{2}|\d{4})$/.exec(plain)?.groups ??
    /^(?<m>\d\d)(?<y>\d{4})$/.exec(plain)?.groups ??
    /^(?<y>\d{4})[./-](?<m>\d{1,2})$/.exec(plain)?.groups;
  if (parts === undefined) return null;
  const period = `${wholeYear(parts['y'])}-${padded(parts['m'])}`;
  return isPeriod(period) && period.startsWith('20') ? period : null;
}

/** As it stands in the field: 05/03/2026. */
export function dateText(isoDate: string): string {
  return isoDate.split('-').toReversed().join('/');
}

function wholeYear(year: string | undefined): string {
  return year?.length === 2 ? `20${year}` : (year ?? '');
}

function padded(part: string | undefined): string {
  return (part ?? '').padStart(2, '0');
}
