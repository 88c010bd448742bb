import { amountsOf } from '../../shared/domain/counting.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import { canMoveDeposit } from '../../shared/domain/deposit.ts';
import { refuse } from '../../shared/errors.ts';
import type { DepositView, ParsedInput, Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { takeChequeBack } from '../registers/registers.ts';
import { recordMove } from '../shifts/cashMoves.ts';
import { openDateOf } from '../shifts/closedDays.ts';
import { actorOf } from '../users/users.ts';
import { getDeposit } from './depositViews.ts';
import type { DepositContext } from './prepareDeposits.ts';
import { insertStep } from './prepareDeposits.ts';

type Context = Pick<DepositContext, 'journal' | 'till' | 'atMs'>;

/**
 * A deposit leaves for the bank; or before it left it is cancelled, and its cash and cheques come back. Its number stays
 * used. Once for each request.
 * @throws Refusal deposit.notFound, deposit.wrongState, deposit.chequeMoved when one of its cheques went on meanwhile,
 *   request.reused
 */
export function moveDeposit(
  tx: Tx,
  { requestId, depositId, to, note }: ParsedInput<'deposits.move'>,
  person: Person,
  { journal, till, atMs }: Context,
): DepositView {
  const deposit = getDeposit(tx, till, depositId);
  if (isRepeated(tx, requestId, depositId, to)) return deposit;
  if (!canMoveDeposit(deposit.state, to)) throw refuse('deposit.wrongState');
  const backMoveId =
    to === 'cancelled' ? takeBack(tx, requestId, deposit, person, { journal, till, atMs }) : null;
  prepared(tx, 'UPDATE deposits SET state = ?, back_move_id = ? WHERE id = ?').run(to, backMoveId, depositId);
  insertStep(tx, { depositId, requestId, state: to, note, person, atMs });
  journal.append(tx, {
    act: 'deposit.moved',
    actor: actorOf(person),
    atMs,
    body: { depositId, number: deposit.number, requestId, from: deposit.state, to, note, backMoveId },
  });
  return getDeposit(tx, till, depositId);
}

/** @returns the move that brought its cash back; null when it had none */
function takeBack(
  tx: Tx,
  requestId: string,
  deposit: DepositView,
  person: Person,
  { journal, atMs }: Context,
): number | null {
  const date = openDateOf(tx, businessDate(atMs));
  for (const { id, state, chequeNumber } of deposit.cheques) {
    if (state !== 'deposited') throw refuse('deposit.chequeMoved', { cheque: chequeNumber });
    takeChequeBack(
      tx,
      { requestId: `${requestId}/${id}`, chequeId: id, note: deposit.name },
      { journal, person, businessDate: date, atMs },
    );
  }
  return recordMove(tx, journal, {
    request: null,
    kind: 'safeIn',
    from: { kind: 'outside' },
    to: { kind: 'safe' },
    amounts: amountsOf(deposit.cash),
    lines: deposit.cash,
    reason: 'depositCancelled',
    note: deposit.name,
    bagNumber: deposit.bagNumber,
    person,
    atMs,
    businessDate: date,
  });
}

/**
 * The bank's slip is here: what it wrote to the account, when and under which reference. Another sum than was prepared
 * stays written beside it for ever, with its note. Once for each request.
 * @throws Refusal deposit.notFound, deposit.wrongState, deposit.dateWrong for a day to come or before it was prepared,
 *   deposit.noteMissing, request.reused
 */
export function confirmDeposit(
  tx: Tx,
  input: ParsedInput<'deposits.confirm'>,
  person: Person,
  { journal, till, atMs }: Context,
): DepositView {
  const { requestId, depositId, bankReference, bankDate, minor, note } = input;
  const deposit = getDeposit(tx, till, depositId);
  if (isRepeated(tx, requestId, depositId, 'confirmed')) return deposit;
  if (!canMoveDeposit(deposit.state, 'confirmed')) throw refuse('deposit.wrongState');
  if (bankDate > businessDate(atMs) || bankDate < businessDate(deposit.atMs))
    throw refuse('deposit.dateWrong');
  const differenceMinor = minor - deposit.cashMinor - deposit.chequesMinor;
  if (differenceMinor !== 0 && note.length < 3) throw refuse('deposit.noteMissing');
  prepared(tx, `UPDATE deposits SET state = 'confirmed' WHERE id = ?`).run(depositId);
  insertStep(tx, { depositId, requestId, state: 'confirmed', note, bankReference, bankDate, person, atMs });
  prepared(tx, 'INSERT INTO deposit_confirmed (deposit_id, minor) VALUES (?, ?)').run(depositId, minor);
  journal.append(tx, {
    act: 'deposit.confirmed',
    actor: actorOf(person),
    atMs,
    body: {
      depositId,
      number: deposit.number,
      requestId,
      bankReference,
      bankDate,
      minor,
      differenceMinor,
      note,
    },
  });
  return getDeposit(tx, till, depositId);
}

/** True for a request that was carried out before. @throws Refusal request.reused when it did something else */
function isRepeated(tx: Tx, requestId: string, depositId: number, state: string): boolean {
  const earlier = prepared<{ depositId: number; state: string }>(
    tx,
    'SELECT deposit_id AS depositId, state FROM deposit_steps WHERE request_id = ?',
  ).get(requestId);
  if (earlier === undefined) return false;
  if (earlier.depositId !== depositId || earlier.state !== state) throw refuse('request.reused');
  return true;
}
