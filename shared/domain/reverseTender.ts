/** A line of the receipt whose cheque bounced or whose transfer was rejected; agorot. */
export type PaidLine =
  | { readonly kind: 'bill'; readonly accountId: number; readonly billId: number; readonly minor: number }
  | { readonly kind: 'advance' | 'changeCredit'; readonly accountId: number; readonly minor: number }
  | { readonly kind: 'fee'; readonly serviceCode: string; readonly minor: number };

/** What the reversing entry does; agorot, all positive. */
export type TenderReversal = {
  /** Credit that goes again. */
  readonly credits: readonly { readonly accountId: number; readonly minor: number }[];
  /** Bills that are owed again. */
  readonly bills: readonly { readonly accountId: number; readonly billId: number; readonly minor: number }[];
  /** What was sold, or credit that has been used meanwhile: owed anew, as a bill of its own. */
  readonly debts: readonly { readonly serviceCode: string | null; readonly minor: number }[];
};

/**
 * Says what a tender that came to nothing had paid for: credit first, because nothing of it was owed; then bills, the
 * newest first, so that the oldest debt stays settled; then what was sold over the counter.
 * @param lines the receipt's lines in their order, less what earlier reversals of the same receipt took
 * @param valueMinor what the tender was worth, agorot
 * @param creditMinor the accounts' credit now: what of it is gone is owed instead
 *   What rounding took of it is not owed to anybody: the sum may be that little less than the value.
 */
export function reverseTender(
  lines: readonly PaidLine[],
  valueMinor: number,
  creditMinor: ReadonlyMap<number, number>,
): TenderReversal {
  const credits: { accountId: number; minor: number }[] = [];
  const bills: { accountId: number; billId: number; minor: number }[] = [];
  const debts: { serviceCode: string | null; minor: number }[] = [];
  const available = new Map(creditMinor);
  let restMinor = valueMinor;
  const rank = { changeCredit: 0, advance: 1, bill: 2, fee: 3 } as const;
  const inOrder = lines
    .map((line, index) => ({ line, index }))
    .sort((a, b) => rank[a.line.kind] - rank[b.line.kind] || b.index - a.index);
  for (const { line } of inOrder) {
    const minor = Math.min(line.minor, restMinor);
    if (minor <= 0) continue;
    restMinor -= minor;
    if (line.kind === 'bill') bills.push({ accountId: line.accountId, billId: line.billId, minor });
    else if (line.kind === 'fee') debts.push({ serviceCode: line.serviceCode, minor });
    else {
      const credit = Math.min(minor, available.get(line.accountId) ?? 0);
      available.set(line.accountId, (available.get(line.accountId) ?? 0) - credit);
      if (credit > 0) credits.push({ accountId: line.accountId, minor: credit });
      if (minor > credit) debts.push({ serviceCode: null, minor: minor - credit });
    }
  }
  return { credits, bills, debts };
}
