import { createHash, sign } from 'node:crypto';
import { totalOutstandingMinor } from '../../shared/domain/allocation.ts';
import type { Allocation } from '../../shared/domain/allocation.ts';
import type { Bill } from '../../shared/domain/bill.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { businessDate, offsetMinutesAt } from '../../shared/domain/dates.ts';
import type { PaymentDecision, Tender } from '../../shared/domain/payment.ts';
import { decidePayment } from '../../shared/domain/payment.ts';
import type { ReceiptContent, ReceiptLine } from '../../shared/domain/receipt.ts';
import { receiptNumber } from '../../shared/domain/receipt.ts';
import { receiptQrText } from '../../shared/domain/receiptQr.ts';
import { receiptWords } from '../../shared/domain/words.ts';
import { refuse } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { OpenBill } from '../accounts/openBills.ts';
import { listOpenBills } from '../accounts/openBills.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import type { TillKey } from '../journal/tillKey.ts';
import { insertOriginal } from '../printing/printJobs.ts';
import { getOpenShiftOf } from '../shifts/shifts.ts';
import { actorOf } from '../users/users.ts';

export type PaymentRequest = {
  readonly requestId: string;
  readonly accountId: number;
  readonly allocations: readonly Allocation[];
  readonly tender: Tender;
};

export type PaymentContext = {
  readonly journal: Journal;
  readonly key: TillKey;
  readonly till: string;
  readonly isDemonstration: boolean;
  /** Names printed on top; read once and again when the settings change. */
  readonly letterhead: Pick<ReceiptContent, 'municipality' | 'centre'>;
  readonly atMs: number;
};

export type Taken = {
  readonly paymentId: number;
  readonly shiftId: number;
  readonly printJobId: number;
  readonly receipt: ReceiptContent;
  readonly wasAlreadyTaken: boolean;
};

/**
 * Takes a payment, wholly or not at all, once for each request id: bills, tenders, allocations, number, print job,
 * journal and outbox in the caller's one transaction.
 * @throws Refusal shift.notOpen, account.notFound, request.reused and all of decidePayment's
 */
export function takePayment(tx: Tx, request: PaymentRequest, person: Person, context: PaymentContext): Taken {
  const digest = digestOf(request, person);
  const before = findTaken(tx, request.requestId);
  if (before !== null) {
    if (before.digest !== digest) throw refuse('request.reused');
    return { ...before.taken, wasAlreadyTaken: true };
  }
  const shift = getOpenShiftOf(tx, person.id, context.till);
  const account = getPayingAccount(tx, request.accountId);
  const bills = listOpenBills(tx, request.accountId);
  requireKnownBills(tx, request, bills);
  const decision = decidePayment(bills, request.allocations, request.tender);
  settleBills(tx, request.accountId, decision.allocations, bills);

  const date = businessDate(context.atMs);
  const { year, sequence } = takeNumber(tx, context.till, Number(date.slice(0, 4)));
  const number = receiptNumber(context.till, year, sequence);
  const receipt = receiptOf({ account, bills, decision, request, person, context, number, date });
  const content = canonicalJson(receipt);
  const payment: NewPayment = {
    requestId: request.requestId,
    digest,
    till: context.till,
    year,
    sequence,
    number,
    shiftId: shift.id,
    userId: person.id,
    accountId: request.accountId,
    payerName: account.name,
    atMs: context.atMs,
    businessDate: date,
    currency: receipt.currency,
    totalMinor: decision.totalMinor,
    changeMinor: decision.changeMinor,
  };
  const paymentId = insertPayment(tx, payment, request.tender, decision.allocations);
  const printJobId = insertOriginal(tx, {
    paymentId,
    content,
    userId: person.id,
    atMs: context.atMs,
  });
  context.journal.append(tx, {
    act: 'payment.taken',
    actor: actorOf(person),
    atMs: context.atMs,
    body: {
      paymentId,
      requestId: request.requestId,
      receiptNumber: number,
      year,
      receiptSequence: sequence,
      shiftId: shift.id,
      accountId: request.accountId,
      accountNumber: account.number,
      payer: account.name,
      currency: receipt.currency,
      totalMinor: decision.totalMinor,
      changeMinor: decision.changeMinor,
      tenders: receipt.tenders.map(({ kind, currency, receivedMinor }) => ({
        kind,
        currency,
        receivedMinor,
      })),
      allocations: decision.allocations.map(({ billId, minor }, index) => ({
        billId,
        billNumber: receipt.lines[index]?.billNumber ?? '',
        minor,
      })),
      remainingMinor: receipt.remainingMinor,
      printJobId,
      receiptSha256: createHash('sha256').update(content).digest('hex'),
    },
  });
  return { paymentId, shiftId: shift.id, printJobId, receipt, wasAlreadyTaken: false };
}

