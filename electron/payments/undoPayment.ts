import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { offsetMinutesAt } from '../../shared/domain/dates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { ReceiptContent, Undone } from '../../shared/domain/receipt.ts';
import { Refusal, refuse } from '../../shared/errors.ts';
import type { ParsedInput, Person, UndoPreview } from '../../shared/ipc/contract.ts';
import { spendApproval } from '../approvals/approvals.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { insertOriginal } from '../printing/printJobs.ts';
import { moveCash } from '../shifts/drawerCash.ts';
import { findOpenShiftOf, getSellingShift, requireSelling } from '../shifts/shifts.ts';
import { actorOf } from '../users/users.ts';
import { moveCredit } from './payingAccounts.ts';
import type { SettledLine } from './settledLines.ts';
import { listSettledLines } from './settledLines.ts';

export type UndoRequest = ParsedInput<'payments.undo'>;

export type UndoContext = { readonly journal: Journal; readonly atMs: number };

export type Undo = {
  readonly kind: Undone['kind'];
  readonly printJobId: number;
  readonly slip: ReceiptContent;
  readonly accountId: number | null;
  readonly wasAlreadyDone: boolean;
};

type PaymentRow = {
  readonly id: number;
  readonly number: string;
  readonly shiftId: number;
  readonly userId: number;
  readonly accountId: number | null;
  readonly payerName: string;
  readonly totalMinor: number;
};
type Returned = readonly { readonly currency: Currency; readonly minor: number }[];

/**
 * Takes a receipt back, wholly and once: bills are owed again, credit goes back (surplus of it too), cash goes over the
 * counter out of the open shift's drawer, cheques and pending transfers are returned. In the receipt's own shift, by its
 * own cashier, it is a void; later it is a reversal, a new entry of the open shift.
 * @throws Refusal those of getSellingShift, receipt.notFound, request.reused, undo.already, undo.creditUsed, undo.chequeMoved,
 *   undo.transferMatched, change.notInDrawer and all of spendApproval's
 */
