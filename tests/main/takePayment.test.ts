import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountWithBills, paymentOf, removeFolder, startDay, startDemonstration } from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';

let till: TestCounter;
beforeEach(async () => {
  till = await startDemonstration();
});
afterEach(async () => {
  await till.close();
  removeFolder(till.folder);
});

test('a payment settles its bills, has the first number and verifies', async () => {
  await startDay(till);
  const account = await accountWithBills(till, 3);
  const taken = await till.call('payments.take', paymentOf(account, 2));
  expect(taken.receipt.number).toMatch(/^KY01-\d{4}-000001$/);
  expect(taken.account.openBills).toHaveLength(account.openBills.length - 2);
  expect(taken.shift.receiptCount).toBe(1);
});
