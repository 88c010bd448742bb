import type { CashLine } from '../../shared/domain/counting.ts';
import { amountsOf, sumOf } from '../../shared/domain/counting.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import { currencies } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type { Person, ShiftOpened } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import { recordMove, tillCash } from './cashMoves.ts';
import { requireClockForOpening } from './clock.ts';
import { requireDayOpen } from './closedDays.ts';
import { countOpening, getOutcome, requireLikely } from './counts.ts';
import { digestOf, knownLines } from './requests.ts';
import type { ShiftRow } from './shifts.ts';
import { findOpenShiftOf, findOpenShiftOn, getShift, shiftState } from './shifts.ts';
import { requireTill } from './tills.ts';

export type Opening = {
  readonly requestId: string;
  readonly till: string;
  readonly counts: readonly CashLine[];
  readonly isSure: boolean;
};

/**
 * Opens a shift with a counted float, once for each request. What the last close or the safe left in the drawer becomes
 * the shift's; what was found besides, or is missing, is written down for ever. The shift's business date is the date in
 * Gaza at this moment.
 * @throws Refusal shift.alreadyOpen (the till or the person has one), till.notFound, shift.unknownDenomination,
 *   count.unlikely until the person is sure, clock.setBack, day.closed, request.reused
 */
export function openShiftWith(
  tx: Tx,
  journal: Journal,
  input: Opening,
  person: Person,
  atMs: number,
): ShiftOpened {
  const lines = knownLines(input.counts);
  const { till, requestId } = input;
  const digest = digestOf({ till, lines, userId: person.id });
  const asked = prepared<{ shiftId: number; countId: number; digest: string }>(
    tx,
    `SELECT s.id AS shiftId, c.id AS countId, c.request_digest AS digest FROM shifts s
       JOIN counts c ON c.shift_id = s.id AND c.kind = 'opening' WHERE s.open_request_id = ?`,
  ).get(requestId);
  const mine = findOpenShiftOf(tx, person.id);
  if (asked !== undefined) {
    if (asked.digest !== digest || asked.shiftId !== mine?.id) throw refuse('request.reused');
    return { shift: shiftState(tx, mine, atMs), count: getOutcome(tx, asked.countId) };
  }
  if (mine !== null) throw refuse('shift.alreadyOpen', { till: mine.till, person: person.nameAr });
  requireTill(tx, till);
  requireDayOpen(tx, businessDate(atMs));
  requireTillFree(tx, till);
  requireLikely(lines, input.isSure);
  requireClockForOpening(tx, till, atMs);
  const shift = insertShift(tx, { requestId, till, person, lines, atMs });
  const leftThere = tillCash(tx, till);
  const countId = countOpening(tx, journal, { requestId, digest, shift, lines, leftThere, person, atMs });
  const drawer = { kind: 'shift', shiftId: shift.id } as const;
  const common = { request: null, lines: [], person, countId, atMs, businessDate: shift.businessDate };
  recordMove(tx, journal, {
    ...common,
    kind: 'float',
    from: { kind: 'till', till },
    to: drawer,
    amounts: leftThere,
  });
  const differences = currencies.map((currency) => ({
    currency,
    minor: sumOf(lines, currency) - (leftThere.find((one) => one.currency === currency)?.minor ?? 0),
  }));
  const outside = { kind: 'outside' } as const;
  recordMove(tx, journal, {
    ...common,
    kind: 'floatDifference',
    from: outside,
    to: drawer,
    amounts: differences,
  });
  recordMove(tx, journal, {
    ...common,
    kind: 'floatDifference',
    from: drawer,
    to: outside,
    amounts: differences.map(({ currency, minor }) => ({ currency, minor: -minor })),
  });
  journalOpening(tx, journal, { requestId, shift, lines, countId, person });
  return { shift: shiftState(tx, shift, atMs), count: getOutcome(tx, countId) };
}

/** @throws Refusal shift.alreadyOpen */
function requireTillFree(tx: Tx, till: string): void {
  const other = findOpenShiftOn(tx, till);
  if (other === null) return;
  const keeper = prepared<{ name: string }>(tx, 'SELECT name_ar AS name FROM users WHERE id = ?').get(
    other.userId,
  );
  throw refuse('shift.alreadyOpen', { till, person: keeper?.name ?? '' });
}

export type NewShift = {
  readonly requestId: string;
  readonly till: string;
  readonly person: Person;
  readonly lines: readonly CashLine[];
  readonly atMs: number;
};

/** The shift's own rows; what lies in its drawer comes with the moves. */
export function insertShift(tx: Tx, shift: NewShift): ShiftRow {
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO shifts (open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(
    shift.requestId,
    shift.till,
    shift.person.id,
    businessDate(shift.atMs),
    shift.atMs,
    sumOf(shift.lines, 'ILS'),
  );
  const id = Number(lastInsertRowid);
  const insertFloat = prepared(
    tx,
    'INSERT INTO shift_floats (shift_id, currency, denomination_minor, quantity) VALUES (?, ?, ?, ?)',
  );
  // Worn notes and others are apart in the count, together in the float.
  const kinds = Map.groupBy(shift.lines, (line) => `${line.currency} ${line.denominationMinor}`);
  for (const [line, ...more] of kinds.values())
    if (line !== undefined)
      insertFloat.run(
        id,
        line.currency,
        line.denominationMinor,
        more.reduce((sum, { quantity }) => sum + quantity, line.quantity),
      );
  return getShift(tx, id);
}

/** The entry that says that a shift is open, after its count and the moves that fill its drawer. */
export function journalOpening(
  tx: Tx,
  journal: Journal,
  opening: {
    readonly requestId: string;
    readonly shift: ShiftRow;
    readonly lines: readonly CashLine[];
    readonly countId: number;
    readonly person: Person;
  },
): void {
  const { shift, lines, person } = opening;
  journal.append(tx, {
    act: 'shift.opened',
    actor: actorOf(person),
    atMs: shift.openedAtMs,
    body: {
      shiftId: shift.id,
      requestId: opening.requestId,
      till: shift.till,
      businessDate: shift.businessDate,
      countId: opening.countId,
      float: amountsOf(lines).map(({ currency, minor }) => ({ currency, minor })),
    },
  });
}
