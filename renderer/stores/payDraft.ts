import { allocateOldestFirst } from '../../shared/domain/allocation.ts';
import type { Allocation } from '../../shared/domain/allocation.ts';
import type { Bill } from '../../shared/domain/bill.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import type { MoneyProblem } from '../../shared/domain/moneyInput.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import { isExcessiveTender } from '../../shared/domain/payment.ts';
import type { Problem } from '../client.ts';

/** What stands at a field: a wrong amount as typed, or a rule of the counter. */
export type FieldProblem = { readonly kind: 'typed'; readonly problem: MoneyProblem | 'zero' } | RuleProblem;
export type RuleProblem = { readonly kind: 'rule'; readonly problem: Problem };

/** What the cashier has chosen and typed so far; texts are kept exactly as typed. */
export type PayDraft = {
  /** What each chosen bill gets, in minor units: the truth that is confirmed. */
  readonly chosen: ReadonlyMap<number, number>;
  /** Row amounts that are being typed and cannot be used yet. */
  readonly rowTexts: ReadonlyMap<number, string>;
  readonly rowProblems: ReadonlyMap<number, FieldProblem>;
  readonly amountText: string;
  readonly amountProblem: FieldProblem | null;
  readonly receivedText: string;
};

export const emptyDraft: PayDraft = {
  chosen: new Map(),
  rowTexts: new Map(),
  rowProblems: new Map(),
  amountText: '',
  amountProblem: null,
  receivedText: '',
};

/** Ticks a bill in full, or unticks it. Choosing by hand ends a typed amount. */
export function toggleBill(draft: PayDraft, bill: Bill): PayDraft {
  const chosen = new Map(draft.chosen);
  if (!chosen.delete(bill.id)) chosen.set(bill.id, outstandingMinor(bill));
  return { ...withoutRow(draft, bill.id), chosen, amountText: '', amountProblem: null };
}

/** Ticks every bill in full, or none when all of them are. */
export function toggleAll(draft: PayDraft, bills: readonly Bill[]): PayDraft {
  const allInFull =
    bills.length > 0 && bills.every((bill) => draft.chosen.get(bill.id) === outstandingMinor(bill));
  const chosen = new Map(allInFull ? [] : bills.map((bill) => [bill.id, outstandingMinor(bill)] as const));
  return { ...emptyDraft, chosen, receivedText: draft.receivedText };
}

/** A typed amount is spread over the oldest debt first and shown on the rows at once. */
export function typeAmount(draft: PayDraft, bills: readonly Bill[], text: string): PayDraft {
  const base: PayDraft = { ...emptyDraft, amountText: text, receivedText: draft.receivedText };
  const parsed = parseMoney(text, 'ILS');
  if (!parsed.ok) {
    const amountProblem = parsed.problem === 'empty' ? null : typed(parsed.problem);
    return { ...base, amountProblem };
  }
  if (parsed.minor === 0) return { ...base, amountProblem: typed('zero') };
  const { allocations, restMinor } = allocateOldestFirst(bills, parsed.minor);
  const owedMinor = parsed.minor - restMinor;
  if (restMinor > 0)
    return { ...base, amountProblem: rule({ code: 'payment.moreThanOwed', params: { owedMinor } }) };
  return { ...base, chosen: new Map(allocations.map(({ billId, minor }) => [billId, minor])) };
}

/** Another amount for one row; what is typed stays in the row until it can be used. */
export function typeRow(draft: PayDraft, bill: Bill, text: string): PayDraft {
  const chosen = new Map(draft.chosen);
  const rowTexts = new Map(draft.rowTexts).set(bill.id, text);
  const rowProblems = new Map(draft.rowProblems);
  rowProblems.delete(bill.id);
  const parsed = parseMoney(text, 'ILS');
  const owed = outstandingMinor(bill);
  if (!parsed.ok) rowProblems.set(bill.id, typed(parsed.problem));
  else if (parsed.minor === 0) rowProblems.set(bill.id, typed('zero'));
  else if (parsed.minor > owed) {
    const params = { number: bill.number, outstandingMinor: owed };
    rowProblems.set(bill.id, rule({ code: 'bill.overpaid', params }));
  } else chosen.set(bill.id, parsed.minor);
  return { ...draft, chosen, rowTexts, rowProblems, amountText: '', amountProblem: null };
}

/** The row is left: a usable amount is shown formatted again, an unusable one keeps its text and its problem. */
export function leaveRow(draft: PayDraft, billId: number): PayDraft {
  return draft.rowProblems.has(billId) ? draft : withoutRow(draft, billId);
}

/** The chosen bills, oldest first, as main wants them. */
export function allocationsOf(draft: PayDraft, bills: readonly Bill[]): Allocation[] {
  return bills.flatMap((bill) => {
    const minor = draft.chosen.get(bill.id);
    return minor === undefined ? [] : [{ billId: bill.id, minor }];
  });
}

export type Reckoning = {
  readonly totalMinor: number;
  readonly billCount: number;
  readonly receivedMinor: number | null;
  /** Null until the cash received covers the total. */
  readonly changeMinor: number | null;
  readonly missingMinor: number;
  readonly receivedProblem: FieldProblem | null;
  readonly isReady: boolean;
};

/** What the draft comes to: total, change, what is wrong, whether it can be confirmed. */
export function reckon(draft: PayDraft): Reckoning {
  const totalMinor = [...draft.chosen.values()].reduce((sum, minor) => sum + minor, 0);
  const billCount = draft.chosen.size;
  const parsed = parseMoney(draft.receivedText, 'ILS');
  const receivedMinor = parsed.ok ? parsed.minor : null;
  const missingMinor = receivedMinor === null ? 0 : Math.max(0, totalMinor - receivedMinor);
  const covers = receivedMinor !== null && totalMinor > 0 && missingMinor === 0;
  const excessive = covers && isExcessiveTender(totalMinor, receivedMinor);
  let receivedProblem: FieldProblem | null = null;
  if (!parsed.ok && parsed.problem !== 'empty') receivedProblem = typed(parsed.problem);
  else if (excessive) receivedProblem = rule({ code: 'tender.excessive', params: {} });
  return {
    totalMinor,
    billCount,
    receivedMinor,
    changeMinor: covers && !excessive ? receivedMinor - totalMinor : null,
    missingMinor,
    receivedProblem,
    isReady: covers && !excessive && draft.rowProblems.size === 0 && draft.amountProblem === null,
  };
}

function withoutRow(draft: PayDraft, billId: number): PayDraft {
  const rowTexts = new Map(draft.rowTexts);
  const rowProblems = new Map(draft.rowProblems);
  rowTexts.delete(billId);
  rowProblems.delete(billId);
  return { ...draft, rowTexts, rowProblems };
}

function typed(problem: MoneyProblem | 'zero'): FieldProblem {
  return { kind: 'typed', problem };
}

function rule(problem: Problem): RuleProblem {
  return { kind: 'rule', problem };
}
