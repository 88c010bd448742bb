import type { Currency } from '../../shared/domain/money.ts';
import { maxMinor } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/**
 * Adds to what should lie in the shift's drawer, or takes from it. Minor units of the currency.
 * @throws Refusal change.notInDrawer when more is taken than can be there, amount.tooLarge past all amounts
 */
export function moveCash(tx: Tx, shiftId: number, currency: Currency, minor: number): void {
  if (minor === 0) return;
  const expected =
    prepared<{ minor: number }>(
      tx,
      'SELECT expected_minor AS minor FROM shift_cash WHERE shift_id = ? AND currency = ?',
    ).get(shiftId, currency)?.minor ?? 0;
  if (expected + minor < 0) throw refuse('change.notInDrawer', { currency });
  if (expected + minor > maxMinor) throw refuse('amount.tooLarge');
  prepared(
    tx,
    `INSERT INTO shift_cash (shift_id, currency, expected_minor) VALUES (?, ?, ?)
     ON CONFLICT (shift_id, currency) DO UPDATE SET expected_minor = excluded.expected_minor`,
  ).run(shiftId, currency, expected + minor);
}
