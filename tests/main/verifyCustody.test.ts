import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import type { TillKey } from '../../electron/journal/tillKey.ts';
import { fileProtection, loadTillKey } from '../../electron/journal/tillKey.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import type { Act, JournalEntry } from '../../shared/domain/journal.ts';
import type { VerifyProblem, VerifyReport } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
} from '../helpers/counter.ts';
import { inNotes, openShift, roundPayment, witness } from '../helpers/days.ts';
import { forge, rechain } from '../helpers/forge.ts';
import { cash, paymentOf } from '../helpers/payments.ts';
import { closingOf, countDrawer, countedFrom, drawerOf, ils, notes } from '../helpers/shifts.ts';
import { written } from '../helpers/written.ts';

let municipality: string;
let folder: string;
let key: TillKey;
let journal: readonly JournalEntry[];

/** A day with every kind of move, count and step in it. */
async function live(till: TestCounter): Promise<void> {
  const id = randomUUID;
  await signIn(till, 'admin');
  await till.call('tills.add', { code: 'KY02', name: 'شباك ثانٍ' });
  await till.call('tills.update', { code: 'KY02', name: 'شباك الأمل', isActive: true });
  await signIn(till, 'huda');
  await till.call('custody.safeMove', {
    requestId: id(),
    direction: 'in',
    reason: 'fund',
    note: 'من المالية',
    bagNumber: 'B-1',
    lines: inNotes(50_000),
    witness: witness('nader'),
  });
  await till.call('custody.prepareFloat', {
    requestId: id(),
    till: 'KY01',
    direction: 'toTill',
    lines: ils([1000, 10]),
    note: '',
  });
  await openShift(till, 'yousef', 10_000, 'KY02');
  await openShift(till, 'amal', 10_000, 'KY01');
  const account = await accountWithBills(till, 3);
  const payment = roundPayment(account);
  const taken = await till.call('payments.take', {
    ...payment,
    tenders: payment.tenders.map(({ receivedMinor }) => cash('ILS', receivedMinor, 1000)),
  });
  const undo = { paymentId: taken.paymentId, reason: 'wrongAmount', explanation: 'كُتب خطأ' } as const;
  const { approvalId } = await till.call('approvals.grant', {
    act: { kind: 'payment.undo', contents: undo },
    ...witness('huda'),
  });
  await till.call('payments.undo', { requestId: id(), undo, approvalId });
  await till.call('payments.take', paymentOf(await accountWithBills(till, 3)));
  await till.call('custody.payIn', {
    requestId: id(),
    lines: ils([1000, 2]),
    bagNumber: 'B-2',
    note: '',
    receiver: witness('huda'),
  });
  await till.call('custody.topUp', {
    requestId: id(),
    lines: ils([5000, 1]),
    note: '',
    giver: witness('huda'),
  });
  await till.call('custody.exchange', {
    requestId: id(),
    given: ils([1000, 5]),
    taken: ils([5000, 1]),
    note: '',
    other: witness('yousef'),
  });
  const move = { direction: 'out', reason: 'smallExpense', note: 'ورق', lines: ils([1000, 1]) } as const;
  await till.call('custody.cashMove', { requestId: id(), move, approvalId: null });
  await till.call('shifts.suspend', { requestId: id() });
  await till.call('shifts.resume', { requestId: id() });
  await countDrawer(till);
  await till.call('shifts.resumeSelling', { requestId: id(), reason: 'جاء مراجع' });
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  const short = countedFrom(sheet, [...drawerOf(till, sheet.shiftId), notes('JOD', 1000, 1)]);
  const offered = await till.call('shifts.handoverCount', { ...short, receiver: witness('huda') });
  await till.call('shifts.handoverRefuse', {
    requestId: id(),
    countId: offered.id,
    reason: 'فيها دينار زائد',
    receiver: witness('huda'),
  });
  const count = await countDrawer(till, ils([1000, 7], [5000, 1]));
  const { report } = await till.call('shifts.close', closingOf(count, ils([1000, 5])));
  expect(report.differences).toHaveLength(1);
  await signIn(till, 'huda');
  await till.call('days.returnShift', {
    requestId: id(),
    shiftId: report.shiftId,
    reason: 'للتأكد من الفرق',
  });
  await till.call('days.recount', {
    requestId: id(),
    returnedId: 1,
    lines: ils([1000, 1], [5000, 1]),
    papers: [],
    isSure: true,
    counter: witness('amal'),
  });
  await signIn(till, 'yousef');
  const yousefs = await till.call('shifts.countSheet', { shiftId: null });
  const accepted = await till.call('shifts.handoverCount', {
    ...countedFrom(yousefs, drawerOf(till, yousefs.shiftId)),
    receiver: witness('amal'),
  });
  const { explanations } = closingOf(accepted);
  await till.call('shifts.handoverAccept', {
    requestId: id(),
    countId: accepted.id,
    explanations,
    receiver: witness('amal'),
  });
}

