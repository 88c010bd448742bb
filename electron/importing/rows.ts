import { normalNumber } from '../accounts/numbers.ts';
import { isIsoDate, isPeriod } from '../../shared/domain/dates.ts';
import type { BillKind } from '../../shared/domain/bill.ts';
import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';
import { classifyQuery, fold } from '../../shared/domain/folding.ts';
import { isValidIdentity } from '../../shared/domain/identity.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import type { ImportProblem } from '../../shared/ipc/contract.ts';
import type { Column } from './columns.ts';

/** Undefined: the file has no such column, what is known stays. Null or '': the cell is empty, what is known goes. */
export type AccountRow = {
  readonly number: string;
  readonly name: string;
  /** An empty cell never takes a known identity away. */
  readonly identityNumber: string | null;
  readonly phone: string | null | undefined;
  readonly otherPhone: string | null | undefined;
  readonly categoryCode: string;
  readonly quarter: string | undefined;
  readonly address: string | undefined;
  /** Empty: what is known stays. */
  readonly serviceCodes: readonly string[];
  readonly meter: string | null | undefined;
};

export type BillRow = {
  readonly number: string;
  readonly accountNumber: string;
  readonly serviceCode: string;
  readonly period: string;
  readonly kind: BillKind;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly amountMinor: number;
  /** What the municipality's system knows as paid; zero without the column. */
  readonly paidMinor: number;
  /** What was paid anywhere but at this till; undefined where the file does not say. */
  readonly elsewhereMinor: number | undefined;
};

export type RowProblem = { readonly column: Column; readonly reason: ImportProblem; readonly value: string };
export type ReadRow<T> =
  | { readonly ok: true; readonly row: T }
  | { readonly ok: false; readonly problem: RowProblem };

/** What the municipality has, by code and by either name, folded. */
export type Catalogue = {
  readonly categories: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, { readonly code: string; readonly isFine: boolean }>;
};

/** The text of a column in this line; undefined when the file has no such column. */
export type CellOf = (column: Column) => string | undefined;

class BadCell extends Error {
  readonly problem: RowProblem;
  constructor(column: Column, reason: ImportProblem, value: string) {
    super(reason);
    this.problem = { column, reason, value };
  }
}

/** Judges one line of an accounts file by itself; what the database says comes later. */
export function readAccountRow(cellOf: CellOf, catalogue: Catalogue): ReadRow<AccountRow> {
  return judged(() => {
    const identity = foldDigits(optional(cellOf, 'identity', 40) ?? '').replace(/[\s-]/g, '');
    if (identity !== '' && !isValidIdentity(identity))
      throw new BadCell('identity', 'identityInvalid', identity);
    const category = required(cellOf, 'category', 200);
    const categoryCode = catalogue.categories.get(fold(category));
    if (categoryCode === undefined) throw new BadCell('category', 'unknownCategory', category);
    return {
      number: numberIn(cellOf, 'number', 30),
      name: required(cellOf, 'name', 200),
      identityNumber: identity === '' ? null : identity,
      phone: phoneIn(cellOf, 'phone'),
      otherPhone: phoneIn(cellOf, 'otherPhone'),
      categoryCode,
      quarter: optional(cellOf, 'quarter', 100),
      address: optional(cellOf, 'address', 300),
      serviceCodes: servicesIn(cellOf, catalogue),
      meter: meterIn(cellOf),
    };
  });
}

/** Judges one line of a bills file by itself. Amounts are shekels with at most two decimals. */
export function readBillRow(cellOf: CellOf, catalogue: Catalogue): ReadRow<BillRow> {
  return judged(() => {
    const service = required(cellOf, 'service', 200);
    const known = catalogue.services.get(fold(service));
    if (known === undefined) throw new BadCell('service', 'unknownService', service);
    const dueOn = dateIn('due', required(cellOf, 'due', 30));
    const issued = optional(cellOf, 'issued', 30) ?? '';
    const issuedOn = issued === '' ? dueOn : dateIn('issued', issued);
    if (dueOn < issuedOn) throw new BadCell('due', 'dueBeforeIssued', dueOn);
    const amountMinor = amountIn('amount', required(cellOf, 'amount', 40));
    if (amountMinor === 0) throw new BadCell('amount', 'zero', '0');
    const paid = optional(cellOf, 'paid', 40) ?? '';
    const paidMinor = paid === '' ? 0 : amountIn('paid', paid);
    if (paidMinor > amountMinor) throw new BadCell('paid', 'paidMoreThanNewAmount', paid);
    const elsewhere = optional(cellOf, 'paidElsewhere', 40) ?? '';
    const elsewhereMinor = elsewhere === '' ? undefined : amountIn('paidElsewhere', elsewhere);
    if (elsewhereMinor !== undefined && elsewhereMinor > amountMinor)
      throw new BadCell('paidElsewhere', 'paidMoreThanNewAmount', elsewhere);
    return {
      number: numberIn(cellOf, 'number', 40),
      accountNumber: numberIn(cellOf, 'account', 30),
      serviceCode: known.code,
      period: periodIn(required(cellOf, 'period', 30)),
      kind: kindIn(cellOf, known.isFine),
      issuedOn,
      dueOn,
      amountMinor,
      paidMinor,
      elsewhereMinor,
    };
  });
}

