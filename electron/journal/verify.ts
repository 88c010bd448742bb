import { createHash, verify as verifySignature } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import type { Act, JournalEntry } from '../../shared/domain/journal.ts';
import { genesisHash } from '../../shared/domain/journal.ts';
import type { VerifyProblem, VerifyReport } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { publicKeys } from './publicKeys.ts';
import { createCustodyCheck } from './verifyCustody.ts';
import { createDayCheck } from './verifyDays.ts';
import { createDepositCheck } from './verifyDeposits.ts';
import { createPaymentCheck } from './verifyPayments.ts';
import { createPictureCheck } from './verifyPictures.ts';
import { createReversedCheck } from './verifyReversed.ts';
import { createSurplusCheck } from './verifySurpluses.ts';
import { createUndoneCheck } from './verifyUndone.ts';

export type JournalRow = {
  readonly sequence: number;
  readonly text: string;
  readonly hash: Buffer;
  readonly signature: Buffer;
};
export type Problem = {
  readonly sequence: number | null;
  readonly kind: VerifyProblem;
  readonly detail: string;
};

/** How often progress is told. */
const progressEvery = 2000;

/**
 * Reads the whole journal and everything it speaks of: chain, signatures, number series, sums, and that the money
 * tables and receipts say the same. Stops at the first bad entry and names it.
 *
 * Every entry must be signed by the key that the first entry names: a key that was added to the file later proves
 * nothing. A file whose every entry was signed anew is sound in itself; its key's id is not the till's then, which is
 * for the caller to compare.
 */
export function verifyDatabase(
  db: ReadDb,
  onProgress: (done: number, total: number) => void = () => {},
): VerifyReport {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM journal').get()?.n ?? 0;
  const payments = createPaymentCheck(db);
  const undone = createUndoneCheck(db);
  const reversed = createReversedCheck(db);
  const custody = createCustodyCheck(db);
  const surpluses = createSurplusCheck(db);
  const days = createDayCheck(db);
  const deposits = createDepositCheck(db);
  const pictures = createPictureCheck(db);
  const checks: Partial<Record<Act, { check(entry: JournalEntry): Problem | null }>> = {
    'payment.taken': payments,
    'payment.undone': undone,
    'tender.reversed': reversed,
    'bill.surplus': surpluses,
    'day.closed': days,
    'shift.returned': days,
    'shift.recounted': days,
    'deposit.prepared': deposits,
    'deposit.moved': deposits,
    'deposit.confirmed': deposits,
    'cheque.pictured': pictures,
  };
  const chain = createChainCheck(ownKey(db), 1, genesisHash);
  let entries = 0;
  const report = (firstProblem: Problem | null): VerifyReport => ({
    ok: firstProblem === null,
    entries,
    head: chain.head(),
    receipts: payments.count(),
    firstProblem,
  });
  for (const row of db
    .prepare<[], JournalRow>('SELECT sequence, text, hash, signature FROM journal ORDER BY sequence')
    .iterate()) {
    const checked = chain.check(row);
    if ('kind' in checked) return report(checked);
    const { entry } = checked;
    const problem = checks[entry.act]?.check(entry) ?? custody.check(entry);
    if (problem !== null) return report(problem);
    entries += 1;
    if (entries % progressEvery === 0) onProgress(entries, total);
  }
  onProgress(entries, total);
  return report(
    payments.finish() ??
      undone.finish() ??
      reversed.finish() ??
      surpluses.finish() ??
      missingAtTheEnd(db, entries) ??
      custody.finish() ??
      days.finish() ??
      deposits.finish() ??
      pictures.finish(),
  );
}

/** Entries cut off the end leave no gap; what was to be sent of them may still be here. */
function missingAtTheEnd(db: ReadDb, entries: number): Problem | null {
  const row = db
    .prepare<[number], { sequence: number }>(
      `SELECT min(journal_sequence) AS sequence FROM outbox WHERE journal_sequence > ? HAVING count(*) > 0`,
    )
    .get(entries);
  return row === undefined
    ? null
    : { sequence: entries + 1, kind: 'sequenceGap', detail: `the outbox knows of entry ${row.sequence}` };
}

/** The last entries only: what a start can afford. */
export function verifyTail(db: ReadDb, count: number): Problem | null {
  const rows = db
    .prepare<[number], JournalRow>(
      'SELECT sequence, text, hash, signature FROM journal ORDER BY sequence DESC LIMIT ?',
    )
    .all(count)
    .reverse();
  const first = rows[0];
  if (first === undefined) return { sequence: null, kind: 'sequenceGap', detail: 'the journal is empty' };
  const previous =
    first.sequence === 1
      ? genesisHash
      : db
          .prepare<[number], { hash: Buffer }>('SELECT hash FROM journal WHERE sequence = ?')
          .get(first.sequence - 1)
          ?.hash.toString('hex');
  if (previous === undefined)
    return { sequence: first.sequence - 1, kind: 'sequenceGap', detail: 'an entry is missing' };
  const chain = createChainCheck(ownKey(db), first.sequence, previous);
  for (const row of rows) {
    const checked = chain.check(row);
    if ('kind' in checked) return checked;
  }
  return null;
}

/** The id of the key that the journal's first entry names: the till's; null where there is no such entry. */
export function firstKeyId(db: ReadDb): string | null {
  const row = db
    .prepare<[], { keyId: string | null }>(
      `SELECT json_extract(text, '$.body.keyId') AS keyId FROM journal WHERE sequence = 1`,
    )
    .get();
  return row?.keyId ?? null;
}

/** The till's own public key; empty where it is not in the file. */
function ownKey(db: ReadDb): Map<string, KeyObject> {
  const own = firstKeyId(db);
  return new Map([...publicKeys(db)].filter(([keyId]) => keyId === own));
}

function createChainCheck(keys: ReadonlyMap<string, KeyObject>, firstSequence: number, before: string) {
  let expected = firstSequence;
  let previous = before;
  function check(row: JournalRow): { readonly entry: JournalEntry } | Problem {
    const problem = (kind: VerifyProblem, detail: string): Problem => ({
      sequence: row.sequence,
      kind,
      detail,
    });
    if (row.sequence !== expected)
      return { sequence: expected, kind: 'sequenceGap', detail: `entry ${expected} is missing` };
    const bytes = Buffer.from(row.text, 'utf8');
    const hash = createHash('sha256').update(bytes).digest();
    if (!hash.equals(row.hash)) return problem('hashWrong', 'the text is not what was hashed');
    let entry: JournalEntry;
    try {
      const parsed = JSON.parse(row.text) as Canonical;
      if (canonicalJson(parsed) !== row.text) return problem('notCanonical', 'the text has another form');
      entry = parsed as unknown as JournalEntry;
    } catch (error) {
      return problem('unreadable', String(error));
    }
    if (entry.sequence !== row.sequence)
      return problem('sequenceGap', `it says it is entry ${String(entry.sequence)}`);
    if (entry.previous !== previous) return problem('chainBroken', 'it points to another entry before it');
    const key = keys.get(entry.key);
    if (key === undefined) return problem('signatureWrong', `key ${entry.key} is not this till's`);
    if (!verifySignature(null, bytes, key, row.signature))
      return problem('signatureWrong', 'the signature does not fit');
    previous = hash.toString('hex');
    expected += 1;
    return { entry };
  }
  return { check, head: () => previous };
}
