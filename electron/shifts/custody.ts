import type { CashLine } from '../../shared/domain/counting.ts';
import { amountsOf } from '../../shared/domain/counting.ts';
import type { MoveKind, Place } from '../../shared/domain/custody.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import { accountCurrency, valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import { refuse } from '../../shared/errors.ts';
import type { CashMoveView, ParsedInput, Person } from '../../shared/ipc/contract.ts';
import { spendApproval } from '../approvals/approvals.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { readRates } from '../payments/rates.ts';
import type { PaperHead } from './custodyPaper.ts';
import { printSlip } from './custodyPaper.ts';
import { openDateOf } from './closedDays.ts';
import { getMove } from './listMoves.ts';
import { recordMove } from './cashMoves.ts';
import { digestOf, someLines } from './requests.ts';
import type { ShiftRow } from './shifts.ts';
import { findOpenShiftOf, findOpenShiftOn, getSellingShift, requireSelling } from './shifts.ts';
import { requireTill } from './tills.ts';

export type CustodyContext = PaperHead & { readonly journal: Journal; readonly atMs: number };

type Asked = {
  readonly kind: MoveKind;
  readonly requestId: string;
  readonly lines: readonly CashLine[];
  readonly reason?: string;
  readonly note?: string;
  readonly bagNumber?: string;
  /** What else the request is bound to. */
  readonly back?: readonly CashLine[];
};
type Ends = {
  readonly from: Place;
  readonly to: Place;
  readonly businessDate: string;
  readonly approvalId?: number | null;
};

/**
 * One move for one request, with its slip: what it is bound to is its lines, words and people.
 * @param ends where from and where to, once the rules have said yes; not asked when the request was carried out before
 * @throws Refusal request.reused, custody.nothing, shift.unknownDenomination, those of recordMove and of `ends`
 */
function moveOnce(
  tx: Tx,
  context: CustodyContext,
  asked: Asked,
  person: Person,
  counterpart: Person | null,
  ends: (lines: readonly CashLine[]) => Ends,
): CashMoveView {
  const { journal, atMs } = context;
  const lines = someLines(asked.lines);
  const { requestId, back = [], ...words } = asked;
  const bound = back.map((line) => ({ ...line }));
  const digest = digestOf({
    ...words,
    lines,
    back: bound,
    userId: person.id,
    counterpartId: counterpart?.id ?? null,
  });
  const earlier = findMove(tx, requestId, digest);
  if (earlier !== null) return earlier;
  const id = recordMove(tx, journal, {
    ...words,
    ...ends(lines),
    request: { id: requestId, digest },
    lines,
    amounts: amountsOf(lines),
    person,
    counterpart,
    atMs,
  });
  if (id === null) throw refuse('custody.nothing');
  printSlip(tx, id, { ...context, userId: person.id }, { back });
  return getMove(tx, id);
}

function findMove(tx: Tx, requestId: string, digest: string): CashMoveView | null {
  const row = prepared<{ id: number; digest: string }>(
    tx,
    'SELECT id, request_digest AS digest FROM cash_moves WHERE request_id = ?',
  ).get(requestId);
  if (row === undefined) return null;
  if (row.digest !== digest) throw refuse('request.reused');
  return getMove(tx, row.id);
}

const safe: Place = { kind: 'safe' };
const drawerOf = ({ id }: ShiftRow): Place => ({ kind: 'shift', shiftId: id });

/** The keeper of the safe is a supervisor, and not the one whose drawer it is. */
function requireSafeKeeper(keeper: Person, cashier: Person): void {
  if (keeper.id === cashier.id) throw refuse('custody.receiverIsGiver');
  if (keeper.role !== 'supervisor' && keeper.role !== 'administrator') throw refuse('custody.notKeeper');
}

/** توريد. @throws Refusal as getSellingShift, custody.receiverIsGiver, custody.notKeeper, change.notInDrawer */
export function payIn(
  tx: Tx,
  { receiver: _, ...input }: ParsedInput<'custody.payIn'>,
  cashier: Person,
  receiver: Person,
  context: CustodyContext,
): CashMoveView {
  requireSafeKeeper(receiver, cashier);
  return moveOnce(tx, context, { kind: 'payIn', ...input }, cashier, receiver, () => {
    const shift = getSellingShift(tx, cashier.id, context.atMs);
    return { from: drawerOf(shift), to: safe, businessDate: shift.businessDate };
  });
}

/** Change out of the safe. @throws Refusal as payIn, custody.notThere */
export function topUp(
  tx: Tx,
  { giver: _, ...input }: ParsedInput<'custody.topUp'>,
  cashier: Person,
  giver: Person,
  context: CustodyContext,
): CashMoveView {
  requireSafeKeeper(giver, cashier);
  return moveOnce(tx, context, { kind: 'topUp', ...input }, cashier, giver, () => {
    const shift = getSellingShift(tx, cashier.id, context.atMs);
    return { from: safe, to: drawerOf(shift), businessDate: shift.businessDate };
  });
}

/**
 * Into the drawer or out of it without a receipt. Above the limit another person's word is needed, for exactly this.
 * @param limitMinor agorot
 * @throws Refusal as getSellingShift, approval.missing and all of spendApproval's, change.notInDrawer
 */
