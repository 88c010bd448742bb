import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TestCounter } from '../helpers/counter.ts';
import { signIn } from '../helpers/counter.ts';
import {
  closeShift,
  closing,
  explainAll,
  inNotes,
  openShift,
  roundPayment,
  witness,
  workShift,
} from '../helpers/days.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';
import { accountWithBills } from '../helpers/counter.ts';
import { tillForEach } from './tillForEach.ts';

const dayMs = 24 * 60 * 60_000;
const noon = Date.parse('2026-11-24T10:00:00Z');
const date = '2026-11-24';
let now = noon;
let till: TestCounter;
tillForEach({ clock: () => now }, async (fresh) => {
  now = noon;
  till = fresh;
});

test('a supervisor who took no money closes the day: it is the sum of its shifts, reported and journaled', async () => {
  const first = await workShift(till, { payments: 2 });
  const second = await workShift(till, { login: 'yousef', payments: 1, floatMinor: 0 });
  await signIn(till, 'huda');
  const view = await till.call('days.view', { businessDate: date });
  expect(view).toMatchObject({ state: 'open', obstacles: [], needsException: false });
  const { day, wasAlreadyClosed } = await till.call('days.close', await closing(till, date));
  expect(wasAlreadyClosed).toBe(false);
  expect(day).toMatchObject({ state: 'closed', figures: { receipts: { count: 3 } } });
  expect(day.figures.receipts.minor).toBe(first.figures.receiptsMinor + second.figures.receiptsMinor);
  expect(day.figures.cashiers.map(({ receipts }) => receipts)).toEqual([2, 1]);
  expect(day.figures.safe.before).toEqual([]);
  const { journal } = written(till.folder);
  expect(journal.at(-1)).toMatchObject({ act: 'day.closed', body: { businessDate: date, receipts: 3 } });
  const report = await till.call('days.report', { businessDate: date });
  expect(report.paper).toMatchObject({ kind: 'dayReport', number: date });
});

test('what was closed stays closed: no shift, count, word or return of it is written any more', async () => {
  const report = await workShift(till, { differenceMinor: -500 });
  await signIn(till, 'huda');
  await explainAll(till, date);
  await till.call('days.close', await closing(till, date));
  const [shift] = (await till.call('days.view', { businessDate: date })).shifts;
  const explain = {
    requestId: randomUUID(),
    countId: shift?.countId ?? 0,
    currency: 'ILS' as const,
    text: 'بعد الإغلاق',
    cashier: null,
  };
  await expectNothingWritten(till, 'days.explain', explain, 'day.closed');
  const giveBack = { requestId: randomUUID(), shiftId: report.shiftId, reason: 'عُدّ من جديد' };
  await expectNothingWritten(till, 'days.returnShift', giveBack, 'day.closed');
  await signIn(till, 'amal');
  const open = { requestId: randomUUID(), counts: inNotes(1000) };
  await expectNothingWritten(till, 'shifts.open', open, 'day.closed');
  now += dayMs;
  await till.call('shifts.open', open);
});

test('an open shift is named, and with it the day stays open', async () => {
  await openShift(till);
  await signIn(till, 'huda');
  const view = await till.call('days.view', { businessDate: date });
  expect(view.obstacles).toMatchObject([{ kind: 'openShift', till: 'KY01', isOver: false }]);
  await expectNothingWritten(till, 'days.close', await closing(till, date), 'day.openShift');
});

test('a difference needs the words of the cashier and of a supervisor, who adds to them', async () => {
  await workShift(till, { differenceMinor: -500 });
  await signIn(till, 'huda');
  await expectNothingWritten(till, 'days.close', await closing(till, date), 'day.unexplained');
  const [shift] = (await till.call('days.view', { businessDate: date })).shifts;
  const words = {
    requestId: randomUUID(),
    countId: shift?.countId ?? 0,
    currency: 'ILS' as const,
    text: 'راجعت السندات',
    cashier: null,
  };
  const foreign = { ...words, currency: 'USD' as const };
  await expectNothingWritten(till, 'days.explain', foreign, 'day.nothingToExplain');
  const explained = await till.call('days.explain', words);
  expect(explained.obstacles).toEqual([]);
  expect(explained.shifts[0]?.explanations).toMatchObject([
    { role: 'cashier', isReview: false },
    { role: 'supervisor', isReview: true, text: 'راجعت السندات' },
  ]);
  await till.call('days.explain', words);
  await expectNothingWritten(till, 'days.explain', { ...words, text: 'غير ذلك' }, 'request.reused');
  const { day } = await till.call('days.close', await closing(till, date));
  expect(day.figures.results).toMatchObject([{ currency: 'ILS', differenceMinor: -500 }]);
});

