import type { Currency } from '../money.ts';
import type { ReportColumn, ReportDefinition, ReportId, Words } from './report.ts';

const text = (key: string, ar: string, en: string): ReportColumn => ({
  key,
  type: 'text',
  title: { ar, en },
});
const date: ReportColumn = { key: 'date', type: 'date', title: { ar: 'التاريخ', en: 'Date' } };
const count = (key: string, ar: string, en: string): ReportColumn => ({
  key,
  type: 'count',
  title: { ar, en },
});
const money = (key: string, ar: string, en: string, currency: Currency | 'row' = 'ILS'): ReportColumn => ({
  key,
  type: 'money',
  currency,
  title: { ar, en },
});

/** What a receipt came to, what was taken back and what is left of it: the same in every report of takings. */
const takings: readonly ReportColumn[] = [
  count('receipts', 'السندات', 'Receipts'),
  money('taken', 'المقبوض', 'Taken'),
  money('kept', 'باقٍ قُيّد رصيدًا', 'Change kept as credit'),
  count('undoneCount', 'ملغاة ومعكوسة', 'Taken back'),
  money('undone', 'قيمتها', 'Value taken back'),
  money('failed', 'شيكات وحوالات لم تُدفع', 'Cheques and transfers that failed'),
  money('net', 'الصافي', 'Net'),
];

export const definitions: Readonly<Record<ReportId, ReportDefinition>> = {
  daily: {
    id: 'daily',
    title: { ar: 'التحصيل اليومي', en: 'Daily takings' },
    columns: [date, ...takings],
    chart: { kind: 'bars', label: 'date', values: ['net'] },
  },
  cashiers: {
    id: 'cashiers',
    title: { ar: 'التحصيل حسب أمين الصندوق', en: 'Takings by cashier' },
    columns: [text('person', 'أمين الصندوق', 'Cashier'), ...takings],
    chart: { kind: 'bars', label: 'person', values: ['net'] },
  },
  services: {
    id: 'services',
    title: { ar: 'التحصيل حسب الخدمة', en: 'Takings by service' },
    columns: [
      text('service', 'الخدمة', 'Service'),
      count('lines', 'البنود', 'Lines'),
      money('taken', 'المقبوض', 'Taken'),
      money('undone', 'ملغى ومعكوس', 'Taken back'),
      money('failed', 'شيكات وحوالات لم تُدفع', 'Cheques and transfers that failed'),
      money('net', 'الصافي', 'Net'),
    ],
    chart: { kind: 'bars', label: 'service', values: ['net'] },
  },
  tenders: {
    id: 'tenders',
    title: { ar: 'التحصيل حسب طريقة الدفع', en: 'Takings by tender' },
    columns: [
      text('way', 'طريقة الدفع', 'Way of paying'),
      text('currency', 'العملة', 'Currency'),
      count('times', 'المرات', 'Times'),
      money('received', 'المستلَم', 'Received', 'row'),
      money('change', 'الباقي المُعاد', 'Change given', 'row'),
      money('returned', 'مُعاد أو لم يُدفع', 'Returned or failed', 'row'),
      money('own', 'الصافي بعملته', 'Net, its currency', 'row'),
      money('net', 'الصافي بالشيكل', 'Net in shekels'),
    ],
    chart: { kind: 'bars', label: 'way', values: ['net'] },
  },
  hours: {
    id: 'hours',
    title: { ar: 'التحصيل حسب الساعة', en: 'Takings by hour' },
    columns: [text('hour', 'الساعة', 'Hour'), ...takings],
    chart: { kind: 'bars', label: 'hour', values: ['net'] },
  },
  arrears: {
    id: 'arrears',
    title: { ar: 'تحصيل المتأخرات والجاري', en: 'Arrears against current' },
    columns: [
      date,
      money('arrears', 'متأخرات', 'Arrears'),
      money('current', 'جارٍ', 'Current'),
      money('fines', 'غرامات', 'Fines'),
      money('fees', 'رسوم الشبّاك', 'Counter fees'),
      money('onAccount', 'على الحساب', 'On account'),
      money('rounding', 'تقريب', 'Rounding'),
      money('net', 'الصافي', 'Net'),
    ],
    chart: { kind: 'stack', label: 'date', values: ['current', 'arrears'] },
  },
  facilitations: {
    id: 'facilitations',
    title: { ar: 'التسهيلات الممنوحة', en: 'Facilitations given' },
    columns: [
      date,
      text('decision', 'رقم القرار', 'Decision'),
      text('decisionOn', 'تاريخ القرار', 'Decided on'),
      text('receipt', 'السند', 'Receipt'),
      text('payer', 'المستفيد', 'Payer'),
      text('person', 'أمين الصندوق', 'Cashier'),
      money('waived', 'الإعفاء', 'Waived'),
    ],
    chart: { kind: 'bars', label: 'decision', values: ['waived'] },
  },
  undone: {
    id: 'undone',
    title: { ar: 'الإلغاءات والعكوسات حسب الموظف', en: 'Voids and reversals by person' },
    columns: [
      date,
      text('person', 'الموظف', 'Person'),
      count('voids', 'إلغاءات', 'Voids'),
      money('voided', 'قيمة الإلغاءات', 'Voided'),
      count('reversals', 'عكوسات', 'Reversals'),
      money('reversed', 'قيمة العكوسات', 'Reversed'),
    ],
    chart: { kind: 'stack', label: 'date', values: ['voided', 'reversed'] },
  },
  differences: {
    id: 'differences',
    title: { ar: 'فروق الجرد حسب الموظف', en: 'Count differences by person' },
    columns: [
      date,
      text('person', 'الموظف', 'Person'),
      text('till', 'الدُّرج', 'Till'),
      money('ILS', 'فرق الشيكل', 'Shekels'),
      money('JOD', 'فرق الدينار', 'Dinars', 'JOD'),
      money('USD', 'فرق الدولار', 'Dollars', 'USD'),
    ],
    chart: { kind: 'bars', label: 'date', values: ['ILS'] },
  },
  accounting: {
    id: 'accounting',
    title: { ar: 'قيود اليومية للمحاسبة', en: 'Accounting journal' },
    columns: [
      date,
      text('account', 'رمز الحساب', 'Account'),
      text('name', 'الحساب', 'Name'),
      text('entry', 'القيد', 'Entry'),
      money('debit', 'مدين', 'Debit'),
      money('credit', 'دائن', 'Credit'),
    ],
    chart: { kind: 'bars', label: 'name', values: ['debit'] },
  },
};

