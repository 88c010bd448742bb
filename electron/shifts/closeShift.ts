import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import type { CashLine } from '../../shared/domain/counting.ts';
import { amountsOf, without } from '../../shared/domain/counting.ts';
import type { Place } from '../../shared/domain/custody.ts';
import { zNumberText } from '../../shared/domain/paperWords.ts';
import type { ShiftFigures } from '../../shared/domain/shiftFigures.ts';
import { refuse } from '../../shared/errors.ts';
import type { CountOutcome, Person, ShiftClosed } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { insertPaper } from '../printing/printJobs.ts';
import { actorOf } from '../users/users.ts';
import { recordMove } from './cashMoves.ts';
import type { NewExplanation } from './counts.ts';
import type { PaperHead } from './custodyPaper.ts';
import { explain, getOutcome, linesOf } from './counts.ts';
import { shiftSums } from './figures.ts';
import { digestOf, knownLines } from './requests.ts';
import { shiftPaper } from './shiftPaper.ts';
import type { ShiftRow } from './shifts.ts';
import { getOpenShift, standing } from './shifts.ts';
import { findReportByRequest, getReport } from './zReports.ts';

export type CloseContext = PaperHead & { readonly journal: Journal; readonly atMs: number };

export type CloseRequest = {
  readonly requestId: string;
  readonly countId: number;
  readonly explanations: readonly NewExplanation[];
  readonly leftInDrawer: readonly CashLine[];
};

/**
 * Closes a shift with its last count, wholly or not at all, once for each request: words for what differs, the difference
 * taken out of the drawer's account, the next float left there, the rest in the safe, the till's next Z report with its
 * perpetual totals and its paper, journal. Waits for nobody: no printer, no network, no supervisor.
 * @throws Refusal count.notFound, shift.closed (somebody else was first), shift.notCounted, count.notLast, shift.notOpen
 *   for another's, close.explanationMissing, close.leftMoreThanCounted, shift.unknownDenomination, request.reused
 */
export function closeShift(
  tx: Tx,
  request: CloseRequest,
  person: Person,
  context: CloseContext,
): ShiftClosed {
  const left = knownLines(request.leftInDrawer);
  const digest = digestOf({
    countId: request.countId,
    explanations: request.explanations.map(({ currency, text }) => ({ currency, text })),
    left,
    userId: person.id,
  });
  const earlier = findReportByRequest(tx, request.requestId, digest);
  if (earlier !== null) return { report: earlier, wasAlreadyClosed: true };
  const count = getOutcome(tx, request.countId);
  if (count.shiftId === null) throw refuse('count.notFound');
  const shift = getOpenShift(tx, count.shiftId);
  requireMayClose(tx, shift, count, person);
  const toSafe = without(linesOf(tx, count.id), left);
  if (toSafe === null) throw refuse('close.leftMoreThanCounted');
  const reportId = finishShift(tx, context, {
    ...request,
    digest,
    shift,
    count,
    person,
    empty: (move) => {
      move('left', { kind: 'till', till: shift.till }, left);
      move('closeToSafe', { kind: 'safe' }, toSafe);
    },
  });
  return { report: getReport(tx, reportId), wasAlreadyClosed: false };
}

function requireMayClose(tx: Tx, shift: ShiftRow, count: CountOutcome, person: Person): void {
  const now = standing(tx, shift.id);
  if (now.state !== 'counted' || now.count === null) throw refuse('shift.notCounted');
  if (now.count.id !== count.id || count.kind === 'handover') throw refuse('count.notLast');
  const closer =
    count.kind === 'witnessed'
      ? prepared<{ id: number }>(tx, 'SELECT user_id AS id FROM counts WHERE id = ?').get(count.id)?.id
      : shift.userId;
  if (closer !== person.id) throw refuse('shift.notOpen');
}

/** Every difference and every missing paper has its words. @throws Refusal close.explanationMissing */
function requireExplained(count: CountOutcome, explanations: readonly NewExplanation[]): void {
  const said = new Set(explanations.map(({ currency }) => currency));
  for (const { currency, differenceMinor } of count.results)
    if (differenceMinor !== 0 && !said.has(currency)) throw refuse('close.explanationMissing', { currency });
  if (count.missing.length > 0 && !said.has(null))
    throw refuse('close.explanationMissing', { currency: null });
}

export type Finish = {
  readonly requestId: string;
  readonly digest: string;
  readonly shift: ShiftRow;
  readonly count: CountOutcome;
  readonly explanations: readonly NewExplanation[];
  readonly person: Person;
  /** Where what was counted goes; called when the shift is closed and its difference is out. */
  readonly empty: (
    move: (kind: 'left' | 'closeToSafe' | 'handover', to: Place, lines: readonly CashLine[]) => number | null,
  ) => void;
};

/**
 * What every close has in common. After it nothing is expected in the drawer of this shift.
 * @returns the Z report's id
 */
