import { createHash, verify as verifySignature } from 'node:crypto';
import { z } from 'zod';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { receiptNumber } from '../../shared/domain/receipt.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import { receiptQrText, splitReceiptQr } from '../../shared/domain/receiptQr.ts';
import type { VerifyProblem } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Problem } from './verify.ts';
import { publicKeys } from './publicKeys.ts';

/** What a payment's entry must say; unknown fields of later versions pass. */
const paymentBody = z.looseObject({
  paymentId: z.number().int(),
  requestId: z.string(),
  receiptNumber: z.string(),
  year: z.number().int(),
  receiptSequence: z.number().int(),
  shiftId: z.number().int(),
  accountId: z.number().int(),
  accountNumber: z.string(),
  payer: z.string(),
  currency: z.enum(['ILS', 'JOD', 'USD']),
  totalMinor: z.number().int().positive(),
  changeMinor: z.number().int().nonnegative(),
  tenders: z.array(
    z.looseObject({
      kind: z.string(),
      currency: z.string(),
      receivedMinor: z.number().int().positive(),
    }),
  ),
  allocations: z.array(z.looseObject({ billId: z.number().int(), minor: z.number().int().positive() })),
  printJobId: z.number().int(),
  receiptSha256: z.string(),
});
type PaymentBody = z.infer<typeof paymentBody>;

type PaymentRow = {
  readonly number: string;
  readonly requestId: string;
  readonly payer: string;
  readonly till: string;
  readonly year: number;
  readonly sequence: number;
  readonly shiftId: number;
  readonly accountId: number;
  readonly userId: number;
  readonly atMs: number;
  readonly businessDate: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly changeMinor: number;
};

