import { isShiftOver } from '../../shared/domain/businessDay.ts';
import type { CashAmount } from '../../shared/domain/counting.ts';
import { currencies } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type { CountKind, OpenShiftView, Person, ShiftState } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { requireClock } from './clock.ts';

export type ShiftRow = {
  readonly id: number;
  readonly till: string;
  readonly userId: number;
  readonly businessDate: string;
  readonly openedAtMs: number;
  readonly closedAtMs: number | null;
};

const anyShift = `SELECT id, till_code AS till, user_id AS userId, business_date AS businessDate,
  opened_at_ms AS openedAtMs, closed_at_ms AS closedAtMs FROM shifts`;

export function findShift(db: ReadDb, id: number): ShiftRow | null {
  return prepared<ShiftRow>(db, `${anyShift} WHERE id = ?`).get(id) ?? null;
}

/** A shift that must be there, open or closed. */
export function getShift(db: ReadDb, id: number): ShiftRow {
  const shift = findShift(db, id);
  if (shift === null) throw new Error(`no shift ${id}`);
  return shift;
}

export function findOpenShiftOf(db: ReadDb, userId: number): ShiftRow | null {
  return prepared<ShiftRow>(db, `${anyShift} WHERE closed_at_ms IS NULL AND user_id = ?`).get(userId) ?? null;
}

export function findOpenShiftOn(db: ReadDb, till: string): ShiftRow | null {
  return prepared<ShiftRow>(db, `${anyShift} WHERE closed_at_ms IS NULL AND till_code = ?`).get(till) ?? null;
}

/** One's own open shift, however it stands. @throws Refusal shift.notOpen */
export function getOwnShift(db: ReadDb, userId: number): ShiftRow {
  const shift = findOpenShiftOf(db, userId);
  if (shift === null) throw refuse('shift.notOpen');
  return shift;
}

/** Any open shift. @throws Refusal shift.notOpen where there never was such a one, shift.closed */
export function getOpenShift(db: ReadDb, id: number): ShiftRow {
  const shift = findShift(db, id);
  if (shift === null) throw refuse('shift.notOpen');
  if (shift.closedAtMs !== null) throw refuse('shift.closed', { till: shift.till });
  return shift;
}

/**
 * One's own shift, if money may come into its drawer or leave it now: the act's own check, in its transaction.
 * @throws Refusal shift.notOpen, shift.suspended, shift.counted, shift.forgotten past the shift's day, clock.setBack
 */
export function getSellingShift(db: ReadDb, userId: number, atMs: number): ShiftRow {
  const shift = getOwnShift(db, userId);
  requireSelling(db, shift, atMs);
  return shift;
}

/** @throws Refusal shift.suspended, shift.counted, shift.forgotten, clock.setBack */
export function requireSelling(db: ReadDb, shift: ShiftRow, atMs: number): void {
  const { state } = standing(db, shift.id);
  if (state === 'suspended') throw refuse('shift.suspended');
  if (state === 'counted') throw refuse('shift.counted');
  requireClock(db, shift, atMs);
  if (isShiftOver(shift.businessDate, atMs))
    throw refuse('shift.forgotten', { businessDate: shift.businessDate });
}

type LastStep = { readonly step: string; readonly countId: number | null; readonly kind: CountKind | null };

/** How an open shift stands: its last step says it. */
export function standing(db: ReadDb, shiftId: number): Pick<ShiftState, 'state' | 'count'> {
  const last = prepared<LastStep>(
    db,
    `SELECT step, count_id AS countId, (SELECT kind FROM counts WHERE counts.id = count_id) AS kind
       FROM shift_steps WHERE shift_id = ? ORDER BY id DESC LIMIT 1`,
  ).get(shiftId);
  if (last?.step === 'suspended') return { state: 'suspended', count: null };
  if (last?.step === 'counted' && last.countId !== null && last.kind !== null)
    return { state: 'counted', count: { id: last.countId, kind: last.kind } };
  return { state: 'open', count: null };
}

/** What a cashier may know of the running shift: no sums. */
export function shiftState(db: ReadDb, shift: ShiftRow, atMs: number): ShiftState {
  return {
    id: shift.id,
    till: shift.till,
    businessDate: shift.businessDate,
    openedAtMs: shift.openedAtMs,
    float: floatOf(db, shift.id),
    receiptCount: countReceipts(db, shift.id),
    ...standing(db, shift.id),
    isOver: isShiftOver(shift.businessDate, atMs),
  };
}

export function currentShift(db: ReadDb, person: Person, atMs: number): ShiftState | null {
  const shift = findOpenShiftOf(db, person.id);
  return shift === null ? null : shiftState(db, shift, atMs);
}

/** What was counted into the drawer at the opening. */
export function floatOf(db: ReadDb, shiftId: number): CashAmount[] {
  const rows = prepared<CashAmount>(
    db,
    `SELECT currency, sum(denomination_minor * quantity) AS minor FROM shift_floats WHERE shift_id = ? GROUP BY currency`,
  ).all(shiftId);
  return currencies.flatMap((currency) => rows.filter((row) => row.currency === currency));
}

function countReceipts(db: ReadDb, shiftId: number): number {
  return (
    prepared<{ n: number }>(db, 'SELECT count(*) AS n FROM payments WHERE shift_id = ?').get(shiftId)?.n ?? 0
  );
}

/** All drawers that are open now, the oldest first. */
export function listOpenShifts(db: ReadDb, atMs: number): OpenShiftView[] {
  const rows = prepared<ShiftRow & { cashierAr: string; cashierEn: string }>(
    db,
    `SELECT s.id, s.till_code AS till, s.user_id AS userId, s.business_date AS businessDate,
            s.opened_at_ms AS openedAtMs, NULL AS closedAtMs, u.name_ar AS cashierAr, u.name_en AS cashierEn
       FROM shifts s JOIN users u ON u.id = s.user_id WHERE s.closed_at_ms IS NULL ORDER BY s.id`,
  ).all();
  return rows.map(({ id, userId, closedAtMs: _, ...shift }) => ({
    ...shift,
    shiftId: id,
    personId: userId,
    state: standing(db, id).state,
    isOver: isShiftOver(shift.businessDate, atMs),
    receiptCount: countReceipts(db, id),
  }));
}

/** How far a shift has come, by its rows and without any amount: a count is of exactly this. */
export function markOf(tx: ReadDb, shiftId: number): string {
  const row = prepared<{ payment: number; undone: number; move: number }>(
    tx,
    `SELECT (SELECT coalesce(max(id), 0) FROM payments WHERE shift_id = @shift) AS payment,
            (SELECT coalesce(max(id), 0) FROM undone_payments WHERE shift_id = @shift) AS undone,
            max((SELECT coalesce(max(id), 0) FROM cash_moves WHERE from_shift_id = @shift),
                (SELECT coalesce(max(id), 0) FROM cash_moves WHERE to_shift_id = @shift)) AS move`,
  ).get({ shift: shiftId });
  if (row === undefined) throw new Error('a sum without a row');
  return `${row.payment}-${row.undone}-${row.move}`;
}

/** The date that a person works on: of their open shift, which may have begun yesterday; else the calendar's. */
export function dateOf(db: ReadDb, person: Person, calendarDate: string): string {
  return findOpenShiftOf(db, person.id)?.businessDate ?? calendarDate;
}
