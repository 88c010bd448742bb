import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { money, toDecimal } from '../../shared/domain/money.ts';
import type {
  AccountView,
  ImportDone,
  ImportPreview,
  PaymentTaken,
  VerifyProblem,
  VerifyReport,
} from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import {
  accountWithBills,
  copyFolder,
  removeFolder,
  signIn,
  startCounter,
  startDay,
} from '../helpers/counter.ts';
import { forge } from '../helpers/forge.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { cashPayment, cheque, paymentOf, shekels, transfer } from '../helpers/payments.ts';
import { written } from '../helpers/written.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let account: AccountView;
let file = '';

tillForEach(
  { fileDialogs: { choose: () => Promise.resolve(file), save: () => Promise.resolve(false) } },
  async (fresh) => {
    till = fresh;
    await startDay(till);
    account = await accountWithBills(till, 3);
  },
);

type Bill = AccountView['openBills'][number];

function billAt(index: number): Bill {
  const bill = account.openBills[index];
  if (bill === undefined) throw new Error(`no bill ${index}`);
  return bill;
}

/** A line of a bills file that says of a bill what is known already, but for the amounts given. Agorot. */
function lineOf(
  bill: Bill,
  said: { amountMinor?: number; elsewhereMinor?: number; paidMinor?: number },
): string {
  const shown = (minor: number | undefined): string =>
    minor === undefined ? '' : toDecimal(money(minor, 'ILS'));
  return [
    bill.number,
    account.number,
    bill.serviceCode,
    bill.period,
    bill.kind,
    bill.issuedOn,
    bill.dueOn,
    shown(said.amountMinor ?? bill.amountMinor),
    shown(said.paidMinor),
    shown(said.elsewhereMinor),
  ].join(',');
}
const heading =
  'bill number,account number,service,period,kind,issued on,due on,amount,paid,المدفوع خارج هذا الصندوق';

async function previewFile(lines: readonly string[], at = till): Promise<ImportPreview> {
  file = join(at.folder, 'bills-2026-12.csv');
  writeFileSync(file, [heading, ...lines].join('\n'));
  const seen = await at.call('import.preview', { kind: 'bills' });
  if (seen === null) throw new Error('no preview');
  return seen;
}

/** The administrator imports a file; the cashier is back afterwards. */
async function importFile(...lines: string[]): Promise<ImportDone> {
  return asAdministrator(async () => {
    const { token } = await previewFile(lines);
    return till.call('import.confirm', { token });
  });
}

async function asAdministrator<T>(act: () => Promise<T>): Promise<T> {
  await till.call('session.signOut', {});
  await signIn(till, 'admin');
  const done = await act();
  await till.call('session.signOut', {});
  await signIn(till, 'amal');
  return done;
}

const take = (request: PaymentInput): Promise<PaymentTaken> => till.call('payments.take', request);
const reopen = (): Promise<AccountView> => till.call('accounts.open', { accountId: account.id });

async function undo(paymentId: number) {
  const contents = { paymentId, reason: 'wrongAmount', explanation: 'تجربة' } as const;
  const huda = (await till.call('setup.signIns', {})).find(({ login }) => login === 'huda');
  const { approvalId } = await till.call('approvals.grant', {
    act: { kind: 'payment.undo', contents },
    login: 'huda',
    secret: huda?.pin ?? '',
  });
  return till.ask('payments.undo', { requestId: randomUUID(), undo: contents, approvalId });
}

function paidOf(bill: Bill): { amount: number; paid: number } {
  const db = openReadOnly(join(till.folder, 'sanduq.db'));
  try {
    const row = db
      .prepare<[string], { amount: number; paid: number }>(
        'SELECT amount_minor AS amount, paid_minor AS paid FROM bills WHERE number = ?',
      )
      .get(bill.number);
    return row ?? expect.fail();
  } finally {
    db.close();
  }
}

test('a bill paid here and elsewhere is paid once; the preview says so, then the payer has the credit and the note', async () => {
  const bill = billAt(0);
  const taken = await take(paymentOf(account, 1));
  const line = lineOf(bill, { elsewhereMinor: bill.amountMinor });
  const owed = outstandingMinor(bill);
  await asAdministrator(async () => {
    const seen = await previewFile([line]);
    expect(seen).toMatchObject({ changed: 1, badLines: 0, surpluses: 1, surplusMinor: owed });
    expect((await reopen()).creditMinor).toBe(account.creditMinor);
    expect(await till.call('import.confirm', { token: seen.token })).toMatchObject({
      changed: 1,
      surpluses: 1,
      surplusMinor: owed,
    });
    expect(await previewFile([line])).toMatchObject({ unchanged: 1, surpluses: 0, surplusMinor: 0 });
  });
  const after = await reopen();
  expect(after.creditMinor).toBe(account.creditMinor + owed);
  expect(after.surpluses).toEqual([
    {
      id: 1,
      billNumber: bill.number,
      serviceAr: bill.serviceAr,
      serviceEn: bill.serviceEn,
      period: bill.period,
      cause: 'paidElsewhere',
      minor: owed,
      businessDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    },
  ]);
  expect(paidOf(bill)).toEqual({ amount: bill.amountMinor, paid: bill.amountMinor });
  const entry = written(till.folder).journal.find(({ act }) => act === 'bill.surplus');
  expect(entry).toMatchObject({
    actor: { login: 'admin' },
    body: {
      accountNumber: account.number,
      billNumber: bill.number,
      minor: owed,
      fileName: 'bills-2026-12.csv',
      lines: [{ paymentId: taken.paymentId, receiptNumber: taken.receipt.number, line: 1, minor: owed }],
    },
  });
});

