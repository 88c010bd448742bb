import { refuse } from '../../shared/errors.ts';
import type { CountOutcome, Person, ShiftClosed, ShiftState } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import type { CloseContext } from './closeShift.ts';
import { finishShift } from './closeShift.ts';
import type { Counted, NewExplanation } from './counts.ts';
import { printSlip } from './custodyPaper.ts';
import { countDrawer, countOpening, getOutcome, linesOf } from './counts.ts';
import { insertShift, journalOpening } from './openShift.ts';
import { digestOf } from './requests.ts';
import { insertStep } from './shiftSteps.ts';
import type { ShiftRow } from './shifts.ts';
import { findOpenShiftOf, getOwnShift, getShift, shiftState, standing } from './shifts.ts';
import { findReportByRequest, getReport } from './zReports.ts';

/**
 * The next cashier counts the giver's drawer, blind. The giver's shift takes no money until the count is accepted or
 * refused.
 * @throws Refusal shift.notOpen, custody.receiverIsGiver, custody.notKeeper, shift.alreadyOpen for a receiver with a drawer
 *   of their own, and all of countDrawer's
 */
export function countHandover(
  tx: Tx,
  journal: Journal,
  counted: Counted,
  giver: Person,
  receiver: Person,
  atMs: number,
): CountOutcome {
  const shift = getOwnShift(tx, giver.id);
  const count = {
    shift,
    counted,
    person: receiver,
    witness: giver.id === receiver.id ? null : giver,
    reason: '',
  };
  requireReceiver(giver, receiver);
  return countDrawer(tx, { journal, atMs }, count, () => {
    requireFree(tx, receiver);
    return 'handover';
  });
}

/**
 * The receiver accepts what they counted: the giver's shift is closed with it, the receiver's is opened on the same till
 * with exactly those notes, in one transaction.
 * @throws Refusal shift.notOpen, shift.notCounted, count.notLast, close.explanationMissing, and those of countHandover
 */
export function acceptHandover(
  tx: Tx,
  request: {
    readonly requestId: string;
    readonly countId: number;
    readonly explanations: readonly NewExplanation[];
  },
  giver: Person,
  receiver: Person,
  context: CloseContext,
): ShiftClosed & { readonly next: ShiftState } {
  const { journal, atMs } = context;
  const { requestId, countId, explanations } = request;
  requireReceiver(giver, receiver);
  const digest = digestOf({
    countId,
    explanations: explanations.map(({ currency, text }) => ({ currency, text })),
    userId: giver.id,
    receiverId: receiver.id,
  });
  const earlier = findReportByRequest(tx, requestId, digest);
  if (earlier !== null) {
    const next = prepared<{ id: number }>(tx, 'SELECT id FROM shifts WHERE open_request_id = ?').get(
      requestId,
    );
    if (next === undefined) throw refuse('request.reused');
    return { report: earlier, wasAlreadyClosed: true, next: shiftState(tx, getShift(tx, next.id), atMs) };
  }
  const shift = getOwnShift(tx, giver.id);
  const count = requireOffered(tx, shift, countId, receiver);
  requireFree(tx, receiver);
  const lines = linesOf(tx, countId);
  let next: ShiftRow | null = null;
  const reportId = finishShift(tx, context, {
    requestId,
    digest,
    shift,
    count,
    explanations,
    person: giver,
    empty: (move) => {
      next = insertShift(tx, { requestId, till: shift.till, person: receiver, lines, atMs });
      const moveId = move('handover', { kind: 'shift', shiftId: next.id }, lines);
      if (moveId !== null)
        printSlip(tx, moveId, { ...context, userId: giver.id }, { receiver: receiver.nameAr });
    },
  });
  const opened = next as ShiftRow | null;
  if (opened === null) throw new Error('a handover opened no shift');
  const opening = { requestId, shift: opened, lines, person: receiver };
  const openingId = countOpening(tx, journal, {
    ...opening,
    digest,
    leftThere: count.results.map(({ currency, countedMinor }) => ({ currency, minor: countedMinor })),
    atMs,
  });
  journalOpening(tx, journal, { ...opening, countId: openingId });
  return {
    report: getReport(tx, reportId),
    wasAlreadyClosed: false,
    next: shiftState(tx, opened, atMs),
  };
}

/** The receiver does not accept: custody stays, the count with its difference too. @throws as acceptHandover */
export function refuseHandover(
  tx: Tx,
  journal: Journal,
  request: { readonly requestId: string; readonly countId: number; readonly reason: string },
  giver: Person,
  receiver: Person,
  atMs: number,
): ShiftState {
  const { requestId, countId, reason } = request;
  requireReceiver(giver, receiver);
  const earlier = prepared<{ shiftId: number; countId: number | null; userId: number }>(
    tx,
    'SELECT shift_id AS shiftId, count_id AS countId, user_id AS userId FROM shift_steps WHERE request_id = ?',
  ).get(requestId);
  if (earlier !== undefined) {
    if (earlier.countId !== countId || earlier.userId !== receiver.id) throw refuse('request.reused');
    return shiftState(tx, getShift(tx, earlier.shiftId), atMs);
  }
  const shift = getOwnShift(tx, giver.id);
  requireOffered(tx, shift, countId, receiver);
  insertStep(tx, shift, { step: 'handoverRefused', requestId, reason, person: receiver, countId, atMs });
  journal.append(tx, {
    act: 'shift.handoverRefused',
    actor: actorOf(receiver),
    atMs,
    body: { shiftId: shift.id, requestId, till: shift.till, countId, reason, giver: giver.login },
  });
  return shiftState(tx, shift, atMs);
}

/** @throws Refusal custody.receiverIsGiver, custody.notKeeper */
function requireReceiver(giver: Person, receiver: Person): void {
  if (giver.id === receiver.id) throw refuse('custody.receiverIsGiver');
  if (receiver.role !== 'cashier' && receiver.role !== 'supervisor') throw refuse('custody.notKeeper');
}

/** @throws Refusal shift.alreadyOpen */
function requireFree(tx: Tx, receiver: Person): void {
  const own = findOpenShiftOf(tx, receiver.id);
  if (own !== null) throw refuse('shift.alreadyOpen', { till: own.till, person: receiver.nameAr });
}

/** The count that this receiver made of this shift and that nothing came after. */
function requireOffered(tx: Tx, shift: ShiftRow, countId: number, receiver: Person): CountOutcome {
  const now = standing(tx, shift.id);
  if (now.state !== 'counted' || now.count === null) throw refuse('shift.notCounted');
  if (now.count.id !== countId || now.count.kind !== 'handover') throw refuse('count.notLast');
  const counter = prepared<{ id: number }>(tx, 'SELECT user_id AS id FROM counts WHERE id = ?').get(countId);
  if (counter?.id !== receiver.id) throw refuse('count.notLast');
  return getOutcome(tx, countId);
}
