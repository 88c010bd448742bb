import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CashAmount } from '../../shared/domain/counting.ts';
import { amountsOf, without } from '../../shared/domain/counting.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import { valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { AccountView, DayView, ZReport } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
} from '../helpers/counter.ts';
import { closing, explainAll, inNotes, openShift, roundPayment, witness } from '../helpers/days.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { accountAfter, cash, cheque, paymentOf, setRates, totalOf } from '../helpers/payments.ts';
import { closingOf, countDrawer, linesFor } from '../helpers/shifts.ts';

const dayMs = 24 * 60 * 60_000;
const firstNoon = Date.parse('2026-11-24T10:00:00Z');
const rates = { JOD: 52_345 };
const floatMinor = 20_000;

let municipality: string;
beforeAll(async () => {
  municipality = await makeMunicipality();
});
afterAll(() => removeFolder(municipality));

const anyShift = fc.record({
  login: fc.constantFrom('amal', 'yousef'),
  bills: fc.integer({ min: 0, max: 2 }),
  dinars: fc.constantFrom(0, 1000, 5000),
  hasCheque: fc.boolean(),
  isUndone: fc.boolean(),
  paidInMinor: fc.constantFrom(0, 5000),
  differenceMinor: fc.constantFrom(0, 0, -1000, 500),
  leftMinor: fc.constantFrom(0, 3000),
  /** What a second count finds besides; null: it is not sent back. */
  recountMinor: fc.constantFrom(null, null, 1000, -1000),
});
const anyDay = fc.record({
  shifts: fc.array(anyShift, { minLength: 1, maxLength: 3 }),
  deposit: fc.constantFrom('none', 'sent', 'cancelled'),
  isAfterClose: fc.boolean(),
});
type Shift = typeof anyShift extends fc.Arbitrary<infer T> ? T : never;
type Day = typeof anyDay extends fc.Arbitrary<infer T> ? T : never;

/** What the test itself knows to be true, kept apart from everything that the program adds up. */
type Ledger = {
  readonly safe: Map<Currency, number>;
  readonly deposited: Map<Currency, number>;
  /** All that ever went into the safe. */
  readonly put: Map<Currency, number>;
  receiptsMinor: number;
  cheques: number;
};

function add(sums: Map<Currency, number>, currency: Currency, minor: number): void {
  sums.set(currency, (sums.get(currency) ?? 0) + minor);
}

function sumsOf(amounts: readonly CashAmount[]): Map<Currency, number> {
  const sums = new Map<Currency, number>();
  for (const { currency, minor } of amounts) add(sums, currency, minor);
  return nonZero(sums);
}

