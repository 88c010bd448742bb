import { allocateOldestFirst } from '../../shared/domain/allocation.ts';
import type { Bill, PayableBill } from '../../shared/domain/bill.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { LeafDraft } from './leafDraft.ts';
import type { FieldProblem } from './problems.ts';
import { rule, typed } from './problems.ts';
import type { TenderDraft } from './tenderDraft.ts';
import { shekels, shekelsId } from './tenderDraft.ts';

/** What one account pays in a basket of several. */
export type PayPart = {
  readonly account: AccountView;
  readonly chosen: ReadonlyMap<number, number>;
  readonly advanceMinor: number;
};

/** A service sold over the counter. */
export type FeeDraft = {
  readonly serviceCode: string;
  readonly ar: string;
  readonly en: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly note: string;
};

/** Who pays without an account. */
export type Occasional = { readonly name: string; readonly identityNumber: string | null };

/** What the cashier has chosen and typed so far; texts are kept exactly as typed. */
export type PayDraft = {
  /** What each chosen bill of the open account gets, in minor units: the truth that is confirmed. */
  readonly chosen: ReadonlyMap<number, number>;
  /** Row amounts that are being typed and cannot be used yet. */
  readonly rowTexts: ReadonlyMap<number, string>;
  readonly rowProblems: ReadonlyMap<number, FieldProblem>;
  readonly amountText: string;
  readonly amountProblem: FieldProblem | null;
  /** Typed, but no bill takes it, and not yet decided on: nothing is taken until it is. Agorot. */
  readonly surplusMinor: number;
  /** What the open account pays on account. Agorot. */
  readonly advanceMinor: number;
  /** The other accounts of this payment, with what was chosen of each. */
  readonly basket: readonly PayPart[];
  readonly fees: readonly FeeDraft[];
  readonly occasional: Occasional | null;
  /** The shekels in cash first, always there; then the other ways to pay. */
  readonly tenders: readonly TenderDraft[];
  readonly changeCurrency: Currency;
  /** How much of the change goes to the account, because it can't be given. */
  readonly creditText: string;
  /** The paper leaf that this payment is entered from; null: the till writes its own receipt. */
  readonly leaf: LeafDraft | null;
};

export const emptyDraft: PayDraft = {
  chosen: new Map(),
  rowTexts: new Map(),
  rowProblems: new Map(),
  amountText: '',
  amountProblem: null,
  surplusMinor: 0,
  advanceMinor: 0,
  basket: [],
  fees: [],
  occasional: null,
  tenders: [shekels],
  changeCurrency: 'ILS',
  creditText: '',
  leaf: null,
};

/** Nothing chosen of the open account; everything else stays. */
const nothingChosen = {
  chosen: emptyDraft.chosen,
  rowTexts: emptyDraft.rowTexts,
  rowProblems: emptyDraft.rowProblems,
  amountText: '',
  amountProblem: null,
  surplusMinor: 0,
  advanceMinor: 0,
} as const satisfies Partial<PayDraft>;

/** Ticks a bill in full, or unticks it. Choosing by hand ends a typed amount. */
export function toggleBill(draft: PayDraft, bill: Bill): PayDraft {
  const chosen = new Map(draft.chosen);
  if (!chosen.delete(bill.id)) chosen.set(bill.id, outstandingMinor(bill));
  return { ...withoutRow(draft, bill.id), chosen, amountText: '', amountProblem: null, surplusMinor: 0 };
}

/** Ticks every bill in full, or none when all of them are. */
export function toggleAll(draft: PayDraft, bills: readonly Bill[]): PayDraft {
  const allInFull =
    bills.length > 0 && bills.every((bill) => draft.chosen.get(bill.id) === outstandingMinor(bill));
  const chosen = new Map(allInFull ? [] : bills.map((bill) => [bill.id, outstandingMinor(bill)] as const));
  return { ...draft, ...nothingChosen, advanceMinor: draft.advanceMinor, chosen };
}

/** A typed amount is spread over the oldest debt first and shown on the rows at once; what is above waits for a word. */
export function typeAmount(draft: PayDraft, bills: readonly PayableBill[], text: string): PayDraft {
  const base: PayDraft = { ...draft, ...nothingChosen, amountText: text };
  const parsed = parseMoney(text, 'ILS');
  if (!parsed.ok) {
    const amountProblem = parsed.problem === 'empty' ? null : typed(parsed.problem);
    return { ...base, amountProblem };
  }
  if (parsed.minor === 0) return { ...base, amountProblem: typed('zero') };
  const { allocations, restMinor } = allocateOldestFirst(bills, parsed.minor);
  const chosen = new Map(allocations.map(({ billId, minor }) => [billId, minor]));
  return { ...base, chosen, surplusMinor: restMinor };
}

/** The cashier says that what was typed above the debt is paid on account. */
export function acceptSurplus(draft: PayDraft): PayDraft {
  return { ...draft, advanceMinor: draft.surplusMinor, surplusMinor: 0 };
}

export function dropAdvance(draft: PayDraft): PayDraft {
  return { ...draft, advanceMinor: 0, surplusMinor: 0, amountText: '', amountProblem: null };
}

