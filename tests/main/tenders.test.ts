import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { planChange } from '../../shared/domain/payment.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import {
  accountAfter,
  card,
  cash,
  cheque,
  paymentOf,
  setRates,
  shekels,
  totalOf,
} from '../helpers/payments.ts';
import type { LineInput, PaymentInput } from '../helpers/payments.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';

// Ten in the morning in Gaza.
const morning = Date.parse('2026-11-24T08:00:00Z');
const dayMs = 86_400_000;
const rates = { JOD: 52_345, USD: 36_550 };

let folder: string;
let till: TestCounter;
beforeAll(async () => {
  folder = await makeMunicipality();
  till = startCounter({ folder: copyFolder(folder), clock: () => morning });
  await setRates(till, rates);
  await startDay(till);
});
afterAll(async () => {
  await till.close();
  removeFolder(till.folder);
  removeFolder(folder);
});

let nextAccount = 1;
async function freshAccount(atLeast: number): Promise<AccountView> {
  const account = await accountWithBills(till, atLeast, nextAccount);
  nextAccount = account.id + 1;
  return account;
}

/** What should lie in the shift's drawer, by currency. */
function drawer(): Record<string, number> {
  const rows = written(till.folder).rows['shift_cash'] as { currency: string; expected_minor: number }[];
  return Object.fromEntries(rows.map((row) => [row.currency, row.expected_minor]));
}

/** An advance of exactly so much, so that a test can reckon by hand. */
function advance(account: AccountView, minor: number): LineInput {
  return { kind: 'advance', accountId: account.id, minor };
}

function payment(account: AccountView, rest: Partial<PaymentInput>): PaymentInput {
  return { ...paymentOf(account), rates, ...rest };
}

describe('three currencies in one payment', () => {
  test('are valued at the day’s rates, changed in two of them, and counted apart in the drawer', async () => {
    const account = await freshAccount(1);
    const before = drawer();
    // 20 dinars are 104.69 and 50 dollars 182.75 shekels; with 40 shekels that is 327.44, and 297.37 are owed.
    // Of the 30.07 over, 8 dollars are 29.24; the rest of 0.83 is rounded to 0.80.
    const request = payment(account, {
      lines: [advance(account, 29_737)],
      tenders: [cash('JOD', 20_000), cash('USD', 5_000, 2_000), shekels(4_000)],
      change: [...planChange(3_007, 'USD', rates, 10).change],
    });
    expect(request.change).toEqual([
      { currency: 'USD', minor: 800 },
      { currency: 'ILS', minor: 80 },
    ]);
    const { receipt } = await till.call('payments.take', request);
    expect(receipt).toMatchObject({
      totalMinor: 29_737,
      tenders: [
        { currency: 'JOD', receivedMinor: 20_000, valueMinor: 10_469, rate: rates.JOD },
        { currency: 'USD', receivedMinor: 5_000, wornMinor: 2_000, valueMinor: 18_275, rate: rates.USD },
        { currency: 'ILS', receivedMinor: 4_000, valueMinor: 4_000, rate: null },
      ],
      change: request.change,
      changeCredit: null,
      roundingMinor: 3,
    });
    expect(drawer()).toEqual({
      ILS: (before['ILS'] ?? 0) + 4_000 - 80,
      JOD: (before['JOD'] ?? 0) + 20_000,
      USD: (before['USD'] ?? 0) + 5_000 - 800,
    });
  });

  test('stay at the rates of their moment when the day’s rates change', async () => {
    const account = await freshAccount(1);
    const request = payment(account, {
      lines: [advance(account, 10_000)],
      tenders: [cash('JOD', 10_000), cash('USD', 1_500)],
      change: [
        { currency: 'USD', minor: 100 },
        { currency: 'ILS', minor: 350 },
      ],
    });
    const taken = await till.call('payments.take', request);
    const frozen = (table: string) =>
      (written(till.folder).rows[table] as { payment_id: number }[]).filter(
        ({ payment_id: id }) => id === taken.paymentId,
      );
    const before = [frozen('payment_tenders'), frozen('payment_change')];
    await till.call('session.signOut', {});
    await setRates(till, { JOD: 53_000, USD: 37_000 });
    await signIn(till, 'amal');

    expect([frozen('payment_tenders'), frozen('payment_change')]).toEqual(before);
    const { content } = await till.call('receipts.get', { paymentId: taken.paymentId });
    expect(content).toEqual(taken.receipt);
    // Asked again, it is the same receipt; a new one at the old rates is refused.
    expect((await till.call('payments.take', request)).receipt).toEqual(taken.receipt);
    const late = { ...request, requestId: randomUUID() };
    await expectNothingWritten(till, 'payments.take', late, 'rate.changed');
    await till.call('session.signOut', {});
    await setRates(till, rates);
    await signIn(till, 'amal');
  });
});

