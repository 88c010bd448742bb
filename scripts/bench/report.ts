import type { Spread } from './statistics.ts';

/** One line of the bench's table and one object of its JSON. Times are milliseconds. */
export type Row = {
  readonly name: string;
  readonly unit: 'ms';
  readonly p50: number;
  readonly p95: number;
  /** What the act can't be quicker than, measured in the same run: its 95th percentile, or the median where the goal is about that. */
  readonly limit: number | null;
  /** The same percentile of the act against the limit. */
  readonly ratio: number | null;
  readonly goal: string;
  readonly ok: boolean;
};

type Figures = { readonly p50: number; readonly p95: number; readonly limit: number; readonly ratio: number };

export type Goal = {
  readonly text: string;
  readonly isMet: (figures: Figures) => boolean;
};

/**
 * @param limit the spread of what it is measured against; null where the goal is a time alone
 * @param by which percentile is set against the limit's
 */
export function rowOf(
  name: string,
  spread: Spread,
  limit: Spread | null,
  goal: Goal,
  by: 'p50' | 'p95' = 'p95',
): Row {
  const ratio = limit === null ? null : spread[by] / limit[by];
  return {
    name,
    unit: 'ms',
    p50: rounded(spread.p50),
    p95: rounded(spread.p95),
    limit: limit === null ? null : rounded(limit[by]),
    ratio: ratio === null ? null : rounded(ratio),
    goal: goal.text,
    ok: goal.isMet({ ...spread, limit: limit?.[by] ?? Number.NaN, ratio: ratio ?? Number.NaN }),
  };
}

/** What is only there to be read beside the others. */
export const noGoal: Goal = { text: '—', isMet: () => true };

const headings = ['', 'p50 ms', 'p95 ms', 'limit', 'ratio', 'goal', ''];

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    figure(row.p50),
    figure(row.p95),
    figure(row.limit),
    row.ratio === null ? '' : `${figure(row.ratio)}×`,
    row.goal,
    row.goal === noGoal.text ? '' : row.ok ? 'met' : 'MISSED',
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const isFigure = (column: number) => column >= 1 && column <= 4;
  return [headings, ...cells]
    .map((line) =>
      line
        .map((text, column) =>
          isFigure(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function figure(value: number | null): string {
  if (value === null) return '';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
