import type { CashAmount, CashLine } from '../../shared/domain/counting.ts';
import { amountsOf } from '../../shared/domain/counting.ts';
import { addLines, changeOf } from '../../shared/domain/deposit.ts';
import { differencesOf } from '../../shared/domain/day.ts';
import type { Place } from '../../shared/domain/custody.ts';
import { refuse } from '../../shared/errors.ts';
import type { CountOutcome, ParsedInput, Person, RecountSheet } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { recordMove } from '../shifts/cashMoves.ts';
import { requireDayOpen } from '../shifts/closedDays.ts';
import { explain, getOutcome, insertCount, readResults, requireLikely, resultsOf } from '../shifts/counts.ts';
import { linesOfMoves } from '../shifts/listMoves.ts';
import { listPapers, requireAllTicked } from '../shifts/papers.ts';
import { digestOf, knownLines } from '../shifts/requests.ts';
import { getShift } from '../shifts/shifts.ts';
import { actorOf } from '../users/users.ts';
import { closedShiftsOf } from './readDay.ts';

export type ReviewContext = { readonly journal: Journal; readonly atMs: number };

/**
 * A supervisor's words about a difference, beside the cashier's; or the words of who counted (`cashier`) about a second
 * count. Words are added, never changed. Once for each request.
 * @returns the business date
 * @throws Refusal count.notFound for a count that is not a closed shift's last, day.closed, day.nothingToExplain,
 *   day.notCounter when the words are not of who counted, request.reused
 */
export function explainDifference(
  tx: Tx,
  { requestId, countId, currency, text }: ParsedInput<'days.explain'>,
  person: Person,
  cashier: Person | null,
  { journal, atMs }: ReviewContext,
): string {
  const count = getOutcome(tx, countId);
  const { businessDate, shiftId } = count;
  const speaker = cashier ?? person;
  const earlier = prepared<{ countId: number; currency: string | null; text: string; userId: number }>(
    tx,
    `SELECT e.count_id AS countId, e.currency, e.text, e.user_id AS userId
       FROM explanation_requests r JOIN count_explanations e ON e.id = r.explanation_id WHERE r.request_id = ?`,
  ).get(requestId);
  if (earlier !== undefined) {
    const isSame =
      earlier.countId === countId &&
      earlier.currency === currency &&
      earlier.text === text &&
      earlier.userId === speaker.id;
    if (!isSame) throw refuse('request.reused');
    return businessDate;
  }
  requireDayOpen(tx, businessDate);
  const shift = closedShiftsOf(tx, businessDate).find((one) => one.shiftId === shiftId);
  if (shift === undefined || shift.countId !== countId) throw refuse('count.notFound');
  if (!differencesOf(shift).includes(currency)) throw refuse('day.nothingToExplain');
  if (cashier !== null && cashier.id !== shift.userId && cashier.id !== counterOf(tx, countId))
    throw refuse('day.notCounter');
  explain(tx, journal, countId, [{ currency, text }], speaker, atMs);
  prepared(
    tx,
    `INSERT INTO explanation_requests (explanation_id, request_id, is_review)
     VALUES ((SELECT max(id) FROM count_explanations), ?, ?)`,
  ).run(requestId, cashier === null ? 1 : 0);
  return businessDate;
}

/** Who made a count. */
function counterOf(db: ReadDb, countId: number): number | null {
  return (
    prepared<{ id: number }>(db, 'SELECT user_id AS id FROM counts WHERE id = ?').get(countId)?.id ?? null
  );
}

/**
 * Sends a closed shift back to be counted again; its counts stay. Once for each request.
 * @returns the business date
 * @throws Refusal shift.notClosed, shift.own, day.closed, day.alreadyReturned, day.nothingToRecount when its cash was handed
 *   to the next cashier, request.reused
 */
