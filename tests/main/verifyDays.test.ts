import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import type { VerifyReport } from '../../shared/ipc/contract.ts';
import { copyFolder, makeMunicipality, removeFolder, signIn, startCounter } from '../helpers/counter.ts';
import { closing, explainAll, inNotes, witness, workShift } from '../helpers/days.ts';
import { forge } from '../helpers/forge.ts';
import { cheque, paymentOf, totalOf } from '../helpers/payments.ts';

const dayMs = 24 * 60 * 60_000;
const firstNoon = Date.parse('2026-11-24T10:00:00Z');
const [first, second] = ['2026-11-24', '2026-11-25'];

/** Two closed days with a shift counted again, a confirmed deposit and a cancelled one. */
let folder: string;
beforeAll(async () => {
  folder = await makeMunicipality();
  let now = firstNoon;
  const till = startCounter({ folder, clock: () => now });
  const report = await workShift(till, {
    payments: 2,
    differenceMinor: -500,
    also: [
      (account) => {
        const request = paymentOf(account);
        return { ...request, tenders: [cheque(totalOf(request), { dueOn: first })], change: [] };
      },
    ],
  });
  await signIn(till, 'huda');
  const shiftId = report.shiftId;
  const back = await till.call('days.returnShift', { requestId: randomUUID(), shiftId, reason: 'للتأكد' });
  const returnedId = back.shifts[0]?.returns[0]?.id ?? 0;
  const { papers } = await till.call('days.recountSheet', { returnedId });
  await till.call('days.recount', {
    requestId: randomUUID(),
    returnedId,
    lines: inNotes((report.figures.count?.toSafe[0]?.minor ?? 0) + 500),
    papers: papers.map(({ paymentId, line }) => ({ paymentId, line, isPresent: true })),
    isSure: true,
    counter: witness('amal'),
  });
  const { cheques, accounts } = await till.call('deposits.sheet', {});
  const bankAccountId = accounts[0]?.id ?? 0;
  const part = { bankAccountId, slipNumber: '', bagNumber: 'B-1', cash: inNotes(20_000) };
  const prepare = async (chequeIds: number[]): Promise<number> => {
    const request = {
      requestId: randomUUID(),
      parts: [{ ...part, chequeIds }],
      second: witness('yousef'),
    };
    const [made] = await till.call('deposits.prepare', request);
    return made?.id ?? 0;
  };
  const sent = await prepare(cheques.map(({ id }) => id));
  const cancelled = await prepare([]);
  const move = { requestId: randomUUID(), note: 'كما اتفق' };
  await till.call('deposits.move', { ...move, depositId: sent, to: 'deposited' });
  await till.call('deposits.move', {
    ...move,
    requestId: randomUUID(),
    depositId: cancelled,
    to: 'cancelled',
  });
  await explainAll(till, first);
  await till.call('days.close', await closing(till, first));
  now += dayMs;
  await till.call('deposits.confirm', {
    requestId: randomUUID(),
    depositId: sent,
    bankReference: 'BOP-1',
    bankDate: second,
    minor: 1,
    note: 'بقية المبلغ غدًا',
  });
  await workShift(till, { floatMinor: 0 });
  await signIn(till, 'huda');
  await till.call('days.close', await closing(till, second));
  await till.close();
});
afterAll(() => removeFolder(folder));

function verify(place: string): VerifyReport {
  const db = openReadOnly(join(place, 'sanduq.db'));
  try {
    return verifyDatabase(db);
  } finally {
    db.close();
  }
}

test('two days as they were lived verify', () => {
  expect(verify(folder).firstProblem).toBeNull();
});

