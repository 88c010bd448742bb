import { createHash } from 'node:crypto';
import { addDays, businessDate } from '../../shared/domain/dates.ts';
import type { DayFigures, OpenShiftOfDay, ReviewedShift } from '../../shared/domain/day.ts';
import { dayFigures, dayObstacles } from '../../shared/domain/day.ts';
import type { PaperDocument } from '../../shared/domain/paper.ts';
import type { DayEntry, DayReport, DayReturn, DayView, Person } from '../../shared/ipc/contract.ts';
import { refuse } from '../../shared/errors.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { closedUntil } from '../shifts/closedDays.ts';
import {
  closedShiftsOf,
  earlierOpenDay,
  openShiftsOf,
  pendingOfDay,
  safeOfDay,
  tookCashOn,
} from './readDay.ts';

/** What was reviewed: the close is refused when another shift, count or word came since. */
export function markOf({
  open,
  closed,
}: {
  readonly open: readonly OpenShiftOfDay[];
  readonly closed: readonly ReviewedShift[];
}): string {
  const text = JSON.stringify([
    open.map(({ shiftId }) => shiftId),
    closed.map(({ shiftId, countId, explanations, isReturned }) => [
      shiftId,
      countId,
      explanations.length,
      isReturned,
    ]),
  ]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A day as its supervisor sees it: what was closed is read from its report, an open one from its shifts. */
export function viewDay(
  db: ReadDb,
  journal: Pick<Journal, 'head'>,
  date: string,
  person: Person,
  atMs: number,
): DayView {
  const report = findReport(db, date);
  const closed = closedShiftsOf(db, date);
  const open = openShiftsOf(db, date, atMs);
  const today = businessDate(atMs);
  const until = closedUntil(db);
  const isSealed = until !== null && date <= until;
  const closedBy = { ar: person.nameAr, en: person.nameEn };
  return {
    businessDate: date,
    today,
    state: report !== null ? 'closed' : isSealed ? 'skipped' : 'open',
    closed:
      report === null ? null : { by: report.figures.closedBy, atMs: report.figures.atMs, id: report.id },
    open,
    shifts: closed.map(({ figures, userId: _userId, ...shift }) => ({
      ...shift,
      zNumber: figures.zNumber,
      openedAtMs: figures.acts.openedAtMs,
      closedAtMs: figures.acts.atMs,
      receipts: figures.acts.receipts,
      receiptsMinor: figures.receiptsMinor,
      undoneMinor: figures.voidsMinor + figures.reversalsMinor,
      toSafe: figures.count?.toSafe ?? [],
      returns: returnsOf(db, shift.shiftId),
    })),
    figures:
      report?.figures ??
      dayFigures({
        businessDate: date,
        atMs,
        closedBy,
        exceptionBy: null,
        shifts: closed,
        safe: safeOfDay(db, date),
        pending: pendingOfDay(db, date),
        journal: journal.head(),
      }),
    obstacles:
      report !== null || isSealed
        ? []
        : dayObstacles({
            businessDate: date,
            today,
            earlierOpen: earlierOpenDay(db, date),
            open,
            closed,
          }),
    needsException: tookCashOn(db, person.id, date),
    mark: markOf({ open, closed }),
  };
}

type ReportRow = { readonly id: number; readonly figures: string; readonly content: string };

function findReport(
  db: ReadDb,
  date: string,
): { readonly id: number; readonly figures: DayFigures; readonly paper: PaperDocument } | null {
  const row = prepared<ReportRow>(db, 'SELECT id, figures, content FROM days WHERE business_date = ?').get(
    date,
  );
  return row === undefined
    ? null
    : {
        id: row.id,
        figures: JSON.parse(row.figures) as DayFigures,
        paper: JSON.parse(row.content) as PaperDocument,
      };
}

/** The report of a closed day. @throws Refusal day.notFound */
export function getDayReport(db: ReadDb, date: string): DayReport {
  const report = findReport(db, date);
  if (report === null) throw refuse('day.notFound');
  return { businessDate: date, ...report };
}

function returnsOf(db: ReadDb, shiftId: number): DayReturn[] {
  return prepared<Omit<DayReturn, 'by'> & { readonly ar: string; readonly en: string }>(
    db,
    `SELECT r.id, r.reason, u.name_ar AS ar, u.name_en AS en, r.at_ms AS atMs, r.count_id AS countId
       FROM returned_shifts r JOIN users u ON u.id = r.user_id WHERE r.shift_id = ? ORDER BY r.id`,
  )
    .all(shiftId)
    .map(({ ar, en, ...row }) => ({ ...row, by: { ar, en } }));
}

/** How many days the list shows. */
const shownDays = 400;

type EntryRow = {
  readonly date: string;
  readonly shifts: number;
  readonly open: number;
  readonly receipts: number;
  readonly minor: number;
  readonly closedAtMs: number | null;
  readonly ar: string | null;
  readonly en: string | null;
};

/** The days with shifts, the newest first; today is always among them. */
export function listDays(db: ReadDb, atMs: number): DayEntry[] {
  const today = businessDate(atMs);
  const entries = prepared<EntryRow>(
    db,
    `SELECT f.date, sum(f.shifts) AS shifts, sum(f.open) AS open, sum(f.receipts) AS receipts, sum(f.minor) AS minor,
            d.at_ms AS closedAtMs, u.name_ar AS ar, u.name_en AS en
       FROM (
         SELECT business_date AS date, 1 AS shifts, 0 AS open, json_extract(figures, '$.acts.receipts') AS receipts,
                json_extract(figures, '$.receiptsMinor') AS minor
           FROM z_reports WHERE business_date > @from
         UNION ALL
         SELECT business_date, 1, 1, 0, 0 FROM shifts WHERE closed_at_ms IS NULL) f
       LEFT JOIN days d ON d.business_date = f.date LEFT JOIN users u ON u.id = d.closed_by
      GROUP BY f.date ORDER BY f.date DESC`,
  )
    .all({ from: addDays(today, -shownDays) })
    .map(({ date, shifts, open, receipts, minor, closedAtMs, ar, en }): DayEntry => ({
      businessDate: date,
      shifts,
      openShifts: open,
      receipts,
      receiptsMinor: minor,
      closed: closedAtMs === null ? null : { by: { ar: ar ?? '', en: en ?? '' }, atMs: closedAtMs },
    }));
  if (entries.some((entry) => entry.businessDate === today)) return entries;
  const until = closedUntil(db);
  if (until !== null && today <= until) return entries;
  return [
    { businessDate: today, shifts: 0, openShifts: 0, receipts: 0, receiptsMinor: 0, closed: null },
    ...entries,
  ].toSorted((a, b) => (a.businessDate < b.businessDate ? 1 : -1));
}
