import type { Currency } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type { BankAccount, ParsedInput, Person } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';

type Row = Omit<BankAccount, 'isActive' | 'isUsed'> & { readonly isActive: 0 | 1; readonly isUsed: 0 | 1 };

const accounts = `SELECT a.id, a.bank, a.account, a.currency, a.name, a.is_active AS isActive,
    EXISTS (SELECT 1 FROM deposits d WHERE d.bank_account_id = a.id) AS isUsed FROM bank_accounts a`;

/** Those in use first. */
export function listBankAccounts(db: ReadDb): BankAccount[] {
  return prepared<Row>(db, `${accounts} ORDER BY a.is_active DESC, a.id`).all().map(accountOf);
}

export function findBankAccount(db: ReadDb, id: number): BankAccount | null {
  const row = prepared<Row>(db, `${accounts} WHERE a.id = ?`).get(id);
  return row === undefined ? null : accountOf(row);
}

function accountOf({ isActive, isUsed, ...row }: Row): BankAccount {
  return { ...row, isActive: isActive === 1, isUsed: isUsed === 1 };
}

/**
 * Adds an account, or changes one: of one that money went to, its name and whether it is in use.
 * @throws Refusal bankAccount.notFound, bankAccount.exists, bankAccount.used
 */
export function saveBankAccount(
  tx: Tx,
  journal: Journal,
  input: ParsedInput<'bankAccounts.save'>,
  person: Person,
  atMs: number,
): void {
  const { id, bank, account, currency, name, isActive } = input;
  const twin = prepared<{ id: number }>(
    tx,
    'SELECT id FROM bank_accounts WHERE bank = ? AND account = ? AND currency = ?',
  ).get(bank, account, currency);
  if (twin !== undefined && twin.id !== id) throw refuse('bankAccount.exists', { account });
  const accountId = id === null ? insertBankAccount(tx, input) : id;
  if (id !== null) {
    const before = findBankAccount(tx, id);
    if (before === null) throw refuse('bankAccount.notFound');
    const isOther = before.bank !== bank || before.account !== account || before.currency !== currency;
    if (before.isUsed && isOther) throw refuse('bankAccount.used');
    prepared(
      tx,
      'UPDATE bank_accounts SET bank = ?, account = ?, currency = ?, name = ?, is_active = ? WHERE id = ?',
    ).run(bank, account, currency, name, isActive ? 1 : 0, id);
  }
  journal.append(tx, {
    act: 'bankAccount.saved',
    actor: actorOf(person),
    atMs,
    body: { bankAccountId: accountId, isNew: id === null, bank, account, currency, name, isActive },
  });
}

type NewBankAccount = {
  readonly bank: string;
  readonly account: string;
  readonly currency: Currency;
  readonly name: string;
  readonly isActive: boolean;
};

/** @returns its id */
export function insertBankAccount(tx: Tx, account: NewBankAccount): number {
  return Number(
    prepared(
      tx,
      'INSERT INTO bank_accounts (bank, account, currency, name, is_active) VALUES (?, ?, ?, ?, ?)',
    ).run(account.bank, account.account, account.currency, account.name, account.isActive ? 1 : 0)
      .lastInsertRowid,
  );
}
