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
import { accountAfter, cheque, paymentOf, totalOf } from '../helpers/payments.ts';
import { closingOf, countAndClose, countDrawer, countedFrom, ils, notes } from '../helpers/shifts.ts';
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
  await signIn(till, 'nader');
  const { firstProblem } = await till.call('audit.verify', {});
  await till.close();
  removeFolder(till.folder);
  expect(firstProblem).toBeNull();
});

const open = (...kinds: [denominationMinor: number, quantity: number][]) => ({
  requestId: randomUUID(),
  counts: ils(...kinds),
});

test('the float is the sum of what was counted, to the agora, and is written down note by note', async () => {
  const { shift, count } = await till.call('shifts.open', {
    ...open([20_000, 2], [5000, 3], [50, 7], [10, 1], [100, 0]),
    counts: [
      ...ils([20_000, 2], [5000, 3], [50, 7], [10, 1], [100, 0]),
      notes('ILS', 5000, 1, true),
      notes('JOD', 250, 4),
    ],
  });
  expect(shift).toMatchObject({ till: 'KY01', receiptCount: 0, state: 'open', count: null, isOver: false });
  expect(shift.float).toEqual([
    { currency: 'ILS', minor: 60_360 },
    { currency: 'JOD', minor: 1000 },
  ]);
  // Nothing had been left in the drawer: all of it is a difference, told now and kept for ever.
  expect(count.results).toEqual([
    {
      currency: 'ILS',
      countedMinor: 60_360,
      wornMinor: 5000,
      expectedMinor: 0,
      expectedWornMinor: 5000,
      differenceMinor: 60_360,
    },
    expect.objectContaining({ currency: 'JOD', countedMinor: 1000, differenceMinor: 1000 }),
  ]);
  const { rows, journal } = written(till.folder);
  expect(rows['shift_floats']).toHaveLength(5);
  expect(rows['count_lines']).toHaveLength(6);
  expect(journal.slice(-3).map(({ act }) => act)).toEqual(['count.made', 'cash.moved', 'shift.opened']);
  expect(journal.at(-1)).toMatchObject({
    actor: { login: 'amal' },
    body: { shiftId: shift.id, till: 'KY01', float: shift.float, countId: count.id },
  });
});

test('a drawer without change can be opened', async () => {
  expect((await till.call('shifts.open', open())).shift.float).toEqual([]);
});

test('a note that does not exist, one counted twice or a till that is not there is refused and nothing is written', async () => {
  for (const wrong of [open([300, 1]), open([1, 1]), open([1000, 1], [1000, 2])])
    await expectNothingWritten(till, 'shifts.open', wrong, 'shift.unknownDenomination');
  for (const wrong of [open([1000, -1]), open([1000, 1.5]), open([1000, 100_001])])
    await expectNothingWritten(till, 'shifts.open', wrong, 'request.invalid');
  await expectNothingWritten(till, 'shifts.open', { ...open(), till: 'KY09' }, 'till.notFound');
});

test('a count past belief is asked about, and taken when the person is sure', async () => {
  for (const much of [open([20_000, 501]), open([10, 1001])])
    await expectNothingWritten(till, 'shifts.open', much, 'count.unlikely');
  const { shift } = await till.call('shifts.open', { ...open([10, 1001]), isSure: true });
  expect(shift.float).toEqual([{ currency: 'ILS', minor: 10_010 }]);
});

