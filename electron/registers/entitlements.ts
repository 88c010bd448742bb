import type { EntitlementView } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

const shown = 5_000;

/** Everything paid from entitlements, newest first; of one month ('YYYY-MM') or of all. Amounts are agorot. */
export function listEntitlements(db: ReadDb, month: string | null): EntitlementView[] {
  return prepared<Omit<EntitlementView, 'isUndone'> & { isUndone: number }>(
    db,
    `SELECT p.id AS paymentId, p.receipt_number AS receiptNumber, p.payer_name AS payerName, a.number AS accountNumber,
            json_extract(t.details, '$.employeeNumber') AS employeeNumber, json_extract(t.details, '$.month') AS month,
            json_extract(t.details, '$.letterNumber') AS letterNumber, t.value_minor AS minor,
            p.business_date AS businessDate,
            EXISTS (SELECT 1 FROM undone_payments u WHERE u.payment_id = p.id) AS isUndone
       FROM payment_tenders t JOIN payments p ON p.id = t.payment_id LEFT JOIN accounts a ON a.id = p.account_id
      WHERE t.kind = 'entitlement' AND (@month IS NULL OR json_extract(t.details, '$.month') = @month)
      ORDER BY p.id DESC LIMIT ${shown}`,
  )
    .all({ month })
    .map((row) => ({ ...row, isUndone: row.isUndone === 1 }));
}