describe('change that is not given', () => {
  test('becomes credit, says so on the receipt, and pays for a bill later', async () => {
    const account = await freshAccount(2);
    const owed = totalOf(paymentOf(account));
    const received = Math.ceil(owed / 1000) * 1000 + 2000;
    const first = await till.call(
      'payments.take',
      payment(account, {
        tenders: [shekels(received)],
        changeCredit: { accountId: account.id, minor: received - owed },
      }),
    );
    const creditMinor = account.creditMinor + received - owed;
    expect(first.receipt).toMatchObject({
      change: [],
      changeCredit: { accountNumber: account.number, minor: received - owed },
      roundingMinor: 0,
      creditMinor,
    });
    expect(accountAfter(first).creditMinor).toBe(creditMinor);

    const [bill] = accountAfter(first).openBills;
    if (bill === undefined) throw new Error('no bill left');
    const used = Math.min(creditMinor, outstandingMinor(bill));
    const before = drawer();
    const second = await till.call(
      'payments.take',
      payment(account, {
        lines: [{ kind: 'bill', accountId: account.id, billId: bill.id, minor: used }],
        tenders: [{ kind: 'credit', currency: 'ILS', receivedMinor: used, accountId: account.id }],
      }),
    );
    expect(second.receipt).toMatchObject({ totalMinor: used, creditMinor: creditMinor - used, change: [] });
    expect(accountAfter(second).creditMinor).toBe(creditMinor - used);
    expect(drawer()).toEqual(before);
  });

  test('can go to the account of somebody else, and the same credit cannot be used twice at once', async () => {
    const account = await freshAccount(1);
    const other = await freshAccount(1);
    const first = payment(account, {
      lines: [advance(account, 1_000)],
      tenders: [card(1_500)],
      changeCredit: { accountId: other.id, minor: 500 },
    });
    await till.call('payments.take', first);
    const creditMinor = other.creditMinor + 500;
    expect((await till.call('accounts.open', { accountId: other.id })).creditMinor).toBe(creditMinor);
    const spend = (): PaymentInput =>
      payment(other, {
        lines: [{ kind: 'fee', serviceCode: 'stamp', quantity: 1, unitMinor: creditMinor, note: '' }],
        tenders: [{ kind: 'credit', currency: 'ILS', receivedMinor: creditMinor, accountId: other.id }],
      });
    const replies = await Promise.all([spend(), spend()].map((one) => till.ask('payments.take', one)));
    expect(replies.map((reply) => (reply.ok ? 'paid' : reply.code)).toSorted()).toEqual([
      'credit.tooLittle',
      'paid',
    ]);
  });
});

test('a basket over three accounts is one receipt: each account’s bills, an advance and a fee', async () => {
  const accounts = [await freshAccount(2), await freshAccount(2), await freshAccount(1)] as const;
  const [father, son, daughter] = accounts;
  const fee: LineInput = {
    kind: 'fee',
    serviceCode: 'ownershipTransfer',
    quantity: 2,
    unitMinor: 1_500,
    note: 'للبنك',
  };
  const lines = [
    ...paymentOf(father, 2).lines,
    ...paymentOf(son, 1).lines,
    ...paymentOf(daughter, 1).lines,
    advance(son, 5_000),
    fee,
  ];
  const total = totalOf({ ...paymentOf(father), lines });
  const part = Math.floor(total / 3);
  const before = drawer();
  const request = payment(father, {
    lines,
    tenders: [card(part), cheque(part), shekels(total - 2 * part)],
  });
  const taken = await till.call('payments.take', request);

  expect(taken.receipt).toMatchObject({ totalMinor: total, payer: { name: father.citizen.name } });
  expect(taken.receipt.lines).toMatchObject([
    ...[father, father, son, daughter].map(({ number, citizen }) => ({
      account: { number, name: citizen.name },
      leftMinor: 0,
    })),
    { kind: 'advance', account: { number: son.number }, paidMinor: 5_000 },
    { kind: 'fee', quantity: 2, unitMinor: 1_500, note: 'للبنك', paidMinor: 3_000 },
  ]);
  const views = await Promise.all(accounts.map(({ id }) => till.call('accounts.open', { accountId: id })));
  expect(views.map(({ openBills }) => openBills.length)).toEqual([
    father.openBills.length - 2,
    son.openBills.length - 1,
    daughter.openBills.length - 1,
  ]);
  expect(views[1]?.creditMinor).toBe(son.creditMinor + 5_000);
  expect(taken.receipt.remainingMinor).toBe(views.reduce((sum, { owedMinor }) => sum + owedMinor, 0));
  expect(taken.receipt.creditMinor).toBe(views.reduce((sum, { creditMinor }) => sum + creditMinor, 0));
  // Only the cash is in the drawer; the cheque is in its register, in hand.
  expect((drawer()['ILS'] ?? 0) - (before['ILS'] ?? 0)).toBe(total - 2 * part);
  expect(written(till.folder).rows['cheques']).toContainEqual(
    expect.objectContaining({ payment_id: taken.paymentId, line: 2, state: 'inHand', due_on: '2097-01-15' }),
  );
  expect(written(till.folder).rows['register_steps']).toContainEqual(
    expect.objectContaining({ state: 'inHand', at_ms: taken.receipt.atMs }),
  );
  for (const { id } of accounts)
    expect((await till.call('accounts.open', { accountId: id })).lastReceipts[0]?.number).toBe(
      taken.receipt.number,
    );
});

