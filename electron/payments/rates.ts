import {
  accountCurrency,
  foreignCurrencies,
  isRate,
  isSuspiciousRate,
  rateUnit,
} from '../../shared/domain/exchange.ts';
import type { ForeignCurrency, Rates } from '../../shared/domain/exchange.ts';
import { refuse } from '../../shared/errors.ts';
import type { Person, RatesView } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';

type RateRow = { readonly currency: ForeignCurrency; readonly rate: number };

/** The rates that were set for a business date, the last of each; empty where nobody set any. */
export function readRates(db: ReadDb, businessDate: string): Rates {
  const rows = prepared<RateRow>(
    db,
    'SELECT currency, rate FROM rates WHERE business_date = ? ORDER BY id',
  ).all(businessDate);
  return Object.fromEntries(rows.map(({ currency, rate }) => [currency, rate]));
}

/** Today's rates, and the last known ones for the supervisor to start from. */
export function viewRates(db: ReadDb, businessDate: string): RatesView {
  return { businessDate, today: readRates(db, businessDate), last: lastRates(db) };
}

function lastRates(db: ReadDb): Rates {
  const newest = prepared<RateRow>(
    db,
    'SELECT currency, rate FROM rates WHERE currency = ? ORDER BY business_date DESC, id DESC LIMIT 1',
  );
  return Object.fromEntries(
    foreignCurrencies.flatMap((currency) => {
      const row = newest.get(currency);
      return row === undefined ? [] : [[currency, row.rate]];
    }),
  );
}

export type NewRates = {
  readonly rates: readonly RateRow[];
  /** The person was asked about a rate that is far from the last one, and means it. */
  readonly isSure: boolean;
};

/**
 * Sets or confirms the rates of a business date; earlier ones stay in the history and in the payments that froze them.
 * @throws Refusal rate.invalid, and rate.unlikely for half or double of the last one until the person is sure
 */
export function setRates(
  tx: Tx,
  journal: Journal,
  { rates, isSure }: NewRates,
  person: Person,
  businessDate: string,
  atMs: number,
): RatesView {
  const before = lastRates(tx);
  if (new Set(rates.map(({ currency }) => currency)).size !== rates.length) throw refuse('rate.invalid');
  for (const { currency, rate } of rates) {
    if (!isRate(rate)) throw refuse('rate.invalid');
    const last = before[currency];
    if (!isSure && isSuspiciousRate(rate, last))
      throw refuse('rate.unlikely', { currency, before: String((last ?? 0) / rateUnit) });
  }
  const insert = prepared(
    tx,
    'INSERT INTO rates (business_date, currency, rate, user_id, at_ms) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { currency, rate } of rates) insert.run(businessDate, currency, rate, person.id, atMs);
  journal.append(tx, {
    act: 'rates.set',
    actor: actorOf(person),
    atMs,
    body: {
      businessDate,
      unit: rateUnit,
      in: accountCurrency,
      rates: rates.map(({ currency, rate }) => ({ currency, rate, before: before[currency] ?? null })),
    },
  });
  return viewRates(tx, businessDate);
}
