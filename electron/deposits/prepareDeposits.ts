import type { Canonical } from '../../shared/domain/canonicalJson.ts';
import { canonicalJson } from '../../shared/domain/canonicalJson.ts';
import { createHash } from 'node:crypto';
import type { CashLine } from '../../shared/domain/counting.ts';
import { amountsOf } from '../../shared/domain/counting.ts';
import { businessDate } from '../../shared/domain/dates.ts';
import type { Letterhead } from '../../shared/domain/dayPaper.ts';
import type { DepositProblem } from '../../shared/domain/deposit.ts';
import { depositNumber, depositProblem } from '../../shared/domain/deposit.ts';
import { depositPaper } from '../../shared/domain/depositPaper.ts';
import type { Refusal } from '../../shared/errors.ts';
import { refuse } from '../../shared/errors.ts';
import type { BankAccount, DepositView, ParsedInput, Person } from '../../shared/ipc/contract.ts';
import type { Tx } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import type { Journal } from '../journal/append.ts';
import { moveCheque } from '../registers/registers.ts';
import { recordMove } from '../shifts/cashMoves.ts';
import { insertPaper } from '../printing/printJobs.ts';
import { openDateOf } from '../shifts/closedDays.ts';
import { safeLines } from '../shifts/listMoves.ts';
import { digestOf, knownLines } from '../shifts/requests.ts';
import { actorOf } from '../users/users.ts';
import { findBankAccount } from './bankAccounts.ts';
import type { ChequeOfDeposit } from './depositViews.ts';
import { depositsOfRequest, findCheque } from './depositViews.ts';

export type DepositContext = {
  readonly journal: Journal;
  readonly till: string;
  readonly atMs: number;
  readonly letterhead: Letterhead;
};

type Part = {
  readonly account: BankAccount;
  readonly slipNumber: string;
  readonly bagNumber: string;
  readonly currency: BankAccount['currency'];
  readonly cash: readonly CashLine[];
  readonly cheques: readonly ChequeOfDeposit[];
};

/**
 * Prepares one deposit for each account, all or none, once for each request: the cash goes out of the safe by its notes, the
 * cheques are deposited, each deposit has the next number, its slip and its entry in the journal.
 * @throws Refusal deposit.samePerson, deposit.notKeeper (an auditor changes nothing), bankAccount.notFound for one that is
 *   not there or not in use, deposit.nothing, deposit.otherCurrency, deposit.notInSafe, deposit.chequeGone,
 *   deposit.chequeInDrawer, deposit.chequeNotDue, shift.unknownDenomination, request.reused
 */
export function prepareDeposits(
  tx: Tx,
  { requestId, parts: asked }: Pick<ParsedInput<'deposits.prepare'>, 'requestId' | 'parts'>,
  person: Person,
  second: Person,
  context: DepositContext,
): DepositView[] {
  if (second.id === person.id) throw refuse('deposit.samePerson');
  if (second.role === 'auditor') throw refuse('deposit.notKeeper');
  const lines = asked.map(({ cash }) => knownLines(cash));
  const digest = digestOf({
    parts: asked.map(({ bankAccountId, slipNumber, bagNumber, chequeIds }, index) => ({
      bankAccountId,
      slipNumber,
      bagNumber,
      cash: (lines[index] ?? []).map((line) => ({ ...line })),
      chequeIds: chequeIds.toSorted((a, b) => a - b),
    })),
    userId: person.id,
    secondId: second.id,
  });
  const earlier = prepared<{ digest: string }>(
    tx,
    'SELECT request_digest AS digest FROM deposits WHERE request_id = ? LIMIT 1',
  ).get(requestId);
  if (earlier !== undefined) {
    if (earlier.digest !== digest) throw refuse('request.reused');
    return depositsOfRequest(tx, context.till, requestId);
  }
  const parts = asked.map((part, index): Part => {
    const account = findBankAccount(tx, part.bankAccountId);
    if (account === null || !account.isActive) throw refuse('bankAccount.notFound');
    return {
      account,
      slipNumber: part.slipNumber,
      bagNumber: part.bagNumber,
      currency: account.currency,
      cash: lines[index] ?? [],
      cheques: part.chequeIds.map((id) => {
        const cheque = findCheque(tx, id);
        if (cheque === null) throw refuse('register.notFound');
        return cheque;
      }),
    };
  });
  const today = businessDate(context.atMs);
  const problem = depositProblem(parts, safeLines(tx), today);
  if (problem !== null) throw refusalOf(problem, parts);
  const date = openDateOf(tx, today);
  parts.forEach((part, index) => {
    prepareOne(tx, { requestId, digest, part: index + 1, ...part, person, second, date }, context);
  });
  return depositsOfRequest(tx, context.till, requestId);
}

function refusalOf(problem: DepositProblem, parts: readonly Part[]): Refusal {
  const numberOf = (chequeId: number): string =>
    parts.flatMap(({ cheques }) => cheques).find(({ id }) => id === chequeId)?.chequeNumber ?? '';
  switch (problem.kind) {
    case 'nothing':
      return refuse('deposit.nothing');
    case 'otherCurrency':
      return refuse('deposit.otherCurrency', { currency: problem.currency });
    case 'chequeTwice':
    case 'chequeGone':
      return refuse('deposit.chequeGone', { cheque: numberOf(problem.chequeId) });
    case 'chequeInDrawer':
      return refuse('deposit.chequeInDrawer', { cheque: numberOf(problem.chequeId) });
    case 'chequeNotDue':
      return refuse('deposit.chequeNotDue', { cheque: numberOf(problem.chequeId), dueOn: problem.dueOn });
    case 'notInSafe':
      return refuse('deposit.notInSafe', {
        currency: problem.currency,
        minor: problem.denominationMinor,
        quantity: problem.there,
      });
  }
}

