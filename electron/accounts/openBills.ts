import type { Bill } from '../../shared/domain/bill.ts';
import { leastPartMinor, oldestFirst } from '../../shared/domain/bill.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

export type OpenBill = Bill & {
  readonly serviceAr: string;
  readonly serviceEn: string;
  /** The least of it that is taken at once. */
  readonly leastMinor: number;
};

/** The account's bills that still owe something, the oldest debt first. Amounts are agorot. */
export function listOpenBills(db: ReadDb, accountId: number): OpenBill[] {
  return prepared<Omit<OpenBill, 'leastMinor'> & { readonly leastPercent: number }>(
    db,
    `SELECT b.id, b.number, b.account_id AS accountId, b.service_code AS serviceCode, s.name_ar AS serviceAr,
            s.name_en AS serviceEn, b.period, b.kind, b.issued_on AS issuedOn, b.due_on AS dueOn,
            b.amount_minor AS amountMinor, b.paid_minor AS paidMinor, s.least_percent AS leastPercent
       FROM bills b JOIN services s ON s.code = b.service_code
      WHERE b.account_id = ? AND b.paid_minor < b.amount_minor`,
  )
    .all(accountId)
    .map(({ leastPercent, ...bill }) => ({ ...bill, leastMinor: leastPartMinor(bill, leastPercent) }))
    .sort(oldestFirst);
}
