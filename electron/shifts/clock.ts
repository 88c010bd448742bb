import { clockToleranceMs } from '../../shared/domain/businessDay.ts';
import { businessDate, formatTime } from '../../shared/domain/dates.ts';
import { refuse } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';

type Dated = { readonly id: number; readonly till: string; readonly openedAtMs: number };

/**
 * No money moves on a clock that is behind what the shift has already done: its receipts would say a time before those
 * before them. Counting and closing stay possible. Who is sure that the clock had been ahead and is right now says so
 * once (`confirmClock`).
 * @throws Refusal clock.setBack with the last act's time
 */
export function requireClock(db: ReadDb, shift: Dated, atMs: number): void {
  requireAfter(db, lastActOf(db, shift), atMs);
}

/** The same for what begins: after the last close of the till. @throws Refusal clock.setBack */
export function requireClockForOpening(db: ReadDb, till: string, atMs: number): void {
  const last = prepared<{ atMs: number | null }>(
    db,
    'SELECT closed_at_ms AS atMs FROM shifts WHERE till_code = ? ORDER BY id DESC LIMIT 1',
  ).get(till)?.atMs;
  if (last !== null && last !== undefined) requireAfter(db, last, atMs);
}

function requireAfter(db: ReadDb, lastMs: number, atMs: number): void {
  if (atMs >= lastMs - clockToleranceMs) return;
  const isAnsweredFor = prepared(
    db,
    'SELECT 1 FROM clock_marks WHERE at_ms <= ? AND ahead_until_ms >= ? LIMIT 1',
  ).get(atMs + clockToleranceMs, lastMs);
  if (isAnsweredFor === undefined)
    throw refuse('clock.setBack', { time: `${businessDate(lastMs)} ${formatTime(lastMs)}` });
}

function lastActOf(db: ReadDb, shift: Dated): number {
  const row = prepared<{ payment: number | null; move: number | null; undone: number | null }>(
    db,
    `SELECT (SELECT at_ms FROM payments WHERE shift_id = @shift ORDER BY id DESC LIMIT 1) AS payment,
            (SELECT at_ms FROM undone_payments WHERE shift_id = @shift ORDER BY id DESC LIMIT 1) AS undone,
            (SELECT at_ms FROM cash_moves WHERE from_shift_id = @shift ORDER BY id DESC LIMIT 1) AS move`,
  ).get({ shift: shift.id });
  return Math.max(shift.openedAtMs, row?.payment ?? 0, row?.undone ?? 0, row?.move ?? 0);
}

/**
 * A supervisor or administrator answers for the clock: all that was written with later times was written while it was
 * ahead. @returns until when times are not believed
 */
export function confirmClock(tx: Tx, journal: Journal, person: Person, atMs: number): number {
  const last = prepared<{ atMs: number | null }>(
    tx,
    `SELECT max(at_ms) AS atMs FROM (
       SELECT at_ms FROM payments WHERE id = (SELECT max(id) FROM payments)
       UNION ALL SELECT at_ms FROM undone_payments WHERE id = (SELECT max(id) FROM undone_payments)
       UNION ALL SELECT at_ms FROM cash_moves WHERE id = (SELECT max(id) FROM cash_moves)
       UNION ALL SELECT max(opened_at_ms) FROM shifts
       UNION ALL SELECT max(closed_at_ms) FROM shifts)`,
  ).get()?.atMs;
  const aheadUntilMs = last ?? 0;
  if (aheadUntilMs <= atMs) return atMs;
  prepared(tx, 'INSERT INTO clock_marks (at_ms, ahead_until_ms, user_id) VALUES (?, ?, ?)').run(
    atMs,
    aheadUntilMs,
    person.id,
  );
  journal.append(tx, { act: 'clock.confirmed', actor: actorOf(person), atMs, body: { aheadUntilMs } });
  return aheadUntilMs;
}
