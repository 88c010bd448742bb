import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openReadOnly } from '../../electron/db/open.ts';
import { verifyDatabase } from '../../electron/journal/verify.ts';
import { getContent } from '../../electron/printing/printJobs.ts';
import type { ReceiptContent } from '../../shared/domain/receipt.ts';
import type { AccountView, ApprovableAct, PaymentTaken, VerifyReport } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { accountWithBills, copyFolder, removeFolder, signIn, startDay } from '../helpers/counter.ts';
import type { PaymentInput } from '../helpers/payments.ts';
import { accountAfter, cash, cheque, paymentOf, setRates, totalOf, transfer } from '../helpers/payments.ts';
import { forge } from '../helpers/forge.ts';
import { countAndClose, ils } from '../helpers/shifts.ts';
import { written } from '../helpers/written.ts';
import { tillForEach } from './tillForEach.ts';

let till: TestCounter;
let account: AccountView;
let nowMs = Date.now();

tillForEach({ clock: () => nowMs }, async (fresh) => {
  till = fresh;
  nowMs = Date.now();
  await setRates(till, { JOD: 52_000, USD: 37_000 });
  await startDay(till);
  account = await accountWithBills(till, 3);
});

const pins = async (login: string): Promise<string> => {
  const person = (await till.call('setup.signIns', {})).find((one) => one.login === login);
  if (person === undefined) throw new Error(`nobody called ${login}`);
  return person.pin;
};

function undoOf(paymentId: number) {
  return { paymentId, reason: 'wrongAmount', explanation: 'كُتب المبلغ خطأ' } as const;
}

async function approve(act: ApprovableAct, login = 'huda'): Promise<number> {
  return (await till.call('approvals.grant', { act, login, secret: await pins(login) })).approvalId;
}

async function undo(paymentId: number, requestId = randomUUID()) {
  const contents = undoOf(paymentId);
  const approvalId = await approve({ kind: 'payment.undo', contents });
  return till.ask('payments.undo', { requestId, undo: contents, approvalId });
}

function take(request: PaymentInput): Promise<PaymentTaken> {
  return till.call('payments.take', request);
}

test('a void gives all back: bills are owed, cash goes out of the drawer, a slip says who and why', async () => {
  const before = written(till.folder).rows;
  const taken = await take(paymentOf(account, 2, totalOf(paymentOf(account, 2)) + 5_000));
  const reply = await undo(taken.paymentId);
  expect(reply).toMatchObject({ ok: true, value: { kind: 'void', wasAlreadyDone: false } });
  const after = written(till.folder).rows;
  expect(after['bills']).toEqual(before['bills']);
  expect(after['shift_cash']).toEqual(before['shift_cash']);
  const again = await till.call('accounts.open', { accountId: account.id });
  expect(again.openBills).toEqual(account.openBills);
  const { slip } = reply.ok ? reply.value : expect.fail();
  expect(slip.undone).toMatchObject({
    kind: 'void',
    reason: 'wrongAmount',
    returned: [{ currency: 'ILS', minor: expect.any(Number) as number }],
  });
  expect(slip.undone?.by).not.toEqual(slip.undone?.approvedBy);
  await signIn(till, 'huda');
  const [reported] = await till.call('reports.undone', { from: '2020-01-01', to: '2100-01-01' });
  expect(reported).toMatchObject({
    receiptNumber: taken.receipt.number,
    kind: 'void',
    explanation: 'كُتب المبلغ خطأ',
    byEn: slip.undone?.by.en,
    approvedByEn: slip.undone?.approvedBy.en,
  });
});

test('a copy of a receipt that was taken back says that it was', async () => {
  const taken = await take(paymentOf(account, 1));
  const copyId = insertCopyOf(taken.paymentId);
  expect(contentOf(copyId).undone).toBeNull();
  await undo(taken.paymentId);
  expect(contentOf(copyId).undone).toMatchObject({ kind: 'void' });
  expect(contentOf(taken.printJobId).undone).toBeNull();
});

/** What verify says of a copy of the file in which somebody ran this. */
function verifyForged(sql: string): VerifyReport['firstProblem'] {
  const copy = copyFolder(till.folder);
  try {
    forge(copy, (db) => void db.exec(sql));
    const db = openReadOnly(join(copy, 'sanduq.db'));
    const { firstProblem } = verifyDatabase(db);
    db.close();
    return firstProblem;
  } finally {
    removeFolder(copy);
  }
}