test('a lowered amount makes credit of what was paid beyond it, from the newest receipt first', async () => {
  const bill = billAt(0);
  const owed = outstandingMinor(bill);
  const part = (minor: number) =>
    cashPayment({ accountId: account.id, allocations: [{ billId: bill.id, minor }] });
  await take(part(owed - 300));
  const second = await take(part(300));
  const amountMinor = bill.amountMinor - 500;
  expect(await importFile(lineOf(bill, { amountMinor }))).toMatchObject({ surpluses: 1, surplusMinor: 500 });
  const after = await reopen();
  expect(after.creditMinor).toBe(account.creditMinor + 500);
  expect(after.surpluses).toMatchObject([{ cause: 'amountLowered', minor: 500 }]);
  expect(paidOf(bill)).toEqual({ amount: amountMinor, paid: amountMinor });

  // The second receipt had become credit wholly: taking it back opens no bill.
  expect((await undo(second.paymentId)).ok).toBe(true);
  const undone = await reopen();
  expect(undone.creditMinor).toBe(account.creditMinor + 200);
  expect(undone.surpluses).toMatchObject([{ minor: 200 }]);
  expect(paidOf(bill)).toEqual({ amount: amountMinor, paid: amountMinor });
});

test('what the file itself says was paid elsewhere beyond the amount is a bad line, and so is what was waived here', async () => {
  const [bill, waived] = [billAt(0), billAt(1)];
  await take(paymentOf(account, 1));
  const request: PaymentInput = {
    ...cashPayment({
      accountId: account.id,
      allocations: [{ billId: waived.id, minor: outstandingMinor(waived) }],
    }),
    tenders: [
      {
        kind: 'waiver',
        currency: 'ILS',
        receivedMinor: outstandingMinor(waived),
        decisionNumber: '2026/17',
        decisionOn: '2026-01-02',
      },
    ],
  };
  const { requestId, payer, lines, tenders } = request;
  const huda = (await till.call('setup.signIns', {})).find(({ login }) => login === 'huda');
  const { approvalId } = await till.call('approvals.grant', {
    act: { kind: 'payment.waiver', contents: { requestId, payer, lines, tenders } },
    login: 'huda',
    secret: huda?.pin ?? '',
  });
  await take({ ...request, approvalId });
  await asAdministrator(async () => {
    const seen = await previewFile([
      lineOf(bill, { elsewhereMinor: bill.amountMinor + 1 }),
      lineOf(waived, { amountMinor: waived.amountMinor - 1 }),
      `${lineOf(billAt(2), {})}x`,
    ]);
    expect(seen.bad.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [2, 'المدفوع خارج هذا الصندوق', 'paidMoreThanNewAmount'],
      [3, 'amount', 'waivedHere'],
      [4, 'المدفوع خارج هذا الصندوق', 'notANumber'],
    ]);
    expect(seen).toMatchObject({ changed: 0, surpluses: 0 });
  });
});

test('credit that was used meanwhile keeps its receipt from being taken back', async () => {
  const [bill, next] = [billAt(0), billAt(1)];
  const first = await take(paymentOf(account, 1));
  await importFile(lineOf(bill, { elsewhereMinor: bill.amountMinor }));
  const credit = (await reopen()).creditMinor;
  const used = Math.min(credit, outstandingMinor(next));
  const spending = await take({
    ...cashPayment({ accountId: account.id, allocations: [{ billId: next.id, minor: used }] }),
    tenders: [{ kind: 'credit', currency: 'ILS', receivedMinor: used, accountId: account.id }],
  });
  expect(await undo(first.paymentId)).toMatchObject({ ok: false, code: 'undo.creditUsed' });
  // Once it is back, so is the first.
  expect((await undo(spending.paymentId)).ok).toBe(true);
  expect((await undo(first.paymentId)).ok).toBe(true);
  expect(await reopen()).toMatchObject({ creditMinor: account.creditMinor, surpluses: [] });
  expect(paidOf(bill)).toEqual({ amount: bill.amountMinor, paid: bill.amountMinor });
});

