import { outstandingMinor } from '../../shared/domain/bill.ts';
import { offsetMinutesAt } from '../../shared/domain/dates.ts';
import type { Rates } from '../../shared/domain/exchange.ts';
import { accountCurrency } from '../../shared/domain/exchange.ts';
import type { PaymentDecision, PaymentLine } from '../../shared/domain/payment.ts';
import { lineMinor } from '../../shared/domain/payment.ts';
import type { ReceiptContent, ReceiptLine } from '../../shared/domain/receipt.ts';
import { receiptQrText } from '../../shared/domain/receiptQr.ts';
import { receiptWords } from '../../shared/domain/words.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { BookLeaf } from '../books/books.ts';
import type { OpenBill } from '../accounts/openBills.ts';
import type { PayingAccount } from './payingAccounts.ts';
import { frozenRate } from './paymentRows.ts';
import type { PaymentContext, PaymentRequest } from './takePayment.ts';

export type ReceiptParts = {
  readonly request: PaymentRequest;
  readonly decision: PaymentDecision;
  readonly rates: Rates;
  readonly accounts: ReadonlyMap<number, PayingAccount>;
  readonly bills: readonly OpenBill[];
  readonly services: ReadonlyMap<string, { readonly ar: string; readonly en: string }>;
  readonly creditAfterMinor: number;
  readonly person: Person;
  readonly waivedBy: Person | null;
  readonly leaf: BookLeaf | null;
  readonly context: PaymentContext;
  readonly till: string;
  readonly number: string;
  readonly businessDate: string;
  /** Waits for the text of the receipt's code: beginReceiptQr. */
  readonly qr: () => string;
};

/** Everything the receipt will ever say, with its signed QR: frozen before anything is drawn. */
export function receiptContent(parts: ReceiptParts): ReceiptContent {
  const { request, decision, rates, accounts, person, context, number, businessDate } = parts;
  const payer = payerOf(request, accounts);
  const credit = request.changeCredit;
  return {
    version: 1,
    number,
    ...context.letterhead,
    till: parts.till,
    atMs: context.atMs,
    businessDate,
    offsetMinutes: offsetMinutesAt(context.atMs),
    payer: { name: payer.name, identityNumber: payer.identityNumber },
    account:
      payer.account === null
        ? null
        : {
            number: payer.account.number,
            category: payer.account.category,
            address: [payer.account.quarter, payer.account.address].filter((part) => part !== '').join('، '),
          },
    lines: request.lines.map((line) => receiptLine(line, parts)),
    currency: accountCurrency,
    totalMinor: decision.totalMinor,
    amountInWords: receiptWords({ minor: decision.totalMinor, currency: accountCurrency }),
    tenders: decision.tenders.map(({ tender, valueMinor }) => ({
      ...tender,
      valueMinor,
      rate: frozenRate(tender.currency, rates),
      creditOf: tender.kind === 'credit' ? accountOf(accounts, tender.accountId).number : null,
    })),
    change: decision.change.map((given) => ({ ...given, rate: frozenRate(given.currency, rates) })),
    changeCredit:
      credit === null
        ? null
        : { accountNumber: accountOf(accounts, credit.accountId).number, minor: credit.minor },
    roundingMinor: decision.roundingMinor,
    remainingMinor: accounts.size === 0 ? null : remainingMinor(parts),
    creditMinor: parts.creditAfterMinor,
    book:
      parts.leaf === null
        ? null
        : {
            code: parts.leaf.code,
            leaf: parts.leaf.leaf,
            writtenOn: parts.leaf.writtenOn,
            writtenBy: { ar: parts.leaf.writtenBy.nameAr, en: parts.leaf.writtenBy.nameEn },
          },
    waivedBy: parts.waivedBy === null ? null : { ar: parts.waivedBy.nameAr, en: parts.waivedBy.nameEn },
    undone: null,
    cashier: { ar: person.nameAr, en: person.nameEn },
    isDemonstration: context.isDemonstration,
    qr: parts.qr(),
  };
}

/** Who pays, as the receipt names them. */
export function payerOf(
  { payer }: PaymentRequest,
  accounts: ReadonlyMap<number, PayingAccount>,
): { name: string; identityNumber: string | null; account: PayingAccount | null } {
  if (payer.kind === 'occasional')
    return { name: payer.name, identityNumber: payer.identityNumber, account: null };
  const account = accountOf(accounts, payer.accountId);
  return { name: account.name, identityNumber: account.identityNumber, account };
}

function accountOf(accounts: ReadonlyMap<number, PayingAccount>, id: number): PayingAccount {
  const account = accounts.get(id);
  if (account === undefined) throw new Error(`account ${id} was not read`);
  return account;
}

function receiptLine(line: PaymentLine, { accounts, bills, services }: ReceiptParts): ReceiptLine {
  const paidMinor = lineMinor(line);
  if (line.kind === 'fee') {
    const service = services.get(line.serviceCode);
    if (service === undefined) throw new Error(`service ${line.serviceCode} was not read`);
    const { quantity, unitMinor, note } = line;
    return { kind: 'fee', service, quantity, unitMinor, note, paidMinor };
  }
  const { number, name } = accountOf(accounts, line.accountId);
  if (line.kind === 'advance') return { kind: 'advance', account: { number, name }, paidMinor };
  const bill = bills.find(({ accountId, id }) => accountId === line.accountId && id === line.billId);
  if (bill === undefined) throw new Error(`bill ${line.billId} was decided on but not read`);
  return {
    kind: bill.kind,
    account: { number, name },
    billNumber: bill.number,
    service: { ar: bill.serviceAr, en: bill.serviceEn },
    period: bill.period,
    paidMinor,
    leftMinor: outstandingMinor(bill) - paidMinor,
  };
}

/** What all the accounts of this receipt owe after it. */
function remainingMinor({ request, bills }: ReceiptParts): number {
  const owed = bills.reduce((sum, bill) => sum + outstandingMinor(bill), 0);
  const paid = request.lines.reduce((sum, line) => sum + (line.kind === 'bill' ? line.minor : 0), 0);
  return owed - paid;
}

/** Begins the code's signature, while the payment is written; what it returns is the code's text (docs/receipt-qr.md). */
export function beginReceiptQr(
  { journal, key, atMs }: PaymentContext,
  of: { readonly number: string; readonly totalMinor: number; readonly accountNumber: string },
): () => string {
  const signed = receiptQrText({
    ...of,
    keyId: key.keyId,
    atMs,
    currency: accountCurrency,
    link: journal.head().hash.slice(0, 16),
  });
  const signature = key.sign(Buffer.from(signed, 'utf8'));
  return () => `${signed}|${signature().toString('base64url')}`;
}
