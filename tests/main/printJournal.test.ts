import { expect, test } from 'vitest';
import { businessDate } from '../../shared/domain/dates.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { signIn } from '../helpers/counter.ts';
import { inNotes, witness, workShift } from '../helpers/days.ts';
import { tillForEach } from './tillForEach.ts';

const all: Input<'printing.list'> = { text: '', document: null, state: null, before: null };
let till: TestCounter;
tillForEach({}, (fresh) => {
  till = fresh;
  return Promise.resolve();
});

async function refusalOf(reply: Promise<Reply<unknown>>): Promise<string> {
  const answer = await reply;
  return answer.ok ? 'nothing' : answer.code;
}

test('a cashier sees every receipt, and of the other papers only their own', async () => {
  await workShift(till, { login: 'amal', floatMinor: 0, payments: 2 });
  await workShift(till, { login: 'yousef', floatMinor: 0, payments: 1 });

  await signIn(till, 'huda');
  const seen = await till.call('printing.list', all);
  expect(seen.hasMore).toBe(false);
  const reports = seen.rows.filter(({ document }) => document === 'shiftReport');
  expect(reports).toHaveLength(2);
  expect(seen.rows.filter(({ document }) => document === 'receipt')).toHaveLength(3);
  expect(seen.rows.map(({ jobId }) => jobId)).toEqual(
    seen.rows.map(({ jobId }) => jobId).toSorted((a, b) => b - a),
  );

  await signIn(till, 'amal');
  const own = await till.call('printing.list', all);
  expect(own.rows.filter(({ document }) => document === 'receipt')).toHaveLength(3);
  expect(own.rows.filter(({ document }) => document === 'shiftReport')).toHaveLength(1);
  const [others] = reports.filter((report) => own.rows.every(({ jobId }) => jobId !== report.jobId));
  expect(others).toBeDefined();
  const jobId = others?.jobId ?? 0;
  for (const [channel, input] of [
    ['printing.picture', { jobId }],
    ['printing.reprint', { requestId: crypto.randomUUID(), jobId, reason: 'lost' }],
    ['documents.savePdf', { jobId, reason: 'lost' }],
  ] as const)
    expect(await refusalOf(till.ask(channel, input)), channel).toBe('session.forbidden');
});

test('papers are found by number in any digits, by kind and by state', async () => {
  await workShift(till, { login: 'amal', floatMinor: 0, payments: 3 });
  await signIn(till, 'huda');
  const find = async (change: Partial<Input<'printing.list'>>): Promise<string[]> =>
    (await till.call('printing.list', { ...all, ...change })).rows.map(({ title }) => title);
  const [second] = await find({ text: '٠٠٠٠٠٢' });
  expect(second).toMatch(/-000002$/);
  expect(await find({ text: ' 000002 ', document: 'receipt' })).toEqual([second]);
  expect(await find({ text: 'z-', document: 'receipt' })).toEqual([]);
  expect(await find({ document: 'shiftReport' })).toHaveLength(1);
  expect(await find({ state: 'confirmed' })).toEqual([]);
  expect(await find({ state: 'intended', document: 'receipt' })).toHaveLength(3);
  const newest = await till.call('printing.list', all);
  const older = await till.call('printing.list', { ...all, before: newest.rows[1]?.jobId ?? 0 });
  expect(older.rows).toEqual(newest.rows.slice(2));
});

test('any paper is seen as its dots, and a copy of it is marked and counted', async () => {
  await workShift(till, { login: 'amal', floatMinor: 0, payments: 1 });
  await signIn(till, 'huda');
  const [report] = (await till.call('printing.list', { ...all, document: 'shiftReport' })).rows;
  const jobId = report?.jobId ?? 0;
  const picture = await till.call('printing.picture', { jobId });
  expect(picture.png).toMatch(/^data:image\/png;base64,iVBOR/);
  expect(picture.width).toBe(576);
  const request = { requestId: crypto.randomUUID(), jobId, reason: 'lost' } as const;
  // While the original waits for a printer a second paper would be a way to cheat.
  expect(await refusalOf(till.ask('printing.reprint', request))).toBe('printing.busy');
});

test('the day and each deposit have their paper; a cashier sees neither', async () => {
  await workShift(till, { login: 'amal', floatMinor: 20_000, payments: 1 });
  await signIn(till, 'huda');
  const date = businessDate(Date.now());
  const { mark } = await till.call('days.view', { businessDate: date });
  await till.call('days.close', {
    requestId: crypto.randomUUID(),
    businessDate: date,
    mark,
    exceptionId: null,
  });
  const [account] = await till.call('bankAccounts.list', {});
  await till.call('deposits.prepare', {
    requestId: crypto.randomUUID(),
    second: witness('yousef'),
    parts: [
      {
        bankAccountId: account?.id ?? 0,
        slipNumber: '',
        bagNumber: '',
        cash: inNotes(10_000),
        chequeIds: [],
      },
    ],
  });
  const documents = async (): Promise<string[]> =>
    (await till.call('printing.list', all)).rows.map(({ document }) => document);
  expect(await documents()).toEqual(expect.arrayContaining(['dayReport', 'depositSlip']));
  await signIn(till, 'amal');
  const seen = await documents();
  expect(seen).not.toContain('dayReport');
  expect(seen).not.toContain('depositSlip');
});
