import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StatementFile } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, signIn, startDay } from '../helpers/counter.ts';
import { accountAfter, paymentOf, transfer } from '../helpers/payments.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let statement: string;

const fileDialogs = { choose: () => Promise.resolve(statement), save: () => Promise.resolve(false) };

tillForEach({ fileDialogs }, async (fresh) => {
  till = fresh;
  statement = join(till.folder, 'statement.csv');
  await startDay(till);
  let account = await accountWithBills(till, 3);
  for (const reference of ['JP-1001', 'JP-1002', 'JP-1003']) {
    const request = paymentOf(account, 1);
    const lines = [{ kind: 'advance', accountId: account.id, minor: 5_000 } as const];
    account = accountAfter(
      await till.call('payments.take', { ...request, lines, tenders: [transfer(5_000, { reference })] }),
    );
  }
  await signIn(till, 'huda');
});

async function open(text: string, provider = 'جوال باي'): Promise<StatementFile> {
  writeFileSync(statement, text);
  const opened = await till.call('statements.open', { provider });
  if (opened === null) throw new Error('the statement was not opened');
  return opened;
}

const mapping = { reference: 'المرجع', amount: 'المبلغ' };
const csv = `التاريخ;المرجع;المبلغ
2026-11-20;jp ١٠٠١;50.00
2026-11-20;JP-1002;49.00
2026-11-21;JP-9999;75.00
2026-11-21;JP-1001;50.00
`;

test('the statement is laid beside what waits: what fits, what differs, and what is left on both sides', async () => {
  const opened = await open(csv);
  expect(opened).toMatchObject({ columns: ['التاريخ', 'المرجع', 'المبلغ'], lines: 4, mapping: null });
  const proposal = await till.call('statements.propose', { token: opened.token, mapping });
  const ids = (await till.call('registers.transfers', { state: 'pending', text: '' })).map(({ id }) => id);
  expect(proposal.matches).toEqual([{ transferId: ids[0], line: 2 }]);
  expect(proposal.otherAmount).toEqual([{ transferId: ids[1], line: 3, amount: '49.00' }]);
  expect(proposal.onlyInStatement.map(({ line }) => line)).toEqual([4, 5]);
  expect(proposal.onlyHere).toEqual([ids[2]]);
  expect(await till.call('statements.confirm', { token: opened.token, transferIds: [ids[0] ?? 0] })).toEqual({
    matched: 1,
  });
  const [matched] = await till.call('registers.transfers', { state: 'matched', text: '' });
  expect(matched?.steps.at(-1)).toMatchObject({ state: 'matched', note: 'statement.csv: 2' });
});

test('what the file does not prove is not confirmed, and then nothing is', async () => {
  const { token } = await open(csv);
  await till.call('statements.propose', { token, mapping });
  const ids = (await till.call('registers.transfers', { state: 'pending', text: '' })).map(({ id }) => id);
  expect(await till.ask('statements.confirm', { token, transferIds: ids })).toMatchObject({
    ok: false,
    code: 'register.wrongState',
  });
  expect(await till.call('registers.transfers', { state: 'matched', text: '' })).toEqual([]);
});

test('the columns are mapped once for each provider', async () => {
  const { token } = await open(csv);
  await till.call('statements.propose', { token, mapping });
  expect((await open(csv)).mapping).toEqual(mapping);
  expect((await open(csv, 'بال باي')).mapping).toBeNull();
  expect((await open('a,b\n1,2\n')).mapping).toBeNull();
});

test('a file that is no table, a forgotten one and a wrong column are refused', async () => {
  writeFileSync(statement, '');
  expect(await till.ask('statements.open', { provider: 'جوال باي' })).toMatchObject({
    code: 'import.unreadable',
  });
  const first = await open(csv);
  const second = await open(csv);
  expect(await till.ask('statements.propose', { token: first.token, mapping })).toMatchObject({
    code: 'import.gone',
  });
  expect(
    await till.ask('statements.propose', { token: second.token, mapping: { ...mapping, amount: 'x' } }),
  ).toMatchObject({ code: 'import.missingColumns' });
  expect(await till.ask('statements.confirm', { token: second.token, transferIds: [1] })).toMatchObject({
    code: 'import.gone',
  });
});

test('a statement of a single line is one, with empty lines around it', async () => {
  const opened = await open('\n\nreference;amount\nJP-1002;50.00\n\n');
  expect(opened).toMatchObject({ columns: ['reference', 'amount'], lines: 1 });
});
