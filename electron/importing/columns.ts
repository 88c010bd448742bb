import { fold } from '../../shared/domain/folding.ts';
import type { ImportKind } from '../../shared/ipc/contract.ts';

/** The columns of an accounts file; docs/import.md describes each. */
export type AccountColumn =
  | 'number'
  | 'name'
  | 'identity'
  | 'phone'
  | 'otherPhone'
  | 'category'
  | 'quarter'
  | 'address'
  | 'services'
  | 'meter';
export type BillColumn =
  | 'number'
  | 'account'
  | 'service'
  | 'period'
  | 'kind'
  | 'issued'
  | 'due'
  | 'amount'
  | 'paid'
  | 'paidElsewhere';
export type Column = AccountColumn | BillColumn;

type Definition = {
  readonly column: Column;
  readonly isRequired: boolean;
  /** The Arabic name, the English name, then other names in use. */
  readonly names: readonly [ar: string, en: string, ...others: string[]];
};

const accountNumberNames = [
  'رقم الاشتراك',
  'account number',
  'account',
  'account no',
  'رقم المشترك',
  'رقم الحساب',
] as const;

export const columnsOf: Readonly<Record<ImportKind, readonly Definition[]>> = {
  accounts: [
    { column: 'number', isRequired: true, names: accountNumberNames },
    { column: 'name', isRequired: true, names: ['الاسم', 'name', 'full name', 'اسم المشترك', 'الاسم الرباعي'] },
    {
      column: 'identity',
      isRequired: false,
      names: ['رقم الهوية', 'identity number', 'identity', 'id number', 'الهوية'],
    },
    {
      column: 'phone',
      isRequired: false,
      names: ['الجوال', 'phone', 'mobile', 'رقم الجوال', 'الهاتف', 'رقم الهاتف'],
    },
    {
      column: 'otherPhone',
      isRequired: false,
      names: ['جوال آخر', 'other phone', 'phone 2', 'هاتف آخر', 'هاتف 2'],
    },
    {
      column: 'category',
      isRequired: true,
      names: ['الفئة', 'category', 'التصنيف', 'فئة الاشتراك', 'نوع الاشتراك'],
    },
    { column: 'quarter', isRequired: false, names: ['الحي', 'quarter', 'المنطقة'] },
    { column: 'address', isRequired: false, names: ['العنوان', 'address'] },
    { column: 'services', isRequired: false, names: ['الخدمات', 'services'] },
    { column: 'meter', isRequired: false, names: ['رقم العداد', 'meter number', 'meter', 'العداد'] },
  ],
  bills: [
    {
      column: 'number',
      isRequired: true,
      names: ['رقم الفاتورة', 'bill number', 'bill', 'bill no', 'الفاتورة'],
    },
    { column: 'account', isRequired: true, names: accountNumberNames },
    { column: 'service', isRequired: true, names: ['الخدمة', 'service', 'رمز الخدمة'] },
    { column: 'period', isRequired: true, names: ['الفترة', 'period', 'الشهر', 'الدورة'] },
    { column: 'kind', isRequired: false, names: ['النوع', 'kind', 'type'] },
    { column: 'issued', isRequired: false, names: ['تاريخ الإصدار', 'issued on', 'issue date', 'issued'] },
    { column: 'due', isRequired: true, names: ['تاريخ الاستحقاق', 'due on', 'due date', 'due'] },
    { column: 'amount', isRequired: true, names: ['المبلغ', 'amount', 'القيمة'] },
    { column: 'paid', isRequired: false, names: ['المدفوع', 'paid', 'المسدد'] },
    {
      column: 'paidElsewhere',
      isRequired: false,
      names: [
        'المدفوع خارج هذا الصندوق',
        'paid elsewhere',
        'المدفوع خارج الصندوق',
        'المسدد خارج هذا الصندوق',
      ],
    },
  ],
};

export type Header = {
  /** Where each column that the file has stands in a line. */
  readonly places: ReadonlyMap<Column, number>;
  /** The names as the file writes them. */
  readonly names: readonly string[];
  /** Required columns that are not there, as «عربي (English)». */
  readonly missing: readonly string[];
};

/** Finds the columns by their names in either language; unknown columns are passed over. */
export function readHeader(kind: ImportKind, cells: readonly string[]): Header {
  const folded = cells.map(foldHeading);
  const places = new Map<Column, number>();
  const missing: string[] = [];
  for (const { column, isRequired, names } of columnsOf[kind]) {
    const known = new Set(names.map(foldHeading));
    const place = folded.findIndex((heading) => known.has(heading));
    if (place >= 0) places.set(column, place);
    else if (isRequired) missing.push(`${names[0]} (${names[1]})`);
  }
  return { places, names: cells.map((cell) => cell.trim()), missing };
}

/** `accountNumber`, `account_number` and `Account number` are one heading. */
function foldHeading(text: string): string {
  return fold(text).replaceAll(' ', '');
}
