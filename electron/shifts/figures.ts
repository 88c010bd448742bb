import type { CashAmount } from '../../shared/domain/counting.ts';
import type { MoveKind } from '../../shared/domain/custody.ts';
import type { ShiftActs, ShiftFigures, TenderFigure } from '../../shared/domain/shiftFigures.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { isUnfinished } from '../printing/printJobs.ts';
import type { ShiftRow } from './shifts.ts';
import { floatOf } from './shifts.ts';

/** What was done in a shift, without any sum. Reads the shift's part of each table by its index. */
export function shiftActs(db: ReadDb, shift: ShiftRow, atMs: number): ShiftActs {
  const row = prepared<
    Omit<ShiftActs, 'cashier' | 'shiftId' | 'till' | 'businessDate' | 'openedAtMs' | 'atMs'>
  >(
    db,
    `SELECT
       (SELECT count(*) FROM payments WHERE shift_id = @shift) AS receipts,
       (SELECT receipt_number FROM payments WHERE shift_id = @shift ORDER BY id LIMIT 1) AS firstReceipt,
       (SELECT receipt_number FROM payments WHERE shift_id = @shift ORDER BY id DESC LIMIT 1) AS lastReceipt,
       (SELECT count(*) FROM payments WHERE shift_id = @shift AND book_id IS NOT NULL) AS fromBooks,
       (SELECT count(*) FROM undone_payments WHERE shift_id = @shift AND kind = 'void') AS voids,
       (SELECT count(*) FROM undone_payments WHERE shift_id = @shift AND kind = 'reversal') AS reversals,
       (SELECT count(*) FROM shift_steps WHERE shift_id = @shift AND step = 'suspended') AS suspensions,
       (SELECT count(*) FROM counts WHERE shift_id = @shift) AS counts,
       (SELECT count(*) FROM cash_moves WHERE from_shift_id = @shift) +
         (SELECT count(*) FROM cash_moves WHERE to_shift_id = @shift) AS moves,
       0 AS copies, 0 AS abandoned, 0 AS drawerOpenings, 0 AS refusedApprovals`,
  ).get({ shift: shift.id });
  const cashier = prepared<{ ar: string; en: string; login: string }>(
    db,
    'SELECT name_ar AS ar, name_en AS en, login FROM users WHERE id = ?',
  ).get(shift.userId);
  if (row === undefined || cashier === undefined) throw new Error(`no cashier of shift ${shift.id}`);
  return {
    ...row,
    ...journaledActs(db, shift, cashier.login),
    shiftId: shift.id,
    till: shift.till,
    businessDate: shift.businessDate,
    openedAtMs: shift.openedAtMs,
    atMs,
    cashier: { ar: cashier.ar, en: cashier.en },
  };
}

