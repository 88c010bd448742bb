import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { BankAccount, DepositView, Input } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { signIn } from '../helpers/counter.ts';
import { closing, inNotes, openShift, witness, workShift } from '../helpers/days.ts';
import { cheque, paymentOf, totalOf } from '../helpers/payments.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { expectNothingWritten, written } from '../helpers/written.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
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

/** One bill paid by a cheque of that day and number. */
function byCheque(chequeNumber: string, dueOn = date): (account: AccountView) => PaymentInput {
  return (account) => {
    const request = paymentOf(account);
    return { ...request, tenders: [cheque(totalOf(request), { chequeNumber, dueOn })], change: [] };
  };
}

type Part = Input<'deposits.prepare'>['parts'][number];

async function account(edit: Partial<BankAccount> = {}): Promise<BankAccount> {
  const saved = await till.call('bankAccounts.save', {
    id: null,
    bank: 'بنك القدس',
    account: 'PS92PALS000000000400123456702',
    currency: 'ILS',
    name: 'بلدية خان يونس، الإيرادات',
    isActive: true,
    ...edit,
  });
  const number = edit.account ?? 'PS92PALS000000000400123456702';
  const found = saved.find((one) => one.account === number && one.currency === (edit.currency ?? 'ILS'));
  if (found === undefined) throw new Error('the account was not saved');
  return found;
}

const prepare = (...parts: Part[]) => ({ requestId: randomUUID(), parts, second: witness('yousef') });
const part = (bankAccountId: number, edit: Partial<Part> = {}): Part => ({
  bankAccountId,
  slipNumber: '77120',
  bagNumber: 'B-31',
  cash: [],
  chequeIds: [],
  ...edit,
});

async function inSafe(): Promise<number> {
  return (await till.call('custody.safe', {})).amounts.find(({ currency }) => currency === 'ILS')?.minor ?? 0;
}

test('cash by its notes and cheques go to two accounts at once; the safe holds the rest, and each has its slip', async () => {
  await workShift(till, { also: [byCheque('000417'), byCheque('000418')] });
  await signIn(till, 'huda');
  const sheet = await till.call('deposits.sheet', {});
  expect(sheet.cheques.map(({ chequeNumber }) => chequeNumber)).toEqual(['000417', '000418']);
  const [one, two] = [await account(), await account({ account: 'PS10 0002', bank: 'بنك فلسطين' })];
  const before = await inSafe();
  const chequeIds = sheet.cheques.map(({ id }) => id);
  const request = prepare(
    part(one.id, { cash: inNotes(20_000), chequeIds: chequeIds.slice(0, 1) }),
    part(two.id, { chequeIds: chequeIds.slice(1) }),
  );
  const deposits = await till.call('deposits.prepare', request);
  expect(deposits.map(({ name, state, cashMinor }) => [name, state, cashMinor])).toEqual([
    ['D-KY01-000001', 'prepared', 20_000],
    ['D-KY01-000002', 'prepared', 0],
  ]);
  expect(await inSafe()).toBe(before - 20_000);
  const after = await till.call('deposits.sheet', {});
  expect(after.cheques).toEqual([]);
  expect(await till.call('registers.cheques', { state: 'deposited', text: '' })).toHaveLength(2);
  const { rows, journal } = written(till.folder);
  const slips = rows['deposits'] as { content: string }[];
  expect(slips[0]?.content).toContain('PS92PALS000000000400123456702');
  expect(journal.filter(({ act }) => act === 'deposit.prepared')).toHaveLength(2);

  const again = await till.call('deposits.prepare', request);
  expect(again.map(({ id }) => id)).toEqual(deposits.map(({ id }) => id));
  const other = { ...request, parts: request.parts.slice(0, 1) };
  await expectNothingWritten(till, 'deposits.prepare', other, 'request.reused');
});

