import { accountCurrency, valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { Rates } from '../../shared/domain/exchange.ts';
import type { Currency, Money } from '../../shared/domain/money.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { AccountCodes, AccountKey } from '../../shared/domain/reports/accounts.ts';
import { accountCode, accountWords, serviceAccountCode } from '../../shared/domain/reports/accounts.ts';
import type { ReportRow, Words } from '../../shared/domain/reports/report.ts';
import { tenderKinds } from '../../shared/domain/tender.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { AtTheBank } from './atTheBank.ts';
import { readAtTheBank } from './atTheBank.ts';
import type { OnProgress, ScopeParameters } from './entries.ts';
import { byDate } from './entries.ts';
import { namedServices, serviceSums } from './lines.ts';
import { tenderSums } from './tenders.ts';

/** One side of an entry: positive is debited, negative credited. Agorot. */
type Posting = { readonly code: string; readonly name: Words; readonly minor: number };
type Entry = { readonly words: Words; readonly postings: readonly Posting[] };

const receiptsWords: Words = { ar: 'سندات القبض', en: 'Receipts' };
const differenceWords: Words = { ar: 'فروق الجرد', en: 'Count differences' };
const otherWords: Words = { ar: 'نقد بلا سند', en: 'Cash without a receipt' };
const depositWords: Words = { ar: 'إيداع في البنك', en: 'Deposit at the bank' };
const chequesWords: Words = { ar: 'شيكات إلى البنك', en: 'Cheques to the bank' };
const chequesBackWords: Words = { ar: 'شيكات عادت من البنك', en: 'Cheques back from the bank' };
const slipWords: Words = { ar: 'فرق قسيمة البنك', en: 'Difference from the bank’s slip' };

/**
 * Debits and credits of each business date, for the municipality's books. What they are posted to is data
 * (shared/domain/reports/accounts.ts and the settings); of every entry debits equal credits to the agora, because takings by
 * tender equal takings by service. Narrowed to a till or a person it holds their receipts only: the safe and the bank
 * belong to all of them.
 */
export function accountingReport(
  db: ReadDb,
  parameters: ScopeParameters,
  onProgress: OnProgress,
): ReportRow[] {
  const codes = readCodes(db);
  const services = new Map(namedServices(db).map(({ code, ...words }) => [code, words]));
  const isWhole = parameters.till === null && parameters.cashier === null;
  const bank = isWhole ? readAtTheBank(db, parameters.from, parameters.to) : new Map<string, AtTheBank>();
  const dates = [...new Set([...datesOf(db, parameters), ...bank.keys()])].sort();
  return byDate(db, dates, parameters, onProgress, (date, ofDate) => {
    const entries = [
      receiptsOf(db, ofDate, codes, services),
      ...(isWhole ? cashEntries(db, date, codes) : []),
      ...bankEntries(db, date, codes, bank.get(date)),
    ];
    return entries.flatMap(({ words, postings }) =>
      postings
        .filter(({ minor }) => minor !== 0)
        .map(({ code, name, minor }): ReportRow => ({
          currency: 'ILS',
          cells: [date, code, name, words, minor > 0 ? minor : null, minor < 0 ? -minor : null],
        })),
    );
  });
}

/** Read by itself: the worker needs no other setting, nor the schemas of all channels for it. */
function readCodes(db: ReadDb): AccountCodes {
  const row = prepared<{ value: string }>(db, "SELECT value FROM settings WHERE key = 'accountCodes'").get();
  return row === undefined ? {} : (JSON.parse(row.value) as AccountCodes);
}

function datesOf(db: ReadDb, { from, to }: ScopeParameters): string[] {
  const tables = ['shifts', 'undone_payments', 'reversing_entries', 'cash_moves'];
  return prepared<{ date: string }>(
    db,
    `${tables.map((table) => `SELECT business_date AS date FROM ${table} WHERE business_date BETWEEN @from AND @to`).join(' UNION ')}
      ORDER BY 1`,
  )
    .all({ from, to })
    .map(({ date }) => date);
}

function posted(codes: AccountCodes, key: AccountKey, minor: number): Posting {
  return { code: accountCode(codes, key), name: accountWords[key], minor };
}

/** Tenders are debited, what they paid is credited; what was taken back or failed is less of both. */
function receiptsOf(
  db: ReadDb,
  parameters: ScopeParameters,
  codes: AccountCodes,
  services: ReadonlyMap<string, Words>,
): Entry {
  const tenders = tenderSums(db, parameters);
  const lines = serviceSums(db, parameters);
  const net = (key: string): number => {
    const sum = lines.get(key);
    return sum === undefined ? 0 : sum.taken - sum.undone - sum.failed;
  };
  const debits = tenderKinds.flatMap((kind) =>
    currencies.map((currency) => {
      const key: AccountKey = kind === 'cash' ? `cash.${currency}` : kind;
      return posted(codes, key, tenders.get(`${kind} ${currency}`)?.value ?? 0);
    }),
  );
  const credits = [...lines.keys()]
    .filter((key) => key.startsWith('service '))
    .map((key): Posting => {
      const service = key.slice('service '.length);
      return {
        code: serviceAccountCode(codes, service),
        name: services.get(service) ?? accountWords.service,
        minor: -net(key),
      };
    });
  return {
    words: receiptsWords,
    postings: [
      ...merged(debits),
      posted(codes, 'rounding', (tenders.get('rounding ILS')?.value ?? 0) - net('rounding')),
      ...credits,
      posted(codes, 'credit', -net('advance') - net('changeCredit')),
    ],
  };
}

/** A cheque in dinars and one in shekels are one account. */
function merged(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>();
  for (const posting of postings) {
    const key = `${posting.code} ${posting.name.en}`;
    sums.set(key, { ...posting, minor: posting.minor + (sums.get(key)?.minor ?? 0) });
  }
  return [...sums.values()];
}

type MoveSum = {
  readonly purpose: 'difference' | 'deposit' | 'other';
  readonly currency: Currency;
  /** Came in less went out, in the currency's minor units. */
  readonly minor: number;
};

/** Cash that came from outside of the municipality's drawers and safe, or left them, without a receipt. */
function cashEntries(db: ReadDb, date: string, codes: AccountCodes): Entry[] {
  const moves = prepared<MoveSum>(
    db,
    `SELECT CASE WHEN m.kind IN ('difference', 'floatDifference') THEN 'difference'
                 WHEN m.reason IN ('deposit', 'depositCancelled') THEN 'deposit' ELSE 'other' END AS purpose,
            a.currency, sum(iif(m.to_kind = 'outside', -a.minor, a.minor)) AS minor
       FROM cash_moves m JOIN cash_move_amounts a ON a.move_id = m.id
      WHERE m.business_date = ? AND (m.from_kind = 'outside' OR m.to_kind = 'outside')
      GROUP BY 1, 2 ORDER BY 1, 2`,
  ).all(date);
  const rates = ratesUntil(db, date);
  return moves.map(({ purpose, currency, minor }) => {
    const value = Math.sign(minor) * valueOf({ minor: Math.abs(minor), currency }, rates);
    const against = ({ difference: 'difference', deposit: 'bank', other: 'otherCash' } as const)[purpose];
    const words = { difference: differenceWords, deposit: depositWords, other: otherWords }[purpose];
    return {
      words,
      postings: [posted(codes, `cash.${currency}`, value), posted(codes, against, -value)],
    };
  });
}

/** Cheques to the bank and back, and what its slips say more or less than was brought. */
function bankEntries(db: ReadDb, date: string, codes: AccountCodes, bank: AtTheBank | undefined): Entry[] {
  if (bank === undefined) return [];
  const rates = ratesUntil(db, date);
  let difference = 0;
  for (const [currency, minor] of bank.slipDifferences)
    difference += Math.sign(minor) * valueOf({ minor: Math.abs(minor), currency }, rates);
  const toBank = (words: Words, minor: number, against: AccountKey): Entry => ({
    words,
    postings: [posted(codes, 'bank', minor), posted(codes, against, -minor)],
  });
  return [
    toBank(chequesWords, bank.chequesTaken, 'cheque'),
    toBank(chequesBackWords, -bank.chequesBack, 'cheque'),
    toBank(slipWords, difference, 'difference'),
  ];
}

/** In agorot; nothing for a currency that never had a rate: it has no value in the books. */
function valueOf(amount: Money, rates: Rates): number {
  const isKnown = amount.currency === accountCurrency || rates[amount.currency] !== undefined;
  return isKnown ? valueInAccountCurrency(amount, rates) : 0;
}

/** The last rates that were set up to that date: what is not a receipt has none of its own. */
function ratesUntil(db: ReadDb, date: string): Rates {
  const last = prepared<{ rate: number }>(
    db,
    'SELECT rate FROM rates WHERE currency = ? AND business_date <= ? ORDER BY business_date DESC, id DESC LIMIT 1',
  );
  return Object.fromEntries(
    (['JOD', 'USD'] as const).flatMap((currency) => {
      const row = last.get(currency, date);
      return row === undefined ? [] : [[currency, row.rate]];
    }),
  );
}
