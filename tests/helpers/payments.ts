import { randomUUID } from 'node:crypto';
import type { Allocation } from '../../shared/domain/allocation.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import type { Rates } from '../../shared/domain/exchange.ts';
import { foreignCurrencies } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { planChange } from '../../shared/domain/payment.ts';
import type { ChequeTender, TransferTender } from '../../shared/domain/tender.ts';
import type { AccountView, Input, PaymentTaken } from '../../shared/ipc/contract.ts';
import type { TestCounter } from './counter.ts';
import { signIn } from './counter.ts';

export type PaymentInput = Input<'payments.take'>;
export type LineInput = PaymentInput['lines'][number];
export type TenderInput = PaymentInput['tenders'][number];

/** The smallest coin of a municipality that has set none. Agorot. */
const smallestCoinMinor = 10;

export type CashPayment = {
  readonly accountId: number;
  readonly allocations: readonly Allocation[];
  /** Agorot on the counter; exactly what is paid where nothing is said. */
  readonly receivedMinor?: number;
};

/** Bills of one account, paid in shekels over the counter; what is over goes back, to the nearest coin. */
export function cashPayment({ accountId, allocations, receivedMinor }: CashPayment): PaymentInput {
  const totalMinor = allocations.reduce((sum, { minor }) => sum + minor, 0);
  const inHandMinor = receivedMinor ?? totalMinor;
  const overMinor = Math.max(0, inHandMinor - totalMinor);
  return {
    requestId: randomUUID(),
    payer: { kind: 'account', accountId },
    lines: allocations.map(({ billId, minor }) => ({ kind: 'bill', accountId, billId, minor })),
    tenders: [shekels(inHandMinor)],
    change: [...planChange(overMinor, 'ILS', {}, smallestCoinMinor).change],
    changeCredit: null,
    rates: {},
    approvalId: null,
    book: null,
  };
}

/** The request that pays these bills in full with exactly that money, or with what is said. */
export function paymentOf(account: AccountView, bills = 1, receivedMinor?: number): PaymentInput {
  const allocations = account.openBills
    .slice(0, bills)
    .map((bill) => ({ billId: bill.id, minor: outstandingMinor(bill) }));
  return cashPayment({
    accountId: account.id,
    allocations,
    ...(receivedMinor === undefined ? {} : { receivedMinor }),
  });
}

export function shekels(receivedMinor: number): TenderInput {
  return cash('ILS', receivedMinor);
}

export function cash(currency: Currency, receivedMinor: number, wornMinor = 0): TenderInput {
  return { kind: 'cash', currency, receivedMinor, wornMinor };
}

export function card(receivedMinor: number, approvalCode = 'A-1027'): TenderInput {
  return { kind: 'card', currency: 'ILS', receivedMinor, terminal: 'T-03', approvalCode };
}

export function cheque(receivedMinor: number, edit: Partial<ChequeTender> = {}): TenderInput {
  return {
    kind: 'cheque',
    currency: 'ILS',
    receivedMinor,
    bank: 'بنك فلسطين',
    branch: 'خان يونس',
    chequeNumber: '000417',
    chequeAccount: '1203345',
    drawer: 'سعيد الأسطل',
    dueOn: '2097-01-15',
    ...edit,
  };
}

export function transfer(receivedMinor: number, edit: Partial<TransferTender> = {}): TenderInput {
  return {
    kind: 'transfer',
    currency: 'ILS',
    receivedMinor,
    provider: 'جوال باي',
    reference: 'JP 20417 AB',
    sender: 'سعيد الأسطل',
    sentOn: '2026-11-20',
    ...edit,
  };
}

/** The first bill's line, as paymentOf made it. */
export function firstBillLine(request: PaymentInput): Extract<LineInput, { kind: 'bill' }> {
  const [line] = request.lines;
  if (line?.kind !== 'bill') throw new Error('no bill is paid first');
  return line;
}

/** What the lines come to, in agorot. */
export function totalOf({ lines }: PaymentInput): number {
  return lines.reduce(
    (sum, line) => sum + (line.kind === 'fee' ? line.quantity * line.unitMinor : line.minor),
    0,
  );
}

/** The payer's account after the payment. */
export function accountAfter({ account }: PaymentTaken): AccountView {
  if (account === null) throw new Error('the payer is not registered');
  return account;
}

/** The supervisor sets the day's rates and leaves; ten-thousandths of a shekel. */
export async function setRates(till: TestCounter, rates: Rates): Promise<void> {
  await signIn(till, 'huda');
  await till.call('rates.set', {
    rates: foreignCurrencies.flatMap((currency) => {
      const rate = rates[currency];
      return rate === undefined ? [] : [{ currency, rate }];
    }),
    isSure: true,
  });
  await till.call('session.signOut', {});
}
