import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView, Input } from '../../shared/ipc/contract.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  paymentOf,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';

let folder: string;
let till: TestCounter;
let account: AccountView;
beforeAll(async () => {
  folder = await makeMunicipality();
  till = startCounter({ folder: copyFolder(folder) });
  await startDay(till);
  account = await accountWithBills(till, 4);
});
afterAll(async () => {
  await till.close();
  removeFolder(till.folder);
  removeFolder(folder);
});

type Payment = Input<'payments.take'>;

function withTender(receivedMinor: unknown): unknown {
  const request = paymentOf(account);
  return { ...request, tender: { ...request.tender, receivedMinor } };
}
function withAllocated(minor: unknown): unknown {
  const request = paymentOf(account);
  return { ...request, allocations: request.allocations.map((allocation) => ({ ...allocation, minor })) };
}

const notAmounts: [string, unknown][] = [
  ['negative', -100],
  ['zero', 0],
  ['fraction of an agora', 100.5],
  ['just above zero', Number.MIN_VALUE],
  ['larger than any amount', 100_000_000_000],
  ['beyond whole numbers', Number.MAX_SAFE_INTEGER + 1],
  ['infinite', Infinity],
  ['not a number', NaN],
  ['text', '100'],
  ['Arabic digits', '١٠٠'],
  ['text that is no number', 'مئة'],
  ['nothing', null],
  ['missing', undefined],
  ['a list', [100]],
  ['a truth', true],
  ['a big integer', 100n],
];

describe('an amount that is none is refused and nothing is written', () => {
  test.each(notAmounts)('received: %s', async (_, value) => {
    await expectNothingWritten(till, 'payments.take', withTender(value), 'request.invalid');
  });
  test.each(notAmounts)('paid on a bill: %s', async (_, value) => {
    await expectNothingWritten(till, 'payments.take', withAllocated(value), 'request.invalid');
  });
});

describe('a payment that the rules do not allow is refused and nothing is written', () => {
  const change = (edit: (request: Payment) => Payment): Payment => edit(paymentOf(account, 2));

  test('more than is owed on a bill, by one agora', async () => {
    const request = change(({ allocations, tender, ...rest }) => ({
      ...rest,
      allocations: allocations.map(({ billId, minor }, index) => ({ billId, minor: minor + index })),
      tender: { ...tender, receivedMinor: tender.receivedMinor + 1 },
    }));
    await expectNothingWritten(till, 'payments.take', request, 'bill.overpaid');
  });

  test('one agora short', async () => {
    const request = change((one) => ({
      ...one,
      tender: { ...one.tender, receivedMinor: one.tender.receivedMinor - 1 },
    }));
    const reply = await till.ask('payments.take', request);
    expect(reply).toEqual({ ok: false, code: 'tender.short', params: { missingMinor: 1 } });
    await expectNothingWritten(till, 'payments.take', request, 'tender.short');
  });

  test('far more money than the bills come to: a digit too many', async () => {
    const request = change((one) => ({
      ...one,
      tender: { ...one.tender, receivedMinor: one.tender.receivedMinor * 2 + 100_000 },
    }));
    await expectNothingWritten(till, 'payments.take', request, 'tender.excessive');
  });

  test('the same bill twice', async () => {
    const request = change((one) => ({
      ...one,
      allocations: [1, 1].map((minor) => ({ billId: one.allocations[0]?.billId ?? 0, minor })),
    }));
    await expectNothingWritten(till, 'payments.take', request, 'amount.invalid');
  });

  // Bills are numbered within their account: the paying account must be the one with fewer.
  test('a bill of another account', async () => {
    const views = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((accountId) => till.call('accounts.open', { accountId })),
    );
    const newest = (view: AccountView): number => Math.max(0, ...view.openBills.map((bill) => bill.id));
    const [few, ...more] = views.toSorted((a, b) => newest(a) - newest(b));
    const billId = Math.max(...more.map(newest));
    if (few === undefined || newest(few) === billId) throw new Error('all have as many bills');
    const request = { ...paymentOf(account), accountId: few.id, allocations: [{ billId, minor: 100 }] };
    await expectNothingWritten(till, 'payments.take', request, 'bill.notFound');
  });

  test('a bill that does not exist, an account that does not exist, no bill at all', async () => {
    const nowhere = change((one) => ({ ...one, allocations: [{ billId: 987_654_321, minor: 100 }] }));
    await expectNothingWritten(till, 'payments.take', nowhere, 'bill.notFound');
    const nobody = change((one) => ({ ...one, accountId: 987_654_321 }));
    await expectNothingWritten(till, 'payments.take', nobody, 'account.notFound', false);
    const nothing = change((one) => ({ ...one, allocations: [] }));
    await expectNothingWritten(till, 'payments.take', nothing, 'request.invalid');
  });

  test('another currency or another means than the till takes', async () => {
    for (const tender of [{ currency: 'USD' }, { currency: 'EUR' }, { kind: 'card' }]) {
      const request = paymentOf(account);
      await expectNothingWritten(
        till,
        'payments.take',
        { ...request, tender: { ...request.tender, ...tender } },
        'request.invalid',
      );
    }
  });

  test('a bill that was paid meanwhile', async () => {
    const late = paymentOf(account, 2);
    const taken = await till.call('payments.take', paymentOf(account, 1));
    await expectNothingWritten(till, 'payments.take', late, 'bill.changed');
    account = taken.account;
  });

  test('a bill of which a part was paid meanwhile', async () => {
    const late = paymentOf(account, 1);
    const taken = await till.call('payments.take', {
      ...late,
      requestId: randomUUID(),
      allocations: late.allocations.map(({ billId }) => ({ billId, minor: 1 })),
    });
    await expectNothingWritten(till, 'payments.take', late, 'bill.overpaid');
    account = taken.account;
  });
});

