import { indexAccount } from '../accounts/searchIndex.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { AccountChange, CitizenFields } from './compareAccounts.ts';
import { meteredService, wantedServices } from './compareAccounts.ts';
import type { BillChange } from './compareBills.ts';
import { settle } from './compareBills.ts';
import type { AccountRow } from './rows.ts';
import type { StagedChange } from './staging.ts';
import type { SurplusContext } from './writeSurplus.ts';
import { hasRoomForCredit, writeSurplus } from './writeSurplus.ts';

export type Applied = {
  readonly is: 'added' | 'changed' | 'skipped';
  /** What became credit, agorot. */
  readonly surplusMinor: number;
};

export type ApplyContext = SurplusContext & {
  /** When the balances were true. */
  readonly asOfMs: number;
};

/**
 * Writes one prepared line. What was decided in the preview is looked at again where a payment may have come between:
 * a bill that can't be settled so any more is skipped.
 */
export function applyChange(tx: Tx, change: StagedChange, context: ApplyContext): Applied {
  return change.kind === 'account'
    ? { is: applyAccount(tx, change, context.asOfMs), surplusMinor: 0 }
    : applyBill(tx, change, context);
}

function applyAccount(tx: Tx, change: AccountChange, asOfMs: number): Applied['is'] {
  const { row, accountId } = change;
  const citizenId = writeCitizen(tx, change);
  const id = accountId ?? insertAccount(tx, row, citizenId, asOfMs);
  if (accountId !== null) updateAccount(tx, accountId, row, citizenId);
  writeServices(tx, id, row);
  if (change.citizen.is === 'known' && change.citizen.set !== null) {
    const accounts = prepared<{ id: number }>(tx, 'SELECT id FROM accounts WHERE citizen_id = ?').all(
      citizenId,
    );
    for (const account of accounts) indexAccount(tx, account.id, row.name);
  } else indexAccount(tx, id, nameOf(tx, citizenId));
  return change.action === 'add' ? 'added' : 'changed';
}

function writeCitizen(tx: Tx, { citizen }: AccountChange): number {
  if (citizen.is === 'new') return insertCitizen(tx, citizen.fields);
  if (citizen.is === 'known') {
    if (citizen.set !== null) {
      const { identityNumber, name, phone, otherPhone } = citizen.set;
      prepared(
        tx,
        'UPDATE citizens SET identity_number = ?, name = ?, phone = ?, other_phone = ? WHERE id = ?',
      ).run(identityNumber, name, phone, otherPhone, citizen.id);
    }
    return citizen.id;
  }
  const found = prepared<{ id: number }>(tx, 'SELECT id FROM citizens WHERE identity_number = ?').get(
    citizen.identityNumber,
  );
  if (found === undefined) throw new Error('a citizen of an earlier line is not there');
  return found.id;
}

function insertCitizen(tx: Tx, { identityNumber, name, phone, otherPhone }: CitizenFields): number {
  const { lastInsertRowid } = prepared(
    tx,
    'INSERT INTO citizens (identity_number, name, phone, other_phone) VALUES (?, ?, ?, ?)',
  ).run(identityNumber, name, phone, otherPhone);
  return Number(lastInsertRowid);
}

function nameOf(tx: Tx, citizenId: number): string {
  return prepared<{ name: string }>(tx, 'SELECT name FROM citizens WHERE id = ?').get(citizenId)?.name ?? '';
}

