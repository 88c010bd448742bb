import { afterEach, beforeEach, expect, test } from 'vitest';
import { getAccountView } from '../../electron/accounts/openAccount.ts';
import { transact } from '../../electron/db/connection.ts';
import { Refusal } from '../../shared/errors.ts';
import { insertAccounts, insertReceipt, openAccountsFile } from './accountFixtures.ts';
import type { AccountsFile } from './accountFixtures.ts';

let store: AccountsFile;
beforeEach(() => {
  store = openAccountsFile();
});
afterEach(() => store.close());

test('an account opens with its open bills, oldest first, arrears and fines told apart', () => {
  insertAccounts(store.db, [
    {
      id: 1,
      name: 'خالد سامي عمر شراب',
      number: '11000001',
      identityNumber: '901234564',
      phone: '0599000001',
      otherPhone: '0569000001',
      meter: '2019000001',
      bills: [
        { number: 'b1', amountMinor: 4000, dueOn: '2026-12-01' },
        { number: 'b2', amountMinor: 3000, paidMinor: 500, dueOn: '2026-03-01' },
        { number: 'b3', amountMinor: 2000, kind: 'fine', serviceCode: 'lateFine', dueOn: '2026-02-01' },
        { number: 'b4', amountMinor: 9000, paidMinor: 9000, dueOn: '2025-01-01' },
      ],
    },
    { id: 2, name: 'خالد', citizenId: 1, number: '11000002', bills: [{ number: 'c1', amountMinor: 800 }] },
  ]);
  const view = getAccountView(store.db, 1, '2026-11-24');
  expect(view).toMatchObject({
    id: 1,
    number: '11000001',
    citizen: {
      id: 1,
      name: 'خالد سامي عمر شراب',
      identityNumber: '901234564',
      phones: ['0599000001', '0569000001'],
      otherAccounts: [{ id: 2, number: '11000002', owedMinor: 800 }],
    },
    category: { code: 'domestic', ar: 'منزلي', en: 'Domestic' },
    services: [{ code: 'water', ar: 'مياه', en: 'Water', meter: '2019000001' }],
    owedMinor: 8500,
    arrearsMinor: 2500,
    finesMinor: 2000,
    creditMinor: 0,
    asOfMs: 1000,
    lastReceipts: [],
  });
  expect(view.openBills.map((bill) => bill.number)).toEqual(['b3', 'b2', 'b1']);
  expect(view.openBills[0]).toEqual({
    id: 3,
    number: 'b3',
    accountId: 1,
    serviceCode: 'lateFine',
    serviceAr: 'غرامة تأخير',
    serviceEn: 'Late payment fine',
    leastMinor: 1,
    period: '2026-09',
    kind: 'fine',
    issuedOn: '2026-01-01',
    dueOn: '2026-02-01',
    amountMinor: 2000,
    paidMinor: 0,
  });
});

test('the last five receipts come newest first, each with its paper', () => {
  insertAccounts(store.db, [{ id: 1, name: 'سناء', number: '11000001' }]);
  const payments = [1, 2, 3, 4, 5, 6].map((n) =>
    insertReceipt(store.db, { number: `KY01-2026-00000${n}`, accountId: 1, totalMinor: n * 100 }),
  );
  const last = payments.at(-1) ?? 0;
  transact(store.db, (tx) => {
    const job = tx.prepare(
      `INSERT INTO print_jobs (request_id, document, payment_id, title, copy_number, content, user_id, state, bitmap,
         created_at_ms, changed_at_ms) VALUES (?, 'receipt', ?, 'KY01', ?, ?, 1, ?, ?, 0, 0)`,
    );
    job.run(null, last, 0, '{}', 'sent', Buffer.from([1]));
    job.run('j1', last, 1, null, 'intended', null);
  });
  const { lastReceipts } = getAccountView(store.db, 1, '2026-11-24');
  expect(lastReceipts.map((receipt) => receipt.number)).toEqual(
    [6, 5, 4, 3, 2].map((n) => `KY01-2026-00000${n}`),
  );
  expect(lastReceipts[0]).toEqual({
    paymentId: last,
    number: 'KY01-2026-000006',
    atMs: 5000,
    businessDate: '2026-11-24',
    totalMinor: 600,
    payerName: 'دافع',
    accountNumber: '11000001',
    cashierAr: 'هدى',
    cashierEn: 'Huda',
    printState: 'sent',
    copies: 1,
    undone: null,
  });
});

test('an account that is not there is refused', () => {
  expect(() => getAccountView(store.db, 77, '2026-11-24')).toThrow(Refusal);
  expect(() => getAccountView(store.db, 77, '2026-11-24')).toThrow('account.notFound');
});