export function moveWithoutReceipt(
  tx: Tx,
  { requestId, move, approvalId }: ParsedInput<'custody.cashMove'>,
  cashier: Person,
  limitMinor: number,
  context: CustodyContext,
): CashMoveView {
  const { direction, reason, note, lines } = move;
  const kind = direction === 'in' ? 'cashIn' : 'cashOut';
  return moveOnce(tx, context, { kind, requestId, reason, note, lines }, cashier, null, (known) => {
    const shift = getSellingShift(tx, cashier.id, context.atMs);
    if (approvalId !== null) {
      const act = { kind: 'cash.move', contents: { requestId, ...move } } as const;
      spendApproval(tx, approvalId, act, { requester: cashier, atMs: context.atMs });
    } else if (exceeds(tx, known, limitMinor, shift.businessDate)) throw refuse('approval.missing');
    const outside: Place = { kind: 'outside' };
    return {
      from: direction === 'in' ? outside : drawerOf(shift),
      to: direction === 'in' ? drawerOf(shift) : outside,
      businessDate: shift.businessDate,
      approvalId,
    };
  });
}

/** What has no rate today has no known value: it exceeds every limit. */
function exceeds(tx: Tx, lines: readonly CashLine[], limitMinor: number, date: string): boolean {
  const rates = readRates(tx, date);
  let valueMinor = 0;
  for (const { currency, minor } of amountsOf(lines)) {
    if (currency !== accountCurrency && rates[currency] === undefined) return true;
    valueMinor += valueInAccountCurrency({ currency, minor }, rates);
  }
  return valueMinor > limitMinor;
}

/**
 * Change between two open drawers: what goes out of one comes in as the same value of the same currency from the other.
 * Two moves that name each other.
 * @throws Refusal as getSellingShift, custody.receiverIsGiver, custody.otherHasNoShift, custody.unequal,
 *   change.notInDrawer
 */
export function exchange(
  tx: Tx,
  { requestId, given, taken, note }: ParsedInput<'custody.exchange'>,
  cashier: Person,
  other: Person,
  context: CustodyContext,
): CashMoveView {
  if (other.id === cashier.id) throw refuse('custody.receiverIsGiver');
  const back = someLines(taken);
  const [out, ...moreOut] = amountsOf(someLines(given));
  const [into, ...moreIn] = amountsOf(back);
  if (out === undefined || into === undefined || moreOut.length + moreIn.length > 0)
    throw refuse('custody.unequal');
  if (out.currency !== into.currency || out.minor !== into.minor) throw refuse('custody.unequal');
  let shifts: { readonly mine: ShiftRow; readonly theirs: ShiftRow } | null = null;
  const move = moveOnce(
    tx,
    context,
    { kind: 'exchange', requestId, lines: given, note, back },
    cashier,
    other,
    () => {
      const mine = getSellingShift(tx, cashier.id, context.atMs);
      const theirs = findOpenShiftOf(tx, other.id);
      if (theirs === null) throw refuse('custody.otherHasNoShift');
      requireSelling(tx, theirs, context.atMs);
      shifts = { mine, theirs };
      return { from: drawerOf(mine), to: drawerOf(theirs), businessDate: mine.businessDate };
    },
  );
  const pair = shifts as { readonly mine: ShiftRow; readonly theirs: ShiftRow } | null;
  if (pair !== null)
    recordMove(tx, context.journal, {
      request: null,
      kind: 'exchange',
      from: drawerOf(pair.theirs),
      to: drawerOf(pair.mine),
      amounts: amountsOf(back),
      lines: back,
      note,
      person: cashier,
      counterpart: other,
      pairedWith: move.id,
      atMs: context.atMs,
      businessDate: pair.theirs.businessDate,
    });
  return move;
}

/**
 * A supervisor puts the next float into a drawer without a shift, or takes it back.
 * @throws Refusal till.notFound, till.inUse while a shift is open on it, custody.notThere
 */
export function prepareFloat(
  tx: Tx,
  { requestId, till, direction, lines, note }: ParsedInput<'custody.prepareFloat'>,
  supervisor: Person,
  context: CustodyContext,
): CashMoveView {
  const kind = direction === 'toTill' ? 'prepareFloat' : 'collectFloat';
  return moveOnce(tx, context, { kind, requestId, lines, note, reason: till }, supervisor, null, () => {
    requireTill(tx, till);
    if (findOpenShiftOn(tx, till) !== null) throw refuse('till.inUse', { till });
    const drawer: Place = { kind: 'till', till };
    return {
      from: direction === 'toTill' ? safe : drawer,
      to: direction === 'toTill' ? drawer : safe,
      businessDate: openDateOf(tx, businessDate(context.atMs)),
    };
  });
}

/** Between the safe and outside, before a witness. @throws Refusal custody.receiverIsGiver, custody.notThere */
export function moveSafe(
  tx: Tx,
  { witness: _, direction, ...input }: ParsedInput<'custody.safeMove'>,
  supervisor: Person,
  witness: Person,
  context: CustodyContext,
): CashMoveView {
  if (witness.id === supervisor.id) throw refuse('custody.receiverIsGiver');
  const kind = direction === 'in' ? 'safeIn' : 'safeOut';
  const outside: Place = { kind: 'outside' };
  return moveOnce(tx, context, { kind, ...input }, supervisor, witness, () => ({
    from: direction === 'in' ? outside : safe,
    to: direction === 'in' ? safe : outside,
    businessDate: openDateOf(tx, businessDate(context.atMs)),
  }));
}
