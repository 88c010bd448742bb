import type { Currency, Money } from './money.ts';
import { minorDigits, MoneyError } from './money.ts';

/**
 * Amounts in Arabic words (تفقيط), in the nominative, as they follow «مبلغًا وقدره». The rules, with an example of each,
 * are explained in tests/domain/words.test.ts.
 */

type Gender = 'masculine' | 'feminine';

/** The forms that a counted noun, with its adjective, takes after a number. */
type Noun = {
  readonly gender: Gender;
  /** 1: the noun comes first and the number describes it. */
  readonly one: string;
  /** 2: the dual alone. */
  readonly two: string;
  /** After 3 to 10: genitive plural. */
  readonly few: string;
  /** After 11 to 99: accusative singular. */
  readonly many: string;
  /** After hundreds, thousands and millions: genitive singular. */
  readonly round: string;
};

/** A thousand or a million: itself counted, and itself first part of a construct when the noun follows at once. */
type Scale = {
  readonly one: string;
  readonly two: string;
  /** The dual before its genitive: its ن falls. */
  readonly twoOf: string;
  readonly few: string;
  readonly many: string;
  /** Singular without tanwin: after hundreds, and after 11 to 99 before a genitive. */
  readonly bare: string;
};

const nouns: Readonly<Record<Currency, { readonly major: Noun; readonly minor: Noun }>> = {
  ILS: {
    major: {
      gender: 'masculine',
      one: 'شيكل واحد',
      two: 'شيكلان',
      few: 'شواكل',
      many: 'شيكلًا',
      round: 'شيكل',
    },
    minor: {
      gender: 'feminine',
      one: 'أغورة واحدة',
      two: 'أغورتان',
      few: 'أغورات',
      many: 'أغورة',
      round: 'أغورة',
    },
  },
  JOD: {
    major: {
      gender: 'masculine',
      one: 'دينار أردني واحد',
      two: 'ديناران أردنيان',
      few: 'دنانير أردنية',
      many: 'دينارًا أردنيًا',
      round: 'دينار أردني',
    },
    minor: {
      gender: 'masculine',
      one: 'فلس واحد',
      two: 'فلسان',
      few: 'فلوس',
      many: 'فلسًا',
      round: 'فلس',
    },
  },
  USD: {
    major: {
      gender: 'masculine',
      one: 'دولار أمريكي واحد',
      two: 'دولاران أمريكيان',
      few: 'دولارات أمريكية',
      many: 'دولارًا أمريكيًا',
      round: 'دولار أمريكي',
    },
    minor: {
      gender: 'masculine',
      one: 'سنت واحد',
      two: 'سنتان',
      few: 'سنتات',
      many: 'سنتًا',
      round: 'سنت',
    },
  },
};

const thousand: Scale = {
  one: 'ألف',
  two: 'ألفان',
  twoOf: 'ألفا',
  few: 'آلاف',
  many: 'ألفًا',
  bare: 'ألف',
};

const million: Scale = {
  one: 'مليون',
  two: 'مليونان',
  twoOf: 'مليونا',
  few: 'ملايين',
  many: 'مليونًا',
  bare: 'مليون',
};

/** 1 to 9 as they stand before tens; the feminine of 3 to 10 is the short one. */
const ones: Readonly<Record<Gender, readonly string[]>> = {
  masculine: ['', 'واحد', 'اثنان', 'ثلاثة', 'أربعة', 'خمسة', 'ستة', 'سبعة', 'ثمانية', 'تسعة'],
  feminine: ['', 'إحدى', 'اثنتان', 'ثلاث', 'أربع', 'خمس', 'ست', 'سبع', 'ثمانٍ', 'تسع'],
};

const tens = ['', '', 'عشرون', 'ثلاثون', 'أربعون', 'خمسون', 'ستون', 'سبعون', 'ثمانون', 'تسعون'] as const;

const hundreds = [
  '',
  'مائة',
  'مائتان',
  'ثلاثمائة',
  'أربعمائة',
  'خمسمائة',
  'ستمائة',
  'سبعمائة',
  'ثمانمائة',
  'تسعمائة',
] as const;

/**
 * The amount in words, without a frame: «مائة وثلاثة وعشرون شيكلًا وخمسون أغورة».
 * @throws MoneyError for a negative amount: a receipt says in its title which way the money went.
 */
