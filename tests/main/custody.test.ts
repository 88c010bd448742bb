import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CashLine } from '../../shared/domain/counting.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn } from '../helpers/counter.ts';
import { openShift, witness } from '../helpers/days.ts';
import { paymentOf } from '../helpers/payments.ts';
import {
  closingOf,
  countAndClose,
  countDrawer,
  countedFrom,
  drawerOf,
  expectedIn,
  ils,
  notes,
} from '../helpers/shifts.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let shiftId: number;
tillForEach({}, async (fresh) => {
  till = fresh;
  shiftId = await openShift(till, 'amal', 50_000);
});

const payIn = (lines: readonly CashLine[], receiver = 'huda') => ({
  requestId: randomUUID(),
  lines: [...lines],
  bagNumber: 'B-1',
  note: '',
  receiver: witness(receiver),
});
const inDrawer = (id = shiftId): number =>
  expectedIn(till.folder, id).find(({ currency }) => currency === 'ILS')?.minor ?? 0;
async function safe(): Promise<number> {
  await signIn(till, 'huda');
  const { amounts } = await till.call('custody.safe', {});
  await signIn(till, 'amal');
  return amounts.find(({ currency }) => currency === 'ILS')?.minor ?? 0;
}

test('what is paid in goes from the drawer to the safe, in a bag, once for each request', async () => {
  const request = payIn(ils([20_000, 1], [10_000, 1]));
  const move = await till.call('custody.payIn', request);
  expect(move).toMatchObject({
    kind: 'payIn',
    bagNumber: 'B-1',
    amounts: [{ currency: 'ILS', minor: 30_000 }],
  });
  expect(await till.call('custody.payIn', request)).toEqual(move);
  expect([inDrawer(), await safe()]).toEqual([20_000, 30_000]);
  await expectNothingWritten(
    till,
    'custody.payIn',
    { ...request, lines: ils([20_000, 1]) },
    'request.reused',
  );
  expect(
    written(till.folder).journal.filter(({ act, body }) => act === 'cash.moved' && body['kind'] === 'payIn'),
  ).toHaveLength(1);
});

test('the receiver is a supervisor with their own PIN, and never the giver', async () => {
  const lines = ils([20_000, 1]);
  for (const who of ['yousef', 'nader'])
    await expectNothingWritten(till, 'custody.payIn', payIn(lines, who), 'custody.notKeeper');
  const wrong = { ...payIn(lines), receiver: { login: 'huda', secret: '000000' } };
  expect(await till.ask('custody.payIn', wrong)).toMatchObject({ ok: false, code: 'signIn.wrong' });
  expect(inDrawer()).toBe(50_000);
  await countAndClose(till);
  await openShift(till, 'huda', 50_000);
  await expectNothingWritten(till, 'custody.payIn', payIn(lines, 'huda'), 'custody.receiverIsGiver');
  expect(await till.call('custody.payIn', payIn(lines, 'admin'))).toMatchObject({ kind: 'payIn' });
  await countAndClose(till);
});

test('nothing, less than nothing, what no note is, and more than lies there are refused', async () => {
  await expectNothingWritten(till, 'custody.payIn', payIn([]), 'custody.nothing');
  await expectNothingWritten(till, 'custody.payIn', payIn(ils([20_000, 0])), 'custody.nothing');
  await expectNothingWritten(till, 'custody.payIn', payIn(ils([20_000, -1])), 'request.invalid');
  await expectNothingWritten(till, 'custody.payIn', payIn(ils([300, 1])), 'shift.unknownDenomination');
  await expectNothingWritten(till, 'custody.payIn', payIn(ils([20_000, 3])), 'change.notInDrawer');
  const topUp = { requestId: randomUUID(), lines: ils([1000, 1]), note: '', giver: witness('huda') };
  await expectNothingWritten(till, 'custody.topUp', topUp, 'custody.notThere');
});

test('cash without a receipt has its reason; above the limit another person’s word for exactly this', async () => {
  const { limitMinor } = await till.call('custody.limit', {});
  const small = {
    direction: 'out',
    reason: 'smallExpense',
    note: 'ورق للطابعة',
    lines: ils([1000, 1]),
  } as const;
  const requestId = randomUUID();
  expect(await till.call('custody.cashMove', { requestId, move: small, approvalId: null })).toMatchObject({
    kind: 'cashOut',
    reason: 'smallExpense',
    approvedByAr: null,
  });
  const lines = ils([20_000, 1 + Math.floor(limitMinor / 20_000)]);
  const large = { direction: 'in', reason: 'foundInDrawer', note: 'وُجدت في الخزانة', lines } as const;
  const request = { requestId: randomUUID(), move: large, approvalId: null };
  await expectNothingWritten(till, 'custody.cashMove', request, 'approval.missing');
  await expectNothingWritten(
    till,
    'custody.cashMove',
    { ...request, move: { ...large, note: '' } },
    'request.invalid',
  );
  const act = { kind: 'cash.move', contents: { requestId: request.requestId, ...large } } as const;
  expect(await till.ask('approvals.grant', { act, ...witness('amal') })).toMatchObject({
    code: 'approval.own',
  });
  const { approvalId } = await till.call('approvals.grant', { act, ...witness('huda') });
  const other = { ...large, note: 'شيء آخر' };
  await expectNothingWritten(
    till,
    'custody.cashMove',
    { ...request, move: other, approvalId },
    'approval.other',
  );
  expect(await till.call('custody.cashMove', { ...request, approvalId })).toMatchObject({ kind: 'cashIn' });
});

