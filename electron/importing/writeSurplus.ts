import { businessDate } from '../../shared/domain/dates.ts';
import type { JournalActor } from '../../shared/domain/journal.ts';
import { maxMinor } from '../../shared/domain/money.ts';
import type { SurplusCause } from '../../shared/domain/surplus.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { NewEntry } from '../journal/append.ts';
import { moveCredit } from '../payments/payingAccounts.ts';
import type { BillPart } from '../payments/settledLines.ts';

/** The import in whose transaction a surplus arises. */
export type SurplusContext = {
  readonly append: (tx: Tx, entry: NewEntry) => unknown;
  /** Who confirmed the import. */
  readonly actor: NonNullable<JournalActor>;
  readonly fileName: string;
  readonly sha256: string;
  readonly atMs: number;
};

export type NewSurplus = {
  readonly accountId: number;
  readonly accountNumber: string;
  readonly billId: number;
  readonly billNumber: string;
  /** What the bill comes to now; agorot. */
  readonly amountMinor: number;
  readonly minor: number;
  readonly cause: SurplusCause;
};

/** Whether the account can hold so much more credit. */
export function hasRoomForCredit(tx: Tx, accountId: number, minor: number): boolean {
  return (
    minor === 0 ||
    prepared(tx, 'SELECT 1 FROM accounts WHERE id = ? AND credit_minor + ? <= ?').get(
      accountId,
      minor,
      maxMinor,
    ) !== undefined
  );
}

/**
 * Makes what was paid at this till beyond a bill's amount credit of the account: rows, credit and journal entry, in the
 * transaction that changes the bill.
 * @param parts what was paid of the bill here, the newest receipt first: taken in this order
 */
export function writeSurplus(
  tx: Tx,
  surplus: NewSurplus,
  parts: readonly BillPart[],
  context: SurplusContext,
): void {
  const { accountId, billId, minor, cause } = surplus;
  const { actor, fileName, sha256, atMs } = context;
  const surplusId = Number(
    prepared(
      tx,
      `INSERT INTO surpluses (account_id, bill_id, minor, cause, file_name, file_sha256, at_ms, business_date)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(accountId, billId, minor, cause, fileName, sha256, atMs, businessDate(atMs)).lastInsertRowid,
  );
  const lines = shareAmong(parts, minor);
  const insertLine = prepared(
    tx,
    'INSERT INTO surplus_lines (surplus_id, payment_id, line, minor) VALUES (?, ?, ?, ?)',
  );
  for (const { paymentId, line, minor: share } of lines) insertLine.run(surplusId, paymentId, line, share);
  moveCredit(tx, accountId, minor);
  context.append(tx, {
    act: 'bill.surplus',
    actor,
    atMs,
    body: { surplusId, ...surplus, fileName, sha256, lines },
  });
}

function shareAmong(parts: readonly BillPart[], minor: number) {
  let restMinor = minor;
  const lines = parts.flatMap(({ paymentId, receiptNumber, line, moneyMinor }) => {
    const share = Math.min(moneyMinor, restMinor);
    restMinor -= share;
    return share === 0 ? [] : [{ paymentId, receiptNumber, line, minor: share }];
  });
  if (restMinor !== 0) throw new Error('more surplus than was paid here');
  return lines;
}