test('what is not in the safe, not in hand, not due, of another currency or nothing at all is refused', async () => {
  await workShift(till, { also: [byCheque('000417'), byCheque('000419', '2026-12-24')] });
  await openShift(till, 'yousef', 0);
  await till.call('payments.take', byCheque('000420')(await accountWithBills(till, 2)));
  await signIn(till, 'huda');
  const { id } = await account();
  const dollars = await account({ currency: 'USD', account: 'USD 1' });
  const closed = await account({ isActive: false, account: 'OLD 1' });
  const cheques = await till.call('registers.cheques', { state: 'inHand', text: '' });
  const idOf = (number: string): number => cheques.find((one) => one.chequeNumber === number)?.id ?? 0;
  const many = {
    cash: [{ currency: 'ILS' as const, denominationMinor: 20_000, isWorn: false, quantity: 900 }],
  };
  const worn = { cash: [{ currency: 'ILS' as const, denominationMinor: 1000, isWorn: true, quantity: 1 }] };
  const unknown = { cash: [{ currency: 'ILS' as const, denominationMinor: 300, quantity: 1 }] };
  const second = { ...prepare(part(id, { cash: inNotes(1000) })), second: witness('huda') };
  const auditor = { ...second, second: witness('nader') };
  const half = inNotes(20_000);
  for (const [request, code] of [
    [prepare(part(id, many)), 'deposit.notInSafe'],
    [prepare(part(id, worn)), 'deposit.notInSafe'],
    [prepare(part(id, { cash: half }), part(id, many)), 'deposit.notInSafe'],
    [prepare(part(id, unknown)), 'shift.unknownDenomination'],
    [prepare(part(id)), 'deposit.nothing'],
    [prepare(part(dollars.id, { cash: half })), 'deposit.otherCurrency'],
    [prepare(part(closed.id, { cash: half })), 'bankAccount.notFound'],
    [prepare(part(id, { chequeIds: [idOf('000419')] })), 'deposit.chequeNotDue'],
    [prepare(part(id, { chequeIds: [idOf('000420')] })), 'deposit.chequeInDrawer'],
    [prepare(part(id, { chequeIds: [idOf('000417'), idOf('000417')] })), 'deposit.chequeGone'],
    [second, 'deposit.samePerson'],
    [auditor, 'deposit.notKeeper'],
  ] as const)
    await expectNothingWritten(till, 'deposits.prepare', request, code);
  await till.call('deposits.prepare', prepare(part(id, { chequeIds: [idOf('000417')] })));
  const twice = prepare(part(id, { chequeIds: [idOf('000417')] }));
  await expectNothingWritten(till, 'deposits.prepare', twice, 'deposit.chequeGone');
});

test('without the second person’s own PIN nothing is prepared', async () => {
  await workShift(till);
  await signIn(till, 'huda');
  const { id } = await account();
  const request = prepare(part(id, { cash: inNotes(1000) }));
  const wrong = { ...request, second: { login: 'yousef', secret: '000000' } };
  expect(await till.ask('deposits.prepare', wrong)).toMatchObject({ ok: false, code: 'signIn.wrong' });
  expect(await till.call('deposits.list', { from: date, to: date })).toEqual([]);
});

async function prepared(): Promise<DepositView> {
  await workShift(till, { also: [byCheque('000417')] });
  await signIn(till, 'huda');
  const { id } = await account();
  const { cheques } = await till.call('deposits.sheet', {});
  const request = prepare(part(id, { cash: inNotes(5000), chequeIds: cheques.map((one) => one.id) }));
  const [deposit] = await till.call('deposits.prepare', request);
  if (deposit === undefined) throw new Error('nothing was prepared');
  return deposit;
}

