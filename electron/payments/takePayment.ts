import { hash } from 'node:crypto';
import type { Bill } from '../../shared/domain/bill.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { Rates } from '../../shared/domain/exchange.ts';
import { foreignCurrencies } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { PaymentDecision, PaymentOffer } from '../../shared/domain/payment.ts';
import { decidePayment, lineMinor } from '../../shared/domain/payment.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import { receiptNumber } from '../../shared/domain/receipt.ts';
import { datesOf, holdsCardNumber, requireTenderDates } from '../../shared/domain/tender.ts';
import { refuse } from '../../shared/errors.ts';
import type { ParsedInput, Person } from '../../shared/ipc/contract.ts';
import { spendApproval } from '../approvals/approvals.ts';
import { listOpenBills } from '../accounts/openBills.ts';
import { requireLeaf } from '../books/books.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import type { TillKey } from '../journal/tillKey.ts';
import { insertOriginal } from '../printing/printJobs.ts';
import { moveCash } from '../shifts/drawerCash.ts';
import { getSellingShift } from '../shifts/shifts.ts';
import { actorOf } from '../users/users.ts';
import type { PayingAccount } from './payingAccounts.ts';
import { getPayingAccount, moveCredit } from './payingAccounts.ts';
import {
  detailsOf,
  frozenRate,
  insertLines,
  insertMoney,
  insertPayment,
  registerTenders,
} from './paymentRows.ts';
import { readRates } from './rates.ts';
import { beginReceiptQr, payerOf, receiptContent } from './receiptContent.ts';

export type PaymentRequest = ParsedInput<'payments.take'>;

export type PaymentContext = {
  readonly journal: Journal;
  readonly key: TillKey;
  readonly isDemonstration: boolean;
  readonly smallestCoinMinor: number;
  /** Names printed on top; read once and again when the settings change. */
  readonly letterhead: Pick<ReceiptContent, 'municipality' | 'centre'>;
  readonly atMs: number;
};

export type Taken = {
  readonly paymentId: number;
  readonly shiftId: number;
  readonly printJobId: number;
  readonly receipt: ReceiptContent;
  readonly wasAlreadyTaken: boolean;
};

/**
 * Takes a payment, wholly or not at all, once for each request id: bills, credit, tenders, registers, drawer, number,
 * print job, journal and outbox in the caller's one transaction.
 * Everything in a shift belongs to the shift's business date and to its till's series of numbers; what people wrote on a
 * cheque, a transfer or a leaf is judged by the calendar.
 * @throws Refusal those of getSellingShift, account.notFound, service.notFound, service.priceFixed, request.reused, rate.changed,
 *   tender.needsAccount, tender.dueInPast, tender.dateInFuture, cheque.repeated, transfer.repeated, change.notInDrawer,
 *   those of spendApproval for a waiver, of requireLeaf for one from a paper book, and all of decidePayment's
 */
