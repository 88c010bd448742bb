import { maxMinor } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

export type PayingAccount = {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly identityNumber: string | null;
  readonly category: string;
  readonly quarter: string;
  readonly address: string;
  readonly creditMinor: number;
};

/** The account as the payment's transaction finds it. @throws Refusal account.notFound */
export function getPayingAccount(tx: Tx, accountId: number): PayingAccount {
  const row = prepared<PayingAccount>(
    tx,
    `SELECT a.id, a.number, c.name, c.identity_number AS identityNumber, k.name_ar AS category, a.quarter, a.address,
            a.credit_minor AS creditMinor
       FROM accounts a JOIN citizens c ON c.id = a.citizen_id JOIN categories k ON k.code = a.category_code
      WHERE a.id = ?`,
  ).get(accountId);
  if (row === undefined) throw refuse('account.notFound');
  return row;
}

/**
 * Adds to an account's credit or takes from it. Agorot; the table refuses less than nothing.
 * @throws Refusal amount.tooLarge past all amounts
 */
export function moveCredit(tx: Tx, accountId: number, minor: number): void {
  if (minor === 0) return;
  const { changes } = prepared(
    tx,
    'UPDATE accounts SET credit_minor = credit_minor + ? WHERE id = ? AND credit_minor + ? <= ?',
  ).run(minor, accountId, minor, maxMinor);
  if (changes !== 1) throw refuse('amount.tooLarge');
}
