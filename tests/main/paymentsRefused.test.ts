import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView } from '../../shared/ipc/contract.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import {
  accountAfter,
  card,
  cashPayment,
  cheque,
  firstBillLine,
  paymentOf,
  shekels,
  totalOf,
  transfer,
} from '../helpers/payments.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { countAndClose } from '../helpers/shifts.ts';
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

function withTender(receivedMinor: unknown): unknown {
  return { ...paymentOf(account), tenders: [{ ...shekels(1), receivedMinor }] };
}
function withAllocated(minor: unknown): unknown {
  const request = paymentOf(account);
  return { ...request, lines: request.lines.map((line) => ({ ...line, minor })) };
}
function withChange(minor: unknown): unknown {
  return { ...paymentOf(account), change: [{ currency: 'ILS', minor }] };
}
function withCredited(minor: unknown): unknown {
  return { ...paymentOf(account), changeCredit: { accountId: account.id, minor } };
}
function withFee(field: 'quantity' | 'unitMinor', value: unknown): unknown {
  return { ...paymentOf(account), lines: [{ ...aFee, [field]: value }] };
}

const aFee = { kind: 'fee', serviceCode: 'stamp', quantity: 1, unitMinor: 100, note: '' };

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
  test.each(notAmounts)(
    'given as change, credited for it, a fee’s price or quantity: %s',
    async (_, value) => {
      for (const request of [
        withChange(value),
        withCredited(value),
        withFee('unitMinor', value),
        withFee('quantity', value),
      ])
        await expectNothingWritten(till, 'payments.take', request, 'request.invalid');
    },
  );
});

