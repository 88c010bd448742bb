import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getAccountView } from '../../electron/accounts/openAccount.ts';
import { grantApproval } from '../../electron/approvals/approvals.ts';
import type { WriteDb } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { closeDatabase, openDatabase } from '../../electron/db/open.ts';
import { applyChange } from '../../electron/importing/applyChange.ts';
import { createBillComparison } from '../../electron/importing/compareBills.ts';
import type { BillRow } from '../../electron/importing/rows.ts';
import { createJournal } from '../../electron/journal/append.ts';
import { fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import { setRates } from '../../electron/payments/rates.ts';
import { takePayment } from '../../electron/payments/takePayment.ts';
import { undoPayment } from '../../electron/payments/undoPayment.ts';
import { moveCheque, settleTransfer } from '../../electron/registers/registers.ts';
import { closeShift } from '../../electron/shifts/closeShift.ts';
import { countDrawer, countSheet } from '../../electron/shifts/counts.ts';
import { openShiftWith } from '../../electron/shifts/openShift.ts';
import { getOwnShift } from '../../electron/shifts/shifts.ts';
import { findUserByLogin, personOf } from '../../electron/users/users.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import { affordable, valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import { planChange } from '../../shared/domain/payment.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { expectReportsToAgree } from '../helpers/reportsAgree.ts';
import { copyFolder, makeMunicipality, removeFolder } from '../helpers/counter.ts';
import type { PaymentInput, TenderInput } from '../helpers/payments.ts';
import { cash, cheque, transfer } from '../helpers/payments.ts';
import { closingOf, countedFrom, drawerOf, ils } from '../helpers/shifts.ts';

const rates = { JOD: 52_345, USD: 36_990 };
const accounts = 12;
const accountId = fc.integer({ min: 1, max: accounts });

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      payer: accountId,
      other: accountId,
      bills: fc.integer({ min: 0, max: 3 }),
      share: fc.constantFrom(1, 1, 0.37),
      advanceMinor: fc.constantFrom(0, 0, 777, 5000),
      fees: fc.integer({ min: 0, max: 2 }),
      ways: fc.array(fc.constantFrom('JOD', 'USD', 'cheque', 'transfer', 'credit', 'card'), { maxLength: 3 }),
      part: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      change: fc.constantFrom('ILS', 'JOD', 'USD', 'credit'),
      overMinor: fc.constantFrom(0, 3, 40, 4_960),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), nth: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cheque' as const),
      nth: fc.nat(10),
      to: fc.constantFrom('deposited', 'cleared', 'bounced', 'returned'),
      feeMinor: fc.constantFrom(null, 2_500),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('transfer' as const),
      nth: fc.nat(10),
      to: fc.constantFrom('matched', 'rejected'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('nextShift' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      account: accountId,
      nth: fc.nat(10),
      amountShare: fc.constantFrom(1, 1, 1.2, 0.95, 0.5),
      elsewhereShare: fc.constantFrom(undefined, undefined, 0, 0.3, 1),
    }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

let template: string;
beforeAll(async () => {
  template = await makeMunicipality(accounts);
});
afterAll(() => removeFolder(template));

function openTill(folder: string) {
  const { db } = openDatabase(
    { databaseFile: join(folder, 'sanduq.db'), keyFile: join(folder, 'till.key'), backupFolder: folder },
    () => undefined,
  );
  const key = loadTillKey(join(folder, 'till.key'), fileProtection);
  const journal = createJournal(db, key, 'KY01', Date.now);
  const person = (login: string): Person => {
    const user = findUserByLogin(db, login);
    if (user === null) throw new Error(`nobody called ${login}`);
    return personOf(user);
  };
  const [cashier, supervisor] = [person('amal'), person('huda')];
  const atMs = Date.now();
  const today = businessDate(atMs);
  const context = { journal, person: supervisor, businessDate: today, atMs };
  const done = { pay: 0, undo: 0, cheque: 0, transfer: 0, nextShift: 0, import: 0 };
  /** What the municipality said was paid elsewhere, by the bill's number; agorot. */
  const elsewhere = new Map(
    db
      .prepare<[], { number: string; minor: number }>('SELECT number, paid_minor AS minor FROM bills')
      .all()
      .map(({ number, minor }) => [number, minor]),
  );

  function openShift(): void {
    const opening = { requestId: randomUUID(), till: 'KY01', counts: ils([20_000, 10]), isSure: true };
    transact(db, (tx) => openShiftWith(tx, journal, opening, cashier, atMs));
  }
  transact(db, (tx) =>
    setRates(
      tx,
      journal,
      {
        rates: [
          { currency: 'JOD', rate: rates.JOD },
          { currency: 'USD', rate: rates.USD },
        ],
        isSure: true,
      },
      supervisor,
      today,
      atMs,
    ),
  );
  openShift();

  function run(step: Act): void {
    if (step.do === 'pay') pay(db, step);
    else if (step.do === 'undo') undo(step.nth);
    else if (step.do === 'import') importLine(step);
    else if (step.do === 'nextShift') {
      nextShift();
    } else {
      const id = nthId(step.do === 'cheque' ? 'cheques' : 'transfers', step.nth);
      if (id === null) return;
      transact(db, (tx) =>
        step.do === 'cheque'
          ? void moveCheque(
              tx,
              {
                requestId: randomUUID(),
                chequeId: id,
                to: step.to,
                note: '',
                feeMinor: step.to === 'bounced' ? step.feeMinor : null,
              },
              context,
            )
          : void settleTransfer(
              tx,
              { requestId: randomUUID(), transferId: id, to: step.to, note: '' },
              context,
            ),
      );
    }
    done[step.do] += 1;
  }

  function nextShift(): void {
    const shift = getOwnShift(db, cashier.id);
    const lines = [...drawerOf({ folder }, shift.id), ...ils([100, 1])];
    const counted = countedFrom(countSheet(db, shift), lines);
    const by = { shift, counted, person: cashier, witness: null, reason: '' };
    const letterhead = { municipality: { ar: 'ب', en: '' }, centre: { ar: 'م', en: '' } };
    transact(db, (tx) => {
      const count = countDrawer(tx, { journal, atMs }, by, () => 'close');
      closeShift(tx, closingOf(count), cashier, { journal, atMs, isDemonstration: true, letterhead });
    });
    openShift();
  }

  function nthId(table: string, nth: number): number | null {
    const ids = db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as number[];
    return ids.length === 0 ? null : (ids[nth % ids.length] ?? null);
  }

  /** A file that says of one bill what it comes to now, and what was paid of it elsewhere. */
  function importLine({ account, nth, amountShare, elsewhereShare }: Extract<Act, { do: 'import' }>): void {
    const bills = db
      .prepare<[number], Omit<BillRow, 'elsewhereMinor' | 'paidMinor'>>(
        `SELECT b.number, a.number AS accountNumber, b.service_code AS serviceCode, b.period, b.kind,
                b.issued_on AS issuedOn, b.due_on AS dueOn, b.amount_minor AS amountMinor
           FROM bills b JOIN accounts a ON a.id = b.account_id WHERE b.account_id = ? ORDER BY b.id`,
      )
      .all(account);
    const bill = bills[nth % bills.length];
    if (bill === undefined) return;
    const amountMinor = Math.max(1, Math.floor(bill.amountMinor * amountShare));
    const row: BillRow = {
      ...bill,
      amountMinor,
      paidMinor: 0,
      elsewhereMinor: elsewhereShare === undefined ? undefined : Math.floor(amountMinor * elsewhereShare),
    };
    const compared = createBillComparison(db)(row);
    if (compared.is !== 'change') return;
    const applied = transact(db, (tx) =>
      applyChange(tx, compared.change, {
        append: journal.append,
        actor: { id: cashier.id, login: cashier.login },
        fileName: 'bills.csv',
        sha256: '0'.repeat(64),
        atMs,
        asOfMs: atMs,
      }),
    );
    expect(applied.surplusMinor).toBe(compared.change.surplusMinor);
    elsewhere.set(row.number, Math.max(elsewhere.get(row.number) ?? 0, row.elsewhereMinor ?? 0));
    expect(createBillComparison(db)(row)).toEqual({ is: 'unchanged' });
  }

  /**
   * What came over this counter and stands, less where it lies: in bills, in credit, in what was sold. Nothing, whatever
   * was done; what was paid elsewhere is none of it. Agorot.
   */
  function astrayMinor(): number {
    const sum = (sql: string): number => Number(db.prepare(sql).pluck().get() ?? 0);
    const stands = 'payment_id NOT IN (SELECT payment_id FROM undone_payments)';
    const received =
      sum(`SELECT sum(value_minor) FROM payment_tenders WHERE kind <> 'credit' AND ${stands}`) -
      sum(`SELECT sum(value_minor) FROM payment_change WHERE ${stands}`) -
      sum(
        'SELECT sum(rounding_minor) FROM payments WHERE id NOT IN (SELECT payment_id FROM undone_payments)',
      ) -
      sum(`SELECT sum(minor) FROM reversing_lines WHERE kind <> 'bankFee'`);
    const inBills = db
      .prepare<[], { number: string; minor: number }>('SELECT number, paid_minor AS minor FROM bills')
      .all()
      .reduce((all, { number, minor }) => all + minor - (elsewhere.get(number) ?? 0), 0);
    const inCredit = sum('SELECT sum(credit_minor - given_credit_minor) FROM accounts');
    const sold =
      sum(`SELECT sum(minor) FROM payment_lines WHERE kind = 'fee' AND ${stands}`) -
      sum(`SELECT sum(minor) FROM reversing_lines WHERE kind = 'debt'`);
    return received - inBills - inCredit - sold;
  }

  function undo(nth: number): void {
    const paymentId = nthId('payments', nth);
    if (paymentId === null) return;
    const contents = { paymentId, reason: 'other', explanation: 'تجربة' } as const;
    const approvable = { kind: 'payment.undo', contents } as const;
    transact(db, (tx) => {
      const approvalId = grantApproval(tx, journal, approvable, {
        requester: cashier,
        approver: supervisor,
        atMs,
      });
      undoPayment(tx, { requestId: randomUUID(), undo: contents, approvalId }, cashier, {
        journal,
        atMs,
      });
    });
  }

  function pay(file: WriteDb, step: Extract<Act, { do: 'pay' }>): void {
    const request = requestFor(file, step);
    if (request === null) return;
    transact(file, (tx) =>
      takePayment(tx, request, cashier, {
        journal,
        key,
        isDemonstration: true,
        smallestCoinMinor: 10,
        letterhead: { municipality: { ar: 'ب', en: '' }, centre: { ar: 'م', en: '' } },
        atMs,
      }),
    );
  }

  function requestFor(file: WriteDb, step: Extract<Act, { do: 'pay' }>): PaymentInput | null {
    const views = [...new Set([step.payer, step.other])].map((id) => getAccountView(file, id, today));
    const lines: PaymentInput['lines'] = [
      ...views.flatMap((view) =>
        view.openBills.slice(0, step.bills).map((bill) => ({
          kind: 'bill' as const,
          accountId: view.id,
          billId: bill.id,
          minor: Math.max(1, Math.floor(outstandingMinor(bill) * step.share)),
        })),
      ),
      ...(step.advanceMinor === 0
        ? []
        : [{ kind: 'advance' as const, accountId: step.other, minor: step.advanceMinor }]),
      ...Array.from({ length: step.fees }, () => ({
        kind: 'fee' as const,
        serviceCode: 'stamp',
        quantity: 3,
        unitMinor: 333,
        note: '',
      })),
    ];
    if (lines.length === 0) return null;
    const totalMinor = lines.reduce(
      (sum, line) => sum + (line.kind === 'fee' ? line.quantity * line.unitMinor : line.minor),
      0,
    );
    let restMinor = totalMinor;
    const tenders: TenderInput[] = [];
    for (const way of new Set(step.ways)) {
      const valueMinor = Math.max(1, Math.floor(restMinor * step.part));
      if (valueMinor >= restMinor) break;
      if (way === 'JOD' || way === 'USD') {
        const minor = affordable(valueMinor, way, 1, rates);
        if (minor > 0) tenders.push(cash(way, minor));
      } else if (way === 'cheque')
        tenders.push(cheque(valueMinor, { chequeNumber: randomUUID().slice(0, 8) }));
      else if (way === 'transfer')
        tenders.push(transfer(valueMinor, { reference: randomUUID().slice(0, 13) }));
      else if (way === 'card')
        tenders.push({
          kind: 'card',
          currency: 'ILS',
          receivedMinor: valueMinor,
          terminal: 'T1',
          approvalCode: 'X',
        });
      else {
        const credit = Math.min(valueMinor, views[0]?.creditMinor ?? 0);
        if (credit > 0)
          tenders.push({ kind: 'credit', currency: 'ILS', receivedMinor: credit, accountId: step.payer });
      }
      restMinor =
        totalMinor -
        tenders.reduce(
          (sum, { currency, receivedMinor }) =>
            sum + valueInAccountCurrency({ currency, minor: receivedMinor }, rates),
          0,
        );
    }
    tenders.push(cash('ILS', restMinor + step.overMinor));
    const plan =
      step.change === 'credit'
        ? { change: [], creditMinor: step.overMinor }
        : planChange(step.overMinor, step.change, rates, 10);
    return {
      requestId: randomUUID(),
      payer: { kind: 'account', accountId: step.payer },
      lines,
      tenders,
      change: [...plan.change],
      changeCredit: plan.creditMinor > 0 ? { accountId: step.payer, minor: plan.creditMinor } : null,
      rates,
      approvalId: null,
      book: null,
    };
  }

  return { db, run, done, astrayMinor };
}

test(
  'after any sequence of payments, voids, bounces, rejections and imports no agora is lost, and all sums are what the journal says',
  { timeout: 240_000 },
  () => {
    const all = { pay: 0, undo: 0, cheque: 0, transfer: 0, nextShift: 0, import: 0 };
    let surpluses = 0;
    const refused = new Set<string>();
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 60, size: 'max' }), (acts) => {
        const folder = copyFolder(template);
        const till = openTill(folder);
        try {
          for (const step of acts) {
            try {
              till.run(step);
            } catch (error) {
              // A rule said no; nothing of the act is left, which the check below would find.
              if (!(error instanceof Refusal)) throw error;
              refused.add(error.code);
            }
            expect(till.astrayMinor()).toBe(0);
          }
          expect(verifyDatabase(till.db).firstProblem).toBeNull();
          expectReportsToAgree(till.db, ['KY01']);
          for (const key of Object.keys(all) as (keyof typeof all)[]) all[key] += till.done[key];
          surpluses += Number(till.db.prepare('SELECT count(*) FROM surpluses').pluck().get());
        } finally {
          closeDatabase(till.db);
          removeFolder(folder);
        }
      }),
      { numRuns: 40 },
    );
    // The sequences did what they are for, and met rules that say no.
    for (const count of [...Object.values(all), surpluses]) expect(count).toBeGreaterThan(0);
    expect([...refused]).toEqual(expect.arrayContaining(['register.wrongState', 'undo.already']));
  },
);