export function undoPayment(tx: Tx, request: UndoRequest, person: Person, context: UndoContext): Undo {
  const { requestId, undo, approvalId } = request;
  const earlier = findUndone(tx, requestId);
  if (earlier !== null) {
    if (earlier.paymentId !== undo.paymentId || earlier.userId !== person.id) throw refuse('request.reused');
    return { ...earlier, wasAlreadyDone: true };
  }
  const shift = getSellingShift(tx, person.id, context.atMs);
  const payment = getPayment(tx, undo.paymentId);
  requireUndoable(tx, payment);
  const by = { requester: person, atMs: context.atMs };
  const approver = spendApproval(tx, approvalId, { kind: 'payment.undo', contents: undo }, by);
  const kind = kindOf(payment, shift.id);
  const lines = listSettledLines(tx, payment.id);
  reopenBills(tx, lines);
  const credits = moveCreditsBack(tx, payment.id, lines);
  const returned = cashToReturn(tx, payment.id);
  // What the payer hands back comes in before anything goes out.
  for (const { currency, minor } of returned.toSorted((a, b) => a.minor - b.minor))
    moveCash(tx, shift.id, currency, -minor);
  returnRegistered(tx, payment.id, person.id, context.atMs);

  const undone: Undone = {
    kind,
    atMs: context.atMs,
    offsetMinutes: offsetMinutesAt(context.atMs),
    reason: undo.reason,
    explanation: undo.explanation,
    by: { ar: person.nameAr, en: person.nameEn },
    approvedBy: { ar: approver.nameAr, en: approver.nameEn },
    returned,
  };
  const slip: ReceiptContent = { ...getReceiptContent(tx, payment.id), undone };
  const content = canonicalJson(slip);
  const undoneId = Number(
    prepared(
      tx,
      `INSERT INTO undone_payments (request_id, payment_id, kind, reason, explanation, shift_id, user_id, approval_id,
         at_ms, business_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      requestId,
      payment.id,
      kind,
      undo.reason,
      undo.explanation,
      shift.id,
      person.id,
      approvalId,
      context.atMs,
      shift.businessDate,
    ).lastInsertRowid,
  );
  const printJobId = insertOriginal(tx, {
    document: 'undoSlip',
    paymentId: payment.id,
    title: payment.number,
    content,
    userId: person.id,
    atMs: context.atMs,
  });
  context.journal.append(tx, {
    act: 'payment.undone',
    actor: actorOf(person),
    atMs: context.atMs,
    body: {
      undoneId,
      requestId,
      kind,
      paymentId: payment.id,
      receiptNumber: payment.number,
      totalMinor: payment.totalMinor,
      shiftId: shift.id,
      businessDate: shift.businessDate,
      reason: undo.reason,
      explanation: undo.explanation,
      approvalId,
      approvedBy: approver.login,
      returned: returned.map(({ currency, minor }) => ({ currency, minor })),
      lines: lines.map(({ kind: lineKind, accountId, billId, minor }) => ({
        kind: lineKind,
        accountId,
        billId,
        minor: -minor,
      })),
      credits: [...credits].map(([accountId, minor]) => ({ accountId, minor })),
      printJobId,
      slipSha256: createHash('sha256').update(content).digest('hex'),
    },
  });
  return { kind, printJobId, slip, accountId: payment.accountId, wasAlreadyDone: false };
}

/** What taking a receipt back would do, so that the cashier and the supervisor see it before anything is asked. */
export function previewUndo(db: ReadDb, paymentId: number, person: Person, atMs: number): UndoPreview {
  const payment = getPayment(db, paymentId);
  const shift = findOpenShiftOf(db, person.id);
  let refusal: UndoPreview['refusal'] = null;
  try {
    if (shift === null) throw refuse('shift.notOpen');
    requireSelling(db, shift, atMs);
    requireUndoable(db, payment);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refusal = { code: error.code, params: { ...error.params } };
  }
  return {
    kind: shift === null ? 'reversal' : kindOf(payment, shift.id),
    receiptNumber: payment.number,
    payerName: payment.payerName,
    totalMinor: payment.totalMinor,
    returned: cashToReturn(db, paymentId),
    refusal,
  };
}

function kindOf(payment: PaymentRow, openShiftId: number): Undone['kind'] {
  return payment.shiftId === openShiftId ? 'void' : 'reversal';
}

function findUndone(
  tx: Tx,
  requestId: string,
): (Omit<Undo, 'wasAlreadyDone'> & { paymentId: number; userId: number }) | null {
  const row = prepared<{
    kind: Undone['kind'];
    paymentId: number;
    userId: number;
    accountId: number | null;
    printJobId: number;
    content: string;
  }>(
    tx,
    `SELECT u.kind, u.payment_id AS paymentId, u.user_id AS userId, p.account_id AS accountId, j.id AS printJobId, j.content
       FROM undone_payments u JOIN payments p ON p.id = u.payment_id
       JOIN print_jobs j ON j.payment_id = u.payment_id AND j.document = 'undoSlip' AND j.copy_number = 0
      WHERE u.request_id = ?`,
  ).get(requestId);
  if (row === undefined) return null;
  const { content, ...rest } = row;
  return { ...rest, slip: JSON.parse(content) as ReceiptContent };
}

function getPayment(db: ReadDb, paymentId: number): PaymentRow {
  const row = prepared<PaymentRow>(
    db,
    `SELECT id, receipt_number AS number, shift_id AS shiftId, user_id AS userId, account_id AS accountId,
            payer_name AS payerName, total_minor AS totalMinor FROM payments WHERE id = ?`,
  ).get(paymentId);
  if (row === undefined) throw refuse('receipt.notFound');
  return row;
}

function requireUndoable(db: ReadDb, payment: PaymentRow): void {
  const undone = prepared(db, 'SELECT 1 FROM undone_payments WHERE payment_id = ?').get(payment.id);
  if (undone !== undefined) throw refuse('undo.already', { receipt: payment.number });
  const cheque = prepared(db, `SELECT 1 FROM cheques WHERE payment_id = ? AND state <> 'inHand'`).get(
    payment.id,
  );
  if (cheque !== undefined) throw refuse('undo.chequeMoved');
  const transfer = prepared(db, `SELECT 1 FROM transfers WHERE payment_id = ? AND state <> 'pending'`).get(
    payment.id,
  );
  if (transfer !== undefined) throw refuse('undo.transferMatched');
}

function reopenBills(tx: Tx, lines: readonly SettledLine[]): void {
  const update = prepared(tx, 'UPDATE bills SET paid_minor = paid_minor - ? WHERE account_id = ? AND id = ?');
  for (const { kind, accountId, billId, minor } of lines) {
    if (kind !== 'bill') continue;
    if (update.run(minor, accountId, billId).changes !== 1) throw new Error(`bill ${billId} is gone`);
  }
}

/** Credit that the receipt gave goes, credit that it used comes back. @throws Refusal undo.creditUsed */
function moveCreditsBack(tx: Tx, paymentId: number, lines: readonly SettledLine[]): Map<number, number> {
  const moves = new Map<number, number>();
  const move = (accountId: number, minor: number): void =>
    void moves.set(accountId, (moves.get(accountId) ?? 0) + minor);
  for (const { kind, accountId, minor } of lines)
    if (accountId !== null && (kind === 'advance' || kind === 'changeCredit')) move(accountId, -minor);
  const used = prepared<{ accountId: number; minor: number }>(
    tx,
    `SELECT json_extract(details, '$.accountId') AS accountId, value_minor AS minor FROM payment_tenders
      WHERE payment_id = ? AND kind = 'credit'`,
  ).all(paymentId);
  for (const { accountId, minor } of used) move(accountId, minor);
  for (const [accountId, minor] of moves) {
    const account = prepared<{ number: string; creditMinor: number }>(
      tx,
      'SELECT number, credit_minor AS creditMinor FROM accounts WHERE id = ?',
    ).get(accountId);
    if (account === undefined || account.creditMinor + minor < 0)
      throw refuse('undo.creditUsed', { account: account?.number ?? '' });
    moveCredit(tx, accountId, minor);
  }
  return moves;
}

/** Cash received less change given, each currency by itself; negative: the payer gives the change back. */
function cashToReturn(db: ReadDb, paymentId: number): Returned {
  const received = prepared<{ currency: Currency; minor: number }>(
    db,
    `SELECT currency, sum(received_minor) AS minor FROM payment_tenders WHERE payment_id = ? AND kind = 'cash'
      GROUP BY currency`,
  ).all(paymentId);
  const given = prepared<{ currency: Currency; minor: number }>(
    db,
    'SELECT currency, minor FROM payment_change WHERE payment_id = ?',
  ).all(paymentId);
  return currencies.flatMap((currency) => {
    const of = (rows: typeof received): number => rows.find((row) => row.currency === currency)?.minor ?? 0;
    const minor = of(received) - of(given);
    return minor === 0 ? [] : [{ currency, minor }];
  });
}

/** Cheques in hand and pending transfers go back to whoever gave them. */
function returnRegistered(tx: Tx, paymentId: number, userId: number, atMs: number): void {
  for (const [table, column] of [
    ['cheques', 'cheque_id'],
    ['transfers', 'transfer_id'],
  ] as const) {
    const rows = tx
      .prepare<[number], { id: number }>(`SELECT id FROM ${table} WHERE payment_id = ?`)
      .all(paymentId);
    for (const { id } of rows) {
      tx.prepare(`UPDATE ${table} SET state = 'returned' WHERE id = ?`).run(id);
      tx.prepare(
        `INSERT INTO register_steps (${column}, state, user_id, at_ms) VALUES (?, 'returned', ?, ?)`,
      ).run(id, userId, atMs);
    }
  }
}

function getReceiptContent(tx: Tx, paymentId: number): ReceiptContent {
  const row = prepared<{ content: string }>(
    tx,
    `SELECT content FROM print_jobs WHERE payment_id = ? AND document = 'receipt' AND copy_number = 0`,
  ).get(paymentId);
  if (row === undefined) throw refuse('receipt.notFound');
  return JSON.parse(row.content) as ReceiptContent;
}
