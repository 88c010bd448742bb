import { randomUUID } from 'node:crypto';
import { getAccountView } from '../../electron/accounts/openAccount.ts';
import type { Tx } from '../../electron/db/connection.ts';
import { transact } from '../../electron/db/connection.ts';
import { closeDay } from '../../electron/dayClose/closeDay.ts';
import { explainDifference } from '../../electron/dayClose/reviewShift.ts';
import { viewDay } from '../../electron/dayClose/viewDay.ts';
import { takePayment } from '../../electron/payments/takePayment.ts';
import { getSettings } from '../../electron/settings/settings.ts';
import { closeShift } from '../../electron/shifts/closeShift.ts';
import { countDrawer, countSheet } from '../../electron/shifts/counts.ts';
import { openShiftWith } from '../../electron/shifts/openShift.ts';
import { getOwnShift, findOpenShiftOf } from '../../electron/shifts/shifts.ts';
import { findUserByLogin, personOf } from '../../electron/users/users.ts';
import { outstandingMinor } from '../../shared/domain/bill.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { AccountView, Person } from '../../shared/ipc/contract.ts';
import { cashPayment } from '../../tests/helpers/payments.ts';
import type { OpenedTill } from './data.ts';
import { accountsToPay } from './payments.ts';
import type { Row } from './report.ts';
import { rowOf } from './report.ts';
import { spreadOf, timed } from './statistics.ts';

const shifts = 20;
/** Two thousand in a shift of a whole municipality's counter. */
const accountsPerPayment = 250;
const closesPerRun = 5;

/** Rolls back what was measured, so that the same day is closed again. */
class Enough extends Error {}

/**
 * Shifts of two thousand payments each, counted and closed with their commits. Then the close of a day of twenty of them: all
 * that main does for it, and what it does without letting go of its thread, which is the same, because nothing in it waits.
 * Its commit is measured with the last one.
 */
export async function benchDay(till: OpenedTill, accounts: number, runs: number): Promise<Row[]> {
  const { db, journal, cashier } = till;
  const atMs = Date.now();
  const date = businessDate(atMs);
  const supervisor = person(till, 'huda');
  const settings = getSettings(db);
  const letterhead = { municipality: settings.municipality, centre: settings.centre };
  transact(db, (tx) => closeWhatIsOpen(tx, till, cashier));
  const closes: number[] = [];
  const paymentsPerShift = Math.ceil(accounts / accountsPerPayment);
  const next = accountsToPay((id) => getAccountView(db, id, date), accounts);
  for (let shift = 0; shift < shifts; shift += 1) {
    const payers: AccountView[] = [];
    for (let paid = 0; paid < paymentsPerShift; paid += 1) payers.push(await next());
    transact(db, (tx) => {
      openShiftWith(
        tx,
        journal,
        { requestId: randomUUID(), till: till.till, counts: [], isSure: true },
        cashier,
        Date.now(),
      );
      for (const account of payers) {
        const bill = account.openBills[0];
        if (bill === undefined) continue;
        const allocations = [{ billId: bill.id, minor: outstandingMinor(bill) }];
        takePayment(tx, cashPayment({ accountId: account.id, allocations }), cashier, {
          journal,
          key: till.key,
          isDemonstration: true,
          smallestCoinMinor: settings.smallestCoinMinor,
          letterhead,
          atMs: Date.now(),
        });
      }
      letPapersOut(tx);
    });
    closes.push(timed(() => transact(db, (tx) => closeWhatIsOpen(tx, till, cashier))));
    transact(db, letPapersOut);
  }

  for (const { countId } of viewDay(db, journal, date, supervisor, atMs).shifts) {
    const words = {
      requestId: randomUUID(),
      countId,
      currency: 'ILS' as const,
      text: 'لم يُعدّ',
      cashier: null,
    };
    transact(db, (tx) => explainDifference(tx, words, supervisor, null, { journal, atMs: Date.now() }));
  }

  function closeNow(tx: Tx): void {
    const { mark } = viewDay(tx, journal, date, supervisor, atMs);
    closeDay(tx, { requestId: randomUUID(), businessDate: date, mark, exceptionId: null }, supervisor, {
      journal,
      atMs: Date.now(),
      letterhead: { ...letterhead, isDemonstration: true },
    });
    viewDay(tx, journal, date, supervisor, atMs);
  }
  const times: number[][] = [];
  for (let run = 0; run <= runs; run += 1) {
    const closed: number[] = [];
    for (let close = 0; close < closesPerRun; close += 1)
      closed.push(
        timed(() => {
          try {
            transact(db, (tx) => {
              closeNow(tx);
              throw new Enough();
            });
          } catch (error) {
            if (!(error instanceof Enough)) throw error;
          }
        }),
      );
    if (run > 0) times.push(closed);
  }
  const committed = timed(() => transact(db, closeNow));
  const name = `${shifts} shifts of ${paymentsPerShift.toLocaleString('en')} payments`;
  return [
    rowOf(
      `shift counted and closed, ${paymentsPerShift.toLocaleString('en')} payments`,
      spreadOf([closes]),
      null,
      { text: 'p95 ≤ 50', isMet: ({ p95 }) => p95 <= 50 },
    ),
    rowOf(`day close, ${name}`, spreadOf(times), null, {
      text: 'p95 ≤ 50 (main is held)',
      isMet: ({ p95 }) => p95 <= 50,
    }),
    rowOf(`day close, ${name}, with its commit`, spreadOf([[committed]]), null, {
      text: '≤ 500',
      isMet: ({ p95 }) => p95 <= 500,
    }),
  ];
}

/** As a printer would have: what waits for one is read again and again, and on a day of work that is little. */
function letPapersOut(tx: Tx): void {
  tx.prepare(
    `UPDATE print_jobs SET state = 'sent', printer_id = 'receipts', bitmap = x'00', bitmap_width = 8, bitmap_height = 1
      WHERE state = 'intended'`,
  ).run();
}

function person({ db }: OpenedTill, login: string): Person {
  const user = findUserByLogin(db, login);
  if (user === null) throw new Error(`nobody called ${login}`);
  return personOf(user);
}

/** Counts nothing at all in the open drawer and closes with words for it: what a day costs does not depend on it. */
function closeWhatIsOpen(tx: Tx, { journal }: OpenedTill, cashier: Person): void {
  if (findOpenShiftOf(tx, cashier.id) === null) return;
  const shift = getOwnShift(tx, cashier.id);
  const { papers, mark } = countSheet(tx, shift);
  const now = { journal, atMs: Date.now() };
  const counted = {
    requestId: randomUUID(),
    lines: [],
    papers: papers.map(({ paymentId, line }) => ({ paymentId, line, isPresent: true })),
    mark,
    isSure: true,
  };
  const count = countDrawer(
    tx,
    now,
    { shift, counted, person: cashier, witness: null, reason: '' },
    () => 'close',
  );
  const names = { ar: '', en: '' };
  closeShift(
    tx,
    {
      requestId: randomUUID(),
      countId: count.id,
      explanations: [{ currency: 'ILS', text: 'لم يُعدّ' }],
      leftInDrawer: [],
    },
    cashier,
    { ...now, isDemonstration: true, letterhead: { municipality: names, centre: names } },
  );
}
