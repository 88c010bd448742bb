import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import type { TillKey } from '../../electron/journal/tillKey.ts';
import { createTillKey, fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { journalText } from '../../shared/domain/journal.ts';
import type { VerifyProblem, VerifyReport } from '../../shared/ipc/contract.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  startCounter,
  startDay,
  temporaryFolder,
} from '../helpers/counter.ts';
import { accountAfter, cashPayment, paymentOf } from '../helpers/payments.ts';
import { forge, rechain } from '../helpers/forge.ts';
import { countAndClose } from '../helpers/shifts.ts';
import { written } from '../helpers/written.ts';

let empty: string;
let folder: string;
let key: TillKey;
/** The entries of the three payments of the day. */
let payments: JournalEntry[];

beforeAll(async () => {
  empty = await makeMunicipality();
  folder = copyFolder(empty);
  const till = startCounter({ folder });
  await startDay(till);
  let account = await accountWithBills(till, 4);
  for (let paid = 0; paid < 3; paid += 1)
    account = accountAfter(await till.call('payments.take', paymentOf(account, 1)));
  await till.ask('payments.take', { ...paymentOf(account), tenders: [] });
  await countAndClose(till);
  await till.close();
  key = loadTillKey(join(folder, 'till.key'), fileProtection);
  payments = written(folder).journal.filter((entry) => entry.act === 'payment.taken');
});
afterAll(() => {
  removeFolder(folder);
  removeFolder(empty);
});

function verify(place: string): VerifyReport {
  const db = openReadOnly(join(place, 'sanduq.db'));
  try {
    return verifyDatabase(db);
  } finally {
    db.close();
  }
}

function verifyForged(act: (db: Database.Database) => void): VerifyReport {
  const copy = copyFolder(folder);
  try {
    forge(copy, act);
    return verify(copy);
  } finally {
    removeFolder(copy);
  }
}

/** The sequence of the nth payment's entry, from 1. */
function at(nth: number): number {
  const entry = payments[nth - 1];
  if (entry === undefined) throw new Error(`no payment ${nth}`);
  return entry.sequence;
}

function rehash(db: Database.Database, sequence: number): void {
  const row = db
    .prepare<[number], { text: string }>('SELECT text FROM journal WHERE sequence = ?')
    .get(sequence);
  const hash = createHash('sha256')
    .update(row?.text ?? '')
    .digest();
  db.prepare('UPDATE journal SET hash = ? WHERE sequence = ?').run(hash, sequence);
}

test('a day as it was lived verifies, and says what it read', () => {
  const { journal } = written(folder);
  const report = verify(folder);
  expect(report).toEqual({
    ok: true,
    entries: journal.length,
    receipts: 3,
    head: expect.stringMatching(/^[0-9a-f]{64}$/),
    firstProblem: null,
  });
});

/** Entry: the sequence that is named; null where no one entry is to blame. */
type Forgery = [
  name: string,
  act: (db: Database.Database) => void,
  kind: VerifyProblem,
  entry: () => number | null,
];

const run =
  (sql: string, ...values: (() => unknown)[]) =>
  (db: Database.Database): void =>
    void db.prepare(sql).run(...values.map((value) => value()));

