import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DepositState } from '../../shared/domain/deposit.ts';
import { canMoveDeposit } from '../../shared/domain/deposit.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { currencies } from '../../shared/domain/money.ts';
import type { ReadDb } from '../db/connection.ts';
import type { Problem } from './verify.ts';

const line = z.object({
  currency: z.enum(currencies),
  denominationMinor: z.number().int().positive(),
  isWorn: z.boolean(),
  quantity: z.number().int().positive(),
});

/** What a deposit's entries must say; unknown fields of later versions pass. */
const preparedBody = z.looseObject({
  depositId: z.number().int(),
  number: z.number().int(),
  requestId: z.string(),
  part: z.number().int(),
  businessDate: z.string(),
  bankAccountId: z.number().int(),
  slipNumber: z.string(),
  bagNumber: z.string(),
  secondPerson: z.string(),
  moveId: z.number().int().nullable(),
  currency: z.enum(currencies),
  cashMinor: z.number().int(),
  chequesMinor: z.number().int(),
  cash: z.array(line),
  chequeIds: z.array(z.number().int()),
  contentSha256: z.string(),
});
const movedBody = z.looseObject({
  depositId: z.number().int(),
  number: z.number().int(),
  requestId: z.string(),
  to: z.enum(['deposited', 'cancelled']),
  note: z.string(),
  backMoveId: z.number().int().nullable(),
});
const confirmedBody = z.looseObject({
  depositId: z.number().int(),
  number: z.number().int(),
  requestId: z.string(),
  bankReference: z.string(),
  bankDate: z.string(),
  minor: z.number().int(),
  note: z.string(),
});

