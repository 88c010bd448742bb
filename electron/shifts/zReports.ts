import type { CashAmount } from '../../shared/domain/counting.ts';
import type { PaperDocument } from '../../shared/domain/paper.ts';
import type { ShiftFigures } from '../../shared/domain/shiftFigures.ts';
import { refuse } from '../../shared/errors.ts';
import type { Person, ZReport, ZSummary } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

type Row = Omit<ZSummary, 'differences'> & { readonly countId: number };

const columns = `z.id, z.till_code AS till, z.number, z.shift_id AS shiftId, u.name_ar AS cashierAr,
  u.name_en AS cashierEn, z.business_date AS businessDate, s.opened_at_ms AS openedAtMs, z.at_ms AS atMs,
  json_extract(z.figures, '$.acts.receipts') AS receipts, z.count_id AS countId`;
const reports = 'FROM z_reports z JOIN shifts s ON s.id = z.shift_id JOIN users u ON u.id = s.user_id';

/** Closed shifts of these dates, the newest first; a cashier's own only. */
export function listReports(db: ReadDb, from: string, to: string, person: Person): ZSummary[] {
  return prepared<Row>(
    db,
    `SELECT ${columns} ${reports} WHERE z.business_date BETWEEN @from AND @to AND (@user IS NULL OR s.user_id = @user)
      ORDER BY z.id DESC LIMIT 2000`,
  )
    .all({ from, to, user: person.role === 'cashier' ? person.id : null })
    .map((row) => summaryOf(db, row));
}

/** @throws Refusal count.notFound */
export function getReport(db: ReadDb, id: number): ZReport {
  const row = prepared<Row & { figures: string; content: string }>(
    db,
    `SELECT ${columns}, z.figures, z.content ${reports} WHERE z.id = ?`,
  ).get(id);
  if (row === undefined) throw refuse('count.notFound');
  const { figures, content, ...summary } = row;
  const job = prepared<{ id: number }>(
    db,
    `SELECT id FROM print_jobs WHERE document = 'shiftReport' AND subject_id = ? AND copy_number = 0`,
  ).get(id);
  return {
    ...summaryOf(db, summary),
    jobId: job?.id ?? null,
    figures: JSON.parse(figures) as ShiftFigures,
    paper: JSON.parse(content) as PaperDocument,
  };
}

/** The report that this request made before; null: none. @throws Refusal request.reused */
export function findReportByRequest(db: ReadDb, requestId: string, digest: string): ZReport | null {
  const row = prepared<{ id: number | null; digest: string | null }>(
    db,
    `SELECT z.id, z.request_digest AS digest FROM shifts s LEFT JOIN z_reports z ON z.shift_id = s.id
      WHERE s.close_request_id = ?`,
  ).get(requestId);
  if (row === undefined) return null;
  if (row.id === null || row.digest !== digest) throw refuse('request.reused');
  return getReport(db, row.id);
}

function summaryOf(db: ReadDb, { countId, ...row }: Row): ZSummary {
  return {
    ...row,
    differences: prepared<CashAmount>(
      db,
      `SELECT currency, difference_minor AS minor FROM count_results WHERE count_id = ? AND difference_minor <> 0
        ORDER BY currency`,
    ).all(countId),
  };
}
