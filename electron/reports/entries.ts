import type { ReportFilter } from '../../shared/domain/reports/report.ts';
import type { ReadDb, WriteDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';

/** What a report is asked of; ownShiftId: of the person's own running shift nothing may be told. */
export type Scope = ReportFilter & { readonly ownShiftId: number | null };

export type ScopeParameters = {
  readonly from: string;
  readonly to: string;
  readonly till: string | null;
  readonly cashier: number | null;
  readonly ownShift: number;
  readonly firstId: number;
  readonly lastId: number;
};

/**
 * What the statements are bound to. Receipts of a date belong to its shifts and were written one after another: between
 * the first and the last of them the table is read in its own order, which is much faster than by an index.
 */
export function parametersOf(db: ReadDb, scope: Scope): ScopeParameters {
  const range = prepared<{ firstId: number | null; lastId: number | null }>(
    db,
    `SELECT min((SELECT id FROM payments WHERE shift_id = s.id ORDER BY id LIMIT 1)) AS firstId,
            max((SELECT id FROM payments WHERE shift_id = s.id ORDER BY id DESC LIMIT 1)) AS lastId
       FROM shifts s WHERE s.business_date BETWEEN ? AND ?`,
  ).get(scope.from, scope.to);
  return {
    from: scope.from,
    to: scope.to,
    till: scope.till,
    cashier: scope.cashierId,
    ownShift: scope.ownShiftId ?? 0,
    firstId: range?.firstId ?? 0,
    lastId: range?.lastId ?? -1,
  };
}

/** Told while a long report is made, one date after another. */
export type OnProgress = (done: number, total: number) => void;

/** Those on which there were shifts: receipts are of no other. */
export function shiftDates(db: ReadDb, { from, to }: ScopeParameters): string[] {
  return prepared<{ date: string }>(
    db,
    'SELECT DISTINCT business_date AS date FROM shifts WHERE business_date BETWEEN ? AND ? ORDER BY 1',
  )
    .all(from, to)
    .map(({ date }) => date);
}

/** What is asked of each date, one after another: nothing has to be sorted, and it is known how much is done. */
export function byDate<T>(
  db: ReadDb,
  dates: readonly string[],
  { till, cashier, ownShift }: ScopeParameters,
  onProgress: OnProgress,
  ask: (date: string, ofDate: ScopeParameters) => readonly T[],
): T[] {
  return dates.flatMap((date, at) => {
    const scope = { from: date, to: date, till, cashierId: cashier, ownShiftId: ownShift };
    const found = ask(date, parametersOf(db, scope));
    onProgress(at + 1, dates.length);
    return found;
  });
}

/** Receipts of the period: p. */
export const receiptsWhere = `p.id BETWEEN @firstId AND @lastId AND p.business_date BETWEEN @from AND @to
  AND (@till IS NULL OR p.till_code = @till) AND (@cashier IS NULL OR p.user_id = @cashier)
  AND p.shift_id <> @ownShift`;

/** What was taken back in the period: of the date, person and drawer that it was taken back on. */
export const undoneFrom = `undone_payments u JOIN payments p ON p.id = u.payment_id JOIN shifts s ON s.id = u.shift_id
  WHERE u.business_date BETWEEN @from AND @to AND (@till IS NULL OR s.till_code = @till)
    AND (@cashier IS NULL OR u.user_id = @cashier) AND u.shift_id <> @ownShift`;

/** Cheques that bounced and transfers that were rejected in the period: of the receipt's till, by who entered it. */
export const failedFrom = `reversing_entries e JOIN payments p ON p.id = e.payment_id
  WHERE e.business_date BETWEEN @from AND @to AND (@till IS NULL OR p.till_code = @till)
    AND (@cashier IS NULL OR e.user_id = @cashier)`;

/**
 * For a connection that reads much and is closed after it: pages of the file as the system holds them already, without
 * copying each (measured: bills are looked up in half the time).
 */
export function readQuickly(db: Pick<WriteDb, 'pragma'>): void {
  db.pragma('mmap_size = 2000000000');
  db.pragma('cache_size = -64000');
}