test('who is not registered pays fees, and the receipt names them and no account', async () => {
  const request: PaymentInput = {
    ...paymentOf(await freshAccount(1)),
    payer: { kind: 'occasional', name: '  ميسون عابد ', identityNumber: '900000015' },
    lines: [
      { kind: 'fee', serviceCode: 'stamp', quantity: 3, unitMinor: 200, note: '' },
      { kind: 'fee', serviceCode: 'hallRent', quantity: 1, unitMinor: 30_000, note: 'قاعة البلدية، الخميس' },
    ],
    tenders: [shekels(40_000)],
    change: [{ currency: 'ILS', minor: 9_400 }],
    rates: {},
  };
  const taken = await till.call('payments.take', request);
  expect(taken.account).toBeNull();
  expect(taken.receipt).toMatchObject({
    payer: { name: 'ميسون عابد', identityNumber: '900000015' },
    account: null,
    totalMinor: 30_600,
    remainingMinor: null,
    creditMinor: 0,
    lines: [
      { kind: 'fee', quantity: 3, unitMinor: 200, paidMinor: 600 },
      { kind: 'fee', quantity: 1, paidMinor: 30_000, note: 'قاعة البلدية، الخميس' },
    ],
  });
  for (const text of [taken.receipt.number, 'ميسون عابد']) {
    const [found] = await till.call('receipts.find', { text, limit: 1 });
    expect(found).toMatchObject({ payerName: 'ميسون عابد', accountNumber: null, totalMinor: 30_600 });
  }
});