export function finishShift(tx: Tx, context: CloseContext, finish: Finish): number {
  const { journal, atMs } = context;
  const { shift, count, person } = finish;
  requireExplained(count, finish.explanations);
  explain(tx, journal, count.id, finish.explanations, person, atMs);
  const drawer: Place = { kind: 'shift', shiftId: shift.id };
  const common = {
    request: null,
    person,
    countId: count.id,
    atMs,
    businessDate: shift.businessDate,
  };
  const outside: Place = { kind: 'outside' };
  const differences = count.results.map(({ currency, differenceMinor }) => ({
    currency,
    minor: differenceMinor,
  }));
  recordMove(tx, journal, {
    ...common,
    kind: 'difference',
    from: outside,
    to: drawer,
    lines: [],
    amounts: differences,
  });
  recordMove(tx, journal, {
    ...common,
    kind: 'difference',
    from: drawer,
    to: outside,
    lines: [],
    amounts: differences.map(({ currency, minor }) => ({ currency, minor: -minor })),
  });
  prepared(tx, 'UPDATE shifts SET closed_at_ms = ?, close_request_id = ? WHERE id = ?').run(
    atMs,
    finish.requestId,
    shift.id,
  );
  finish.empty((kind, to, lines) =>
    recordMove(tx, journal, { ...common, kind, from: drawer, to, lines, amounts: amountsOf(lines) }),
  );
  return insertReport(tx, context, finish);
}

function insertReport(tx: Tx, context: CloseContext, finish: Finish): number {
  const { journal, atMs } = context;
  const { shift, count, person } = finish;
  const number = nextNumber(tx, shift.till);
  const sums = shiftSums(tx, shift, atMs);
  const perpetual = addToTotals(tx, shift.till, {
    receipts: sums.acts.receipts,
    minor: sums.receiptsMinor,
    undone: sums.acts.voids + sums.acts.reversals,
    undoneMinor: sums.voidsMinor + sums.reversalsMinor,
  });
  const toSafe = sums.moves
    .filter(({ kind }) => kind === 'closeToSafe')
    .map(({ currency, minor }) => ({ currency, minor }));
  const figures: ShiftFigures = {
    version: 1,
    ...sums,
    zNumber: number,
    count: {
      countId: count.id,
      kind: count.kind,
      countedBy: count.countedBy,
      witness: count.witness,
      reason: count.reason,
      results: count.results,
      papers: count.papers,
      missing: count.missing.map(({ receiptNumber }) => receiptNumber),
      explanations: finish.explanations.map(({ currency, text }) => ({ currency, text })),
      leftInDrawer: sums.moves
        .filter(({ kind }) => kind === 'left')
        .map(({ currency, minor }) => ({ currency, minor })),
      toSafe,
    },
    perpetual,
    journal: journal.head(),
  };
  const figuresText = canonicalJson(figures as unknown as Canonical);
  const paper = shiftPaper(figures, context.letterhead, context.isDemonstration);
  const content = canonicalJson(paper as unknown as Canonical);
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO z_reports (till_code, number, shift_id, count_id, request_digest, user_id, reason, total_receipts,
       total_minor, total_undone, total_undone_minor, figures, content, at_ms, business_date)
     VALUES (@till, @number, @shiftId, @countId, @digest, @userId, @reason, @receipts, @minor, @undone, @undoneMinor,
       @figures, @content, @atMs, @businessDate)`,
  ).run({
    till: shift.till,
    number,
    shiftId: shift.id,
    countId: count.id,
    digest: finish.digest,
    userId: person.id,
    reason: count.kind === 'witnessed' ? count.reason : '',
    ...perpetual,
    figures: figuresText,
    content,
    atMs,
    businessDate: shift.businessDate,
  });
  const reportId = Number(lastInsertRowid);
  insertPaper(tx, { paper, subjectId: reportId, userId: person.id, atMs });
  journal.append(tx, {
    act: 'shift.closed',
    actor: actorOf(person),
    atMs,
    body: {
      shiftId: shift.id,
      requestId: finish.requestId,
      till: shift.till,
      businessDate: shift.businessDate,
      countId: count.id,
      reportId,
      zNumber: number,
      zText: zNumberText(shift.till, number),
      receipts: sums.acts.receipts,
      receiptsMinor: sums.receiptsMinor,
      undone: sums.acts.voids + sums.acts.reversals,
      undoneMinor: sums.voidsMinor + sums.reversalsMinor,
      firstReceipt: sums.acts.firstReceipt,
      lastReceipt: sums.acts.lastReceipt,
      results: count.results.map((result) => ({ ...result })),
      perpetual: { ...perpetual },
      figuresSha256: createHash('sha256').update(figuresText).digest('hex'),
      contentSha256: createHash('sha256').update(content).digest('hex'),
    },
  });
  return reportId;
}

function nextNumber(tx: Tx, till: string): number {
  return (
    (prepared<{ number: number | null }>(
      tx,
      'SELECT max(number) AS number FROM z_reports WHERE till_code = ?',
    ).get(till)?.number ?? 0) + 1
  );
}

type Totals = NonNullable<ShiftFigures['perpetual']>;

/** The till's totals with this shift's: they are never reset. */
function addToTotals(tx: Tx, till: string, shift: Totals): Totals {
  const row = prepared<Totals>(
    tx,
    `INSERT INTO till_totals (till_code, receipts, minor, undone, undone_minor, carried_receipts, carried_minor,
       carried_undone, carried_undone_minor)
     VALUES (@till, @receipts, @minor, @undone, @undoneMinor, 0, 0, 0, 0)
     ON CONFLICT (till_code) DO UPDATE SET receipts = receipts + excluded.receipts, minor = minor + excluded.minor,
       undone = undone + excluded.undone, undone_minor = undone_minor + excluded.undone_minor
     RETURNING receipts, minor, undone, undone_minor AS undoneMinor`,
  ).get({ till, ...shift });
  if (row === undefined) throw new Error('the totals gave no row');
  return row;
}
