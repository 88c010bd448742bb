import type { DenominationCount } from '../../shared/domain/denominations.ts';
import { countedMinor, denominations } from '../../shared/domain/denominations.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { Person, ShiftState } from '../../shared/ipc/contract.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import { moveCash } from './drawerCash.ts';

type ShiftRow = {
  readonly id: number;
  readonly till: string;
  readonly userId: number;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly floatMinor: number;
};

const anyShift = `SELECT id, till_code AS till, user_id AS userId, business_date AS businessDate,
  opened_at_ms AS openedAtMs, float_minor AS floatMinor FROM shifts`;
const openShift = `${anyShift} WHERE closed_at_ms IS NULL`;

/** A shift that must be there, open or closed. */
export function getShiftState(db: ReadDb, id: number): ShiftState {
  const shift = db.prepare<[number], ShiftRow>(`${anyShift} WHERE id = ?`).get(id);
  if (shift === undefined) throw new Error(`no shift ${id}`);
  return shiftState(db, shift);
}

export function findOpenShiftOf(db: ReadDb, userId: number): ShiftRow | null {
  return prepared<ShiftRow>(db, `${openShift} AND user_id = ?`).get(userId) ?? null;
}

/** The payment's own check, in its transaction. @throws Refusal shift.notOpen */
export function getOpenShiftOf(tx: Tx, userId: number, till: string): ShiftRow {
  const shift = findOpenShiftOf(tx, userId);
  if (shift === null || shift.till !== till) throw refuse('shift.notOpen');
  return shift;
}

/** What a cashier may know of the running shift: no sums. */
export function shiftState(db: ReadDb, shift: ShiftRow): ShiftState {
  const receipts = prepared<{ n: number }>(db, 'SELECT count(*) AS n FROM payments WHERE shift_id = ?').get(
    shift.id,
  );
  const { userId: _, ...state } = shift;
  return { ...state, receiptCount: receipts?.n ?? 0 };
}

export function currentShift(db: ReadDb, person: Person): ShiftState | null {
  const shift = findOpenShiftOf(db, person.id);
  return shift === null ? null : shiftState(db, shift);
}

/**
 * Opens a shift with a counted float, once for each request.
 * @throws Refusal shift.alreadyOpen (the till or the person has one), shift.unknownDenomination, amount.tooLarge,
 *   request.reused
 */
export function openShiftWith(
  tx: Tx,
  journal: Journal,
  input: { readonly requestId: string; readonly counts: readonly DenominationCount[] },
  person: Person,
  till: string,
  atMs: number,
): ShiftState {
  const counts = input.counts.filter((count) => count.quantity > 0);
  const mine = findOpenShiftOf(tx, person.id);
  const asked = tx
    .prepare<[string], { id: number }>('SELECT id FROM shifts WHERE open_request_id = ?')
    .get(input.requestId);
  if (asked !== undefined) {
    if (asked.id !== mine?.id || countedMinor(counts) !== mine.floatMinor) throw refuse('request.reused');
    return shiftState(tx, mine);
  }
  if (mine !== null) throw refuse('shift.alreadyOpen', { till: mine.till, person: person.nameAr });
  requireTillFree(tx, till);
  const known = new Set(denominations.ILS);
  const distinct = new Set(counts.map((count) => count.denominationMinor));
  if (distinct.size !== counts.length || counts.some((count) => !known.has(count.denominationMinor)))
    throw refuse('shift.unknownDenomination');
  const floatMinor = countedMinor(counts);
  if (floatMinor > 10_000_000) throw refuse('amount.tooLarge');
  const date = businessDate(atMs);
  const id = Number(
    tx
      .prepare(
        `INSERT INTO shifts (open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(input.requestId, till, person.id, date, atMs, floatMinor).lastInsertRowid,
  );
  const insertFloat = tx.prepare(
    `INSERT INTO shift_floats (shift_id, currency, denomination_minor, quantity) VALUES (?, 'ILS', ?, ?)`,
  );
  for (const count of counts) insertFloat.run(id, count.denominationMinor, count.quantity);
  moveCash(tx, id, 'ILS', floatMinor);
  journal.append(tx, {
    act: 'shift.opened',
    actor: actorOf(person),
    atMs,
    body: {
      shiftId: id,
      requestId: input.requestId,
      currency: 'ILS',
      floatMinor,
      counts: counts.map(({ denominationMinor, quantity }) => ({ denominationMinor, quantity })),
    },
  });
  return { id, till, businessDate: date, openedAtMs: atMs, floatMinor, receiptCount: 0 };
}

function requireTillFree(tx: Tx, till: string): void {
  const other = tx
    .prepare<[string], { name: string }>(
      `SELECT users.name_ar AS name FROM shifts JOIN users ON users.id = shifts.user_id
       WHERE shifts.till_code = ? AND shifts.closed_at_ms IS NULL`,
    )
    .get(till);
  if (other !== undefined) throw refuse('shift.alreadyOpen', { till, person: other.name });
}

/** Ends one's own shift. Never waits for printing or the network. @throws Refusal shift.notOpen, request.reused */
export function closeShift(
  tx: Tx,
  journal: Journal,
  requestId: string,
  person: Person,
  till: string,
  atMs: number,
): void {
  const done = tx
    .prepare<[string], { userId: number }>('SELECT user_id AS userId FROM shifts WHERE close_request_id = ?')
    .get(requestId);
  if (done !== undefined) {
    if (done.userId !== person.id) throw refuse('request.reused');
    return;
  }
  const shift = getOpenShiftOf(tx, person.id, till);
  tx.prepare('UPDATE shifts SET closed_at_ms = ?, close_request_id = ? WHERE id = ?').run(
    atMs,
    requestId,
    shift.id,
  );
  const receipts = tx
    .prepare<[{ shift: number }], { n: number; first: string | null; last: string | null }>(
      `SELECT count(*) AS n,
         (SELECT receipt_number FROM payments WHERE shift_id = @shift ORDER BY id LIMIT 1) AS first,
         (SELECT receipt_number FROM payments WHERE shift_id = @shift ORDER BY id DESC LIMIT 1) AS last
       FROM payments WHERE shift_id = @shift`,
    )
    .get({ shift: shift.id });
  journal.append(tx, {
    act: 'shift.closed',
    actor: actorOf(person),
    atMs,
    body: {
      shiftId: shift.id,
      requestId,
      receipts: receipts?.n ?? 0,
      firstReceipt: receipts?.first ?? null,
      lastReceipt: receipts?.last ?? null,
    },
  });
}