test('the same opening twice, even at once, is one shift', async () => {
  const request = open([1000, 5]);
  const opened = await Promise.all([1, 2, 3].map(() => till.call('shifts.open', request)));
  expect(new Set(opened.map(({ shift }) => shift.id)).size).toBe(1);
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

test('one closes one’s own shift only, once, with a count', async () => {
  await till.call('shifts.open', open([1000, 5]));
  const close = closingOf({ ...(await countDrawer(till)) });
  await signIn(till, 'yousef');
  await expectNothingWritten(till, 'shifts.close', close, 'shift.notOpen');
  await signIn(till, 'amal');
  const closed = await Promise.all([1, 2, 3].map(() => till.call('shifts.close', close)));
  expect(closed.map(({ wasAlreadyClosed }) => wasAlreadyClosed)).toEqual([false, true, true]);
  expect(new Set(closed.map(({ report }) => report.id)).size).toBe(1);
  expect(await till.call('shifts.current', {})).toBeNull();
  expect(written(till.folder).journal.filter(({ act }) => act === 'shift.closed')).toHaveLength(1);
  await expectNothingWritten(till, 'shifts.close', { ...close, requestId: randomUUID() }, 'shift.closed');
  await signIn(till, 'yousef');
  await expectNothingWritten(till, 'shifts.close', close, 'request.reused');
});

test('what the close leaves in the drawer is what the next opening is compared with', async () => {
  const first = open([1000, 5], [20_000, 1]);
  await till.call('shifts.open', first);
  await countAndClose(till, ils([5000, 1]));
  await expectNothingWritten(till, 'shifts.open', first, 'request.reused');
  await signIn(till, 'yousef');
  const { shift, count } = await till.call('shifts.open', open([1000, 4], [100, 2]));
  expect(shift.id).toBe(2);
  expect(count.results).toEqual([
    expect.objectContaining({ countedMinor: 4200, expectedMinor: 5000, differenceMinor: -800 }),
  ]);
  await signIn(till, 'huda');
  expect(await till.call('custody.safe', {})).toEqual({
    amounts: [{ currency: 'ILS', minor: 20_000 }],
    lines: [notes('ILS', 20_000, 1)],
    tills: [],
  });
});

test('after the count nothing moves until the shift is closed, or its cashier goes on and counts again', async () => {
  await till.call('shifts.open', open([1000, 5]));
  const account = await accountWithBills(till, 3);
  const count = await countDrawer(till);
  expect(count).toMatchObject({ kind: 'close', results: [{ differenceMinor: 0 }] });
  expect(await till.call('shifts.current', {})).toMatchObject({
    state: 'counted',
    count: { id: count.id, kind: 'close' },
  });
  await expectNothingWritten(till, 'payments.take', paymentOf(account), 'shift.counted');
  const again = { ...countedFrom(await till.call('shifts.countSheet', { shiftId: null }), ils([1000, 4])) };
  await expectNothingWritten(till, 'shifts.count', { ...again, reason: '' }, 'count.reasonMissing');
  const recount = await till.call('shifts.count', { ...again, reason: 'وجدت ورقة تحت الدُّرج' });
  expect(recount).toMatchObject({ kind: 'recount', results: [{ differenceMinor: -1000 }] });
  // The first count stays, and is no longer the one to close with.
  await expectNothingWritten(till, 'shifts.close', closingOf(count), 'count.notLast');
  const shift = await till.call('shifts.resumeSelling', { requestId: randomUUID(), reason: 'جاء مراجع' });
  expect(shift).toMatchObject({ state: 'open', count: null });
  await till.call('payments.take', paymentOf(account));
  await expectNothingWritten(till, 'shifts.close', closingOf(recount), 'shift.notCounted');
  expect((await countAndClose(till)).report).toMatchObject({ number: 1, receipts: 1, differences: [] });
  expect(written(till.folder).rows['counts']).toHaveLength(4);
});

test('a count of what the shift was before a payment is refused', async () => {
  await till.call('shifts.open', open([1000, 5]));
  const account = await accountWithBills(till, 3);
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  const counted = { ...countedFrom(sheet, ils([1000, 5])), reason: '' };
  const [paid, refused] = await Promise.all([
    till.ask('payments.take', paymentOf(account)),
    till.ask('shifts.count', counted),
  ]);
  expect(paid.ok).toBe(true);
  expect(refused).toMatchObject({ ok: false, code: 'count.shiftMoved' });
});

test('each cheque and slip is ticked; what is missing and what differs needs words', async () => {
  await till.call('shifts.open', open([1000, 5]));
  const account = await accountWithBills(till, 3);
  const request = paymentOf(account);
  const taken = await till.call('payments.take', { ...request, tenders: [cheque(totalOf(request))] });
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  expect(sheet.papers).toEqual([
    expect.objectContaining({
      paymentId: taken.paymentId,
      line: 1,
      kind: 'cheque',
      receiptNumber: taken.receipt.number,
      minor: totalOf(request),
      details: expect.objectContaining({ bank: 'بنك فلسطين', chequeNumber: '000417' }),
    }),
  ]);
  const counted = { ...countedFrom(sheet, ils([1000, 4])), reason: '' };
  for (const papers of [
    [],
    [...counted.papers, ...counted.papers],
    [{ paymentId: 99, line: 1, isPresent: true }],
  ])
    await expectNothingWritten(till, 'shifts.count', { ...counted, papers }, 'count.shiftMoved');
  const missing = counted.papers.map((paper) => ({ ...paper, isPresent: false }));
  const count = await till.call('shifts.count', { ...counted, papers: missing });
  expect(count.missing).toEqual(sheet.papers);
  const close = closingOf(count);
  for (const said of close.explanations)
    await expectNothingWritten(
      till,
      'shifts.close',
      { ...close, explanations: close.explanations.filter((one) => one !== said) },
      'close.explanationMissing',
    );
  for (const left of [ils([1000, 5]), ils([2000, 1])])
    await expectNothingWritten(
      till,
      'shifts.close',
      { ...close, leftInDrawer: left },
      'close.leftMoreThanCounted',
    );
  const { report } = await till.call('shifts.close', close);
  expect(report.differences).toEqual([{ currency: 'ILS', minor: -1000 }]);
  expect(report.figures.count?.missing).toEqual([taken.receipt.number]);
});

test('the report says what was done, with totals that go on from shift to shift', async () => {
  await till.call('shifts.open', open([1000, 5]));
  let account = await accountWithBills(till, 4);
  const numbers: string[] = [];
  let sum = 0;
  for (let paid = 0; paid < 3; paid += 1) {
    const taken = await till.call('payments.take', paymentOf(account));
    numbers.push(taken.receipt.number);
    sum += taken.receipt.totalMinor;
    account = accountAfter(taken);
  }
  const first = (await countAndClose(till)).report;
  expect(first).toMatchObject({ till: 'KY01', number: 1, receipts: 3 });
  expect(first.figures).toMatchObject({
    receiptsMinor: sum,
    acts: { firstReceipt: numbers[0], lastReceipt: numbers[2], voids: 0 },
    tenders: [{ kind: 'cash', currency: 'ILS', count: 3 }],
    perpetual: { receipts: 3, minor: sum, undone: 0, undoneMinor: 0 },
  });
  expect(first.figures.services.reduce((all, { minor }) => all + minor, 0)).toBe(sum);
  expect(first.paper).toMatchObject({ kind: 'shiftReport', number: 'Z-KY01-000001' });
  await till.call('shifts.open', open());
  const taken = await till.call('payments.take', paymentOf(account));
  const second = (await countAndClose(till)).report;
  expect(second.number).toBe(2);
  expect(second.figures.perpetual).toEqual({
    receipts: 4,
    minor: sum + taken.receipt.totalMinor,
    undone: 0,
    undoneMinor: 0,
  });
  expect(await till.call('zReports.get', { id: first.id })).toEqual(first);
});

test('a shift outlives a restart of the program, suspended or counted', async () => {
  const { shift } = await till.call('shifts.open', open([1000, 5]));
  const account = await accountWithBills(till, 1);
  expect(await till.call('shifts.suspend', { requestId: randomUUID() })).toMatchObject({
    state: 'suspended',
  });
  await till.close();
  till = startCounter({ folder: till.folder });
  await signIn(till, 'amal');
  expect(await till.call('shifts.current', {})).toEqual({ ...shift, state: 'suspended' });
  await expectNothingWritten(till, 'payments.take', paymentOf(account), 'shift.suspended');
  await expectNothingWritten(till, 'shifts.suspend', { requestId: randomUUID() }, 'shift.suspended');
  const resume = { requestId: randomUUID() };
  for (const _ of [1, 2]) expect(await till.call('shifts.resume', resume)).toEqual(shift);
  await till.call('payments.take', paymentOf(account));
});
