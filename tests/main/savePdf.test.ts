import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, test, vi } from 'vitest';
import type { WriteDb } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { openReadOnly } from '../../electron/db/open.ts';
import { insertCopy } from '../../electron/printing/printJobs.ts';
import type { FileDialogs, Pdf } from '../../electron/services.ts';
import type { PaymentTaken } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn, startDay } from '../helpers/counter.ts';
import { paymentOf } from '../helpers/payments.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let taken: PaymentTaken;
const saved: { name: string; text: string }[] = [];

/** A person who says where, and a disk that takes it. */
const saveDialog: FileDialogs['save'] = async (name, contents) => {
  const bytes = typeof contents === 'function' ? await contents() : contents;
  saved.push({ name, text: Buffer.from(bytes).toString('utf8') });
  return true;
};
const save = vi.fn(saveDialog);
const render = vi.fn<Pdf['render']>();

beforeEach(() => {
  saved.length = 0;
  save.mockReset().mockImplementation(saveDialog);
  render.mockReset().mockImplementation((html) => Promise.resolve(Buffer.from(html)));
});

tillForEach(
  { fileDialogs: { choose: () => Promise.resolve(null), save }, pdf: { render } },
  async (fresh) => {
    till = fresh;
    await startDay(till);
    taken = await till.call('payments.take', paymentOf(await accountWithBills(till, 1)));
  },
);

/** A copy for the printer, as another connection makes it: the queue itself waits for the original's paper. */
function printCopy(): number {
  const db = new Database(join(till.folder, 'sanduq.db')) as WriteDb;
  const of = { document: 'receipt', paymentId: taken.paymentId } as const;
  const copy = { requestId: randomUUID(), of, reason: 'lost', userId: 1, atMs: 0 };
  try {
    return transact(db, (tx) => insertCopy(tx, copy)).job.copyNumber;
  } finally {
    db.close();
  }
}
const savePdf = () => till.call('documents.savePdf', { paymentId: taken.paymentId, reason: 'citizenAsked' });

/** What the journal says of what was saved. */
function entries(): unknown[] {
  const db = openReadOnly(join(till.folder, 'sanduq.db'));
  try {
    return db
      .prepare<[], { text: string }>(
        `SELECT text FROM journal WHERE act = 'document.saved' ORDER BY sequence`,
      )
      .all()
      .map(({ text }) => {
        const { act, actor, body } = JSON.parse(text) as {
          act: string;
          actor: { login: string };
          body: { copyNumber: number; reason: string };
        };
        return [act, actor.login, body.copyNumber, body.reason];
      });
  } finally {
    db.close();
  }
}

test('a receipt saved as PDF is a marked copy, numbered among the printed ones, and in the journal', async () => {
  expect(printCopy()).toBe(1);
  expect(await savePdf()).toEqual({ copyNumber: 2 });
  expect(printCopy()).toBe(3);
  expect(await savePdf()).toEqual({ copyNumber: 4 });
  expect(entries()).toEqual([
    ['document.saved', 'amal', 2, 'citizenAsked'],
    ['document.saved', 'amal', 4, 'citizenAsked'],
  ]);
  const [first] = saved;
  expect(first?.name).toBe(`${taken.receipt.number}.pdf`);
  expect(first?.text.split('نسخة طبق الأصل – رقم')).toHaveLength(3);
  expect(first?.text).toContain(taken.receipt.payer.name);
  const { summary } = await till.call('receipts.get', { paymentId: taken.paymentId });
  expect(summary.copies).toBe(4);
});

test('who closes the dialog has saved and counted nothing', async () => {
  save.mockImplementation(() => Promise.resolve(false));
  expect(await savePdf()).toEqual({ copyNumber: null });
  expect(render).not.toHaveBeenCalled();
  expect(entries()).toEqual([]);
});

test('a page that cannot be drawn is refused in words, and nothing is counted', async () => {
  render.mockRejectedValue(new Error('the page took too long'));
  expect(
    await till.ask('documents.savePdf', { paymentId: taken.paymentId, reason: 'citizenAsked' }),
  ).toMatchObject({
    ok: false,
    code: 'document.notDrawn',
  });
  expect(entries()).toEqual([]);
  expect(till.logged.map(({ message }) => message)).toContain('a page was not drawn');
});

test('a disk that is full is said in words; the copy that was made for it stays counted', async () => {
  save.mockImplementation(async (name, contents) => {
    await saveDialog(name, contents);
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  });
  expect(
    await till.ask('documents.savePdf', { paymentId: taken.paymentId, reason: 'citizenAsked' }),
  ).toMatchObject({
    ok: false,
    code: 'document.notSaved',
  });
  expect(entries()).toEqual([['document.saved', 'amal', 1, 'citizenAsked']]);
});

test('a copy that is printed while the page is drawn keeps its number; the page is drawn again with the next', async () => {
  render.mockImplementationOnce((html) => {
    printCopy();
    return Promise.resolve(Buffer.from(html));
  });
  expect(await savePdf()).toEqual({ copyNumber: 2 });
  expect(saved[0]?.text).toMatch(/نسخة طبق الأصل – رقم <bdi[^>]*>2</);
});

test('a paper that is not there is refused', async () => {
  expect(await till.ask('documents.savePdf', { paymentId: 999, reason: 'lost' })).toMatchObject({
    ok: false,
    code: 'receipt.notFound',
  });
  expect(await till.ask('documents.savePdf', { jobId: 999, reason: 'lost' })).toMatchObject({
    ok: false,
    code: 'printing.jobNotFound',
  });
});

test('of a receipt that was taken back the slip is saved, by the payment and by any of its jobs', async () => {
  const undo = { paymentId: taken.paymentId, reason: 'wrongAmount', explanation: 'كُتب المبلغ خطأ' } as const;
  const supervisor = (await till.call('setup.signIns', {})).find(({ login }) => login === 'huda');
  const { approvalId } = await till.call('approvals.grant', {
    act: { kind: 'payment.undo', contents: undo },
    login: 'huda',
    secret: supervisor?.pin ?? '',
  });
  await till.call('payments.undo', { requestId: randomUUID(), undo, approvalId });
  expect(await savePdf()).toEqual({ copyNumber: 1 });
  expect(await till.call('documents.savePdf', { jobId: 2, reason: 'lost' })).toEqual({ copyNumber: 2 });
  for (const { text } of saved) expect(text).toContain('إلغاء سند قبض');
});

test('an auditor saves no copies', async () => {
  await signIn(till, 'nader');
  expect(
    await till.ask('documents.savePdf', { paymentId: taken.paymentId, reason: 'citizenAsked' }),
  ).toMatchObject({
    ok: false,
    code: 'session.forbidden',
  });
});
