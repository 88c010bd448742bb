import fc from 'fast-check';
import type { Bill } from '../../shared/domain/bill.ts';

/** Bills of one account as they may stand: unpaid, part paid, settled; several with the same due date. */
export function billsOf(minLength = 0): fc.Arbitrary<Bill[]> {
  return fc
    .array(
      fc.record({
        due: fc.integer({ min: 1, max: 9 }),
        kind: fc.constantFrom('charge' as const, 'fine' as const),
        amountMinor: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 99_999_999 })),
        paidShare: fc.constantFrom(0, 0, 0.5, 1),
      }),
      { minLength, maxLength: 30 },
    )
    .map((drafts) =>
      drafts.map(({ due, kind, amountMinor, paidShare }, index) => ({
        id: index + 1,
        number: `B-${index + 1}`,
        accountId: 1,
        serviceCode: 'water',
        period: `2026-0${due}`,
        kind,
        issuedOn: `2026-0${due}-01`,
        dueOn: `2026-0${due}-25`,
        amountMinor,
        paidMinor: Math.floor(amountMinor * paidShare),
      })),
    );
}
