import { addDays } from '../dates.ts';
import { refuse } from '../../errors.ts';
import { definitions, hasTotal } from './definitions.ts';
import type {
  ReportCell,
  ReportColumn,
  ReportFilter,
  ReportQuery,
  ReportRow,
  ReportTable,
} from './report.ts';
import { longestPeriodDays } from './report.ts';

/**
 * A period that a report can be made of.
 * @param today the business date now
 * @throws Refusal report.reversed, report.tooLong, report.future
 */
export function requirePeriod({ from, to }: Pick<ReportFilter, 'from' | 'to'>, today: string): void {
  if (to < from) throw refuse('report.reversed');
  if (from > today) throw refuse('report.future');
  if (to > addDays(from, longestPeriodDays - 1)) throw refuse('report.tooLong', { days: longestPeriodDays });
}

/** The table with the totals of its rows. */
export function tableOf(
  query: ReportQuery,
  rows: readonly ReportRow[],
  leavesOutOwnShift: boolean,
): ReportTable {
  const totals = definitions[query.report].columns.map((column, index) =>
    hasTotal(column) ? rows.reduce((sum, { cells }) => sum + amount(cells[index]), 0) : null,
  );
  return { query, rows, totals, leavesOutOwnShift };
}

function amount(cell: ReportCell | undefined): number {
  return typeof cell === 'number' ? cell : 0;
}

/** Which column that is. @throws RangeError for a key that the report does not have */
export function columnIndex(table: ReportTable, key: string): number {
  const index = definitions[table.query.report].columns.findIndex((column) => column.key === key);
  if (index < 0) throw new RangeError(`${table.query.report} has no ${key}`);
  return index;
}

/** The total of a column that has one; minor units or a count. */
export function totalOf(table: ReportTable, key: string): number {
  return table.totals[columnIndex(table, key)] ?? 0;
}

/** The currency of a money cell. */
export function currencyOf(
  column: Extract<ReportColumn, { type: 'money' }>,
  row: Pick<ReportRow, 'currency'>,
): ReportRow['currency'] {
  return column.currency === 'row' ? row.currency : column.currency;
}