describe('somebody with the file and SQL', () => {
  const second = (): number => at(2);
  const forgeries: Forgery[] = [
    [
      'changes an amount in an entry',
      run(`UPDATE journal SET text = json_set(text, '$.body.totalMinor', 1) WHERE sequence = ?`, second),
      'hashWrong',
      second,
    ],
    [
      'changes an amount in an entry and its hash',
      (db) => {
        db.prepare(
          `UPDATE journal SET text = replace(text, '"act":"payment.taken"', '"act":"session.locked"') WHERE sequence = ?`,
        ).run(at(2));
        rehash(db, at(2));
      },
      'signatureWrong',
      second,
    ],
    [
      'changes a hash',
      run('UPDATE journal SET hash = randomblob(32) WHERE sequence = ?', second),
      'hashWrong',
      second,
    ],
    [
      'changes a signature',
      run('UPDATE journal SET signature = randomblob(64) WHERE sequence = ?', second),
      'signatureWrong',
      second,
    ],
    [
      'gives an entry the signature of another',
      run(
        'UPDATE journal SET signature = (SELECT signature FROM journal WHERE sequence = ?) WHERE sequence = ?',
        () => at(1),
        second,
      ),
      'signatureWrong',
      second,
    ],
    ['deletes an entry', run('DELETE FROM journal WHERE sequence = ?', second), 'sequenceGap', second],
    ['deletes the first entry', run('DELETE FROM journal WHERE sequence = 1'), 'sequenceGap', () => 1],
    [
      'deletes an entry and moves the later ones up',
      (db) => {
        db.prepare('DELETE FROM journal WHERE sequence = ?').run(at(2));
        db.prepare('UPDATE journal SET sequence = sequence + 1000 WHERE sequence > ?').run(at(2));
        db.prepare('UPDATE journal SET sequence = sequence - 1001 WHERE sequence > 1000').run();
      },
      'sequenceGap',
      second,
    ],
    [
      'cuts the journal off before the last payment',
      run('DELETE FROM journal WHERE sequence >= ?', () => at(3)),
      'rowsDiffer',
      () => null,
    ],
    [
      'cuts the journal off after the last payment',
      run('DELETE FROM journal WHERE sequence > ?', () => at(3)),
      'sequenceGap',
      () => at(3) + 1,
    ],
    ['deletes a payment', run('DELETE FROM payments WHERE receipt_sequence = 2'), 'rowsDiffer', second],
    ...['total_minor', 'rounding_minor', 'shift_id', 'account_id', 'user_id', 'at_ms'].map(
      (column): Forgery => [
        `changes a payment's ${column}`,
        run(`UPDATE payments SET ${column} = ${column} + 1 WHERE receipt_sequence = 2`),
        'rowsDiffer',
        second,
      ],
    ),
    ...['payer_name', 'business_date', 'request_id'].map((column): Forgery => [
      `changes a payment's ${column}`,
      run(
        `UPDATE payments SET ${column} = replace(${column}, substr(${column}, 1, 1), 'x') WHERE receipt_sequence = 2`,
      ),
      'rowsDiffer',
      second,
    ]),
    [
      'changes what was received',
      run('UPDATE payment_tenders SET received_minor = received_minor - 1 WHERE payment_id = 2'),
      'rowsDiffer',
      second,
    ],
    [
      'says that another currency was received',
      run(`UPDATE payment_tenders SET currency = 'USD', rate = 1 WHERE payment_id = 2`),
      'rowsDiffer',
      second,
    ],
    [
      'gives more change than was given',
      run(`INSERT INTO payment_change VALUES (2, 'ILS', 100, 100, NULL)`),
      'rowsDiffer',
      second,
    ],
    [
      'changes which bill was paid',
      run('UPDATE payment_lines SET bill_id = bill_id + 1 WHERE payment_id = 2'),
      'rowsDiffer',
      second,
    ],
    ['removes a line', run('DELETE FROM payment_lines WHERE payment_id = 2'), 'rowsDiffer', second],
    [
      'takes a receipt back that nobody approved',
      (db) => {
        db.exec(`INSERT INTO approvals SELECT 1, 'payment.undo', 'x', 1, 2, 1, 1;
          INSERT INTO undone_payments SELECT 1, request_id, id, 'void', 'other', 'x', shift_id, 1, 1, 1, business_date
            FROM payments WHERE id = 2`);
      },
      'sumWrong',
      () => null,
    ],
    [
      'changes the amount that a reprint would show',
      run(
        `UPDATE print_jobs SET content = replace(content, '"roundingMinor":0', '"roundingMinor":1') WHERE payment_id = 2`,
      ),
      'rowsDiffer',
      second,
    ],
    [
      'removes what a reprint is drawn from',
      run('DELETE FROM print_jobs WHERE payment_id = 2'),
      'rowsDiffer',
      second,
    ],
    [
      'adds a payment that nobody took',
      run(
        `INSERT INTO payments (id, request_id, request_digest, till_code, receipt_year, receipt_sequence, receipt_number,
             shift_id, user_id, account_id, payer_name, at_ms, business_date, currency, total_minor, rounding_minor)
           SELECT 99, lower(hex(randomblob(18))), request_digest, till_code, receipt_year, 99,
             printf('KY01-%d-000099', receipt_year), shift_id, user_id, account_id, payer_name, at_ms, business_date,
             currency, total_minor, rounding_minor FROM payments WHERE id = 1`,
      ),
      'rowsDiffer',
      () => null,
    ],
    [
      'turns the number series back',
      run('UPDATE receipt_series SET last_sequence = last_sequence - 1'),
      'numberGap',
      () => null,
    ],
    ['deletes the number series', run('DELETE FROM receipt_series'), 'numberGap', () => null],
    [
      'makes a paid bill owed again',
      run(
        'UPDATE bills SET paid_minor = 0 WHERE (account_id, id) IN (SELECT account_id, bill_id FROM payment_lines)',
      ),
      'sumWrong',
      () => null,
    ],
    [
      'gives an account more credit',
      run('UPDATE accounts SET credit_minor = credit_minor + 5 WHERE id = 1'),
      'sumWrong',
      () => null,
    ],
    [
      'changes what should be in the drawer',
      run('UPDATE shift_cash SET expected_minor = expected_minor + 5'),
      'sumWrong',
      () => null,
    ],
    [
      'puts a currency into the drawer that nobody brought',
      run(`INSERT INTO shift_cash SELECT shift_id, 'USD', 5000 FROM payments WHERE id = 1`),
      'sumWrong',
      () => null,
    ],
    [
      'makes an account’s card owe something else',
      run('UPDATE account_cards SET owed_minor = owed_minor + 5 WHERE account_id = 1'),
      'sumWrong',
      () => null,
    ],
  ];
  test.each(forgeries)('%s', (_, act, kind, entry) => {
    const { ok, firstProblem } = verifyForged(act);
    expect(ok).toBe(false);
    expect(firstProblem).toMatchObject({ kind, sequence: entry() });
  });
});