/** Columns whose sum says something: counts, and money of one currency. */
export function hasTotal(column: ReportColumn): boolean {
  return column.type === 'count' || (column.type === 'money' && column.currency !== 'row');
}

export const tenderWords: Readonly<Record<string, Words>> = {
  cash: { ar: 'نقد', en: 'Cash' },
  cheque: { ar: 'شيكات', en: 'Cheques' },
  card: { ar: 'بطاقات', en: 'Cards' },
  transfer: { ar: 'حوالات ومحافظ', en: 'Transfers and wallets' },
  entitlement: { ar: 'مستحقات', en: 'Entitlement letters' },
  waiver: { ar: 'إعفاءات', en: 'Waivers' },
  credit: { ar: 'من الرصيد الدائن', en: 'From credit' },
};

export const currencyWords: Readonly<Record<Currency, Words>> = {
  ILS: { ar: 'شيكل', en: 'Shekel' },
  JOD: { ar: 'دينار', en: 'Dinar' },
  USD: { ar: 'دولار', en: 'Dollar' },
};

export const roundingWords: Words = { ar: 'تقريب', en: 'Rounding' };
export const onAccountWords: Words = { ar: 'دفعات على الحساب', en: 'On account' };
export const keptWords: Words = { ar: 'باقٍ قُيّد رصيدًا', en: 'Change kept as credit' };
export const totalWords: Words = { ar: 'المجموع', en: 'Total' };
