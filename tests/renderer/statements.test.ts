import { beforeEach, expect, it } from 'vitest';
import { forgetRegisters } from '../../renderer/stores/registers.ts';
import {
  forgetStatements,
  mappingProblems,
  sumsOf,
  useStatements,
} from '../../renderer/stores/statements.ts';
import type { LaidStatement, StatementFile, StatementTransfer } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import { later, ok, standIn } from './fakeBridge.ts';

const statements = () => useStatements.getState();
const no = (code: string) => ({ ok: false, code, params: {} }) as Reply<unknown>;
const mapping = { reference: 'المرجع', amount: 'المبلغ' };
const file: StatementFile = {
  token: '00000000-0000-4000-8000-000000000001',
  fileName: 'statement.csv',
  columns: ['التاريخ', 'المرجع', 'المبلغ'],
  sample: [],
  lines: 4,
  mapping: null,
};
const proposal: LaidStatement = {
  transfers: [],
  matches: [
    { transferId: 1, line: 2 },
    { transferId: 2, line: 3 },
  ],
  otherAmount: [],
  onlyInStatement: [],
  onlyHere: [3],
};
const transfer = (currency: StatementTransfer['currency']) => ({ currency, minor: 5_000 });

function main(changed: Record<string, (input: unknown) => Reply<unknown> | Promise<Reply<unknown>>> = {}) {
  return standIn({
    'registers.transfers': () => ok([]),
    'statements.waiting': () =>
      ok([
        { provider: 'بال باي', count: 3 },
        { provider: 'جوال باي', count: 9 },
      ]),
    'registers.cheques': () => ok([]),
    'statements.open': () => ok(file),
    'statements.propose': () => ok(proposal),
    'statements.confirm': (input) =>
      ok({ matched: (input as { transferIds: readonly number[] }).transferIds.length }),
    ...changed,
  });
}

beforeEach(() => {
  forgetStatements();
  forgetRegisters();
});

it('begins with the provider whose transfers wait', async () => {
  main();
  await statements().begin();
  expect(statements()).toMatchObject({ isOpen: true, step: 'provider', provider: 'بال باي' });
});

it('a file that was not chosen changes nothing', async () => {
  main({ 'statements.open': () => ok(null) });
  await statements().begin();
  await statements().open();
  expect(statements()).toMatchObject({ step: 'provider', file: null, isWorking: false, failure: null });
});

it('asks for the columns once, and compares only with two different ones', async () => {
  const { asked } = main();
  await statements().begin();
  await statements().open();
  expect(statements().step).toBe('columns');
  expect(mappingProblems(statements().mapping)).toEqual({ reference: 'choose', amount: 'choose' });
  statements().map({ reference: 'المرجع', amount: 'المرجع' });
  expect(mappingProblems(statements().mapping)).toEqual({ reference: null, amount: 'same' });
  await statements().propose();
  expect(statements().step).toBe('columns');
  statements().map({ amount: 'المبلغ' });
  await statements().propose();
  expect(statements()).toMatchObject({ step: 'proposal', ticked: new Set([1, 2]) });
  expect(asked.filter(({ channel }) => channel === 'statements.propose')).toEqual([
    { channel: 'statements.propose', input: { token: file.token, mapping } },
  ]);
});

it('columns that are known lead straight to what fits, and back to other columns', async () => {
  main({ 'statements.open': () => ok({ ...file, mapping }) });
  await statements().begin();
  await statements().open();
  expect(statements().step).toBe('proposal');
  statements().back();
  expect(statements()).toMatchObject({ step: 'columns', mapping });
  statements().back();
  statements().back();
  expect(statements().isOpen).toBe(false);
});

it('records what is ticked, and nothing where nothing is', async () => {
  const { asked } = main({ 'statements.open': () => ok({ ...file, mapping }) });
  await statements().begin();
  await statements().open();
  statements().tick([1, 2], false);
  await statements().confirm();
  expect(statements().step).toBe('proposal');
  statements().tick([2], true);
  await statements().confirm();
  expect(statements()).toMatchObject({ step: 'done', matched: 1 });
  expect(asked.filter(({ channel }) => channel === 'statements.confirm').map(({ input }) => input)).toEqual([
    { token: file.token, transferIds: [2] },
  ]);
});

it('when somebody was faster, the file is laid beside what waits now', async () => {
  let proposals = 0;
  main({
    'statements.open': () => ok({ ...file, mapping }),
    'statements.propose': () => {
      proposals += 1;
      return ok(proposals === 1 ? proposal : { ...proposal, matches: [{ transferId: 2, line: 3 }] });
    },
    'statements.confirm': () => no('register.wrongState'),
  });
  await statements().begin();
  await statements().open();
  await statements().confirm();
  expect(statements()).toMatchObject({
    step: 'proposal',
    ticked: new Set([2]),
    failure: { code: 'register.wrongState' },
    isWorking: false,
  });
});

it('a file that main has forgotten is chosen again', async () => {
  main({ 'statements.open': () => ok({ ...file, mapping }), 'statements.confirm': () => no('import.gone') });
  await statements().begin();
  await statements().open();
  await statements().confirm();
  expect(statements()).toMatchObject({ step: 'provider', file: null, failure: { code: 'import.gone' } });
});

it('a file that is chosen after the dialog was left is nobody’s', async () => {
  const chosen = later<Reply<unknown>>();
  main({ 'statements.open': () => chosen.promise });
  await statements().begin();
  const opening = statements().open();
  statements().back();
  chosen.resolve(ok({ ...file, mapping }));
  await opening;
  expect(statements()).toMatchObject({ isOpen: false, file: null, isWorking: false });
});

it('sums what is ticked currency by currency', () => {
  expect(sumsOf([transfer('ILS'), transfer('ILS'), transfer('JOD')])).toEqual([
    ['ILS', 10_000],
    ['JOD', 5_000],
  ]);
});
