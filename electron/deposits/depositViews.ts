import type { CashLine } from '../../shared/domain/counting.ts';
import { orderedLines } from '../../shared/domain/counting.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { DepositState } from '../../shared/domain/deposit.ts';
import { depositNumber } from '../../shared/domain/deposit.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { refuse } from '../../shared/errors.ts';
import type { DepositableCheque, DepositSheet, DepositStep, DepositView } from '../../shared/ipc/contract.ts';
import type { ReadDb } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { openDateOf } from '../shifts/closedDays.ts';
import { viewSafe } from '../shifts/listMoves.ts';
import { findBankAccount, listBankAccounts } from './bankAccounts.ts';

type ChequeRow = Omit<DepositableCheque, 'isInDrawer' | 'bank' | 'chequeNumber' | 'drawer'> & {
  readonly isInDrawer: 0 | 1;
  readonly state: string;
  readonly details: string;
};

const cheques = `SELECT c.id, c.state, c.due_on AS dueOn, t.currency, t.received_minor AS minor, t.details,
    p.receipt_number AS receiptNumber, s.closed_at_ms IS NULL AS isInDrawer
  FROM cheques c
  JOIN payment_tenders t ON t.payment_id = c.payment_id AND t.line = c.line
  JOIN payments p ON p.id = c.payment_id JOIN shifts s ON s.id = p.shift_id`;

/** A cheque that may go to the bank, or may have gone. */
export type ChequeOfDeposit = DepositableCheque & { readonly state: string };

function chequeOf({ details, isInDrawer, ...row }: ChequeRow): ChequeOfDeposit {
  const said = JSON.parse(details) as Readonly<Record<string, string>>;
  return {
    ...row,
    bank: said['bank'] ?? '',
    chequeNumber: said['chequeNumber'] ?? '',
    drawer: said['drawer'] ?? '',
    isInDrawer: isInDrawer === 1,
  };
}

export function findCheque(db: ReadDb, id: number): ChequeOfDeposit | null {
  const row = prepared<ChequeRow>(db, `${cheques} WHERE c.id = ?`).get(id);
  return row === undefined ? null : chequeOf(row);
}

/** What lies in the safe, and the cheques whose day has come, by their banks. */
export function depositSheet(db: ReadDb, atMs: number): DepositSheet {
  const today = businessDate(atMs);
  const { amounts, lines } = viewSafe(db);
  return {
    businessDate: openDateOf(db, today),
    amounts,
    lines: lines.filter(({ quantity }) => quantity > 0),
    cheques: prepared<ChequeRow>(
      db,
      `${cheques} WHERE c.state = 'inHand' AND c.due_on <= ? ORDER BY c.due_on, c.id LIMIT 1000`,
    )
      .all(today)
      .map(chequeOf)
      .map(({ state: _, ...cheque }) => cheque),
    accounts: listBankAccounts(db),
  };
}

type Row = Pick<
  DepositView,
  | 'id'
  | 'number'
  | 'businessDate'
  | 'atMs'
  | 'slipNumber'
  | 'bagNumber'
  | 'cashMinor'
  | 'chequesMinor'
  | 'confirmedMinor'
> & {
  readonly accountId: number;
  readonly state: DepositState;
  readonly currency: Currency;
  readonly byAr: string;
  readonly byEn: string;
  readonly secondAr: string;
  readonly secondEn: string;
};

const deposits = `SELECT d.id, d.number, d.business_date AS businessDate, d.at_ms AS atMs,
    d.bank_account_id AS accountId, d.slip_number AS slipNumber, d.bag_number AS bagNumber, d.state, d.currency,
    d.cash_minor AS cashMinor, d.cheques_minor AS chequesMinor, c.minor AS confirmedMinor,
    u.name_ar AS byAr, u.name_en AS byEn, w.name_ar AS secondAr, w.name_en AS secondEn
  FROM deposits d JOIN users u ON u.id = d.prepared_by JOIN users w ON w.id = d.second_person
  LEFT JOIN deposit_confirmed c ON c.deposit_id = d.id`;

/** Those that wait for their slip, whenever they were made, and all of a period; the newest first. */
export function listDeposits(db: ReadDb, till: string, from: string, to: string): DepositView[] {
  return prepared<Row>(
    db,
    `${deposits} WHERE d.business_date BETWEEN ? AND ? OR d.state IN ('prepared', 'deposited')
      ORDER BY d.number DESC LIMIT 500`,
  )
    .all(from, to)
    .map((row) => depositOf(db, till, row));
}

/** The deposits that one request prepared, in the order of its parts. */
export function depositsOfRequest(db: ReadDb, till: string, requestId: string): DepositView[] {
  return prepared<Row>(db, `${deposits} WHERE d.request_id = ? ORDER BY d.part`)
    .all(requestId)
    .map((row) => depositOf(db, till, row));
}

/** @throws Refusal deposit.notFound */
export function getDeposit(db: ReadDb, till: string, id: number): DepositView {
  const row = prepared<Row>(db, `${deposits} WHERE d.id = ?`).get(id);
  if (row === undefined) throw refuse('deposit.notFound');
  return depositOf(db, till, row);
}

function depositOf(db: ReadDb, till: string, row: Row): DepositView {
  const { accountId, byAr, byEn, secondAr, secondEn, ...deposit } = row;
  const account = findBankAccount(db, accountId);
  if (account === null) throw new Error(`no bank account ${accountId}`);
  return {
    ...deposit,
    name: depositNumber(till, deposit.number),
    account,
    preparedBy: { ar: byAr, en: byEn },
    secondPerson: { ar: secondAr, en: secondEn },
    cash: cashOf(db, deposit.id),
    cheques: prepared<{ id: number }>(
      db,
      'SELECT cheque_id AS id FROM deposit_cheques WHERE deposit_id = ? ORDER BY cheque_id',
    )
      .all(deposit.id)
      .flatMap(({ id }) => findCheque(db, id) ?? []),
    steps: stepsOf(db, deposit.id),
  };
}

/** The notes and coins of a deposit, the largest first. */
export function cashOf(db: ReadDb, depositId: number): CashLine[] {
  return orderedLines(
    prepared<Omit<CashLine, 'isWorn'> & { readonly isWorn: 0 | 1 }>(
      db,
      `SELECT currency, denomination_minor AS denominationMinor, is_worn AS isWorn, quantity FROM deposit_cash
        WHERE deposit_id = ?`,
    )
      .all(depositId)
      .map((line) => ({ ...line, isWorn: line.isWorn === 1 })),
  );
}

function stepsOf(db: ReadDb, depositId: number): DepositStep[] {
  return prepared<Omit<DepositStep, 'by'> & { readonly ar: string; readonly en: string }>(
    db,
    `SELECT s.state, u.name_ar AS ar, u.name_en AS en, s.at_ms AS atMs, s.note, s.bank_reference AS bankReference,
            s.bank_date AS bankDate
       FROM deposit_steps s JOIN users u ON u.id = s.user_id WHERE s.deposit_id = ? ORDER BY s.id`,
  )
    .all(depositId)
    .map(({ ar, en, ...step }) => ({ ...step, by: { ar, en } }));
}