/** There is no printer here, and no copy is asked for while the original waits: the row is written as the queue would. */
function insertCopyOf(paymentId: number): number {
  const db = new Database(join(till.folder, 'sanduq.db'));
  try {
    return Number(
      db
        .prepare(
          `INSERT INTO print_jobs (request_id, document, payment_id, title, copy_number, reason, user_id, state, created_at_ms,
             changed_at_ms) VALUES ('copy', 'receipt', ?, 'KY01', 1, 'lost', 1, 'intended', 1, 1)`,
        )
        .run(paymentId).lastInsertRowid,
    );
  } finally {
    db.close();
  }
}

function contentOf(jobId: number): ReceiptContent {
  const db = openReadOnly(join(till.folder, 'sanduq.db'));
  try {
    return getContent(db, jobId) as ReceiptContent;
  } finally {
    db.close();
  }
}

test('three currencies go back as they came, and the change comes back in', async () => {
  const request = paymentOf(account, 2);
  const totalMinor = totalOf(request);
  // Dinars for more than all of it; the change in shekels.
  const dinars = (Math.ceil(totalMinor / 520 / 5) + 1) * 5000;
  const valueMinor = (dinars / 1000) * 520;
  const changeMinor = Math.round((valueMinor - totalMinor) / 10) * 10;
  const taken = await take({
    ...request,
    tenders: [cash('JOD', dinars)],
    change: [{ currency: 'ILS', minor: changeMinor }],
    rates: { JOD: 52_000 },
  });
  const preview = await till.call('payments.undoPreview', { paymentId: taken.paymentId });
  expect(preview.refusal).toBeNull();
  expect(preview.returned).toEqual([
    { currency: 'ILS', minor: -changeMinor },
    { currency: 'JOD', minor: dinars },
  ]);
  expect(await undo(taken.paymentId)).toMatchObject({ ok: true });
});

test('in a later shift it is a reversal, out of that shift’s drawer', async () => {
  const taken = await take(paymentOf(account, 1));
  await countAndClose(till);
  await till.call('shifts.open', {
    requestId: randomUUID(),
    counts: ils([20_000, 20]),
  });
  expect(await undo(taken.paymentId)).toMatchObject({ ok: true, value: { kind: 'reversal' } });
});

test('what the drawer does not hold can’t be given back', async () => {
  const taken = await take(paymentOf(account, 1));
  await countAndClose(till);
  await till.call('shifts.open', { requestId: randomUUID(), counts: [] });
  expect(await undo(taken.paymentId)).toMatchObject({ ok: false, code: 'change.notInDrawer' });
});

test('credit that the receipt gave goes again, unless it was used', async () => {
  const request = paymentOf(account, 1);
  const advance = { kind: 'advance', accountId: account.id, minor: 5_000 } as const;
  const lines = [...request.lines, advance];
  const withAdvance = await take({
    ...request,
    lines,
    tenders: [cash('ILS', totalOf({ ...request, lines }))],
  });
  const after = accountAfter(withAdvance);
  expect(after.creditMinor).toBe(account.creditMinor + 5_000);
  const next = paymentOf(after, 1);
  const owed = totalOf(next);
  const credit = Math.min(owed, after.creditMinor);
  await take({
    ...next,
    tenders: [
      { kind: 'credit', currency: 'ILS', receivedMinor: credit, accountId: account.id },
      ...(owed > credit ? [cash('ILS', owed - credit)] : []),
    ],
  });
  expect(await undo(withAdvance.paymentId)).toMatchObject({ ok: false, code: 'undo.creditUsed' });
});

test('the same request again is answered, another one is refused: a receipt is taken back once', async () => {
  const taken = await take(paymentOf(account, 1));
  const contents = undoOf(taken.paymentId);
  const approvalId = await approve({ kind: 'payment.undo', contents });
  const request = { requestId: randomUUID(), undo: contents, approvalId };
  await till.call('payments.undo', request);
  expect(await till.call('payments.undo', request)).toMatchObject({ wasAlreadyDone: true });
  expect(await undo(taken.paymentId)).toMatchObject({ ok: false, code: 'undo.already' });
});