test.each([
  ['a transfer that is rejected', 'transfer'],
  ['a cheque that bounces', 'cheque'],
] as const)('%s takes the surplus first and opens the bill for the rest', async (_, kind) => {
  const bill = billAt(0);
  const owed = outstandingMinor(bill);
  await take({
    ...cashPayment({ accountId: account.id, allocations: [{ billId: bill.id, minor: owed }] }),
    tenders: [kind === 'transfer' ? transfer(owed - 100) : cheque(owed - 100), shekels(100)],
  });
  await importFile(lineOf(bill, { amountMinor: bill.amountMinor - 400 }));
  expect((await reopen()).creditMinor).toBe(account.creditMinor + 400);
  await till.call('session.signOut', {});
  await signIn(till, 'huda');
  if (kind === 'transfer')
    await till.call('registers.settleTransfer', {
      requestId: randomUUID(),
      transferId: 1,
      to: 'rejected',
      note: 'لم تصل',
    });
  else
    for (const to of ['deposited', 'bounced'] as const)
      await till.call('registers.moveCheque', {
        requestId: randomUUID(),
        chequeId: 1,
        to,
        note: 'لا رصيد',
        feeMinor: null,
      });
  expect((await reopen()).creditMinor).toBe(account.creditMinor);
  const { amount, paid } = paidOf(bill);
  expect(amount - paid).toBe(owed - 100 - 400);
});

test('an import that was cut off makes each surplus once', async () => {
  const bill = billAt(0);
  await take(paymentOf(account, 1));
  await till.call('session.signOut', {});
  const folder = copyFolder(till.folder);
  const cut = startCounter({
    folder,
    fileDialogs: { choose: () => Promise.resolve(file), save: () => Promise.resolve(false) },
  });
  await signIn(cut, 'admin');
  const many = Array.from(
    { length: 3000 },
    (_, i) => `C-${i},${account.number},water,2026-10,,,2026-10-31,5.00,,`,
  );
  const { token } = await previewFile([lineOf(bill, { elsewhereMinor: bill.amountMinor }), ...many], cut);
  // The program ends in the middle: the promise is never answered.
  void cut.ask('import.confirm', { token });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await cut.close();
  const finished = () => written(folder).journal.find(({ act }) => act === 'import.finished')?.body;
  expect(finished()).toBeUndefined();

  const again = startCounter({ folder });
  await expect.poll(finished, { timeout: 15_000 }).toMatchObject({ added: 3000, surpluses: 1 });
  expect(written(folder).journal.filter(({ act }) => act === 'bill.surplus')).toHaveLength(1);
  await signIn(again, 'huda');
  expect((await again.call('accounts.open', { accountId: account.id })).creditMinor).toBe(
    account.creditMinor + outstandingMinor(bill),
  );
  expect((await again.call('audit.verify', {})).firstProblem).toBeNull();
  await again.close();
  removeFolder(folder);
});

test('whoever has the file and changes a surplus is found out', async () => {
  const bill = billAt(0);
  await take(paymentOf(account, 1));
  await importFile(lineOf(bill, { amountMinor: bill.amountMinor - 1 }));
  const entry = written(till.folder).journal.find(({ act }) => act === 'bill.surplus')?.sequence ?? 0;
  const forgeries: [sql: string, kind: VerifyProblem, sequence: number | null][] = [
    ['UPDATE surpluses SET minor = minor + 1', 'rowsDiffer', entry],
    ['UPDATE surplus_lines SET minor = minor + 1', 'rowsDiffer', entry],
    ['UPDATE surpluses SET bill_id = bill_id + 1', 'rowsDiffer', entry],
    [`UPDATE surpluses SET file_name = 'x.csv'`, 'rowsDiffer', entry],
    ['DELETE FROM surplus_lines; DELETE FROM surpluses', 'rowsDiffer', entry],
    // One that no file made, with its credit.
    [
      `INSERT INTO surpluses SELECT 9, account_id, bill_id, 1, cause, file_name, file_sha256, at_ms, business_date
         FROM surpluses;
       INSERT INTO surplus_lines SELECT 9, payment_id, line, 1 FROM surplus_lines;
       UPDATE accounts SET credit_minor = credit_minor + 1 WHERE id IN (SELECT account_id FROM surpluses)`,
      'rowsDiffer',
      null,
    ],
    [
      'UPDATE accounts SET credit_minor = credit_minor - 1 WHERE id IN (SELECT account_id FROM surpluses)',
      'sumWrong',
      null,
    ],
    [
      `UPDATE bills SET paid_minor = paid_minor - 1
        WHERE (account_id, id) IN (SELECT account_id, bill_id FROM surpluses)`,
      'sumWrong',
      null,
    ],
  ];
  const found = forgeries.map(([sql]) => {
    const { kind, sequence } = verifyForged(sql) ?? expect.fail(`not found: ${sql}`);
    return [sql, kind, sequence];
  });
  expect(found).toEqual(forgeries);
});

/** What verify says of a copy of the file in which somebody ran this. */
function verifyForged(sql: string): VerifyReport['firstProblem'] {
  const copy = copyFolder(till.folder);
  try {
    forge(copy, (db) => void db.exec(sql));
    const db = openReadOnly(join(copy, 'sanduq.db'));
    const { firstProblem } = verifyDatabase(db);
    db.close();
    return firstProblem;
  } finally {
    removeFolder(copy);
  }
}
