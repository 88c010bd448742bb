import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportIds } from '../../shared/domain/reports/report.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { ChannelName } from '../../shared/ipc/contract.ts';
import { demonstrationPeople, demonstrationPrinter } from '../../electron/setup/demonstrationPeople.ts';
import {
  accountWithBills,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
} from '../helpers/counter.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { cashPayment, paymentOf } from '../helpers/payments.ts';

const channels = Object.keys(contract) as ChannelName[];

let till: TestCounter;
beforeAll(async () => {
  till = startCounter({ folder: await makeMunicipality(10) });
});
afterAll(async () => {
  await till.close();
  removeFolder(till.folder);
});

/** What main answers to anything at all. */
async function code(channel: unknown, input: unknown): Promise<string> {
  const reply = await till.counter.handle(channel, input);
  return reply.ok ? 'ok' : reply.code;
}

test('a channel that is not in the contract is refused, whatever its name', async () => {
  for (const name of [
    'payments.steal',
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    7,
    null,
    undefined,
    {},
  ])
    expect(await code(name, {}), JSON.stringify(name) ?? 'nothing').toBe('request.invalid');
});

test('before anybody has signed in, only what is for anyone answers', async () => {
  await till.call('session.signOut', {});
  for (const channel of channels)
    if (contract[channel].access !== 'anyone')
      expect(await code(channel, {}), channel).toBe('session.required');
});

for (const { login, role } of demonstrationPeople) {
  test(`the ${role} ${login} is refused every channel of other roles, before anything is done`, async () => {
    await signIn(till, login);
    for (const channel of channels) {
      const { access, input } = contract[channel];
      if (typeof access === 'string' || (access as readonly string[]).includes(role)) continue;
      // Well-formed, so that it is the role that is refused and not the form.
      const wellFormed = wellFormedInputs[channel as keyof typeof wellFormedInputs] ?? {};
      expect(input.safeParse(wellFormed).success, `${channel} needs an example in this test`).toBe(true);
      expect(await code(channel, wellFormed), channel).toBe('session.forbidden');
    }
  });
}

