import type { SearchQuery } from '../../shared/domain/folding.ts';
import type { SearchHit } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { normalNumber } from './numbers.ts';

type Kind = Exclude<SearchHit['matched'], 'name'>;

export type NumberMatch = {
  readonly accountId: number;
  readonly matched: Kind;
  readonly matchedText: string;
  readonly billId: number | null;
  /** The whole number was given, not its beginning. */
  readonly isExact: boolean;
};

type Row = { accountId: number; text: string; billId: number | null };

/** Above every character: `from <= x < from + this` is «begins with» on a plain index, without LIKE. */
const afterAll = '\u{10ffff}';

// Bounds come twice; the limit last. Each walks one index.
const lookups: Readonly<Record<Kind, { readonly leastLength: number; readonly sql: readonly string[] }>> = {
  account: {
    leastLength: 1,
    sql: [
      `SELECT id AS accountId, number AS text, NULL AS billId FROM accounts
        WHERE number >= ? AND number < ? ORDER BY number LIMIT ?`,
    ],
  },
  identity: {
    leastLength: 4,
    sql: [
      `SELECT a.id AS accountId, c.identity_number AS text, NULL AS billId
         FROM citizens c CROSS JOIN accounts a ON a.citizen_id = c.id
        WHERE c.identity_number >= ? AND c.identity_number < ? ORDER BY c.identity_number LIMIT ?`,
    ],
  },
  phone: {
    leastLength: 4,
    sql: [
      `SELECT a.id AS accountId, c.phone AS text, NULL AS billId
         FROM citizens c CROSS JOIN accounts a ON a.citizen_id = c.id
        WHERE c.phone >= ? AND c.phone < ? ORDER BY c.phone LIMIT ?`,
      `SELECT a.id AS accountId, c.other_phone AS text, NULL AS billId
         FROM citizens c CROSS JOIN accounts a ON a.citizen_id = c.id
        WHERE c.other_phone >= ? AND c.other_phone < ? ORDER BY c.other_phone LIMIT ?`,
    ],
  },
  meter: {
    leastLength: 3,
    sql: [
      `SELECT account_id AS accountId, meter AS text, NULL AS billId FROM account_services
        WHERE meter >= ? AND meter < ? ORDER BY meter LIMIT ?`,
    ],
  },
  bill: {
    leastLength: 4,
    sql: [
      `SELECT account_id AS accountId, number AS text, id AS billId FROM bills
        WHERE number >= ? AND number < ? ORDER BY number LIMIT ?`,
    ],
  },
  receipt: {
    leastLength: 4,
    sql: [
      `SELECT account_id AS accountId, receipt_number AS text, NULL AS billId FROM payments
        WHERE receipt_number >= ? AND receipt_number < ? ORDER BY receipt_number LIMIT ?`,
    ],
  },
};
/** What a number is taken for, likeliest first. */
export const numberKinds: readonly Kind[] = ['account', 'identity', 'phone', 'meter', 'bill', 'receipt'];

/** A receipt's number anywhere in a scanned code: till, year, six digits or more. */
const receiptInText = /(?<![A-Z0-9])[A-Z0-9]{2,6}-20\d\d-\d{6,9}(?!\d)/;

/**
 * The accounts that a number leads to: whole numbers first, then those that begin with it; among these accounts,
 * identities, phones, meters, bills and receipts in this order. Each account once.
 * @param limit how many of each kind are looked at
 */
export function findByNumber(db: ReadDb, text: string, query: SearchQuery, limit: number): NumberMatch[] {
  const found: NumberMatch[] = [];
  for (const kind of numberKinds) {
    for (const wanted of textsFor(kind, text, query)) {
      if (wanted.length < lookups[kind].leastLength) continue;
      for (const sql of lookups[kind].sql) {
        const rows = prepared<Row>(db, sql).all(wanted, wanted + afterAll, limit);
        for (const row of rows) found.push(toMatch(kind, row, wanted));
      }
    }
  }
  const exactFirst = [...found.filter((match) => match.isExact), ...found.filter((match) => !match.isExact)];
  const seen = new Set<number>();
  return exactFirst.filter(({ accountId }) => !seen.has(accountId) && seen.add(accountId));
}

function toMatch(matched: Kind, row: Row, wanted: string): NumberMatch {
  const isExact = row.text === wanted;
  return {
    accountId: row.accountId,
    matched,
    matchedText: row.text,
    // Half a bill's number must not tick a bill.
    billId: isExact ? row.billId : null,
    isExact,
  };
}

function textsFor(kind: Kind, text: string, query: SearchQuery): Set<string> {
  if (query.qr !== undefined) {
    const receipt = receiptInText.exec(query.qr.toUpperCase())?.[0];
    if (kind === 'receipt') return new Set(receipt === undefined ? [] : [receipt]);
    return new Set(kind === 'bill' || kind === 'account' ? [query.qr] : []);
  }
  if (kind === 'identity') return new Set([query.digits]);
  if (kind === 'phone') return new Set([query.phone ?? query.digits]);
  if (kind === 'receipt') return new Set([query.receiptNumber ?? query.reference ?? '']);
  // Municipalities write numbers with dashes or without: as typed, and the digits alone.
  return new Set([query.reference ?? normalNumber(text), query.digits]);
}
