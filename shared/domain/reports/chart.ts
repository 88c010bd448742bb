import { formatDate } from '../dates.ts';
import type { Language } from '../dates.ts';
import { definitions } from './definitions.ts';
import type { ReportTable, Words } from './report.ts';
import { cellText } from './sentence.ts';
import { columnIndex } from './table.ts';

/** One bar, or one pile of bars; agorot in the order of the series. */
export type ChartPoint = { readonly label: string; readonly values: readonly number[] };

export type ReportDrawing = {
  /** Names stand beside lying bars, dates and hours below standing ones. */
  readonly lies: boolean;
  readonly series: readonly string[];
  readonly points: readonly ChartPoint[];
};

/** More names than these are not told apart: the rest are one bar. */
const mostNames = 9;
const others: Words = { ar: 'غير ذلك', en: 'Others' };

/** What is drawn of a report: rows of one label added up; names by size, dates and hours as they follow each other. */
export function drawingOf(table: ReportTable, language: Language): ReportDrawing {
  const { chart, columns } = definitions[table.query.report];
  const labelIndex = columnIndex(table, chart.label);
  const label = columns[labelIndex];
  const indexes = chart.values.map((key) => columnIndex(table, key));
  const sums = new Map<string, number[]>();
  for (const { cells } of table.rows) {
    const cell = cells[labelIndex] ?? null;
    const name =
      label?.type === 'date' && typeof cell === 'string'
        ? formatDate(cell, language).replace(/ \d{4}$/, '')
        : cellText(cell, language);
    const sum = sums.get(name) ?? indexes.map(() => 0);
    indexes.forEach((index, at) => (sum[at] = (sum[at] ?? 0) + Number(cells[index] ?? 0)));
    sums.set(name, sum);
  }
  const points = [...sums].map(([name, values]): ChartPoint => ({ label: name, values }));
  const lies = label?.type !== 'date' && chart.label !== 'hour';
  return {
    lies,
    series: indexes.map((index) => columns[index]?.title[language] ?? ''),
    points: lies ? largest(points, language) : points,
  };
}

function largest(points: readonly ChartPoint[], language: Language): ChartPoint[] {
  const size = ({ values }: ChartPoint): number => Math.abs(values[0] ?? 0);
  const sorted = points.toSorted((a, b) => size(b) - size(a));
  const rest = sorted.slice(mostNames);
  if (rest.length === 0) return sorted;
  const sum = rest.reduce((all, { values }) => all + (values[0] ?? 0), 0);
  return [...sorted.slice(0, mostNames), { label: others[language], values: [sum] }];
}
