import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import type { PaperDocument } from '../../shared/domain/paper.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn } from '../helpers/counter.ts';
import { openShift, roundPayment, witness } from '../helpers/days.ts';
import { closingOf, countAndClose, countedFrom, drawerOf, ils, notes } from '../helpers/shifts.ts';
import { expectNothingWritten } from '../helpers/written.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let shiftId: number;
tillForEach({}, async (fresh) => {
  till = fresh;
  shiftId = await openShift(till, 'amal', 50_000);
});

type Job = { readonly id: number; readonly title: string; readonly state: string; readonly content: string };

/** The original papers of a kind, in the order in which they were made. */
function papers(document: string): (Job & { readonly paper: PaperDocument })[] {
  const db = openReadOnly(join(till.folder, 'sanduq.db'));
  try {
    return db
      .prepare<[string], Job>(
        `SELECT id, title, state, content FROM print_jobs WHERE document = ? AND copy_number = 0 ORDER BY id`,
      )
      .all(document)
      .map((job) => ({ ...job, paper: JSON.parse(job.content) as PaperDocument }));
  } finally {
    db.close();
  }
}

/** Labels and texts of a paper with what stands beside them. */
function words({ elements }: PaperDocument): string {
  return JSON.stringify(elements);
}

test('a close makes its report a paper that waits for the printer, and waits for none itself', async () => {
  await till.call('payments.take', roundPayment(await accountWithBills(till, 1)));
  const { report } = await countAndClose(till);
  const [job, ...more] = papers('shiftReport');
  expect(more).toEqual([]);
  // No printer is set up: it is there when there is one.
  expect(job).toMatchObject({ id: report.jobId, title: 'Z-KY01-000001', state: 'intended' });
  expect(job?.paper).toEqual(report.paper);
  const jobId = report.jobId ?? 0;
  const copy = { requestId: randomUUID(), jobId, reason: 'lost' } as const;
  expect(await till.call('documents.savePdf', { jobId, reason: 'lost' })).toEqual({ copyNumber: null });
  await signIn(till, 'yousef');
  for (const channel of ['printing.reprint', 'documents.savePdf'] as const)
    expect(
      await till.ask(
        channel,
        channel === 'printing.reprint' ? { ...copy, requestId: randomUUID() } : { jobId, reason: 'lost' },
      ),
    ).toMatchObject({ ok: false, code: 'session.forbidden' });
});

test('every move between people has its slip, with its notes and who signs it', async () => {
  const payIn = {
    requestId: randomUUID(),
    lines: ils([20_000, 1], [10_000, 1]),
    bagNumber: 'B-17',
    note: 'كيس الظهيرة',
    receiver: witness('huda'),
  };
  for (const _ of [1, 2]) await till.call('custody.payIn', payIn);
  const move = { direction: 'out', reason: 'smallExpense', note: 'ورق', lines: ils([1000, 1]) } as const;
  await till.call('custody.cashMove', { requestId: randomUUID(), move, approvalId: null });
  const topUp = {
    requestId: randomUUID(),
    lines: [notes('ILS', 10_000, 1, true)],
    note: '',
    giver: witness('huda'),
  };
  await till.call('custody.topUp', topUp);
  const [first, second, third, ...more] = papers('custodySlip');
  expect(more).toEqual([]);
  expect(first).toMatchObject({ state: 'intended', paper: { title: 'سند توريد نقد إلى الخزنة' } });
  for (const said of ['KY01', 'B-17', 'كيس الظهيرة', '200.00', '"minor":30000', 'استلم: المشرف'])
    expect(words(first?.paper as PaperDocument)).toContain(said);
  expect(words(second?.paper as PaperDocument)).toContain('مصروف صغير');
  expect(words(third?.paper as PaperDocument)).toContain('مهترئة');
});

test('what is refused has no slip', async () => {
  const payIn = {
    requestId: randomUUID(),
    lines: ils([20_000, 9]),
    bagNumber: '',
    note: '',
    receiver: witness('huda'),
  };
  await expectNothingWritten(till, 'custody.payIn', payIn, 'change.notInDrawer');
  expect(papers('custodySlip')).toEqual([]);
});

test('a handover prints the giver’s report and a slip that both sign', async () => {
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  const counted = { ...countedFrom(sheet, drawerOf(till, shiftId)), receiver: witness('yousef') };
  const count = await till.call('shifts.handoverCount', counted);
  const { explanations } = closingOf(count);
  const accept = { requestId: randomUUID(), countId: count.id, explanations, receiver: witness('yousef') };
  for (const _ of [1, 2]) await till.call('shifts.handoverAccept', accept);
  expect(papers('shiftReport')).toHaveLength(1);
  const [slip, ...more] = papers('custodySlip');
  expect(more).toEqual([]);
  const signed = slip?.paper.elements.find(({ kind }) => kind === 'signatures');
  const names = signed?.kind === 'signatures' ? signed.people.map(({ name }) => name) : [];
  expect(names).toHaveLength(2);
  expect(names[0]).not.toBe(names[1]);
  expect(names).not.toContain('');
  const [report] = papers('shiftReport');
  const closed = report?.paper.elements.find(({ kind }) => kind === 'signatures');
  expect(closed?.kind === 'signatures' ? closed.people.map(({ name }) => name) : []).toEqual(names);
});

test('an X report is printed at any time: for its own cashier without a sum, for others with; theirs is not the cashier’s to copy', async () => {
  const request = roundPayment(await accountWithBills(till, 1));
  await till.call('payments.take', request);
  const own = await till.call('shifts.printX', { shiftId: null });
  await signIn(till, 'huda');
  const watched = await till.call('shifts.printX', { shiftId });
  const [acts, sums, ...more] = papers('report');
  expect(more).toEqual([]);
  expect([acts?.id, sums?.id]).toEqual([own.jobId, watched.jobId]);
  expect(acts?.paper.elements.some(({ kind }) => kind === 'amount' || kind === 'table')).toBe(false);
  expect(sums?.paper.elements.some(({ kind }) => kind === 'amount')).toBe(true);
  await signIn(till, 'amal');
  const copyOf = (jobId: number) => ({ requestId: randomUUID(), jobId, reason: 'lost' as const });
  await expectNothingWritten(till, 'printing.reprint', copyOf(watched.jobId), 'session.forbidden');
  expect(await till.call('documents.savePdf', { jobId: own.jobId, reason: 'lost' })).toEqual({
    copyNumber: null,
  });
  await expectNothingWritten(till, 'shifts.printX', { shiftId: 99 }, 'shift.notOpen');
});
