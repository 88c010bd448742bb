import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WriteDb } from '../../electron/db/connection.ts';
import { migrate } from '../../electron/db/migrate.ts';
import { migrations } from '../../electron/db/migrations/index.ts';
import { didLastBreakOff, nextCopyNumber } from '../../electron/printing/printJobs.ts';
import { getSettings } from '../../electron/settings/settings.ts';
import { firstDamage } from '../../electron/storage/check.ts';

/** A file of version 8 with receipts that were printed in every state and saved, as that version wrote it. */
let db: WriteDb;
beforeEach(() => {
  db = new Database(':memory:') as WriteDb;
  db.pragma('foreign_keys = ON');
  db.pragma('recursive_triggers = ON');
  toVersion(8);
  db.exec(`
    INSERT INTO users (id, login, name_ar, name_en, role, secret_hash, created_at_ms)
      VALUES (1, 'sanaa', 'سناء', '', 'cashier', 'x', 0);
    INSERT INTO shifts (id, open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor)
      VALUES (1, '00000000-0000-4000-8000-000000000000', 'KY01', 1, '2026-11-24', 0, 0);
    INSERT INTO payments (id, request_id, request_digest, till_code, receipt_year, receipt_sequence, receipt_number,
        shift_id, user_id, account_id, payer_name, at_ms, business_date, currency, total_minor, rounding_minor)
      SELECT value, printf('00000000-0000-4000-8000-%012d', value), 'x', 'KY01', 2026, value,
             printf('KY01-2026-%06d', value), 1, 1, NULL, 'س', 0, '2026-11-24', 'ILS', 100, 0
        FROM json_each('[1,2,3,4]');
    INSERT INTO print_jobs (request_id, document, payment_id, copy_number, content, reason, user_id, state, attempts,
        problem, bitmap, bitmap_width, bitmap_height, created_at_ms, changed_at_ms) VALUES
      (NULL, 'receipt', 1, 0, '{"a":1}', NULL, 1, 'confirmed', 1, NULL, x'01', 576, 8, 10, 11),
      (NULL, 'receipt', 2, 0, '{"a":2}', NULL, 1, 'failedNotSent', 3, 'paperOut', NULL, NULL, NULL, 12, 13),
      (NULL, 'receipt', 3, 0, '{"a":3}', NULL, 1, 'unknown', 1, 'brokenOff', x'02', 576, 8, 14, 15),
      (NULL, 'undoSlip', 1, 0, '{"a":4}', NULL, 1, 'intended', 0, NULL, NULL, NULL, NULL, 16, 16),
      ('copy', 'receipt', 1, 1, NULL, 'lost', 1, 'sending', 1, NULL, x'03', 576, 8, 17, 18);
    INSERT INTO settings VALUES
      ('municipality', '{"ar":"بلدية","en":""}', 5), ('centre', '{"ar":"مركز","en":""}', 5),
      ('defaultLanguage', '"ar"', 5), ('idleLockMinutes', '10', 5), ('smallestCoinMinor', '10', 5),
      ('cashMoveLimitMinor', '20000', 5);
    INSERT INTO saved_documents VALUES (1, 1, 2, 'lost', 1, 19), (7, 3, 1, 'citizenAsked', 1, 20);
  `);
});
afterEach(() => db.close());

function toVersion(version: number): void {
  const wanted = migrations.filter((migration) => migration.version <= version);
  migrate(db, wanted, () => {});
}

const carried = `SELECT id, request_id, document, payment_id, copy_number, content, reason, user_id, state, attempts, problem,
  bitmap, bitmap_width, bitmap_height, created_at_ms, changed_at_ms FROM print_jobs ORDER BY id`;

test('every print job of version 8 is carried over as it was, and named by its receipt', () => {
  const before = db.prepare(carried).all();
  expect(before).toHaveLength(5);
  toVersion(9);
  expect(db.prepare(carried).all()).toEqual(before);
  const where = 'SELECT title, subject_id AS subject, printer_id AS printer FROM print_jobs ORDER BY id';
  expect(db.prepare(where).raw().all()).toEqual([
    ['KY01-2026-000001', null, 'receipts'],
    ['KY01-2026-000002', null, null],
    ['KY01-2026-000003', null, 'receipts'],
    ['KY01-2026-000001', null, null],
    ['KY01-2026-000001', null, 'receipts'],
  ]);
  expect(firstDamage(db)).toBeNull();
});

