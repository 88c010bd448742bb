import type {
  DayExplanation,
  DayPending,
  OpenShiftOfDay,
  ReviewedShift,
  SafeMoveSum,
  SafeOfDay,
} from '../../shared/domain/day.ts';
import { sumAmounts } from '../../shared/domain/day.ts';
import { isShiftOver } from '../../shared/domain/businessDay.ts';
import type { CashAmount } from '../../shared/domain/counting.ts';
import type { MoveKind } from '../../shared/domain/custody.ts';
import type { Currency } from '../../shared/domain/money.ts';
import type { ShiftFigures } from '../../shared/domain/shiftFigures.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { isUnfinished } from '../printing/printJobs.ts';
import { closedUntil } from '../shifts/closedDays.ts';
import { mostUnsent } from '../shifts/figures.ts';
import { readResults } from '../shifts/counts.ts';
import { listMissing } from '../shifts/papers.ts';

/** Shifts of the date that are still open. */
export function openShiftsOf(db: ReadDb, businessDate: string, atMs: number): OpenShiftOfDay[] {
  return prepared<{ shiftId: number; till: string; ar: string; en: string }>(
    db,
    `SELECT s.id AS shiftId, s.till_code AS till, u.name_ar AS ar, u.name_en AS en
       FROM shifts s JOIN users u ON u.id = s.user_id
      WHERE s.closed_at_ms IS NULL AND s.business_date = ? ORDER BY s.id`,
  )
    .all(businessDate)
    .map(({ shiftId, till, ar, en }) => ({
      shiftId,
      till,
      cashier: { ar, en },
      isOver: isShiftOver(businessDate, atMs),
    }));
}

type ShiftRow = {
  readonly shiftId: number;
  readonly till: string;
  readonly userId: number;
  readonly ar: string;
  readonly en: string;
  readonly zId: number;
  readonly figures: string;
  readonly closeCountId: number;
  readonly recountId: number | null;
  readonly isReturned: 0 | 1;
};

/** The closed shifts of a date in the order of their reports, each with its last count and what was said about it. */
export function closedShiftsOf(db: ReadDb, businessDate: string): ReviewedShift[] {
  return prepared<ShiftRow>(
    db,
    `SELECT z.shift_id AS shiftId, z.till_code AS till, s.user_id AS userId, u.name_ar AS ar, u.name_en AS en,
            z.id AS zId, z.figures, z.count_id AS closeCountId,
            (SELECT max(r.count_id) FROM returned_shifts r WHERE r.shift_id = z.shift_id) AS recountId,
            EXISTS (SELECT 1 FROM returned_shifts r WHERE r.shift_id = z.shift_id AND r.count_id IS NULL) AS isReturned
       FROM z_reports z JOIN shifts s ON s.id = z.shift_id JOIN users u ON u.id = s.user_id
      WHERE z.business_date = ? ORDER BY z.id`,
  )
    .all(businessDate)
    .map(({ ar, en, closeCountId, recountId, isReturned, figures, ...row }) => {
      const countId = recountId ?? closeCountId;
      return {
        ...row,
        cashier: { ar, en },
        figures: JSON.parse(figures) as ShiftFigures,
        countId,
        isRecounted: recountId !== null,
        results: readResults(db, countId),
        missing: listMissing(db, countId).map(({ receiptNumber }) => receiptNumber),
        explanations: explanationsOf(db, countId),
        isReturned: isReturned === 1,
      };
    });
}

type ExplanationRow = {
  readonly currency: Currency | null;
  readonly text: string;
  readonly ar: string;
  readonly en: string;
  readonly role: string;
  readonly isReview: 0 | 1;
  readonly atMs: number;
};

function explanationsOf(db: ReadDb, countId: number): DayExplanation[] {
  return prepared<ExplanationRow>(
    db,
    `SELECT e.currency, e.text, u.name_ar AS ar, u.name_en AS en, e.role, coalesce(n.is_review, 0) AS isReview,
            e.at_ms AS atMs
       FROM count_explanations e JOIN users u ON u.id = e.user_id
       LEFT JOIN explanation_requests n ON n.explanation_id = e.id
      WHERE e.count_id = ? ORDER BY e.id`,
  )
    .all(countId)
    .map(({ ar, en, isReview, ...row }) => ({ ...row, by: { ar, en }, isReview: isReview === 1 }));
}

