import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { transact } from '../../electron/db/connection.ts';
import { openDatabase } from '../../electron/db/open.ts';
import { createJournal } from '../../electron/journal/append.ts';
import { fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import { takePayment } from '../../electron/payments/takePayment.ts';
import { closeShift } from '../../electron/shifts/closeShift.ts';
import { countDrawer, countSheet, getOutcome } from '../../electron/shifts/counts.ts';
import { acceptHandover, countHandover } from '../../electron/shifts/handover.ts';
import { openShiftWith } from '../../electron/shifts/openShift.ts';
import type { ShiftRow } from '../../electron/shifts/shifts.ts';
import { findOpenShiftOn, standing } from '../../electron/shifts/shifts.ts';
import { findUserByLogin, personOf } from '../../electron/users/users.ts';
import type { CashLine } from '../../shared/domain/counting.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import { say } from './say.ts';

/*
 * Two cashiers whose shifts are opened, counted and closed or handed over, one after the other, until killed:
 * `node closeShiftsForever.ts FOLDER SHIFT REQUEST-ID`. The last two are of a close that an earlier life began and never
 * heard of; it is asked again first. Each line is written at once, so that what was said was said.
 */
const [folder, pendingShift, pendingId] = z
  .tuple([z.string(), z.coerce.number().optional(), z.uuid().optional()])
  .parse(process.argv.slice(2));

const { db } = openDatabase(
  { databaseFile: join(folder, 'sanduq.db'), keyFile: join(folder, 'till.key'), backupFolder: folder },
  () => undefined,
);
const key = loadTillKey(join(folder, 'till.key'), fileProtection);
const journal = createJournal(db, key, 'KY01', Date.now);
const letterhead = { municipality: { ar: 'ب', en: '' }, centre: { ar: 'م', en: '' } };
const context = () => ({ journal, atMs: Date.now(), isDemonstration: true, letterhead });
const people = ['amal', 'yousef'].map((login): Person => {
  const user = findUserByLogin(db, login);
  if (user === null) throw new Error(`nobody called ${login}`);
  return personOf(user);
});
const keeperOf = ({ userId }: ShiftRow): Person => personWho(({ id }) => id === userId);
const otherThan = (person: Person): Person => personWho(({ id }) => id !== person.id);
function personWho(is: (person: Person) => boolean): Person {
  const person = people.find(is);
  if (person === undefined) throw new Error('a shift of nobody');
  return person;
}

// Not from the other helpers: they bring the whole counter with them, and this must begin fast.
function notes(currency: Currency, denominationMinor: number, quantity: number): CashLine {
  return { currency, denominationMinor, isWorn: false, quantity };
}
const float = [notes('ILS', 1000, 1)];

function close(shift: ShiftRow, requestId: string): void {
  const { count } = standing(db, shift.id);
  if (count === null) throw new Error('not counted');
  const outcome = getOutcome(db, count.id);
  const keeper = keeperOf(shift);
  say(`try ${shift.id} ${requestId}`);
  const explanations = outcome.results
    .filter(({ differenceMinor }) => differenceMinor !== 0)
    .map(({ currency }) => ({ currency, text: 'لا أعرف السبب' }));
  const closing = { requestId, countId: count.id, explanations };
  const { report } = transact(db, (tx) =>
    count.kind === 'handover'
      ? acceptHandover(tx, closing, keeper, otherThan(keeper), context())
      : closeShift(tx, { ...closing, leftInDrawer: float }, keeper, context()),
  );
  say(`closed ${shift.id} ${requestId} ${report.number}`);
}

/** A receipt with a card's slip, and a count that misses a coin and finds a dinar. */
function work(shift: ShiftRow): void {
  const keeper = keeperOf(shift);
  const request = {
    requestId: randomUUID(),
    payer: { kind: 'account' as const, accountId: 1 },
    lines: [{ kind: 'advance' as const, accountId: 1, minor: 3500 }],
    tenders: [
      { kind: 'cash' as const, currency: 'ILS' as const, receivedMinor: 3000, wornMinor: 0 },
      {
        kind: 'card' as const,
        currency: 'ILS' as const,
        receivedMinor: 500,
        terminal: 'T-1',
        approvalCode: 'A',
      },
    ],
    change: [],
    changeCredit: null,
    rates: {},
    approvalId: null,
    book: null,
  };
  transact(db, (tx) => takePayment(tx, request, keeper, { ...context(), key, smallestCoinMinor: 10 }));
  const { papers, mark } = countSheet(db, shift);
  const counted = {
    requestId: randomUUID(),
    lines: [notes('ILS', 1000, 3), notes('JOD', 1000, 1)],
    papers: papers.map(({ paymentId, line }) => ({ paymentId, line, isPresent: true })),
    mark,
    isSure: true,
  };
  transact(db, (tx) =>
    shift.id % 3 === 0
      ? countHandover(tx, journal, counted, keeper, otherThan(keeper), Date.now())
      : countDrawer(
          tx,
          context(),
          { shift, counted, person: keeper, witness: null, reason: '' },
          () => 'close',
        ),
  );
}

if (pendingShift !== undefined && pendingId !== undefined) {
  const shift = findOpenShiftOn(db, 'KY01');
  // Not heard of, and done: the same request is answered with the same report, which the parent reads from the file.
  if (shift?.id === pendingShift) close(shift, pendingId);
}
for (;;) {
  let shift = findOpenShiftOn(db, 'KY01');
  if (shift === null) {
    const opening = { requestId: randomUUID(), till: 'KY01', counts: float, isSure: true };
    transact(db, (tx) =>
      openShiftWith(
        tx,
        journal,
        opening,
        personWho(() => true),
        Date.now(),
      ),
    );
    shift = findOpenShiftOn(db, 'KY01');
  }
  if (shift === null) throw new Error('a shift that was opened is not there');
  if (standing(db, shift.id).state === 'open') work(shift);
  close(shift, randomUUID());
}
