import { addDays, businessDate } from '../../shared/domain/dates.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { openDateAfter } from '../shifts/closedDays.ts';

/** What happened with the bank on one business date. */
export type AtTheBank = {
  /** Cheques that went there, at the rates frozen in their receipts. Agorot. */
  chequesTaken: number;
  /** Cheques that came back from there: bounced, or of a deposit that never left. Agorot. */
  chequesBack: number;
  /** By how much the bank's slips say more (or less) than was brought, in each currency's minor units. */
  readonly slipDifferences: Map<Currency, number>;
};

/**
 * Cheques and slips of a period, by business date: the calendar's, or of what was done after that day's close the next
 * one, as it was decided when it was done.
 */
export function readAtTheBank(db: ReadDb, from: string, to: string): ReadonlyMap<string, AtTheBank> {
  const dates = new Map<string, AtTheBank>();
  const dateOf = openDates(db);
  const onDate = (atMs: number): AtTheBank | null => {
    const date = dateOf(atMs);
    if (date < from || date > to) return null;
    const known = dates.get(date) ?? { chequesTaken: 0, chequesBack: 0, slipDifferences: new Map() };
    dates.set(date, known);
    return known;
  };
  // Wide enough for every zone and for what belongs to the day after.
  const around = [Date.parse(addDays(from, -2)), Date.parse(addDays(to, 3))] as const;
  const steps = prepared<{ state: string; before: string | null; minor: number; atMs: number }>(
    db,
    `SELECT s.state, (SELECT b.state FROM register_steps b WHERE b.cheque_id = s.cheque_id AND b.id < s.id
                       ORDER BY b.id DESC LIMIT 1) AS before, t.value_minor AS minor, s.at_ms AS atMs
       FROM register_steps s JOIN cheques c ON c.id = s.cheque_id
       JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line
      WHERE s.at_ms BETWEEN ? AND ? ORDER BY s.id`,
  ).all(...around);
  for (const { state, before, minor, atMs } of steps) {
    if (state === 'deposited') add(onDate(atMs), 'chequesTaken', minor);
    else if (before === 'deposited' && state !== 'cleared') add(onDate(atMs), 'chequesBack', minor);
  }
  const slips = prepared<{ currency: Currency; minor: number; atMs: number }>(
    db,
    `SELECT d.currency, c.minor - d.cash_minor - d.cheques_minor AS minor, s.at_ms AS atMs
       FROM deposit_confirmed c JOIN deposits d ON d.id = c.deposit_id
       JOIN deposit_steps s ON s.deposit_id = d.id AND s.state = 'confirmed'
      WHERE s.at_ms BETWEEN ? AND ? AND c.minor <> d.cash_minor + d.cheques_minor ORDER BY s.id`,
  ).all(...around);
  for (const { currency, minor, atMs } of slips) {
    const differences = onDate(atMs)?.slipDifferences;
    differences?.set(currency, (differences.get(currency) ?? 0) + minor);
  }
  return dates;
}

function add(to: AtTheBank | null, what: 'chequesTaken' | 'chequesBack', minor: number): void {
  if (to !== null) to[what] += minor;
}

/** The date of a moment, by the days that were closed then. */
function openDates(db: ReadDb): (atMs: number) => string {
  const closed = prepared<{ date: string; atMs: number }>(
    db,
    'SELECT business_date AS date, at_ms AS atMs FROM days ORDER BY business_date',
  ).all();
  return (atMs) =>
    openDateAfter(closed.findLast((day) => day.atMs <= atMs)?.date ?? null, businessDate(atMs));
}
