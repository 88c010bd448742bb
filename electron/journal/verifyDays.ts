import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Problem } from './verify.ts';

const amounts = z.array(z.looseObject({ currency: z.enum(currencies), minor: z.number().int() }));

/** What the entry of a closed day must say; unknown fields of later versions pass. */
const closedBody = z.looseObject({
  dayId: z.number().int(),
  requestId: z.string(),
  businessDate: z.string(),
  exceptionId: z.number().int().nullable(),
  zReports: z.array(z.number().int()),
  receipts: z.number().int(),
  receiptsMinor: z.number().int(),
  results: z.array(
    z.looseObject({
      currency: z.enum(currencies),
      countedMinor: z.number().int(),
      expectedMinor: z.number().int(),
      differenceMinor: z.number().int(),
    }),
  ),
  safeBefore: amounts,
  safeAfter: amounts,
  figuresSha256: z.string(),
  contentSha256: z.string(),
});
const returnedBody = z.looseObject({
  returnedId: z.number().int(),
  requestId: z.string(),
  shiftId: z.number().int(),
  businessDate: z.string(),
  reason: z.string(),
});
const recountedBody = z.looseObject({
  returnedId: z.number().int(),
  shiftId: z.number().int(),
  countId: z.number().int(),
});

type DayRow = {
  readonly requestId: string;
  readonly businessDate: string;
  readonly exceptionId: number | null;
  readonly userId: number;
  readonly atMs: number;
  readonly isAllowed: 0 | 1;
  readonly figures: string;
  readonly content: string;
};

type Amount = { readonly currency: string; readonly minor: number };

/**
 * Compares each closed day with its signed entry and with what it is the sum of: the reports of its shifts, their receipts
 * and last counts, and the safe from one day's close to the next.
 */