describe('an approval is one word for one act', () => {
  test('never one’s own, and never a cashier’s', async () => {
    const taken = await take(paymentOf(account, 1));
    const act = { kind: 'payment.undo', contents: undoOf(taken.paymentId) } as const;
    for (const [login, code] of [
      ['amal', 'approval.own'],
      ['yousef', 'approval.notSupervisor'],
      ['admin', 'approval.notSupervisor'],
    ] as const)
      expect(await till.ask('approvals.grant', { act, login, secret: await pins(login) })).toMatchObject({
        ok: false,
        code,
      });
    expect(await till.ask('approvals.grant', { act, login: 'huda', secret: '000000' })).toMatchObject({
      ok: false,
      code: 'signIn.wrong',
    });
    const acts = written(till.folder).journal.map((entry) => entry.act);
    expect(acts.filter((one) => one === 'approval.refused')).toHaveLength(3);
    expect(acts).not.toContain('approval.granted');
  });

  test('not for another receipt, reason or text, not twice, and not after a minute', async () => {
    const first = await take(paymentOf(account, 1));
    const second = await take(paymentOf(accountAfter(first), 1));
    const contents = undoOf(first.paymentId);
    const approvalId = await approve({ kind: 'payment.undo', contents });
    const ask = (undone: typeof contents | (Omit<typeof contents, 'paymentId'> & { paymentId: number })) =>
      till.ask('payments.undo', { requestId: randomUUID(), undo: undone, approvalId });
    for (const other of [
      undoOf(second.paymentId),
      { ...contents, explanation: 'غير ذلك' },
    ] as (typeof contents)[])
      expect(await ask(other)).toMatchObject({ ok: false, code: 'approval.other' });
    nowMs += 61_000;
    expect(await ask(contents)).toMatchObject({ ok: false, code: 'approval.expired' });
    nowMs -= 61_000;
    expect(await ask(contents)).toMatchObject({ ok: true });
    const again = undoOf(second.paymentId);
    expect(
      await till.ask('payments.undo', { requestId: randomUUID(), undo: again, approvalId: 99 }),
    ).toMatchObject({ ok: false, code: 'approval.missing' });
  });

  test('a waiver is taken with one, is a receipt without cash, and not without or for another amount', async () => {
    const request = paymentOf(account, 1);
    const totalMinor = totalOf(request);
    const waived: PaymentInput = {
      ...request,
      tenders: [
        {
          kind: 'waiver',
          currency: 'ILS',
          receivedMinor: totalMinor,
          decisionNumber: '44/2026',
          decisionOn: '2026-10-01',
        },
      ],
    };
    expect(await till.ask('payments.take', waived)).toMatchObject({ ok: false, code: 'approval.missing' });
    const { requestId, payer, lines, tenders } = waived;
    const approvalId = await approve({
      kind: 'payment.waiver',
      contents: { requestId, payer, lines: [...lines], tenders: [...tenders] },
    });
    const half = { ...waived, tenders: [{ ...tenders[0], receivedMinor: totalMinor - 1 }, cash('ILS', 1)] };
    expect(await till.ask('payments.take', { ...half, approvalId } as PaymentInput)).toMatchObject({
      ok: false,
      code: 'approval.other',
    });
    const drawer = written(till.folder).rows['shift_cash'];
    const taken = await take({ ...waived, approvalId });
    expect(taken.receipt.waivedBy).not.toBeNull();
    expect(verifyForged('DELETE FROM approvals')).toMatchObject({ kind: 'rowsDiffer' });
    expect(
      verifyForged("UPDATE approvals SET approver_id = (SELECT id FROM users WHERE role = 'auditor')"),
    ).toMatchObject({ kind: 'rowsDiffer' });
    expect(written(till.folder).rows['shift_cash']).toEqual(drawer);
  });
});