export function returnShift(
  tx: Tx,
  { requestId, shiftId, reason }: ParsedInput<'days.returnShift'>,
  person: Person,
  { journal, atMs }: ReviewContext,
): string {
  const shift = getShift(tx, shiftId);
  const earlier = prepared<{ shiftId: number; reason: string }>(
    tx,
    'SELECT shift_id AS shiftId, reason FROM returned_shifts WHERE request_id = ?',
  ).get(requestId);
  if (earlier !== undefined) {
    if (earlier.shiftId !== shiftId || earlier.reason !== reason) throw refuse('request.reused');
    return shift.businessDate;
  }
  if (findClose(tx, shiftId) === null) throw refuse('shift.notClosed');
  requireDayOpen(tx, shift.businessDate);
  if (shift.userId === person.id) throw refuse('shift.own');
  if (isWaiting(tx, shiftId)) throw refuse('day.alreadyReturned');
  if (wasHandedOver(tx, shiftId)) throw refuse('day.nothingToRecount');
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO returned_shifts (request_id, shift_id, business_date, reason, user_id, at_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(requestId, shiftId, shift.businessDate, reason, person.id, atMs);
  journal.append(tx, {
    act: 'shift.returned',
    actor: actorOf(person),
    atMs,
    body: {
      returnedId: Number(lastInsertRowid),
      requestId,
      shiftId,
      businessDate: shift.businessDate,
      reason,
    },
  });
  return shift.businessDate;
}

function findClose(db: ReadDb, shiftId: number): { readonly countId: number } | null {
  return (
    prepared<{ countId: number }>(db, 'SELECT count_id AS countId FROM z_reports WHERE shift_id = ?').get(
      shiftId,
    ) ?? null
  );
}

function isWaiting(db: ReadDb, shiftId: number): boolean {
  return (
    prepared(db, 'SELECT 1 FROM returned_shifts WHERE shift_id = ? AND count_id IS NULL').get(shiftId) !==
    undefined
  );
}

function wasHandedOver(db: ReadDb, shiftId: number): boolean {
  return (
    prepared(db, `SELECT 1 FROM cash_moves WHERE from_shift_id = ? AND kind = 'handover' LIMIT 1`).get(
      shiftId,
    ) !== undefined
  );
}

type Returned = {
  readonly id: number;
  readonly shiftId: number;
  readonly reason: string;
  readonly countId: number | null;
};

function getReturned(db: ReadDb, returnedId: number): Returned {
  const row = prepared<Returned>(
    db,
    'SELECT id, shift_id AS shiftId, reason, count_id AS countId FROM returned_shifts WHERE id = ?',
  ).get(returnedId);
  if (row === undefined) throw refuse('count.notFound');
  return row;
}

/** What is to be counted again. @throws Refusal count.notFound, day.recounted */
export function recountSheet(db: ReadDb, returnedId: number): RecountSheet {
  const { shiftId, reason, countId } = getReturned(db, returnedId);
  if (countId !== null) throw refuse('day.recounted');
  const shift = getShift(db, shiftId);
  const cashier = prepared<{ ar: string; en: string; login: string }>(
    db,
    'SELECT name_ar AS ar, name_en AS en, login FROM users WHERE id = ?',
  ).get(shift.userId);
  return {
    returnedId,
    shiftId,
    till: shift.till,
    cashier: { ar: cashier?.ar ?? '', en: cashier?.en ?? '' },
    cashierLogin: cashier?.login ?? '',
    reason,
    leftInDrawer: leftInDrawer(db, shiftId).amounts,
    papers: listPapers(db, shiftId),
  };
}

function leftInDrawer(
  db: ReadDb,
  shiftId: number,
): { readonly amounts: CashAmount[]; readonly lines: CashLine[] } {
  const lines = linesOfMoves(db, shiftId, 'left');
  return { amounts: amountsOf(lines), lines };
}

/**
 * A returned shift counted again: what lay in the safe of it, by its cashier or another person, in front of the supervisor.
 * What stayed in the drawer counts as it was counted then. It is compared with the same expected sums; what the two counts
 * say otherwise is put right in the safe, note by note. The counts before stay. Once for each request.
 * @throws Refusal day.samePerson, count.unlikely until they are sure, count.shiftMoved for other papers than should be
 *   there, day.recounted, day.closed, custody.notThere when the safe no longer holds what is missing,
 *   shift.unknownDenomination, request.reused
 */
export function recountShift(
  tx: Tx,
  { requestId, returnedId, lines: typed, papers, isSure }: ParsedInput<'days.recount'>,
  supervisor: Person,
  counter: Person,
  { journal, atMs }: ReviewContext,
): { readonly outcome: CountOutcome; readonly businessDate: string } {
  if (counter.id === supervisor.id) throw refuse('day.samePerson');
  const inSafe = knownLines(typed);
  const digest = digestOf({
    returnedId,
    lines: inSafe.map((line) => ({ ...line })),
    papers: papers.map((paper) => ({ ...paper })),
    userId: supervisor.id,
    counterId: counter.id,
  });
  const returned = getReturned(tx, returnedId);
  const shift = getShift(tx, returned.shiftId);
  const { businessDate } = shift;
  const earlier = prepared<{ id: number; digest: string }>(
    tx,
    'SELECT id, request_digest AS digest FROM counts WHERE request_id = ?',
  ).get(requestId);
  if (earlier !== undefined) {
    if (earlier.digest !== digest) throw refuse('request.reused');
    return { outcome: getOutcome(tx, earlier.id), businessDate };
  }
  if (returned.countId !== null) throw refuse('day.recounted');
  requireDayOpen(tx, businessDate);
  requireLikely(inSafe, isSure);
  requireAllTicked(listPapers(tx, shift.id), papers);
  const close = findClose(tx, shift.id);
  if (close === null) throw refuse('shift.notClosed');
  const lines = addLines([...inSafe, ...leftInDrawer(tx, shift.id).lines]);
  const countId = insertCount(tx, journal, {
    kind: 'recount',
    shift,
    requestId,
    digest,
    lines,
    papers,
    results: resultsOf(
      lines,
      new Map(
        readResults(tx, close.countId).map(({ currency, expectedMinor, expectedWornMinor }) => [
          currency,
          { minor: expectedMinor, wornMinor: expectedWornMinor },
        ]),
      ),
    ),
    person: counter,
    witness: supervisor,
    reason: returned.reason,
    atMs,
  });
  putSafeRight(tx, journal, {
    before: addLines([...linesOfMoves(tx, shift.id, 'closeToSafe'), ...corrections(tx, shift.id)]),
    now: inSafe,
    common: { request: null, person: supervisor, counterpart: counter, countId, atMs, businessDate },
  });
  prepared(tx, 'UPDATE returned_shifts SET count_id = ? WHERE id = ?').run(countId, returnedId);
  journal.append(tx, {
    act: 'shift.recounted',
    actor: actorOf(supervisor),
    atMs,
    body: { returnedId, shiftId: shift.id, businessDate, countId },
  });
  return { outcome: getOutcome(tx, countId), businessDate };
}

/** What recounts before this one put into the safe (positive) or took out of it. */
function corrections(db: ReadDb, shiftId: number): CashLine[] {
  return prepared<Omit<CashLine, 'isWorn'> & { readonly isWorn: 0 | 1 }>(
    db,
    `SELECT l.currency, l.denomination_minor AS denominationMinor, l.is_worn AS isWorn,
            iif(m.to_kind = 'safe', l.quantity, -l.quantity) AS quantity
       FROM returned_shifts r JOIN cash_moves m ON m.count_id = r.count_id
       JOIN cash_move_lines l ON l.move_id = m.id
      WHERE r.shift_id = ?`,
  )
    .all(shiftId)
    .map((line) => ({ ...line, isWorn: line.isWorn === 1 }));
}

type Correction = {
  readonly before: readonly CashLine[];
  readonly now: readonly CashLine[];
  readonly common: Pick<
    Parameters<typeof recordMove>[2],
    'request' | 'person' | 'counterpart' | 'countId' | 'atMs' | 'businessDate'
  >;
};

/** What was found besides comes into the safe, then what was not found goes out of it. */
function putSafeRight(tx: Tx, journal: Journal, { before, now, common }: Correction): void {
  const changed = changeOf([...now, ...before.map((line) => ({ ...line, quantity: -line.quantity }))]);
  const more = changed.filter(({ quantity }) => quantity > 0);
  const fewer = changed
    .filter(({ quantity }) => quantity < 0)
    .map((line) => ({ ...line, quantity: -line.quantity }));
  const safe: Place = { kind: 'safe' };
  const outside: Place = { kind: 'outside' };
  const move = { ...common, kind: 'difference', reason: 'recount' } as const;
  recordMove(tx, journal, { ...move, from: outside, to: safe, lines: more, amounts: amountsOf(more) });
  recordMove(tx, journal, { ...move, from: safe, to: outside, lines: fewer, amounts: amountsOf(fewer) });
}
