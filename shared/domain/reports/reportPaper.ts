import type { Letterhead } from '../dayPaper.ts';
import { formatMoney, money } from '../money.ts';
import type { PaperDocument } from '../paper.ts';
import { definitions, hasTotal, totalWords } from './definitions.ts';
import type { ReportCell, ReportColumn, ReportRow, ReportTable } from './report.ts';
import { cellText, periodText, reportSentence } from './sentence.ts';
import { currencyOf } from './table.ts';

/** A list longer than this is for a file, not for a roll or a folder. */
const mostRows = 400;

/**
 * A report as a paper, in Arabic as all papers are. On a roll stand what a row is called and the last figure of it, which is
 * what is left in the end; a page has every column.
 */
export function reportPaper(
  table: ReportTable,
  letterhead: Letterhead,
  size: 'roll' | 'page',
): PaperDocument {
  const { columns, title } = definitions[table.query.report];
  const chosen = size === 'page' ? columns.map((_, index) => index) : onRoll(columns);
  const left = table.rows.length - mostRows;
  const cell = (row: ReportRow, index: number): string =>
    written(row.cells[index] ?? null, columns[index], row);
  return {
    version: 1,
    kind: 'report',
    ...letterhead,
    title: title.ar,
    number: null,
    elements: [
      { kind: 'fact', label: 'المدة', value: periodText(table.query, 'ar'), isIdentifier: false },
      ...(table.query.till === null
        ? []
        : [{ kind: 'fact', label: 'الصندوق', value: table.query.till, isIdentifier: true } as const]),
      { kind: 'note', text: reportSentence(table, 'ar') },
      { kind: 'rule' },
      {
        kind: 'table',
        columns: chosen.map((index) => {
          const column = columns[index];
          const isFigure = column?.type === 'money' || column?.type === 'count';
          return { title: column?.title.ar ?? '', isFigure, weight: isFigure ? 1 : 2 };
        }),
        rows: table.rows.slice(0, mostRows).map((row) => chosen.map((index) => cell(row, index))),
        total: chosen.some((index) => table.totals[index] != null)
          ? chosen.map((index, at) => (at === 0 ? totalWords.ar : totalText(table, columns, index)))
          : null,
      },
      ...(left > 0 ? [{ kind: 'note', text: `وبعدها ${left} سطرًا: كلها في الملف المحفوظ.` } as const] : []),
      ...(table.leavesOutOwnShift
        ? [{ kind: 'note', text: 'بلا الوردية المفتوحة لمن طلب التقرير.' } as const]
        : []),
    ],
  };
}

function onRoll(columns: readonly ReportColumn[]): number[] {
  const lastTotal = columns.findLastIndex((column) => column.type === 'money' && hasTotal(column));
  const label = columns.findIndex((column, index) => index > 0 && column.type === 'text');
  // Dates alone say what a row is where nothing else does; of a list by date and person the person is told too.
  const names = columns[0]?.type === 'date' && label > 0 ? [0, label] : [0];
  return [...names, ...(lastTotal > 0 ? [lastTotal] : [])];
}

function written(cell: ReportCell, column: ReportColumn | undefined, row: ReportRow): string {
  if (typeof cell === 'number' && column?.type === 'money')
    return formatMoney(money(cell, currencyOf(column, row)));
  return cellText(cell, 'ar');
}

function totalText(table: ReportTable, columns: readonly ReportColumn[], index: number): string {
  const total = table.totals[index] ?? null;
  return total === null ? '' : written(total, columns[index], { currency: 'ILS', cells: [] });
}
