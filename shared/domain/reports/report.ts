import type { Currency } from '../money.ts';

/** A name or word that is shown in the person's language. */
export type Words = { readonly ar: string; readonly en: string };

export const reportIds = [
  'daily',
  'cashiers',
  'services',
  'tenders',
  'hours',
  'arrears',
  'facilitations',
  'undone',
  'differences',
  'accounting',
] as const;
export type ReportId = (typeof reportIds)[number];

/**
 * Money is minor units of the column's currency; 'row': of the row's own. Only columns in one currency have a total.
 */
export type ReportColumn = { readonly key: string; readonly title: Words } & (
  | { readonly type: 'text' }
  | { readonly type: 'date' }
  | { readonly type: 'count' }
  | { readonly type: 'money'; readonly currency: Currency | 'row' }
);

/** What is drawn of a report: which column names the bars, and which columns are their lengths. */
export type ReportChart = {
  readonly kind: 'bars' | 'stack' | 'line';
  readonly label: string;
  readonly values: readonly string[];
};

export type ReportDefinition = {
  readonly id: ReportId;
  readonly title: Words;
  readonly columns: readonly ReportColumn[];
  readonly chart: ReportChart;
};

/** In the order of the columns. Null: nothing to say there. A date is 'YYYY-MM-DD'. */
export type ReportCell = string | number | Words | null;
export type ReportRow = { readonly currency: Currency; readonly cells: readonly ReportCell[] };

export type ReportFilter = {
  /** Business dates, both included: 'YYYY-MM-DD' in Gaza. */
  readonly from: string;
  readonly to: string;
  /** Null: every till, every person. */
  readonly till: string | null;
  readonly cashierId: number | null;
};

export type ReportQuery = ReportFilter & { readonly report: ReportId };

export type ReportTable = {
  readonly query: ReportQuery;
  readonly rows: readonly ReportRow[];
  /** Of each column that has one, else null. */
  readonly totals: readonly (number | null)[];
  /** The person's own running shift is left out: its sums would tell what their drawer should hold. */
  readonly leavesOutOwnShift: boolean;
};

/** The longest period: a leap year. */
export const longestPeriodDays = 366;
