import { createHash, verify as verifySignature } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { accountCurrency, valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import { leafNumber, receiptNumber } from '../../shared/domain/receipt.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import { receiptQrText, splitReceiptQr } from '../../shared/domain/receiptQr.ts';
import { tenderKinds } from '../../shared/domain/tender.ts';
import type { VerifyProblem } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import type { PrintedDocument } from '../../shared/domain/printed.ts';
import { settledLinesSql } from '../payments/settledLines.ts';
import type { Problem } from './verify.ts';
import { publicKeys } from './publicKeys.ts';

const currency = z.enum(currencies);

/** What a payment's entry must say; unknown fields of later versions pass. */
const paymentBody = z.looseObject({
  paymentId: z.number().int(),
  requestId: z.string(),
  receiptNumber: z.string(),
  /** Not said before there were several tills on one database. */
  till: z.string().optional(),
  businessDate: z.string().optional(),
  year: z.number().int(),
  receiptSequence: z.number().int(),
  book: z
    .looseObject({
      bookId: z.number().int(),
      code: z.string(),
      writtenOn: z.string(),
      writtenBy: z.number().int(),
    })
    .nullable(),
  shiftId: z.number().int(),
  accountId: z.number().int().nullable(),
  accountNumber: z.string().nullable(),
  payer: z.string(),
  currency: z.literal(accountCurrency),
  totalMinor: z.number().int().positive(),
  roundingMinor: z.number().int(),
  tenders: z.array(
    z.looseObject({
      kind: z.enum(tenderKinds),
      currency,
      receivedMinor: z.number().int().positive(),
      valueMinor: z.number().int().nonnegative(),
      rate: z.number().int().positive().nullable(),
      wornMinor: z.number().int().nonnegative(),
      details: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
    }),
  ),
  change: z.array(
    z.looseObject({
      currency,
      minor: z.number().int().positive(),
      valueMinor: z.number().int().nonnegative(),
      rate: z.number().int().positive().nullable(),
    }),
  ),
  lines: z.array(
    z.looseObject({
      kind: z.enum(['bill', 'advance', 'fee', 'changeCredit']),
      accountId: z.number().int().optional(),
      billId: z.number().int().optional(),
      serviceCode: z.string().optional(),
      quantity: z.number().int().positive().optional(),
      unitMinor: z.number().int().positive().optional(),
      note: z.string().optional(),
      minor: z.number().int().positive(),
    }),
  ),
  approvalId: z.number().int().nullable(),
  approvedBy: z.string().nullable(),
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
  readonly bookId: number | null;
  readonly writtenOn: string | null;
  readonly writtenBy: number | null;
  readonly shiftId: number;
  readonly accountId: number | null;
  readonly userId: number;
  readonly atMs: number;
  readonly businessDate: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly roundingMinor: number;
};

/** Sums that are kept beside the rows they come from, each with what is wrong when they differ. */
const sumsOfRows = [
  [
    `SELECT d.number AS name FROM account_cards d
      WHERE d.owed_minor <> (SELECT coalesce(sum(b.amount_minor - b.paid_minor), 0) FROM bills b
        WHERE b.account_id = d.account_id) LIMIT 1`,
    'account {} owes other than its bills say',
  ],
  [
    `WITH moves (account_id, minor) AS (
       SELECT account_id, minor FROM (${settledLinesSql})
        WHERE kind IN ('advance', 'changeCredit') AND payment_id NOT IN (SELECT payment_id FROM undone_payments)
       UNION ALL
       SELECT json_extract(details, '$.accountId'), -value_minor FROM payment_tenders
        WHERE kind = 'credit' AND payment_id NOT IN (SELECT payment_id FROM undone_payments)
       UNION ALL
       SELECT account_id, -minor FROM reversing_lines WHERE kind = 'credit'),
     summed AS (SELECT account_id, sum(minor) AS minor FROM moves GROUP BY account_id)
     SELECT a.number AS name FROM accounts a LEFT JOIN summed s ON s.account_id = a.id
      WHERE a.credit_minor <> a.given_credit_minor + coalesce(s.minor, 0) LIMIT 1`,
    'the credit of account {} is not what its receipts left',
  ],
  [
    `WITH moves (shift_id, currency, minor) AS (
       SELECT shift_id, currency, denomination_minor * quantity FROM shift_floats
        -- Since there are moves, the float comes with them.
        WHERE shift_id NOT IN (SELECT shift_id FROM counts WHERE kind = 'opening')
       UNION ALL
       SELECT m.to_shift_id, a.currency, a.minor FROM cash_moves m JOIN cash_move_amounts a ON a.move_id = m.id
        WHERE m.to_shift_id IS NOT NULL
       UNION ALL
       SELECT m.from_shift_id, a.currency, -a.minor FROM cash_moves m JOIN cash_move_amounts a ON a.move_id = m.id
        WHERE m.from_shift_id IS NOT NULL
       UNION ALL
       SELECT p.shift_id, t.currency, t.received_minor FROM payment_tenders t JOIN payments p ON p.id = t.payment_id
        WHERE t.kind = 'cash'
       UNION ALL
       SELECT p.shift_id, c.currency, -c.minor FROM payment_change c JOIN payments p ON p.id = c.payment_id
       UNION ALL
       SELECT u.shift_id, t.currency, -t.received_minor FROM undone_payments u
         JOIN payment_tenders t ON t.payment_id = u.payment_id WHERE t.kind = 'cash'
       UNION ALL
       SELECT u.shift_id, c.currency, c.minor FROM undone_payments u
         JOIN payment_change c ON c.payment_id = u.payment_id),
     summed AS (SELECT shift_id, currency, sum(minor) AS minor FROM moves GROUP BY shift_id, currency)
     SELECT coalesce(s.shift_id, k.shift_id) || ' ' || coalesce(s.currency, k.currency) AS name FROM summed s
       FULL JOIN shift_cash k ON k.shift_id = s.shift_id AND k.currency = s.currency
      WHERE coalesce(s.minor, 0) <> coalesce(k.expected_minor, 0) LIMIT 1`,
    'the drawer of shift {} is not what its receipts left',
  ],
  [
    `SELECT p.receipt_number AS name FROM payment_tenders t JOIN payments p ON p.id = t.payment_id
       LEFT JOIN cheques c ON c.payment_id = t.payment_id AND c.line = t.line
       LEFT JOIN transfers r ON r.payment_id = t.payment_id AND r.line = t.line
      WHERE t.kind IN ('cheque', 'transfer')
        AND coalesce(c.state, r.state, '') <> coalesce((SELECT s.state FROM register_steps s
          WHERE s.cheque_id = c.id OR s.transfer_id = r.id ORDER BY s.id DESC LIMIT 1), '-') LIMIT 1`,
    'a cheque or transfer of {} is not where its steps left it',
  ],
] as const;

/** Compares each payment's signed entry with the rows, the receipt and the series. */
export function createPaymentCheck(db: ReadDb) {
  const keys = publicKeys(db);
  const series = new Map<string, number>();
  const leaves = new Set<string>();
  let count = 0;
  const findLeaf = db.prepare<[{ book: number; code: string; leaf: number }]>(
    `SELECT 1 FROM receipt_books WHERE id = @book AND code = @code AND @leaf BETWEEN first_leaf AND last_leaf
        AND NOT EXISTS (SELECT 1 FROM void_leaves WHERE book_id = @book AND leaf = @leaf)`,
  );
  const findPayment = db.prepare<[number], PaymentRow>(
    `SELECT receipt_number AS number, request_id AS requestId, payer_name AS payer, till_code AS till, receipt_year AS year, receipt_sequence AS sequence,
            book_id AS bookId, written_on AS writtenOn, written_by AS writtenBy,
            shift_id AS shiftId, account_id AS accountId, user_id AS userId, at_ms AS atMs,
            business_date AS businessDate, currency, total_minor AS totalMinor, rounding_minor AS roundingMinor
       FROM payments WHERE id = ?`,
  );
  const listTenders = db.prepare<[number], { details: string | null }>(
    `SELECT kind, currency, received_minor AS receivedMinor, value_minor AS valueMinor, rate, worn_minor AS wornMinor,
            details FROM payment_tenders WHERE payment_id = ? ORDER BY line`,
  );
  const listChange = db.prepare<[number]>(
    'SELECT currency, minor, value_minor AS valueMinor, rate FROM payment_change WHERE payment_id = ? ORDER BY currency',
  );
  const listLines = db.prepare<[number]>(
    `SELECT kind, account_id AS accountId, bill_id AS billId, service_code AS serviceCode, quantity,
            unit_minor AS unitMinor, note, minor FROM payment_lines WHERE payment_id = ? ORDER BY line`,
  );
  const findApprover = db.prepare<
    [{ approval: number | null; requester: number; atMs: number }],
    { login: string }
  >(
    `SELECT u.login FROM approvals a JOIN users u ON u.id = a.approver_id
      WHERE a.id = @approval AND a.act = 'payment.waiver' AND a.requested_by = @requester AND a.used_at_ms = @atMs`,
  );
  const findContent = db.prepare<[number, PrintedDocument], { content: string | null }>(
    'SELECT content FROM print_jobs WHERE payment_id = ? AND document = ? AND copy_number = 0',
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
    const outOfOrder = body.book === null ? outOfSeries(entry, body) : outOfBook(body, body.book);
    if (outOfOrder !== null) return problem(outOfOrder.kind, outOfOrder.detail);
    count += 1;
    if (!addsUp(body)) return problem('sumWrong', body.receiptNumber);
    const difference = differsFromRows(entry, body);
    if (difference !== null) return problem('rowsDiffer', `${body.receiptNumber}: ${difference}`);
    const receiptProblem = checkReceipt(entry, body);
    return receiptProblem === null ? null : problem(receiptProblem, body.receiptNumber);
  }

  type Disorder = { readonly kind: VerifyProblem; readonly detail: string } | null;

  /** The till's own series has no gap and no repetition. */
  function outOfSeries(entry: JournalEntry, body: PaymentBody): Disorder {
    const till = body.till ?? entry.till;
    const key = `${till}-${body.year}`;
    const expected = (series.get(key) ?? 0) + 1;
    if (body.receiptNumber !== receiptNumber(till, body.year, body.receiptSequence))
      return { kind: 'numberGap', detail: `${body.receiptNumber} is not of this series` };
    if (body.receiptSequence < expected) return { kind: 'numberRepeated', detail: body.receiptNumber };
    if (body.receiptSequence > expected)
      return { kind: 'numberGap', detail: `${body.receiptNumber} after ${expected - 1}` };
    series.set(key, expected);
    return null;
  }

  /** A leaf of a paper book is entered once, within the book, and is not void. */
  function outOfBook(body: PaymentBody, book: NonNullable<PaymentBody['book']>): Disorder {
    const number = leafNumber(book.code, body.receiptSequence);
    if (body.receiptNumber !== number)
      return { kind: 'numberGap', detail: `${body.receiptNumber} is not of this book` };
    if (leaves.has(number)) return { kind: 'numberRepeated', detail: number };
    leaves.add(number);
    const isThere = findLeaf.get({ book: book.bookId, code: book.code, leaf: body.receiptSequence });
    return isThere === undefined ? { kind: 'rowsDiffer', detail: `${number}: its book` } : null;
  }

  function differsFromRows(entry: JournalEntry, body: PaymentBody): string | null {
    const row = findPayment.get(body.paymentId);
    if (row === undefined) return 'the payment is gone';
    const said: PaymentRow = {
      number: body.receiptNumber,
      requestId: body.requestId,
      payer: body.payer,
      till: body.till ?? entry.till,
      year: body.year,
      sequence: body.receiptSequence,
      bookId: body.book?.bookId ?? null,
      writtenOn: body.book?.writtenOn ?? null,
      writtenBy: body.book?.writtenBy ?? null,
      shiftId: body.shiftId,
      accountId: body.accountId,
      userId: entry.actor?.id ?? 0,
      atMs: entry.atMs,
      businessDate: body.businessDate ?? entry.businessDate,
      currency: body.currency,
      totalMinor: body.totalMinor,
      roundingMinor: body.roundingMinor,
    };
    for (const field of Object.keys(said) as (keyof PaymentRow)[])
      if (said[field] !== row[field]) return field;
    const tenders = body.tenders.map(
      ({ kind, currency, receivedMinor, valueMinor, rate, wornMinor, details }) => ({
        kind,
        currency,
        receivedMinor,
        valueMinor,
        rate,
        wornMinor,
        details: details === null ? null : canonicalJson(details),
      }),
    );
    if (!isSame(tenders, listTenders.all(body.paymentId))) return 'tenders';
    const change = body.change
      .map(({ currency, minor, valueMinor, rate }) => ({ currency, minor, valueMinor, rate }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1));
    if (!isSame(change, listChange.all(body.paymentId))) return 'change';
    const lines = body.lines.map((line) => ({
      kind: line.kind,
      accountId: line.accountId ?? null,
      billId: line.billId ?? null,
      serviceCode: line.serviceCode ?? null,
      quantity: line.quantity ?? null,
      unitMinor: line.unitMinor ?? null,
      note: line.note ?? null,
      minor: line.minor,
    }));
    if (!isSame(lines, listLines.all(body.paymentId))) return 'lines';
    return isApproved(entry, body) ? null : 'approval';
  }

  /** What was waived was so by another person's word for this payment, spent with it. */
  function isApproved(entry: JournalEntry, { tenders, approvalId, approvedBy }: PaymentBody): boolean {
    if (!tenders.some(({ kind }) => kind === 'waiver')) return approvedBy === null;
    const approver = findApprover.get({
      approval: approvalId,
      requester: entry.actor?.id ?? 0,
      atMs: entry.atMs,
    });
    return approver !== undefined && approver.login === approvedBy;
  }

  function checkReceipt(entry: JournalEntry, body: PaymentBody): VerifyProblem | null {
    const content = findContent.get(body.paymentId, 'receipt')?.content;
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
      accountNumber: body.accountNumber ?? '',
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
        `SELECT b.number FROM (SELECT account_id, bill_id, sum(minor) AS minor FROM (
           SELECT account_id, bill_id, minor FROM (${settledLinesSql})
            WHERE bill_id IS NOT NULL AND payment_id NOT IN (SELECT payment_id FROM undone_payments)
           UNION ALL
           SELECT account_id, bill_id, -minor FROM reversing_lines WHERE kind = 'bill')
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
    for (const [sql, detail] of sumsOfRows) {
      const wrong = db.prepare<[], { name: string }>(sql).get();
      if (wrong !== undefined)
        return { sequence: null, kind: 'sumWrong', detail: detail.replace('{}', wrong.name) };
    }
    return null;
  }

  return { check, finish, count: () => count };
}

/** Both have their fields in the same order. */
function isSame(said: readonly unknown[], rows: readonly unknown[]): boolean {
  return JSON.stringify(said) === JSON.stringify(rows);
}

/** At the frozen rates: tenders = lines (change put to credit among them) + change + rounding, to the agora. */
function addsUp(body: PaymentBody): boolean {
  const received = body.tenders.reduce((sum, { valueMinor }) => sum + valueMinor, 0);
  const lines = body.lines.reduce((sum, { minor }) => sum + minor, 0);
  const credited = body.lines.reduce(
    (sum, { kind, minor }) => sum + (kind === 'changeCredit' ? minor : 0),
    0,
  );
  const change = body.change.reduce((sum, { valueMinor }) => sum + valueMinor, 0);
  return (
    lines - credited === body.totalMinor &&
    received === lines + change + body.roundingMinor &&
    body.lines.every(({ kind, quantity, unitMinor, minor }) =>
      kind === 'fee' ? (quantity ?? 0) * (unitMinor ?? 0) === minor : true,
    ) &&
    [...body.tenders.map((tender) => ({ ...tender, minor: tender.receivedMinor })), ...body.change].every(
      isValuedRight,
    )
  );
}

/** What a currency was worth at its frozen rate; shekels are worth themselves. */
function isValuedRight(amount: {
  readonly currency: Currency;
  readonly minor: number;
  readonly rate: number | null;
  readonly valueMinor: number;
}): boolean {
  if (amount.currency === accountCurrency) return amount.rate === null && amount.valueMinor === amount.minor;
  if (amount.rate === null) return false;
  return valueInAccountCurrency(amount, { [amount.currency]: amount.rate }) === amount.valueMinor;
}
