import type { Words } from './report.ts';

/**
 * What the accounting journal has an account for, and its code until the municipality sets its own. Services without a
 * code of their own are posted to `service`.
 */
export const defaultAccounts = {
  'cash.ILS': '1101',
  'cash.JOD': '1102',
  'cash.USD': '1103',
  cheque: '1110',
  card: '1120',
  transfer: '1130',
  entitlement: '1140',
  otherCash: '1190',
  bank: '1200',
  credit: '2100',
  service: '4000',
  waiver: '5200',
  rounding: '5900',
  difference: '5910',
} as const satisfies Readonly<Record<string, string>>;
export type AccountKey = keyof typeof defaultAccounts;
export const accountKeys = Object.keys(defaultAccounts) as AccountKey[];

export const accountWords: Readonly<Record<AccountKey, Words>> = {
  'cash.ILS': { ar: 'نقد بالشيكل', en: 'Cash in shekels' },
  'cash.JOD': { ar: 'نقد بالدينار', en: 'Cash in dinars' },
  'cash.USD': { ar: 'نقد بالدولار', en: 'Cash in dollars' },
  cheque: { ar: 'شيكات برسم التحصيل', en: 'Cheques in hand' },
  card: { ar: 'بطاقات تحت التسوية', en: 'Cards to be settled' },
  transfer: { ar: 'حوالات ومحافظ تحت التسوية', en: 'Transfers and wallets to be settled' },
  entitlement: { ar: 'خصم من المستحقات', en: 'Entitlement letters' },
  otherCash: { ar: 'نقد دخل أو خرج بلا سند', en: 'Cash in or out without a receipt' },
  bank: { ar: 'البنك', en: 'Bank' },
  credit: { ar: 'أرصدة دائنة للمشتركين', en: 'Credit of the accounts' },
  service: { ar: 'الخدمات', en: 'Services' },
  waiver: { ar: 'إعفاءات ممنوحة', en: 'Waivers granted' },
  rounding: { ar: 'فروق التقريب', en: 'Rounding' },
  difference: { ar: 'عجز وزيادة الصناديق', en: 'Cash over and short' },
};

/** A code as accountants write them: digits and letters with dots, dashes or slashes. */
export const accountCodePattern = /^[0-9A-Za-z][0-9A-Za-z./-]{0,19}$/;

/** Codes that the municipality set: of accounts by their key, of single services by `service.CODE`. */
export type AccountCodes = Readonly<Record<string, string>>;

/** The account that something is posted to. */
export function accountCode(codes: AccountCodes, key: AccountKey): string {
  return codes[key] ?? defaultAccounts[key];
}

/** The account of a service: its own, or that of all services. */
export function serviceAccountCode(codes: AccountCodes, service: string): string {
  return codes[`service.${service}`] ?? accountCode(codes, 'service');
}