export function amountInWords(amount: Money): string {
  if (amount.minor < 0) throw new MoneyError(`a negative amount has no words: ${amount.minor}`);
  const { major, minor } = nouns[amount.currency];
  const unit = 10 ** minorDigits[amount.currency];
  const whole = Math.floor(amount.minor / unit);
  const fraction = amount.minor % unit;
  if (fraction === 0) return counted(whole, major);
  if (whole === 0) return counted(fraction, minor);
  return and([counted(whole, major), counted(fraction, minor)]);
}

/**
 * The amount in words as it is printed: «فقط … لا غير». Closed at both ends, as on a cheque, so that nothing can be
 * written before or after it.
 * @throws MoneyError for a negative amount.
 */
export function receiptWords(amount: Money): string {
  return `فقط ${amountInWords(amount)} لا غير`;
}

/** A number and what it counts; the last two digits decide the noun's form. */
function counted(count: number, noun: Noun): string {
  if (count === 0) return `صفر ${noun.round}`;
  if (count === 1) return noun.one;
  if (count === 2) return noun.two;
  const rest = count % 100;
  // 101 is «مائة شيكل وشيكل واحد»: 1 and 2 are said by the noun itself, so the hundreds need a noun of their own.
  if (rest === 1 || rest === 2) return and([counted(count - rest, noun), counted(rest, noun)]);
  const form = rest === 0 ? noun.round : rest <= 10 ? noun.few : noun.many;
  return `${cardinal(count, noun.gender, rest <= 10)} ${form}`;
}

/**
 * The number alone, up to 999,999,999; its last two digits are not 01 or 02.
 * @param ofNoun whether its last word is the first part of a construct («مائتا شيكل», «ثماني أغورات»).
 */
function cardinal(count: number, gender: Gender, ofNoun: boolean): string {
  const units = count % 1_000;
  const thousands = Math.floor(count / 1_000) % 1_000;
  const millions = Math.floor(count / 1_000_000);
  const parts: string[] = [];
  if (millions > 0) parts.push(scaled(millions, million, ofNoun && thousands === 0 && units === 0));
  if (thousands > 0) parts.push(scaled(thousands, thousand, ofNoun && units === 0));
  if (units > 0) parts.push(belowThousand(units, gender, ofNoun));
  return and(parts);
}

/** So many thousands or millions. */
function scaled(count: number, scale: Scale, ofNoun: boolean): string {
  if (count === 1) return scale.one;
  if (count === 2) return ofNoun ? scale.twoOf : scale.two;
  const rest = count % 100;
  // 101,000 is «مائة ألف وألف»: «مائة وألف» would be 1,100.
  if (rest === 1 || rest === 2) return and([scaled(count - rest, scale, false), scaled(rest, scale, ofNoun)]);
  const number = belowThousand(count, 'masculine', true);
  if (rest === 0) return `${number} ${scale.bare}`;
  if (rest <= 10) return `${number} ${scale.few}`;
  return `${number} ${ofNoun ? scale.bare : scale.many}`;
}

function belowThousand(count: number, gender: Gender, ofNoun: boolean): string {
  const hundred = Math.floor(count / 100);
  const rest = count % 100;
  const parts: string[] = [];
  if (hundred > 0) parts.push(hundred === 2 && rest === 0 && ofNoun ? 'مائتا' : (hundreds[hundred] ?? ''));
  if (rest > 0) parts.push(belowHundred(rest, gender));
  return and(parts);
}

/** 3 to 99 with its gender: 3 to 10 oppose the noun, 11, 12 and all tens' ones follow their own tables. */
function belowHundred(count: number, gender: Gender): string {
  const feminine = gender === 'feminine';
  if (count === 10) return feminine ? 'عشر' : 'عشرة';
  const one = ones[gender][count % 10] ?? '';
  // «ثماني» in a construct and before عشرة, «ثمانٍ» only where it stands alone before tens.
  const joined = feminine && count % 10 === 8 ? 'ثماني' : one;
  if (count < 10) return joined;
  if (count >= 20) return and([one, tens[Math.floor(count / 10)] ?? '']);
  const ten = feminine ? 'عشرة' : 'عشر';
  if (count === 11) return `${feminine ? 'إحدى' : 'أحد'} ${ten}`;
  if (count === 12) return `${feminine ? 'اثنتا' : 'اثنا'} ${ten}`;
  return `${joined} ${ten}`;
}

/** «و» is written as one with the word that follows. */
function and(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' و');
}