/** Acts that only the journal knows: of the shift's cashier, since it was opened. */
function journaledActs(
  db: ReadDb,
  shift: ShiftRow,
  login: string,
): Pick<ShiftActs, 'copies' | 'abandoned' | 'drawerOpenings' | 'refusedApprovals'> {
  const opened = prepared<{ sequence: number }>(
    db,
    `SELECT sequence FROM journal WHERE act = 'shift.opened' AND json_extract(text, '$.body.shiftId') = ?
      ORDER BY sequence DESC LIMIT 1`,
  ).get(shift.id);
  const since = opened?.sequence ?? 0;
  const of = (act: string, who: string): number =>
    prepared<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM journal WHERE act = ? AND sequence > ? AND json_extract(text, '${who}') = ?`,
    ).get(act, since, login)?.n ?? 0;
  return {
    copies: of('print.requested', '$.actor.login'),
    abandoned: of('payment.abandoned', '$.actor.login'),
    drawerOpenings: of('drawer.opened', '$.actor.login'),
    refusedApprovals: of('approval.refused', '$.body.requestedBy'),
  };
}

/** What of a report comes from the shift itself; its count, number and perpetual totals come with the close. */
export type ShiftSums = Omit<ShiftFigures, 'version' | 'zNumber' | 'count' | 'perpetual' | 'journal'>;

/** The sums of a shift's receipts and moves. Minor units; values in agorot at the frozen rates. */
export function shiftSums(db: ReadDb, shift: ShiftRow, atMs: number): ShiftSums {
  const by = { shift: shift.id };
  const receipts = prepared<{ minor: number; rounding: number }>(
    db,
    `SELECT coalesce(sum(total_minor), 0) AS minor, coalesce(sum(rounding_minor), 0) AS rounding
       FROM payments WHERE shift_id = @shift`,
  ).get(by);
  const undone = prepared<{ kind: 'void' | 'reversal'; minor: number }>(
    db,
    `SELECT u.kind, sum(p.total_minor) AS minor FROM undone_payments u JOIN payments p ON p.id = u.payment_id
      WHERE u.shift_id = @shift GROUP BY u.kind`,
  ).all(by);
  const undoneMinor = (kind: string): number => undone.find((row) => row.kind === kind)?.minor ?? 0;
  return {
    acts: shiftActs(db, shift, atMs),
    receiptsMinor: receipts?.minor ?? 0,
    roundingMinor: receipts?.rounding ?? 0,
    tenders: prepared<TenderFigure>(
      db,
      `SELECT t.kind, t.currency, count(*) AS count, sum(t.received_minor) AS receivedMinor,
              sum(t.value_minor) AS valueMinor, sum(t.worn_minor) AS wornMinor
         FROM payments p JOIN payment_tenders t ON t.payment_id = p.id
        WHERE p.shift_id = @shift GROUP BY t.kind, t.currency ORDER BY t.kind, t.currency`,
    ).all(by),
    change: prepared<CashAmount & { valueMinor: number }>(
      db,
      `SELECT c.currency, sum(c.minor) AS minor, sum(c.value_minor) AS valueMinor
         FROM payments p JOIN payment_change c ON c.payment_id = p.id
        WHERE p.shift_id = @shift GROUP BY c.currency ORDER BY c.currency`,
    ).all(by),
    ...services(db, shift.id),
    voidsMinor: undoneMinor('void'),
    reversalsMinor: undoneMinor('reversal'),
    returned: prepared<CashAmount>(
      db,
      `SELECT currency, sum(minor) AS minor FROM (
         SELECT t.currency, t.received_minor AS minor FROM undone_payments u
           JOIN payment_tenders t ON t.payment_id = u.payment_id WHERE u.shift_id = @shift AND t.kind = 'cash'
         UNION ALL
         SELECT c.currency, -c.minor FROM undone_payments u JOIN payment_change c ON c.payment_id = u.payment_id
          WHERE u.shift_id = @shift)
       GROUP BY currency HAVING sum(minor) <> 0 ORDER BY currency`,
    ).all(by),
    float: floatOf(db, shift.id),
    moves: prepared<ShiftSums['moves'][number]>(
      db,
      `SELECT kind, direction, currency, count(*) AS count, sum(minor) AS minor FROM (
         SELECT m.kind, 'out' AS direction, a.currency, a.minor FROM cash_moves m
           JOIN cash_move_amounts a ON a.move_id = m.id WHERE m.from_shift_id = @shift
         UNION ALL
         SELECT m.kind, 'in', a.currency, a.minor FROM cash_moves m
           JOIN cash_move_amounts a ON a.move_id = m.id WHERE m.to_shift_id = @shift)
       GROUP BY kind, direction, currency ORDER BY kind, direction, currency`,
    )
      .all(by)
      .map((row) => ({ ...row, kind: row.kind as MoveKind })),
    pending: pending(db, shift.id),
  };
}

type ServiceRow = {
  readonly kind: 'bill' | 'advance' | 'fee' | 'changeCredit';
  readonly code: string | null;
  readonly ar: string | null;
  readonly en: string | null;
  readonly count: number;
  readonly minor: number;
};

function services(db: ReadDb, shiftId: number): Pick<ShiftSums, 'services' | 'changeCreditMinor'> {
  const rows = prepared<ServiceRow>(
    db,
    `SELECT f.kind, f.code, s.name_ar AS ar, s.name_en AS en, f.count, f.minor FROM (
       SELECT l.kind, coalesce(l.service_code, b.service_code) AS code, count(*) AS count, sum(l.minor) AS minor
         FROM payments p JOIN payment_lines l ON l.payment_id = p.id
         LEFT JOIN bills b ON b.account_id = l.account_id AND b.id = l.bill_id
        WHERE p.shift_id = ? GROUP BY l.kind, code) f
       LEFT JOIN services s ON s.code = f.code
      ORDER BY s.position, f.code, f.kind`,
  ).all(shiftId);
  const byCode = new Map<string | null, ShiftSums['services'][number]>();
  let changeCreditMinor = 0;
  for (const { kind, code, ar, en, count, minor } of rows) {
    if (kind === 'changeCredit') {
      changeCreditMinor += minor;
      continue;
    }
    const before = byCode.get(code);
    byCode.set(code, {
      code,
      ar: ar ?? 'دفعة على الحساب',
      en: en ?? 'On account',
      count: (before?.count ?? 0) + count,
      minor: (before?.minor ?? 0) + minor,
    });
  }
  return { services: [...byCode.values()], changeCreditMinor };
}

/** Without a server nothing is ever sent: a close does not count years of it. */
export const mostUnsent = 100_000;

/** What is not settled yet: listed in the report, never in its way. */
function pending(db: ReadDb, shiftId: number): ShiftSums['pending'] {
  return {
    transfers: prepared<ShiftSums['pending']['transfers'][number]>(
      db,
      `SELECT p.receipt_number AS receiptNumber, r.provider, t.value_minor AS minor
         FROM payments p JOIN transfers r ON r.payment_id = p.id
         JOIN payment_tenders t ON t.payment_id = r.payment_id AND t.line = r.line
        WHERE p.shift_id = ? AND r.state = 'pending' ORDER BY p.id`,
    ).all(shiftId),
    unknownPapers: prepared<{ number: string }>(
      db,
      `SELECT title AS number FROM print_jobs WHERE ${isUnfinished} AND state = 'unknown' ORDER BY id`,
    )
      .all()
      .map(({ number }) => number),
    unsent:
      prepared<{ n: number }>(
        db,
        `SELECT count(*) AS n FROM (SELECT 1 FROM outbox WHERE sent_at_ms IS NULL LIMIT ${mostUnsent})`,
      ).get()?.n ?? 0,
  };
}
