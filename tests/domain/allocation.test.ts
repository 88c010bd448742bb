import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocateInFull,
  allocateOldestFirst,
  totalAllocatedMinor,
  totalOutstandingMinor,
} from '../../shared/domain/allocation.ts';
import { oldestFirst, outstandingMinor } from '../../shared/domain/bill.ts';
import { billsOf } from './bills.ts';

const amount = fc.integer({ min: 0, max: 99_999_999_999 });

test('every agora of the amount is either on a bill or left over', () => {
  fc.assert(
    fc.property(billsOf(), amount, (bills, amountMinor) => {
      const { allocations, restMinor } = allocateOldestFirst(bills, amountMinor);
      expect(totalAllocatedMinor(allocations) + restMinor).toBe(amountMinor);
      expect(restMinor).toBe(Math.max(0, amountMinor - totalOutstandingMinor(bills)));
    }),
  );
});

test('no bill gets less than an agora, more than it owes, or anything twice', () => {
  fc.assert(
    fc.property(billsOf(), amount, (bills, amountMinor) => {
      const { allocations } = allocateOldestFirst(bills, amountMinor);
      const owed = new Map(bills.map((bill) => [bill.id, outstandingMinor(bill)]));
      expect(new Set(allocations.map(({ billId }) => billId)).size).toBe(allocations.length);
      for (const { billId, minor } of allocations) {
        expect(minor).toBeGreaterThan(0);
        expect(minor).toBeLessThanOrEqual(owed.get(billId) ?? -1);
      }
    }),
  );
});

test('a younger debt gets nothing while an older one is not settled', () => {
  fc.assert(
    fc.property(billsOf(), amount, (bills, amountMinor) => {
      const given = new Map(
        allocateOldestFirst(bills, amountMinor).allocations.map(({ billId, minor }) => [billId, minor]),
      );
      const owing = bills.filter((bill) => outstandingMinor(bill) > 0).toSorted(oldestFirst);
      const unsettled = owing.findIndex((bill) => (given.get(bill.id) ?? 0) < outstandingMinor(bill));
      if (unsettled < 0) return;
      for (const younger of owing.slice(unsettled + 1)) expect(given.has(younger.id)).toBe(false);
    }),
  );
});

test('in which order the bills come makes no difference', () => {
  fc.assert(
    fc.property(billsOf(), amount, (bills, amountMinor) => {
      expect(allocateOldestFirst(bills.toReversed(), amountMinor)).toEqual(
        allocateOldestFirst(bills, amountMinor),
      );
    }),
  );
});

test('in full is all that is owed', () => {
  fc.assert(
    fc.property(billsOf(), (bills) => {
      expect(totalAllocatedMinor(allocateInFull(bills))).toBe(totalOutstandingMinor(bills));
    }),
  );
});

test('an amount that is none is a bug, not an allocation', () => {
  for (const wrong of [-1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1])
    expect(() => allocateOldestFirst([], wrong)).toThrow(RangeError);
});

describe('a service that wants more than crumbs', () => {
  const bill = (id: number, amountMinor: number, leastMinor: number) => ({
    id,
    number: `b${id}`,
    accountId: 1,
    serviceCode: 'tradeLicence',
    period: '2026-01',
    kind: 'charge' as const,
    issuedOn: '2026-01-01',
    dueOn: `2026-0${id}-01`,
    amountMinor,
    paidMinor: 0,
    leastMinor,
  });

  test('a bill that is paid whole is left when the amount is too little for it, and the next one takes it', () => {
    const bills = [bill(1, 1000, 1000), bill(2, 500, 1)];
    expect(allocateOldestFirst(bills, 700)).toEqual({
      allocations: [{ billId: 2, minor: 500 }],
      restMinor: 200,
    });
    expect(allocateOldestFirst(bills, 1200)).toEqual({
      allocations: [
        { billId: 1, minor: 1000 },
        { billId: 2, minor: 200 },
      ],
      restMinor: 0,
    });
  });
});
