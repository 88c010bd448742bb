import type { ShiftReceipt } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** As many as are told at once. */
const page = 500;

/** The receipts behind a shift's figures in their order, from after one on. */
export function listShiftReceipts(db: ReadDb, shiftId: number, afterId: number): ShiftReceipt[] {
  return prepared<ShiftReceipt>(
    db,
    `SELECT p.id AS paymentId, p.receipt_number AS receiptNumber, p.payer_name AS payerName,
            a.number AS accountNumber, p.total_minor AS totalMinor, p.at_ms AS atMs, u.kind AS undone
       FROM payments p LEFT JOIN accounts a ON a.id = p.account_id
       LEFT JOIN undone_payments u ON u.payment_id = p.id
      WHERE p.shift_id = ? AND p.id > ? ORDER BY p.id LIMIT ${page}`,
  ).all(shiftId, afterId);
}
