import type { MoveKind } from './custody.ts';
import type { Currency } from './money.ts';
import type { Tender } from './tender.ts';

/** The words of every report on paper, which is Arabic as all papers are. */

/** 'Z-KY01-000012': a shift report's number as it stands on the paper. */
export function zNumberText(till: string, number: number): string {
  return `Z-${till}-${String(number).padStart(6, '0')}`;
}

export const tenderNames: Readonly<Record<Tender['kind'], string>> = {
  cash: 'نقد',
  cheque: 'شيكات',
  card: 'بطاقات',
  transfer: 'حوالات ومحافظ',
  entitlement: 'مستحقات',
  waiver: 'إعفاءات',
  credit: 'من الرصيد الدائن',
};

export const currencyNames: Readonly<Record<Currency, string>> = { ILS: 'شيكل', JOD: 'دينار', USD: 'دولار' };

/** Why cash went in or out without a receipt, or between the safe and outside. */
export const moveReasonNames: Readonly<Record<string, string>> = {
  smallExpense: 'مصروف صغير',
  refundOfExpense: 'إعادة مصروف',
  changeFromMarket: 'فكة من السوق',
  foundInDrawer: 'وُجد في الدُّرج',
  correction: 'تصحيح',
  fund: 'عهدة من المالية',
  toFinance: 'إلى المالية',
  exchangeAtBank: 'تبديل في البنك',
  other: 'سبب آخر',
};

export const moveNames: Readonly<Record<MoveKind, string>> = {
  float: 'سلفة الفكة',
  floatDifference: 'فرق سلفة الفكة',
  prepareFloat: 'سلفة فكة لدُرج',
  collectFloat: 'سلفة فكة من دُرج',
  topUp: 'فكة من الخزنة',
  payIn: 'توريد',
  cashIn: 'إدخال نقد',
  cashOut: 'إخراج نقد',
  exchange: 'تبديل فكة',
  difference: 'عجز أو زيادة',
  left: 'يبقى في الدُّرج',
  closeToSafe: 'إلى الخزنة',
  handover: 'تسليم واستلام',
  safeIn: 'وارد إلى الخزنة',
  safeOut: 'صادر من الخزنة',
};
