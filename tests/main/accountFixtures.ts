import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { insertStandardCatalogue } from '../../electron/accounts/catalogue.ts';
import { indexAccount } from '../../electron/accounts/searchIndex.ts';
import type { WriteDb } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { migrate } from '../../electron/db/migrate.ts';
import { migrations } from '../../electron/db/migrations/index.ts';

export type AccountsFile = {
  readonly db: WriteDb;
  readonly file: string;
  readonly folder: string;
  close(): void;
};

/** A new database on disk, with the standard categories and services and nobody in it. */
export function openAccountsFile(): AccountsFile {
  const folder = mkdtempSync(join(tmpdir(), 'sanduq-accounts-'));
  const file = join(folder, 'sanduq.db');
  const db = openWriting(file);
  migrate(db, migrations, () => undefined);
  transact(db, insertStandardCatalogue);
  return {
    db,
    file,
    folder,
    close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function openWriting(file: string): WriteDb {
  const db = new Database(file) as unknown as WriteDb;
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  return db;
}

export type GivenAccount = {
  readonly id: number;
  readonly name: string;
  readonly number?: string;
  readonly identityNumber?: string;
  readonly phone?: string;
  readonly otherPhone?: string;
  readonly meter?: string;
  readonly citizenId?: number;
  readonly bills?: readonly GivenBill[];
};
export type GivenBill = {
  readonly number: string;
  readonly amountMinor: number;
  readonly paidMinor?: number;
  readonly kind?: 'charge' | 'fine';
  readonly serviceCode?: string;
  readonly dueOn?: string;
};

/** Writes accounts as the tests need them: only what a test speaks of is given. */
export function insertAccounts(db: WriteDb, accounts: readonly GivenAccount[]): void {
  transact(db, (tx) => {
    for (const account of accounts) {
      const citizenId = account.citizenId ?? account.id;
      tx.prepare(
        'INSERT INTO citizens (id, identity_number, name, phone, other_phone) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ).run(
        citizenId,
        account.identityNumber ?? null,
        account.name,
        account.phone ?? null,
        account.otherPhone ?? null,
      );
      tx.prepare(
        `INSERT INTO accounts (id, number, citizen_id, category_code, quarter, address, as_of_ms)
         VALUES (?, ?, ?, 'domestic', 'الأمل', 'شارع جلال', 1000)`,
      ).run(account.id, account.number ?? `7000${account.id}`, citizenId);
      tx.prepare('INSERT INTO account_services VALUES (?, ?, ?)').run(
        account.id,
        'water',
        account.meter ?? null,
      );
      indexAccount(tx, account.id, account.name);
      account.bills?.forEach((bill, index) => {
        const dueOn = bill.dueOn ?? '2026-10-31';
        tx.prepare('INSERT INTO bills VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          account.id,
          index + 1,
          bill.number,
          bill.serviceCode ?? 'water',
          '2026-09',
          bill.kind ?? 'charge',
          '2026-01-01',
          dueOn,
          bill.amountMinor,
          bill.paidMinor ?? 0,
        );
      });
    }
  });
}

/** A receipt on the account, with the rows that it needs around it. */
export function insertReceipt(
  db: WriteDb,
  receipt: { readonly number: string; readonly accountId: number; readonly totalMinor?: number },
): number {
  return transact(db, (tx) => {
    tx.prepare(
      `INSERT INTO users (id, login, name_ar, name_en, role, secret_hash, created_at_ms)
       VALUES (1, 'huda', 'هدى', 'Huda', 'cashier', '-', 0) ON CONFLICT DO NOTHING`,
    ).run();
    tx.prepare(
      `INSERT INTO shifts (id, open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor)
       VALUES (1, 'shift', 'KY01', 1, '2026-11-24', 0, 0) ON CONFLICT DO NOTHING`,
    ).run();
    const [till, year, sequence] = receipt.number.split('-');
    const { lastInsertRowid } = tx
      .prepare(
        `INSERT INTO payments (request_id, request_digest, till_code, receipt_year, receipt_sequence, receipt_number,
           shift_id, user_id, account_id, payer_name, at_ms, business_date, currency, total_minor, rounding_minor)
         VALUES (?, 'x', ?, ?, ?, ?, 1, 1, ?, 'دافع', 5000, '2026-11-24', 'ILS', ?, 0)`,
      )
      .run(
        receipt.number.padStart(36, '-'),
        till,
        Number(year),
        Number(sequence),
        receipt.number,
        receipt.accountId,
        receipt.totalMinor ?? 1000,
      );
    tx.prepare(
      `INSERT INTO payment_lines (payment_id, line, kind, account_id, minor) VALUES (?, 1, 'advance', ?, ?)`,
    ).run(lastInsertRowid, receipt.accountId, receipt.totalMinor ?? 1000);
    return Number(lastInsertRowid);
  });
}