export function createDayCheck(db: ReadDb) {
  let days = 0;
  let returned = 0;
  let recounted = 0;
  let lastDate = '';
  let lastSafe: readonly Amount[] = [];

  const findDay = db.prepare<[number], DayRow>(
    `SELECT d.request_id AS requestId, d.business_date AS businessDate, d.approval_id AS exceptionId,
            d.closed_by AS userId, d.at_ms AS atMs, d.figures, d.content,
            d.approval_id IS NULL OR EXISTS (SELECT 1 FROM approvals a WHERE a.id = d.approval_id
              AND a.act = 'day.exception' AND a.requested_by = d.closed_by AND a.used_at_ms IS NOT NULL) AS isAllowed
       FROM days d WHERE d.id = ?`,
  );
  const listReports = db.prepare<[string], { id: number }>(
    'SELECT id FROM z_reports WHERE business_date = ? ORDER BY id',
  );
  const sumReceipts = db.prepare<[string], { receipts: number; minor: number }>(
    `SELECT count(*) AS receipts, coalesce(sum(p.total_minor), 0) AS minor
       FROM z_reports z JOIN payments p ON p.shift_id = z.shift_id WHERE z.business_date = ?`,
  );
  const sumResults = db.prepare<[string]>(
    `SELECT r.currency, sum(r.counted_minor) AS countedMinor, sum(r.expected_minor) AS expectedMinor,
            sum(r.difference_minor) AS differenceMinor
       FROM z_reports z JOIN count_results r ON r.count_id = coalesce(
         (SELECT max(b.count_id) FROM returned_shifts b WHERE b.shift_id = z.shift_id), z.count_id)
      WHERE z.business_date = ? GROUP BY r.currency ORDER BY r.currency`,
  );
  const sumSafe = db.prepare<[{ after: string; until: string }], Amount>(
    `SELECT a.currency, sum(iif(m.to_kind = 'safe', a.minor, -a.minor)) AS minor
       FROM cash_moves m JOIN cash_move_amounts a ON a.move_id = m.id
      WHERE m.business_date > @after AND m.business_date <= @until AND (m.from_kind = 'safe' OR m.to_kind = 'safe')
      GROUP BY a.currency`,
  );
  const findReturned = db.prepare<[number], Record<string, unknown>>(
    `SELECT request_id AS requestId, shift_id AS shiftId, business_date AS businessDate, reason,
            user_id AS userId, at_ms AS atMs, count_id AS countId FROM returned_shifts WHERE id = ?`,
  );

  function check(entry: JournalEntry): Problem | null {
    if (entry.act === 'shift.returned') return checkReturned(entry);
    if (entry.act === 'shift.recounted') return checkRecounted(entry);
    return checkClosed(entry);
  }

  function problemOf(entry: JournalEntry, kind: Problem['kind'], detail: string): Problem {
    return { sequence: entry.sequence, kind, detail };
  }

  function checkClosed(entry: JournalEntry): Problem | null {
    const parsed = closedBody.safeParse(entry.body);
    if (!parsed.success) return problemOf(entry, 'unreadable', 'a closed day has not its fields');
    days += 1;
    const body = parsed.data;
    const differs = (field: string): Problem =>
      problemOf(entry, 'rowsDiffer', `day ${body.businessDate}: ${field}`);
    const wrong = (what: string): Problem =>
      problemOf(entry, 'sumWrong', `day ${body.businessDate}: ${what}`);
    const row = findDay.get(body.dayId);
    if (row === undefined) return differs('it is gone');
    if (row.requestId !== body.requestId) return differs('requestId');
    if (row.businessDate !== body.businessDate) return differs('businessDate');
    if (row.exceptionId !== body.exceptionId || row.isAllowed !== 1) return differs('exception');
    if (row.userId !== entry.actor?.id || row.atMs !== entry.atMs) return differs('who and when');
    if (sha256(row.figures) !== body.figuresSha256) return differs('figures');
    if (sha256(row.content) !== body.contentSha256) return differs('report');
    if (body.businessDate <= lastDate) return differs('a later day was closed before');
    const reports = listReports.all(body.businessDate).map(({ id }) => id);
    if (JSON.stringify(reports) !== JSON.stringify(body.zReports)) return differs('shift reports');
    const receipts = sumReceipts.get(body.businessDate);
    if (receipts?.receipts !== body.receipts || receipts.minor !== body.receiptsMinor)
      return wrong('receipts');
    if (JSON.stringify(sumResults.all(body.businessDate)) !== JSON.stringify(inOrder(body.results)))
      return wrong('counts');
    if (!isSame(body.safeBefore, lastSafe)) return wrong('the safe before it');
    const moved = sumSafe.all({ after: lastDate, until: body.businessDate });
    if (!isSame(body.safeAfter, [...body.safeBefore, ...moved])) return wrong('the safe after it');
    lastDate = body.businessDate;
    lastSafe = body.safeAfter;
    return null;
  }

  function checkReturned(entry: JournalEntry): Problem | null {
    const parsed = returnedBody.safeParse(entry.body);
    if (!parsed.success) return problemOf(entry, 'unreadable', 'a returned shift has not its fields');
    returned += 1;
    const { returnedId, requestId, shiftId, businessDate, reason } = parsed.data;
    const row = findReturned.get(returnedId);
    const said: Record<string, unknown> = {
      requestId,
      shiftId,
      businessDate,
      reason,
      userId: entry.actor?.id,
      atMs: entry.atMs,
    };
    const field = Object.keys(said).find((name) => said[name] !== row?.[name]);
    return field === undefined
      ? null
      : problemOf(entry, 'rowsDiffer', `shift ${shiftId} sent back: ${field}`);
  }

  function checkRecounted(entry: JournalEntry): Problem | null {
    const parsed = recountedBody.safeParse(entry.body);
    if (!parsed.success) return problemOf(entry, 'unreadable', 'a second count has not its fields');
    recounted += 1;
    const { returnedId, shiftId, countId } = parsed.data;
    const row = findReturned.get(returnedId);
    return row?.['shiftId'] === shiftId && row['countId'] === countId
      ? null
      : problemOf(entry, 'rowsDiffer', `shift ${shiftId} counted again: count`);
  }

  /** Nothing was closed, sent back or counted again that the journal does not know of; no report lies between the days. */
  function finish(): Problem | null {
    const rows = db
      .prepare<[], { days: number; returned: number; recounted: number; unclosed: string | null }>(
        `SELECT (SELECT count(*) FROM days) AS days, (SELECT count(*) FROM returned_shifts) AS returned,
                (SELECT count(count_id) FROM returned_shifts) AS recounted,
                (SELECT min(business_date) FROM z_reports
                  WHERE business_date <= (SELECT max(business_date) FROM days)
                    AND business_date NOT IN (SELECT business_date FROM days)) AS unclosed`,
      )
      .get();
    const problem = (kind: Problem['kind'], detail: string): Problem => ({ sequence: null, kind, detail });
    if (rows?.days !== days)
      return problem('rowsDiffer', `${rows?.days} closed days, ${days} in the journal`);
    if (rows.returned !== returned || rows.recounted !== recounted)
      return problem(
        'rowsDiffer',
        `${rows.returned} shifts sent back and ${rows.recounted} counted again, ${returned} and ${recounted} in the journal`,
      );
    return rows.unclosed === null
      ? null
      : problem(
          'rowsDiffer',
          `${rows.unclosed} has shifts and lies before a closed day, but was never closed`,
        );
  }

  return { check, finish };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function inOrder(results: z.infer<typeof closedBody>['results']): unknown[] {
  return results
    .map(({ currency, countedMinor, expectedMinor, differenceMinor }) => ({
      currency,
      countedMinor,
      expectedMinor,
      differenceMinor,
    }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** True when both come to the same in every currency. */
function isSame(some: readonly Amount[], others: readonly Amount[]): boolean {
  const sumOf = (all: readonly Amount[], currency: string): number =>
    all.reduce((sum, amount) => (amount.currency === currency ? sum + amount.minor : sum), 0);
  return currencies.every((currency) => sumOf(some, currency) === sumOf(others, currency));
}