test('change is exchanged between two open drawers, for the same value, and both say so', async () => {
  await signIn(till, 'admin');
  await till.call('tills.add', { code: 'KY02', name: 'شباك ثانٍ' });
  const other = await openShift(till, 'yousef', 50_000, 'KY02');
  await signIn(till, 'amal');
  const request = {
    requestId: randomUUID(),
    given: ils([20_000, 1]),
    taken: ils([5000, 4]),
    note: '',
    other: witness('yousef'),
  };
  await expectNothingWritten(
    till,
    'custody.exchange',
    { ...request, taken: ils([5000, 3]) },
    'custody.unequal',
  );
  await expectNothingWritten(
    till,
    'custody.exchange',
    { ...request, taken: [notes('JOD', 20_000, 1)] },
    'custody.unequal',
  );
  await expectNothingWritten(
    till,
    'custody.exchange',
    { ...request, other: witness('amal') },
    'custody.receiverIsGiver',
  );
  await expectNothingWritten(
    till,
    'custody.exchange',
    { ...request, other: witness('huda') },
    'custody.otherHasNoShift',
  );
  for (const _ of [1, 2]) await till.call('custody.exchange', request);
  expect([inDrawer(), inDrawer(other)]).toEqual([50_000, 50_000]);
  const { journal } = written(till.folder);
  expect(journal.filter(({ body }) => body['kind'] === 'exchange')).toHaveLength(2);
  await till.call('shifts.suspend', { requestId: randomUUID() });
  await expectNothingWritten(
    till,
    'custody.exchange',
    { ...request, requestId: randomUUID() },
    'shift.suspended',
  );
});

test('a float is put into a drawer without a shift, and the opening is compared with it', async () => {
  await till.call('custody.payIn', payIn(ils([20_000, 2])));
  await countAndClose(till);
  await signIn(till, 'huda');
  const float = {
    requestId: randomUUID(),
    till: 'KY01',
    direction: 'toTill',
    lines: ils([20_000, 1]),
    note: '',
  } as const;
  await till.call('custody.prepareFloat', float);
  await signIn(till, 'yousef');
  const opening = { requestId: randomUUID(), counts: ils([10_000, 1]) };
  const { count } = await till.call('shifts.open', opening);
  expect(count.results).toEqual([
    expect.objectContaining({ expectedMinor: 20_000, differenceMinor: -10_000 }),
  ]);
  await signIn(till, 'huda');
  await expectNothingWritten(
    till,
    'custody.prepareFloat',
    { ...float, requestId: randomUUID() },
    'till.inUse',
  );
});

test('the safe gives and takes in front of two people only', async () => {
  await signIn(till, 'huda');
  const fund = {
    requestId: randomUUID(),
    direction: 'in',
    reason: 'fund',
    note: 'من الصندوق العام',
    bagNumber: '',
    lines: ils([20_000, 1]),
    witness: witness('nader'),
  } as const;
  await expectNothingWritten(
    till,
    'custody.safeMove',
    { ...fund, witness: witness('huda') },
    'custody.receiverIsGiver',
  );
  await till.call('custody.safeMove', fund);
  const out = { ...fund, requestId: randomUUID(), direction: 'out', lines: ils([20_000, 2]) } as const;
  await expectNothingWritten(till, 'custody.safeMove', out, 'custody.notThere');
});

async function offer(lines: readonly CashLine[], receiver = 'yousef') {
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  return { ...countedFrom(sheet, lines), receiver: witness(receiver) };
}

