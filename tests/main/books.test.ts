import { expect, test } from 'vitest';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn, startDay } from '../helpers/counter.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { accountAfter, paymentOf } from '../helpers/payments.ts';
import { expectNothingWritten } from '../helpers/written.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let account: AccountView;
let bookId: number;
let writer: number;
const morning = Date.parse('2026-11-24T07:00:00Z');

tillForEach({ clock: () => morning }, async (fresh) => {
  till = fresh;
  await signIn(till, 'huda');
  const { books } = await till.call('books.issue', { code: 'D7', firstLeaf: 41, lastLeaf: 90 });
  bookId = books[0]?.id ?? 0;
  await startDay(till);
  account = await accountWithBills(till, 4);
  const { writers } = await till.call('books.list', {});
  writer = writers.find(({ nameEn }) => nameEn !== '')?.id ?? 0;
});

function leafOf(leaf: number, edit: Partial<NonNullable<PaymentInput['book']>> = {}): PaymentInput {
  return {
    ...paymentOf(account, 1),
    book: { bookId, leaf, writtenOn: '2026-11-22', writtenBy: writer, ...edit },
  };
}

async function enter(leaf: number): Promise<string> {
  const taken = await till.call('payments.take', leafOf(leaf));
  account = accountAfter(taken);
  return taken.receipt.number;
}

test('a leaf is entered under its own number, and the till’s series goes on without a gap', async () => {
  const before = (await till.call('payments.take', paymentOf(account, 1))).receipt.number;
  account = await till.call('accounts.open', { accountId: account.id });
  expect(await enter(41)).toBe('D7/000041');
  const after = (await till.call('payments.take', paymentOf(account, 1))).receipt.number;
  expect(Number(after.slice(-6))).toBe(Number(before.slice(-6)) + 1);
  expect(await till.call('receipts.find', { text: 'D7/000041', limit: 5 })).toMatchObject([
    { number: 'D7/000041' },
  ]);
});

test('missing leaves are named until they are entered or void', async () => {
  await enter(41);
  await enter(44);
  expect((await till.call('books.list', {})).books).toMatchObject([{ entered: 2, missing: [42, 43] }]);
  await signIn(till, 'huda');
  await till.call('books.voidLeaf', { bookId, leaf: 42, reason: 'تمزقت' });
  await signIn(till, 'amal');
  await enter(43);
  expect((await till.call('books.list', {})).books).toMatchObject([
    { entered: 3, missing: [], voided: [{ leaf: 42, reason: 'تمزقت' }] },
  ]);
  await expectNothingWritten(till, 'payments.take', leafOf(42), 'book.leafVoid');
});

test('a leaf twice, outside its book, of tomorrow or by nobody is refused', async () => {
  await enter(41);
  await expectNothingWritten(till, 'payments.take', leafOf(41), 'book.leafUsed');
  await expectNothingWritten(till, 'payments.take', leafOf(40), 'book.leafOutside');
  await expectNothingWritten(till, 'payments.take', leafOf(91), 'book.leafOutside');
  await expectNothingWritten(till, 'payments.take', leafOf(50, { writtenOn: '2026-11-25' }), 'book.badDate');
  await expectNothingWritten(till, 'payments.take', leafOf(50, { writtenOn: '2024-11-24' }), 'book.badDate');
  await expectNothingWritten(till, 'payments.take', leafOf(50, { writtenBy: 999 }), 'book.badWriter');
  await expectNothingWritten(till, 'payments.take', leafOf(50, { bookId: 9 }), 'book.notFound');
  await signIn(till, 'huda');
  await expectNothingWritten(till, 'books.voidLeaf', { bookId, leaf: 41, reason: 'تمزقت' }, 'book.leafUsed');
  await expectNothingWritten(
    till,
    'books.issue',
    { code: 'd7', firstLeaf: 1, lastLeaf: 5 },
    'book.codeTaken',
  );
  await expectNothingWritten(till, 'books.issue', { code: 'E1', firstLeaf: 9, lastLeaf: 5 }, 'book.badRange');
});
