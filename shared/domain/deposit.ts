import type { CashLine } from './counting.ts';
import { amountsOf, orderedLines } from './counting.ts';
import type { Currency } from './money.ts';

/** A deposit is prepared, leaves for the bank, and is confirmed by the bank's slip; or cancelled before it left. */
export const depositStates = ['prepared', 'deposited', 'confirmed', 'cancelled'] as const;
export type DepositState = (typeof depositStates)[number];

const moves: Readonly<Record<DepositState, readonly DepositState[]>> = {
  prepared: ['deposited', 'cancelled'],
  deposited: ['confirmed'],
  confirmed: [],
  cancelled: [],
};

export function canMoveDeposit(from: DepositState, to: DepositState): boolean {
  return moves[from].includes(to);
}

/** What a person calls it, on the slip and in the books: 'D-KY01-000031'. */
export function depositNumber(till: string, number: number): string {
  return `D-${till}-${String(number).padStart(6, '0')}`;
}

export type ChequeToDeposit = {
  readonly id: number;
  readonly currency: Currency;
  readonly minor: number;
  readonly dueOn: string;
  readonly state: string;
  /** It lies in the drawer of a shift that is still open. */
  readonly isInDrawer: boolean;
};

/** What goes to one bank account. */
export type DepositPart = {
  readonly currency: Currency;
  readonly cash: readonly CashLine[];
  readonly cheques: readonly ChequeToDeposit[];
};

/** Why money can't be deposited: the first thing that is wrong, or null. */
export type DepositProblem =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'otherCurrency'; readonly currency: Currency }
  | { readonly kind: 'chequeTwice'; readonly chequeId: number }
  | { readonly kind: 'chequeGone'; readonly chequeId: number }
  | { readonly kind: 'chequeInDrawer'; readonly chequeId: number }
  | { readonly kind: 'chequeNotDue'; readonly chequeId: number; readonly dueOn: string }
  | {
      readonly kind: 'notInSafe';
      readonly currency: Currency;
      readonly denominationMinor: number;
      readonly there: number;
    };

/**
 * What speaks against depositing these parts together out of this safe, on a day; null: nothing does.
 * @param safe what should lie in the safe, by kind of note
 */
export function depositProblem(
  parts: readonly DepositPart[],
  safe: readonly CashLine[],
  today: string,
): DepositProblem | null {
  if (parts.length === 0) return { kind: 'nothing' };
  for (const { cash, cheques, currency } of parts) {
    if (cash.every(({ quantity }) => quantity === 0) && cheques.length === 0) return { kind: 'nothing' };
    if ([...cash.filter(({ quantity }) => quantity > 0), ...cheques].some((one) => one.currency !== currency))
      return { kind: 'otherCurrency', currency };
  }
  const seen = new Set<number>();
  for (const cheque of parts.flatMap(({ cheques }) => cheques)) {
    if (seen.has(cheque.id)) return { kind: 'chequeTwice', chequeId: cheque.id };
    seen.add(cheque.id);
    if (cheque.state !== 'inHand') return { kind: 'chequeGone', chequeId: cheque.id };
    if (cheque.isInDrawer) return { kind: 'chequeInDrawer', chequeId: cheque.id };
    if (cheque.dueOn > today) return { kind: 'chequeNotDue', chequeId: cheque.id, dueOn: cheque.dueOn };
  }
  for (const line of addLines(parts.flatMap(({ cash }) => cash))) {
    const there = Math.max(0, safe.find((one) => isSameKind(one, line))?.quantity ?? 0);
    if (line.quantity > there)
      return {
        kind: 'notInSafe',
        currency: line.currency,
        denominationMinor: line.denominationMinor,
        there,
      };
  }
  return null;
}

/** What stays in the safe, by kind of note; a kind of which none is left is not named. */
export function leftInSafe(safe: readonly CashLine[], parts: readonly DepositPart[]): CashLine[] {
  const taken = parts.flatMap(({ cash }) => cash).map((line) => ({ ...line, quantity: -line.quantity }));
  return addLines([...safe, ...taken]);
}

/** What a deposit comes to: its cash and its cheques; minor units of its account's currency. */
export function depositTotal({ cash, cheques, currency }: DepositPart): number {
  const notes = amountsOf(cash).find((amount) => amount.currency === currency)?.minor ?? 0;
  return cheques.reduce((total, { minor }) => total + minor, notes);
}

/** One line of each kind; those that come to nothing or less are left out. */
export function addLines(lines: readonly CashLine[]): CashLine[] {
  return orderedLines(changeOf(lines));
}

/** The same with what comes to less than nothing, in no order: what has to come and go. */
export function changeOf(lines: readonly CashLine[]): CashLine[] {
  const byKind: CashLine[] = [];
  for (const line of lines) {
    const at = byKind.findIndex((one) => isSameKind(one, line));
    const before = byKind[at];
    if (before === undefined) byKind.push(line);
    else byKind[at] = { ...before, quantity: before.quantity + line.quantity };
  }
  return byKind;
}

function isSameKind(a: CashLine, b: CashLine): boolean {
  return a.currency === b.currency && a.denominationMinor === b.denominationMinor && a.isWorn === b.isWorn;
}