export function takePayment(tx: Tx, request: PaymentRequest, person: Person, context: PaymentContext): Taken {
  const digest = digestOf(request, person);
  const before = findTaken(tx, request.requestId);
  if (before !== null) {
    if (before.digest !== digest) throw refuse('request.reused');
    return { ...before.taken, wasAlreadyTaken: true };
  }
  const shift = getSellingShift(tx, person.id, context.atMs);
  if (request.payer.kind === 'occasional' && holdsCardNumber(request.payer.name))
    throw refuse('tender.cardNumber');
  const accounts = new Map(accountIdsOf(request).map((id) => [id, getPayingAccount(tx, id)]));
  const bills = [...accounts.keys()].flatMap((id) => listOpenBills(tx, id));
  const services = readServices(tx, request);
  requireKnownBills(tx, request, bills);
  // What comes to nothing later needs somebody to owe it again.
  if (
    request.payer.kind !== 'account' &&
    request.tenders.some(({ kind }) => kind === 'cheque' || kind === 'transfer')
  )
    throw refuse('tender.needsAccount');
  const date = shift.businessDate;
  const today = businessDate(context.atMs);
  for (const tender of request.tenders) requireTenderDates(datesOf(tender), today);
  const rates = ratesUsed(request, readRates(tx, date));
  const decision = decidePayment(request, {
    bills,
    creditMinor: new Map([...accounts].map(([id, { creditMinor }]) => [id, creditMinor])),
    rates,
    smallestCoinMinor: context.smallestCoinMinor,
  });
  const waivedBy = spendWaiverApproval(tx, request, person, context.atMs);
  const leaf = request.book === null ? null : requireLeaf(tx, request.book, today);
  const { year, sequence, number } =
    leaf === null
      ? takeNumber(tx, shift.till, Number(date.slice(0, 4)))
      : { year: Number(leaf.writtenOn.slice(0, 4)), sequence: leaf.leaf, number: leaf.number };
  const payer = payerOf(request, accounts);
  const qr = beginReceiptQr(context, {
    number,
    totalMinor: decision.totalMinor,
    accountNumber: payer.account?.number ?? '',
  });

  settleBills(tx, request, bills);
  const creditMoves = moveCredits(tx, request);
  moveDrawer(tx, shift.id, decision);
  const by = { userId: person.id, atMs: context.atMs };
  const paymentId = insertPayment(tx, {
    requestId: request.requestId,
    digest,
    till: shift.till,
    year,
    sequence,
    number,
    bookId: leaf?.bookId ?? null,
    writtenOn: leaf?.writtenOn ?? null,
    writtenBy: leaf?.writtenBy.id ?? null,
    shiftId: shift.id,
    accountId: payer.account?.id ?? null,
    payerName: payer.name,
    businessDate: date,
    totalMinor: decision.totalMinor,
    roundingMinor: decision.roundingMinor,
    ...by,
  });
  const receipt = receiptContent({
    request,
    decision,
    rates,
    accounts,
    bills,
    services,
    creditAfterMinor: creditAfter(accounts, creditMoves),
    person,
    waivedBy,
    leaf,
    context,
    till: shift.till,
    number,
    businessDate: date,
    qr,
  });
  const content = Buffer.from(canonicalJson(receipt), 'utf8');
  const printJobId = insertOriginal(tx, { document: 'receipt', paymentId, title: number, content, ...by });
  const writeEntry = context.journal.begin(tx, {
    act: 'payment.taken',
    actor: actorOf(person),
    atMs: context.atMs,
    body: {
      paymentId,
      requestId: request.requestId,
      receiptNumber: number,
      till: shift.till,
      businessDate: date,
      year,
      receiptSequence: sequence,
      book:
        leaf === null
          ? null
          : { bookId: leaf.bookId, code: leaf.code, writtenOn: leaf.writtenOn, writtenBy: leaf.writtenBy.id },
      shiftId: shift.id,
      accountId: payer.account?.id ?? null,
      accountNumber: payer.account?.number ?? null,
      payer: payer.name,
      currency: receipt.currency,
      totalMinor: decision.totalMinor,
      roundingMinor: decision.roundingMinor,
      tenders: decision.tenders.map(({ tender, valueMinor }) => ({
        kind: tender.kind,
        currency: tender.currency,
        receivedMinor: tender.receivedMinor,
        valueMinor,
        rate: frozenRate(tender.currency, rates),
        wornMinor: tender.kind === 'cash' ? tender.wornMinor : 0,
        details: detailsOf(tender),
      })),
      change: decision.change.map(({ currency, minor, valueMinor }) => ({
        currency,
        minor,
        valueMinor,
        rate: frozenRate(currency, rates),
      })),
      lines: journalLines(request, payer.account?.id ?? null),
      approvalId: request.approvalId,
      approvedBy: waivedBy?.login ?? null,
      remainingMinor: receipt.remainingMinor,
      printJobId,
      receiptSha256: hash('sha256', content),
    },
  });
  insertLines(tx, paymentId, payer.account?.id ?? null, request.lines, request.changeCredit);
  insertMoney(tx, paymentId, decision, rates);
  registerTenders(tx, paymentId, decision.tenders, by);
  writeEntry();
  return { paymentId, shiftId: shift.id, printJobId, receipt, wasAlreadyTaken: false };
}

