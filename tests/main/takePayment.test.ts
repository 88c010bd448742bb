import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { splitReceiptQr } from '../../shared/domain/receiptQr.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  paymentOf,
  removeFolder,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
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

test('a payment settles its bills, has the first number and counts in the shift', async () => {
  const account = await freshAccount(3);
  const taken = await till.call('payments.take', paymentOf(account, 2));
  expect(taken.receipt.number).toMatch(/^KY01-\d{4}-000001$/);
  expect(taken.account.openBills).toHaveLength(account.openBills.length - 2);
  expect(taken.account.owedMinor).toBe(account.owedMinor - taken.receipt.totalMinor);
  expect(taken.receipt.remainingMinor).toBe(taken.account.owedMinor);
  expect(taken.shift.receiptCount).toBe(1);
  expect(taken.wasAlreadyTaken).toBe(false);
});

test('part of a bill can be paid and the rest later; the receipt says what is left', async () => {
  const account = await freshAccount(1);
  const [bill] = account.openBills;
  if (bill === undefined) throw new Error('no bill');
  const owed = bill.amountMinor - bill.paidMinor;
  const request = paymentOf(account, 1);
  const first = await till.call('payments.take', {
    ...request,
    allocations: [{ billId: bill.id, minor: 1 }],
    tender: { kind: 'cash', currency: 'ILS', receivedMinor: 1 },
  });
  expect(first.receipt.lines[0]).toMatchObject({ paidMinor: 1, leftMinor: owed - 1 });
  const rest = await till.call('payments.take', paymentOf(first.account, 1));
  expect(rest.receipt.lines[0]).toMatchObject({ billNumber: bill.number, paidMinor: owed - 1, leftMinor: 0 });
  expect(rest.account.openBills.some((open) => open.id === bill.id)).toBe(false);
});

test('change is what was put on the counter less what was paid', async () => {
  const account = await freshAccount(1);
  const request = paymentOf(account, 1);
  const total = request.tender.receivedMinor;
  const taken = await till.call('payments.take', {
    ...request,
    tender: { ...request.tender, receivedMinor: total + 350 },
  });
  expect(taken.receipt).toMatchObject({ totalMinor: total, changeMinor: 350 });
  expect(taken.receipt.tenders).toEqual([{ kind: 'cash', currency: 'ILS', receivedMinor: total + 350 }]);
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
    payment_allocations: 3,
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
    totalMinor: request.tender.receivedMinor,
    changeMinor: 0,
    tenders: [request.tender],
    allocations: request.allocations.map(({ billId, minor }, index) => ({
      billId,
      minor,
      billNumber: account.openBills[index]?.number,
    })),
    receiptSha256: createHash('sha256').update(canonicalJson(taken.receipt)).digest('hex'),
  });
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

test('a receipt number begins again at one in the new year', async () => {
  // 23:59 and 00:01 in Gaza (UTC+2 in winter).
  let now = Date.parse('2026-12-31T21:59:00Z');
  const other = startCounter({ folder: copyFolder(folder), clock: () => now });
  try {
    await startDay(other);
    const account = await accountWithBills(other, 2);
    const before = await other.call('payments.take', paymentOf(account, 1));
    now += 120_000;
    const after = await other.call('payments.take', paymentOf(before.account, 1));
    expect([before.receipt.number, after.receipt.number]).toEqual(['KY01-2026-000001', 'KY01-2027-000001']);
    expect(after.receipt.businessDate).toBe('2027-01-01');
  } finally {
    await other.close();
    removeFolder(other.folder);
  }
});