describe('somebody with a key of their own', () => {
  let foreign: TillKey;
  beforeAll(() => {
    const elsewhere = temporaryFolder();
    foreign = createTillKey(join(elsewhere, 'till.key'), fileProtection);
    removeFolder(elsewhere);
  });
  const adopt = (db: Database.Database): void =>
    void db
      .prepare(
        `INSERT INTO till_keys (key_id, till_code, public_key_spki, created_at_ms) VALUES (?, 'KY01', ?, 1)`,
      )
      .run(foreign.keyId, foreign.publicSpki);

  test('signs the journal anew from an entry on', () => {
    const report = verifyForged((db) => rechain(db, foreign, at(2)));
    expect(report.firstProblem).toMatchObject({ kind: 'signatureWrong', sequence: at(2) });
  });

  test('and adds that key to the file', () => {
    const report = verifyForged((db) => {
      adopt(db);
      rechain(db, foreign, at(2));
    });
    expect(report.firstProblem).toMatchObject({ kind: 'signatureWrong', sequence: at(2) });
  });

  test('signs all of it anew as the till’s own: sound in itself, so the program compares it with its key', async () => {
    const copy = copyFolder(folder);
    forge(copy, (db) => {
      adopt(db);
      rechain(db, foreign, 1, (entry) => ({ ...entry, body: { ...entry.body, keyId: foreign.keyId } }));
    });
    // The codes on the papers were signed by the till: they still tell.
    expect(verify(copy).firstProblem).toMatchObject({ kind: 'qrWrong', sequence: at(1) });
    const till = startCounter({ folder: copy });
    const { phase, fatal } = await till.call('app.status', {});
    expect([phase, fatal?.reason]).toEqual(['fatal', 'keyMismatch']);
    await till.close();
    removeFolder(copy);
  });
});