/** One intent has one digest: the same id with other contents is another intent. */
function digestOf({ requestId: _, ...contents }: PaymentRequest, person: Person): string {
  return createHash('sha256')
    .update(canonicalJson({ ...contents, userId: person.id }))
    .digest('hex');
}

function findTaken(
  tx: Tx,
  requestId: string,
): { digest: string; taken: Omit<Taken, 'wasAlreadyTaken'> } | null {
  const row = prepared<Omit<Taken, 'receipt' | 'wasAlreadyTaken'> & { digest: string; content: string }>(
    tx,
    `SELECT p.id AS paymentId, p.shift_id AS shiftId, p.request_digest AS digest, j.id AS printJobId, j.content
       FROM payments p JOIN print_jobs j ON j.payment_id = p.id AND j.copy_number = 0
      WHERE p.request_id = ?`,
  ).get(requestId);
  if (row === undefined) return null;
  const { digest, content, ...ids } = row;
  return { digest, taken: { ...ids, receipt: JSON.parse(content) as ReceiptContent } };
}

type PayingAccount = {
  readonly number: string;
  readonly name: string;
  readonly identityNumber: string | null;
  readonly category: string;
  readonly quarter: string;
  readonly address: string;
};

function getPayingAccount(tx: Tx, accountId: number): PayingAccount {
  const row = prepared<PayingAccount>(
    tx,
    `SELECT a.number, c.name, c.identity_number AS identityNumber, k.name_ar AS category, a.quarter, a.address
       FROM accounts a JOIN citizens c ON c.id = a.citizen_id JOIN categories k ON k.code = a.category_code
      WHERE a.id = ?`,
  ).get(accountId);
  if (row === undefined) throw refuse('account.notFound');
  return row;
}

/** A bill that was paid meanwhile is told apart from one that never was on this account. */
function requireKnownBills(tx: Tx, request: PaymentRequest, open: readonly Bill[]): void {
  const openIds = new Set(open.map((bill) => bill.id));
  for (const { billId } of request.allocations) {
    if (openIds.has(billId)) continue;
    const paid = prepared<{ number: string }>(
      tx,
      'SELECT number FROM bills WHERE account_id = ? AND id = ?',
    ).get(request.accountId, billId);
    if (paid !== undefined) throw refuse('bill.changed', { number: paid.number });
  }
}

function settleBills(
  tx: Tx,
  accountId: number,
  allocations: readonly Allocation[],
  bills: readonly Bill[],
): void {
  const paid = new Map(bills.map((bill) => [bill.id, bill.paidMinor]));
  const update = prepared(
    tx,
    'UPDATE bills SET paid_minor = paid_minor + ? WHERE account_id = ? AND id = ? AND paid_minor = ?',
  );
  for (const { billId, minor } of allocations) {
    const { changes } = update.run(minor, accountId, billId, paid.get(billId));
    if (changes !== 1) throw new Error(`bill ${billId} moved inside the transaction`);
  }
}

/** Takes the next number of the till's series for the year: a rollback gives it back, so there is never a gap. */
function takeNumber(tx: Tx, till: string, year: number): { year: number; sequence: number } {
  const row = prepared<{ sequence: number }>(
    tx,
    `INSERT INTO receipt_series (till_code, year, last_sequence) VALUES (?, ?, 1)
     ON CONFLICT (till_code, year) DO UPDATE SET last_sequence = last_sequence + 1
     RETURNING last_sequence AS sequence`,
  ).get(till, year);
  if (row === undefined) throw new Error('the receipt series gave no number');
  return { year, sequence: row.sequence };
}

