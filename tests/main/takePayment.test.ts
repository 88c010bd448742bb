import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { styleDigits } from '../../shared/domain/digits.ts';
import { splitReceiptQr } from '../../shared/domain/receiptQr.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountAfter, cashPayment, paymentOf, shekels, totalOf } from '../helpers/payments.ts';
import { countAndClose } from '../helpers/shifts.ts';
import { written } from '../helpers/written.ts';

let folder: string;
let till: TestCounter;
let nextAccount = 1;
beforeAll(async () => {
  folder = await makeMunicipality();
  till = startCounter({ folder: copyFolder(folder) });
  await startDay(till);
});
afterAll(async () => {
  await till.close();
  removeFolder(till.folder);
  removeFolder(folder);
});

async function freshAccount(atLeast: number) {
  const account = await accountWithBills(till, atLeast, nextAccount);
  nextAccount = account.id + 1;
  return account;
}

/** What should lie in the shift's drawer, agorot. */
function drawer(): number {
  const rows = written(till.folder).rows['shift_cash'] as { currency: string; expected_minor: number }[];
  return rows.find(({ currency }) => currency === 'ILS')?.expected_minor ?? 0;
}

test('a payment settles its bills, has the first number and counts in the shift', async () => {
  const account = await freshAccount(3);
  const taken = await till.call('payments.take', paymentOf(account, 2));
  const after = accountAfter(taken);
  expect(taken.receipt.number).toMatch(/^KY01-\d{4}-000001$/);
  expect(after.openBills).toHaveLength(account.openBills.length - 2);
  expect(after.owedMinor).toBe(account.owedMinor - taken.receipt.totalMinor);
  expect(taken.receipt.remainingMinor).toBe(after.owedMinor);
  expect(taken.shift.receiptCount).toBe(1);
  expect(taken.wasAlreadyTaken).toBe(false);
});

test('part of a bill can be paid and the rest later; the receipt says what is left', async () => {
  const account = await freshAccount(1);
  const [bill] = account.openBills;
  if (bill === undefined) throw new Error('no bill');
  const owed = bill.amountMinor - bill.paidMinor;
  const part = cashPayment({ accountId: account.id, allocations: [{ billId: bill.id, minor: 1 }] });
  const first = await till.call('payments.take', part);
  expect(first.receipt.lines[0]).toMatchObject({ paidMinor: 1, leftMinor: owed - 1 });
  const rest = await till.call('payments.take', paymentOf(accountAfter(first), 1));
  expect(rest.receipt.lines[0]).toMatchObject({ billNumber: bill.number, paidMinor: owed - 1, leftMinor: 0 });
  expect(accountAfter(rest).openBills.some((open) => open.id === bill.id)).toBe(false);
});

test('change is what was put on the counter less what was paid, and leaves the drawer', async () => {
  const account = await freshAccount(1);
  const request = paymentOf(account, 1);
  const total = totalOf(request);
  const received = Math.ceil(total / 1000) * 1000 + 1000;
  const over = received - total;
  const before = drawer();
  const taken = await till.call('payments.take', paymentOf(account, 1, received));
  const given = Math.floor((over + 5) / 10) * 10;
  expect(taken.receipt).toMatchObject({
    totalMinor: total,
    change: [{ currency: 'ILS', minor: given }],
    changeCredit: null,
    roundingMinor: over - given,
  });
  expect(taken.receipt.tenders).toEqual([
    { ...shekels(received), valueMinor: received, rate: null, creditOf: null },
  ]);
  expect(drawer() - before).toBe(received - given);
});

test('one payment writes its rows, print job, journal entry and outbox row together', async () => {
  const account = await freshAccount(3);
  const before = written(till.folder);
  const request = paymentOf(account, 3);
  const taken = await till.call('payments.take', request);
  const after = written(till.folder);

  const added = (table: string): number =>
    (after.rows[table] as unknown[]).length - (before.rows[table] as unknown[]).length;
  expect(Object.fromEntries(Object.keys(after.rows).map((table) => [table, added(table)]))).toMatchObject({
    payments: 1,
    payment_tenders: 1,
    payment_lines: 3,
    payment_change: 0,
    cheques: 0,
    transfers: 0,
    print_jobs: 1,
    outbox: 1,
    shifts: 0,
  });

  const entries = after.journal.slice(before.journal.length);
  expect(entries.map((entry) => entry.act)).toEqual(['payment.taken']);
  const [entry] = entries;
  expect(entry?.actor).toMatchObject({ login: 'amal' });
  expect(entry?.body).toMatchObject({
    paymentId: taken.paymentId,
    requestId: request.requestId,
    receiptNumber: taken.receipt.number,
    accountNumber: account.number,
    payer: account.citizen.name,
    currency: 'ILS',
    totalMinor: totalOf(request),
    roundingMinor: 0,
    tenders: [{ ...shekels(totalOf(request)), valueMinor: totalOf(request), rate: null, details: null }],
    change: [],
    lines: request.lines,
    receiptSha256: createHash('sha256').update(canonicalJson(taken.receipt)).digest('hex'),
  });
});

test('a receipt is found by its number, its end, its code, in Arabic digits, by account and by name', async () => {
  const account = await freshAccount(1);
  const { receipt } = await till.call('payments.take', paymentOf(account, 1));
  const { number, qr } = receipt;
  const arabic = styleDigits(number, 'arabicIndic').toLowerCase();
  for (const text of [number, number.slice(-6), qr, arabic, account.number, account.citizen.name]) {
    const found = await till.call('receipts.find', { text, limit: 5 });
    expect(found[0]?.number, text).toBe(number);
  }
});

test('the code on the paper names the amount and points to the entry before its own', async () => {
  const account = await freshAccount(1);
  const taken = await till.call('payments.take', paymentOf(account, 1));
  const entry = written(till.folder).journal.at(-1);
  const fields = splitReceiptQr(taken.receipt.qr)?.signed.split('|') ?? [];
  const shekels = taken.receipt.totalMinor / 100;
  expect(fields.slice(2)).toEqual([
    taken.receipt.number,
    `${new Date(taken.receipt.atMs).toISOString().slice(0, 19)}Z`,
    'ILS',
    shekels.toFixed(2),
    account.number,
    entry?.previous.slice(0, 16),
  ]);
});

test('a receipt number begins again at one in the new year, with the first shift of that year', async () => {
  // 23:59 and 00:01 in Gaza (UTC+2 in winter).
  let now = Date.parse('2026-12-31T21:59:00Z');
  const other = startCounter({ folder: copyFolder(folder), clock: () => now });
  try {
    await startDay(other);
    const account = await accountWithBills(other, 3);
    const before = await other.call('payments.take', paymentOf(account, 1));
    now += 120_000;
    // After midnight, and still of the shift that was opened on the last day.
    const after = await other.call('payments.take', paymentOf(accountAfter(before), 1));
    expect([before, after].map(({ receipt }) => [receipt.number, receipt.businessDate])).toEqual([
      ['KY01-2026-000001', '2026-12-31'],
      ['KY01-2026-000002', '2026-12-31'],
    ]);
    expect(after.receipt.atMs).toBe(now);
    await countAndClose(other);
    await startDay(other);
    const next = await other.call('payments.take', paymentOf(accountAfter(after), 1));
    expect([next.receipt.number, next.receipt.businessDate]).toEqual(['KY01-2027-000001', '2027-01-01']);
  } finally {
    await other.close();
    removeFolder(other.folder);
  }
});