function insertAccount(tx: Tx, row: AccountRow, citizenId: number, asOfMs: number): number {
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO accounts (number, citizen_id, category_code, quarter, address, as_of_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(row.number, citizenId, row.categoryCode, row.quarter ?? '', row.address ?? '', asOfMs);
  return Number(lastInsertRowid);
}

/** The balance is not what this file speaks of: as_of stays. */
function updateAccount(tx: Tx, id: number, row: AccountRow, citizenId: number): void {
  prepared(
    tx,
    `UPDATE accounts SET citizen_id = ?, category_code = ?, quarter = coalesce(?, quarter),
            address = coalesce(?, address)
      WHERE id = ?`,
  ).run(citizenId, row.categoryCode, row.quarter ?? null, row.address ?? null, id);
}

function writeServices(tx: Tx, accountId: number, row: AccountRow): void {
  if (row.serviceCodes.length === 0 && row.meter === undefined) return;
  const present = prepared<{ code: string }>(
    tx,
    'SELECT service_code AS code FROM account_services WHERE account_id = ? ORDER BY service_code',
  )
    .all(accountId)
    .map(({ code }) => code);
  const wanted = wantedServices(row, present);
  for (const code of present) {
    if (wanted.includes(code)) continue;
    prepared(tx, 'DELETE FROM account_services WHERE account_id = ? AND service_code = ?').run(
      accountId,
      code,
    );
  }
  for (const code of wanted) {
    if (present.includes(code)) continue;
    prepared(tx, 'INSERT INTO account_services (account_id, service_code) VALUES (?, ?)').run(
      accountId,
      code,
    );
  }
  if (row.meter !== undefined) {
    prepared(tx, 'UPDATE account_services SET meter = ? WHERE account_id = ? AND service_code = ?').run(
      row.meter,
      accountId,
      meteredService(wanted),
    );
  }
}

function applyBill(tx: Tx, change: BillChange, context: ApplyContext): Applied {
  const { accountId, billId, row } = change;
  if (billId === null) insertBill(tx, accountId, row);
  const surplusMinor = billId === null ? 0 : updateBill(tx, change, billId, context);
  if (surplusMinor === null) return { is: 'skipped', surplusMinor: 0 };
  prepared(tx, 'UPDATE accounts SET as_of_ms = max(as_of_ms, ?) WHERE id = ?').run(context.asOfMs, accountId);
  return { is: billId === null ? 'added' : 'changed', surplusMinor };
}

function insertBill(tx: Tx, accountId: number, row: BillChange['row']): void {
  const next = prepared<{ id: number }>(
    tx,
    'SELECT coalesce(max(id), 0) + 1 AS id FROM bills WHERE account_id = ?',
  ).get(accountId);
  prepared(
    tx,
    `INSERT INTO bills (account_id, id, number, service_code, period, kind, issued_on, due_on, amount_minor, paid_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    accountId,
    next?.id ?? 1,
    row.number,
    row.serviceCode,
    row.period,
    row.kind,
    row.issuedOn,
    row.dueOn,
    row.amountMinor,
    Math.max(row.paidMinor, row.elsewhereMinor ?? 0),
  );
}

/**
 * A payment taken at this till is never overwritten by a list: what it paid beyond the new amount becomes credit.
 * @returns the surplus, agorot; null where the line can't be written any more
 */
function updateBill(
  tx: Tx,
  { accountId, row }: BillChange,
  billId: number,
  context: ApplyContext,
): number | null {
  const bill = prepared<{ id: number; paidMinor: number; accountNumber: string }>(
    tx,
    `SELECT b.id, b.paid_minor AS paidMinor, a.number AS accountNumber
       FROM bills b JOIN accounts a ON a.id = b.account_id WHERE b.account_id = ? AND b.id = ?`,
  ).get(accountId, billId);
  if (bill === undefined) throw new Error(`bill ${billId} is gone`);
  const { settlement, parts } = settle(tx, { accountId, id: billId, paidMinor: bill.paidMinor }, row);
  if (!settlement.ok || !hasRoomForCredit(tx, accountId, settlement.surplusMinor)) return null;
  const { paidMinor, surplusMinor, cause } = settlement;
  prepared(
    tx,
    `UPDATE bills SET service_code = ?, period = ?, kind = ?, issued_on = ?, due_on = ?, amount_minor = ?,
            paid_minor = ?
      WHERE account_id = ? AND id = ?`,
  ).run(
    row.serviceCode,
    row.period,
    row.kind,
    row.issuedOn,
    row.dueOn,
    row.amountMinor,
    paidMinor,
    accountId,
    billId,
  );
  if (surplusMinor > 0) {
    const { accountNumber } = bill;
    const { number: billNumber, amountMinor } = row;
    writeSurplus(
      tx,
      { accountId, accountNumber, billId, billNumber, amountMinor, minor: surplusMinor, cause },
      parts,
      context,
    );
  }
  return surplusMinor;
}
