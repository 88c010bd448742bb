import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { Rates } from '../../shared/domain/exchange.ts';
import { accountCurrency } from '../../shared/domain/exchange.ts';
import { referenceKey } from '../../shared/domain/statement.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type {
  ChangeCredit,
  PaymentDecision,
  PaymentLine,
  ValuedTender,
} from '../../shared/domain/payment.ts';
import { lineMinor } from '../../shared/domain/payment.ts';
import type { ChequeTender, Tender, TransferTender } from '../../shared/domain/tender.ts';
import { refuse } from '../../shared/errors.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** The payment's own row. */
export type NewPayment = {
  readonly requestId: string;
  readonly digest: string;
  readonly till: string;
  readonly year: number;
  readonly sequence: number;
  readonly number: string;
  readonly bookId: number | null;
  readonly writtenOn: string | null;
  readonly writtenBy: number | null;
  readonly shiftId: number;
  readonly userId: number;
  readonly accountId: number | null;
  readonly payerName: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly totalMinor: number;
  readonly roundingMinor: number;
};

/** @returns the payment's id */
export function insertPayment(tx: Tx, payment: NewPayment): number {
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO payments (request_id, request_digest, till_code, receipt_year, receipt_sequence, receipt_number,
       book_id, written_on, written_by, shift_id, user_id, account_id, payer_name, at_ms, business_date, currency, total_minor, rounding_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '${accountCurrency}', ?, ?)`,
  ).run(
    payment.requestId,
    payment.digest,
    payment.till,
    payment.year,
    payment.sequence,
    payment.number,
    payment.bookId,
    payment.writtenOn,
    payment.writtenBy,
    payment.shiftId,
    payment.userId,
    payment.accountId,
    payment.payerName,
    payment.atMs,
    payment.businessDate,
    payment.totalMinor,
    payment.roundingMinor,
  );
  return Number(lastInsertRowid);
}

export function insertLines(
  tx: Tx,
  paymentId: number,
  payerAccountId: number | null,
  lines: readonly PaymentLine[],
  changeCredit: ChangeCredit | null,
): void {
  const insertFee = prepared(
    tx,
    `INSERT INTO payment_lines (payment_id, line, kind, account_id, service_code, quantity, unit_minor, note, minor)
     VALUES (?, ?, 'fee', ?, ?, ?, ?, ?, ?)`,
  );
  const insertOnAccount = prepared(
    tx,
    'INSERT INTO payment_lines (payment_id, line, kind, account_id, bill_id, minor) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [index, line] of lines.entries()) {
    const key = [paymentId, index + 1] as const;
    if (line.kind === 'fee') {
      const { serviceCode, quantity, unitMinor, note } = line;
      insertFee.run(...key, payerAccountId, serviceCode, quantity, unitMinor, note, lineMinor(line));
    } else {
      const billId = line.kind === 'bill' ? line.billId : null;
      insertOnAccount.run(...key, line.kind, line.accountId, billId, lineMinor(line));
    }
  }
  if (changeCredit !== null) {
    const { accountId, minor } = changeCredit;
    insertOnAccount.run(paymentId, lines.length + 1, 'changeCredit', accountId, null, minor);
  }
}

export function insertMoney(
  tx: Tx,
  paymentId: number,
  { tenders, change }: PaymentDecision,
  rates: Rates,
): void {
  const insertTender = prepared(
    tx,
    `INSERT INTO payment_tenders (payment_id, line, kind, currency, received_minor, value_minor, rate, worn_minor, details)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [index, { tender, valueMinor }] of tenders.entries()) {
    const { kind, currency, receivedMinor } = tender;
    insertTender.run(
      paymentId,
      index + 1,
      kind,
      currency,
      receivedMinor,
      valueMinor,
      frozenRate(currency, rates),
      tender.kind === 'cash' ? tender.wornMinor : 0,
      detailsText(tender),
    );
  }
  const insertChange = prepared(
    tx,
    'INSERT INTO payment_change (payment_id, currency, minor, value_minor, rate) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { currency, minor, valueMinor } of change)
    insertChange.run(paymentId, currency, minor, valueMinor, frozenRate(currency, rates));
}

/** Null for the account's own currency. */
export function frozenRate(currency: Currency, rates: Rates): number | null {
  return currency === accountCurrency ? null : (rates[currency] ?? null);
}

/** What a tender says besides its amount, as it is stored, journaled and printed; cash says nothing more. */
export function detailsOf(tender: Tender): Record<string, string | number> | null {
  if (tender.kind === 'cash') return null;
  const { kind: _kind, currency: _currency, receivedMinor: _minor, ...details } = tender;
  return details;
}

function detailsText(tender: Tender): string | null {
  const details = detailsOf(tender);
  return details === null ? null : canonicalJson(details);
}

/**
 * Puts cheques and transfers into their registers.
 * @throws Refusal cheque.repeated, transfer.repeated
 */
export function registerTenders(
  tx: Tx,
  paymentId: number,
  tenders: readonly ValuedTender[],
  by: { readonly userId: number; readonly atMs: number },
): void {
  for (const [index, { tender }] of tenders.entries()) {
    if (tender.kind === 'cheque') registerCheque(tx, paymentId, index + 1, tender, by);
    if (tender.kind === 'transfer') registerTransfer(tx, paymentId, index + 1, tender, by);
  }
}

type By = { readonly userId: number; readonly atMs: number };

function registerCheque(tx: Tx, paymentId: number, line: number, cheque: ChequeTender, by: By): void {
  const key = [registerKey(cheque.bank), registerKey(cheque.chequeAccount), registerKey(cheque.chequeNumber)];
  const earlier = prepared<{ number: string }>(
    tx,
    `SELECT p.receipt_number AS number FROM cheques c JOIN payments p ON p.id = c.payment_id
      WHERE c.bank = ? AND c.cheque_account = ? AND c.cheque_number = ?`,
  ).get(...key);
  if (earlier !== undefined) throw refuse('cheque.repeated', { receipt: earlier.number });
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO cheques (payment_id, line, bank, cheque_account, cheque_number, due_on, state)
     VALUES (?, ?, ?, ?, ?, ?, 'inHand')`,
  ).run(paymentId, line, ...key, cheque.dueOn);
  prepared(
    tx,
    `INSERT INTO register_steps (cheque_id, state, user_id, at_ms) VALUES (?, 'inHand', ?, ?)`,
  ).run(lastInsertRowid, by.userId, by.atMs);
}

function registerTransfer(tx: Tx, paymentId: number, line: number, transfer: TransferTender, by: By): void {
  const key = [registerKey(transfer.provider), registerKey(transfer.reference)];
  const earlier = prepared<{ number: string }>(
    tx,
    `SELECT p.receipt_number AS number FROM transfers t JOIN payments p ON p.id = t.payment_id
      WHERE t.provider = ? AND t.reference = ?`,
  ).get(...key);
  if (earlier !== undefined) throw refuse('transfer.repeated', { receipt: earlier.number });
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO transfers (payment_id, line, provider, reference, state) VALUES (?, ?, ?, ?, 'pending')`,
  ).run(paymentId, line, ...key);
  prepared(
    tx,
    `INSERT INTO register_steps (transfer_id, state, user_id, at_ms) VALUES (?, 'pending', ?, ?)`,
  ).run(lastInsertRowid, by.userId, by.atMs);
}

/** One spelling for what is the same number, however it was written. @throws Refusal reference.empty */
function registerKey(text: string): string {
  const key = referenceKey(text);
  if (key === '') throw refuse('reference.empty');
  return key;
}