describe('a payment that the rules do not allow is refused and nothing is written', () => {
  const change = (edit: (request: PaymentInput) => PaymentInput): PaymentInput => edit(paymentOf(account, 2));

  test('more than is owed on a bill, by one agora', async () => {
    const request = change((one) => ({
      ...one,
      lines: one.lines.map((line, index) =>
        line.kind === 'bill' ? { ...line, minor: line.minor + index } : line,
      ),
      tenders: [shekels(totalOf(one) + 1)],
    }));
    await expectNothingWritten(till, 'payments.take', request, 'bill.overpaid');
  });

  test('short by more than rounding to the smallest coin allows', async () => {
    const request = change((one) => ({ ...one, tenders: [shekels(totalOf(one) - 6)] }));
    const reply = await till.ask('payments.take', request);
    expect(reply).toEqual({ ok: false, code: 'tender.short', params: { missingMinor: 6 } });
    await expectNothingWritten(till, 'payments.take', request, 'tender.short');
  });

  test('one agora short where no coin is given, so nothing is rounded', async () => {
    const request = change((one) => ({ ...one, tenders: [card(totalOf(one) - 1)] }));
    const reply = await till.ask('payments.take', request);
    expect(reply).toEqual({ ok: false, code: 'tender.short', params: { missingMinor: 1 } });
    await expectNothingWritten(till, 'payments.take', request, 'tender.short');
  });

  test('far more money than the bills come to: a digit too many', async () => {
    const request = change((one) => ({ ...one, tenders: [shekels(totalOf(one) * 2 + 100_000)] }));
    await expectNothingWritten(till, 'payments.take', request, 'tender.excessive');
  });

  test('the same bill twice, an advance on the same account twice', async () => {
    const twice = change((one) => ({ ...one, lines: [firstBillLine(one), firstBillLine(one)] }));
    await expectNothingWritten(till, 'payments.take', twice, 'amount.invalid');
    const advance = { kind: 'advance', accountId: account.id, minor: 500 } as const;
    const advances = change((one) => ({ ...one, lines: [advance, advance], tenders: [shekels(1000)] }));
    await expectNothingWritten(till, 'payments.take', advances, 'amount.invalid');
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
    const request = cashPayment({ accountId: few.id, allocations: [{ billId, minor: 100 }] });
    await expectNothingWritten(till, 'payments.take', request, 'bill.notFound');
  });

  test('a bill that does not exist, an account that does not exist, no bill at all', async () => {
    const nowhere = cashPayment({
      accountId: account.id,
      allocations: [{ billId: 987_654_321, minor: 100 }],
    });
    await expectNothingWritten(till, 'payments.take', nowhere, 'bill.notFound');
    const nobody = 987_654_321;
    for (const elsewhere of [
      change((one) => ({ ...one, payer: { kind: 'account', accountId: nobody } })),
      change((one) => ({ ...one, lines: [{ kind: 'advance', accountId: nobody, minor: totalOf(one) }] })),
      change((one) => ({ ...one, changeCredit: { accountId: nobody, minor: 1 } })),
      change((one) => ({
        ...one,
        tenders: [{ kind: 'credit', currency: 'ILS', receivedMinor: totalOf(one), accountId: nobody }],
      })),
    ])
      await expectNothingWritten(till, 'payments.take', elsewhere, 'account.notFound', false);
    const nothing = change((one) => ({ ...one, lines: [] }));
    await expectNothingWritten(till, 'payments.take', nothing, 'request.invalid');
  });

  test('a currency or a means that no till takes, a field of another means, a field left out', async () => {
    const request = paymentOf(account);
    const total = totalOf(request);
    for (const tender of [
      { ...shekels(total), currency: 'EUR' },
      { ...shekels(total), kind: 'gold' },
      { ...shekels(total), kind: 'card' },
      { ...card(total), currency: 'USD' },
      { ...card(total), approvalCode: '  ' },
      { ...card(total), cvv: '123' },
      { ...cheque(total), dueOn: '2026-02-30' },
      { ...cheque(total), bank: undefined },
      { ...transfer(total), reference: '' },
      { ...transfer(total), sender: 'س\nص'.repeat(60) },
    ])
      await expectNothingWritten(till, 'payments.take', { ...request, tenders: [tender] }, 'request.invalid');
  });

  test('a bill that was paid meanwhile', async () => {
    const late = paymentOf(account, 2);
    const taken = await till.call('payments.take', paymentOf(account, 1));
    await expectNothingWritten(till, 'payments.take', late, 'bill.changed');
    account = accountAfter(taken);
  });

  test('a bill of which a part was paid meanwhile', async () => {
    const late = paymentOf(account, 1);
    const taken = await till.call(
      'payments.take',
      cashPayment({ accountId: account.id, allocations: [{ billId: firstBillLine(late).billId, minor: 1 }] }),
    );
    await expectNothingWritten(till, 'payments.take', late, 'bill.overpaid');
    account = accountAfter(taken);
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
    account = accountAfter(first);
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
    const again = { ...paymentOf(accountAfter(taken)), requestId: request.requestId };
    await expectNothingWritten(till, 'payments.take', again, 'request.reused');
    for (const edited of [
      { ...request, tenders: [shekels(totalOf(request) + 1)] },
      { ...request, tenders: [{ ...shekels(totalOf(request)), wornMinor: 1 }] },
      { ...request, payer: { kind: 'occasional', name: 'غيره', identityNumber: null } },
    ])
      await expectNothingWritten(till, 'payments.take', edited, 'request.reused');
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
    await countAndClose(other);
    await expectNothingWritten(other, 'payments.take', paymentOf(accountAfter(taken)), 'shift.notOpen');
    const again = await other.call('payments.take', early);
    expect(again).toEqual({ ...taken, wasAlreadyTaken: true, shift: again.shift });
    expect(again.shift).toMatchObject({ id: taken.shift.id, receiptCount: 1 });
  });

  test('a request that somebody else made is not answered with their receipt', async () => {
    await other.call('shifts.open', { requestId: randomUUID(), counts: [] });
    const request = paymentOf(await accountWithBills(other, 2));
    await other.call('payments.take', request);
    await countAndClose(other);
    await startDay(other, 'yousef');
    await expectNothingWritten(other, 'payments.take', request, 'request.reused');
  });
});