/** The first date with shifts that is not closed and comes before this one; null: none. Days without shifts need no close. */
export function earlierOpenDay(db: ReadDb, businessDate: string): string | null {
  return (
    prepared<{ date: string | null }>(
      db,
      `SELECT min(date) AS date FROM (
         SELECT min(business_date) AS date FROM z_reports WHERE business_date > @until AND business_date < @date
         UNION ALL
         SELECT min(business_date) FROM shifts
          WHERE closed_at_ms IS NULL AND business_date > @until AND business_date < @date)`,
    ).get({ until: closedUntil(db) ?? '', date: businessDate })?.date ?? null
  );
}

/**
 * What became of the safe in the time that a day's close covers: from the day after the last closed one until this one. Read
 * back from what lies there now, so that years of moves are not read for it.
 */
export function safeOfDay(db: ReadDb, businessDate: string): SafeOfDay {
  const now = prepared<CashAmount>(
    db,
    'SELECT currency, expected_minor AS minor FROM safe_cash ORDER BY currency',
  ).all();
  const moves = safeMoves(db, closedUntil(db) ?? '', businessDate);
  const later = safeMoves(db, businessDate, '9999-12-31');
  const after = sumAmounts([...now, ...later.map(taken)]);
  return { before: sumAmounts([...after, ...moves.map(taken)]), moves, after };
}

/** What a sum of moves changed, taken back. */
function taken({ direction, currency, minor }: SafeMoveSum): CashAmount {
  return { currency, minor: direction === 'in' ? -minor : minor };
}

function safeMoves(db: ReadDb, after: string, until: string): SafeMoveSum[] {
  return prepared<Omit<SafeMoveSum, 'kind'> & { readonly kind: string }>(
    db,
    `SELECT m.kind, iif(m.to_kind = 'safe', 'in', 'out') AS direction, a.currency, count(*) AS count,
            sum(a.minor) AS minor
       FROM cash_moves m JOIN cash_move_amounts a ON a.move_id = m.id
      WHERE m.business_date > @after AND m.business_date <= @until AND (m.from_kind = 'safe' OR m.to_kind = 'safe')
      GROUP BY m.kind, direction, a.currency ORDER BY m.kind, direction, a.currency`,
  )
    .all({ after, until })
    .map((row) => ({ ...row, kind: row.kind as MoveKind }));
}

/** What is not settled yet: listed beside a day, never in its way. */
export function pendingOfDay(db: ReadDb, businessDate: string): DayPending {
  return {
    transfers: prepared<DayPending['transfers'][number]>(
      db,
      `SELECT p.receipt_number AS receiptNumber, r.provider, t.value_minor AS minor
         FROM transfers r JOIN payments p ON p.id = r.payment_id JOIN shifts s ON s.id = p.shift_id
         JOIN payment_tenders t ON t.payment_id = r.payment_id AND t.line = r.line
        WHERE r.state = 'pending' AND s.business_date = ? ORDER BY r.id`,
    ).all(businessDate),
    unknownPapers: prepared<{ title: string }>(
      db,
      `SELECT title FROM print_jobs WHERE ${isUnfinished} AND state = 'unknown' ORDER BY id`,
    )
      .all()
      .map(({ title }) => title),
    unsent:
      prepared<{ n: number }>(
        db,
        `SELECT count(*) AS n FROM (SELECT 1 FROM outbox WHERE sent_at_ms IS NULL LIMIT ${mostUnsent})`,
      ).get()?.n ?? 0,
    chequesDue: prepared<DayPending['chequesDue'][number]>(
      db,
      `SELECT t.currency, count(*) AS count, sum(t.received_minor) AS minor
         FROM cheques c JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line
        WHERE c.state = 'inHand' AND c.due_on <= ? GROUP BY t.currency ORDER BY t.currency`,
    ).all(businessDate),
  };
}

/** Whether a person took or gave back money over the counter on that date: who did, doesn't close it by themselves. */
export function tookCashOn(db: ReadDb, userId: number, businessDate: string): boolean {
  return (
    prepared(
      db,
      `SELECT 1 FROM shifts s WHERE s.user_id = ? AND s.business_date = ?
          AND (EXISTS (SELECT 1 FROM payments p WHERE p.shift_id = s.id)
            OR EXISTS (SELECT 1 FROM undone_payments u WHERE u.shift_id = s.id)) LIMIT 1`,
    ).get(userId, businessDate) !== undefined
  );
}