/** One intent has one digest: the same id with other contents is another intent. */
function digestOf({ requestId: _, ...contents }: PaymentRequest, person: Person): string {
  return hash('sha256', canonicalJson({ ...contents, userId: person.id }));
}

function findTaken(
  tx: Tx,
  requestId: string,
): { digest: string; taken: Omit<Taken, 'wasAlreadyTaken'> } | null {
  const row = prepared<Omit<Taken, 'receipt' | 'wasAlreadyTaken'> & { digest: string; content: string }>(
    tx,
    `SELECT p.id AS paymentId, p.shift_id AS shiftId, p.request_digest AS digest, j.id AS printJobId, j.content
       FROM payments p JOIN print_jobs j ON j.payment_id = p.id AND j.document = 'receipt' AND j.copy_number = 0
      WHERE p.request_id = ?`,
  ).get(requestId);
  if (row === undefined) return null;
  const { digest, content, ...ids } = row;
  return { digest, taken: { ...ids, receipt: JSON.parse(content) as ReceiptContent } };
}

/** Every account that the request speaks of, the payer's first. */
function accountIdsOf({ payer, lines, tenders, changeCredit }: PaymentRequest): number[] {
  return [
    ...new Set([
      ...(payer.kind === 'account' ? [payer.accountId] : []),
      ...lines.flatMap((line) => (line.kind === 'fee' ? [] : [line.accountId])),
      ...tenders.flatMap((tender) => (tender.kind === 'credit' ? [tender.accountId] : [])),
      ...(changeCredit === null ? [] : [changeCredit.accountId]),
    ]),
  ];
}

/**
 * The names of the fees' services.
 * @throws Refusal service.notFound for one that is not sold over the counter, service.priceFixed for another price
 */
function readServices(tx: Tx, { lines }: PaymentRequest): Map<string, { ar: string; en: string }> {
  const services = new Map<string, { ar: string; en: string }>();
  for (const line of lines) {
    if (line.kind !== 'fee') continue;
    const service = prepared<{ ar: string; en: string; priceMinor: number | null }>(
      tx,
      `SELECT name_ar AS ar, name_en AS en, price_minor AS priceMinor FROM services
        WHERE code = ? AND nature <> 'billed'`,
    ).get(line.serviceCode);
    if (service === undefined) throw refuse('service.notFound');
    const { priceMinor, ...names } = service;
    if (priceMinor !== null && priceMinor !== line.unitMinor)
      throw refuse('service.priceFixed', { priceMinor });
    services.set(line.serviceCode, names);
  }
  return services;
}

/** A waiver needs another person's word for this very payment. @throws Refusal approval.missing and the like */
function spendWaiverApproval(
  tx: Tx,
  { requestId, payer, lines, tenders, approvalId }: PaymentRequest,
  requester: Person,
  atMs: number,
): Person | null {
  if (!tenders.some(({ kind }) => kind === 'waiver')) return null;
  if (approvalId === null) throw refuse('approval.missing');
  const act = { kind: 'payment.waiver', contents: { requestId, payer, lines, tenders } } as const;
  return spendApproval(tx, approvalId, act, { requester, atMs });
}

/** The day's rates, of the currencies in this payment only. @throws Refusal rate.changed since the cashier saw them */
function ratesUsed({ tenders, change, rates: seen }: PaymentRequest, today: Rates): Rates {
  const used = new Set([...tenders, ...change].map(({ currency }) => currency));
  for (const currency of foreignCurrencies)
    if (used.has(currency) && today[currency] !== undefined && seen[currency] !== today[currency])
      throw refuse('rate.changed', { currency });
  return today;
}