function receiptOf(parts: {
  account: PayingAccount;
  bills: readonly OpenBill[];
  decision: PaymentDecision;
  request: PaymentRequest;
  person: Person;
  context: PaymentContext;
  number: string;
  date: string;
}): ReceiptContent {
  const { account, bills, decision, request, person, context, number, date } = parts;
  const { currency } = request.tender;
  const byId = new Map(bills.map((bill) => [bill.id, bill]));
  const lines = decision.allocations.map(({ billId, minor }): ReceiptLine => {
    const bill = byId.get(billId);
    if (bill === undefined) throw new Error(`bill ${billId} was decided on but not read`);
    return {
      billNumber: bill.number,
      service: { ar: bill.serviceAr, en: bill.serviceEn },
      period: bill.period,
      kind: bill.kind,
      paidMinor: minor,
      leftMinor: outstandingMinor(bill) - minor,
    };
  });
  const signed = receiptQrText({
    keyId: context.key.keyId,
    number,
    atMs: context.atMs,
    currency,
    totalMinor: decision.totalMinor,
    accountNumber: account.number,
    link: context.journal.head().hash.slice(0, 16),
  });
  const signature = sign(null, Buffer.from(signed, 'utf8'), context.key.privateKey).toString('base64url');
  return {
    version: 1,
    number,
    ...context.letterhead,
    till: context.till,
    atMs: context.atMs,
    businessDate: date,
    offsetMinutes: offsetMinutesAt(context.atMs),
    payer: { name: account.name, identityNumber: account.identityNumber },
    account: {
      number: account.number,
      category: account.category,
      address: [account.quarter, account.address].filter((part) => part !== '').join('، '),
    },
    lines,
    currency,
    totalMinor: decision.totalMinor,
    amountInWords: receiptWords({ minor: decision.totalMinor, currency }),
    tenders: [{ kind: request.tender.kind, currency, receivedMinor: request.tender.receivedMinor }],
    changeMinor: decision.changeMinor,
    remainingMinor: totalOutstandingMinor(bills) - decision.totalMinor,
    cashier: { ar: person.nameAr, en: person.nameEn },
    isDemonstration: context.isDemonstration,
    qr: `${signed}|${signature}`,
  };
}

type NewPayment = {
  readonly requestId: string;
  readonly digest: string;
  readonly till: string;
  readonly year: number;
  readonly sequence: number;
  readonly number: string;
  readonly shiftId: number;
  readonly userId: number;
  readonly accountId: number;
  readonly payerName: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly changeMinor: number;
};

function insertPayment(
  tx: Tx,
  payment: NewPayment,
  tender: Tender,
  allocations: readonly Allocation[],
): number {
  const paymentId = Number(
    prepared(
      tx,
      `INSERT INTO payments (request_id, request_digest, till_code, receipt_year, receipt_sequence, receipt_number,
         shift_id, user_id, account_id, payer_name, at_ms, business_date, currency, total_minor, change_minor)
       VALUES (@requestId, @digest, @till, @year, @sequence, @number, @shiftId, @userId, @accountId, @payerName,
         @atMs, @businessDate, @currency, @totalMinor, @changeMinor)`,
    ).run(payment).lastInsertRowid,
  );
  prepared(
    tx,
    'INSERT INTO payment_tenders (payment_id, line, kind, currency, received_minor) VALUES (?, 1, ?, ?, ?)',
  ).run(paymentId, tender.kind, tender.currency, tender.receivedMinor);
  const insertAllocation = prepared(
    tx,
    'INSERT INTO payment_allocations (payment_id, line, account_id, bill_id, minor) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [index, { billId, minor }] of allocations.entries())
    insertAllocation.run(paymentId, index + 1, payment.accountId, billId, minor);
  return paymentId;
}
