import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { insertAccounts, openAccountsFile } from './accountFixtures.ts';
import type { AccountsFile } from './accountFixtures.ts';

let store: AccountsFile;
beforeEach(() => {
  store = openAccountsFile();
  insertAccounts(store.db, [
    { id: 1, name: 'خالد سامي', number: '11000001', bills: [{ number: 'a1', amountMinor: 4000 }] },
    {
      id: 2,
      name: 'خالد سامي',
      citizenId: 1,
      number: '11000002',
      bills: [{ number: 'b1', amountMinor: 900 }],
    },
    { id: 3, name: 'هدى عمر', number: '11000003' },
  ]);
});
afterEach(() => store.close());

const fromTheSource = `SELECT a.id AS account_id, a.number, c.name, c.identity_number, a.quarter, a.category_code,
    (SELECT coalesce(sum(b.amount_minor - b.paid_minor), 0) FROM bills b WHERE b.account_id = a.id) AS owed_minor
  FROM accounts a JOIN citizens c ON c.id = a.citizen_id ORDER BY a.id`;

test('whatever changes, an account’s card says what its account, citizen and bills say', () => {
  const account = fc.integer({ min: 1, max: 3 });
  const change = fc.oneof(
    account.map((id) => `UPDATE bills SET paid_minor = amount_minor WHERE account_id = ${id}`),
    account.map((id) => `UPDATE bills SET paid_minor = paid_minor / 2 WHERE account_id = ${id}`),
    account.map(
      (id) => `UPDATE bills SET amount_minor = amount_minor + 70, paid_minor = 1 WHERE account_id = ${id}`,
    ),
    fc.tuple(account, fc.uuid()).map(
      ([id, number]) =>
        `INSERT INTO bills SELECT ${id}, coalesce(max(id), 0) + 1, '${number}', 'water', '2026-01', 'charge',
           '2026-01-01', '2026-02-01', 5000, 200 FROM bills WHERE account_id = ${id}`,
    ),
    account.map(
      (id) => `UPDATE citizens SET name = name || ' ب', identity_number = 90000000${id} WHERE id = ${id}`,
    ),
    fc
      .tuple(account, fc.constantFrom(1, 3))
      .map(([id, to]) => `UPDATE accounts SET citizen_id = ${to}, quarter = 'معن' WHERE id = ${id}`),
    account.map(
      (id) => `UPDATE accounts SET number = '99' || number, category_code = 'trade' WHERE id = ${id}`,
    ),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      store.db.exec('SAVEPOINT run');
      try {
        for (const sql of changes) store.db.exec(sql);
        expect(store.db.prepare('SELECT * FROM account_cards ORDER BY account_id').all()).toEqual(
          store.db.prepare(fromTheSource).all(),
        );
      } finally {
        store.db.exec('ROLLBACK TO run; RELEASE run');
      }
    }),
    { numRuns: 60 },
  );
});

test('a bill neither moves to another account nor goes', () => {
  expect(() => store.db.exec('UPDATE bills SET account_id = 3 WHERE account_id = 1')).toThrow(
    'stays on its account',
  );
  expect(() => store.db.exec('DELETE FROM bills')).toThrow('are kept');
});