const settings = {
  municipality: { ar: 'س', en: '' },
  centre: { ar: 'س', en: '' },
  defaultLanguage: 'ar',
  idleLockMinutes: 5,
  smallestCoinMinor: 10,
  cashMoveLimitMinor: 20_000,
  printers: [demonstrationPrinter],
  routes: { main: 'receipts', fallback: null, documents: {} },
  accountCodes: {},
};
const witness = { login: 'yousef', secret: '471903' };
const counted = { requestId: randomUUID(), lines: [], papers: [], mark: '0-0-0', isSure: false };
const undo = { paymentId: 1, reason: 'payerAsked', explanation: 'سبب كاف' };
/** One good input for each channel that takes something and is not for everybody. */
const reportQuery = {
  report: reportIds[0],
  from: '2026-01-01',
  to: '2026-12-31',
  till: null,
  cashierId: null,
} as const;
const wellFormedInputs = {
  'shifts.open': { requestId: randomUUID(), counts: [] },
  'shifts.suspend': { requestId: randomUUID() },
  'shifts.resume': { requestId: randomUUID() },
  'shifts.countSheet': { shiftId: null },
  'shifts.count': { ...counted, reason: '' },
  'shifts.resumeSelling': { requestId: randomUUID(), reason: 'سبب كاف' },
  'shifts.close': { requestId: randomUUID(), countId: 1, explanations: [], leftInDrawer: [] },
  'shifts.countWitnessed': { ...counted, shiftId: 1, reason: 'سبب كاف', witness },
  'shifts.countSurprise': { ...counted, shiftId: 1, remark: '', auditor: null },
  'shifts.handoverCount': { ...counted, receiver: witness },
  'shifts.handoverAccept': { requestId: randomUUID(), countId: 1, explanations: [], receiver: witness },
  'shifts.handoverRefuse': { requestId: randomUUID(), countId: 1, reason: 'سبب كاف', receiver: witness },
  'shifts.xReport': { shiftId: null },
  'shifts.printX': { shiftId: null },
  'counts.ofShift': { shiftId: 1 },
  'tills.add': { code: 'KY02', name: 'الثاني' },
  'tills.update': { code: 'KY02', name: 'الثاني', isActive: true },
  'custody.payIn': { requestId: randomUUID(), lines: [], bagNumber: '', note: '', receiver: witness },
  'custody.topUp': { requestId: randomUUID(), lines: [], note: '', giver: witness },
  'custody.cashMove': {
    requestId: randomUUID(),
    move: { direction: 'in', reason: 'other', note: 'سبب كاف', lines: [] },
    approvalId: null,
  },
  'custody.exchange': { requestId: randomUUID(), given: [], taken: [], note: '', other: witness },
  'custody.prepareFloat': {
    requestId: randomUUID(),
    till: 'KY01',
    direction: 'toTill',
    lines: [],
    note: '',
  },
  'custody.safeMove': {
    requestId: randomUUID(),
    direction: 'in',
    reason: 'fund',
    note: 'سبب كاف',
    bagNumber: '',
    lines: [],
    witness,
  },
  'custody.moves': { from: '2026-01-01', to: '2026-12-31' },
  'days.view': { businessDate: '2026-11-24' },
  'days.report': { businessDate: '2026-11-24' },
  'days.receipts': { shiftId: 1, afterId: 0 },
  'days.explain': {
    requestId: randomUUID(),
    countId: 1,
    currency: 'ILS',
    text: 'سبب كاف',
    cashier: null,
  },
  'days.returnShift': { requestId: randomUUID(), shiftId: 1, reason: 'سبب كاف' },
  'days.recountSheet': { returnedId: 1 },
  'days.recount': {
    requestId: randomUUID(),
    returnedId: 1,
    lines: [],
    papers: [],
    isSure: false,
    counter: witness,
  },
  'days.close': { requestId: randomUUID(), businessDate: '2026-11-24', mark: '', exceptionId: null },
  'bankAccounts.save': {
    id: null,
    bank: 'بنك القدس',
    account: 'PS92 0001',
    currency: 'ILS',
    name: 'البلدية',
    isActive: true,
  },
  'deposits.prepare': {
    requestId: randomUUID(),
    parts: [{ bankAccountId: 1, slipNumber: '', bagNumber: '', cash: [], chequeIds: [] }],
    second: witness,
  },
  'deposits.list': { from: '2026-01-01', to: '2026-12-31' },
  'deposits.move': { requestId: randomUUID(), depositId: 1, to: 'deposited', note: '' },
  'deposits.confirm': {
    requestId: randomUUID(),
    depositId: 1,
    bankReference: 'B-1',
    bankDate: '2026-11-24',
    minor: 1,
    note: '',
  },
  'payments.take': cashPayment({ accountId: 1, allocations: [{ billId: 1, minor: 1 }] }),
  'rates.set': { rates: [{ currency: 'JOD', rate: 52_345 }], isSure: false },
  'approvals.grant': { act: { kind: 'payment.undo', contents: undo }, login: 'huda', secret: '630284' },
  'payments.undo': { requestId: randomUUID(), undo, approvalId: 1 },
  'payments.undoPreview': { paymentId: 1 },
  'documents.savePdf': { paymentId: 1, reason: 'lost' },
  'registers.cheques': { state: null, text: '' },
  'registers.chequePicture': { chequeId: 1 },
  'registers.attachPicture': { chequeId: 1 },
  'registers.moveCheque': { requestId: randomUUID(), chequeId: 1, to: 'deposited', note: '', feeMinor: null },
  'statements.waiting': {},
  'statements.open': { provider: 'جوال باي' },
  'statements.propose': {
    token: '00000000-0000-4000-8000-000000000000',
    mapping: { reference: 'a', amount: 'b' },
  },
  'statements.confirm': { token: '00000000-0000-4000-8000-000000000000', transferIds: [1] },
  'books.issue': { code: 'D1', firstLeaf: 1, lastLeaf: 50 },
  'books.voidLeaf': { bookId: 1, leaf: 1, reason: 'torn' },
  'registers.entitlements': { month: null },
  'reports.undone': { from: '2026-01-01', to: '2026-12-31' },
  'reports.run': reportQuery,
  'reports.export': { query: reportQuery, format: 'csv', language: 'ar' },
  'reports.print': reportQuery,
  'payments.abandon': { accountId: null, totalMinor: 0, receivedKinds: [] },
  'registers.transfers': { state: null, text: '' },
  'registers.settleTransfer': { requestId: randomUUID(), transferId: 1, to: 'matched', note: '' },
  'printing.reprint': { requestId: randomUUID(), paymentId: 1, reason: 'lost' },
  'printing.answer': { jobId: 1, cameOut: true },
  'printing.probe': { printer: demonstrationPrinter },
  'printing.testPage': { printer: demonstrationPrinter },
  'printing.move': { from: 'receipts', to: 'other', jobId: null },
  'printing.openDrawer': { requestId: randomUUID(), reason: 'giveChange', note: '' },
  'audit.entries': { beforeSequence: null, act: null, limit: 1 },
  'users.create': { login: 'new', nameAr: 'س', nameEn: '', role: 'cashier', secret: '802461' },
  'users.update': { id: 1, role: 'cashier', isActive: true },
  'users.resetSecret': { id: 1, secret: '802461' },
  'settings.set': settings,
  'import.preview': { kind: 'bills' },
  'import.confirm': { token: randomUUID() },
  'import.cancel': { token: randomUUID() },
  'import.saveBadLines': { token: randomUUID() },
};