/** Another amount for one row; what is typed stays in the row until it can be used. */
export function typeRow(draft: PayDraft, bill: PayableBill, text: string): PayDraft {
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
  } else if (parsed.minor < (bill.leastMinor ?? 1)) {
    const params = { number: bill.number, leastMinor: bill.leastMinor ?? 1 };
    rowProblems.set(bill.id, rule({ code: 'bill.partTooSmall', params }));
  } else chosen.set(bill.id, parsed.minor);
  return { ...draft, chosen, rowTexts, rowProblems, amountText: '', amountProblem: null, surplusMinor: 0 };
}

/** The row is left: a usable amount is shown formatted again, an unusable one keeps its text and its problem. */
export function leaveRow(draft: PayDraft, billId: number): PayDraft {
  return draft.rowProblems.has(billId) ? draft : withoutRow(draft, billId);
}

/** The cash in shekels, as typed. */
export function receivedText(draft: PayDraft): string {
  return draft.tenders.find(({ id }) => id === shekelsId)?.amountText ?? '';
}

export function typeReceived(draft: PayDraft, text: string): PayDraft {
  return changeTender(draft, shekelsId, { amountText: text });
}

/** Adds another way to pay, or puts it in place of the one with its id. */
export function putTender(draft: PayDraft, tender: TenderDraft): PayDraft {
  const isThere = draft.tenders.some(({ id }) => id === tender.id);
  if (isThere) return changeTender(draft, tender.id, tender);
  return { ...draft, tenders: [...draft.tenders, tender] };
}

export function nextTenderId(draft: PayDraft): number {
  return Math.max(...draft.tenders.map(({ id }) => id)) + 1;
}

/** Takes a tender away; the shekels in cash are only emptied. */
export function removeTender(draft: PayDraft, id: number): PayDraft {
  if (id === shekelsId) return changeTender(draft, id, { amountText: '', fields: {} });
  return { ...draft, tenders: draft.tenders.filter((tender) => tender.id !== id) };
}

function changeTender(draft: PayDraft, id: number, changed: Partial<TenderDraft>): PayDraft {
  const tenders = draft.tenders.map((tender) => (tender.id === id ? { ...tender, ...changed } : tender));
  return { ...draft, tenders };
}

/** Puts what is chosen of the open account aside into the basket; an account of which nothing is chosen is not kept. */
export function setAside(draft: PayDraft, account: AccountView): PayDraft {
  const basket = draft.basket.filter((part) => part.account.id !== account.id);
  const { chosen, advanceMinor } = draft;
  const hasPart = chosen.size > 0 || advanceMinor > 0;
  return {
    ...draft,
    ...nothingChosen,
    basket: hasPart ? [...basket, { account, chosen, advanceMinor }] : basket,
  };
}

/** An account is opened: what was set aside of it is chosen again, as far as its bills are still there. */
export function takeUp(draft: PayDraft, account: AccountView): PayDraft {
  const part = draft.basket.find((one) => one.account.id === account.id);
  const basket = draft.basket.filter((one) => one !== part);
  const opened = { ...draft, ...nothingChosen, basket };
  if (part === undefined) return opened;
  return { ...opened, chosen: stillOpen(part.chosen, account.openBills), advanceMinor: part.advanceMinor };
}

export function removePart(draft: PayDraft, accountId: number): PayDraft {
  return { ...draft, basket: draft.basket.filter((part) => part.account.id !== accountId) };
}

/** The choices of which the bill is still open, none above what is owed by now. */
export function stillOpen(
  chosen: ReadonlyMap<number, number>,
  bills: readonly Bill[],
): ReadonlyMap<number, number> {
  const owed = new Map(bills.map((bill) => [bill.id, outstandingMinor(bill)]));
  return new Map(
    [...chosen].flatMap(([id, minor]) => {
      const left = owed.get(id) ?? 0;
      return left > 0 ? [[id, Math.min(minor, left)] as const] : [];
    }),
  );
}

export function addFee(draft: PayDraft, fee: FeeDraft): PayDraft {
  return { ...draft, fees: [...draft.fees, fee] };
}

export function removeFee(draft: PayDraft, index: number): PayDraft {
  const fees = draft.fees.filter((_, at) => at !== index);
  return { ...draft, fees, occasional: fees.length === 0 ? null : draft.occasional };
}

/** True when nothing would be lost by forgetting the draft. */
export function isUntouched(draft: PayDraft): boolean {
  const { chosen, amountText, advanceMinor, basket, fees, tenders, creditText, leaf } = draft;
  const isPaid = tenders.some(({ id, amountText: text }) => id !== shekelsId || text !== '');
  return (
    chosen.size === 0 &&
    amountText === '' &&
    advanceMinor === 0 &&
    basket.length === 0 &&
    fees.length === 0 &&
    creditText === '' &&
    leaf === null &&
    !isPaid
  );
}

function withoutRow(draft: PayDraft, billId: number): PayDraft {
  const rowTexts = new Map(draft.rowTexts);
  const rowProblems = new Map(draft.rowProblems);
  rowTexts.delete(billId);
  rowProblems.delete(billId);
  return { ...draft, rowTexts, rowProblems };
}
