import type { CashAmount, CashLine } from '../../shared/domain/counting.ts';
import { amountsOf } from '../../shared/domain/counting.ts';
import { leftInSafe } from '../../shared/domain/deposit.ts';
import type { BankAccount, DepositableCheque, DepositSheet, Input } from '../../shared/ipc/contract.ts';
import { piecesOf } from './pieces.ts';

/** One heap of the safe: its kind of note, and the number as it was typed. */
export type HeapId = string;

/** What goes to one account, exactly as it was typed. */
export type PartDraft = {
  readonly accountId: number | null;
  readonly slipNumber: string;
  readonly bagNumber: string;
  readonly pieces: ReadonlyMap<HeapId, string>;
  readonly cheques: ReadonlySet<number>;
};

export const blankPart: PartDraft = {
  accountId: null,
  slipNumber: '',
  bagNumber: '',
  pieces: new Map(),
  cheques: new Set(),
};

export type PartProblem = 'account' | 'nothing' | 'pieces';

export type PartReading = {
  readonly account: BankAccount | null;
  readonly cash: readonly CashLine[];
  readonly cheques: readonly DepositableCheque[];
  /** Heaps that hold no number, or more than there is. */
  readonly wrong: ReadonlySet<HeapId>;
  readonly cashMinor: number;
  readonly chequesMinor: number;
  readonly problems: readonly PartProblem[];
};

export function heapId({ currency, denominationMinor, isWorn }: CashLine): HeapId {
  return `${currency}-${denominationMinor}${isWorn ? '-worn' : ''}`;
}

/** What of the safe is left for a part: all that the other parts do not take. */
export function heapsFor(
  sheet: DepositSheet,
  readings: readonly PartReading[],
  index: number,
): readonly CashLine[] {
  const others = readings.filter((_, at) => at !== index);
  return leftInSafe(
    sheet.lines,
    others.map(({ cash, account }) => ({ currency: account?.currency ?? 'ILS', cash, cheques: [] })),
  );
}

/** Reads one part against the whole safe; what parts take together is judged by `readParts`. */
function readPart(sheet: DepositSheet, part: PartDraft): PartReading {
  const account = sheet.accounts.find(({ id }) => id === part.accountId) ?? null;
  const wrong = new Set<HeapId>();
  const cash = sheet.lines.flatMap((line) => {
    if (line.currency !== account?.currency) return [];
    const quantity = piecesOf(part.pieces.get(heapId(line)) ?? '');
    if (quantity === null || quantity > line.quantity) wrong.add(heapId(line));
    return quantity === null || quantity === 0 ? [] : [{ ...line, quantity }];
  });
  const cheques = sheet.cheques.filter(
    ({ id, currency }) => part.cheques.has(id) && currency === account?.currency,
  );
  const problems: PartProblem[] = [];
  if (account === null) problems.push('account');
  else if (wrong.size > 0) problems.push('pieces');
  else if (cash.length + cheques.length === 0) problems.push('nothing');
  return {
    account,
    cash,
    cheques,
    wrong,
    cashMinor: amountsOf(cash).reduce((sum, { minor }) => sum + minor, 0),
    chequesMinor: cheques.reduce((sum, { minor }) => sum + minor, 0),
    problems,
  };
}

/** All parts; notes that two of them take are wrong where the later one takes too many. */
export function readParts(sheet: DepositSheet, parts: readonly PartDraft[]): readonly PartReading[] {
  const readings: PartReading[] = [];
  for (const part of parts) {
    const reading = readPart(sheet, part);
    const heaps = new Map(
      heapsFor(sheet, readings, readings.length).map((line) => [heapId(line), line.quantity]),
    );
    const tooMany = reading.cash.filter((line) => line.quantity > (heaps.get(heapId(line)) ?? 0)).map(heapId);
    const wrong = new Set([...reading.wrong, ...tooMany]);
    readings.push(
      wrong.size === reading.wrong.size
        ? reading
        : { ...reading, wrong, problems: [...new Set([...reading.problems, 'pieces' as const])] },
    );
  }
  return readings;
}

/** What stays in the safe by currency when all of it has gone. */
export function staying(sheet: DepositSheet, readings: readonly PartReading[]): CashAmount[] {
  return amountsOf(heapsFor(sheet, readings, -1));
}

export function requestParts(
  parts: readonly PartDraft[],
  readings: readonly PartReading[],
): Input<'deposits.prepare'>['parts'] {
  return parts.map(({ slipNumber, bagNumber }, index) => ({
    bankAccountId: readings[index]?.account?.id ?? 0,
    slipNumber: slipNumber.trim(),
    bagNumber: bagNumber.trim(),
    cash: [...(readings[index]?.cash ?? [])],
    chequeIds: (readings[index]?.cheques ?? []).map(({ id }) => id),
  }));
}
