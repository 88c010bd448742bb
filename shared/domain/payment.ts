import { refuse } from '../errors.ts';
import type { PayableBill } from './bill.ts';
import { outstandingMinor } from './bill.ts';
import { denominations } from './denominations.ts';
import type { Rates } from './exchange.ts';
import { accountCurrency, affordable, valueInAccountCurrency } from './exchange.ts';
import type { Currency } from './money.ts';
import { maxMinor } from './money.ts';
import type { CreditTender, Tender } from './tender.ts';
import { holdsCardNumber } from './tender.ts';

/** What is paid for; every amount is agorot. */
export type PaymentLine = BillLine | AdvanceLine | FeeLine;
export type BillLine = {
  readonly kind: 'bill';
  readonly accountId: number;
  readonly billId: number;
  readonly minor: number;
};
/** Paid on account (دفعة على الحساب): becomes the account's credit. */
export type AdvanceLine = { readonly kind: 'advance'; readonly accountId: number; readonly minor: number };
/** A service sold over the counter, without a bill. */
export type FeeLine = {
  readonly kind: 'fee';
  readonly serviceCode: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly note: string;
};

/** Money that goes back over the counter, in minor units of its own currency. */
export type Change = { readonly currency: Currency; readonly minor: number };

/** Change that could not be given, put on an account instead. Agorot. */
export type ChangeCredit = { readonly accountId: number; readonly minor: number };

export type PaymentOffer = {
  readonly lines: readonly PaymentLine[];
  readonly tenders: readonly Tender[];
  readonly change: readonly Change[];
  readonly changeCredit: ChangeCredit | null;
};

/** What the counter knows when it decides, read inside the payment's transaction. */
export type PaymentTerms = {
  /** The open bills of every account that is paid. */
  readonly bills: readonly PayableBill[];
  readonly creditMinor: ReadonlyMap<number, number>;
  readonly rates: Rates;
  /** Cash is rounded to this many agorot: the smallest coin that is still given. */
  readonly smallestCoinMinor: number;
};

export type ValuedTender = { readonly tender: Tender; readonly valueMinor: number };
export type ValuedChange = Change & { readonly valueMinor: number };

/** What the rules made of an offer: exactly this is written down. Values are agorot. */
export type PaymentDecision = {
  readonly totalMinor: number;
  readonly tenders: readonly ValuedTender[];
  readonly change: readonly ValuedChange[];
  readonly changeCreditMinor: number;
  /** Received minus everything accounted for: what rounding left in the drawer, or took out of it. */
  readonly roundingMinor: number;
};

const mostLines = 500;

/** What a line comes to, in agorot. @throws Refusal amount.tooLarge */
export function lineMinor(line: PaymentLine): number {
  if (line.kind !== 'fee') return line.minor;
  const minor = line.quantity * line.unitMinor;
  if (minor > maxMinor) throw refuse('amount.tooLarge');
  return minor;
}

/**
 * Change may be large (a 200 note for a small bill) but never larger than the largest thing a person puts on a
 * counter by mistake: an extra digit typed is caught here.
 * @param totalMinor minor units of the same currency
 */
export function isExcessiveTender(totalMinor: number, receivedMinor: number): boolean {
  return receivedMinor - totalMinor >= Math.max(100_000, totalMinor);
}

/** How far a payment's sum may be off when cash is in it: half of the smallest coin, either way. Agorot. */
export function roundingTolerance(tenders: readonly Tender[], smallestCoinMinor: number): number {
  return tenders.some(({ kind }) => kind === 'cash') ? Math.floor(smallestCoinMinor / 2) : 0;
}

/**
 * Decides a payment of any lines by any tenders as things stand now. Always, to the agora:
 * value of the tenders = lines + value of the change + credit for change not given + rounding.
 * @throws Refusal payment.nothingChosen, amount.invalid, amount.tooLarge, bill.notFound,
 *   bill.changed, bill.overpaid, bill.partTooSmall, rate.missing, tender.short, tender.excessive, tender.moreThanOwed, tender.wornTooMuch,
 *   tender.cardNumber, change.wrong, change.notCash, credit.tooLittle
 */
export function decidePayment(offer: PaymentOffer, terms: PaymentTerms): PaymentDecision {
  if (offer.lines.length === 0) throw refuse('payment.nothingChosen');
  if (offer.lines.length > mostLines || offer.tenders.length > mostLines) throw refuse('amount.tooLarge');
  requireLines(offer.lines, terms.bills);
  const totalMinor = totalOf(offer.lines.map(lineMinor));
  const tenders = offer.tenders.map((tender): ValuedTender => {
    requireTender(tender);
    const valueMinor = valueInAccountCurrency(
      { minor: tender.receivedMinor, currency: tender.currency },
      terms.rates,
    );
    return { tender, valueMinor };
  });
  const receivedMinor = totalOf(tenders.map(({ valueMinor }) => valueMinor));
  requireCredit(offer.tenders, terms.creditMinor);
  const tolerance = roundingTolerance(offer.tenders, terms.smallestCoinMinor);
  if (receivedMinor + tolerance < totalMinor)
    throw refuse('tender.short', { missingMinor: totalMinor - receivedMinor });
  if (isExcessiveTender(totalMinor, receivedMinor)) throw refuse('tender.excessive');
  const valueOf = (kinds: readonly Tender['kind'][]): number =>
    totalOf(tenders.flatMap(({ tender, valueMinor }) => (kinds.includes(tender.kind) ? [valueMinor] : [])));
  // Nothing of these is money: they settle what is owed and leave nothing over.
  if (valueOf(['waiver', 'entitlement', 'credit']) > totalMinor) throw refuse('tender.moreThanOwed');
  const change = offer.change.map((given): ValuedChange => {
    if (!isWholeAmount(given.minor)) throw refuse('amount.invalid');
    return { ...given, valueMinor: valueInAccountCurrency(given, terms.rates) };
  });
  if (new Set(change.map(({ currency }) => currency)).size !== change.length) throw refuse('change.wrong');
  // Only cash is changed: what is over from a transfer or a cheque goes to the account.
  const cashMinor = valueOf(['cash']);
  if (totalOf(change.map(({ valueMinor }) => valueMinor)) > cashMinor + tolerance)
    throw refuse('change.notCash');
  const changeCreditMinor = offer.changeCredit?.minor ?? 0;
  if (offer.changeCredit !== null && !isWholeAmount(changeCreditMinor)) throw refuse('amount.invalid');
  const givenMinor = totalOf([...change.map(({ valueMinor }) => valueMinor), changeCreditMinor]);
  const roundingMinor = receivedMinor - totalMinor - givenMinor;
  if (Math.abs(roundingMinor) > tolerance) throw refuse('change.wrong');
  return {
    totalMinor,
    tenders,
    change,
    changeCreditMinor,
    roundingMinor: roundingMinor === 0 ? 0 : roundingMinor,
  };
}