test('cancelled before it left, its cash and cheques are back and its number stays used', async () => {
  const { id } = await prepared();
  const before = await inSafe();
  const cancel = { requestId: randomUUID(), depositId: id, to: 'cancelled' as const, note: 'البنك مغلق' };
  const cancelled = await till.call('deposits.move', cancel);
  expect(cancelled.state).toBe('cancelled');
  expect(await inSafe()).toBe(before + 5000);
  expect(await till.call('registers.cheques', { state: 'inHand', text: '' })).toHaveLength(1);
  await till.call('deposits.move', cancel);
  expect(await inSafe()).toBe(before + 5000);
  const leave = { ...cancel, requestId: randomUUID(), to: 'deposited' as const };
  await expectNothingWritten(till, 'deposits.move', leave, 'deposit.wrongState');
  await expectNothingWritten(till, 'deposits.move', { ...cancel, to: 'deposited' }, 'request.reused');
  const { cheques, accounts } = await till.call('deposits.sheet', {});
  const again = prepare(part(accounts[0]?.id ?? 0, { chequeIds: cheques.map((one) => one.id) }));
  expect(await till.call('deposits.prepare', again)).toMatchObject([{ number: 2 }]);
});

async function booksOf(day: string): Promise<unknown[]> {
  const query = { report: 'accounting' as const, from: day, to: day, till: null, cashierId: null };
  const { rows } = await till.call('reports.run', query);
  return rows
    .filter(({ cells: [, code] }) => code === '1200' || code === '1110' || code === '5910')
    .map(({ cells: [, code, , , debit, credit] }) => [code, debit, credit]);
}

test('in the books a cancelled deposit came back, and the day on which it was made stays as it was', async () => {
  const { id, chequesMinor } = await prepared();
  const made = await booksOf(date);
  expect(made).toEqual(
    expect.arrayContaining([
      ['1200', 5000, null],
      ['1200', chequesMinor, null],
      ['1110', null, chequesMinor],
    ]),
  );
  now += dayMs;
  const cancel = { requestId: randomUUID(), depositId: id, to: 'cancelled' as const, note: 'البنك مغلق' };
  await till.call('deposits.move', cancel);
  expect(await booksOf('2026-11-25')).toEqual([
    ['1200', null, 5000],
    ['1200', null, chequesMinor],
    ['1110', chequesMinor, null],
  ]);
  expect(await booksOf(date)).toEqual(made);
});

test('in the books stands what the bank’s slip says, and of a day that was closed meanwhile the next one says it', async () => {
  const deposit = await prepared();
  const leave = { requestId: randomUUID(), depositId: deposit.id, to: 'deposited' as const, note: '' };
  await till.call('deposits.move', leave);
  now += 60_000;
  await till.call('days.close', await closing(till, date));
  const closed = await booksOf(date);
  now += 60_000;
  await till.call('deposits.confirm', {
    requestId: randomUUID(),
    depositId: deposit.id,
    bankReference: 'BOP-2211',
    bankDate: date,
    minor: deposit.cashMinor + deposit.chequesMinor - 2000,
    note: 'ورقة 20 لم تُقبل',
  });
  const [cheque] = deposit.cheques;
  await till.call('registers.moveCheque', {
    requestId: randomUUID(),
    chequeId: cheque?.id ?? 0,
    to: 'bounced',
    note: '',
    feeMinor: null,
  });
  expect(await booksOf(date)).toEqual(closed);
  now += dayMs;
  expect(await booksOf('2026-11-25')).toEqual([
    // What it had paid is owed again; the paper came back from the bank, and 20 shekels never arrived.
    ['1110', null, deposit.chequesMinor],
    ['1200', null, deposit.chequesMinor],
    ['1110', deposit.chequesMinor, null],
    ['1200', null, 2000],
    ['5910', 2000, null],
  ]);
});

