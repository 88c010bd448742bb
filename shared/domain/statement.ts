import { fold } from './folding.ts';
import type { Currency } from './money.ts';
import { parseMoney } from './moneyInput.ts';

/** A line of a provider's statement, as its two mapped columns say. */
export type StatementLine = { readonly line: number; readonly reference: string; readonly amount: string };

export type PendingTransfer = {
  readonly id: number;
  readonly reference: string;
  readonly currency: Currency;
  readonly minor: number;
};

export type StatementProposal = {
  /** The same reference and amount: what a person only has to confirm. */
  readonly matches: readonly { readonly transferId: number; readonly line: number }[];
  /** The reference is there with another amount: for a person to look into. */
  readonly otherAmount: readonly {
    readonly transferId: number;
    readonly line: number;
    readonly amount: string;
  }[];
  /** Money that no receipt knows of. */
  readonly onlyInStatement: readonly StatementLine[];
  /** Receipts whose money is not in this statement (yet). */
  readonly onlyHere: readonly number[];
};

/** One spelling for a reference, however it was typed or printed. */
export function referenceKey(text: string): string {
  return fold(text).replaceAll(' ', '');
}

/**
 * Lays a provider's statement beside the transfers that wait. Each line and each transfer is used once; a reference that
 * stands in the statement twice proposes its first line only.
 */
export function matchStatement(
  lines: readonly StatementLine[],
  pending: readonly PendingTransfer[],
): StatementProposal {
  const waiting = new Map(pending.map((transfer) => [referenceKey(transfer.reference), transfer]));
  const matches: { transferId: number; line: number }[] = [];
  const otherAmount: { transferId: number; line: number; amount: string }[] = [];
  const onlyInStatement: StatementLine[] = [];
  const found = new Set<number>();
  for (const line of lines) {
    const key = referenceKey(line.reference);
    if (key === '') continue;
    const transfer = waiting.get(key);
    if (transfer === undefined || found.has(transfer.id)) {
      onlyInStatement.push(line);
      continue;
    }
    found.add(transfer.id);
    const amount = parseMoney(withoutSign(line.amount), transfer.currency);
    if (amount.ok && amount.minor === transfer.minor)
      matches.push({ transferId: transfer.id, line: line.line });
    else otherAmount.push({ transferId: transfer.id, line: line.line, amount: line.amount });
  }
  const onlyHere = pending.filter(({ id }) => !found.has(id)).map(({ id }) => id);
  return { matches, otherAmount, onlyInStatement, onlyHere };
}

/** Statements write money that came in as `+50.00`, `50.00 CR` or `50.00 ILS`. */
function withoutSign(amount: string): string {
  return amount.replace(/[+₪$]|\b(?:ILS|NIS|JOD|USD|CR)\b/gi, '').trim();
}
