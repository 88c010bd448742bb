import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WriteDb } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { openDatabase, openReadOnly } from '../../electron/db/open.ts';
import {
  accountWithBills,
  makeMunicipality,
  removeFolder,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { paymentOf, shekels, totalOf } from '../helpers/payments.ts';

let folder: string;
let db: WriteDb;

beforeAll(async () => {
  folder = await makeMunicipality();
  const till = startCounter({ folder });
  await startDay(till);
  await till.call('payments.take', withChange(paymentOf(await accountWithBills(till, 2), 2)));
  await till.close();
  db = openDatabase(
    {
      databaseFile: join(folder, 'sanduq.db'),
      keyFile: join(folder, 'till.key'),
      backupFolder: join(folder, 'backups'),
    },
    () => {
      throw new Error('nothing is migrated here');
    },
  ).db;
});
afterAll(() => {
  db.close();
  removeFolder(folder);
});

/** Ten shekels more than is owed. */
function withChange(request: PaymentInput): PaymentInput {
  return {
    ...request,
    tenders: [shekels(totalOf(request) + 1000)],
    change: [{ currency: 'ILS', minor: 1000 }],
  };
}

describe('the connection that writes', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['recursive_triggers', 1],
    ['trusted_schema', 0],
  ])('has %s = %s', (name, value) => {
    expect(db.pragma(name, { simple: true })).toBe(value);
  });

  test('is of an SQLite that does not lose commits when a WAL is reset (3.51.3 or newer)', () => {
    const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003);
  });

  test('rolls back whole what throws, and does not nest', () => {
    const before = db.prepare('SELECT * FROM users').all();
    expect(() =>
      transact(db, (tx) => {
        tx.prepare('UPDATE users SET name_en = ?').run('Nobody');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(db.prepare('SELECT * FROM users').all()).toEqual(before);
    expect(() => transact(db, () => transact(db, () => 1))).toThrow('do not nest');
  });
});

test('a connection for reading cannot write', () => {
  const reader = openReadOnly(join(folder, 'sanduq.db'));
  try {
    expect(() => reader.prepare('UPDATE users SET is_locked = 1').run()).toThrow(/readonly/);
    expect(reader.pragma('wal_checkpoint(TRUNCATE)')).toEqual([
      expect.objectContaining({ busy: expect.any(Number) }),
    ]);
  } finally {
    reader.close();
  }
});

describe('what is written stays written', () => {
  const kept = [
    ['journal', 'sequence, text, hash, signature'],
    ['payments', '*'],
    ['payment_tenders', '*'],
    ['payment_lines', '*'],
    ['payment_change', '*'],
    ['shift_floats', '*'],
    ['till_keys', '*'],
    ['shifts', '*'],
    ['receipt_series', '*'],
    ['print_jobs', '*'],
    ['outbox', '*'],
  ] as const;
  const firstColumn = (table: string): string =>
    String(db.prepare(`SELECT name FROM pragma_table_info('${table}') LIMIT 1`).pluck().get());

  test.each(kept)('%s: no row is changed, deleted or replaced', (table, columns) => {
    const rows = db.prepare(`SELECT * FROM ${table}`).all();
    expect(rows.length).toBeGreaterThan(0);
    const into = columns === '*' ? table : `${table} (${columns})`;
    const attempts = [
      `DELETE FROM ${table}`,
      `INSERT OR REPLACE INTO ${into} SELECT ${columns} FROM ${table}`,
      `UPDATE OR REPLACE ${table} SET ${firstColumn(table)} = ${firstColumn(table)} || '9'`,
    ];
    for (const sql of attempts) expect(() => db.exec(sql), sql).toThrow(/append-only|kept|only|never|by one/);
    expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual(rows);
  });

  test.each([
    'journal',
    'payments',
    'payment_tenders',
    'payment_lines',
    'payment_change',
    'shift_floats',
    'till_keys',
  ])('%s: not even to what it was', (table) => {
    const column = firstColumn(table);
    expect(() => db.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow('append-only');
  });

  test.each([
    ['a receipt series jumps', 'UPDATE receipt_series SET last_sequence = last_sequence + 2'],
    ['a receipt series goes back', 'UPDATE receipt_series SET last_sequence = last_sequence - 1'],
    ['a shift gets another float', 'UPDATE shifts SET float_minor = float_minor + 1'],
    [
      'a shift gets another person',
      `UPDATE shifts SET closed_at_ms = 1, close_request_id = 'x', user_id = user_id + 1`,
    ],
    ['a print job gets other content', `UPDATE print_jobs SET content = '{}'`],
    ['an outbox row gets another topic', `UPDATE outbox SET topic = 'other'`],
  ])('%s: refused', (_, sql) => {
    expect(() => db.exec(sql)).toThrow(/only|never|goes up by one/);
  });

  test('a closed shift is not opened again', () => {
    db.exec('BEGIN');
    db.exec(`UPDATE shifts SET closed_at_ms = opened_at_ms + 1, close_request_id = 'done'`);
    for (const again of ['closed_at_ms = NULL, close_request_id = NULL', 'closed_at_ms = closed_at_ms + 1'])
      expect(() => db.exec(`UPDATE shifts SET ${again}`)).toThrow('can only be closed');
    db.exec('ROLLBACK');
  });

  test('an outbox row is marked as sent once and may go then, not before', () => {
    db.exec('BEGIN');
    db.exec(
      'UPDATE outbox SET sent_at_ms = 1 WHERE journal_sequence = (SELECT min(journal_sequence) FROM outbox)',
    );
    expect(() => db.exec('UPDATE outbox SET sent_at_ms = 2 WHERE sent_at_ms = 1')).toThrow('marked as sent');
    expect(() => db.exec('DELETE FROM outbox WHERE sent_at_ms IS NULL')).toThrow('unsent');
    db.exec('DELETE FROM outbox WHERE sent_at_ms = 1');
    db.exec('ROLLBACK');
  });
});

describe('what no code may write, the schema refuses', () => {
  const payment = (changes: Record<string, string>): string => {
    const columns: Record<string, string> = {
      id: '77',
      request_id: `'${'0'.repeat(36)}'`,
      request_digest: `'x'`,
      till_code: `'KY01'`,
      receipt_year: '2026',
      receipt_sequence: '77',
      receipt_number: `'KY01-2026-000077'`,
      shift_id: '1',
      user_id: '1',
      account_id: '1',
      payer_name: `'x'`,
      at_ms: '1',
      business_date: `'2026-01-01'`,
      currency: `'ILS'`,
      total_minor: '1',
      rounding_minor: '0',
      ...changes,
    };
    return `INSERT INTO payments (${Object.keys(columns).join()}) VALUES (${Object.values(columns).join()})`;
  };

  test('the row that the next ones spoil would be taken', () => {
    db.exec('BEGIN');
    db.exec(payment({}));
    db.exec('ROLLBACK');
  });

  test.each([
    ['a payment of nothing', payment({ total_minor: '0' }), /CHECK/],
    ['a negative payment', payment({ total_minor: '-5' }), /CHECK/],
    ['a fraction of an agora', payment({ total_minor: '1.5' }), /cannot store REAL/],
    ['an amount in words', payment({ total_minor: `'five'` }), /cannot store TEXT/],
    ['an amount past all amounts', payment({ total_minor: '100000000000' }), /CHECK/],
    ['rounding past a hundred agorot', payment({ rounding_minor: '101' }), /CHECK/],
    ['rounding past a hundred agorot, the other way', payment({ rounding_minor: '-101' }), /CHECK/],
    ['an unknown currency', payment({ currency: `'EUR'` }), /CHECK/],
    [
      'a number of another place',
      payment({ receipt_number: '(SELECT receipt_number FROM payments)' }),
      /CHECK/,
    ],
    [
      'a place in the series given before',
      payment({
        receipt_sequence: '1',
        receipt_year: '(SELECT receipt_year FROM payments)',
        receipt_number: '(SELECT receipt_number FROM payments)',
      }),
      /UNIQUE/,
    ],
    ['a request that was paid', payment({ request_id: '(SELECT request_id FROM payments)' }), /UNIQUE/],
    ['a payment in no shift', payment({ shift_id: '99' }), /FOREIGN KEY/],
    ['a payment by nobody', payment({ user_id: '99' }), /FOREIGN KEY/],
    ['a payment on no account', payment({ account_id: '9999' }), /FOREIGN KEY/],
    ['a bill paid past its amount', 'UPDATE bills SET paid_minor = amount_minor + 1', /CHECK/],
    ['a bill paid below nothing', 'UPDATE bills SET paid_minor = -1', /CHECK/],
    [
      'money on a bill that is not there',
      `INSERT INTO payment_lines (payment_id, line, kind, account_id, bill_id, minor) VALUES (1, 9, 'bill', 1, 987654, 1)`,
      /FOREIGN KEY/,
    ],
    [
      'a bill’s line without a bill',
      `INSERT INTO payment_lines (payment_id, line, kind, account_id, minor) VALUES (1, 9, 'bill', 1, 1)`,
      /CHECK/,
    ],
    [
      'a fee that is not its quantity times its price',
      `INSERT INTO payment_lines (payment_id, line, kind, service_code, quantity, unit_minor, minor)
       SELECT 1, 9, 'fee', code, 2, 100, 201 FROM services LIMIT 1`,
      /CHECK/,
    ],
    [
      'foreign money without its rate',
      `INSERT INTO payment_tenders (payment_id, line, kind, currency, received_minor, value_minor)
       VALUES (1, 9, 'cash', 'USD', 100, 365)`,
      /CHECK/,
    ],
    [
      'more worn notes than notes',
      `INSERT INTO payment_tenders (payment_id, line, kind, currency, received_minor, value_minor, worn_minor)
       VALUES (1, 9, 'cash', 'ILS', 100, 100, 101)`,
      /CHECK/,
    ],
    [
      'a cheque of which nothing is known',
      `INSERT INTO payment_tenders (payment_id, line, kind, currency, received_minor, value_minor)
       VALUES (1, 9, 'cheque', 'ILS', 100, 100)`,
      /CHECK/,
    ],
    ['a drawer with less than nothing', 'UPDATE shift_cash SET expected_minor = -1', /CHECK/],
    ['credit below nothing', 'UPDATE accounts SET credit_minor = -1', /CHECK/],
    ['a rate of zero', `INSERT INTO rates VALUES (NULL, '2026-01-01', 'USD', 0, 1, 1)`, /CHECK/],
    [
      'a second open shift on the till',
      `INSERT INTO shifts (open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor)
       VALUES ('y', 'KY01', 2, '2026-01-01', 1, 0)`,
      /UNIQUE/,
    ],
    [
      'a second open shift of a person',
      `INSERT INTO shifts (open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor)
       SELECT 'z', 'KY02', user_id, '2026-01-01', 1, 0 FROM shifts`,
      /UNIQUE/,
    ],
    [
      'an entry whose hash is too short',
      `INSERT INTO journal (sequence, text, hash, signature) VALUES (999, '{"act":"x"}', x'00', zeroblob(64))`,
      /CHECK/,
    ],
    [
      'an entry that is no JSON',
      `INSERT INTO journal (sequence, text, hash, signature) VALUES (999, 'x', zeroblob(32), zeroblob(64))`,
      /malformed JSON/,
    ],
    ['an unknown role', `UPDATE users SET role = 'owner'`, /CHECK/],
    ['a second installation', `INSERT INTO installation VALUES (2, 'KY02', 0, 1)`, /CHECK/],
    [
      'a paper marked as sent that was never drawn',
      `UPDATE print_jobs SET state = 'sent', bitmap = NULL`,
      /CHECK/,
    ],
    [
      'an original without content',
      `INSERT INTO print_jobs (request_id, document, payment_id, title, copy_number, user_id, state, created_at_ms, changed_at_ms)
       SELECT NULL, 'receipt', payment_id, title, 0, user_id, 'intended', 1, 1 FROM print_jobs`,
      /CHECK|UNIQUE/,
    ],
  ] as const)('%s', (_, sql, complaint) => {
    expect(() => db.exec(sql)).toThrow(complaint);
  });
});
