import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { ReadDb } from '../db/connection.ts';
import type { ClosedBody, CountBody, MoveBody, OpenedBody } from './custodyBodies.ts';

/** The rows of shifts, counts, moves and reports, in the words of their entries. Each tells the field that differs. */
export function createCustodyRows(db: ReadDb) {
  const findShift = db.prepare<[number], Record<string, Canonical>>(
    `SELECT open_request_id AS requestId, till_code AS till, user_id AS userId, business_date AS businessDate,
            opened_at_ms AS atMs FROM shifts WHERE id = ?`,
  );
  /** Worn notes and others are apart in the count, together in the float. */
  const floatDiffers = db.prepare<[{ shift: number; count: number }]>(
    `SELECT 1 FROM (
       SELECT currency, denomination_minor AS kind, quantity FROM shift_floats WHERE shift_id = @shift
       UNION ALL
       SELECT currency, denomination_minor, -quantity FROM count_lines WHERE count_id = @count)
     GROUP BY currency, kind HAVING sum(quantity) <> 0 LIMIT 1`,
  );
  const findCount = db.prepare<[number], Record<string, Canonical>>(
    `SELECT c.request_id AS requestId, c.kind, c.shift_id AS shiftId, c.till_code AS till,
            c.business_date AS businessDate, w.login AS witness, c.reason, c.user_id AS userId, c.at_ms AS atMs,
            (SELECT count(*) FROM count_papers p WHERE p.count_id = c.id) AS papers
       FROM counts c LEFT JOIN users w ON w.id = c.witness_id WHERE c.id = ?`,
  );
  const countLines = db.prepare<[number], LineRow>(linesOf('count_lines', 'count_id'));
  const moveLines = db.prepare<[number], LineRow>(linesOf('cash_move_lines', 'move_id'));
  const results = db.prepare<[number], { currency: string }>(
    `SELECT currency, counted_minor AS countedMinor, worn_minor AS wornMinor, expected_minor AS expectedMinor,
            expected_worn_minor AS expectedWornMinor, difference_minor AS differenceMinor
       FROM count_results WHERE count_id = ?`,
  );
  const missing = db.prepare<[number]>(
    `SELECT payment_id AS paymentId, line FROM count_papers WHERE count_id = ? AND is_present = 0
      ORDER BY payment_id, line`,
  );
  const findMove = db.prepare<[number], Record<string, Canonical>>(
    `SELECT m.request_id AS requestId, m.kind, m.from_kind AS fromKind, m.from_shift_id AS fromShift,
            m.from_till AS fromTill, m.to_kind AS toKind, m.to_shift_id AS toShift, m.to_till AS toTill, m.reason,
            m.note, m.bag_number AS bagNumber, c.login AS counterpart, m.approval_id AS approvalId,
            m.count_id AS countId, m.paired_with AS pairedWith, m.business_date AS businessDate, m.user_id AS userId,
            m.at_ms AS atMs
       FROM cash_moves m LEFT JOIN users c ON c.id = m.counterpart_id WHERE m.id = ?`,
  );
  const amounts = db.prepare<[number], { currency: string }>(
    'SELECT currency, minor FROM cash_move_amounts WHERE move_id = ?',
  );
  const isApproved = db.prepare<[{ approval: number; user: number; atMs: number }]>(
    `SELECT 1 FROM approvals WHERE id = @approval AND act = 'cash.move' AND requested_by = @user AND used_at_ms = @atMs`,
  );
  const findReport = db.prepare<
    [number],
    Record<string, Canonical> & { figures: string; content: string; paper: string | null }
  >(
    `SELECT z.till_code AS till, z.number AS zNumber, z.shift_id AS shiftId, z.count_id AS countId,
            z.business_date AS businessDate, z.user_id AS userId, z.at_ms AS atMs, z.total_receipts AS receipts,
            z.total_minor AS minor, z.total_undone AS undone, z.total_undone_minor AS undoneMinor, z.reason,
            s.close_request_id AS requestId, s.closed_at_ms AS closedAtMs, z.figures, z.content, j.content AS paper
       FROM z_reports z JOIN shifts s ON s.id = z.shift_id
       LEFT JOIN print_jobs j ON j.document = 'shiftReport' AND j.subject_id = z.id AND j.copy_number = 0 WHERE z.id = ?`,
  );

  return {
    shiftDiffers(entry: JournalEntry, body: OpenedBody): string | null {
      const { shiftId, countId, requestId, till, businessDate } = body;
      const userId = entry.actor?.id ?? 0;
      const said = { requestId, till, userId, businessDate, atMs: entry.atMs };
      return (
        firstDifference(said, findShift.get(shiftId)) ??
        (floatDiffers.get({ shift: shiftId, count: countId }) === undefined ? null : 'float')
      );
    },
    countDiffers(entry: JournalEntry, body: CountBody): string | null {
      const { countId, lines, results: found, missing: gone, ...fields } = body;
      const { requestId, kind, shiftId, till, businessDate, witness, reason, papers } = fields;
      const userId = entry.actor?.id ?? 0;
      const said = { requestId, kind, shiftId, till, businessDate, witness, reason, papers, userId };
      return (
        firstDifference({ ...said, atMs: entry.atMs }, findCount.get(countId)) ??
        listDiffers('lines', lines, ordered(countLines.all(countId))) ??
        listDiffers('results', found, byCurrency(results.all(countId))) ??
        listDiffers('missing', gone, missing.all(countId))
      );
    },
    moveDiffers(entry: JournalEntry, body: MoveBody): string | null {
      const { moveId, from, to, approvalId, requestId, kind, reason, note, bagNumber } = body;
      const { counterpart, countId, pairedWith, businessDate } = body;
      const userId = entry.actor?.id ?? 0;
      const said = {
        requestId,
        kind,
        reason,
        note,
        bagNumber,
        counterpart,
        approvalId,
        countId,
        pairedWith,
        fromKind: from.kind,
        fromShift: from.kind === 'shift' ? from.shiftId : null,
        fromTill: from.kind === 'till' ? from.till : null,
        toKind: to.kind,
        toShift: to.kind === 'shift' ? to.shiftId : null,
        toTill: to.kind === 'till' ? to.till : null,
        businessDate,
        userId,
        atMs: entry.atMs,
      };
      if (approvalId !== null && !isApproved.get({ approval: approvalId, user: userId, atMs: entry.atMs }))
        return 'approval';
      return (
        firstDifference(said, findMove.get(moveId)) ??
        listDiffers('amounts', body.amounts, byCurrency(amounts.all(moveId))) ??
        listDiffers('lines', body.lines, ordered(moveLines.all(moveId)))
      );
    },
    /** @param reason why another than its cashier closed it */
    reportDiffers(entry: JournalEntry, body: ClosedBody, reason: string): string | null {
      const row = findReport.get(body.reportId);
      if (row === undefined) return 'it is gone';
      const { figures, content, paper, ...fields } = row;
      if (sha256(figures) !== body.figuresSha256) return 'figures';
      if (sha256(content) !== body.contentSha256) return 'content';
      // Reports of before they were printed have no paper.
      if (paper !== null && paper !== content) return 'paper';
      const { till, zNumber, shiftId, countId, businessDate, requestId } = body;
      const { receipts, minor, undone, undoneMinor } = body.perpetual;
      const said = { till, zNumber, shiftId, countId, businessDate, requestId, reason };
      const totals = { receipts, minor, undone, undoneMinor };
      const userId = entry.actor?.id ?? 0;
      return firstDifference(
        { ...said, ...totals, userId, atMs: entry.atMs, closedAtMs: entry.atMs },
        fields,
      );
    },
  };
}

type LineRow = {
  readonly currency: string;
  readonly denominationMinor: number;
  readonly isWorn: 0 | 1;
  readonly quantity: number;
};

function linesOf(table: string, key: string): string {
  return `SELECT currency, denomination_minor AS denominationMinor, is_worn AS isWorn, quantity FROM ${table}
    WHERE ${key} = ? ORDER BY denomination_minor DESC, is_worn`;
}

/** As the entries have them: the order of the currencies, the largest note first. */
function ordered(rows: readonly LineRow[]) {
  return byCurrency(rows.map((row) => ({ ...row, isWorn: row.isWorn === 1 })));
}

function byCurrency<T extends { readonly currency: string }>(rows: readonly T[]): T[] {
  return currencies.flatMap((currency) => rows.filter((row) => row.currency === currency));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function firstDifference(
  said: Readonly<Record<string, Canonical>>,
  row: Readonly<Record<string, Canonical>> | undefined,
): string | null {
  if (row === undefined) return 'it is gone';
  return Object.keys(said).find((field) => said[field] !== row[field]) ?? null;
}

function listDiffers(name: string, said: readonly unknown[], rows: readonly unknown[]): string | null {
  return canonicalJson(said as Canonical) === canonicalJson(rows as Canonical) ? null : name;
}
