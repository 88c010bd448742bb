import { standing } from '../../shared/domain/bill.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { refuse } from '../../shared/errors.ts';
import type { AccountView, SurplusNote } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { listReceiptsOfAccount } from '../receipts/receipts.ts';
import { listOpenBills } from './openBills.ts';

const receiptsShown = 5;
const otherAccountsShown = 20;
const surplusesShown = 2;

type AccountRow = {
  id: number;
  number: string;
  quarter: string;
  address: string;
  creditMinor: number;
  asOfMs: number;
  citizenId: number;
  name: string;
  identityNumber: string | null;
  phone: string | null;
  otherPhone: string | null;
  categoryCode: string;
  categoryAr: string;
  categoryEn: string;
};

/**
 * Everything the counter shows of an account: who it is, the open bills oldest first, what is owed, the last receipts.
 * Amounts are agorot.
 * @param businessDate 'YYYY-MM-DD' in Gaza: what was due before it is in arrears
 * @throws Refusal account.notFound
 */
export function getAccountView(db: ReadDb, accountId: number, businessDate: string): AccountView {
  const account = findAccount(db, accountId);
  if (account === undefined) throw refuse('account.notFound');
  const openBills = listOpenBills(db, accountId);
  const owed = { all: 0, arrears: 0, fine: 0, current: 0 };
  for (const bill of openBills) {
    owed.all += outstandingMinor(bill);
    owed[standing(bill, businessDate)] += outstandingMinor(bill);
  }
  return {
    id: account.id,
    number: account.number,
    citizen: {
      id: account.citizenId,
      name: account.name,
      identityNumber: account.identityNumber,
      phones: [account.phone, account.otherPhone].filter((phone) => phone !== null),
      otherAccounts: listOtherAccounts(db, account.citizenId, accountId),
    },
    category: { code: account.categoryCode, ar: account.categoryAr, en: account.categoryEn },
    quarter: account.quarter,
    address: account.address,
    services: listServices(db, accountId),
    openBills,
    creditMinor: account.creditMinor,
    // Credit that is used up needs no explanation.
    surpluses: account.creditMinor === 0 ? [] : listSurpluses(db, accountId),
    owedMinor: owed.all,
    arrearsMinor: owed.arrears,
    finesMinor: owed.fine,
    bouncedCheques: countBounced(db, accountId),
    asOfMs: account.asOfMs,
    lastReceipts: listReceiptsOfAccount(db, accountId, receiptsShown),
  };
}

function findAccount(db: ReadDb, accountId: number): AccountRow | undefined {
  return prepared<AccountRow>(
    db,
    `SELECT a.id, a.number, a.quarter, a.address, a.credit_minor AS creditMinor, a.as_of_ms AS asOfMs,
            c.id AS citizenId, c.name, c.identity_number AS identityNumber, c.phone, c.other_phone AS otherPhone,
            k.code AS categoryCode, k.name_ar AS categoryAr, k.name_en AS categoryEn
       FROM accounts a
       JOIN citizens c ON c.id = a.citizen_id
       JOIN categories k ON k.code = a.category_code
      WHERE a.id = ?`,
  ).get(accountId);
}

function listServices(db: ReadDb, accountId: number): AccountView['services'] {
  return prepared<AccountView['services'][number]>(
    db,
    `SELECT s.code, s.name_ar AS ar, s.name_en AS en, x.meter
       FROM account_services x JOIN services s ON s.code = x.service_code
      WHERE x.account_id = ? ORDER BY s.position, s.code`,
  ).all(accountId);
}

function listOtherAccounts(
  db: ReadDb,
  citizenId: number,
  accountId: number,
): AccountView['citizen']['otherAccounts'] {
  return prepared<AccountView['citizen']['otherAccounts'][number]>(
    db,
    `SELECT a.id, a.number, d.owed_minor AS owedMinor
       FROM accounts a JOIN account_cards d ON d.account_id = a.id
      WHERE a.citizen_id = ? AND a.id <> ? ORDER BY a.id LIMIT ?`,
  ).all(citizenId, accountId, otherAccountsShown);
}

/** The last surpluses whose receipts stand, newest first. */
function listSurpluses(db: ReadDb, accountId: number): SurplusNote[] {
  return prepared<SurplusNote>(
    db,
    `SELECT s.id, b.number AS billNumber, v.name_ar AS serviceAr, v.name_en AS serviceEn, b.period, s.cause,
            sum(l.minor) AS minor, s.business_date AS businessDate
       FROM surpluses s
       JOIN surplus_lines l ON l.surplus_id = s.id
       JOIN bills b ON b.account_id = s.account_id AND b.id = s.bill_id
       JOIN services v ON v.code = b.service_code
      WHERE s.account_id = ? AND NOT EXISTS (SELECT 1 FROM undone_payments u WHERE u.payment_id = l.payment_id)
      GROUP BY s.id ORDER BY s.id DESC LIMIT ?`,
  ).all(accountId, surplusesShown);
}

function countBounced(db: ReadDb, accountId: number): number {
  return (
    prepared<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM cheques c JOIN payments p ON p.id = c.payment_id
        WHERE c.state = 'bounced' AND p.account_id = ?`,
    ).get(accountId)?.n ?? 0
  );
}
