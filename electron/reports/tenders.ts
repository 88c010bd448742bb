import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import { currencyWords, roundingWords, tenderWords } from '../../shared/domain/reports/definitions.ts';
import type { ReportRow } from '../../shared/domain/reports/report.ts';
import { tenderKinds } from '../../shared/domain/tender.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { ScopeParameters } from './entries.ts';
import { failedFrom, receiptsWhere, undoneFrom } from './entries.ts';
import { none } from './takings.ts';

type Sum = { times: number; received: number; change: number; returned: number; value: number };
type Part = { readonly kind: string; readonly currency: Currency } & Partial<Sum>;

/**
 * What came in by each way of paying, by 'kind currency': in its own currency and in agorot at the frozen rates, less change,
 * less what was given back or failed. Rounding is one of them, so that the sum is that of the receipts.
 */
export function tenderSums(db: ReadDb, parameters: ScopeParameters): ReadonlyMap<string, Readonly<Sum>> {
  const parts = [
    `SELECT t.kind, t.currency, count(*) AS times, sum(t.received_minor) AS received, sum(t.value_minor) AS value
       FROM payments p JOIN payment_tenders t ON t.payment_id = p.id WHERE ${receiptsWhere} GROUP BY 1, 2`,
    `SELECT 'cash' AS kind, c.currency, sum(c.minor) AS change, -sum(c.value_minor) AS value
       FROM payment_change c CROSS JOIN payments p ON p.id = c.payment_id
      WHERE c.payment_id BETWEEN @firstId AND @lastId AND ${receiptsWhere} GROUP BY 2`,
    `SELECT t.kind, t.currency, sum(t.received_minor) AS returned, -sum(t.value_minor) AS value
       FROM payment_tenders t JOIN (SELECT p.id FROM ${undoneFrom}) u ON u.id = t.payment_id GROUP BY 1, 2`,
    `SELECT 'cash' AS kind, c.currency, -sum(c.minor) AS returned, sum(c.value_minor) AS value
       FROM payment_change c JOIN (SELECT p.id FROM ${undoneFrom}) u ON u.id = c.payment_id GROUP BY 2`,
    `SELECT t.kind, t.currency, sum(t.received_minor) AS returned, -sum(t.value_minor) AS value
       FROM payment_tenders t JOIN (SELECT p.id, e.tender_line AS line FROM ${failedFrom}) f
         ON f.id = t.payment_id AND f.line = t.line GROUP BY 1, 2`,
    `SELECT 'rounding' AS kind, 'ILS' AS currency, -sum(p.rounding_minor) AS value
       FROM payments p WHERE ${receiptsWhere} HAVING sum(p.rounding_minor) <> 0`,
    `SELECT 'rounding' AS kind, 'ILS' AS currency, sum(p.rounding_minor) AS value
       FROM ${undoneFrom} GROUP BY 1 HAVING sum(p.rounding_minor) <> 0`,
  ].flatMap((sql) => prepared<Part>(db, sql).all(parameters));

  const sums = new Map<string, Sum>();
  for (const { kind, currency, ...part } of parts) {
    const key = `${kind} ${currency}`;
    const sum = sums.get(key) ?? { times: 0, received: 0, change: 0, returned: 0, value: 0 };
    for (const [name, value] of Object.entries(part)) sum[name as keyof Sum] += value;
    sums.set(key, sum);
  }
  return sums;
}

export function tendersReport(db: ReadDb, parameters: ScopeParameters): ReportRow[] {
  const sums = tenderSums(db, parameters);
  const rows = tenderKinds.flatMap((kind) =>
    currencies.flatMap((currency): ReportRow[] => {
      const sum = sums.get(`${kind} ${currency}`);
      if (sum === undefined) return [];
      const own = sum.received - sum.change - sum.returned;
      const cells = [none(-sum.change), none(-sum.returned), own, sum.value];
      return [
        {
          currency,
          cells: [tenderWords[kind] ?? kind, currencyWords[currency], sum.times, sum.received, ...cells],
        },
      ];
    }),
  );
  const rounding = sums.get('rounding ILS');
  if (rounding !== undefined && rounding.value !== 0)
    rows.push({
      currency: 'ILS',
      cells: [roundingWords, currencyWords.ILS, null, null, null, null, null, rounding.value],
    });
  return rows;
}
