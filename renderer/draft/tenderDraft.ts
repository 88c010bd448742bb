import type { ForeignCurrency, Rates } from '../../shared/domain/exchange.ts';
import { accountCurrency, rateUnit, valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import { denominations } from '../../shared/domain/denominations.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { maxMinor, minorDigits, toDecimal } from '../../shared/domain/money.ts';
import { foldDigits, stripInvisible } from '../../shared/domain/digits.ts';
import { parseMoney } from '../../shared/domain/moneyInput.ts';
import type { Tender } from '../../shared/domain/tender.ts';
import { holdsCardNumber, requireTenderDates } from '../../shared/domain/tender.ts';
import { banks, providers } from '../../shared/domain/banks.ts';
import type { FieldProblem } from './problems.ts';
import { judged, rule, typed } from './problems.ts';
import { readDate, readMonth } from './typedDate.ts';

export type DraftKind = Tender['kind'];

export const tenderFields = {
  cash: ['worn'],
  cheque: ['bank', 'branch', 'chequeNumber', 'chequeAccount', 'drawer', 'dueOn'],
  card: ['terminal', 'approvalCode'],
  transfer: ['provider', 'reference', 'sender', 'sentOn'],
  entitlement: ['employeeNumber', 'month', 'letterNumber'],
  // A supervisor approves it when the payment is taken: see stores/counter.ts.
  waiver: ['decisionNumber', 'decisionOn'],
  credit: [],
} as const satisfies Record<DraftKind, readonly string[]>;
export type TenderField = (typeof tenderFields)[DraftKind][number];

/** One way to pay, as far as it is typed; texts are kept exactly as typed. */
export type TenderDraft = {
  readonly id: number;
  readonly kind: DraftKind;
  readonly currency: Currency;
  readonly amountText: string;
  readonly fields: Readonly<Partial<Record<TenderField, string>>>;
  /** Whose credit is used. */
  readonly accountId: number | null;
};

/** The shekels in cash, which are always there: what most people pay with. */
export const shekelsId = 0;
export const shekels: TenderDraft = {
  id: shekelsId,
  kind: 'cash',
  currency: accountCurrency,
  amountText: '',
  fields: {},
  accountId: null,
};

export type TenderReading = {
  readonly id: number;
  /** Null while something is missing or wrong. */
  readonly tender: Tender | null;
  /** Agorot at the day's rate; null while the amount is not one. */
  readonly valueMinor: number | null;
  readonly problems: ReadonlyMap<TenderField | 'amount', FieldProblem>;
  readonly isEmpty: boolean;
};

const optional: readonly TenderField[] = ['branch', 'worn'];

/**
 * What a tender is as it is typed now, and what is wrong at which field.
 * @param today 'YYYY-MM-DD' while it is being typed; null once it was taken up: main judges its dates
 */
export function readTender(draft: TenderDraft, rates: Rates, today: string | null): TenderReading {
  const problems = new Map<TenderField | 'amount', FieldProblem>();
  const amount = parseMoney(draft.amountText, draft.currency);
  let receivedMinor = 0;
  let valueMinor: number | null = null;
  if (!amount.ok) problems.set('amount', typed(amount.problem));
  else if (amount.minor === 0) problems.set('amount', typed('zero'));
  else {
    receivedMinor = amount.minor;
    const value = judged(() =>
      valueInAccountCurrency({ minor: receivedMinor, currency: draft.currency }, rates),
    );
    if ('problem' in value) problems.set('amount', value.problem);
    else valueMinor = value.value;
  }
  const texts = new Map<TenderField, string>();
  for (const field of tenderFields[draft.kind]) {
    const text = stripInvisible(draft.fields[field] ?? '').trim();
    const read = readField(field, text, draft.currency);
    const problem = typeof read === 'string' ? dateProblem(field, read, today) : read.problem;
    if (problem !== null) problems.set(field, problem);
    else if (typeof read === 'string') texts.set(field, read);
  }
  const worn = Number(texts.get('worn') ?? 0);
  if (worn > receivedMinor && !problems.has('worn') && amount.ok)
    problems.set('worn', rule({ code: 'tender.wornTooMuch', params: {} }));
  if (draft.kind === 'credit' && draft.accountId === null)
    problems.set('amount', rule({ code: 'account.notFound', params: {} }));
  return {
    id: draft.id,
    tender: problems.size === 0 ? tenderOf(draft, receivedMinor, texts) : null,
    valueMinor,
    problems,
    isEmpty:
      draft.amountText.trim() === '' && Object.values(draft.fields).every((text) => text.trim() === ''),
  };
}

function dateProblem(field: TenderField, date: string, today: string | null): FieldProblem | null {
  if (today === null || (field !== 'dueOn' && field !== 'sentOn' && field !== 'decisionOn')) return null;
  const judgement = judged(() => requireTenderDates({ [field]: date }, today));
  return 'problem' in judgement ? judgement.problem : null;
}

/** The field's own value as main wants it, or what is wrong with it. */
function readField(field: TenderField, text: string, currency: Currency): string | { problem: FieldProblem } {
  if (field === 'worn') {
    if (text === '') return '0';
    const worn = parseMoney(text, currency);
    return worn.ok ? String(worn.minor) : { problem: typed(worn.problem) };
  }
  if (text === '') return optional.includes(field) ? '' : { problem: typed('required') };
  if (holdsCardNumber(text)) return { problem: rule({ code: 'tender.cardNumber', params: {} }) };
  if (field === 'dueOn' || field === 'sentOn' || field === 'decisionOn')
    return readDate(text) ?? { problem: typed('notADate') };
  if (field === 'month') return readMonth(text) ?? { problem: typed('notAMonth') };
  if (field === 'bank') return isIn(banks, text) ? text : { problem: typed('notInList') };
  if (field === 'provider')
    return isIn([...providers, ...banks], text) ? text : { problem: typed('notInList') };
  return field === 'drawer' || field === 'sender' ? text : foldDigits(text);
}

function isIn(list: readonly { readonly ar: string }[], name: string): boolean {
  return list.some(({ ar }) => ar === name);
}

function tenderOf(
  draft: TenderDraft,
  receivedMinor: number,
  texts: ReadonlyMap<TenderField, string>,
): Tender {
  const text = (field: TenderField): string => texts.get(field) ?? '';
  const { kind, currency } = draft;
  switch (kind) {
    case 'cash':
      return { kind, currency, receivedMinor, wornMinor: Number(text('worn')) };
    case 'cheque':
      return {
        kind,
        currency,
        receivedMinor,
        bank: text('bank'),
        branch: text('branch'),
        chequeNumber: text('chequeNumber'),
        chequeAccount: text('chequeAccount'),
        drawer: text('drawer'),
        dueOn: text('dueOn'),
      };
    case 'card':
      return {
        kind,
        currency: 'ILS',
        receivedMinor,
        terminal: text('terminal'),
        approvalCode: text('approvalCode'),
      };
    case 'transfer':
      return {
        kind,
        currency,
        receivedMinor,
        provider: text('provider'),
        reference: text('reference'),
        sender: text('sender'),
        sentOn: text('sentOn'),
      };
    case 'entitlement':
      return {
        kind,
        currency: 'ILS',
        receivedMinor,
        employeeNumber: text('employeeNumber'),
        month: text('month'),
        letterNumber: text('letterNumber'),
      };
    case 'waiver':
      return {
        kind,
        currency: 'ILS',
        receivedMinor,
        decisionNumber: text('decisionNumber'),
        decisionOn: text('decisionOn'),
      };
    case 'credit':
      return { kind, currency: 'ILS', receivedMinor, accountId: draft.accountId ?? 0 };
  }
}

/**
 * The least of a currency that covers what remains; cash in notes and coins that there are.
 * @param remainingMinor agorot
 * @returns the text for the field; empty when nothing remains or there is no rate today
 */
export function proposedAmount(
  remainingMinor: number,
  kind: DraftKind,
  currency: Currency,
  rates: Rates,
  smallestCoinMinor: number,
): string {
  if (remainingMinor <= 0) return '';
  if (currency === accountCurrency) {
    const minor = kind === 'cash' ? cashFor(remainingMinor, smallestCoinMinor) : remainingMinor;
    return minor === 0 ? '' : toDecimal({ minor, currency });
  }
  const minor = leastWorth(remainingMinor, currency, kind === 'cash', rates);
  return minor === null ? '' : toDecimal({ minor, currency });
}

/** An amount rounded to the coin, as cash settles it; a half is the citizen's. Agorot. */
export function cashFor(minor: number, coinMinor: number): number {
  return Math.ceil((minor - Math.floor(coinMinor / 2)) / coinMinor) * coinMinor;
}

/** The least amount, in whole steps, whose value is not under `minor` agorot: the valuing rule turned round. */
function leastWorth(minor: number, currency: ForeignCurrency, isCash: boolean, rates: Rates): number | null {
  const rate = rates[currency];
  if (rate === undefined) return null;
  const step = isCash ? (denominations[currency].at(-1) ?? 1) : 1;
  const unit = BigInt(10 ** minorDigits[currency]) * BigInt(rateUnit / 100);
  const doubled = 2n * BigInt(rate) * BigInt(step);
  const steps = ((2n * BigInt(minor) - 1n) * unit + doubled - 1n) / doubled;
  const amount = steps * BigInt(step);
  return amount > BigInt(maxMinor) ? null : Number(amount);
}

export type Way = 'cashILS' | 'cashJOD' | 'cashUSD' | Exclude<DraftKind, 'cash'>;

/** How the way to pay is named: cash by its currency. */
export function wayOf({ kind, currency }: Pick<TenderDraft, 'kind' | 'currency'>): Way {
  return kind === 'cash' ? `cash${currency}` : kind;
}
