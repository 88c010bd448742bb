import type { CashAmount, CashLine } from '../../shared/domain/counting.ts';
import type { MoveKind, Place } from '../../shared/domain/custody.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { maxMinor } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type { Person } from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import { moveCash } from './drawerCash.ts';

/** Cash that goes from one keeper to another. Amounts are minor units; lines may be none where only the amount is known. */
export type NewMove = {
  readonly request: { readonly id: string; readonly digest: string } | null;
  readonly kind: MoveKind;
  readonly from: Place;
  readonly to: Place;
  readonly amounts: readonly CashAmount[];
  readonly lines: readonly CashLine[];
  readonly reason?: string;
  readonly note?: string;
  readonly bagNumber?: string;
  readonly person: Person;
  /** Who gave or received at the other end, proved by their own PIN. */
  readonly counterpart?: Person | null;
  readonly approvalId?: number | null;
  readonly countId?: number | null;
  readonly pairedWith?: number | null;
  readonly atMs: number;
  readonly businessDate: string;
};

/**
 * Writes a move, changes what should lie at both ends and journals it, in the caller's transaction. A move of nothing is
 * none.
 * @returns the move's id; null when there is nothing to move
 * @throws Refusal change.notInDrawer, custody.notThere when more is taken than should be there, amount.tooLarge
 */
export function recordMove(tx: Tx, journal: Journal, move: NewMove): number | null {
  const amounts = move.amounts.filter(({ minor }) => minor > 0);
  if (amounts.length === 0) return null;
  for (const { currency, minor } of amounts) {
    change(tx, move.from, currency, -minor);
    change(tx, move.to, currency, minor);
  }
  const id = insertMove(tx, move, amounts);
  journal.append(tx, {
    act: 'cash.moved',
    actor: actorOf(move.person),
    atMs: move.atMs,
    body: {
      moveId: id,
      requestId: move.request?.id ?? null,
      kind: move.kind,
      from: { ...move.from },
      to: { ...move.to },
      amounts: amounts.map(({ currency, minor }) => ({ currency, minor })),
      lines: move.lines.map(({ currency, denominationMinor, isWorn, quantity }) => ({
        currency,
        denominationMinor,
        isWorn,
        quantity,
      })),
      reason: move.reason ?? '',
      note: move.note ?? '',
      bagNumber: move.bagNumber ?? '',
      counterpart: move.counterpart?.login ?? null,
      approvalId: move.approvalId ?? null,
      countId: move.countId ?? null,
      pairedWith: move.pairedWith ?? null,
      businessDate: move.businessDate,
    },
  });
  return id;
}

function insertMove(tx: Tx, move: NewMove, amounts: readonly CashAmount[]): number {
  const id = Number(
    prepared(
      tx,
      `INSERT INTO cash_moves (request_id, request_digest, kind, from_kind, from_shift_id, from_till, to_kind, to_shift_id,
         to_till, reason, note, bag_number, user_id, counterpart_id, approval_id, count_id, paired_with, at_ms,
         business_date)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      move.request?.id ?? null,
      move.request?.digest ?? null,
      move.kind,
      ...columnsOf(move.from),
      ...columnsOf(move.to),
      move.reason ?? '',
      move.note ?? '',
      move.bagNumber ?? '',
      move.person.id,
      move.counterpart?.id ?? null,
      move.approvalId ?? null,
      move.countId ?? null,
      move.pairedWith ?? null,
      move.atMs,
      move.businessDate,
    ).lastInsertRowid,
  );
  const insertAmount = prepared(
    tx,
    'INSERT INTO cash_move_amounts (move_id, currency, minor) VALUES (?, ?, ?)',
  );
  for (const { currency, minor } of amounts) insertAmount.run(id, currency, minor);
  const insertLine = prepared(
    tx,
    `INSERT INTO cash_move_lines (move_id, currency, denomination_minor, is_worn, quantity) VALUES (?, ?, ?, ?, ?)`,
  );
  for (const { currency, denominationMinor, isWorn, quantity } of move.lines)
    insertLine.run(id, currency, denominationMinor, isWorn ? 1 : 0, quantity);
  return id;
}

function columnsOf(place: Place): [kind: string, shiftId: number | null, till: string | null] {
  return [
    place.kind,
    place.kind === 'shift' ? place.shiftId : null,
    place.kind === 'till' ? place.till : null,
  ];
}

/** What should lie in a drawer without a shift. */
export function tillCash(db: ReadDb, till: string): CashAmount[] {
  return prepared<CashAmount>(
    db,
    'SELECT currency, expected_minor AS minor FROM till_cash WHERE till_code = ? AND expected_minor > 0 ORDER BY currency',
  ).all(till);
}

function change(tx: Tx, place: Place, currency: Currency, minor: number): void {
  if (place.kind === 'outside') return;
  if (place.kind === 'shift') {
    moveCash(tx, place.shiftId, currency, minor);
    return;
  }
  const keys = place.kind === 'safe' ? [] : [place.till];
  const where = place.kind === 'safe' ? 'safe_cash WHERE' : 'till_cash WHERE till_code = ? AND';
  const before =
    prepared<{ minor: number }>(tx, `SELECT expected_minor AS minor FROM ${where} currency = ?`).get(
      ...keys,
      currency,
    )?.minor ?? 0;
  if (before + minor < 0) throw refuse('custody.notThere', { currency });
  if (before + minor > maxMinor) throw refuse('amount.tooLarge');
  prepared(
    tx,
    place.kind === 'safe'
      ? `INSERT INTO safe_cash (currency, expected_minor) VALUES (?, ?)
         ON CONFLICT (currency) DO UPDATE SET expected_minor = excluded.expected_minor`
      : `INSERT INTO till_cash (till_code, currency, expected_minor) VALUES (?, ?, ?)
         ON CONFLICT (till_code, currency) DO UPDATE SET expected_minor = excluded.expected_minor`,
  ).run(...keys, currency, before + minor);
}
