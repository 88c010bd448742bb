import type { UndoneView } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/**
 * The report of receipts taken back: who, why, when, approved by whom; newest first.
 * @param from 'YYYY-MM-DD', the first business date of it @param to the last
 */
export function listUndone(db: ReadDb, from: string, to: string): UndoneView[] {
  return prepared<UndoneView>(
    db,
    `SELECT p.id AS paymentId, p.receipt_number AS receiptNumber, u.kind, u.reason, u.explanation,
            p.total_minor AS totalMinor, p.payer_name AS payerName, p.at_ms AS takenAtMs, u.at_ms AS atMs,
            person.name_ar AS byAr, person.name_en AS byEn,
            approver.name_ar AS approvedByAr, approver.name_en AS approvedByEn
       FROM undone_payments u JOIN payments p ON p.id = u.payment_id
       JOIN users person ON person.id = u.user_id
       JOIN approvals a ON a.id = u.approval_id JOIN users approver ON approver.id = a.approver_id
      WHERE u.business_date BETWEEN ? AND ? ORDER BY u.id DESC`,
  ).all(from, to);
}
