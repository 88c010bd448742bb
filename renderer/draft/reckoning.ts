import type { Rates } from '../../shared/domain/exchange.ts';
import { accountCurrency } from '../../shared/domain/exchange.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import type { Change, PaymentLine, PaymentOffer } from '../../shared/domain/payment.ts';
import { decidePayment, lineMinor, planChange, roundingTolerance } from '../../shared/domain/payment.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { PayDraft, PayPart } from './payDraft.ts';
import type { FieldProblem, RuleProblem } from './problems.ts';
import { judged, rule, typed } from './problems.ts';
import type { TenderReading } from './tenderDraft.ts';
import { readTender, shekelsId } from './tenderDraft.ts';

/** What the counter reckons with: the day's rates, and the coin that cash is rounded to. */
export type CounterTerms = { readonly rates: Rates; readonly smallestCoinMinor: number };

export type Reckoning = {
  /** Everything that is paid for. Agorot, like all below. */
  readonly totalMinor: number;
  readonly billCount: number;
  /** Accounts of which bills are paid. */
  readonly accountCount: number;
  readonly advanceMinor: number;
  readonly feeCount: number;
  readonly tenders: readonly TenderReading[];
  /** What was put on the counter, valued; null while nothing is typed. */
  readonly receivedMinor: number | null;
  /** What the other ways to pay leave for the next one. */
  readonly remainingMinor: number;
  /** Above the total: for the citizen, in cash or as credit. Null until the money covers the total. */
  readonly changeMinor: number | null;
  readonly change: readonly Change[];
  /** Change that becomes credit, by choice or because it is no cash. */
  readonly creditMinor: number;
  /** No cash was given for this part, so it can only become credit. */
  readonly forcedCreditMinor: number;
  readonly roundingMinor: number;
  readonly missingMinor: number;
  readonly receivedProblem: FieldProblem | null;
  readonly creditProblem: FieldProblem | null;
  /** What the rules say of the whole. */
  readonly problem: RuleProblem | null;
  /** Exactly what is sent; null until it can be. */
  readonly offer: PaymentOffer | null;
  readonly isReady: boolean;
};

/** The accounts of the payment with what each pays: the open one first. */
export function partsOf(draft: PayDraft, served: AccountView | null): readonly PayPart[] {
  const open =
    served === null || (draft.chosen.size === 0 && draft.advanceMinor === 0)
      ? []
      : [{ account: served, chosen: draft.chosen, advanceMinor: draft.advanceMinor }];
  return [...open, ...draft.basket];
}

export function partMinor(part: PayPart): number {
  return [...part.chosen.values()].reduce((sum, minor) => sum + minor, part.advanceMinor);
}

/** What is paid for, as main wants it: bills in the order of their debt, what is on account, then the fees. */
export function linesOf(draft: PayDraft, served: AccountView | null): PaymentLine[] {
  const ofAccounts = partsOf(draft, served).flatMap(({ account, chosen, advanceMinor }) => {
    const accountId = account.id;
    const bills = account.openBills.flatMap((bill): PaymentLine[] => {
      const minor = chosen.get(bill.id);
      return minor === undefined ? [] : [{ kind: 'bill', accountId, billId: bill.id, minor }];
    });
    const advance: PaymentLine[] =
      advanceMinor > 0 ? [{ kind: 'advance', accountId, minor: advanceMinor }] : [];
    return [...bills, ...advance];
  });
  const fees = draft.fees.map(({ serviceCode, quantity, unitMinor, note }): PaymentLine => ({
    kind: 'fee',
    serviceCode,
    quantity,
    unitMinor,
    note,
  }));
  return [...ofAccounts, ...fees];
}

/** The account that the receipt is in the name of; the open one, or the first of the basket. */
export function payingAccount(draft: PayDraft, served: AccountView | null): AccountView | null {
  return served ?? draft.basket[0]?.account ?? null;
}

