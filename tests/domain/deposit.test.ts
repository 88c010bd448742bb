import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CashLine } from '../../shared/domain/counting.ts';
import { amountsOf, sumOf } from '../../shared/domain/counting.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { ChequeToDeposit, DepositPart } from '../../shared/domain/deposit.ts';
import {
  addLines,
  canMoveDeposit,
  depositNumber,
  depositProblem,
  depositStates,
  depositTotal,
  leftInSafe,
} from '../../shared/domain/deposit.ts';

const today = '2026-11-24';
const line = (denominationMinor: number, quantity: number, isWorn = false): CashLine => ({
  currency: 'ILS',
  denominationMinor,
  isWorn,
  quantity,
});
const cheque = (edit: Partial<ChequeToDeposit> = {}): ChequeToDeposit => ({
  id: 1,
  currency: 'ILS',
  minor: 65_000,
  dueOn: today,
  state: 'inHand',
  isInDrawer: false,
  ...edit,
});
const part = (edit: Partial<DepositPart> = {}): DepositPart => ({
  currency: 'ILS',
  cash: [],
  cheques: [],
  ...edit,
});

test('a deposit goes on to the bank and its slip, or is cancelled before it left; nothing else', () => {
  const allowed = depositStates.flatMap((from) =>
    depositStates.filter((to) => canMoveDeposit(from, to)).map((to) => `${from} ${to}`),
  );
  expect(allowed).toEqual(['prepared deposited', 'prepared cancelled', 'deposited confirmed']);
  expect(depositNumber('KY01', 31)).toBe('D-KY01-000031');
});

test('the first thing that is wrong is named', () => {
  const safe = [line(20_000, 2), line(20_000, 1, true), line(1000, -3)];
  const problem = (...parts: DepositPart[]) => depositProblem(parts, safe, today)?.kind ?? null;
  expect(problem()).toBe('nothing');
  expect(problem(part({ cash: [line(1000, 0)] }))).toBe('nothing');
  expect(problem(part({ cash: [line(20_000, 2), line(20_000, 1, true)] }))).toBeNull();
  expect(problem(part({ cash: [line(20_000, 3)] }))).toBe('notInSafe');
  expect(problem(part({ cash: [line(20_000, 2, true)] }))).toBe('notInSafe');
  // What exchanges made negative is not there at all.
  expect(problem(part({ cash: [line(1000, 1)] }))).toBe('notInSafe');
  // Two accounts can't have the same notes.
  expect(problem(part({ cash: [line(20_000, 1)] }), part({ cash: [line(20_000, 2)] }))).toBe('notInSafe');
  expect(problem(part({ currency: 'USD', cash: [line(20_000, 1)] }))).toBe('otherCurrency');
  expect(problem(part({ currency: 'JOD', cheques: [cheque()] }))).toBe('otherCurrency');
  expect(problem(part({ cheques: [cheque()] }), part({ cheques: [cheque()] }))).toBe('chequeTwice');
  expect(problem(part({ cheques: [cheque({ state: 'deposited' })] }))).toBe('chequeGone');
  expect(problem(part({ cheques: [cheque({ isInDrawer: true })] }))).toBe('chequeInDrawer');
  expect(problem(part({ cheques: [cheque({ dueOn: '2026-11-25' })] }))).toBe('chequeNotDue');
  expect(problem(part({ cheques: [cheque()] }))).toBeNull();
});

const anyLines = fc.array(
  fc.record({
    currency: fc.constant('ILS' as const),
    denominationMinor: fc.constantFrom(...denominations.ILS),
    isWorn: fc.boolean(),
    quantity: fc.integer({ min: 0, max: 30 }),
  }),
  { maxLength: 12 },
);

test('what is deposited and what stays are what was in the safe, to the agora; what is not there is refused', () => {
  fc.assert(
    fc.property(anyLines, anyLines, anyLines, (all, first, second) => {
      const safe = addLines(all);
      const parts = [part({ cash: addLines(first) }), part({ cash: addLines(second) })];
      const problem = depositProblem(parts, safe, today);
      const wanted = addLines([...first, ...second]);
      const isThere = wanted.every(
        (one) =>
          (safe.find(
            ({ denominationMinor, isWorn }) =>
              denominationMinor === one.denominationMinor && isWorn === one.isWorn,
          )?.quantity ?? 0) >= one.quantity,
      );
      if (parts.some(({ cash }) => cash.length === 0)) expect(problem).toEqual({ kind: 'nothing' });
      else if (!isThere) expect(problem?.kind).toBe('notInSafe');
      else {
        expect(problem).toBeNull();
        const deposited = parts.reduce((sum, one) => sum + depositTotal(one), 0);
        expect(deposited + sumOf(leftInSafe(safe, parts), 'ILS')).toBe(sumOf(safe, 'ILS'));
      }
    }),
    { numRuns: 300 },
  );
});

test('lines of one kind become one, and come to the same', () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      expect(amountsOf(addLines(lines))).toEqual(amountsOf(lines));
    }),
  );
});
