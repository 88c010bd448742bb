import { foldDigits, stripInvisible } from './digits.ts';
import type { Currency } from './money.ts';
import { maxMinor, minorDigits } from './money.ts';

export type MoneyProblem = 'empty' | 'notANumber' | 'tooManyDecimals' | 'negative' | 'tooLarge';

export type ParsedMoney =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly problem: MoneyProblem };

/**
 * Reads an amount as a person types or pastes it, into minor units of `currency`.
 *
 * Understood: Latin, Arabic-Indic and Persian digits; `.` or `٫` before the decimals; `,` `،` `٬` `'` or a space
 * between thousands; invisible direction marks anywhere; `.5` and `5.`.
 *
 * A thousands separator counts only where it really separates thousands: every group after it has exactly three
 * digits, one kind of separator is used, and the first group does not begin with 0. So `1,234` is one thousand two
 * hundred and thirty-four in every currency, while `12,5`, `12,50` and `0,125`, which may be somebody's decimal
 * comma, are refused as `notANumber` rather than guessed: a guess would be wrong by a factor of a hundred.
 *
 * Nothing is ever rounded or cut: one decimal more than the currency has, even a zero, is `tooManyDecimals`.
 */
export function parseMoney(text: string, currency: Currency): ParsedMoney {
  const typed = foldDigits(stripInvisible(text)).replace(/٫/g, '.').trim();
  if (typed === '') return refuse('empty');

  const sign = /^(?<before>[-−–]\s*)?(?<body>.*?)(?<after>\s*[-−–])?$/su.exec(typed);
  const body = sign?.groups?.['body'] ?? '';
  const negative = sign?.groups?.['before'] !== undefined || sign?.groups?.['after'] !== undefined;

  const number = /^(?<whole>[^.]*)(?:\.(?<fraction>[^.]*))?$/su.exec(body);
  const whole = ungroup(number?.groups?.['whole'] ?? 'x');
  const fraction = number?.groups?.['fraction'] ?? '';
  if (whole === undefined || !/^\d*$/.test(fraction) || whole + fraction === '') return refuse('notANumber');

  const places = minorDigits[currency];
  if (negative) return refuse('negative');
  if (fraction.length > places) return refuse('tooManyDecimals');

  const digits = (whole + fraction.padEnd(places, '0')).replace(/^0+(?=\d)/, '');
  // Compared by length first: a long row of digits must not be rounded by Number before it is judged.
  if (digits.length > String(maxMinor).length || Number(digits) > maxMinor) return refuse('tooLarge');
  return { ok: true, minor: Number(digits) };
}

/** The digits of the whole part without thousands separators; undefined when it is not a whole number. */
function ungroup(whole: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  const separators = new Set(whole.match(/\D/gu));
  if (separators.size !== 1) return undefined;
  if (!/^[1-9]\d{0,2}(?:[,،٬'’\s]\d{3})+$/u.test(whole)) return undefined;
  return whole.replace(/\D/gu, '');
}

function refuse(problem: MoneyProblem): ParsedMoney {
  return { ok: false, problem };
}
