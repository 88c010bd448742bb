import type { CashAmount, CashLine } from '../../shared/domain/counting.ts';
import { orderedLines } from '../../shared/domain/counting.ts';
import type { MoveKind, Place } from '../../shared/domain/custody.ts';
import type { CashMoveView, SafeView } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { tillCash } from './cashMoves.ts';

type MoveRow = Omit<CashMoveView, 'from' | 'to' | 'amounts' | 'lines' | 'kind'> & {
  readonly kind: string;
  readonly fromKind: Place['kind'];
  readonly fromShift: number | null;
  readonly fromTill: string | null;
  readonly toKind: Place['kind'];
  readonly toShift: number | null;
  readonly toTill: string | null;
};

const moves = `SELECT m.id, m.kind, m.from_kind AS fromKind, m.from_shift_id AS fromShift, m.from_till AS fromTill,
    m.to_kind AS toKind, m.to_shift_id AS toShift, m.to_till AS toTill, m.reason, m.note, m.bag_number AS bagNumber,
    u.name_ar AS byAr, u.name_en AS byEn, c.name_ar AS counterpartAr, c.name_en AS counterpartEn,
    s.name_ar AS approvedByAr, s.name_en AS approvedByEn, m.count_id AS countId, m.at_ms AS atMs,
    m.business_date AS businessDate
  FROM cash_moves m JOIN users u ON u.id = m.user_id
  LEFT JOIN users c ON c.id = m.counterpart_id
  LEFT JOIN approvals a ON a.id = m.approval_id LEFT JOIN users s ON s.id = a.approver_id`;

export function getMove(db: ReadDb, id: number): CashMoveView {
  const row = prepared<MoveRow>(db, `${moves} WHERE m.id = ?`).get(id);
  if (row === undefined) throw new Error(`no move ${id}`);
  return moveOf(db, row);
}

/** In the order in which they were made. */
export function listMovesOfShift(db: ReadDb, shiftId: number): CashMoveView[] {
  return prepared<MoveRow>(
    db,
    `${moves} WHERE m.from_shift_id = @shift OR m.to_shift_id = @shift ORDER BY m.id`,
  )
    .all({ shift: shiftId })
    .map((row) => moveOf(db, row));
}

export function listMoves(db: ReadDb, from: string, to: string): CashMoveView[] {
  return prepared<MoveRow>(db, `${moves} WHERE m.business_date BETWEEN ? AND ? ORDER BY m.id DESC LIMIT 5000`)
    .all(from, to)
    .map((row) => moveOf(db, row));
}

function moveOf(db: ReadDb, row: MoveRow): CashMoveView {
  const { fromKind, fromShift, fromTill, toKind, toShift, toTill, kind, ...rest } = row;
  return {
    ...rest,
    kind: kind as MoveKind,
    from: placeOf(fromKind, fromShift, fromTill),
    to: placeOf(toKind, toShift, toTill),
    amounts: prepared<CashAmount>(
      db,
      'SELECT currency, minor FROM cash_move_amounts WHERE move_id = ? ORDER BY currency',
    ).all(row.id),
    lines: orderedLines(
      prepared<LineRow>(
        db,
        `SELECT currency, denomination_minor AS denominationMinor, is_worn AS isWorn, quantity
           FROM cash_move_lines WHERE move_id = ?`,
      )
        .all(row.id)
        .map(lineOf),
    ),
  };
}

type LineRow = Omit<CashLine, 'isWorn'> & { readonly isWorn: 0 | 1 };

function lineOf(row: LineRow): CashLine {
  return { ...row, isWorn: row.isWorn === 1 };
}

function placeOf(kind: Place['kind'], shiftId: number | null, till: string | null): Place {
  if (kind === 'shift' && shiftId !== null) return { kind, shiftId };
  if (kind === 'till' && till !== null) return { kind, till };
  return kind === 'safe' ? { kind } : { kind: 'outside' };
}

/** Which notes and coins a shift's moves of one kind took out of its drawer. */
export function linesOfMoves(db: ReadDb, shiftId: number, kind: MoveKind): CashLine[] {
  return orderedLines(
    prepared<LineRow>(
      db,
      `SELECT l.currency, l.denomination_minor AS denominationMinor, l.is_worn AS isWorn, sum(l.quantity) AS quantity
         FROM cash_moves m JOIN cash_move_lines l ON l.move_id = m.id
        WHERE m.from_shift_id = ? AND m.kind = ? GROUP BY l.currency, l.denomination_minor, l.is_worn`,
    )
      .all(shiftId, kind)
      .map(lineOf),
  );
}

/** What should lie in the safe, and in drawers without a shift. */
export function viewSafe(db: ReadDb): SafeView {
  return {
    amounts: prepared<CashAmount>(
      db,
      'SELECT currency, expected_minor AS minor FROM safe_cash WHERE expected_minor > 0 ORDER BY currency',
    ).all(),
    lines: safeLines(db),
    tills: prepared<{ till: string }>(db, 'SELECT code AS till FROM tills ORDER BY added_at_ms, code')
      .all()
      .map(({ till }) => ({ till, amounts: tillCash(db, till) }))
      .filter(({ amounts }) => amounts.length > 0),
  };
}

/** By kind of note, the largest first: every move of the safe says its notes. */
export function safeLines(db: ReadDb): CashLine[] {
  return prepared<LineRow>(
    db,
    `SELECT l.currency, l.denomination_minor AS denominationMinor, l.is_worn AS isWorn,
            sum(iif(m.to_kind = 'safe', l.quantity, -l.quantity)) AS quantity
       FROM cash_moves m JOIN cash_move_lines l ON l.move_id = m.id
      WHERE m.from_kind = 'safe' OR m.to_kind = 'safe'
      GROUP BY l.currency, l.denomination_minor, l.is_worn
     HAVING quantity <> 0 ORDER BY l.currency, l.denomination_minor DESC, l.is_worn`,
  )
    .all()
    .map(lineOf);
}
