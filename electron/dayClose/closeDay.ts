import { createHash } from 'node:crypto';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { businessDate, formatTime } from '../../shared/domain/dates.ts';
import type { DayObstacle } from '../../shared/domain/day.ts';
import { dayFigures, dayObstacles } from '../../shared/domain/day.ts';
import { dayPaper } from '../../shared/domain/dayPaper.ts';
import type { Letterhead } from '../../shared/domain/dayPaper.ts';
import type { Refusal } from '../../shared/errors.ts';
import { refuse } from '../../shared/errors.ts';
import type { ParsedInput, Person } from '../../shared/ipc/contract.ts';
import { spendApproval } from '../approvals/approvals.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { insertPaper } from '../printing/printJobs.ts';
import { requireDayOpen } from '../shifts/closedDays.ts';
import { actorOf } from '../users/users.ts';
import {
  closedShiftsOf,
  earlierOpenDay,
  openShiftsOf,
  pendingOfDay,
  safeOfDay,
  tookCashOn,
} from './readDay.ts';
import { markOf } from './viewDay.ts';

export type DayContext = {
  readonly journal: Journal;
  readonly atMs: number;
  readonly letterhead: Letterhead;
};

/**
 * Closes a business date, and with it every date before, wholly or not at all, once for each request: the sum of its
 * shifts' reports, what became of the safe, what is not settled yet, the report's paper, journal. Waits for nobody.
 * @returns false when this request had closed it before: nothing was written this time
 * @throws Refusal day.alreadyClosed (another was first), day.closed (with a later one), what is in its way: day.notYet,
 *   day.nothing, day.earlierOpen, day.openShift, day.returned, day.unexplained; day.changed when it is not what was
 *   reviewed; day.exceptionNeeded and all of spendApproval's where who closes took money; request.reused
 */
export function closeDay(
  tx: Tx,
  request: ParsedInput<'days.close'>,
  person: Person,
  context: DayContext,
): boolean {
  const { requestId, businessDate: date } = request;
  const { journal, atMs } = context;
  if (wasClosedBy(tx, request, person)) return false;
  requireNotClosed(tx, date);
  const closed = closedShiftsOf(tx, date);
  const open = openShiftsOf(tx, date, atMs);
  const obstacles = dayObstacles({
    businessDate: date,
    today: businessDate(atMs),
    earlierOpen: earlierOpenDay(tx, date),
    open,
    closed,
  });
  for (const obstacle of obstacles) throw refusalOf(obstacle);
  if (request.mark !== markOf({ open, closed })) throw refuse('day.changed');
  const exception = spendException(tx, request, person, atMs);
  const figures = dayFigures({
    businessDate: date,
    atMs,
    closedBy: { ar: person.nameAr, en: person.nameEn },
    exceptionBy: exception === null ? null : { ar: exception.nameAr, en: exception.nameEn },
    shifts: closed,
    safe: safeOfDay(tx, date),
    pending: pendingOfDay(tx, date),
    journal: journal.head(),
  });
  const figuresText = canonicalJson(figures as unknown as Canonical);
  const paper = dayPaper(figures, context.letterhead);
  const content = canonicalJson(paper as unknown as Canonical);
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO days (business_date, request_id, closed_by, approval_id, figures, content, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    date,
    requestId,
    person.id,
    exception === null ? null : request.exceptionId,
    figuresText,
    content,
    atMs,
  );
  const dayId = Number(lastInsertRowid);
  insertPaper(tx, { paper, subjectId: dayId, userId: person.id, atMs });
  journal.append(tx, {
    act: 'day.closed',
    actor: actorOf(person),
    atMs,
    body: {
      dayId,
      requestId,
      businessDate: date,
      exceptionId: exception === null ? null : request.exceptionId,
      zReports: closed.map(({ zId }) => zId),
      receipts: figures.receipts.count,
      receiptsMinor: figures.receipts.minor,
      results: figures.results.map((result) => ({ ...result })),
      safeBefore: figures.safe.before.map((amount) => ({ ...amount })),
      safeAfter: figures.safe.after.map((amount) => ({ ...amount })),
      figuresSha256: createHash('sha256').update(figuresText).digest('hex'),
      contentSha256: createHash('sha256').update(content).digest('hex'),
    },
  });
  return true;
}

/** @throws Refusal request.reused */
function wasClosedBy(
  tx: Tx,
  { requestId, businessDate: date }: ParsedInput<'days.close'>,
  person: Person,
): boolean {
  const earlier = prepared<{ date: string; closedBy: number }>(
    tx,
    'SELECT business_date AS date, closed_by AS closedBy FROM days WHERE request_id = ?',
  ).get(requestId);
  if (earlier === undefined) return false;
  if (earlier.date !== date || earlier.closedBy !== person.id) throw refuse('request.reused');
  return true;
}

/** @throws Refusal day.alreadyClosed with who and when, day.closed */
function requireNotClosed(tx: ReadDb, date: string): void {
  const row = prepared<{ person: string; atMs: number }>(
    tx,
    `SELECT u.name_ar AS person, d.at_ms AS atMs FROM days d JOIN users u ON u.id = d.closed_by
      WHERE d.business_date = ?`,
  ).get(date);
  if (row !== undefined)
    throw refuse('day.alreadyClosed', {
      person: row.person,
      time: `${businessDate(row.atMs)} ${formatTime(row.atMs)}`,
    });
  requireDayOpen(tx, date);
}

function refusalOf(obstacle: DayObstacle): Refusal {
  switch (obstacle.kind) {
    case 'notYet':
      return refuse('day.notYet');
    case 'nothing':
      return refuse('day.nothing');
    case 'earlierDay':
      return refuse('day.earlierOpen', { businessDate: obstacle.businessDate });
    case 'openShift':
      return refuse('day.openShift', { till: obstacle.till, person: obstacle.cashier.ar });
    case 'returned':
      return refuse('day.returned', { till: obstacle.till, person: obstacle.cashier.ar });
    case 'unexplained':
      return refuse('day.unexplained', { till: obstacle.till, person: obstacle.cashier.ar });
  }
}

/**
 * Who took money on that date closes it with an administrator's word only.
 * @returns who gave it; null: it was not needed
 */
function spendException(
  tx: Tx,
  { requestId, businessDate: date, exceptionId }: ParsedInput<'days.close'>,
  person: Person,
  atMs: number,
): Person | null {
  if (!tookCashOn(tx, person.id, date)) return null;
  if (exceptionId === null) throw refuse('day.exceptionNeeded');
  const act = { kind: 'day.exception', contents: { requestId, businessDate: date } } as const;
  return spendApproval(tx, exceptionId, act, { requester: person, atMs });
}
