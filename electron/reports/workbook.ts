import type { CellObject, Row } from 'write-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import type { Language } from '../../shared/domain/dates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { minorDigits } from '../../shared/domain/money.ts';
import { definitions, hasTotal, totalWords } from '../../shared/domain/reports/definitions.ts';
import type { ReportCell, ReportColumn, ReportRow, ReportTable } from '../../shared/domain/reports/report.ts';
import { periodText, reportSentence } from '../../shared/domain/reports/sentence.ts';
import { currencyOf } from '../../shared/domain/reports/table.ts';

/** Lines above the names of the columns. */
const headLines = 4;

const ink = '#ffffff';
const slab = '#1c3a36';
const shade = '#e9efe9';

/**
 * The report as a workbook: from right to left in Arabic, figures and dates as what they are, totals as formulas, so that
 * who takes a row out sees the sum follow.
 */
export async function reportWorkbook(
  table: ReportTable,
  language: Language,
  letterhead: string,
): Promise<Uint8Array> {
  const { columns, title } = definitions[table.query.report];
  const head: Row[] = [
    [{ value: title[language], fontWeight: 'bold', fontSize: 15 }],
    [{ value: [letterhead, periodText(table.query, language)].filter((text) => text !== '').join(' – ') }],
    [{ value: reportSentence(table, language) }],
    [],
  ];
  const names: Row = columns.map((column) => ({
    value: column.title[language],
    fontWeight: 'bold',
    textColor: ink,
    backgroundColor: slab,
    wrap: true,
    alignVertical: 'center',
    align: isFigure(column) ? 'right' : startOf(language),
  }));
  const rows = table.rows.map((row) =>
    columns.map((column, index) => cellOf(row.cells[index] ?? null, column, row, language)),
  );
  const data = [...head, names, ...rows];
  if (rows.length > 0) data.push(totalsOf(columns, rows.length, language));
  const buffer = await writeWorkbook(data, {
    sheet: title[language].slice(0, 31),
    rightToLeft: language === 'ar',
    stickyRowsCount: headLines + 1,
    orientation: 'landscape',
    columns: columns.map((column) => ({ width: column.type === 'text' ? 24 : 16 })),
  }).toBuffer();
  return new Uint8Array(buffer);
}

/** Sums of what stands above, as the program that opens the file reckons them. */
function totalsOf(columns: readonly ReportColumn[], rows: number, language: Language): Row {
  const [first, last] = [headLines + 2, headLines + 1 + rows];
  return columns.map((column, index): CellObject => {
    const style = { fontWeight: 'bold', backgroundColor: shade, topBorderStyle: 'thin' } as const;
    if (index === 0) return { ...style, value: totalWords[language] };
    if (!hasTotal(column)) return { ...style, value: '' };
    const letter = columnLetter(index);
    return {
      ...style,
      type: 'Formula',
      value: `SUM(${letter}${first}:${letter}${last})`,
      format: column.type === 'money' ? formatOf(currencyOf(column, { currency: 'ILS' })) : '#,##0',
    };
  });
}

/** 'A', 'B' … : no report has more than 26 columns. */
export function columnLetter(index: number): string {
  return String.fromCodePoint(65 + index);
}

export function formatOf(currency: Currency): string {
  return `#,##0.${'0'.repeat(minorDigits[currency])}`;
}

/** Minor units as the number that stands in the cell. */
export function inCell(minor: number, currency: Currency): CellObject {
  return { type: Number, value: minor / 10 ** minorDigits[currency], format: formatOf(currency) };
}

/** A calendar date has no zone: the library writes the day that it is in Greenwich. */
export function dateInCell(date: string): CellObject {
  return { type: Date, value: new Date(`${date}T00:00:00Z`), format: 'dd/mm/yyyy', align: 'center' };
}

function cellOf(
  cell: ReportCell,
  column: ReportColumn,
  row: ReportRow,
  language: Language,
): CellObject | null {
  if (cell === null) return null;
  if (typeof cell === 'object') return { type: String, value: cell[language] || cell.ar };
  if (typeof cell === 'string')
    return column.type === 'date' ? dateInCell(cell) : { type: String, value: cell };
  return column.type === 'money'
    ? inCell(cell, currencyOf(column, row))
    : { type: Number, value: cell, format: '#,##0' };
}

function isFigure(column: ReportColumn): boolean {
  return column.type === 'money' || column.type === 'count';
}

function startOf(language: Language): 'left' | 'right' {
  return language === 'ar' ? 'right' : 'left';
}