export type ChangePlan = {
  readonly change: readonly Change[];
  readonly creditMinor: number;
  readonly roundingMinor: number;
};

/**
 * Proposes how to give back `dueMinor`: first in the currency that is wished, as far as its coins go, the rest in
 * shekels, rounded to the smallest coin. What is under zero is what rounding gives away.
 * @param dueMinor agorot; at least minus the tolerance
 * @throws Refusal rate.missing
 */
export function planChange(
  dueMinor: number,
  wished: Currency,
  rates: Rates,
  smallestCoinMinor: number,
): ChangePlan {
  const change: Change[] = [];
  let restMinor = dueMinor;
  if (wished !== accountCurrency) {
    const stepMinor = denominations[wished].at(-1) ?? 1;
    const minor = affordable(restMinor, wished, stepMinor, rates);
    if (minor > 0) {
      change.push({ currency: wished, minor });
      restMinor -= valueInAccountCurrency({ currency: wished, minor }, rates);
    }
  }
  const shekelsMinor = roundToCoin(restMinor, smallestCoinMinor);
  if (shekelsMinor > 0) change.push({ currency: accountCurrency, minor: shekelsMinor });
  const roundingMinor = restMinor - Math.max(0, shekelsMinor);
  return { change, creditMinor: 0, roundingMinor: roundingMinor === 0 ? 0 : roundingMinor };
}

/** To the nearest coin; a half goes to the citizen. */
function roundToCoin(minor: number, coinMinor: number): number {
  return Math.floor((minor + Math.floor(coinMinor / 2)) / coinMinor) * coinMinor;
}

function requireLines(lines: readonly PaymentLine[], bills: readonly PayableBill[]): void {
  const byKey = new Map(bills.map((bill) => [`${bill.accountId}/${bill.id}`, bill]));
  const seen = new Set<string>();
  for (const line of lines) {
    if (line.kind === 'fee') {
      if (!isWholeAmount(line.quantity) || !isWholeAmount(line.unitMinor)) throw refuse('amount.invalid');
      if (holdsCardNumber(line.note)) throw refuse('tender.cardNumber');
      continue;
    }
    if (!isWholeAmount(line.minor)) throw refuse('amount.invalid');
    if (line.minor > maxMinor) throw refuse('amount.tooLarge');
    const key = line.kind === 'bill' ? `${line.accountId}/${line.billId}` : `${line.accountId}`;
    if (seen.has(key)) throw refuse('amount.invalid');
    seen.add(key);
    if (line.kind === 'advance') continue;
    const bill = byKey.get(key);
    if (bill === undefined) throw refuse('bill.notFound', { number: String(line.billId) });
    const owed = outstandingMinor(bill);
    if (owed <= 0) throw refuse('bill.changed', { number: bill.number });
    if (line.minor > owed) throw refuse('bill.overpaid', { number: bill.number, outstandingMinor: owed });
    const leastMinor = bill.leastMinor ?? 1;
    if (line.minor < leastMinor) throw refuse('bill.partTooSmall', { number: bill.number, leastMinor });
  }
}

function requireTender(tender: Tender): void {
  if (!isWholeAmount(tender.receivedMinor)) throw refuse('amount.invalid');
  if (tender.receivedMinor > maxMinor) throw refuse('amount.tooLarge');
  if (tender.kind === 'cash') {
    if (!Number.isSafeInteger(tender.wornMinor) || tender.wornMinor < 0) throw refuse('amount.invalid');
    if (tender.wornMinor > tender.receivedMinor) throw refuse('tender.wornTooMuch');
  }
  if (Object.values(tender).some((value) => typeof value === 'string' && holdsCardNumber(value)))
    throw refuse('tender.cardNumber');
}

function requireCredit(tenders: readonly Tender[], creditMinor: ReadonlyMap<number, number>): void {
  const used = new Map<number, number>();
  for (const tender of tenders.filter((given): given is CreditTender => given.kind === 'credit'))
    used.set(tender.accountId, (used.get(tender.accountId) ?? 0) + tender.receivedMinor);
  for (const [accountId, minor] of used) {
    const availableMinor = creditMinor.get(accountId) ?? 0;
    if (minor > availableMinor) throw refuse('credit.tooLittle', { availableMinor });
  }
}

function totalOf(amounts: readonly number[]): number {
  const total = amounts.reduce((sum, minor) => sum + minor, 0);
  if (total > maxMinor) throw refuse('amount.tooLarge');
  return total;
}

function isWholeAmount(minor: number): boolean {
  return Number.isSafeInteger(minor) && minor > 0;
}