/** A bill that was paid meanwhile is told apart from one that never was on this account. */
function requireKnownBills(tx: Tx, { lines }: PaymentRequest, open: readonly Bill[]): void {
  const openKeys = new Set(open.map(({ accountId, id }) => `${accountId}/${id}`));
  for (const line of lines) {
    if (line.kind !== 'bill' || openKeys.has(`${line.accountId}/${line.billId}`)) continue;
    const paid = prepared<{ number: string }>(
      tx,
      'SELECT number FROM bills WHERE account_id = ? AND id = ?',
    ).get(line.accountId, line.billId);
    if (paid !== undefined) throw refuse('bill.changed', { number: paid.number });
  }
}

function settleBills(tx: Tx, { lines }: PaymentRequest, bills: readonly Bill[]): void {
  const paid = new Map(bills.map((bill) => [`${bill.accountId}/${bill.id}`, bill.paidMinor]));
  const update = prepared(
    tx,
    'UPDATE bills SET paid_minor = paid_minor + ? WHERE account_id = ? AND id = ? AND paid_minor = ?',
  );
  for (const line of lines) {
    if (line.kind !== 'bill') continue;
    const { accountId, billId, minor } = line;
    const { changes } = update.run(minor, accountId, billId, paid.get(`${accountId}/${billId}`));
    if (changes !== 1) throw new Error(`bill ${billId} moved inside the transaction`);
  }
}

/** Advances and change that was not given are credit from now on; credit that was paid with is gone. */
function moveCredits(tx: Tx, { lines, tenders, changeCredit }: PaymentOffer): Map<number, number> {
  const moves = new Map<number, number>();
  const move = (accountId: number, minor: number): void =>
    void moves.set(accountId, (moves.get(accountId) ?? 0) + minor);
  for (const line of lines) if (line.kind === 'advance') move(line.accountId, line.minor);
  for (const tender of tenders) if (tender.kind === 'credit') move(tender.accountId, -tender.receivedMinor);
  if (changeCredit !== null) move(changeCredit.accountId, changeCredit.minor);
  for (const [accountId, minor] of moves) moveCredit(tx, accountId, minor);
  return moves;
}

function creditAfter(
  accounts: ReadonlyMap<number, PayingAccount>,
  moves: ReadonlyMap<number, number>,
): number {
  return [...accounts.values()].reduce(
    (sum, { id, creditMinor }) => sum + creditMinor + (moves.get(id) ?? 0),
    0,
  );
}

/** What comes in and what goes out at once: a note that was just received can be given on. */
function moveDrawer(tx: Tx, shiftId: number, { tenders, change }: PaymentDecision): void {
  const moves = new Map<Currency, number>();
  for (const { tender } of tenders)
    if (tender.kind === 'cash')
      moves.set(tender.currency, (moves.get(tender.currency) ?? 0) + tender.receivedMinor);
  for (const { currency, minor } of change) moves.set(currency, (moves.get(currency) ?? 0) - minor);
  for (const [currency, minor] of moves) moveCash(tx, shiftId, currency, minor);
}

/** Takes the next number of the till's series for the year: a rollback gives it back, so there is never a gap. */
function takeNumber(tx: Tx, till: string, year: number): { year: number; sequence: number; number: string } {
  const before = prepared<{ sequence: number }>(
    tx,
    'SELECT last_sequence AS sequence FROM receipt_series WHERE till_code = ? AND year = ?',
  ).get(till, year);
  const sequence = (before?.sequence ?? 0) + 1;
  prepared(
    tx,
    before === undefined
      ? 'INSERT INTO receipt_series (last_sequence, till_code, year) VALUES (?, ?, ?)'
      : 'UPDATE receipt_series SET last_sequence = ? WHERE till_code = ? AND year = ?',
  ).run(sequence, till, year);
  return { year, sequence, number: receiptNumber(till, year, sequence) };
}

/** What was paid for, as the journal keeps it: exactly the rows of payment_lines. */
function journalLines({ lines, changeCredit }: PaymentOffer, payerAccountId: number | null) {
  return [
    ...lines.map((line) => ({
      ...(line.kind === 'fee' && payerAccountId !== null ? { accountId: payerAccountId } : {}),
      ...line,
      minor: lineMinor(line),
    })),
    ...(changeCredit === null ? [] : [{ kind: 'changeCredit', ...changeCredit }]),
  ];
}
