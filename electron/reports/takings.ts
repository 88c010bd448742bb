import { formatTime } from '../../shared/domain/dates.ts';
import type { ReportCell, ReportRow, Words } from '../../shared/domain/reports/report.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { ScopeParameters } from './entries.ts';
import { failedFrom, receiptsWhere, undoneFrom } from './entries.ts';

type By = 'date' | 'person' | 'hour';

const hourMs = 3_600_000;

/** What the entries are grouped by: of the receipt, of what took it back, of the entry that reversed its cheque. */
const groups: Readonly<Record<By, readonly [receipt: string, undone: string, failed: string]>> = {
  date: ['p.business_date', 'u.business_date', 'e.business_date'],
  person: ['p.user_id', 'u.user_id', 'e.user_id'],
  // Gaza is whole hours east of Greenwich, so an hour here is an hour there; which one is asked per hour.
  hour: [`p.at_ms / ${hourMs}`, `u.at_ms / ${hourMs}`, `e.at_ms / ${hourMs}`],
};

type Sums = {
  receipts: number;
  taken: number;
  kept: number;
  undoneCount: number;
  undone: number;
  failed: number;
};
type Row = { readonly key: string | number } & Partial<Sums>;

/** SQL: the credit that change became is no part of a receipt's total, but of what was put on the counter for it. */
export const keptOf = (payment: string): string =>
  `coalesce((SELECT sum(k.minor) FROM payment_lines k WHERE k.payment_id = ${payment} AND k.kind = 'changeCredit'), 0)`;

/** Takings by date, person or hour: receipts less what was taken back and what failed. Agorot. */
export function takingsBy(db: ReadDb, by: By, parameters: ScopeParameters): ReportRow[] {
  const [receipt, undone, failed] = groups[by];
  const rows = [
    `SELECT ${receipt} AS key, count(*) AS receipts, sum(p.total_minor) AS taken
       FROM payments p WHERE ${receiptsWhere} GROUP BY 1`,
    `SELECT ${receipt} AS key, sum(k.minor) AS kept
       FROM payment_lines k CROSS JOIN payments p ON p.id = k.payment_id
      WHERE k.kind = 'changeCredit' AND k.payment_id BETWEEN @firstId AND @lastId AND ${receiptsWhere} GROUP BY 1`,
    `SELECT ${undone} AS key, count(*) AS undoneCount, sum(p.total_minor + ${keptOf('p.id')}) AS undone
       FROM ${undoneFrom} GROUP BY 1`,
    `SELECT ${failed} AS key, sum(e.value_minor) AS failed FROM ${failedFrom} GROUP BY 1`,
  ].flatMap((sql) => prepared<Row>(db, sql).all(parameters));

  const sums = new Map<string | number, Sums>();
  for (const { key, ...part } of rows) {
    const group = by === 'hour' ? formatTime(Number(key) * hourMs).slice(0, 2) : key;
    const sum = sums.get(group) ?? { receipts: 0, taken: 0, kept: 0, undoneCount: 0, undone: 0, failed: 0 };
    for (const [name, value] of Object.entries(part)) sum[name as keyof Sums] += value;
    sums.set(group, sum);
  }
  const named = by === 'person' ? peopleOf(db) : null;
  return [...sums]
    .map(([key, sum]) => ({ key, sum, label: labelOf(key, by, named) }))
    .sort((a, b) => orderOf(a.key, by).localeCompare(orderOf(b.key, by)))
    .map(({ label, sum }) => ({
      currency: 'ILS',
      cells: [
        label,
        sum.receipts,
        sum.taken,
        sum.kept,
        sum.undoneCount,
        none(-sum.undone),
        none(-sum.failed),
        sum.taken + sum.kept - sum.undone - sum.failed,
      ],
    }));
}

/** Never minus nothing. */
export function none(minor: number): number {
  return minor === 0 ? 0 : minor;
}

function labelOf(key: string | number, by: By, people: ReadonlyMap<number, Words> | null): ReportCell {
  if (by === 'hour') return `${key}:00`;
  return people?.get(Number(key)) ?? String(key);
}

/** A business day goes on until four: the hours after midnight come last. */
function orderOf(key: string | number, by: By): string {
  if (by === 'hour') return String(Number(key) < 4 ? Number(key) + 24 : key).padStart(2, '0');
  return String(key).padStart(10, '0');
}

/** Everybody's names, by id. */
export function peopleOf(db: ReadDb): ReadonlyMap<number, Words> {
  return new Map(
    prepared<{ id: number; ar: string; en: string }>(db, 'SELECT id, name_ar AS ar, name_en AS en FROM users')
      .all()
      .map(({ id, ...words }) => [id, words]),
  );
}
