import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Allocation } from '../../shared/domain/allocation.ts';
import { allocateOldestFirst, totalOutstandingMinor } from '../../shared/domain/allocation.ts';
import type { Bill } from '../../shared/domain/bill.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { maxMinor } from '../../shared/domain/money.ts';
import { decidePayment, isExcessiveTender } from '../../shared/domain/payment.ts';
import { Refusal } from '../../shared/errors.ts';
import { billsOf } from './bills.ts';

const cash = (receivedMinor: number) => ({ kind: 'cash', currency: 'ILS', receivedMinor }) as const;

function decide(bills: readonly Bill[], allocations: readonly Allocation[], receivedMinor: number) {
  try {
    return decidePayment(bills, allocations, cash(receivedMinor));
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, params: error.params };
    throw error;
  }
}

/** Bills of which something is owed, and a part of it to pay. */
const payable = billsOf(1)
  .map((bills) => bills.filter((bill) => outstandingMinor(bill) > 0))
  .filter((bills) => bills.length > 0)
  .chain((bills) =>
    fc.record({
      bills: fc.constant(bills),
      total: fc.integer({ min: 1, max: Math.min(maxMinor, totalOutstandingMinor(bills)) }),
      over: fc.integer({ min: 0, max: 99_999 }),
    }),
  );

describe('whatever is paid, the money adds up', () => {
  test('what was received is what was allocated and the change, to the agora', () => {
    fc.assert(
      fc.property(payable, ({ bills, total, over }) => {
        const { allocations } = allocateOldestFirst(bills, total);
        const decision = decidePayment(bills, allocations, cash(total + over));
        expect(decision).toEqual({ totalMinor: total, changeMinor: over, allocations });
      }),
    );
  });

  test('any request whatever is refused, or adds up and overpays no bill', () => {
    const wild = fc.oneof(
      fc.integer({ min: -5, max: 600 }),
      fc.constantFrom(0, 0.5, NaN, Infinity, -Infinity, maxMinor, maxMinor + 1, 2 ** 53),
    );
    fc.assert(
      fc.property(
        billsOf(),
        fc.array(fc.record({ billId: fc.integer({ min: 0, max: 32 }), minor: wild }), { maxLength: 6 }),
        wild,
        (bills, allocations, received) => {
          const decision = decide(bills, allocations, received);
          if ('code' in decision) return;
          const owed = new Map(bills.map((bill) => [bill.id, outstandingMinor(bill)]));
          let sum = 0;
          for (const { billId, minor } of decision.allocations) {
            expect(Number.isSafeInteger(minor) && minor > 0).toBe(true);
            expect(minor).toBeLessThanOrEqual(owed.get(billId) ?? 0);
            sum += minor;
          }
          expect(new Set(decision.allocations.map(({ billId }) => billId)).size).toBe(
            decision.allocations.length,
          );
          expect(decision.totalMinor).toBe(sum);
          expect(decision.changeMinor).toBeGreaterThanOrEqual(0);
          expect(decision.totalMinor + decision.changeMinor).toBe(received);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what is refused, and why', () => {
  const bill: Bill = {
    id: 1,
    number: 'B-1',
    accountId: 1,
    serviceCode: 'water',
    period: '2026-01',
    kind: 'charge',
    issuedOn: '2026-01-01',
    dueOn: '2026-01-25',
    amountMinor: 5000,
    paidMinor: 2000,
  };
  const settled: Bill = { ...bill, id: 2, number: 'B-2', paidMinor: 5000 };
  const cases: [string, Allocation[], number, string, object][] = [
    ['no bill', [], 100, 'payment.nothingChosen', {}],
    ['nothing on a bill', [{ billId: 1, minor: 0 }], 100, 'amount.invalid', {}],
    ['less than nothing', [{ billId: 1, minor: -1 }], 100, 'amount.invalid', {}],
    ['half an agora', [{ billId: 1, minor: 0.5 }], 100, 'amount.invalid', {}],
    [
      'a bill twice',
      [
        { billId: 1, minor: 1 },
        { billId: 1, minor: 1 },
      ],
      2,
      'amount.invalid',
      {},
    ],
    ['an amount past all amounts', [{ billId: 1, minor: maxMinor + 1 }], 100, 'amount.tooLarge', {}],
    ['an unknown bill', [{ billId: 9, minor: 1 }], 1, 'bill.notFound', { number: '9' }],
    ['a settled bill', [{ billId: 2, minor: 1 }], 1, 'bill.changed', { number: 'B-2' }],
    [
      'an agora too much',
      [{ billId: 1, minor: 3001 }],
      3001,
      'bill.overpaid',
      { number: 'B-1', outstandingMinor: 3000 },
    ],
    ['an agora short', [{ billId: 1, minor: 3000 }], 2999, 'tender.short', { missingMinor: 1 }],
    ['no money', [{ billId: 1, minor: 3000 }], 0, 'amount.invalid', {}],
    ['a digit too many', [{ billId: 1, minor: 3000 }], 200_000, 'tender.excessive', {}],
  ];
  test.each(cases)('%s', (_, allocations, received, code, params) => {
    expect(decide([bill, settled], allocations, received)).toEqual({ code, params });
  });
});

test('a thousand shekels of change or as much as is paid is too much; one agora less is not', () => {
  expect(isExcessiveTender(1_500, 1_500 + 99_999)).toBe(false);
  expect(isExcessiveTender(1_500, 1_500 + 100_000)).toBe(true);
  expect(isExcessiveTender(400_000, 799_999)).toBe(false);
  expect(isExcessiveTender(400_000, 800_000)).toBe(true);
});