/** What the draft comes to: total, money, change, what is wrong, whether it can be confirmed. */
export function reckon(draft: PayDraft, served: AccountView | null, terms: CounterTerms): Reckoning {
  const { rates, smallestCoinMinor } = terms;
  const lines = linesOf(draft, served);
  const totalMinor = lines.reduce((sum, line) => sum + lineMinor(line), 0);
  const tenders = draft.tenders.map((tender) => readTender(tender, rates, null));
  const given = tenders.flatMap(({ tender }) => (tender === null ? [] : [tender]));
  const valued = tenders.filter(({ tender }) => tender !== null);
  const valueMinor = valued.reduce((sum, reading) => sum + (reading.valueMinor ?? 0), 0);
  const receivedMinor = valued.length === 0 ? null : valueMinor;
  const cashMinor = valued.reduce(
    (sum, { tender, valueMinor: minor }) => (tender?.kind === 'cash' ? sum + (minor ?? 0) : sum),
    0,
  );
  const otherMinor = valued.reduce(
    (sum, { id, valueMinor: minor }) => (id === shekelsId ? sum : sum + (minor ?? 0)),
    0,
  );
  const tolerance = roundingTolerance(given, smallestCoinMinor);
  const covers = receivedMinor !== null && totalMinor > 0 && receivedMinor + tolerance >= totalMinor;
  const dueMinor = covers ? receivedMinor - totalMinor : 0;

  const forcedCreditMinor = Math.max(0, dueMinor - cashMinor);
  const { creditMinor, creditProblem } = creditOf(draft.creditText, dueMinor, forcedCreditMinor, covers);
  const wished = draft.changeCurrency;
  const currency = wished === accountCurrency || rates[wished] !== undefined ? wished : accountCurrency;
  const plan = covers ? planChange(dueMinor - creditMinor, currency, rates, smallestCoinMinor) : null;
  const account = payingAccount(draft, served);
  const change = plan?.change ?? [];
  const offer: PaymentOffer = {
    lines,
    tenders: given,
    change,
    changeCredit: creditMinor > 0 && account !== null ? { accountId: account.id, minor: creditMinor } : null,
  };
  const verdict = covers
    ? judged(() =>
        decidePayment(offer, {
          bills: partsOf(draft, served).flatMap((part) => part.account.openBills),
          creditMinor: new Map(
            [served, ...draft.basket.map((part) => part.account)].flatMap((one) =>
              one === null ? [] : [[one.id, one.creditMinor] as const],
            ),
          ),
          rates,
          smallestCoinMinor,
        }),
      )
    : null;
  let problem: RuleProblem | null = verdict !== null && 'problem' in verdict ? verdict.problem : null;
  if (creditMinor > 0 && account === null) problem = rule({ code: 'change.notCash', params: {} });

  const inCash = tenders.find(({ id }) => id === shekelsId);
  let receivedProblem: FieldProblem | null = null;
  if (inCash !== undefined && !inCash.isEmpty) {
    receivedProblem = inCash.problems.get('amount') ?? inCash.problems.get('worn') ?? null;
    if (problem?.problem.code === 'tender.excessive') receivedProblem = problem;
  }
  const isTyped = tenders.every(
    ({ id, tender, isEmpty }) => tender !== null || (id === shekelsId && isEmpty),
  );
  const isReady =
    covers &&
    isTyped &&
    problem === null &&
    creditProblem === null &&
    draft.rowProblems.size === 0 &&
    draft.amountProblem === null &&
    draft.surplusMinor === 0 &&
    (account !== null || draft.occasional !== null);
  const shownProblem = receivedProblem !== null && receivedProblem === problem ? null : problem;
  return {
    totalMinor,
    billCount: lines.filter(({ kind }) => kind === 'bill').length,
    accountCount: partsOf(draft, served).filter(({ chosen }) => chosen.size > 0).length,
    advanceMinor: lines.reduce((sum, line) => (line.kind === 'advance' ? sum + line.minor : sum), 0),
    feeCount: draft.fees.length,
    tenders,
    receivedMinor,
    remainingMinor: Math.max(0, totalMinor - otherMinor),
    changeMinor: covers && problem?.problem.code !== 'tender.excessive' ? dueMinor : null,
    change,
    creditMinor,
    forcedCreditMinor,
    roundingMinor: plan?.roundingMinor ?? 0,
    missingMinor: receivedMinor === null || covers ? 0 : Math.max(0, totalMinor - receivedMinor),
    receivedProblem,
    creditProblem,
    problem: shownProblem,
    offer: isReady ? offer : null,
    isReady,
  };
}

/** How much of the change becomes credit: what was typed, and never less than what no cash was given for. */
function creditOf(
  text: string,
  dueMinor: number,
  forcedMinor: number,
  covers: boolean,
): { creditMinor: number; creditProblem: FieldProblem | null } {
  if (!covers || text.trim() === '') return { creditMinor: forcedMinor, creditProblem: null };
  const parsed = parseMoney(text, accountCurrency);
  if (!parsed.ok) return { creditMinor: forcedMinor, creditProblem: typed(parsed.problem) };
  if (parsed.minor > Math.max(0, dueMinor))
    return { creditMinor: forcedMinor, creditProblem: typed('moreThanChange') };
  return { creditMinor: Math.max(parsed.minor, forcedMinor), creditProblem: null };
}