/** Compares each payment's signed entry with the rows, the receipt and the series. */
export function createPaymentCheck(db: ReadDb) {
  const keys = publicKeys(db);
  const series = new Map<string, number>();
  let count = 0;
  const findPayment = db.prepare<[number], PaymentRow>(
    `SELECT receipt_number AS number, request_id AS requestId, payer_name AS payer, till_code AS till, receipt_year AS year, receipt_sequence AS sequence,
            shift_id AS shiftId, account_id AS accountId, user_id AS userId, at_ms AS atMs,
            business_date AS businessDate, currency, total_minor AS totalMinor, change_minor AS changeMinor
       FROM payments WHERE id = ?`,
  );
  const listTenders = db.prepare<[number], { kind: string; currency: string; receivedMinor: number }>(
    'SELECT kind, currency, received_minor AS receivedMinor FROM payment_tenders WHERE payment_id = ? ORDER BY line',
  );
  const listAllocations = db.prepare<[number], { billId: number; minor: number }>(
    'SELECT bill_id AS billId, minor FROM payment_allocations WHERE payment_id = ? ORDER BY line',
  );
  const findContent = db.prepare<[number], { content: string | null }>(
    'SELECT content FROM print_jobs WHERE payment_id = ? AND copy_number = 0',
  );

  function check(entry: JournalEntry): Problem | null {
    const problem = (kind: VerifyProblem, detail: string): Problem => ({
      sequence: entry.sequence,
      kind,
      detail,
    });
    const parsed = paymentBody.safeParse(entry.body);
    if (!parsed.success) return problem('unreadable', 'the payment has not the fields of a payment');
    const body = parsed.data;
    const key = `${entry.till}-${body.year}`;
    const expected = (series.get(key) ?? 0) + 1;
    if (body.receiptNumber !== receiptNumber(entry.till, body.year, body.receiptSequence))
      return problem('numberGap', `${body.receiptNumber} is not of this series`);
    if (body.receiptSequence < expected) return problem('numberRepeated', body.receiptNumber);
    if (body.receiptSequence > expected)
      return problem('numberGap', `${body.receiptNumber} after ${expected - 1}`);
    series.set(key, expected);
    count += 1;
    if (!addsUp(body)) return problem('sumWrong', body.receiptNumber);
    const difference = differsFromRows(entry, body);
    if (difference !== null) return problem('rowsDiffer', `${body.receiptNumber}: ${difference}`);
    const receiptProblem = checkReceipt(entry, body);
    return receiptProblem === null ? null : problem(receiptProblem, body.receiptNumber);
  }

  function differsFromRows(entry: JournalEntry, body: PaymentBody): string | null {
    const row = findPayment.get(body.paymentId);
    if (row === undefined) return 'the payment is gone';
    const said: PaymentRow = {
      number: body.receiptNumber,
      requestId: body.requestId,
      payer: body.payer,
      till: entry.till,
      year: body.year,
      sequence: body.receiptSequence,
      shiftId: body.shiftId,
      accountId: body.accountId,
      userId: entry.actor?.id ?? 0,
      atMs: entry.atMs,
      businessDate: entry.businessDate,
      currency: body.currency,
      totalMinor: body.totalMinor,
      changeMinor: body.changeMinor,
    };
    for (const field of Object.keys(said) as (keyof PaymentRow)[])
      if (said[field] !== row[field]) return field;
    const tenders = body.tenders.map(({ kind, currency, receivedMinor }) => [kind, currency, receivedMinor]);
    const tenderRows = listTenders
      .all(body.paymentId)
      .map(({ kind, currency, receivedMinor }) => [kind, currency, receivedMinor]);
    if (JSON.stringify(tenders) !== JSON.stringify(tenderRows)) return 'tenders';
    const allocations = body.allocations.map(({ billId, minor }) => [billId, minor]);
    const allocationRows = listAllocations.all(body.paymentId).map(({ billId, minor }) => [billId, minor]);
    return JSON.stringify(allocations) === JSON.stringify(allocationRows) ? null : 'allocations';
  }

  function checkReceipt(entry: JournalEntry, body: PaymentBody): VerifyProblem | null {
    const content = findContent.get(body.paymentId)?.content;
    if (content === undefined || content === null) return 'rowsDiffer';
    if (createHash('sha256').update(content).digest('hex') !== body.receiptSha256) return 'rowsDiffer';
    const receipt = JSON.parse(content) as ReceiptContent;
    if (receipt.number !== body.receiptNumber || receipt.totalMinor !== body.totalMinor) return 'rowsDiffer';
    const qr = splitReceiptQr(receipt.qr);
    const key = qr === null ? undefined : keys.get(qr.keyId);
    if (qr === null || key === undefined) return 'qrWrong';
    const signature = Buffer.from(qr.signature, 'base64url');
    if (!verifySignature(null, Buffer.from(qr.signed, 'utf8'), key, signature)) return 'qrWrong';
    const said = receiptQrText({
      keyId: entry.key,
      number: body.receiptNumber,
      atMs: entry.atMs,
      currency: body.currency,
      totalMinor: body.totalMinor,
      accountNumber: body.accountNumber,
      // The paper points to the entry before the payment's own.
      link: entry.previous.slice(0, 16),
    });
    return said === qr.signed ? null : 'qrWrong';
  }

  /** What only the whole can say: no payment without an entry, series as far as they say, bills paid as allocated. */
  function finish(): Problem | null {
    const rows = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM payments').get()?.n ?? 0;
    if (rows !== count)
      return {
        sequence: null,
        kind: 'rowsDiffer',
        detail: `${rows} payments, ${count} of them in the journal`,
      };
    const lastNumbers = new Map(
      db
        .prepare<[], { key: string; last: number }>(
          `SELECT till_code || '-' || year AS key, last_sequence AS last FROM receipt_series`,
        )
        .all()
        .map(({ key, last }) => [key, last]),
    );
    for (const key of new Set([...series.keys(), ...lastNumbers.keys()])) {
      const [signed, kept] = [series.get(key) ?? 0, lastNumbers.get(key) ?? 0];
      if (signed !== kept)
        return { sequence: null, kind: 'numberGap', detail: `${key} ends at ${signed}, kept is ${kept}` };
    }
    const bill = db
      .prepare<[], { number: string }>(
        `SELECT b.number FROM (SELECT account_id, bill_id, sum(minor) AS minor FROM payment_allocations
           GROUP BY account_id, bill_id) paid
         JOIN bills b ON b.account_id = paid.account_id AND b.id = paid.bill_id
         WHERE paid.minor > b.paid_minor LIMIT 1`,
      )
      .get();
    if (bill !== undefined)
      return {
        sequence: null,
        kind: 'sumWrong',
        detail: `bill ${bill.number} is paid less than its receipts say`,
      };
    const card = db
      .prepare<[], { number: string }>(
        `SELECT d.number FROM account_cards d
         WHERE d.owed_minor <> (SELECT coalesce(sum(b.amount_minor - b.paid_minor), 0) FROM bills b
           WHERE b.account_id = d.account_id) LIMIT 1`,
      )
      .get();
    return card === undefined
      ? null
      : { sequence: null, kind: 'sumWrong', detail: `account ${card.number} owes other than its bills say` };
  }

  return { check, finish, count: () => count };
}

/** Money in = money allocated + change, to the minor unit. */
function addsUp(body: PaymentBody): boolean {
  const received = body.tenders.reduce((sum, tender) => sum + tender.receivedMinor, 0);
  const allocated = body.allocations.reduce((sum, allocation) => sum + allocation.minor, 0);
  return allocated === body.totalMinor && received === body.totalMinor + body.changeMinor;
}