describe('the day’s rates', () => {
  afterAll(async () => {
    await till.call('session.signOut', {});
    await signIn(till, 'amal');
  });

  const set = (rate: number, isSure = false) => ({ rates: [{ currency: 'JOD' as const, rate }], isSure });

  test('are set by a supervisor or an administrator and seen by everybody', async () => {
    for (const login of ['amal', 'nader', 'huda', 'admin']) {
      await till.call('session.signOut', {});
      const { role } = await signIn(till, login);
      const may = role === 'supervisor' || role === 'administrator';
      const reply = await till.ask('rates.set', set(rates.JOD));
      expect([role, reply.ok ? 'ok' : reply.code]).toEqual([role, may ? 'ok' : 'session.forbidden']);
      expect((await till.call('rates.today', {})).today).toEqual(rates);
    }
  });

  test('half or double of the last one is asked about and nothing is written until the person is sure', async () => {
    await till.call('session.signOut', {});
    await signIn(till, 'huda');
    for (const rate of [Math.floor(rates.JOD / 2), rates.JOD * 2, rates.JOD * 10]) {
      const reply = await till.ask('rates.set', set(rate));
      expect(reply).toEqual({
        ok: false,
        code: 'rate.unlikely',
        params: { currency: 'JOD', before: '5.2345' },
      });
      await expectNothingWritten(till, 'rates.set', set(rate), 'rate.unlikely');
    }
    expect((await till.call('rates.set', set(rates.JOD * 2, true))).today.JOD).toBe(rates.JOD * 2);
    await till.call('rates.set', set(rates.JOD, true));
  });

  test('every rate that was set stays in the history and in the journal, with the one before it', async () => {
    const before = written(till.folder);
    const history = before.rows['rates'] as unknown[];
    await till.call('rates.set', set(52_400));
    const after = written(till.folder);
    expect(after.rows['rates']).toEqual([
      ...history,
      expect.objectContaining({ business_date: '2026-11-24', currency: 'JOD', rate: 52_400, at_ms: morning }),
    ]);
    expect(after.journal.slice(before.journal.length)).toMatchObject([
      {
        act: 'rates.set',
        actor: { login: 'huda' },
        body: {
          businessDate: '2026-11-24',
          in: 'ILS',
          unit: 10_000,
          rates: [{ currency: 'JOD', rate: 52_400, before: rates.JOD }],
        },
      },
    ]);
  });

  test('are none on a new day until somebody confirms them; the last ones are there to start from', async () => {
    let moment = morning;
    const later = startCounter({ folder: copyFolder(folder), clock: () => moment });
    try {
      await setRates(later, rates);
      moment += dayMs;
      await startDay(later);
      const today = await later.call('rates.today', {});
      expect(today).toMatchObject({ businessDate: '2026-11-25', today: {}, last: rates });
      const account = await accountWithBills(later, 1);
      const lines = [advance(account, 500)];
      const dinar = payment(account, { lines, tenders: [cash('JOD', 1_000)], rates: {} });
      await expectNothingWritten(later, 'payments.take', dinar, 'rate.missing');
      // Shekels go on.
      await later.call('payments.take', payment(account, { lines, tenders: [shekels(500)], rates: {} }));
    } finally {
      await later.close();
      removeFolder(later.folder);
    }
  });
});

test('a registered payer’s fees are among the receipts of their account', async () => {
  const account = await till.call('accounts.open', { accountId: 2 });
  const stamp = { kind: 'fee', serviceCode: 'stamp', quantity: 2, unitMinor: 500, note: '' } as const;
  const taken = await till.call(
    'payments.take',
    payment(account, { lines: [stamp], tenders: [shekels(1_000)] }),
  );
  const [last] = (await till.call('accounts.open', { accountId: account.id })).lastReceipts;
  expect(last?.number).toBe(taken.receipt.number);
});

test('a fee with a fixed price is taken at that price and no other', async () => {
  const account = await till.call('accounts.open', { accountId: 2 });
  const sold = await till.call('services.sold', {});
  expect(sold.find(({ code }) => code === 'stamp')?.priceMinor).toBeNull();
  const { code, priceMinor } = sold.find((service) => service.priceMinor !== null) ?? expect.fail();
  const fee = { kind: 'fee', serviceCode: code, quantity: 1, note: '' } as const;
  const at = (unitMinor: number) =>
    payment(account, { lines: [{ ...fee, unitMinor }], tenders: [shekels(unitMinor)] });
  await expectNothingWritten(till, 'payments.take', at((priceMinor ?? 0) + 100), 'service.priceFixed');
  await till.call('payments.take', at(priceMinor ?? 0));
});

test('what was paid from entitlements is listed by month for the finance department', async () => {
  const account = await till.call('accounts.open', { accountId: 1 });
  const entitlement = {
    kind: 'entitlement',
    currency: 'ILS',
    receivedMinor: 700,
    employeeNumber: '55120',
    month: '2026-09',
    letterNumber: 'م/114',
  } as const;
  const taken = await till.call(
    'payments.take',
    payment(account, { lines: [advance(account, 700)], tenders: [entitlement] }),
  );
  await signIn(till, 'huda');
  expect(await till.call('registers.entitlements', { month: '2026-09' })).toMatchObject([
    { receiptNumber: taken.receipt.number, employeeNumber: '55120', minor: 700, isUndone: false },
  ]);
  expect(await till.call('registers.entitlements', { month: '2026-08' })).toEqual([]);
  await signIn(till, 'amal');
});

test('a payment that was begun and left is in the journal', async () => {
  await till.call('payments.abandon', { accountId: 1, totalMinor: 12_000, receivedKinds: ['cash'] });
  const last = written(till.folder).journal.at(-1);
  expect(last).toMatchObject({ act: 'payment.abandoned', body: { totalMinor: 12_000 } });
});

test('what was paid in all these ways can be proved', async () => {
  await till.call('session.signOut', {});
  await signIn(till, 'huda');
  const report = await till.call('audit.verify', {});
  expect(report.firstProblem).toBeNull();
  expect(report.ok).toBe(true);
});