test('custody passes when the next cashier accepts what they counted, and not before', async () => {
  const account = await accountWithBills(till, 2);
  await till.call('payments.take', paymentOf(account));
  const short = drawerOf(till, shiftId).filter(({ denominationMinor }) => denominationMinor >= 1000);
  const count = await till.call('shifts.handoverCount', await offer(short));
  expect(count).toMatchObject({ kind: 'handover', shiftId, witness: { ar: expect.any(String) } });
  const differs = count.results[0]?.differenceMinor ?? 0;
  expect(differs).toBeLessThan(0);
  await expectNothingWritten(
    till,
    'payments.take',
    paymentOf(await accountWithBills(till, 1, 3)),
    'shift.counted',
  );
  await expectNothingWritten(till, 'shifts.close', closingOf(count), 'count.notLast');
  const { explanations } = closingOf(count);
  const accept = { requestId: randomUUID(), countId: count.id, explanations, receiver: witness('yousef') };
  await expectNothingWritten(
    till,
    'shifts.handoverAccept',
    { ...accept, receiver: witness('huda') },
    'count.notLast',
  );
  await expectNothingWritten(
    till,
    'shifts.handoverAccept',
    { ...accept, explanations: [] },
    'close.explanationMissing',
  );
  const { report, next } = await till.call('shifts.handoverAccept', accept);
  expect(report).toMatchObject({ shiftId, differences: [{ currency: 'ILS', minor: differs }] });
  expect(next).toMatchObject({ till: 'KY01', state: 'open' });
  expect((await till.call('shifts.handoverAccept', accept)).wasAlreadyClosed).toBe(true);
  expect([inDrawer(), inDrawer(next.id)]).toEqual([0, count.results[0]?.countedMinor]);
  expect(await till.call('shifts.current', {})).toBeNull();
  await signIn(till, 'yousef');
  expect(await till.call('shifts.current', {})).toMatchObject({ id: next.id, float: next.float });
  await till.call('payments.take', paymentOf(await accountWithBills(till, 1, 3)));
});

test('a handover that is refused leaves custody where it was, and the count with its difference for ever', async () => {
  const count = await till.call('shifts.handoverCount', await offer(ils([20_000, 2])));
  const refusal = {
    requestId: randomUUID(),
    countId: count.id,
    reason: 'ينقصها مئة',
    receiver: witness('yousef'),
  };
  await expectNothingWritten(
    till,
    'shifts.handoverRefuse',
    { ...refusal, receiver: witness('huda') },
    'count.notLast',
  );
  for (const _ of [1, 2])
    expect(await till.call('shifts.handoverRefuse', refusal)).toMatchObject({ id: shiftId, state: 'open' });
  const { explanations } = closingOf(count);
  const accept = { requestId: randomUUID(), countId: count.id, explanations, receiver: witness('yousef') };
  await expectNothingWritten(till, 'shifts.handoverAccept', accept, 'shift.notCounted');
  await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
  expect((await countAndClose(till)).report.differences).toEqual([]);
  expect(written(till.folder).rows['count_results']).toContainEqual(
    expect.objectContaining({ count_id: count.id, difference_minor: -10_000 }),
  );
});

test('who receives is another cashier without a drawer of their own', async () => {
  const lines = drawerOf(till, shiftId);
  await expectNothingWritten(
    till,
    'shifts.handoverCount',
    await offer(lines, 'amal'),
    'custody.receiverIsGiver',
  );
  await expectNothingWritten(till, 'shifts.handoverCount', await offer(lines, 'nader'), 'custody.notKeeper');
  await signIn(till, 'admin');
  await till.call('tills.add', { code: 'KY02', name: 'شباك ثانٍ' });
  await openShift(till, 'yousef', 1000, 'KY02');
  await signIn(till, 'amal');
  await expectNothingWritten(till, 'shifts.handoverCount', await offer(lines), 'shift.alreadyOpen');
});

test('an auditor counts by surprise while the shift goes on; only they are told, and the close is still blind', async () => {
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  const surprise = { ...countedFrom(sheet, ils([20_000, 2])), shiftId, remark: 'جرد مفاجئ' };
  await expectNothingWritten(
    till,
    'shifts.countSurprise',
    { ...surprise, auditor: witness('huda') },
    'custody.notKeeper',
  );
  const reply = await till.call('shifts.countSurprise', { ...surprise, auditor: witness('nader') });
  expect(reply.outcome).toBeNull();
  await expectNothingWritten(till, 'counts.get', { countId: reply.countId }, 'session.forbidden');
  await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
  await signIn(till, 'nader');
  const there = await till.call('shifts.countSheet', { shiftId });
  const { outcome } = await till.call('shifts.countSurprise', {
    ...countedFrom(there, drawerOf(till, shiftId)),
    shiftId,
    remark: '',
    auditor: null,
  });
  expect(outcome).toMatchObject({ kind: 'surprise', witness: null, results: [{ differenceMinor: 0 }] });
  expect(await till.call('counts.get', { countId: reply.countId })).toMatchObject({
    reason: 'جرد مفاجئ',
    results: [{ differenceMinor: -10_000 }],
  });
  await signIn(till, 'amal');
  expect(await till.call('shifts.current', {})).toMatchObject({ state: 'open', count: null });
  await countDrawer(till);
});
