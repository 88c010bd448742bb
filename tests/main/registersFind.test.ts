import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registerRows } from '../../shared/domain/registers.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn, startDay } from '../helpers/counter.ts';
import { accountAfter, cheque, paymentOf, transfer } from '../helpers/payments.ts';
import { tillForEach } from './tillForEach.ts';

/** Transfers in one payment, where many are needed. */
const perPayment = 10;

let till: TestCounter;
let statement: string;
let receipts: Output<'payments.take'>['receipt'][];

const fileDialogs = { choose: () => Promise.resolve(statement), save: () => Promise.resolve(false) };

tillForEach({ fileDialogs }, async (fresh) => {
  till = fresh;
  statement = join(till.folder, 'statement.csv');
  receipts = [];
  await startDay(till);
  let account = await accountWithBills(till, 3);
  for (const tender of [
    cheque(5_000, {
      bank: 'بنك القدس',
      chequeNumber: '000417',
      chequeAccount: '12-03345',
      drawer: 'شركة الأمل',
    }),
    cheque(5_000, {
      bank: 'بنك فلسطين',
      chequeNumber: '000418',
      chequeAccount: '990',
      drawer: 'مؤسسة النور',
    }),
    transfer(5_000, { reference: 'JP-1001' }),
    transfer(5_000, { reference: 'JP-1002', sender: 'سناء الفرا' }),
  ]) {
    const taken = await till.call('payments.take', {
      ...paymentOf(account, 1),
      lines: [{ kind: 'advance', accountId: account.id, minor: 5_000 }],
      tenders: [tender],
    });
    account = accountAfter(taken);
    receipts.push(taken.receipt);
  }
  await signIn(till, 'huda');
});

const cheques = async (text: string) =>
  (await till.call('registers.cheques', { state: null, text })).map(({ chequeNumber }) => chequeNumber);
const transfers = async (text: string) =>
  (await till.call('registers.transfers', { state: null, text })).map(({ reference }) => reference);

describe('a register finds', () => {
  test.each([
    ['any part of a cheque’s number', '418', ['000418']],
    ['digits of another script', '٠٠٠٤١٧', ['000417']],
    ['the bank, in another spelling', 'بنك القُدس', ['000417']],
    ['the drawer without the hamza', 'الامل', ['000417']],
    ['an account number without its dash', '1203345', ['000417']],
    ['words in any order', '417 القدس بنك', ['000417']],
    ['nothing for what only one of two words fits', '417 فلسطين', []],
    ['all for spaces', '  ', ['000418', '000417']],
  ])('cheques by %s', async (_, text, expected) => {
    expect((await cheques(text)).sort()).toEqual([...expected].sort());
  });

  test.each([
    ['the reference as it is written', 'JP-1002', ['JP-1002']],
    ['the reference in one', 'jp1001', ['JP-1001']],
    ['the reference with a dash elsewhere', 'j-p1001', ['JP-1001']],
    ['the sender', 'سناء', ['JP-1002']],
    ['the provider', 'جوال', ['JP-1001', 'JP-1002']],
  ])('transfers by %s', async (_, text, expected) => {
    expect(await transfers(text)).toEqual(expected);
  });

  test('what a receipt was paid with, by its number and by its scanned code; only in the state that is asked for', async () => {
    expect(await cheques(receipts[1]?.number ?? '')).toEqual(['000418']);
    expect(await transfers(receipts[3]?.qr ?? '')).toEqual(['JP-1002']);
    expect(await till.call('registers.cheques', { state: 'bounced', text: '418' })).toEqual([]);
  });
});

test('more than a register shows are found, and a statement is laid beside all that wait', async () => {
  let account = await accountWithBills(till, 3);
  await signIn(till, 'amal');
  for (let paid = 0; paid < registerRows; paid += perPayment) {
    const tenders = Array.from({ length: perPayment }, (_, i) =>
      transfer(100, { reference: `M-${paid + i}` }),
    );
    const minor = 100 * perPayment;
    const lines = [{ kind: 'advance' as const, accountId: account.id, minor }];
    account = accountAfter(await till.call('payments.take', { ...paymentOf(account, 1), lines, tenders }));
  }
  await signIn(till, 'huda');
  const last = `M-${registerRows - 1}`;
  const shown = await transfers('');
  expect(shown).toHaveLength(registerRows);
  expect(shown).not.toContain(last);
  expect(await transfers(last)).toEqual([last]);
  // Who types on is answered what was typed last; what is asked for meanwhile without any words is whole.
  const [first, whole, typedOn] = await Promise.all([transfers('no-such'), transfers(''), transfers(last)]);
  expect(first).toEqual([]);
  expect(whole).toHaveLength(registerRows);
  expect(typedOn).toEqual([last]);

  expect(await till.call('statements.waiting', {})).toEqual([
    { provider: 'جوال باي', count: registerRows + 2 },
  ]);
  writeFileSync(statement, `reference;amount\n${last};1.00\n`);
  const opened = await till.call('statements.open', { provider: 'جوال باي' });
  const proposal = await till.call('statements.propose', {
    token: opened?.token ?? '',
    mapping: { reference: 'reference', amount: 'amount' },
  });
  expect(proposal.onlyHere).toHaveLength(registerRows + 1);
  const ids = new Set(proposal.transfers.map(({ id }) => id));
  expect(
    [...proposal.matches.map(({ transferId }) => transferId), ...proposal.onlyHere].every((id) =>
      ids.has(id),
    ),
  ).toBe(true);
  expect(proposal.transfers.find(({ id }) => id === proposal.matches[0]?.transferId)).toMatchObject({
    reference: last,
    minor: 100,
    currency: 'ILS',
  });
});
