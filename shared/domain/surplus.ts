/** What is known of a bill before a file of the municipality speaks of it; agorot. */
export type BillAsPaid = {
  readonly paidMinor: number;
  /** How much of it was paid at this till and stands. */
  readonly hereMinor: number;
  /** How much of that is money: what was waived is given up, never owed back. */
  readonly moneyMinor: number;
};

/** What the file says of it; agorot. */
export type BillAsSaid = {
  readonly amountMinor: number;
  /** All that the municipality knows as paid, wherever. */
  readonly paidMinor: number;
  /** What was paid anywhere but at this till. */
  readonly elsewhereMinor: number | undefined;
};

export const surplusCauses = ['amountLowered', 'paidElsewhere'] as const;
export type SurplusCause = (typeof surplusCauses)[number];

export type BillSettlement =
  | {
      readonly ok: true;
      readonly paidMinor: number;
      /** Paid at this till beyond what is owed now: becomes the account's credit. */
      readonly surplusMinor: number;
      readonly cause: SurplusCause;
    }
  | { readonly ok: false; readonly reason: 'paidMoreThanNewAmount' | 'waivedHere' };

/**
 * Settles a bill anew with what a file says. What was paid never falls, but for what was paid here beyond the amount:
 * nobody is debited twice, so that is the payer's credit. Always, to the agora: paid here and elsewhere = paid for the
 * bill + surplus. What was paid elsewhere, or waived here, beyond the amount can't be credited by this till.
 */
export function settleBill(bill: BillAsPaid, said: BillAsSaid): BillSettlement {
  const knownElsewhereMinor = bill.paidMinor - bill.hereMinor;
  const elsewhereMinor = Math.max(knownElsewhereMinor, said.elsewhereMinor ?? 0);
  if (elsewhereMinor > said.amountMinor) return { ok: false, reason: 'paidMoreThanNewAmount' };
  const surplusMinor = Math.max(0, bill.hereMinor + elsewhereMinor - said.amountMinor);
  if (surplusMinor > bill.moneyMinor) return { ok: false, reason: 'waivedHere' };
  return {
    ok: true,
    paidMinor: Math.max(bill.hereMinor + elsewhereMinor - surplusMinor, said.paidMinor),
    surplusMinor,
    cause: elsewhereMinor > knownElsewhereMinor ? 'paidElsewhere' : 'amountLowered',
  };
}