describe('cheques and transfers', () => {
  test('in hand they go back with the receipt; deposited or matched they forbid it', async () => {
    const first = await take({
      ...paymentOf(account, 1),
      tenders: [cheque(totalOf(paymentOf(account, 1)))],
    });
    expect(await undo(first.paymentId)).toMatchObject({ ok: true });
    expect(written(till.folder).rows['cheques']).toMatchObject([{ state: 'returned' }]);

    const request = paymentOf(account, 2);
    const minor = totalOf(request);
    const second = await take({
      ...request,
      tenders: [cheque(minor - 1000, { chequeNumber: '000418' }), transfer(1000)],
    });
    await settle('deposited');
    await signIn(till, 'amal');
    expect(await undo(second.paymentId)).toMatchObject({ ok: false, code: 'undo.chequeMoved' });
  });

  async function settle(to: 'deposited' | 'cleared' | 'bounced', feeMinor: number | null = null) {
    await signIn(till, 'huda');
    const open = (await till.call('registers.cheques', { state: null, text: '' })).find(
      ({ state }) => state === 'inHand' || state === 'deposited',
    );
    if (open === undefined) throw new Error('no cheque to move');
    return till.call('registers.moveCheque', {
      requestId: randomUUID(),
      chequeId: open.id,
      to,
      note: '',
      feeMinor,
    });
  }

  test('a bounce makes what the cheque paid owed again, newest bill first, with the bank’s fee', async () => {
    const request = paymentOf(account, 2);
    const minor = totalOf(request);
    await take({ ...request, tenders: [cheque(minor)] });
    await settle('deposited');
    const bounced = await settle('bounced', 2500);
    expect(bounced.state).toBe('bounced');
    expect(bounced.steps.map(({ state }) => state)).toEqual(['inHand', 'deposited', 'bounced']);
    const after = await till.call('accounts.open', { accountId: account.id });
    expect(after.owedMinor).toBe(account.owedMinor + 2500);
    expect(after.bouncedCheques).toBe(1);
    expect(after.openBills.filter(({ serviceCode }) => serviceCode === 'bouncedCheque')).toHaveLength(1);
  });

  test('a step is made once for each request, and a request says one thing', async () => {
    const request = paymentOf(account, 1);
    await take({ ...request, tenders: [cheque(totalOf(request))] });
    await settle('deposited');
    const [deposited] = await till.call('registers.cheques', { state: 'deposited', text: '' });
    if (deposited === undefined) throw new Error('no cheque was deposited');
    const bounce = {
      requestId: randomUUID(),
      chequeId: deposited.id,
      to: 'bounced',
      note: '',
      feeMinor: 2500,
    } as const;
    await till.call('registers.moveCheque', bounce);
    nowMs += 3_600_000;
    const again = await till.call('registers.moveCheque', bounce);
    expect(again.steps.map(({ state }) => state)).toEqual(['inHand', 'deposited', 'bounced']);
    expect(
      await till.ask('registers.moveCheque', { ...bounce, to: 'returned', feeMinor: null }),
    ).toMatchObject({
      code: 'request.reused',
    });
    expect(await till.ask('registers.moveCheque', { ...bounce, requestId: randomUUID() })).toMatchObject({
      code: 'register.wrongState',
    });
  });

  test('a cheque whose state somebody changed behind the counter is found', async () => {
    const request = paymentOf(account, 1);
    await take({ ...request, tenders: [cheque(totalOf(request))] });
    expect(verifyForged(`UPDATE cheques SET state = 'cleared'`)).toMatchObject({ kind: 'sumWrong' });
    expect(verifyForged('DELETE FROM cheques')).toMatchObject({ kind: 'sumWrong' });
  });

  test('a part paid by cheque reopens that part only', async () => {
    const request = paymentOf(account, 2);
    const minor = totalOf(request);
    const newest = request.lines.at(-1);
    await take({ ...request, tenders: [cash('ILS', minor - 1000), cheque(1000)] });
    await settle('deposited');
    await settle('bounced');
    const after = await till.call('accounts.open', { accountId: account.id });
    expect(after.owedMinor).toBe(account.owedMinor - minor + 1000);
    expect(newest?.kind === 'bill' && after.openBills.some(({ id }) => id === newest.billId)).toBe(true);
  });

  test('a transfer is matched or rejected once, and what was credited and used is owed anew', async () => {
    const request = paymentOf(account, 1);
    const lines = [{ kind: 'advance', accountId: account.id, minor: 3_000 } as const];
    const paid = await take({ ...request, lines, tenders: [transfer(3_000)] });
    const after = accountAfter(paid);
    const used = paymentOf(after, 1);
    const credit = Math.min(totalOf(used), after.creditMinor);
    await take({
      ...used,
      lines: used.lines.map((line) => ({ ...line, minor: credit })) as PaymentInput['lines'],
      tenders: [{ kind: 'credit', currency: 'ILS', receivedMinor: credit, accountId: account.id }],
    });
    await signIn(till, 'huda');
    const [pending] = await till.call('registers.transfers', { state: 'pending', text: '' });
    if (pending === undefined) throw new Error('no transfer waits');
    const rejected = await till.call('registers.settleTransfer', {
      requestId: randomUUID(),
      transferId: pending.id,
      to: 'rejected',
      note: 'لم تصل',
    });
    expect(rejected.state).toBe('rejected');
    expect(
      await till.ask('registers.settleTransfer', {
        requestId: randomUUID(),
        transferId: pending.id,
        to: 'matched',
        note: '',
      }),
    ).toMatchObject({ ok: false, code: 'register.wrongState' });
    const last = await till.call('accounts.open', { accountId: account.id });
    expect(last.creditMinor).toBeGreaterThanOrEqual(0);
    expect(last.owedMinor - last.creditMinor).toBe(account.owedMinor - account.creditMinor);
  });

  test('only a supervisor moves them', async () => {
    expect(await till.ask('registers.cheques', { state: null, text: '' })).toMatchObject({
      ok: false,
      code: 'session.forbidden',
    });
  });

  test('who is not registered pays by neither', async () => {
    const fee = { kind: 'fee', serviceCode: 'stamp', quantity: 1, unitMinor: 1000, note: '' } as const;
    expect(
      await till.ask('payments.take', {
        ...paymentOf(account, 1),
        payer: { kind: 'occasional', name: 'زائر', identityNumber: null },
        lines: [fee],
        tenders: [transfer(1000)],
      }),
    ).toMatchObject({ ok: false, code: 'tender.needsAccount' });
  });
});
