/** A bill: one service, one period, a due date. Amounts are minor units of the account currency. */
export type Bill = {
  readonly id: number;
  readonly number: string;
  readonly accountId: number;
  readonly serviceCode: string;
  /** 'YYYY-MM' */
  readonly period: string;
  readonly kind: BillKind;
  /** 'YYYY-MM-DD' */
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly amountMinor: number;
  readonly paidMinor: number;
};

/** A bill with the least that is taken of it at once; any amount where nothing is said. */
export type PayableBill = Bill & { readonly leastMinor?: number };

export const billKinds = ['charge', 'fine'] as const;
export type BillKind = (typeof billKinds)[number];

/** How a bill stands today; told apart on the screen by word and shape. */
export type Standing = 'fine' | 'arrears' | 'current';

/** What is still owed on the bill, in minor units. */
export function outstandingMinor(bill: Pick<Bill, 'amountMinor' | 'paidMinor'>): number {
  return bill.amountMinor - bill.paidMinor;
}

/**
 * The least of the bill that is taken at once, in minor units: a service may want its bills paid whole (100 %), or not
 * in crumbs.
 * @param leastPercent the service's rule, 0 to 100; 0: any amount
 */
export function leastPartMinor(bill: Pick<Bill, 'amountMinor' | 'paidMinor'>, leastPercent: number): number {
  return Math.max(1, Math.ceil((outstandingMinor(bill) * leastPercent) / 100));
}

/** A charge past its due date is arrears; a fine stays a fine whatever its date. */
export function standing(bill: Pick<Bill, 'kind' | 'dueOn'>, businessDate: string): Standing {
  if (bill.kind === 'fine') return 'fine';
  return bill.dueOn < businessDate ? 'arrears' : 'current';
}

/** Oldest debt first: due date, then fines after the charges of the same day, then id. */
export function oldestFirst(a: Bill, b: Bill): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  if (a.kind !== b.kind) return a.kind === 'charge' ? -1 : 1;
  return a.id - b.id;
}
