import type { Bill, PayableBill } from './bill.ts';
import { oldestFirst, outstandingMinor } from './bill.ts';

/** How much of the payment settles which bill, in minor units of the account currency. */
export type Allocation = { readonly billId: number; readonly minor: number };

/** Everything owed on these bills, in minor units. */
export function totalOutstandingMinor(bills: readonly Bill[]): number {
  return bills.reduce((sum, bill) => sum + outstandingMinor(bill), 0);
}

/** Everything allocated, in minor units. */
export function totalAllocatedMinor(allocations: readonly Allocation[]): number {
  return allocations.reduce((sum, allocation) => sum + allocation.minor, 0);
}

/**
 * Spreads an amount over open bills, the oldest debt first (product.md: facilitations and court practice
 * both settle the oldest first unless the payer says otherwise).
 * @param amountMinor whole minor units, not negative
 * @returns the allocations, and what is left over: more than is owed, or too little for a bill that is paid whole
 */
export function allocateOldestFirst(
  bills: readonly PayableBill[],
  amountMinor: number,
): { allocations: Allocation[]; restMinor: number } {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 0)
    throw new RangeError('amountMinor must be a whole number, not negative');
  const allocations: Allocation[] = [];
  let restMinor = amountMinor;
  for (const bill of bills.toSorted(oldestFirst)) {
    if (restMinor === 0) break;
    const minor = Math.min(outstandingMinor(bill), restMinor);
    // Too little for this service: the next bill may take it.
    if (minor <= 0 || minor < (bill.leastMinor ?? 1)) continue;
    allocations.push({ billId: bill.id, minor });
    restMinor -= minor;
  }
  return { allocations, restMinor };
}

/** Every ticked bill in full, in the order of the oldest debt. */
export function allocateInFull(bills: readonly Bill[]): Allocation[] {
  return allocateOldestFirst(bills, totalOutstandingMinor(bills)).allocations;
}