function judged<T>(read: () => T): ReadRow<T> {
  try {
    return { ok: true, row: read() };
  } catch (error) {
    if (error instanceof BadCell) return { ok: false, problem: error.problem };
    throw error;
  }
}

function optional(cellOf: CellOf, column: Column, longest: number): string | undefined {
  const cell = cellOf(column);
  if (cell === undefined) return undefined;
  const text = stripInvisible(cell).normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (text.length > longest) throw new BadCell(column, 'tooLong', text);
  return text;
}

function required(cellOf: CellOf, column: Column, longest: number): string {
  const text = optional(cellOf, column, longest) ?? '';
  // A name of marks alone would be found by nobody.
  if (text === '' || (column === 'name' && fold(text) === '')) throw new BadCell(column, 'empty', text);
  return text;
}

function numberIn(cellOf: CellOf, column: Column, longest: number): string {
  const number = normalNumber(required(cellOf, column, longest));
  if (!/[\p{L}\p{N}]/u.test(number)) throw new BadCell(column, 'notANumber', number);
  // 1.2E+11: a spreadsheet has thrown the digits away.
  if (/^\d[.,]\d+E\+\d+$/.test(number)) throw new BadCell(column, 'notANumber', number);
  return number;
}

function phoneIn(cellOf: CellOf, column: 'phone' | 'otherPhone'): string | null | undefined {
  const text = optional(cellOf, column, 60);
  if (text === undefined || text === '') return text === '' ? null : undefined;
  const { phone, digits } = classifyQuery(text);
  const number = phone ?? digits;
  if (number === '') throw new BadCell(column, 'notANumber', text);
  if (number.length > 15) throw new BadCell(column, 'tooLong', text);
  return number;
}

function servicesIn(cellOf: CellOf, catalogue: Catalogue): string[] {
  const text = optional(cellOf, 'services', 400) ?? '';
  const codes = new Set<string>();
  for (const name of text.split(/[|+،/]/u)) {
    if (name.trim() === '') continue;
    const service = catalogue.services.get(fold(name));
    if (service === undefined) throw new BadCell('services', 'unknownService', name.trim());
    codes.add(service.code);
  }
  return [...codes].sort();
}

function meterIn(cellOf: CellOf): string | null | undefined {
  const text = optional(cellOf, 'meter', 40);
  return text === undefined ? undefined : text === '' ? null : normalNumber(text);
}

function amountIn(column: 'amount' | 'paid' | 'paidElsewhere', text: string): number {
  const parsed = parseMoney(text, 'ILS');
  if (!parsed.ok) throw new BadCell(column, parsed.problem, text);
  return parsed.minor;
}

/** 2026-10-31, 2026/10/31, 31/10/2026, 31-10-2026, 31.10.2026: day before month, as it is written here. */
function dateIn(column: 'issued' | 'due', text: string): string {
  const digits = foldDigits(text);
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(digits);
  const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(digits);
  const [year, month, day] = yearFirst?.slice(1) ?? dayFirst?.slice(1).reverse() ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (!isIsoDate(date)) throw new BadCell(column, 'notADate', text);
  return date;
}

/** 2026-10, 2026/10, 10/2026, 10-2026. */
function periodIn(text: string): string {
  const digits = foldDigits(text);
  const yearFirst = /^(\d{4})[-/.](\d{1,2})$/.exec(digits);
  const monthFirst = /^(\d{1,2})[-/.](\d{4})$/.exec(digits);
  const [year, month] = yearFirst?.slice(1) ?? monthFirst?.slice(1).reverse() ?? [];
  const period = `${year}-${month?.padStart(2, '0')}`;
  if (!isPeriod(period)) throw new BadCell('period', 'notAPeriod', text);
  return period;
}

const kinds = new Map<string, BillKind>([
  ...['charge', 'bill', 'رسم', 'رسوم', 'فاتورة'].map((word) => [fold(word), 'charge'] as const),
  ...['fine', 'penalty', 'غرامة'].map((word) => [fold(word), 'fine'] as const),
]);

function kindIn(cellOf: CellOf, isFine: boolean): BillKind {
  const text = optional(cellOf, 'kind', 40) ?? '';
  if (text === '') return isFine ? 'fine' : 'charge';
  const kind = kinds.get(fold(text));
  if (kind === undefined) throw new BadCell('kind', 'unknownKind', text);
  return kind;
}
