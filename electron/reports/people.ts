import type { Currency } from '../../shared/domain/money.ts';
import type { ReportRow, Words } from '../../shared/domain/reports/report.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { ScopeParameters } from './entries.ts';
import { receiptsWhere, undoneFrom } from './entries.ts';
import { keptOf, peopleOf } from './takings.ts';

const nobody: Words = { ar: '', en: '' };

type Waived = {
  readonly date: string;
  readonly decision: string | null;
  readonly decisionOn: string | null;
  readonly receipt: string;
  readonly payer: string;
  readonly userId: number;
  readonly minor: number;
};

const ofWaiver = `json_extract(t.details, '$.decisionNumber') AS decision,
  json_extract(t.details, '$.decisionOn') AS decisionOn, p.receipt_number AS receipt, p.payer_name AS payer`;

/** Each waiver with the number of its decision; one that was taken back is an entry of that date, with its minus. */
export function facilitationsReport(db: ReadDb, parameters: ScopeParameters): ReportRow[] {
  const people = peopleOf(db);
  return [
    `SELECT p.business_date AS date, ${ofWaiver}, p.user_id AS userId, t.value_minor AS minor
       FROM payments p JOIN payment_tenders t ON t.payment_id = p.id
      WHERE t.kind = 'waiver' AND ${receiptsWhere} ORDER BY 1, p.id, t.line`,
    `SELECT p.date, ${ofWaiver}, p.userId, -t.value_minor AS minor
       FROM (SELECT p.id, p.receipt_number, p.payer_name, u.user_id AS userId, u.business_date AS date
               FROM ${undoneFrom}) p
       JOIN payment_tenders t ON t.payment_id = p.id
      WHERE t.kind = 'waiver' ORDER BY 1, p.id, t.line`,
  ]
    .flatMap((sql) => prepared<Waived>(db, sql).all(parameters))
    .sort((a, b) => a.date.localeCompare(b.date))
    .map(({ date, decision, decisionOn, receipt, payer, userId, minor }) => ({
      currency: 'ILS',
      cells: [date, decision, decisionOn, receipt, payer, people.get(userId) ?? nobody, minor],
    }));
}

type Undone = {
  readonly date: string;
  readonly userId: number;
  readonly voids: number;
  readonly voided: number;
  readonly reversals: number;
  readonly reversed: number;
};

/** Receipts taken back, of each date and person who took them back; their totals. Agorot. */
export function undoneReport(db: ReadDb, parameters: ScopeParameters): ReportRow[] {
  const people = peopleOf(db);
  return prepared<Undone>(
    db,
    `SELECT u.business_date AS date, u.user_id AS userId, sum(u.kind = 'void') AS voids,
            sum(iif(u.kind = 'void', p.total_minor + ${keptOf('p.id')}, 0)) AS voided, sum(u.kind = 'reversal') AS reversals,
            sum(iif(u.kind = 'reversal', p.total_minor + ${keptOf('p.id')}, 0)) AS reversed
       FROM ${undoneFrom} GROUP BY 1, 2 ORDER BY 1, 2`,
  )
    .all(parameters)
    .map(({ date, userId, voids, voided, reversals, reversed }) => ({
      currency: 'ILS',
      cells: [date, people.get(userId) ?? nobody, voids, voided, reversals, reversed],
    }));
}

type Difference = {
  readonly shiftId: number;
  readonly date: string;
  readonly userId: number;
  readonly till: string;
  readonly currency: Currency;
  readonly minor: number;
};

/** What closed shifts counted over or short, each currency apart, by their last count; those that were right are not there. */
export function differencesReport(db: ReadDb, parameters: ScopeParameters): ReportRow[] {
  const people = peopleOf(db);
  const shifts = new Map<number, Difference[]>();
  const found = prepared<Difference>(
    db,
    `SELECT s.id AS shiftId, s.business_date AS date, s.user_id AS userId, s.till_code AS till, r.currency,
            r.difference_minor AS minor
       FROM shifts s JOIN z_reports z ON z.shift_id = s.id
       JOIN count_results r ON r.count_id = coalesce((SELECT b.count_id FROM returned_shifts b
         WHERE b.shift_id = s.id AND b.count_id IS NOT NULL ORDER BY b.id DESC LIMIT 1), z.count_id)
      WHERE s.business_date BETWEEN @from AND @to AND (@till IS NULL OR s.till_code = @till)
        AND (@cashier IS NULL OR s.user_id = @cashier) AND r.difference_minor <> 0
      ORDER BY s.business_date, s.id`,
  ).all(parameters);
  for (const one of found) shifts.set(one.shiftId, [...(shifts.get(one.shiftId) ?? []), one]);
  return [...shifts.values()].map((lines) => {
    const [first] = lines;
    const of = (currency: Currency): number | null =>
      lines.find((line) => line.currency === currency)?.minor ?? null;
    return {
      currency: 'ILS',
      cells: [
        first?.date ?? null,
        people.get(first?.userId ?? 0) ?? nobody,
        first?.till ?? null,
        of('ILS'),
        of('JOD'),
        of('USD'),
      ],
    };
  });
}