test('days are closed in order, not before they come, and one without shifts needs no close', async () => {
  await workShift(till);
  now += 3 * dayMs;
  const later = '2026-11-27';
  await workShift(till);
  await signIn(till, 'huda');
  for (const [businessDate, code] of [
    [later, 'day.earlierOpen'],
    ['2026-11-25', 'day.nothing'],
    ['2026-11-28', 'day.notYet'],
  ] as const)
    await expectNothingWritten(till, 'days.close', await closing(till, businessDate), code);
  await till.call('days.close', await closing(till, date));
  await till.call('days.close', await closing(till, later));
  const skipped = await till.call('days.view', { businessDate: '2026-11-25' });
  expect(skipped.state).toBe('skipped');
  await expectNothingWritten(till, 'days.close', await closing(till, '2026-11-25'), 'day.closed');
  const days = await till.call('days.list', {});
  expect(days.map(({ businessDate }) => businessDate)).toEqual([later, date]);
});

test('the safe of a day begins with what the last one left, also when a day is closed late', async () => {
  const first = await workShift(till, { leftMinor: 5000 });
  now += dayMs;
  await workShift(till, { floatMinor: 5000 });
  await signIn(till, 'huda');
  const { day: one } = await till.call('days.close', await closing(till, date));
  const { day: two } = await till.call('days.close', await closing(till, '2026-11-25'));
  const put = first.figures.count?.toSafe ?? [];
  expect(one.figures.safe).toMatchObject({ before: [], after: put });
  expect(two.figures.safe.before).toEqual(put);
  expect(two.figures.safe.after).toEqual((await till.call('custody.safe', {})).amounts);
});

test('the same close twice is one; another supervisor is told who was first', async () => {
  await workShift(till);
  await signIn(till, 'huda');
  const close = await closing(till, date);
  const answers = await Promise.all([1, 2, 3].map(() => till.call('days.close', close)));
  expect(answers.map(({ wasAlreadyClosed }) => wasAlreadyClosed)).toEqual([false, true, true]);
  expect(await till.ask('days.close', { ...close, requestId: randomUUID() })).toMatchObject({
    code: 'day.alreadyClosed',
    params: { time: '2026-11-24 12:00' },
  });
  await expectNothingWritten(till, 'days.close', { ...close, businessDate: '2026-11-23' }, 'request.reused');
  expect(written(till.folder).rows['days']).toHaveLength(1);
});

test('two closes at once with ids of their own: one wins', async () => {
  await workShift(till);
  await signIn(till, 'huda');
  const requests = [await closing(till, date), await closing(till, date)];
  const replies = await Promise.all(requests.map((request) => till.ask('days.close', request)));
  expect(replies.map((reply) => (reply.ok ? 'ok' : reply.code)).toSorted()).toEqual([
    'day.alreadyClosed',
    'ok',
  ]);
});

test('a day that is not what was reviewed is not closed', async () => {
  await workShift(till);
  await signIn(till, 'huda');
  const close = await closing(till, date);
  await workShift(till, { login: 'yousef', floatMinor: 0 });
  await signIn(till, 'huda');
  await expectNothingWritten(till, 'days.close', close, 'day.changed');
});

test('a supervisor who took money needs an administrator’s word for exactly this close', async () => {
  await openShift(till, 'huda');
  await till.call('payments.take', roundPayment(await accountWithBills(till, 1)));
  await closeShift(till);
  const close = await closing(till, date);
  expect((await till.call('days.view', { businessDate: date })).needsException).toBe(true);
  await expectNothingWritten(till, 'days.close', close, 'day.exceptionNeeded');
  const contents = { requestId: close.requestId, businessDate: date };
  const act = { kind: 'day.exception', contents } as const;
  expect(await till.ask('approvals.grant', { act, ...witness('amal') })).toMatchObject({
    code: 'approval.notAdministrator',
  });
  const { approvalId } = await till.call('approvals.grant', { act, ...witness('admin') });
  const other = { ...close, requestId: randomUUID(), exceptionId: approvalId };
  await expectNothingWritten(till, 'days.close', other, 'approval.other');
  const { day } = await till.call('days.close', { ...close, exceptionId: approvalId });
  expect(day.figures.exceptionBy).not.toBeNull();
});