beforeAll(async () => {
  municipality = await makeMunicipality();
  folder = copyFolder(municipality);
  const till = startCounter({ folder });
  await live(till);
  await till.close();
  key = loadTillKey(join(folder, 'till.key'), fileProtection);
  journal = written(folder).journal;
});
afterAll(() => {
  removeFolder(folder);
  removeFolder(municipality);
});

function verify(place: string): VerifyReport {
  const db = openReadOnly(join(place, 'sanduq.db'));
  try {
    return verifyDatabase(db);
  } finally {
    db.close();
  }
}

function firstProblem(act: (db: Database.Database) => void): VerifyReport['firstProblem'] {
  const copy = copyFolder(folder);
  try {
    forge(copy, act);
    return verify(copy).firstProblem;
  } finally {
    removeFolder(copy);
  }
}

type Body = JournalEntry['body'];
type Wanted = readonly [act: Act, fields?: Body];

/** The last entry of that act that says so. */
function entryOf([act, fields = {}]: Wanted): JournalEntry {
  const found = journal.findLast(
    (entry) =>
      entry.act === act && Object.entries(fields).every(([field, value]) => entry.body[field] === value),
  );
  if (found === undefined) throw new Error(`no ${act} ${JSON.stringify(fields)}`);
  return found;
}

test('a day with every kind of move, count and step verifies', () => {
  expect(verify(folder).firstProblem).toBeNull();
  const kinds = new Set(
    journal.filter(({ act }) => act === 'cash.moved').map(({ body }) => JSON.stringify(body['kind'])),
  );
  for (const kind of [
    'float',
    'floatDifference',
    'prepareFloat',
    'topUp',
    'payIn',
    'cashOut',
    'exchange',
    'safeIn',
  ])
    expect(kinds).toContain(JSON.stringify(kind));
  for (const kind of ['difference', 'left', 'closeToSafe', 'handover'])
    expect(kinds).toContain(JSON.stringify(kind));
});

const payIn: Wanted = ['cash.moved', { kind: 'payIn' }];
const close: Wanted = ['shift.closed', { shiftId: 2 }];

