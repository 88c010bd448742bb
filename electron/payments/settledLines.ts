import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** A receipt's line as it counts now; agorot. */
export type SettledLine = { readonly minor: number } & (
  | { readonly kind: 'bill'; readonly accountId: number; readonly billId: number; readonly serviceCode: null }
  | {
      readonly kind: 'advance' | 'changeCredit';
      readonly accountId: number;
      readonly billId: null;
      readonly serviceCode: null;
    }
  | {
      readonly kind: 'fee';
      readonly accountId: number | null;
      readonly billId: null;
      readonly serviceCode: string;
    }
);

/**
 * The lines of receipts as they count now: where a part of a bill's line became surplus, the line is that much less and
 * the part is a payment on account. Whoever takes a payment back, or adds payments up, reads this and not payment_lines.
 */
export const settledLinesSql = `
  SELECT l.payment_id, l.line, l.kind, l.account_id, l.bill_id, l.service_code,
         l.minor - coalesce((SELECT sum(s.minor) FROM surplus_lines s
           WHERE s.payment_id = l.payment_id AND s.line = l.line), 0) AS minor
    FROM payment_lines l
  UNION ALL
  SELECT l.payment_id, l.line, 'advance', l.account_id, NULL, NULL, s.minor
    FROM surplus_lines s JOIN payment_lines l ON l.payment_id = s.payment_id AND l.line = s.line`;

/** The receipt's lines as they count now, in their order; none of nothing. */
export function listSettledLines(db: ReadDb, paymentId: number): SettledLine[] {
  return prepared<SettledLine>(
    db,
    `SELECT kind, account_id AS accountId, bill_id AS billId, service_code AS serviceCode, minor
       FROM (${settledLinesSql}) WHERE payment_id = ? AND minor <> 0 ORDER BY line, kind DESC`,
  ).all(paymentId);
}

/** What a receipt that stands has paid of one bill, as it counts now; agorot. */
export type BillPart = {
  readonly paymentId: number;
  readonly receiptNumber: string;
  readonly line: number;
  readonly minor: number;
  /** How much of it is surely money: a waiver among the tenders may have settled this line. */
  readonly moneyMinor: number;
};

/** What was paid of a bill at this till and stands, the newest receipt first, less what came to nothing since. */
export function listBillParts(db: ReadDb, accountId: number, billId: number): BillPart[] {
  return prepared<Omit<BillPart, 'moneyMinor'> & { readonly waivedMinor: number }>(
    db,
    `SELECT l.payment_id AS paymentId, p.receipt_number AS receiptNumber, l.line,
            l.minor
              - coalesce((SELECT sum(s.minor) FROM surplus_lines s
                  WHERE s.payment_id = l.payment_id AND s.line = l.line), 0)
              - coalesce((SELECT sum(r.minor) FROM reversing_lines r JOIN reversing_entries e ON e.id = r.entry_id
                  WHERE e.payment_id = l.payment_id AND r.kind = 'bill' AND r.account_id = l.account_id
                    AND r.bill_id = l.bill_id), 0) AS minor,
            coalesce((SELECT sum(t.value_minor) FROM payment_tenders t
              WHERE t.payment_id = l.payment_id AND t.kind = 'waiver'), 0) AS waivedMinor
       FROM payment_lines l JOIN payments p ON p.id = l.payment_id
      WHERE l.account_id = ? AND l.bill_id = ?
        AND NOT EXISTS (SELECT 1 FROM undone_payments u WHERE u.payment_id = l.payment_id)
      ORDER BY l.payment_id DESC`,
  )
    .all(accountId, billId)
    .filter(({ minor }) => minor > 0)
    .map(({ waivedMinor, ...part }) => ({ ...part, moneyMinor: Math.max(0, part.minor - waivedMinor) }));
}