/** Somebody who has the file and knows SQL: what they change, and what names it. */
const forgeries: readonly (readonly [what: string, sql: string, detail: RegExp])[] = [
  ['a day opened again', `DELETE FROM days WHERE business_date = '${second}'`, /day 2026-11-25: it is gone/],
  [
    'another who closed it',
    `UPDATE days SET closed_by = 1 WHERE business_date = '${first}'`,
    /day 2026-11-24: who and when/,
  ],
  [
    'other figures',
    `UPDATE days SET figures = json_set(figures, '$.receipts.minor', 1)`,
    /day 2026-11-24: figures/,
  ],
  ['another report', `UPDATE days SET content = json_set(content, '$.title', 'x')`, /day 2026-11-24: report/],
  [
    'a receipt of another sum',
    'UPDATE payments SET total_minor = total_minor + 100 WHERE id = 1',
    /KY01-2026-000001: totalMinor/,
  ],
  [
    'a shift moved to another day',
    `UPDATE z_reports SET business_date = '${first}' WHERE business_date = '${second}'`,
    /day 2026-11-24: shift reports/,
  ],
  [
    'a count that found more',
    `UPDATE count_results SET counted_minor = counted_minor + 100, difference_minor = difference_minor + 100
      WHERE count_id = (SELECT count_id FROM returned_shifts)`,
    /count 3: results/,
  ],
  ['a second count forgotten', 'UPDATE returned_shifts SET count_id = NULL', /shift 1 counted again: count/],
  ['another reason for it', `UPDATE returned_shifts SET reason = 'x'`, /shift 1 sent back: reason/],
  [
    'less that left the safe',
    `UPDATE cash_move_amounts SET minor = minor - 100
      WHERE move_id = (SELECT move_id FROM deposits WHERE number = 1)`,
    /move 6: amounts/,
  ],
  ['a deposit that vanished', 'DELETE FROM deposits WHERE number = 2', /deposit 2: it is gone/],
  [
    'money sent to another account',
    'UPDATE deposits SET bank_account_id = 2 WHERE number = 1',
    /deposit 1: bankAccountId/,
  ],
  ['other notes', 'UPDATE deposit_cash SET quantity = quantity + 1', /deposit 1: notes/],
  ['a cheque less', 'DELETE FROM deposit_cheques', /deposit 1: cheques/],
  ['a cheque back in hand', `UPDATE cheques SET state = 'inHand'`, /cheque/],
  ['a slip written anew', `UPDATE deposits SET content = '{}' WHERE number = 1`, /deposit 1: slip/],
  [
    'a cancelled deposit at the bank',
    `UPDATE deposits SET state = 'deposited' WHERE number = 2`,
    /deposit 2: state/,
  ],
  ['what the bank wrote', 'UPDATE deposit_confirmed SET minor = minor + 1', /deposit 1 confirmed: minor/],
  [
    'a step that nobody took',
    `INSERT INTO deposit_steps (deposit_id, state, user_id, at_ms) VALUES (1, 'cancelled', 1, 1)`,
    /6 steps of deposits, 5 in the journal/,
  ],
];

for (const [what, sql, detail] of forgeries)
  test(`${what} is found`, () => {
    const copy = copyFolder(folder);
    try {
      forge(copy, (db) => {
        db.pragma('ignore_check_constraints = ON');
        const { changes } = db.prepare(sql).run();
        expect(changes).toBeGreaterThan(0);
      });
      const { ok, firstProblem } = verify(copy);
      expect(ok).toBe(false);
      expect(firstProblem?.detail).toMatch(detail);
    } finally {
      removeFolder(copy);
    }
  });

test('nothing of a closed day gets past its tables, whoever writes it', () => {
  const copy = copyFolder(folder);
  const db = new Database(join(copy, 'sanduq.db'));
  try {
    for (const [table, columns, values] of [
      [
        'shifts',
        'open_request_id, till_code, user_id, business_date, opened_at_ms, float_minor',
        `'x', 'KY01', 1, '${second}', 1, 0`,
      ],
      [
        'counts',
        'request_id, request_digest, kind, user_id, at_ms, business_date',
        `'${randomUUID()}', '', 'surprise', 1, 1, '${first}'`,
      ],
      [
        'cash_moves',
        'kind, from_kind, to_kind, user_id, at_ms, business_date',
        `'safeOut', 'safe', 'outside', 1, 1, '2026-11-01'`,
      ],
      [
        'returned_shifts',
        'request_id, shift_id, business_date, reason, user_id, at_ms',
        `'${randomUUID()}', 1, '${first}', 'x', 1, 1`,
      ],
      ['count_explanations', 'count_id, user_id, role, text, at_ms', `1, 1, 'cashier', 'x', 1`],
    ] as const)
      expect(() => db.exec(`INSERT INTO ${table} (${columns}) VALUES (${values})`), table).toThrow(
        'a closed day stays closed',
      );
    for (const table of ['days', 'deposit_steps', 'deposit_cash', 'deposit_cheques', 'deposit_confirmed']) {
      expect(() => db.exec(`DELETE FROM ${table}`), table).toThrow('append-only');
    }
    expect(() => db.exec('UPDATE deposits SET bag_number = 1')).toThrow(
      'only the state of a deposit goes on',
    );
    expect(() => db.exec(`UPDATE deposits SET state = 'prepared'`)).toThrow('only the state');
    expect(() => db.exec(`UPDATE bank_accounts SET account = 'PS00' WHERE id = 1`)).toThrow(
      'stays as it was',
    );
  } finally {
    db.close();
    removeFolder(copy);
  }
});