describe('the same request is one payment', () => {
  test('twice, one after the other: the same receipt', async () => {
    const request = paymentOf(account);
    const first = await till.call('payments.take', request);
    const before = written(till.folder);
    const second = await till.call('payments.take', request);
    expect(second).toEqual({ ...first, wasAlreadyTaken: true });
    expect(written(till.folder)).toEqual(before);
    account = first.account;
  });

  test('twenty times at once: one payment, one receipt, one paper', async () => {
    const request = paymentOf(account);
    const before = written(till.folder);
    const replies = await Promise.all(Array.from({ length: 20 }, () => till.call('payments.take', request)));
    expect(new Set(replies.map((reply) => reply.receipt.number)).size).toBe(1);
    expect(replies.filter((reply) => !reply.wasAlreadyTaken)).toHaveLength(1);
    const after = written(till.folder);
    expect(after.journal.length - before.journal.length).toBe(1);
    for (const table of ['payments', 'print_jobs', 'outbox'])
      expect((after.rows[table] as unknown[]).length - (before.rows[table] as unknown[]).length).toBe(1);
    account = replies[0]?.account ?? account;
  });

  test('two requests for one bill at once: one is paid, the other is told', async () => {
    const replies = await Promise.all(
      [paymentOf(account), paymentOf(account)].map((request) => till.ask('payments.take', request)),
    );
    expect(replies.map((reply) => (reply.ok ? 'paid' : reply.code)).toSorted()).toEqual([
      'bill.changed',
      'paid',
    ]);
    account = await till.call('accounts.open', { accountId: account.id });
  });

  test('the same id with other contents is refused and nothing is written', async () => {
    const other = await accountWithBills(till, 2, account.id + 1);
    const request = paymentOf(other);
    const taken = await till.call('payments.take', request);
    const again = { ...paymentOf(taken.account), requestId: request.requestId };
    await expectNothingWritten(till, 'payments.take', again, 'request.reused');
    const moreMoney = {
      ...request,
      tender: { ...request.tender, receivedMinor: request.tender.receivedMinor + 1 },
    };
    await expectNothingWritten(till, 'payments.take', moreMoney, 'request.reused');
  });
});

describe('there is no payment without an open shift of one’s own', () => {
  let other: TestCounter;
  beforeAll(() => {
    other = startCounter({ folder: copyFolder(folder) });
  });
  afterAll(async () => {
    await other.close();
    removeFolder(other.folder);
  });

  test('before a shift is open', async () => {
    await signIn(other, 'amal');
    const open = await accountWithBills(other, 2);
    await expectNothingWritten(other, 'payments.take', paymentOf(open), 'shift.notOpen');
  });

  test('in the shift of somebody else', async () => {
    await other.call('shifts.open', { requestId: randomUUID(), counts: [] });
    const open = await accountWithBills(other, 2);
    await signIn(other, 'yousef');
    await expectNothingWritten(other, 'payments.take', paymentOf(open), 'shift.notOpen');
    await signIn(other, 'huda');
    await expectNothingWritten(other, 'payments.take', paymentOf(open), 'shift.notOpen');
    await signIn(other, 'amal');
  });

  test('in a shift that was closed meanwhile; what was taken before is still answered', async () => {
    const open = await accountWithBills(other, 2);
    const early = paymentOf(open);
    const taken = await other.call('payments.take', early);
    await other.call('shifts.close', { requestId: randomUUID() });
    await expectNothingWritten(other, 'payments.take', paymentOf(taken.account), 'shift.notOpen');
    const again = await other.call('payments.take', early);
    expect(again).toEqual({ ...taken, wasAlreadyTaken: true });
  });

  test('a request that somebody else made is not answered with their receipt', async () => {
    await other.call('shifts.open', { requestId: randomUUID(), counts: [] });
    const request = paymentOf(await accountWithBills(other, 2));
    await other.call('payments.take', request);
    await other.call('shifts.close', { requestId: randomUUID() });
    await startDay(other, 'yousef');
    await expectNothingWritten(other, 'payments.take', request, 'request.reused');
  });
});
