import type { PaidLine } from '../../shared/domain/reverseTender.ts';
import { reverseTender } from '../../shared/domain/reverseTender.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { moveCredit } from '../payments/payingAccounts.ts';
import type { SettledLine } from '../payments/settledLines.ts';
import { listSettledLines } from '../payments/settledLines.ts';
import { actorOf } from '../users/users.ts';
import type { RegisterContext } from './registers.ts';

export type TenderThatFailed = {
  readonly requestId: string;
  readonly paymentId: number;
  readonly tenderLine: number;
  /** What the bank took, owed by the payer; null for none. Agorot. */
  readonly feeMinor: number | null;
};

/** The service of a bill for credit that was used before its money came to nothing. */
const usedCredit = 'recoveredCredit';

type Line = {
  readonly kind: 'credit' | 'bill' | 'debt' | 'bankFee';
  readonly accountId: number;
  readonly billId: number | null;
  readonly minor: number;
};

/** Makes what a tender had paid owed again: credit goes, bills reopen, what was sold becomes a bill of its own. */
export function insertReversingEntry(tx: Tx, failed: TenderThatFailed, context: RegisterContext): void {
  const { person, atMs, businessDate } = context;
  const { paymentId, tenderLine } = failed;
  const payment = getPayment(tx, paymentId);
  const valueMinor = getTenderValue(tx, paymentId, tenderLine);
  const lines = remainingLines(tx, paymentId);
  const credits = readCredits(tx, lines);
  const reversal = reverseTender(lines, valueMinor, credits);
  const written: Line[] = [];
  for (const { accountId, minor } of reversal.credits) {
    moveCredit(tx, accountId, -minor);
    written.push({ kind: 'credit', accountId, billId: null, minor });
  }
  for (const { accountId, billId, minor } of reversal.bills) {
    prepared(tx, 'UPDATE bills SET paid_minor = paid_minor - ? WHERE account_id = ? AND id = ?').run(
      minor,
      accountId,
      billId,
    );
    written.push({ kind: 'bill', accountId, billId, minor });
  }
  const newBill = (kind: 'debt' | 'bankFee', serviceCode: string, minor: number): void => {
    const number = `${payment.number}-R${tenderLine}-${written.length + 1}`;
    const billId = insertBill(tx, {
      accountId: payment.accountId,
      number,
      serviceCode,
      minor,
      businessDate,
      kind,
    });
    written.push({ kind, accountId: payment.accountId, billId, minor });
  };
  for (const { serviceCode, minor } of reversal.debts) newBill('debt', serviceCode ?? usedCredit, minor);
  if (failed.feeMinor !== null) newBill('bankFee', 'bouncedCheque', failed.feeMinor);

  const entryId = Number(
    prepared(
      tx,
      `INSERT INTO reversing_entries (request_id, payment_id, tender_line, value_minor, user_id, at_ms, business_date)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(failed.requestId, paymentId, tenderLine, valueMinor, person.id, atMs, businessDate).lastInsertRowid,
  );
  const insertLine = prepared(
    tx,
    'INSERT INTO reversing_lines (entry_id, line, kind, account_id, bill_id, minor) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [index, line] of written.entries())
    insertLine.run(entryId, index + 1, line.kind, line.accountId, line.billId, line.minor);
  context.journal.append(tx, {
    act: 'tender.reversed',
    actor: actorOf(person),
    atMs,
    body: {
      entryId,
      requestId: failed.requestId,
      paymentId,
      receiptNumber: payment.number,
      tenderLine,
      valueMinor,
      businessDate: context.businessDate,
      lines: written.map((line) => ({ ...line })),
    },
  });
}

function getPayment(tx: Tx, id: number): { number: string; accountId: number } {
  const row = prepared<{ number: string; accountId: number | null }>(
    tx,
    'SELECT receipt_number AS number, account_id AS accountId FROM payments WHERE id = ?',
  ).get(id);
  if (row === undefined || row.accountId === null) throw new Error(`payment ${id} has no account to owe it`);
  return { number: row.number, accountId: row.accountId };
}

function getTenderValue(tx: Tx, paymentId: number, line: number): number {
  const row = prepared<{ minor: number }>(
    tx,
    'SELECT value_minor AS minor FROM payment_tenders WHERE payment_id = ? AND line = ?',
  ).get(paymentId, line);
  if (row === undefined) throw new Error(`payment ${paymentId} has no tender ${line}`);
  return row.minor;
}

/** The receipt's lines, less what reversals of its other tenders took of them already. */
function remainingLines(db: ReadDb, paymentId: number): PaidLine[] {
  const taken = prepared<Taken>(
    db,
    `SELECT l.kind, l.account_id AS accountId, l.bill_id AS billId, b.service_code AS serviceCode, l.minor
       FROM reversing_lines l JOIN reversing_entries e ON e.id = l.entry_id
       LEFT JOIN bills b ON b.account_id = l.account_id AND b.id = l.bill_id
      WHERE e.payment_id = ? AND l.kind <> 'bankFee'`,
  ).all(paymentId);
  return listSettledLines(db, paymentId).flatMap((line): PaidLine[] => {
    let { minor } = line;
    for (const one of taken) {
      if (!isOf(one, line) || one.minor === 0) continue;
      const less = Math.min(minor, one.minor);
      minor -= less;
      one.minor -= less;
    }
    if (minor === 0) return [];
    if (line.kind === 'bill')
      return [{ kind: 'bill', accountId: line.accountId, billId: line.billId, minor }];
    if (line.kind === 'fee') return [{ kind: 'fee', serviceCode: line.serviceCode, minor }];
    return [{ kind: line.kind, accountId: line.accountId, minor }];
  });
}

type Taken = {
  readonly kind: Line['kind'];
  readonly accountId: number;
  readonly billId: number | null;
  readonly serviceCode: string | null;
  minor: number;
};

/** Whether an earlier reversal took this of that line: as the bill, as the credit, or as the new bill it became. */
function isOf(taken: Taken, line: SettledLine): boolean {
  if (line.kind === 'bill')
    return taken.kind === 'bill' && taken.accountId === line.accountId && taken.billId === line.billId;
  if (line.kind === 'fee') return taken.kind === 'debt' && taken.serviceCode === line.serviceCode;
  return taken.kind === 'credit'
    ? taken.accountId === line.accountId
    : taken.kind === 'debt' && taken.serviceCode === usedCredit;
}

function readCredits(db: ReadDb, lines: readonly PaidLine[]): Map<number, number> {
  const ids = new Set(lines.flatMap((line) => (line.kind === 'fee' ? [] : [line.accountId])));
  return new Map(
    [...ids].map((id) => [
      id,
      prepared<{ minor: number }>(db, 'SELECT credit_minor AS minor FROM accounts WHERE id = ?').get(id)
        ?.minor ?? 0,
    ]),
  );
}

type NewBill = {
  readonly accountId: number;
  readonly number: string;
  readonly serviceCode: string;
  readonly minor: number;
  readonly businessDate: string;
  readonly kind: 'debt' | 'bankFee';
};

/** Owed from today, due today. @returns its id on the account */
function insertBill(tx: Tx, bill: NewBill): number {
  const row = prepared<{ id: number }>(
    tx,
    `INSERT INTO bills (account_id, id, number, service_code, period, kind, issued_on, due_on, amount_minor)
     VALUES (@accountId, (SELECT coalesce(max(id), 0) + 1 FROM bills WHERE account_id = @accountId), @number,
       @serviceCode, @period, @kind, @businessDate, @businessDate, @minor) RETURNING id`,
  ).get({
    ...bill,
    period: bill.businessDate.slice(0, 7),
    kind: bill.kind === 'bankFee' ? 'fine' : 'charge',
  });
  if (row === undefined) throw new Error('the bill was not written');
  return row.id;
}
