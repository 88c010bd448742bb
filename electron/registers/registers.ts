import { canMoveCheque, registerRows } from '../../shared/domain/registers.ts';
import type { ChequeState, TransferState } from '../../shared/domain/registers.ts';
import { refuse } from '../../shared/errors.ts';
import type {
  ChequeView,
  ParsedInput,
  Person,
  RegisterStep,
  TransferView,
} from '../../shared/ipc/contract.ts';
import type { ReadDb, Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { actorOf } from '../users/users.ts';
import type { PaperWords } from './paperFilter.ts';
import { paperFilter } from './paperFilter.ts';
import { insertReversingEntry } from './reversingEntry.ts';

export type RegisterContext = {
  readonly journal: Journal;
  readonly person: Person;
  readonly businessDate: string;
  readonly atMs: number;
};

type PaperColumn = 'cheque_id' | 'transfer_id';

const common = `p.id AS paymentId, p.receipt_number AS receiptNumber, p.payer_name AS payerName, a.number AS accountNumber,
  t.currency, t.received_minor AS minor, t.value_minor AS valueMinor, p.at_ms AS takenAtMs, t.details`;

type Details = Readonly<Record<string, string>>;
type WithDetails<Row> = Omit<Row, 'steps' | 'hasPicture'> & { readonly details: string };

/**
 * The register of cheques: those in hand by their due date, then the rest, newest first.
 * @param text any part of names and numbers, or a scanned receipt; empty for all
 */
export function listCheques(
  db: ReadDb,
  { state, text }: { readonly state: ChequeState | null; readonly text: string },
  businessDate: string,
): ChequeView[] {
  const rows = db.prepare<[{ state: ChequeState | null }], ChequeRow>(
    `SELECT c.id, c.state, c.due_on AS dueOn, ${common} FROM cheques c
       JOIN payments p ON p.id = c.payment_id
       JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line
       LEFT JOIN accounts a ON a.id = p.account_id
      WHERE @state IS NULL OR c.state = @state
      ORDER BY c.state <> 'inHand', CASE c.state WHEN 'inHand' THEN c.due_on END, c.id DESC`,
  );
  return firstFound(rows.iterate({ state }), text).map((row) => chequeView(db, row, businessDate));
}

/** As many as are shown of those that the text finds. */
function firstFound<Row extends FindableRow>(rows: Iterable<Row>, text: string): Row[] {
  const fits = paperFilter(text);
  const found: Row[] = [];
  for (const row of rows) {
    if (fits !== null && !fits(wordsOf(row))) continue;
    found.push(row);
    if (found.length === registerRows) break;
  }
  return found;
}

type FindableRow = Pick<ChequeRow, 'payerName' | 'accountNumber' | 'receiptNumber' | 'details'>;

function wordsOf({ payerName, accountNumber, receiptNumber, details }: FindableRow): PaperWords {
  const said = JSON.parse(details) as Details;
  const numbers = [said['chequeNumber'], said['chequeAccount'], said['reference']];
  return {
    words: [
      payerName,
      said['drawer'] ?? said['sender'] ?? '',
      said['bank'] ?? said['provider'] ?? '',
      accountNumber,
      receiptNumber,
    ],
    numbers: numbers.filter((number) => number !== undefined),
  };
}

type ChequeRow = WithDetails<Pick<ChequeView, 'id' | 'state' | 'dueOn' | RegisteredField>>;
type RegisteredField =
  | 'paymentId'
  | 'receiptNumber'
  | 'payerName'
  | 'accountNumber'
  | 'currency'
  | 'minor'
  | 'valueMinor'
  | 'takenAtMs';

function chequeView(db: ReadDb, { details, ...row }: ChequeRow, businessDate: string): ChequeView {
  const said = JSON.parse(details) as Details;
  return {
    ...row,
    bank: said['bank'] ?? '',
    branch: said['branch'] ?? '',
    chequeNumber: said['chequeNumber'] ?? '',
    chequeAccount: said['chequeAccount'] ?? '',
    drawer: said['drawer'] ?? '',
    isDue: row.state === 'inHand' && row.dueOn <= businessDate,
    hasPicture: prepared(db, 'SELECT 1 FROM cheque_pictures WHERE cheque_id = ?').get(row.id) !== undefined,
    steps: listSteps(db, 'cheque_id', row.id),
  };
}

/**
 * The register of transfers: the pending ones first, the oldest of them on top.
 * @param text any part of names and numbers, or a scanned receipt; empty for all
 */
export function listTransfers(
  db: ReadDb,
  { state, text }: { readonly state: TransferState | null; readonly text: string },
): TransferView[] {
  const rows = db.prepare<[{ state: TransferState | null }], TransferRow>(
    `SELECT r.id, r.state, ${common} FROM transfers r
       JOIN payments p ON p.id = r.payment_id
       JOIN payment_tenders t ON t.payment_id = r.payment_id AND t.line = r.line
       LEFT JOIN accounts a ON a.id = p.account_id
      WHERE @state IS NULL OR r.state = @state
      ORDER BY r.state <> 'pending', CASE r.state WHEN 'pending' THEN r.id END, r.id DESC`,
  );
  return firstFound(rows.iterate({ state }), text).map((row) => transferView(db, row));
}

type TransferRow = WithDetails<Pick<TransferView, 'id' | 'state' | RegisteredField>>;

function transferView(db: ReadDb, { details, ...row }: TransferRow): TransferView {
  const said = JSON.parse(details) as Details;
  return {
    ...row,
    provider: said['provider'] ?? '',
    reference: said['reference'] ?? '',
    sender: said['sender'] ?? '',
    sentOn: said['sentOn'] ?? '',
    steps: listSteps(db, 'transfer_id', row.id),
  };
}

function listSteps(db: ReadDb, column: PaperColumn, id: number): RegisterStep[] {
  return prepared<RegisterStep>(
    db,
    `SELECT s.state, s.note, u.name_ar AS personAr, u.name_en AS personEn, s.at_ms AS atMs
       FROM register_steps s JOIN users u ON u.id = s.user_id WHERE s.${column} = ? ORDER BY s.id`,
  ).all(id);
}

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

export function getCheque(db: ReadDb, id: number, businessDate: string): ChequeView {
  const row = prepared<ChequeRow>(
    db,
    `SELECT c.id, c.state, c.due_on AS dueOn, ${common} FROM cheques c
       JOIN payments p ON p.id = c.payment_id
       JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line
       LEFT JOIN accounts a ON a.id = p.account_id WHERE c.id = ?`,
  ).get(id);
  if (row === undefined) throw refuse('register.notFound');
  return chequeView(db, row, businessDate);
}

function getTransfer(db: ReadDb, id: number): TransferView {
  const row = prepared<TransferRow>(
    db,
    `SELECT r.id, r.state, ${common} FROM transfers r
       JOIN payments p ON p.id = r.payment_id
       JOIN payment_tenders t ON t.payment_id = r.payment_id AND t.line = r.line
       LEFT JOIN accounts a ON a.id = p.account_id WHERE r.id = ?`,
  ).get(id);
  if (row === undefined) throw refuse('register.notFound');
  return transferView(db, row);
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
