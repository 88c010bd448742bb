import { money, toDecimal } from '../../shared/domain/money.ts';
import type { BillSettlement } from '../../shared/domain/surplus.ts';
import { settleBill } from '../../shared/domain/surplus.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { BillPart } from '../payments/settledLines.ts';
import { listBillParts } from '../payments/settledLines.ts';
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
  /** What the preview says becomes credit, agorot; reckoned anew when it is written. */
  readonly surplusMinor: number;
};

type StoredBill = Omit<BillRow, 'number' | 'accountNumber' | 'elsewhereMinor'> & {
  readonly id: number;
  readonly accountId: number;
};

/**
 * Compares the lines of a bills file with the database. What this till has been paid is never taken back: the paid
 * amount only falls by what becomes the account's credit.
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
      return {
        is: 'change',
        change: { kind: 'bill', action: 'add', accountId, billId: null, row, surplusMinor: 0 },
      };
    }
    if (bill.accountId !== accountId) {
      return { is: 'bad', column: 'account', reason: 'belongsToAnotherAccount', value: row.accountNumber };
    }
    const { settlement } = settle(db, { accountId, id: bill.id, paidMinor: bill.paidMinor }, row);
    if (!settlement.ok) {
      const value = toDecimal(money(row.amountMinor, 'ILS'));
      return { is: 'bad', column: 'amount', reason: settlement.reason, value };
    }
    numbers.add(row.number);
    const { surplusMinor } = settlement;
    if (surplusMinor === 0 && settlement.paidMinor === bill.paidMinor && isSame(bill, row))
      return { is: 'unchanged' };
    return {
      is: 'change',
      change: { kind: 'bill', action: 'change', accountId, billId: bill.id, row, surplusMinor },
    };
  };
}

function isSame(bill: StoredBill, row: BillRow): boolean {
  return (
    bill.serviceCode === row.serviceCode &&
    bill.period === row.period &&
    bill.kind === row.kind &&
    bill.issuedOn === row.issuedOn &&
    bill.dueOn === row.dueOn &&
    bill.amountMinor === row.amountMinor
  );
}

/** What a line of a file makes of a bill that is here, and what was paid of it at this till. */
export function settle(
  db: ReadDb,
  bill: { readonly accountId: number; readonly id: number; readonly paidMinor: number },
  row: BillRow,
): { readonly settlement: BillSettlement; readonly parts: readonly BillPart[] } {
  // Most lines of a file need no receipts read: nothing was paid yet, or nothing of the file goes below it.
  const isSimple =
    bill.paidMinor === 0 || (row.elsewhereMinor === undefined && bill.paidMinor <= row.amountMinor);
  const parts = isSimple ? [] : listBillParts(db, bill.accountId, bill.id);
  const sum = (of: (part: BillPart) => number): number => parts.reduce((all, part) => all + of(part), 0);
  const settlement = settleBill(
    {
      paidMinor: bill.paidMinor,
      hereMinor: sum(({ minor }) => minor),
      moneyMinor: sum((part) => part.moneyMinor),
    },
    row,
  );
  return { settlement, parts };
}

function findBill(db: ReadDb, number: string): StoredBill | undefined {
  return prepared<StoredBill>(
    db,
    `SELECT account_id AS accountId, id, service_code AS serviceCode, period, kind, issued_on AS issuedOn,
            due_on AS dueOn, amount_minor AS amountMinor, paid_minor AS paidMinor
       FROM bills WHERE number = ?`,
  ).get(number);
}
