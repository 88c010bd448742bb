import { refuse } from '../errors.ts';
import type { Allocation } from './allocation.ts';
import { totalAllocatedMinor } from './allocation.ts';
import type { Bill } from './bill.ts';
import { outstandingMinor } from './bill.ts';
import type { Currency } from './money.ts';
import { maxMinor } from './money.ts';

/** Cash as it was put on the counter; the change goes back in the same currency. */
export type CashTender = {
  readonly kind: 'cash';
  readonly currency: Currency;
  readonly receivedMinor: number;
};
export type Tender = CashTender;

/** What the rules made of a request: exactly this is written down. */
export type PaymentDecision = {
  readonly totalMinor: number;
  readonly changeMinor: number;
  readonly allocations: readonly Allocation[];
};

function isWholeAmount(minor: number): boolean {
  return Number.isSafeInteger(minor) && minor > 0;
}

/**
 * Change may be large (a 200 note for a small bill) but never larger than the largest thing a person puts on a
 * counter by mistake: an extra digit typed is caught here.
 * @param totalMinor minor units of the same currency
 */
export function isExcessiveTender(totalMinor: number, receivedMinor: number): boolean {
  return receivedMinor - totalMinor >= Math.max(100_000, totalMinor);
}

/**
 * Decides a cash payment against bills as they stand now.
 * @param bills the account's open bills, read inside the same transaction
 * @param allocations what the cashier confirmed, minor units of the account currency
 * @param tender cash in the account currency
 * @throws Refusal amount.invalid, amount.tooLarge, payment.nothingChosen, bill.notFound, bill.changed,
 *   bill.overpaid, tender.short, tender.excessive
 */
export function decidePayment(
  bills: readonly Bill[],
  allocations: readonly Allocation[],
  tender: Tender,
): PaymentDecision {
  if (allocations.length === 0) throw refuse('payment.nothingChosen');
  const byId = new Map(bills.map((bill) => [bill.id, bill]));
  const seen = new Set<number>();
  for (const { billId, minor } of allocations) {
    if (!isWholeAmount(minor) || seen.has(billId)) throw refuse('amount.invalid');
    seen.add(billId);
    if (minor > maxMinor) throw refuse('amount.tooLarge');
    const bill = byId.get(billId);
    if (bill === undefined) throw refuse('bill.notFound', { number: String(billId) });
    const owed = outstandingMinor(bill);
    if (owed <= 0) throw refuse('bill.changed', { number: bill.number });
    if (minor > owed) throw refuse('bill.overpaid', { number: bill.number, outstandingMinor: owed });
  }
  const totalMinor = totalAllocatedMinor(allocations);
  if (totalMinor > maxMinor) throw refuse('amount.tooLarge');
  if (!isWholeAmount(tender.receivedMinor)) throw refuse('amount.invalid');
  if (tender.receivedMinor > maxMinor) throw refuse('amount.tooLarge');
  if (tender.receivedMinor < totalMinor)
    throw refuse('tender.short', { missingMinor: totalMinor - tender.receivedMinor });
  if (isExcessiveTender(totalMinor, tender.receivedMinor)) throw refuse('tender.excessive');
  return { totalMinor, changeMinor: tender.receivedMinor - totalMinor, allocations };
}