describe('somebody with the file and SQL', () => {
  const moveId = (): number => Number(entryOf(payIn).body['moveId']);
  const countId = (): number => Number(entryOf(close).body['countId']);
  const columns: [table: string, column: string, id: () => number, entry: Wanted][] = [
    ...['from_shift_id', 'user_id', 'counterpart_id', 'at_ms'].map(
      (column): [string, string, () => number, Wanted] => ['cash_moves', column, moveId, payIn],
    ),
    ...['shift_id', 'user_id', 'at_ms'].map((column): [string, string, () => number, Wanted] => [
      'counts',
      column,
      countId,
      ['count.made', { shiftId: 2, kind: 'close', papers: 0 }],
    ]),
  ];
  test.each(columns)('changes %s.%s', (table, column, id) => {
    const found = firstProblem((db) =>
      db.prepare(`UPDATE ${table} SET ${column} = ${column} + 1 WHERE id = ?`).run(id()),
    );
    const wanted = table === 'counts' ? countEntry(id()) : entryOf(payIn);
    expect(found).toMatchObject({ kind: 'rowsDiffer', sequence: wanted.sequence });
  });

  type Forgery = [name: string, sql: string, kind: VerifyProblem, entry: Wanted | null];
  const forgeries: Forgery[] = [
    [
      'gives a bag another number',
      `UPDATE cash_moves SET bag_number = 'B-9' WHERE kind = 'payIn'`,
      'rowsDiffer',
      payIn,
    ],
    [
      'lets a move go elsewhere',
      `UPDATE cash_moves SET to_kind = 'outside' WHERE kind = 'payIn'`,
      'rowsDiffer',
      payIn,
    ],
    [
      'changes the amount of a move',
      `UPDATE cash_move_amounts SET minor = minor + 5 WHERE move_id = (SELECT id FROM cash_moves WHERE kind = 'payIn')`,
      'rowsDiffer',
      payIn,
    ],
    [
      'takes a note out of a move',
      `UPDATE cash_move_lines SET quantity = quantity - 1
        WHERE move_id = (SELECT id FROM cash_moves WHERE kind = 'payIn')`,
      'rowsDiffer',
      payIn,
    ],
    ['makes a move vanish', `DELETE FROM cash_moves WHERE kind = 'payIn'`, 'rowsDiffer', payIn],
    [
      'adds a move that nobody made',
      `INSERT INTO cash_moves (kind, from_kind, to_kind, user_id, at_ms, business_date)
         VALUES ('safeOut', 'safe', 'outside', 1, 1, '2026-11-25')`,
      'rowsDiffer',
      null,
    ],
    [
      'writes the expected sum over a count',
      `UPDATE count_results SET counted_minor = expected_minor, difference_minor = 0 WHERE difference_minor < 0
         AND count_id = (SELECT count_id FROM z_reports WHERE shift_id = 2)`,
      'rowsDiffer',
      ['count.made', { shiftId: 2, kind: 'close' }],
    ],
    [
      'adds a note to a count',
      `UPDATE count_lines SET quantity = quantity + 1 WHERE count_id = (SELECT max(id) FROM counts WHERE kind = 'handover')`,
      'rowsDiffer',
      ['count.made', { kind: 'handover', shiftId: 1 }],
    ],
    [
      'makes a count vanish',
      `DELETE FROM counts WHERE kind = 'handover' AND shift_id = 2`,
      'rowsDiffer',
      ['count.made', { kind: 'handover', shiftId: 2 }],
    ],
    [
      'changes the words about a difference',
      `UPDATE count_explanations SET text = 'كانت مع المشرف'`,
      'rowsDiffer',
      null,
    ],
    ['makes the words vanish', 'DELETE FROM count_explanations', 'rowsDiffer', null],
    [
      'makes a step of a shift vanish',
      `DELETE FROM shift_steps WHERE step = 'suspended'`,
      'rowsDiffer',
      null,
    ],
    [
      'lets a refused handover be another’s word',
      `UPDATE shift_steps SET user_id = user_id + 1 WHERE step = 'handoverRefused'`,
      'rowsDiffer',
      null,
    ],
    [
      'changes the figures of a report',
      `UPDATE z_reports SET figures = json_set(figures, '$.receiptsMinor', 1) WHERE shift_id = 2`,
      'rowsDiffer',
      close,
    ],
    [
      'changes the paper of a report',
      `UPDATE z_reports SET content = json_set(content, '$.title', 'x') WHERE shift_id = 2`,
      'rowsDiffer',
      close,
    ],
    [
      'changes what is printed of a report',
      `UPDATE print_jobs SET content = json_set(content, '$.title', 'x') WHERE document = 'shiftReport'
         AND subject_id = (SELECT id FROM z_reports WHERE shift_id = 2)`,
      'rowsDiffer',
      close,
    ],
    ['changes a report’s number', 'UPDATE z_reports SET number = 9 WHERE shift_id = 2', 'rowsDiffer', close],
    [
      'changes a perpetual total of a report',
      'UPDATE z_reports SET total_minor = total_minor + 1 WHERE shift_id = 2',
      'rowsDiffer',
      close,
    ],
    ['makes a report vanish', 'DELETE FROM z_reports WHERE shift_id = 2', 'rowsDiffer', close],
    [
      'resets the perpetual totals',
      `UPDATE till_totals SET minor = 0 WHERE till_code = 'KY01'`,
      'sumWrong',
      null,
    ],
    [
      'changes when a shift was closed',
      'UPDATE shifts SET closed_at_ms = closed_at_ms + 1 WHERE id = 2',
      'rowsDiffer',
      close,
    ],
    [
      'says that another opened a shift',
      'UPDATE shifts SET user_id = user_id + 1 WHERE id = 2',
      'rowsDiffer',
      ['shift.opened', { shiftId: 2 }],
    ],
    [
      'changes the float of a shift',
      'UPDATE shift_floats SET quantity = quantity + 1 WHERE shift_id = 2',
      'rowsDiffer',
      ['shift.opened', { shiftId: 2 }],
    ],
    [
      'changes what should lie in the safe',
      'UPDATE safe_cash SET expected_minor = expected_minor - 5',
      'sumWrong',
      null,
    ],
    [
      'changes what should lie in a till',
      'UPDATE till_cash SET expected_minor = expected_minor - 5 WHERE expected_minor > 0',
      'sumWrong',
      null,
    ],
    [
      'changes what should lie in a drawer',
      'UPDATE shift_cash SET expected_minor = expected_minor + 5',
      'sumWrong',
      null,
    ],
    ['renames a till', `UPDATE tills SET name = 'x' WHERE code = 'KY02'`, 'rowsDiffer', null],
    ['adds a till', `INSERT INTO tills (code, name, added_at_ms) VALUES ('KY03', '', 1)`, 'rowsDiffer', null],
    [
      'answers for the clock in another’s name',
      'INSERT INTO clock_marks (at_ms, ahead_until_ms, user_id) VALUES (1, 2, 1)',
      'rowsDiffer',
      null,
    ],
  ];
  test.each(forgeries)('%s', (_, sql, kind, entry) => {
    const sequence = entry === null ? null : entryOf(entry).sequence;
    expect(firstProblem((db) => db.exec(sql))).toMatchObject({ kind, sequence });
  });

  function countEntry(id: number): JournalEntry {
    return entryOf(['count.made', { countId: id }]);
  }
});

