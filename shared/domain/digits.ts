/** How figures are shown: `latin` is 0123456789, `arabicIndic` is ٠١٢٣٤٥٦٧٨٩. Stored text is always Latin. */
export type DigitStyle = 'latin' | 'arabicIndic';

const arabicIndicZero = 0x0660;
const persianZero = 0x06f0;

/** Arabic-Indic (٠–٩) and Persian (۰–۹) digits become ASCII digits; everything else stays. */
export function foldDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= persianZero ? persianZero : arabicIndicZero));
  });
}

/** ASCII digits in the given style; separators are the caller's concern. */
export function styleDigits(text: string, style: DigitStyle): string {
  if (style === 'latin') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(arabicIndicZero + Number(digit)));
}

/**
 * Removes the invisible marks that text copied from right-to-left pages carries: directional marks, embeddings
 * and isolates, zero-width joiners, byte order mark and soft hyphen.
 */
export function stripInvisible(text: string): string {
  return text.replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '');
}
