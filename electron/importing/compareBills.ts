import { money, toDecimal } from '../../shared/domain/money.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Comparison } from './compareAccounts.ts';
import type { BillRow } from './rows.ts';

/** What confirming does for one line of a bills file. */
export type BillChange = {
  readonly kind: 'bill';
  readonly action: 'add' | 'change';
  readonly accountId: number;
  /** Null: a new bill. */
  readonly billId: number | null;
  readonly row: BillRow;
};

type StoredBill = Omit<BillRow, 'number' | 'accountNumber'> & {
  readonly id: number;
  readonly accountId: number;
};

/**
 * Compares the lines of a bills file with the database. What this till has been paid is never taken back: the paid
 * amount only rises, and a new amount below it is a bad line.
 */
export function createBillComparison(db: ReadDb): (row: BillRow) => Comparison<BillChange> {
  const numbers = new Set<string>();
  return (row) => {
    if (numbers.has(row.number))
      return { is: 'bad', column: 'number', reason: 'repeatedInFile', value: row.number };
    const accountId = prepared<{ id: number }>(db, 'SELECT id FROM accounts WHERE number = ?').get(
      row.accountNumber,
    )?.id;
    if (accountId === undefined) {
      return { is: 'bad', column: 'account', reason: 'unknownAccount', value: row.accountNumber };
    }
    const bill = findBill(db, row.number);
    if (bill === undefined) {
      numbers.add(row.number);
      return { is: 'change', change: { kind: 'bill', action: 'add', accountId, billId: null, row } };
    }
    if (bill.accountId !== accountId) {
      return { is: 'bad', column: 'account', reason: 'belongsToAnotherAccount', value: row.accountNumber };
    }
    if (row.amountMinor < bill.paidMinor) {
      const value = toDecimal(money(row.amountMinor, 'ILS'));
      return { is: 'bad', column: 'amount', reason: 'paidMoreThanNewAmount', value };
    }
    numbers.add(row.number);
    if (isSame(bill, row)) return { is: 'unchanged' };
    return { is: 'change', change: { kind: 'bill', action: 'change', accountId, billId: bill.id, row } };
  };
}

function isSame(bill: StoredBill, row: BillRow): boolean {
  return (
    bill.serviceCode === row.serviceCode &&
    bill.period === row.period &&
    bill.kind === row.kind &&
    bill.issuedOn === row.issuedOn &&
    bill.dueOn === row.dueOn &&
    bill.amountMinor === row.amountMinor &&
    bill.paidMinor >= row.paidMinor
  );
}

function findBill(db: ReadDb, number: string): StoredBill | undefined {
  return prepared<StoredBill>(
    db,
    `SELECT account_id AS accountId, id, service_code AS serviceCode, period, kind, issued_on AS issuedOn,
            due_on AS dueOn, amount_minor AS amountMinor, paid_minor AS paidMinor
       FROM bills WHERE number = ?`,
  ).get(number);
}