test('only a supervisor closes, explains and sends back; the auditor and the administrator read', async () => {
  await workShift(till);
  const close = { requestId: randomUUID(), businessDate: date, mark: '', exceptionId: null };
  for (const login of ['amal', 'admin', 'nader']) {
    await signIn(till, login);
    await expectNothingWritten(till, 'days.close', close, 'session.forbidden');
  }
  expect((await till.call('days.view', { businessDate: date })).shifts).toHaveLength(1);
});

test('a shift sent back keeps the day open until it was counted again; the old count stays, the safe is put right', async () => {
  const report = await workShift(till, { differenceMinor: -5000, leftMinor: 2000 });
  const before = report.figures.count;
  await signIn(till, 'huda');
  const back = { requestId: randomUUID(), shiftId: report.shiftId, reason: 'الفرق كبير، يُعاد العدّ' };
  const day = await till.call('days.returnShift', back);
  expect(day.obstacles).toMatchObject([{ kind: 'returned' }]);
  await till.call('days.returnShift', back);
  const again = { ...back, requestId: randomUUID() };
  await expectNothingWritten(till, 'days.returnShift', again, 'day.alreadyReturned');
  await expectNothingWritten(till, 'days.close', await closing(till, date), 'day.returned');

  const returnedId = day.shifts[0]?.returns[0]?.id ?? 0;
  const sheet = await till.call('days.recountSheet', { returnedId });
  expect(sheet.leftInDrawer).toEqual([{ currency: 'ILS', minor: 2000 }]);
  const inSafe = before?.toSafe[0]?.minor ?? 0;
  const recount = {
    requestId: randomUUID(),
    returnedId,
    // A hundred more than was put there in other notes, so forty are still short.
    lines: inNotes(inSafe + 1000),
    papers: [],
    isSure: true,
    counter: witness('amal'),
  };
  await expectNothingWritten(
    till,
    'days.recount',
    { ...recount, counter: witness('huda') },
    'day.samePerson',
  );
  const { outcome, day: recounted } = await till.call('days.recount', recount);
  expect(outcome).toMatchObject({ kind: 'recount', results: [{ differenceMinor: -4000 }] });
  expect(outcome.results[0]?.expectedMinor).toBe(before?.results[0]?.expectedMinor);
  expect((await till.call('custody.safe', {})).amounts).toEqual([{ currency: 'ILS', minor: inSafe + 1000 }]);
  expect((await till.call('counts.ofShift', { shiftId: report.shiftId })).map(({ kind }) => kind)).toEqual([
    'opening',
    'close',
    'recount',
  ]);
  expect(recounted.obstacles.map((one) => (one.kind === 'unexplained' ? one.by : one.kind))).toEqual([
    'cashier',
    'supervisor',
  ]);
  await till.call('days.recount', recount);
  const words = { countId: outcome.id, currency: 'ILS' as const, text: 'وجدت عشرة بين الأوراق' };
  const byOther = { requestId: randomUUID(), ...words, cashier: witness('yousef') };
  await expectNothingWritten(till, 'days.explain', byOther, 'day.notCounter');
  await till.call('days.explain', { ...byOther, cashier: witness('amal') });
  await explainAll(till, date);
  const { day: closed } = await till.call('days.close', await closing(till, date));
  expect(closed.figures).toMatchObject({
    results: [{ differenceMinor: -4000 }],
    safe: { after: [{ currency: 'ILS', minor: inSafe + 1000 }] },
  });
});

test('a forgotten shift, counted with a witness by the supervisor, still needs the supervisor’s words in the review', async () => {
  const shiftId = await openShift(till);
  now += dayMs;
  await signIn(till, 'huda');
  const { papers, mark } = await till.call('shifts.countSheet', { shiftId });
  const count = await till.call('shifts.countWitnessed', {
    requestId: randomUUID(),
    shiftId,
    reason: 'مرضت أمل',
    witness: witness('yousef'),
    lines: inNotes(19_000),
    papers: papers.map(({ paymentId, line }) => ({ paymentId, line, isPresent: true })),
    mark,
    isSure: true,
  });
  await till.call('shifts.close', {
    requestId: randomUUID(),
    countId: count.id,
    explanations: [{ currency: 'ILS', text: 'لا نعرف، أمل غائبة' }],
    leftInDrawer: [],
  });
  const day = await till.call('days.view', { businessDate: date });
  expect(day.obstacles).toMatchObject([{ kind: 'unexplained', by: 'supervisor' }]);
  await explainAll(till, date);
  await till.call('days.close', await closing(till, date));
});
