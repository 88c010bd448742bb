import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChequeState, TransferState } from '../../shared/domain/registers.ts';
import { registerRows } from '../../shared/domain/registers.ts';
import { refuse } from '../../shared/errors.ts';
import type { ChequeView, RegisterStep, TransferView } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { FindablePaper } from './paperFilter.ts';
import { paperFilter } from './paperFilter.ts';

/** Papers that are read before somebody else has a turn: a few milliseconds. */
const papersInTurn = 250;

const common = `p.id AS paymentId, p.receipt_number AS receiptNumber, p.payer_name AS payerName, a.number AS accountNumber,
  t.currency, t.received_minor AS minor, t.value_minor AS valueMinor, p.at_ms AS takenAtMs, t.details`;

type Details = Readonly<Record<string, string>>;
type RegisteredField =
  | 'paymentId'
  | 'receiptNumber'
  | 'payerName'
  | 'accountNumber'
  | 'currency'
  | 'minor'
  | 'valueMinor'
  | 'takenAtMs';
type ChequeRow = Pick<ChequeView, 'id' | 'state' | 'dueOn' | RegisteredField> & {
  readonly details: string;
  readonly numberKey: string;
  readonly accountKey: string;
};
type TransferRow = Pick<TransferView, 'id' | 'state' | RegisteredField> & {
  readonly details: string;
  readonly numberKey: string;
};

export type Wanted<State> = {
  /** Null: whatever their state. */
  readonly state: State | null;
  /** Any part of names and numbers, or a scanned receipt; empty for all. */
  readonly text: string;
  /** False when something else is looked for by now: what is found then is nobody's. */
  readonly isStillWanted?: () => boolean;
};

/**
 * The register of cheques: those in hand by their due date, then the rest, newest first; at most `registerRows`. Others
 * have their turn while it looks through many.
 */
export async function listCheques(
  db: ReadDb,
  wanted: Wanted<ChequeState>,
  businessDate: string,
): Promise<ChequeView[]> {
  const ids = `SELECT id FROM cheques WHERE @state IS NULL OR state = @state
    ORDER BY state <> 'inHand', CASE state WHEN 'inHand' THEN due_on END, id DESC`;
  const found = await firstFound(db, ids, getChequeRow, wanted);
  return found.map((row) => chequeView(db, row, businessDate));
}

/** The register of transfers: the pending ones first, the oldest of them on top; the same otherwise. */
export async function listTransfers(db: ReadDb, wanted: Wanted<TransferState>): Promise<TransferView[]> {
  const ids = `SELECT id FROM transfers WHERE @state IS NULL OR state = @state
    ORDER BY state <> 'pending', CASE state WHEN 'pending' THEN id END, id DESC`;
  const found = await firstFound(db, ids, getTransferRow, wanted);
  return found.map((row) => transferView(db, row));
}

/** As many as are shown of those that the text finds. */
async function firstFound<Row extends FindablePaper>(
  db: ReadDb,
  idsInOrder: string,
  read: (db: ReadDb, id: number) => Row,
  { state, text, isStillWanted = () => true }: Wanted<string>,
): Promise<Row[]> {
  const ids = prepared<{ id: number }>(db, idsInOrder).all({ state });
  const fits = paperFilter(text);
  const found: Row[] = [];
  for (const [index, { id }] of ids.entries()) {
    if (index % papersInTurn === papersInTurn - 1) {
      await nextTurn();
      if (!isStillWanted()) break;
    }
    const row = read(db, id);
    if (fits !== null && !fits(row)) continue;
    found.push(row);
    if (found.length === registerRows) break;
  }
  return found;
}

/** @throws Refusal register.notFound */
export function getCheque(db: ReadDb, id: number, businessDate: string): ChequeView {
  return chequeView(db, getChequeRow(db, id), businessDate);
}

/** @throws Refusal register.notFound */
export function getTransfer(db: ReadDb, id: number): TransferView {
  return transferView(db, getTransferRow(db, id));
}

function getChequeRow(db: ReadDb, id: number): ChequeRow {
  const row = prepared<ChequeRow>(
    db,
    `SELECT c.id, c.state, c.due_on AS dueOn, c.cheque_number AS numberKey, c.cheque_account AS accountKey, ${common}
       FROM cheques c JOIN payments p ON p.id = c.payment_id
       JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line
       LEFT JOIN accounts a ON a.id = p.account_id WHERE c.id = ?`,
  ).get(id);
  if (row === undefined) throw refuse('register.notFound');
  return row;
}

function getTransferRow(db: ReadDb, id: number): TransferRow {
  const row = prepared<TransferRow>(
    db,
    `SELECT r.id, r.state, r.reference AS numberKey, ${common} FROM transfers r
       JOIN payments p ON p.id = r.payment_id
       JOIN payment_tenders t ON t.payment_id = r.payment_id AND t.line = r.line
       LEFT JOIN accounts a ON a.id = p.account_id WHERE r.id = ?`,
  ).get(id);
  if (row === undefined) throw refuse('register.notFound');
  return row;
}

function chequeView(
  db: ReadDb,
  { details, numberKey: _, accountKey: __, ...row }: ChequeRow,
  businessDate: string,
): ChequeView {
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

function transferView(db: ReadDb, { details, numberKey: _, ...row }: TransferRow): TransferView {
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

function listSteps(db: ReadDb, column: 'cheque_id' | 'transfer_id', id: number): RegisterStep[] {
  return prepared<RegisterStep>(
    db,
    `SELECT s.state, s.note, u.name_ar AS personAr, u.name_en AS personEn, s.at_ms AS atMs
       FROM register_steps s JOIN users u ON u.id = s.user_id WHERE s.${column} = ? ORDER BY s.id`,
  ).all(id);
}