/** Compares each deposit with its signed entries, its notes and cheques, and what left the safe for it. */
export function createDepositCheck(db: ReadDb) {
  const states = new Map<number, DepositState>();
  let steps = 0;

  const findDeposit = db.prepare<[number], Record<string, unknown>>(
    `SELECT d.number, d.request_id AS requestId, d.part, d.business_date AS businessDate,
            d.bank_account_id AS bankAccountId, d.slip_number AS slipNumber, d.bag_number AS bagNumber,
            d.prepared_by AS userId, w.login AS secondPerson, d.move_id AS moveId, d.back_move_id AS backMoveId,
            d.currency, d.cash_minor AS cashMinor, d.cheques_minor AS chequesMinor, d.at_ms AS atMs, d.content AS slip
       FROM deposits d JOIN users w ON w.id = d.second_person WHERE d.id = ?`,
  );
  const listCash = db.prepare<[number], Record<string, unknown>>(
    `SELECT currency, denomination_minor AS denominationMinor, is_worn AS isWorn, quantity FROM deposit_cash
      WHERE deposit_id = ? ORDER BY denomination_minor DESC, is_worn`,
  );
  const listCheques = db.prepare<[number], { id: number; minor: number }>(
    `SELECT c.cheque_id AS id, t.received_minor AS minor FROM deposit_cheques c JOIN cheques q ON q.id = c.cheque_id
       JOIN payment_tenders t ON t.payment_id = q.payment_id AND t.line = q.line
      WHERE c.deposit_id = ? ORDER BY c.cheque_id`,
  );
  const findMove = db.prepare<[number], { fromKind: string; toKind: string; kind: string; minor: number }>(
    `SELECT m.from_kind AS fromKind, m.to_kind AS toKind, m.kind, sum(a.minor) AS minor
       FROM cash_moves m JOIN cash_move_amounts a ON a.move_id = m.id WHERE m.id = ? GROUP BY m.id`,
  );
  const findStep = db.prepare<[number, string], Record<string, unknown>>(
    `SELECT s.request_id AS requestId, s.note, s.user_id AS userId, s.at_ms AS atMs,
            s.bank_reference AS bankReference, s.bank_date AS bankDate, c.minor
       FROM deposit_steps s LEFT JOIN deposit_confirmed c ON c.deposit_id = s.deposit_id
      WHERE s.deposit_id = ? AND s.state = ?`,
  );

  function check(entry: JournalEntry): Problem | null {
    if (entry.act === 'deposit.moved') return checkMoved(entry);
    if (entry.act === 'deposit.confirmed') return checkConfirmed(entry);
    return checkPrepared(entry);
  }

  function problemOf(entry: JournalEntry, kind: Problem['kind'], detail: string): Problem {
    return { sequence: entry.sequence, kind, detail };
  }

  function checkPrepared(entry: JournalEntry): Problem | null {
    const parsed = preparedBody.safeParse(entry.body);
    if (!parsed.success) return problemOf(entry, 'unreadable', 'a deposit has not its fields');
    const { depositId, cash, chequeIds, contentSha256, ...body } = parsed.data;
    const name = `deposit ${body.number}`;
    const differs = (field: string): Problem => problemOf(entry, 'rowsDiffer', `${name}: ${field}`);
    if (body.number !== states.size + 1)
      return problemOf(entry, 'numberGap', `deposit ${states.size + 1} is missing`);
    states.set(depositId, 'prepared');
    steps += 1;
    const row = findDeposit.get(depositId);
    if (row === undefined) return differs('it is gone');
    const said: Record<string, unknown> = {
      number: body.number,
      requestId: body.requestId,
      part: body.part,
      businessDate: body.businessDate,
      bankAccountId: body.bankAccountId,
      slipNumber: body.slipNumber,
      bagNumber: body.bagNumber,
      secondPerson: body.secondPerson,
      moveId: body.moveId,
      currency: body.currency,
      cashMinor: body.cashMinor,
      chequesMinor: body.chequesMinor,
      userId: entry.actor?.id,
      atMs: entry.atMs,
    };
    for (const field of Object.keys(said)) if (said[field] !== row[field]) return differs(field);
    const notes = listCash.all(depositId).map((one) => ({ ...one, isWorn: one['isWorn'] === 1 }));
    if (JSON.stringify(notes) !== JSON.stringify(cash)) return differs('notes');
    const cheques = listCheques.all(depositId);
    if (JSON.stringify(cheques.map(({ id }) => id)) !== JSON.stringify(chequeIds.toSorted((a, b) => a - b)))
      return differs('cheques');
    const { slip } = row;
    if (typeof slip !== 'string' || createHash('sha256').update(slip).digest('hex') !== contentSha256)
      return differs('slip');
    const cashMinor = cash.reduce((sum, one) => sum + one.denominationMinor * one.quantity, 0);
    const chequesMinor = cheques.reduce((sum, { minor }) => sum + minor, 0);
    if (cashMinor !== body.cashMinor || chequesMinor !== body.chequesMinor)
      return problemOf(entry, 'sumWrong', name);
    return isMove(body.moveId, 'safe', 'outside', body.cashMinor)
      ? null
      : problemOf(entry, 'sumWrong', `${name}: what left the safe`);
  }

  function isMove(id: number | null, from: string, to: string, minor: number): boolean {
    if (id === null) return minor === 0;
    const move = findMove.get(id);
    return move?.fromKind === from && move.toKind === to && move.minor === minor;
  }

  /** The state before, where the step follows it; else what is wrong. */
  function goOn(entry: JournalEntry, depositId: number, to: DepositState): Problem | null {
    const before = states.get(depositId);
    if (before === undefined || !canMoveDeposit(before, to))
      return problemOf(entry, 'rowsDiffer', `deposit row ${depositId}: ${to} out of turn`);
    states.set(depositId, to);
    steps += 1;
    return null;
  }

  function checkMoved(entry: JournalEntry): Problem | null {
    const parsed = movedBody.safeParse(entry.body);
    if (!parsed.success) return problemOf(entry, 'unreadable', 'a deposit that moved has not its fields');
    const { depositId, number, to, requestId, note, backMoveId } = parsed.data;
    const outOfTurn = goOn(entry, depositId, to);
    if (outOfTurn !== null) return outOfTurn;
    const said = { requestId, note, userId: entry.actor?.id, atMs: entry.atMs };
    const differing = differsFrom(findStep.get(depositId, to), said);
    if (differing !== undefined)
      return problemOf(entry, 'rowsDiffer', `deposit ${number} ${to}: ${differing}`);
    if (to === 'deposited') return null;
    const row = findDeposit.get(depositId);
    return row?.['backMoveId'] === backMoveId &&
      isMove(backMoveId, 'outside', 'safe', Number(row['cashMinor']))
      ? null
      : problemOf(entry, 'sumWrong', `deposit ${number} ${to}: what came back`);
  }

  function checkConfirmed(entry: JournalEntry): Problem | null {
    const parsed = confirmedBody.safeParse(entry.body);
    if (!parsed.success) return problemOf(entry, 'unreadable', 'a confirmed deposit has not its fields');
    const { depositId, number, requestId, bankReference, bankDate, minor, note } = parsed.data;
    const outOfTurn = goOn(entry, depositId, 'confirmed');
    if (outOfTurn !== null) return outOfTurn;
    const said = {
      requestId,
      note,
      bankReference,
      bankDate,
      minor,
      userId: entry.actor?.id,
      atMs: entry.atMs,
    };
    const differing = differsFrom(findStep.get(depositId, 'confirmed'), said);
    return differing === undefined
      ? null
      : problemOf(entry, 'rowsDiffer', `deposit ${number} confirmed: ${differing}`);
  }

  /** No deposit or step that the journal does not know of, and nothing left the safe for a deposit that is none. */
  function finish(): Problem | null {
    const problem = (detail: string): Problem => ({ sequence: null, kind: 'rowsDiffer', detail });
    const rows = db
      .prepare<[], { id: number; number: number; state: string }>('SELECT id, number, state FROM deposits')
      .all();
    if (rows.length !== states.size) return problem(`${rows.length} deposits, ${states.size} in the journal`);
    for (const { id, number, state } of rows)
      if (states.get(id) !== state) return problem(`deposit ${number}: state`);
    const others = db
      .prepare<[], { steps: number; strayMoves: number; cheque: string | null }>(
        `SELECT (SELECT count(*) FROM deposit_steps) AS steps,
                (SELECT count(*) FROM cash_moves m WHERE m.reason IN ('deposit', 'depositCancelled')
                    AND m.kind IN ('safeOut', 'safeIn')
                    AND NOT EXISTS (SELECT 1 FROM deposits d WHERE d.move_id = m.id OR d.back_move_id = m.id)) AS strayMoves,
                (SELECT q.cheque_number FROM deposit_cheques c JOIN deposits d ON d.id = c.deposit_id
                   JOIN cheques q ON q.id = c.cheque_id
                  WHERE d.state <> 'cancelled' AND q.state = 'inHand' LIMIT 1) AS cheque`,
      )
      .get();
    if (others?.steps !== steps)
      return problem(`${others?.steps} steps of deposits, ${steps} in the journal`);
    if (others.strayMoves > 0) return problem('cash left the safe for a deposit that is not there');
    return others.cheque === null ? null : problem(`cheque ${others.cheque} is deposited and in hand`);
  }

  return { check, finish };
}

/** The first field that the row says otherwise; undefined when it says the same. */
function differsFrom(
  row: Record<string, unknown> | undefined,
  said: Readonly<Record<string, unknown>>,
): string | undefined {
  return Object.keys(said).find((field) => row?.[field] !== said[field]);
}