function nonZero(sums: ReadonlyMap<Currency, number>): Map<Currency, number> {
  return new Map([...sums].filter(([, minor]) => minor !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function payInto(ledger: Ledger, amounts: readonly CashAmount[], sign = 1): void {
  for (const { currency, minor } of amounts) {
    add(ledger.safe, currency, sign * minor);
    add(ledger.put, currency, sign * minor);
  }
}

function dinars(account: AccountView, minor: number): PaymentInput {
  const value = valueInAccountCurrency({ currency: 'JOD', minor }, rates);
  return {
    ...paymentOf(account),
    lines: [{ kind: 'advance', accountId: account.id, minor: value }],
    tenders: [cash('JOD', minor)],
    change: [],
    rates,
  };
}

/** Works through one shift. @returns its report, and what this test expected in the drawer */
async function work(till: TestCounter, plan: Shift, ledger: Ledger, mark: string): Promise<ZReport> {
  await openShift(till, plan.login, floatMinor);
  const drawer = new Map<Currency, number>([['ILS', floatMinor]]);
  let account = await accountWithBills(till, 1);
  const requests: PaymentInput[] = [];
  const pay = async (request: PaymentInput): Promise<number> => {
    const taken = await till.call('payments.take', request);
    account = accountAfter(taken);
    ledger.receiptsMinor += totalOf(request);
    requests.push(request);
    for (const tender of request.tenders)
      if (tender.kind === 'cash') add(drawer, tender.currency, tender.receivedMinor);
    for (const { currency, minor } of request.change) add(drawer, currency, -minor);
    return taken.paymentId;
  };
  let last: number | null = null;
  for (let paid = 0; paid < plan.bills; paid += 1) {
    account = await accountWithBills(till, 1);
    last = await pay(roundPayment(account));
  }
  if (plan.isUndone && last !== null) {
    const undo = { paymentId: last, reason: 'wrongAmount', explanation: 'كُتب المبلغ خطأ' } as const;
    const act = { kind: 'payment.undo', contents: undo } as const;
    const { approvalId } = await till.call('approvals.grant', { act, ...witness('huda') });
    await till.call('payments.undo', { requestId: randomUUID(), undo, approvalId });
    const request = requests.at(-1);
    for (const tender of request?.tenders ?? [])
      if (tender.kind === 'cash') add(drawer, tender.currency, -tender.receivedMinor);
    for (const { currency, minor } of request?.change ?? []) add(drawer, currency, minor);
  }
  if (plan.dinars > 0) await pay(dinars(account, plan.dinars));
  if (plan.hasCheque) {
    const request = dinars(account, 1000);
    const tender = cheque(20_000, { chequeNumber: `Q${mark}`, dueOn: today });
    await pay({
      ...request,
      lines: [{ kind: 'advance', accountId: account.id, minor: 20_000 }],
      tenders: [tender],
    });
    ledger.cheques += 1;
  }
  if (plan.paidInMinor > 0) {
    const lines = inNotes(plan.paidInMinor);
    const input = { requestId: randomUUID(), lines, bagNumber: 'B-1', note: '', receiver: witness('huda') };
    await till.call('custody.payIn', input);
    add(drawer, 'ILS', -plan.paidInMinor);
    payInto(ledger, amountsOf(lines));
  }
  const found = [...drawer].flatMap(([currency, minor]) =>
    linesFor(currency, minor + (currency === 'ILS' ? plan.differenceMinor : 0)),
  );
  const count = await countDrawer(till, found);
  const left = found.filter(({ denominationMinor }) => denominationMinor === 1000).slice(0, 1);
  const stays = plan.leftMinor === 0 ? [] : left;
  const { report } = await till.call('shifts.close', closingOf(count, stays));
  for (const { currency, countedMinor, expectedMinor, differenceMinor } of report.figures.count?.results ??
    []) {
    expect(expectedMinor).toBe(drawer.get(currency) ?? 0);
    expect(differenceMinor).toBe(countedMinor - expectedMinor);
  }
  payInto(ledger, amountsOf(without(found, stays) ?? []));
  return report;
}

let today = '';

/** The supervisor sends it back, and its cashier finds so much more or less. */
async function recount(till: TestCounter, report: ZReport, plan: Shift, ledger: Ledger): Promise<void> {
  if (plan.recountMinor === null) return;
  const toSafe = report.figures.count?.toSafe ?? [];
  const shekels = toSafe.find(({ currency }) => currency === 'ILS')?.minor ?? 0;
  if (shekels + plan.recountMinor < 0) return;
  const input = { requestId: randomUUID(), shiftId: report.shiftId, reason: 'للتأكد من الفرق' };
  const day = await till.call('days.returnShift', input);
  const shift = day.shifts.find(({ shiftId }) => shiftId === report.shiftId);
  const returnedId = shift?.returns.at(-1)?.id ?? 0;
  const { papers } = await till.call('days.recountSheet', { returnedId });
  const found = toSafe.flatMap(({ currency, minor }) =>
    linesFor(currency, minor + (currency === 'ILS' ? (plan.recountMinor ?? 0) : 0)),
  );
  const { outcome } = await till.call('days.recount', {
    requestId: randomUUID(),
    returnedId,
    lines: toSafe.some(({ currency }) => currency === 'ILS')
      ? found
      : [...found, ...inNotes(plan.recountMinor)],
    papers: papers.map(({ paymentId, line }) => ({ paymentId, line, isPresent: true })),
    isSure: true,
    counter: witness(plan.login),
  });
  for (const { currency, differenceMinor } of outcome.results)
    if (differenceMinor !== 0)
      await till.call('days.explain', {
        requestId: randomUUID(),
        countId: outcome.id,
        currency,
        text: 'عددت من جديد',
        cashier: witness(plan.login),
      });
  payInto(ledger, [{ currency: 'ILS', minor: plan.recountMinor }]);
}

/** Everything of shekels in the safe and every cheque goes to the bank; or comes back before it left. */
async function deposit(till: TestCounter, plan: Day['deposit'], ledger: Ledger): Promise<void> {
  const { lines, cheques, accounts } = await till.call('deposits.sheet', {});
  const accountId = accounts.find(({ currency, isActive }) => currency === 'ILS' && isActive)?.id ?? 0;
  const shekels = lines.filter(({ currency, quantity }) => currency === 'ILS' && quantity > 0);
  if (plan === 'none' || shekels.length + cheques.length === 0) return;
  const chequeIds = cheques.map(({ id }) => id);
  const [made] = await till.call('deposits.prepare', {
    requestId: randomUUID(),
    parts: [{ bankAccountId: accountId, slipNumber: '', bagNumber: '', cash: shekels, chequeIds }],
    second: witness('yousef'),
  });
  const move = { requestId: randomUUID(), depositId: made?.id ?? 0, note: 'كما اتفق' };
  await till.call('deposits.move', { ...move, to: plan === 'sent' ? 'deposited' : 'cancelled' });
  if (plan === 'cancelled') return;
  for (const { currency, minor } of amountsOf(shekels)) {
    add(ledger.safe, currency, -minor);
    add(ledger.deposited, currency, minor);
  }
  ledger.cheques -= chequeIds.length;
}

async function live(days: readonly Day[]): Promise<void> {
  let now = firstNoon;
  const till = startCounter({ folder: copyFolder(municipality), clock: () => now });
  const ledger: Ledger = {
    safe: new Map(),
    deposited: new Map(),
    put: new Map(),
    receiptsMinor: 0,
    cheques: 0,
  };
  let before: DayView['figures']['safe']['after'] = [];
  let perpetual = 0;
  for (const [index, plan] of days.entries()) {
    today = businessDate(now);
    await setRates(till, rates);
    const already = ledger.receiptsMinor;
    const reports: ZReport[] = [];
    for (const [at, shift] of plan.shifts.entries())
      reports.push(await work(till, shift, ledger, `${index}-${at}`));
    await signIn(till, 'huda');
    for (const [at, shift] of plan.shifts.entries()) {
      const report = reports[at];
      if (report !== undefined) await recount(till, report, shift, ledger);
    }
    if (!plan.isAfterClose) await deposit(till, plan.deposit, ledger);
    await explainAll(till, today);
    const { day } = await till.call('days.close', await closing(till, today));

    const { figures } = day;
    const ofShifts = reports.reduce((sum, report) => sum + report.figures.receiptsMinor, 0);
    expect(figures.receipts.minor).toBe(ofShifts);
    expect(figures.receipts.minor).toBe(ledger.receiptsMinor - already);
    expect(figures.safe.before).toEqual(before);
    expect(sumsOf(figures.safe.after)).toEqual(nonZero(ledger.safe));
    for (const { countedMinor, expectedMinor, differenceMinor } of figures.results)
      expect(differenceMinor).toBe(countedMinor - expectedMinor);
    perpetual += ofShifts;
    expect(reports.at(-1)?.figures.perpetual?.minor).toBe(perpetual);
    before = figures.safe.after;
    if (plan.isAfterClose) await deposit(till, plan.deposit, ledger);
    now += dayMs;
  }
  // All that went into the safe is at the bank or still there, by amount and by note.
  const { amounts, lines } = await till.call('custody.safe', {});
  expect(sumsOf(amounts)).toEqual(nonZero(ledger.safe));
  expect(sumsOf(amountsOf(lines))).toEqual(nonZero(ledger.safe));
  const everywhere = new Map(ledger.deposited);
  for (const { currency, minor } of amounts) add(everywhere, currency, minor);
  expect(nonZero(everywhere)).toEqual(nonZero(ledger.put));
  expect(await till.call('registers.cheques', { state: 'inHand', text: '' })).toHaveLength(ledger.cheques);
  expect((await till.call('audit.verify', {})).firstProblem).toBeNull();
  await till.close();
  removeFolder(till.folder);
}

test(
  'whatever a few days bring: each shift, the day, the deposits and the safe agree, and the journal says the same',
  { timeout: 120_000 },
  () =>
    fc.assert(fc.asyncProperty(fc.array(anyDay, { minLength: 2, maxLength: 3 }), live), {
      numRuns: Number(process.env['RUNS'] ?? 5),
    }),
);
