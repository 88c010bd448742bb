import { canMoveCheque } from '../../shared/domain/registers.ts';
import { refuse } from '../../shared/errors.ts';
import type { ChequeView, ParsedInput, Person, TransferView } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import { getCheque, getTransfer } from './listPapers.ts';
import { insertReversingEntry } from './reversingEntry.ts';

export type RegisterContext = {
  readonly journal: Journal;
  readonly person: Person;
  readonly businessDate: string;
  readonly atMs: number;
};

type PaperColumn = 'cheque_id' | 'transfer_id';

/**
 * Moves a cheque on, and for a bounce makes what it had paid owed again, with the bank's fee.
 * The same request again changes nothing.
 * @throws Refusal request.reused, register.notFound, register.wrongState, register.feeOnlyForBounce
 */
export function moveCheque(
  tx: Tx,
  request: ParsedInput<'registers.moveCheque'>,
  context: RegisterContext,
): ChequeView {
  const { chequeId, to, note, feeMinor } = request;
  const before = getCheque(tx, chequeId, context.businessDate);
  if (isRepeated(tx, 'cheque_id', chequeId, request)) return before;
  if (feeMinor !== null && to !== 'bounced') throw refuse('register.feeOnlyForBounce');
  if (!canMoveCheque(before.state, to)) throw refuse('register.wrongState');
  changeCheque(tx, before, { requestId: request.requestId, to, note }, context);
  if (to === 'bounced')
    insertReversingEntry(
      tx,
      { requestId: request.requestId, ...placeOf(tx, 'cheques', chequeId), feeMinor },
      context,
    );
  return getCheque(tx, chequeId, context.businessDate);
}

/**
 * Takes a cheque back out of a deposit that never left: it is in hand again. The same request again changes nothing.
 * @throws Refusal request.reused, register.notFound, register.wrongState
 */
export function takeChequeBack(
  tx: Tx,
  {
    requestId,
    chequeId,
    note,
  }: { readonly requestId: string; readonly chequeId: number; readonly note: string },
  context: RegisterContext,
): void {
  const before = getCheque(tx, chequeId, context.businessDate);
  const step = { requestId, to: 'inHand', note };
  if (isRepeated(tx, 'cheque_id', chequeId, step)) return;
  if (before.state !== 'deposited') throw refuse('register.wrongState');
  changeCheque(tx, before, step, context);
}

function changeCheque(tx: Tx, before: ChequeView, step: Step, context: RegisterContext): void {
  prepared(tx, 'UPDATE cheques SET state = ? WHERE id = ?').run(step.to, before.id);
  insertStep(tx, 'cheque_id', before.id, step, context);
  context.journal.append(tx, {
    act: 'cheque.moved',
    actor: actorOf(context.person),
    atMs: context.atMs,
    body: {
      chequeId: before.id,
      requestId: step.requestId,
      receiptNumber: before.receiptNumber,
      from: before.state,
      to: step.to,
      note: step.note,
    },
  });
}

/**
 * Says that a transfer's money was seen, or that it will not come: then what it had paid is owed again.
 * The same request again changes nothing.
 * @throws Refusal request.reused, register.notFound, register.wrongState
 */
export function settleTransfer(
  tx: Tx,
  request: ParsedInput<'registers.settleTransfer'>,
  context: RegisterContext,
): TransferView {
  const { transferId, to, note } = request;
  const before = getTransfer(tx, transferId);
  if (isRepeated(tx, 'transfer_id', transferId, request)) return before;
  if (before.state !== 'pending') throw refuse('register.wrongState');
  prepared(tx, 'UPDATE transfers SET state = ? WHERE id = ?').run(to, transferId);
  insertStep(tx, 'transfer_id', transferId, request, context);
  if (to === 'matched')
    context.journal.append(tx, {
      act: 'transfer.matched',
      actor: actorOf(context.person),
      atMs: context.atMs,
      body: {
        transferId,
        requestId: request.requestId,
        receiptNumber: before.receiptNumber,
        reference: before.reference,
        note,
      },
    });
  else
    insertReversingEntry(
      tx,
      { requestId: request.requestId, ...placeOf(tx, 'transfers', transferId), feeMinor: null },
      context,
    );
  return getTransfer(tx, transferId);
}

type Step = { readonly requestId: string; readonly to: string; readonly note: string };

/** True for a request that was carried out before. @throws Refusal request.reused when it did something else */
function isRepeated(tx: Tx, column: PaperColumn, id: number, { requestId, to }: Step): boolean {
  const earlier = prepared<{ paper: number | null; state: string }>(
    tx,
    `SELECT ${column} AS paper, state FROM register_steps WHERE request_id = ?`,
  ).get(requestId);
  if (earlier === undefined) return false;
  if (earlier.paper !== id || earlier.state !== to) throw refuse('request.reused');
  return true;
}

function insertStep(
  tx: Tx,
  column: PaperColumn,
  id: number,
  { requestId, to, note }: Step,
  { person, atMs }: RegisterContext,
): void {
  prepared(
    tx,
    `INSERT INTO register_steps (${column}, request_id, state, note, user_id, at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(id, requestId, to, note, person.id, atMs);
}

function placeOf(
  tx: Tx,
  table: 'cheques' | 'transfers',
  id: number,
): { paymentId: number; tenderLine: number } {
  const row = prepared<{ paymentId: number; tenderLine: number }>(
    tx,
    `SELECT payment_id AS paymentId, line AS tenderLine FROM ${table} WHERE id = ?`,
  ).get(id);
  if (row === undefined) throw refuse('register.notFound');
  return row;
}
