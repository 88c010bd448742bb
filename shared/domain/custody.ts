import type { CashAmount, CashLine } from './counting.ts';

/** Who keeps cash: the safe, the drawer of an open shift, the drawer of a till without one; or nobody here. */
export type Place =
  | { readonly kind: 'safe' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'shift'; readonly shiftId: number }
  | { readonly kind: 'till'; readonly till: string };

export const moveKinds = [
  /** Opening: what lay in the drawer becomes the shift's; what the count found besides or missed. */
  'float',
  'floatDifference',
  /** A supervisor puts a float from the safe into a drawer without a shift, or takes it back. */
  'prepareFloat',
  'collectFloat',
  /** During a shift. */
  'topUp',
  'payIn',
  'cashIn',
  'cashOut',
  'exchange',
  /** Close: over or short goes; the next float stays, the rest goes to the safe. Handover: all goes to the next shift. */
  'difference',
  'left',
  'closeToSafe',
  'handover',
  /** Between the safe and outside: a fund from the municipality, a deposit at the bank. */
  'safeIn',
  'safeOut',
] as const;
export type MoveKind = (typeof moveKinds)[number];

/** Why cash comes into a drawer or leaves it without a receipt; a text says the rest. */
export const cashMoveReasons = [
  'smallExpense',
  'refundOfExpense',
  'changeFromMarket',
  'foundInDrawer',
  'correction',
  'other',
] as const;

export type CashMoved = {
  readonly id: number;
  readonly kind: MoveKind;
  readonly from: Place;
  readonly to: Place;
  readonly amounts: readonly CashAmount[];
  readonly lines: readonly CashLine[];
};
