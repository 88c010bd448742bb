import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';
import { fold } from '../../shared/domain/folding.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import { splitReceiptQr } from '../../shared/domain/receiptQr.ts';
import { refuse } from '../../shared/errors.ts';
import type { PrintState, ReceiptSummary } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

const summaries = `SELECT p.id AS paymentId, p.receipt_number AS number, p.at_ms AS atMs, p.business_date AS businessDate,
    p.total_minor AS totalMinor, p.payer_name AS payerName, a.number AS accountNumber,
    u.name_ar AS cashierAr, u.name_en AS cashierEn,
    (SELECT state FROM print_jobs WHERE payment_id = p.id AND document = 'receipt' AND copy_number = 0) AS printState,
    (SELECT count(*) FROM print_jobs WHERE payment_id = p.id AND document = 'receipt' AND copy_number > 0)
      + (SELECT count(*) FROM saved_documents saved JOIN print_jobs original ON original.id = saved.job_id
          WHERE original.payment_id = p.id AND original.document = 'receipt') AS copies,
    (SELECT kind FROM undone_payments WHERE payment_id = p.id) AS undone
  FROM payments p LEFT JOIN accounts a ON a.id = p.account_id JOIN users u ON u.id = p.user_id`;

type SummaryRow = Omit<ReceiptSummary, 'printState'> & { readonly printState: PrintState | null };

function summaryOf(row: SummaryRow): ReceiptSummary {
  return { ...row, printState: row.printState ?? 'intended' };
}

/** How far back a search by the payer's name looks: about a month of a busy hall. */
const mostRowsRead = 50_000;

/** The account's receipts, newest first. */
export function listReceiptsOfAccount(db: ReadDb, accountId: number, limit: number): ReceiptSummary[] {
  return prepared<SummaryRow>(
    db,
    `${summaries} WHERE p.id IN (SELECT DISTINCT payment_id FROM payment_lines WHERE account_id = ?
       ORDER BY payment_id DESC LIMIT ?) ORDER BY p.id DESC`,
  )
    .all(accountId, limit)
    .map(summaryOf);
}

export type StoredReceipt = {
  readonly content: ReceiptContent;
  readonly summary: ReceiptSummary;
  readonly jobId: number;
};

/** The receipt as it was frozen in its payment's transaction. @throws Refusal receipt.notFound */
export function getReceipt(db: ReadDb, paymentId: number): StoredReceipt {
  const row = prepared<SummaryRow>(db, `${summaries} WHERE p.id = ?`).get(paymentId);
  const job = prepared<{ id: number; content: string }>(
    db,
    `SELECT id, content FROM print_jobs WHERE payment_id = ? AND document = 'receipt' AND copy_number = 0`,
  ).get(paymentId);
  if (row === undefined || job === undefined) throw refuse('receipt.notFound');
  return { content: JSON.parse(job.content) as ReceiptContent, summary: summaryOf(row), jobId: job.id };
}

/** Receipts by number (or its end), scanned QR, account number or the payer's name, newest first. */
export function findReceipts(db: ReadDb, text: string, limit: number): ReceiptSummary[] {
  const wanted = (splitReceiptQr(text)?.number ?? text).trim();
  if (wanted === '')
    return prepared<SummaryRow>(db, `${summaries} ORDER BY p.id DESC LIMIT ?`).all(limit).map(summaryOf);
  // A number keeps its dashes, which folding takes out of a name.
  const number = foldDigits(stripInvisible(wanted)).toLowerCase();
  if (/\d/.test(number)) {
    return prepared<SummaryRow>(
      db,
      `${summaries} WHERE instr(lower(p.receipt_number), ?) > 0 OR lower(a.number) = ? ORDER BY p.id DESC LIMIT ?`,
    )
      .all(number, number, limit)
      .map(summaryOf);
  }
  const words = fold(wanted).split(/\s+/);
  const found: ReceiptSummary[] = [];
  const newest = db.prepare<[number], SummaryRow>(`${summaries} ORDER BY p.id DESC LIMIT ?`);
  for (const row of newest.iterate(mostRowsRead)) {
    const name = fold(row.payerName);
    if (!words.every((word) => name.includes(word))) continue;
    found.push(summaryOf(row));
    if (found.length === limit) break;
  }
  return found;
}
