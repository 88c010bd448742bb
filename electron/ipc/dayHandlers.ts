import type { DayView, Person, ShiftReceipt } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { closeDay } from '../dayClose/closeDay.ts';
import { listShiftReceipts } from '../dayClose/listShiftReceipts.ts';
import { explainDifference, recountSheet, recountShift, returnShift } from '../dayClose/reviewShift.ts';
import { getDayReport, listDays, viewDay } from '../dayClose/viewDay.ts';
import { listBankAccounts, saveBankAccount } from '../deposits/bankAccounts.ts';
import { depositSheet, listDeposits } from '../deposits/depositViews.ts';
import { confirmDeposit, moveDeposit } from '../deposits/moveDeposit.ts';
import type { DepositContext } from '../deposits/prepareDeposits.ts';
import { prepareDeposits } from '../deposits/prepareDeposits.ts';
import type { Services } from '../services.ts';
import type { Handlers } from './router.ts';

type DayChannel = Extract<keyof Handlers, `days.${string}` | `deposits.${string}` | `bankAccounts.${string}`>;

/** The supervisor's evening: each shift reviewed, the day closed, the money on its way to the bank. */
export function dayHandlers(
  services: Services,
  write: <T>(act: (tx: Tx) => T) => T,
): Pick<Handlers, DayChannel> {
  const { db, journal, clock, installation, session, queue } = services;
  const { till, isDemonstration } = installation;

  /** The clock is read inside the transaction: nobody waits between the two. */
  function now(): DepositContext {
    const { municipality, centre } = services.settings();
    return { journal, till, atMs: clock(), letterhead: { municipality, centre, isDemonstration } };
  }
  function dayAfter(businessDate: string, by: Person): DayView {
    return viewDay(db, journal, businessDate, by, clock());
  }

  return {
    'days.list': () => listDays(db, clock()),
    'days.view': ({ businessDate }, by) => dayAfter(businessDate, by),
    'days.report': ({ businessDate }) => getDayReport(db, businessDate),
    'days.receipts': ({ shiftId, afterId }): ShiftReceipt[] => listShiftReceipts(db, shiftId, afterId),
    'days.explain': async (input, by) => {
      const cashier =
        input.cashier === null ? null : await session.witness(input.cashier.login, input.cashier.secret);
      return dayAfter(
        write((tx) => explainDifference(tx, input, by, cashier, now())),
        by,
      );
    },
    'days.returnShift': (input, by) =>
      dayAfter(
        write((tx) => returnShift(tx, input, by, now())),
        by,
      ),
    'days.recountSheet': ({ returnedId }) => recountSheet(db, returnedId),
    'days.recount': async (input, by) => {
      const counter = await session.witness(input.counter.login, input.counter.secret);
      const { outcome, businessDate } = write((tx) => recountShift(tx, input, by, counter, now()));
      return { outcome, day: dayAfter(businessDate, by) };
    },
    'days.close': (input, by) => {
      const isNew = write((tx) => closeDay(tx, input, by, now()));
      queue.nudge();
      return { day: dayAfter(input.businessDate, by), wasAlreadyClosed: !isNew };
    },

    'bankAccounts.list': () => listBankAccounts(db),
    'bankAccounts.save': (input, by) => {
      write((tx) => saveBankAccount(tx, journal, input, by, clock()));
      return listBankAccounts(db);
    },
    'deposits.sheet': () => depositSheet(db, clock()),
    'deposits.list': ({ from, to }) => listDeposits(db, till, from, to),
    'deposits.prepare': async (input, by) => {
      const second = await session.witness(input.second.login, input.second.secret);
      const deposits = write((tx) => prepareDeposits(tx, input, by, second, now()));
      queue.nudge();
      return deposits;
    },
    'deposits.move': (input, by) => write((tx) => moveDeposit(tx, input, by, now())),
    'deposits.confirm': (input, by) => write((tx) => confirmDeposit(tx, input, by, now())),
  };
}