test.each([
  ['a printer in the network', { host: '192.168.1.50', port: 9101, dotsPerLine: 512 }, true],
  ['no printer', { host: '', port: 9100, dotsPerLine: 576 }, false],
])('the settings of version 8 with %s are settings of several printers', (_, printer, isThere) => {
  db.prepare(`INSERT INTO settings VALUES ('printer', ?, 7)`).run(JSON.stringify(printer));
  toVersion(9);
  const { printers, routes } = getSettings(db);
  expect(printers).toEqual(
    isThere
      ? [
          {
            id: 'receipts',
            name: 'طابعة السندات',
            way: { kind: 'tcp', host: printer.host, port: printer.port },
            dotsPerLine: printer.dotsPerLine,
            density: 'normal',
            cut: 'full',
            feedLines: 4,
            drawer: null,
            answersStatus: null,
            acknowledges: false,
          },
        ]
      : [],
  );
  expect(routes).toEqual({ main: isThere ? 'receipts' : null, fallback: null, documents: {} });
  expect(db.prepare(`SELECT 1 FROM settings WHERE key = 'printer'`).get()).toBeUndefined();
});

test('what was saved as PDF stays with its paper, is kept as before and counted among the printed copies', () => {
  const saved = 'SELECT * FROM saved_documents ORDER BY id';
  const before = db.prepare(saved).all();
  toVersion(9);
  expect(db.prepare(saved).all()).toEqual(before);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(() => db.exec(`INSERT INTO saved_documents VALUES (9, 99, 1, 'lost', 1, 1)`)).toThrow('FOREIGN KEY');
  for (const sql of [`UPDATE saved_documents SET reason = 'x'`, 'DELETE FROM saved_documents'])
    expect(() => db.exec(sql)).toThrow('append-only');
  const next = [1, 2, 3].map((paymentId) => nextCopyNumber(db, { document: 'receipt', paymentId }));
  expect(next).toEqual([3, 1, 2]);
});

test('a paper that was being sent when the program ended is known to be the one printer’s', () => {
  toVersion(9);
  expect(didLastBreakOff(db, 'receipts')).toBe(true);
  expect(didLastBreakOff(db, 'other')).toBe(false);
});

const insert = (columns: string, values: string): string =>
  `INSERT INTO print_jobs (title, user_id, created_at_ms, changed_at_ms, copy_number, state, ${columns})
     VALUES ('Z-1', 1, 1, 1, 0, 'intended', ${values})`;

test('a paper belongs to a payment or to another act, never to both or none, and once', () => {
  toVersion(9);
  db.exec(insert('document, subject_id, content', `'shiftReport', 1, '{}'`));
  db.exec(insert('document, subject_id, content', `'dayReport', 1, '{}'`));
  for (const [columns, values] of [
    ['document, content', `'shiftReport', '{}'`],
    ['document, payment_id, content', `'shiftReport', 4, '{}'`],
    ['document, subject_id, content', `'receipt', 4, '{}'`],
    ['document, payment_id, subject_id, content', `'receipt', 4, 4, '{}'`],
    ['document, subject_id, content', `'poem', 1, '{}'`],
    ['document, subject_id, content', `'shiftReport', 1, '{}'`],
    ['document, subject_id', `'shiftReport', 2`],
  ] as const)
    expect(() => db.exec(insert(columns, values)), values).toThrow(/CHECK|UNIQUE/);
});

test('what was sent to a printer stays with that printer, and what waits may go to another', () => {
  toVersion(9);
  db.exec(`UPDATE print_jobs SET printer_id = 'office' WHERE state IN ('intended', 'failedNotSent')`);
  for (const state of ['confirmed', 'unknown', 'sending'])
    expect(() => db.exec(`UPDATE print_jobs SET printer_id = 'office' WHERE state = '${state}'`)).toThrow(
      'was sent to that one',
    );
  for (const change of [`title = 'x'`, 'subject_id = 9', `content = '{}'`, 'payment_id = 4'])
    expect(() => db.exec(`UPDATE print_jobs SET ${change} WHERE id = 1`), change).toThrow();
  expect(() => db.exec('DELETE FROM print_jobs')).toThrow('kept');
});

test('why a drawer was opened is written once', () => {
  toVersion(9);
  db.exec(`INSERT INTO drawer_openings (request_id, reason, note, shift_id, user_id, printer_id, at_ms)
    VALUES ('00000000-0000-4000-8000-000000000001', 'giveChange', '', 1, 1, 'receipts', 1)`);
  for (const sql of [`UPDATE drawer_openings SET reason = 'other'`, 'DELETE FROM drawer_openings'])
    expect(() => db.exec(sql)).toThrow('append-only');
});