describe('even the till’s own key does not sign away', () => {
  const last = (): number => at(3);
  const editBody =
    (change: (body: JournalEntry['body']) => JournalEntry['body']) =>
    (entry: JournalEntry): JournalEntry => ({ ...entry, body: change(entry.body) });
  const signed: [string, (entry: JournalEntry) => JournalEntry | string, VerifyProblem][] = [
    ['another chain', (entry) => ({ ...entry, previous: 'f'.repeat(64) }), 'chainBroken'],
    ['another place in the chain', (entry) => ({ ...entry, sequence: entry.sequence + 1 }), 'sequenceGap'],
    ['another form of the text', (entry) => `${journalText(entry).slice(0, -1)} }`, 'notCanonical'],
    [
      'a number that was given before',
      editBody((body) => ({ ...body, receiptSequence: 2, receiptNumber: numberOf(2) })),
      'numberRepeated',
    ],
    [
      'a number too far',
      editBody((body) => ({ ...body, receiptSequence: 4, receiptNumber: numberOf(4) })),
      'numberGap',
    ],
    [
      'a number of another series',
      editBody((body) => ({ ...body, receiptNumber: 'KY02-2026-000003' })),
      'numberGap',
    ],
    [
      'money that vanishes',
      editBody((body) => ({ ...body, totalMinor: Number(body['totalMinor']) - 1 })),
      'sumWrong',
    ],
    [
      'less money than was taken, adding up',
      editBody((body) => ({
        ...body,
        totalMinor: 1,
        roundingMinor: 0,
        tenders: [
          {
            kind: 'cash',
            currency: 'ILS',
            receivedMinor: 1,
            valueMinor: 1,
            rate: null,
            wornMinor: 0,
            details: null,
          },
        ],
        change: [],
        lines: [{ kind: 'bill', accountId: 1, billId: 1, minor: 1 }],
      })),
      'rowsDiffer',
    ],
    ['a payment without its fields', editBody(() => ({})), 'unreadable'],
  ];
  const numberOf = (sequence: number): string => `KY01-${Number(payments[0]?.body['year'])}-00000${sequence}`;

  test.each(signed)('%s', (_, edit, kind) => {
    const { firstProblem } = verifyForged((db) => rechain(db, key, last(), edit));
    expect(firstProblem).toMatchObject({ kind, sequence: last() });
  });

  test('a code of another receipt on the paper', () => {
    const { firstProblem } = verifyForged((db) => {
      const contents = db
        .prepare<[], { content: string }>(
          `SELECT content FROM print_jobs WHERE document = 'receipt' ORDER BY payment_id`,
        )
        .all()
        .map(({ content }) => JSON.parse(content) as { qr: string });
      const text = JSON.stringify({ ...contents[2], qr: contents[1]?.qr });
      db.prepare('UPDATE print_jobs SET content = ? WHERE payment_id = 3').run(text);
      const receiptSha256 = createHash('sha256').update(text).digest('hex');
      rechain(
        db,
        key,
        last(),
        editBody((body) => ({ ...body, receiptSha256 })),
      );
    });
    expect(firstProblem).toMatchObject({ kind: 'qrWrong', sequence: last() });
  });
});

test('whatever is paid in whatever order, the journal verifies', { timeout: 60_000 }, async () => {
  const till = startCounter({ folder: copyFolder(empty) });
  try {
    await startDay(till);
    const intent = fc.record({
      accountId: fc.integer({ min: 1, max: 12 }),
      bills: fc.integer({ min: 1, max: 4 }),
      share: fc.constantFrom(1, 1, 0.5, 0.01),
      over: fc.constantFrom(0, 0, 1, 50, 99_999, -1, 100_000_000),
      twice: fc.boolean(),
    });
    let expected = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(intent, { minLength: 1, maxLength: 8 }), async (intents) => {
        for (const { accountId, bills, share, over, twice } of intents) {
          const account = await till.call('accounts.open', { accountId });
          const allocations = account.openBills.slice(0, bills).map((bill) => ({
            billId: bill.id,
            minor: Math.max(1, Math.floor(outstandingMinor(bill) * share)),
          }));
          const total = allocations.reduce((sum, { minor }) => sum + minor, 0);
          const request = cashPayment({ accountId, allocations, receivedMinor: total + over });
          const reply = await till.ask('payments.take', request);
          if (reply.ok) expected += 1;
          if (twice) expect((await till.ask('payments.take', request)).ok).toBe(reply.ok);
        }
        expect(verify(till.folder)).toMatchObject({ firstProblem: null, receipts: expected });
      }),
      { numRuns: 15, endOnFailure: true },
    );
    expect(expected).toBeGreaterThan(10);
  } finally {
    await till.close();
    removeFolder(till.folder);
  }
});