test('who is acting is never taken from the message', async () => {
  await signIn(till, 'amal');
  const payment = paymentOf(await accountWithBills(till, 1));
  for (const extra of [
    { person: { id: 3, role: 'supervisor' } },
    { userId: 3 },
    { role: 'administrator' },
    { by: 3 },
  ])
    expect(await code('payments.take', { ...payment, ...extra })).toBe('request.invalid');
  await till.call('session.signOut', {});
});

test('a locked session answers nothing but unlocking', async () => {
  await signIn(till, 'huda');
  await till.call('session.lock', {});
  expect(await code('accounts.search', { text: 'ا' })).toBe('session.locked');
  expect(await code('payments.take', wellFormedInputs['payments.take'])).toBe('session.locked');
  await till.call('session.unlock', { secret: '630284' });
  expect(await code('accounts.search', { text: 'ا' })).toBe('ok');
  await till.call('session.signOut', {});
});

test('a refused act is in the journal with who, what and why', async () => {
  await signIn(till, 'amal');
  expect(await code('users.list', {})).toBe('session.forbidden');
  await signIn(till, 'nader');
  const { rows } = await till.call('audit.entries', { beforeSequence: null, act: 'act.refused', limit: 1 });
  expect(rows[0]).toMatchObject({ actor: 'amal' });
  expect(JSON.parse(rows[0]?.text ?? '{}')).toMatchObject({
    body: { channel: 'users.list', code: 'session.forbidden' },
  });
  await till.call('session.signOut', {});
});

test('before the first run only the first run answers', async () => {
  const fresh = startCounter();
  for (const channel of channels) {
    const reply = await fresh.counter.handle(channel, {});
    if (['app.status', 'session.current', 'session.touch', 'setup.signIns'].includes(channel))
      expect(reply.ok, channel).toBe(true);
    else if (channel.startsWith('setup.'))
      expect(reply, channel).toMatchObject({ ok: false, code: 'request.invalid' });
    else expect(reply, channel).toMatchObject({ ok: false, code: 'setup.required' });
  }
  await fresh.close();
  removeFolder(fresh.folder);
});