type One = Part & {
  readonly requestId: string;
  readonly digest: string;
  readonly part: number;
  readonly person: Person;
  readonly second: Person;
  readonly date: string;
};

function prepareOne(tx: Tx, one: One, { journal, till, atMs, letterhead }: DepositContext): void {
  const { account, cash, cheques, currency, person, second, date } = one;
  const number =
    (prepared<{ number: number | null }>(tx, 'SELECT max(number) AS number FROM deposits').get()?.number ??
      0) + 1;
  const name = depositNumber(till, number);
  const amounts = amountsOf(cash);
  const cashMinor = amounts.reduce((sum, { minor }) => sum + minor, 0);
  const chequesMinor = cheques.reduce((sum, { minor }) => sum + minor, 0);
  const moveId = recordMove(tx, journal, {
    request: null,
    kind: 'safeOut',
    from: { kind: 'safe' },
    to: { kind: 'outside' },
    amounts,
    lines: cash,
    reason: 'deposit',
    note: name,
    bagNumber: one.bagNumber,
    person,
    counterpart: second,
    atMs,
    businessDate: date,
  });
  const paper = depositPaper(
    {
      number: name,
      businessDate: date,
      atMs,
      bank: account.bank,
      account: account.account,
      accountName: account.name,
      currency,
      slipNumber: one.slipNumber,
      bagNumber: one.bagNumber,
      preparedBy: person.nameAr,
      secondPerson: second.nameAr,
      cash,
      cheques,
      cashMinor,
      chequesMinor,
    },
    letterhead,
  );
  const content = canonicalJson(paper as unknown as Canonical);
  const { lastInsertRowid } = prepared(
    tx,
    `INSERT INTO deposits (number, request_id, part, request_digest, business_date, bank_account_id, slip_number,
       bag_number, prepared_by, second_person, move_id, currency, cash_minor, cheques_minor, content, state, at_ms)
     VALUES (@number, @requestId, @part, @digest, @date, @accountId, @slipNumber, @bagNumber, @personId, @secondId,
       @moveId, @currency, @cashMinor, @chequesMinor, @content, 'prepared', @atMs)`,
  ).run({
    number,
    requestId: one.requestId,
    part: one.part,
    digest: one.digest,
    date,
    accountId: account.id,
    slipNumber: one.slipNumber,
    bagNumber: one.bagNumber,
    personId: person.id,
    secondId: second.id,
    moveId,
    currency,
    cashMinor,
    chequesMinor,
    content,
    atMs,
  });
  const depositId = Number(lastInsertRowid);
  insertPaper(tx, { paper, subjectId: depositId, userId: person.id, atMs });
  const insertCash = prepared(
    tx,
    `INSERT INTO deposit_cash (deposit_id, currency, denomination_minor, is_worn, quantity) VALUES (?, ?, ?, ?, ?)`,
  );
  for (const line of cash)
    insertCash.run(depositId, line.currency, line.denominationMinor, line.isWorn ? 1 : 0, line.quantity);
  const insertCheque = prepared(tx, 'INSERT INTO deposit_cheques (deposit_id, cheque_id) VALUES (?, ?)');
  for (const { id } of cheques) {
    insertCheque.run(depositId, id);
    moveCheque(
      tx,
      { requestId: `${one.requestId}/${id}`, chequeId: id, to: 'deposited', note: name, feeMinor: null },
      { journal, person, businessDate: date, atMs },
    );
  }
  insertStep(tx, { depositId, requestId: null, state: 'prepared', note: '', person, atMs });
  journal.append(tx, {
    act: 'deposit.prepared',
    actor: actorOf(person),
    atMs,
    body: {
      depositId,
      number,
      requestId: one.requestId,
      part: one.part,
      businessDate: date,
      bankAccountId: account.id,
      bank: account.bank,
      account: account.account,
      slipNumber: one.slipNumber,
      bagNumber: one.bagNumber,
      secondPerson: second.login,
      moveId,
      currency,
      cashMinor,
      chequesMinor,
      cash: cash.map((line) => ({ ...line })),
      chequeIds: cheques.map(({ id }) => id),
      contentSha256: createHash('sha256').update(content).digest('hex'),
    },
  });
}

export type NewStep = {
  readonly depositId: number;
  readonly requestId: string | null;
  readonly state: DepositView['state'];
  readonly note: string;
  readonly bankReference?: string;
  readonly bankDate?: string | null;
  readonly person: Person;
  readonly atMs: number;
};

export function insertStep(tx: Tx, step: NewStep): void {
  prepared(
    tx,
    `INSERT INTO deposit_steps (request_id, deposit_id, state, note, bank_reference, bank_date, user_id, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    step.requestId,
    step.depositId,
    step.state,
    step.note,
    step.bankReference ?? '',
    step.bankDate ?? null,
    step.person.id,
    step.atMs,
  );
}
