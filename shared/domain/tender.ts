import { refuse } from '../errors.ts';
import { foldDigits, stripInvisible } from './digits.ts';
import type { Currency } from './money.ts';

/**
 * Every form in which money, or what stands for it, is put on the counter. `receivedMinor` is what was received, in minor
 * units of the tender's own currency. Everything but cash is in shekels, save a cheque and a transfer, which say theirs.
 */
export type Tender =
  | CashTender
  | ChequeTender
  | CardTender
  | TransferTender
  | EntitlementTender
  | WaiverTender
  | CreditTender;

export const tenderKinds = [
  'cash',
  'cheque',
  'card',
  'transfer',
  'entitlement',
  'waiver',
  'credit',
] as const satisfies readonly Tender['kind'][];

export type CashTender = {
  readonly kind: 'cash';
  readonly currency: Currency;
  readonly receivedMinor: number;
  /** How much of it came in worn notes, which the count holds apart. */
  readonly wornMinor: number;
};

export type ChequeTender = {
  readonly kind: 'cheque';
  readonly currency: Currency;
  readonly receivedMinor: number;
  readonly bank: string;
  readonly branch: string;
  readonly chequeNumber: string;
  readonly chequeAccount: string;
  readonly drawer: string;
  /** 'YYYY-MM-DD'; after today: post-dated. */
  readonly dueOn: string;
};

/** A stand-alone terminal took it: its approval code is kept, never a card number. */
export type CardTender = {
  readonly kind: 'card';
  readonly currency: 'ILS';
  readonly receivedMinor: number;
  readonly terminal: string;
  readonly approvalCode: string;
};

/** A wallet or a bank transfer: pending until matched, a reference counts once and for ever. */
export type TransferTender = {
  readonly kind: 'transfer';
  readonly currency: Currency;
  readonly receivedMinor: number;
  readonly provider: string;
  readonly reference: string;
  readonly sender: string;
  /** 'YYYY-MM-DD', as the sender's own message says. */
  readonly sentOn: string;
};

/** Taken from what the payer's employer owes them (تسديد من المستحقات). */
export type EntitlementTender = {
  readonly kind: 'entitlement';
  readonly currency: 'ILS';
  readonly receivedMinor: number;
  readonly employeeNumber: string;
  /** 'YYYY-MM' */
  readonly month: string;
  readonly letterNumber: string;
};

/** The council or the mayor gave it up: no money changes hands, and the receipt is a real one. */
export type WaiverTender = {
  readonly kind: 'waiver';
  readonly currency: 'ILS';
  readonly receivedMinor: number;
  readonly decisionNumber: string;
  /** 'YYYY-MM-DD' */
  readonly decisionOn: string;
};

/** Credit that an account already has. */
export type CreditTender = {
  readonly kind: 'credit';
  readonly currency: 'ILS';
  readonly receivedMinor: number;
  readonly accountId: number;
};

/** The dates that a tender may say; each is 'YYYY-MM-DD'. */
export type TenderDates = Partial<
  Pick<ChequeTender, 'dueOn'> & Pick<TransferTender, 'sentOn'> & Pick<WaiverTender, 'decisionOn'>
>;

export function datesOf(tender: Tender): TenderDates {
  if (tender.kind === 'cheque') return { dueOn: tender.dueOn };
  if (tender.kind === 'transfer') return { sentOn: tender.sentOn };
  return tender.kind === 'waiver' ? { decisionOn: tender.decisionOn } : {};
}

/**
 * A cheque that was due before today can't be taken as current or post-dated; what was sent or decided was so by today.
 * @param today 'YYYY-MM-DD'
 * @throws Refusal tender.dueInPast, tender.dateInFuture
 */
export function requireTenderDates({ dueOn, sentOn, decisionOn }: TenderDates, today: string): void {
  if (dueOn !== undefined && dueOn < today) throw refuse('tender.dueInPast');
  for (const date of [sentOn, decisionOn])
    if (date !== undefined && date > today) throw refuse('tender.dateInFuture');
}

/**
 * Thirteen to nineteen digits that pass a card's check digit, whatever separates them and whatever other number stands
 * beside them (an expiry date): such a number is refused in every field, so that none is ever stored or logged
 * (handbook: product.md, rules of trusted cash systems).
 */
export function holdsCardNumber(text: string): boolean {
  if (text.length < 13) return false;
  const runs = foldDigits(stripInvisible(text)).match(/\d+(?:[\s\p{Pd}./_]{1,3}\d+)*/gu) ?? [];
  return runs.some((run) => {
    const groups = run.match(/\d+/g) ?? [];
    return groups.some((_, first) => startsCardNumber(groups.slice(first)));
  });
}

/** Whether the first groups of digits, put together, are a card's number. */
function startsCardNumber(groups: readonly string[]): boolean {
  let digits = '';
  for (const group of groups) {
    digits += group;
    if (digits.length > 19) return false;
    if (digits.length >= 13 && passesLuhn(digits)) return true;
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
