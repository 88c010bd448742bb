import type { Language } from '../dates.ts';
import { money, toDecimal } from '../money.ts';
import { definitions, totalWords } from './definitions.ts';
import type { ReportCell, ReportColumn, ReportRow, ReportTable } from './report.ts';
import { currencyOf } from './table.ts';

/** Tells spreadsheet programs that the text is UTF-8. */
const byteOrderMark = '\u{feff}';

/**
 * A text for a CSV cell. What a spreadsheet program would take for a formula gets an apostrophe before it: names and
 * reasons are typed by people.
 */
export function csvText(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Lines of cells that are written already. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  return byteOrderMark + lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** The report as CSV: a line of names, a line for each row, and the totals. */
export function reportCsv(table: ReportTable, language: Language): string {
  const { columns } = definitions[table.query.report];
  const totals: ReportRow = {
    currency: 'ILS',
    cells: table.totals.map((total, index) => (index === 0 ? totalWords : total)),
  };
  const rows = table.rows.length === 0 ? [] : [...table.rows, totals];
  return csvOf([
    columns.map(({ title }) => csvText(title[language])),
    ...rows.map((row) =>
      columns.map((column, index) => written(row.cells[index] ?? null, column, row, language)),
    ),
  ]);
}

function written(cell: ReportCell, column: ReportColumn, row: ReportRow, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'number')
    return column.type === 'money' ? toDecimal(money(cell, currencyOf(column, row))) : String(cell);
  return csvText(typeof cell === 'string' ? cell : cell[language] || cell.ar);
}