test('once it left it is confirmed by the bank’s slip; another sum needs its note and stays beside it', async () => {
  const deposit = await prepared();
  const move = { requestId: randomUUID(), depositId: deposit.id, to: 'deposited' as const, note: '' };
  const confirm = {
    requestId: randomUUID(),
    depositId: deposit.id,
    bankReference: 'BOP-2211',
    bankDate: '2026-11-25',
    minor: deposit.cashMinor + deposit.chequesMinor - 2000,
    note: '',
  };
  now += dayMs;
  await expectNothingWritten(till, 'deposits.confirm', confirm, 'deposit.wrongState');
  await till.call('deposits.move', move);
  const cancel = { ...move, requestId: randomUUID(), to: 'cancelled' as const };
  await expectNothingWritten(till, 'deposits.move', cancel, 'deposit.wrongState');
  await expectNothingWritten(till, 'deposits.confirm', confirm, 'deposit.noteMissing');
  for (const bankDate of ['2026-11-26', '2026-11-23'])
    await expectNothingWritten(till, 'deposits.confirm', { ...confirm, bankDate }, 'deposit.dateWrong');
  const confirmed = await till.call('deposits.confirm', { ...confirm, note: 'ورقة 20 لم تُقبل' });
  expect(confirmed).toMatchObject({ state: 'confirmed', confirmedMinor: confirm.minor });
  expect(confirmed.steps.map(({ state }) => state)).toEqual(['prepared', 'deposited', 'confirmed']);
  await till.call('deposits.confirm', { ...confirm, note: 'ورقة 20 لم تُقبل' });
  const journaled = written(till.folder).journal.filter(({ act }) => act === 'deposit.confirmed');
  expect(journaled.map(({ body }) => body['differenceMinor'])).toEqual([-2000]);
});

test('a deposit whose cheque went on meanwhile is not cancelled', async () => {
  const { id, cheques } = await prepared();
  await till.call('registers.moveCheque', {
    requestId: randomUUID(),
    chequeId: cheques[0]?.id ?? 0,
    to: 'cleared',
    note: '',
    feeMinor: null,
  });
  const cancel = { requestId: randomUUID(), depositId: id, to: 'cancelled', note: '' };
  await expectNothingWritten(till, 'deposits.move', cancel, 'deposit.chequeMoved');
});

test('after the day’s close a deposit, a float or a bounced cheque belongs to the next day; the closed one stays', async () => {
  const report = await workShift(till, { also: [byCheque('000417')] });
  await signIn(till, 'huda');
  const { day } = await till.call('days.close', await closing(till, date));
  const { id } = await account();
  const { cheques, businessDate } = await till.call('deposits.sheet', {});
  expect(businessDate).toBe('2026-11-25');
  const chequeId = cheques[0]?.id ?? 0;
  const request = prepare(part(id, { cash: inNotes(5000), chequeIds: [chequeId] }));
  const [deposit] = await till.call('deposits.prepare', request);
  expect(deposit?.businessDate).toBe('2026-11-25');
  await till.call('custody.prepareFloat', {
    requestId: randomUUID(),
    till: report.till,
    direction: 'toTill',
    lines: inNotes(10_000),
    note: '',
  });
  await till.call('registers.moveCheque', {
    requestId: randomUUID(),
    chequeId,
    to: 'bounced',
    note: 'بلا رصيد',
    feeMinor: null,
  });
  now += dayMs;
  await workShift(till, { floatMinor: 10_000 });
  await signIn(till, 'huda');
  const { day: next } = await till.call('days.close', await closing(till, '2026-11-25'));
  expect(next.figures.safe.before).toEqual(day.figures.safe.after);
  expect(next.figures.safe.moves.map(({ kind }) => kind)).toEqual(['closeToSafe', 'prepareFloat', 'safeOut']);
});

test('an account that money went to keeps its number; another with the same one is not added', async () => {
  await workShift(till);
  await signIn(till, 'huda');
  const saved = await account();
  const { isUsed: _, ...same } = saved;
  await expectNothingWritten(till, 'bankAccounts.save', { ...same, id: null }, 'bankAccount.exists');
  await till.call('bankAccounts.save', { ...same, account: 'PS92 0001' });
  await till.call('deposits.prepare', prepare(part(saved.id, { cash: inNotes(20_000) })));
  const other = { ...same, account: 'PS93 0001' };
  await expectNothingWritten(till, 'bankAccounts.save', other, 'bankAccount.used');
  const list = await till.call('bankAccounts.save', { ...same, account: 'PS92 0001', isActive: false });
  expect(list.find(({ id }) => id === saved.id)).toMatchObject({ isActive: false, isUsed: true });
  await signIn(till, 'amal');
  await expectNothingWritten(till, 'bankAccounts.save', { ...same, id: null }, 'session.forbidden');
});
