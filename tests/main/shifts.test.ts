import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountAfter, paymentOf } from '../helpers/payments.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';

let municipality: string;
let till: TestCounter;
beforeAll(async () => {
  municipality = await makeMunicipality();
});
afterAll(() => removeFolder(municipality));
beforeEach(async () => {
  till = startCounter({ folder: copyFolder(municipality) });
  await signIn(till, 'amal');
});
afterEach(async () => {
  await till.close();
  removeFolder(till.folder);
});

const open = (...counts: [denominationMinor: number, quantity: number][]) => ({
  requestId: randomUUID(),
  counts: counts.map(([denominationMinor, quantity]) => ({ denominationMinor, quantity })),
});

test('the float is the sum of what was counted, to the agora, and is written down note by note', async () => {
  const shift = await till.call('shifts.open', open([20_000, 2], [5000, 3], [50, 7], [10, 1], [100, 0]));
  expect(shift).toMatchObject({ till: 'KY01', floatMinor: 55_360, receiptCount: 0 });
  const { rows, journal } = written(till.folder);
  expect(rows['shift_floats']).toHaveLength(4);
  expect(journal.at(-1)).toMatchObject({
    act: 'shift.opened',
    actor: { login: 'amal' },
    body: { shiftId: shift.id, currency: 'ILS', floatMinor: 55_360 },
  });
});

test('a drawer without change can be opened', async () => {
  expect(await till.call('shifts.open', open())).toMatchObject({ floatMinor: 0 });
});

test('a note that does not exist, one counted twice or a float past belief is refused and nothing is written', async () => {
  for (const wrong of [open([300, 1]), open([1, 1]), open([1000, 1], [1000, 2])])
    await expectNothingWritten(till, 'shifts.open', wrong, 'shift.unknownDenomination');
  await expectNothingWritten(till, 'shifts.open', open([20_000, 501]), 'amount.tooLarge');
  for (const wrong of [open([1000, -1]), open([1000, 1.5]), open([1000, 100_001])])
    await expectNothingWritten(till, 'shifts.open', wrong, 'request.invalid');
});

test('the same opening twice, even at once, is one shift', async () => {
  const request = open([1000, 5]);
  const shifts = await Promise.all([1, 2, 3].map(() => till.call('shifts.open', request)));
  expect(new Set(shifts.map(({ id }) => id)).size).toBe(1);
  expect(written(till.folder).rows['shifts']).toHaveLength(1);
  await expectNothingWritten(till, 'shifts.open', { ...request, counts: [] }, 'request.reused');
});

test('a till and a person have one open shift at a time', async () => {
  await till.call('shifts.open', open());
  await expectNothingWritten(till, 'shifts.open', open(), 'shift.alreadyOpen');
  const amal = await till.call('session.current', {});
  await signIn(till, 'yousef');
  expect(await till.ask('shifts.open', open())).toMatchObject({
    code: 'shift.alreadyOpen',
    params: { till: 'KY01', person: amal.kind === 'active' ? amal.person.nameAr : '' },
  });
});

test('one closes one’s own shift only, once', async () => {
  await till.call('shifts.open', open());
  await signIn(till, 'yousef');
  await expectNothingWritten(till, 'shifts.close', { requestId: randomUUID() }, 'shift.notOpen');
  await signIn(till, 'amal');
  const close = { requestId: randomUUID() };
  await Promise.all([1, 2, 3].map(() => till.call('shifts.close', close)));
  expect(await till.call('shifts.current', {})).toBeNull();
  expect(written(till.folder).journal.filter(({ act }) => act === 'shift.closed')).toHaveLength(1);
  await expectNothingWritten(till, 'shifts.close', { requestId: randomUUID() }, 'shift.notOpen');
  await signIn(till, 'yousef');
  await expectNothingWritten(till, 'shifts.close', close, 'request.reused');
});

test('after one shift comes another; an opening that was closed since is not opened again', async () => {
  const first = open([1000, 1]);
  await till.call('shifts.open', first);
  await till.call('shifts.close', { requestId: randomUUID() });
  await expectNothingWritten(till, 'shifts.open', first, 'request.reused');
  await signIn(till, 'yousef');
  expect(await till.call('shifts.open', open())).toMatchObject({ id: 2 });
});

test('closing names the first and the last receipt, and no sum', async () => {
  await till.call('shifts.open', open([1000, 5]));
  let account = await accountWithBills(till, 3);
  const numbers: string[] = [];
  for (let paid = 0; paid < 3; paid += 1) {
    const taken = await till.call('payments.take', paymentOf(account));
    numbers.push(taken.receipt.number);
    account = accountAfter(taken);
  }
  expect((await till.call('shifts.current', {}))?.receiptCount).toBe(3);
  expect(await till.call('shifts.close', { requestId: randomUUID() })).toEqual({});
  expect(written(till.folder).journal.at(-1)?.body).toEqual({
    shiftId: 1,
    requestId: expect.any(String),
    receipts: 3,
    firstReceipt: numbers[0],
    lastReceipt: numbers[2],
  });
});

test('a shift outlives a restart of the program', async () => {
  const shift = await till.call('shifts.open', open([1000, 5]));
  await till.close();
  till = startCounter({ folder: till.folder });
  await signIn(till, 'amal');
  expect(await till.call('shifts.current', {})).toEqual(shift);
});