describe('even the till’s own key does not sign away', () => {
  type Signed = [name: string, entry: Wanted, edit: (body: Body) => Body, kind: VerifyProblem];
  const set =
    (fields: Body) =>
    (body: Body): Body => ({ ...body, ...fields });
  const results =
    (edit: (result: Record<string, number>) => Record<string, number>) =>
    (body: Body): Body => ({
      ...body,
      results: (body['results'] as Record<string, number>[]).map(edit),
    });
  const signed: Signed[] = [
    ['a move without its second person', payIn, set({ counterpart: null }), 'stateWrong'],
    ['one who received from themselves', payIn, set({ counterpart: 'amal' }), 'stateWrong'],
    ['a paying-in that went elsewhere', payIn, set({ to: { kind: 'outside' } }), 'stateWrong'],
    ['notes that do not make the amount', payIn, set({ lines: [] }), 'sumWrong'],
    [
      'more than lay there',
      ['cash.moved', { kind: 'cashOut' }],
      set({ lines: [], amounts: [{ currency: 'ILS', minor: 9_000_000 }] }),
      'sumWrong',
    ],
    [
      'half an exchange',
      ['cash.moved', { kind: 'exchange', requestId: null }],
      set({ lines: [], amounts: [{ currency: 'ILS', minor: 1000 }] }),
      'sumWrong',
    ],
    [
      'an exchange with itself',
      ['cash.moved', { kind: 'exchange', requestId: null }],
      set({ pairedWith: 999 }),
      'sumWrong',
    ],
    [
      'a float for a drawer that is in use',
      ['cash.moved', { kind: 'topUp' }],
      set({ kind: 'prepareFloat', to: { kind: 'till', till: 'KY01' } }),
      'stateWrong',
    ],
    ['a paying-in of another day', payIn, set({ businessDate: '2020-01-01' }), 'stateWrong'],
    [
      'a difference that is not counted less expected',
      ['count.made', { kind: 'handover', shiftId: 2 }],
      results((result) => ({ ...result, differenceMinor: 0 })),
      'sumWrong',
    ],
    [
      'another expected sum',
      ['count.made', { kind: 'handover', shiftId: 2 }],
      results((result) => ({
        ...result,
        expectedMinor: Number(result['countedMinor']),
        differenceMinor: 0,
      })),
      'sumWrong',
    ],
    [
      'worn notes that nobody brought',
      ['count.made', { kind: 'handover', shiftId: 2 }],
      results((result) => ({ ...result, expectedWornMinor: 500 })),
      'sumWrong',
    ],
    [
      'a report’s number that was given',
      ['shift.closed', { shiftId: 1 }],
      set({ zNumber: 0 }),
      'numberRepeated',
    ],
    ['a report’s number too far', close, set({ zNumber: 2 }), 'numberGap'],
    ['a report on another till', close, set({ till: 'KY02' }), 'stateWrong'],
    [
      'perpetual totals that begin anew',
      close,
      set({ perpetual: { receipts: 0, minor: 0, undone: 0, undoneMinor: 0 } }),
      'sumWrong',
    ],
    ['receipts that were not in the report', close, set({ receipts: 1 }), 'sumWrong'],
    ['a close with another count', close, set({ countId: 1 }), 'stateWrong'],
    ['a float that was not counted', ['shift.opened', { shiftId: 2 }], set({ float: [] }), 'sumWrong'],
    ['a second shift on a till', ['shift.opened', { shiftId: 2 }], set({ till: 'KY02' }), 'stateWrong'],
    ['a till that is locked twice', ['shift.resumed'], set({ shiftId: 1 }), 'stateWrong'],
    ['a second count of another shift', ['shift.recounted'], set({ shiftId: 1 }), 'rowsDiffer'],
    ['words about no count', ['count.explained'], set({ countId: 999 }), 'stateWrong'],
    ['a move without its fields', payIn, () => ({}), 'unreadable'],
    ['a count without its fields', ['count.made', { shiftId: 2 }], () => ({}), 'unreadable'],
    ['a close without its fields', close, () => ({}), 'unreadable'],
  ];
  test.each(signed)('%s', (_, wanted, edit, kind) => {
    const entry = entryOf(wanted);
    const found = firstProblem((db) =>
      rechain(db, key, entry.sequence, (one) => ({ ...one, body: edit(one.body) })),
    );
    expect(found).toMatchObject({ kind, sequence: entry.sequence });
  });

  test('money taken by another’s hands', () => {
    const { sequence } = entryOf(['payment.taken']);
    const found = firstProblem((db) => {
      db.prepare('UPDATE payments SET user_id = 3 WHERE id = 2').run();
      rechain(db, key, sequence, (one) => ({
        ...one,
        actor: one.actor === null ? null : { ...one.actor, id: 3 },
      }));
    });
    expect(found).toMatchObject({ kind: 'stateWrong', sequence });
  });

  test('a difference that was another when it left the account', () => {
    const { sequence, body } = entryOf(['cash.moved', { kind: 'difference', countId: closeCountId() }]);
    const found = firstProblem((db) => {
      db.prepare('UPDATE cash_move_amounts SET minor = 10 WHERE move_id = ?').run(body['moveId']);
      rechain(db, key, sequence, (one) => ({
        ...one,
        body: { ...one.body, amounts: [{ currency: 'ILS', minor: 10 }] },
      }));
    });
    expect(found).toMatchObject({ kind: 'sumWrong', sequence: entryOf(close).sequence });
  });

  test('a locked till that moved money', () => {
    const { sequence } = entryOf(payIn);
    const body = { shiftId: 2, requestId: randomUUID(), reason: '' };
    const found = firstProblem((db) =>
      rechain(db, key, sequence, (one) => ({ ...one, act: 'shift.suspended', body })),
    );
    const { sequence: next } = entryOf(['cash.moved', { kind: 'topUp' }]);
    expect(found).toMatchObject({ kind: 'stateWrong', sequence: next });
  });

  const closeCountId = (): number => Number(entryOf(close).body['countId']);
});
