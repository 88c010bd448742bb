import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openReadOnly } from '../../electron/db/open.ts';
import { foldDigits } from '../../shared/domain/digits.ts';
import { valueInAccountCurrency } from '../../shared/domain/exchange.ts';
import type { ChannelName } from '../../shared/ipc/contract.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/wire.ts';
import type { TestCounter } from '../helpers/counter.ts';
import {
  accountWithBills,
  copyFolder,
  makeMunicipality,
  removeFolder,
  signIn,
  startCounter,
} from '../helpers/counter.ts';
import { witness, workShift } from '../helpers/days.ts';
import type { TenderInput } from '../helpers/payments.ts';
import { card, cash, cheque, paymentOf, setRates, transfer } from '../helpers/payments.ts';
import { closingOf, countedFrom, drawerOf, ils, notes } from '../helpers/shifts.ts';

const rates = { JOD: 52_345, USD: 36_990 };

let folder: string;
let till: TestCounter;
/** Every answer that the window got, in words. */
const answers: { readonly channel: string; readonly text: string }[] = [];
const asked = new Set<string>();

beforeAll(async () => {
  const municipality = await makeMunicipality();
  folder = copyFolder(municipality);
  removeFolder(municipality);
  const quiet = startCounter({ folder });
  await setRates(quiet, rates);
  // A report of this till and this cashier from before: what may be told of it is old.
  await workShift(quiet, { payments: 2 });
  await quiet.close();
  const plain = startCounter({ folder });
  till = {
    ...plain,
    async ask(channel, input) {
      const reply = await plain.ask(channel, input);
      asked.add(channel);
      answers.push({ channel, text: plainly(reply) });
      return reply;
    },
    async call(channel, input) {
      const reply = await till.ask(channel, input);
      if (reply.ok) return reply.value;
      throw new Error(`${channel}: ${reply.code}`);
    },
  };
});
afterAll(async () => {
  await till.close();
  removeFolder(folder);
});

/** All that adds up in the open shift: of each currency and each way to pay, what came in, what is there and what is not. */
function sumsNow(shiftId: number): number[] {
  const db = openReadOnly(join(folder, 'sanduq.db'));
  try {
    return db
      .prepare<[{ shift: number }], number>(
        `WITH cash AS (SELECT currency, expected_minor AS minor FROM shift_cash WHERE shift_id = @shift),
           float AS (SELECT currency, sum(denomination_minor * quantity) AS minor FROM shift_floats
                      WHERE shift_id = @shift GROUP BY currency),
           tenders AS (SELECT t.kind, t.currency, t.received_minor AS received, t.value_minor AS value, t.worn_minor AS worn
                         FROM payments p JOIN payment_tenders t ON t.payment_id = p.id WHERE p.shift_id = @shift)
         SELECT minor FROM cash
         UNION SELECT c.minor - f.minor FROM cash c JOIN float f USING (currency)
         UNION SELECT sum(received) FROM tenders GROUP BY kind, currency
         UNION SELECT sum(value) FROM tenders GROUP BY kind, currency
         UNION SELECT sum(value) FROM tenders GROUP BY kind
         UNION SELECT sum(value) FROM tenders GROUP BY currency
         UNION SELECT sum(value) FROM tenders
         UNION SELECT sum(worn) FROM tenders GROUP BY currency
         UNION SELECT sum(c.minor) FROM payments p JOIN payment_change c ON c.payment_id = p.id
                 WHERE p.shift_id = @shift GROUP BY c.currency
         UNION SELECT sum(total_minor) FROM payments WHERE shift_id = @shift
         UNION SELECT sum(total_minor) FROM payments p WHERE shift_id = @shift
                  AND NOT EXISTS (SELECT 1 FROM undone_payments u WHERE u.payment_id = p.id)`,
      )
      .pluck()
      .all({ shift: shiftId })
      .map((sum) => Math.abs(Number(sum)));
  } finally {
    db.close();
  }
}

/** What was typed or printed one by one: each of it is known to who took it. */
function singleAmounts(shiftId: number): Set<number> {
  const db = openReadOnly(join(folder, 'sanduq.db'));
  try {
    return new Set(
      db
        .prepare<[{ shift: number }], number>(
          `SELECT sum(denomination_minor * quantity) FROM shift_floats WHERE shift_id = @shift GROUP BY currency
           UNION SELECT total_minor FROM payments WHERE shift_id = @shift
           UNION SELECT t.received_minor FROM payments p JOIN payment_tenders t ON t.payment_id = p.id
                  WHERE p.shift_id = @shift
           UNION SELECT t.worn_minor FROM payments p JOIN payment_tenders t ON t.payment_id = p.id WHERE p.shift_id = @shift
           UNION SELECT t.value_minor FROM payments p JOIN payment_tenders t ON t.payment_id = p.id
                  WHERE p.shift_id = @shift
           UNION SELECT c.minor FROM payments p JOIN payment_change c ON c.payment_id = p.id WHERE p.shift_id = @shift`,
        )
        .pluck()
        .all({ shift: shiftId })
        .map(Number),
    );
  } finally {
    db.close();
  }
}

/** In agorot, at the day's rate. */
function valueOf({ currency, receivedMinor: minor }: TenderInput): number {
  return valueInAccountCurrency({ currency, minor }, rates);
}

/** As one text in which every number is in minor units: however it was written, with a point, commas or Arabic digits. */
function plainly(reply: unknown): string {
  const text = JSON.stringify(reply).replaceAll(/data:[^"]*/g, '');
  return foldDigits(text).replaceAll(/(?<=\d)[.,٫٬](?=\d)/g, '');
}

/** The answers in which a number stands. */
function whereSaid(sum: number): string[] {
  const wanted = new RegExp(`(?<!\\w)${sum}(?!\\w)`);
  return answers.filter(({ text }) => wanted.test(text)).map(({ channel }) => channel);
}

/** Channels that a cashier may call; what new ones may answer is asked with whatever they take. */
const cashierChannels = (Object.keys(contract) as ChannelName[]).filter((name) => {
  const { access } = contract[name];
  return access === 'anyone' || access === 'signedIn' || (access as readonly string[]).includes('cashier');
});
/** They begin anew, end the session or come after the count: the first of them tell the sums, and may. */
const notBefore: ReadonlySet<string> = new Set<ChannelName>([
  'setup.create',
  'setup.demonstration',
  'session.changeSecret',
  'session.signOut',
  'shifts.count',
  'shifts.resumeSelling',
  'shifts.close',
  'shifts.handoverCount',
  'shifts.handoverAccept',
  'shifts.handoverRefuse',
]);

/** They lock or leave: asked by hand only. */
const ending: ReadonlySet<string> = new Set<ChannelName>([
  'session.lock',
  'session.signIn',
  'session.unlock',
]);
const always = { from: '2020-01-01', to: '2099-12-31' };

type JsonSchema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
};

/** Something that a channel may be asked: numbers are the id where that can be one, dates begin and end the world. */
function sampleOf(schema: JsonSchema, id: number, name = ''): unknown {
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice?.[0] !== undefined) return sampleOf(choice[0], id, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === 'object')
    return Object.fromEntries(
      (schema.required ?? []).map((key) => [key, sampleOf(schema.properties?.[key] ?? {}, id, key)]),
    );
  if (schema.type === 'array') return [];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'null') return null;
  if (schema.type !== 'string') return name === 'limit' ? schema.maximum : Math.max(id, schema.minimum ?? 0);
  if (schema.format === 'uuid') return randomUUID();
  if (schema.format === 'date') return name === 'to' ? always.to : always.from;
  return 'xx';
}

/** Asks a channel for each of the first rows of whatever it speaks of. */
async function askAnything(channel: ChannelName): Promise<Reply<unknown>[]> {
  const { input } = contract[channel];
  const replies: Reply<unknown>[] = [];
  for (const id of [1, 2]) {
    const sample = sampleOf(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema, id);
    if (input.safeParse(sample).success) replies.push(await till.ask(channel, sample as never));
  }
  return replies;
}

test('no answer of any channel that a cashier may call tells a sum before their count is committed', async () => {
  await signIn(till, 'amal');
  const { shift } = await till.call('shifts.open', {
    requestId: randomUUID(),
    counts: [...ils([20_000, 99], [50, 3]), notes('JOD', 50_000, 31), notes('USD', 10_000, 177)],
  });
  const seen = new Set<number>();
  const note = (): void => {
    for (const sum of sumsNow(shift.id)) seen.add(sum);
  };
  const paid: number[] = [];
  // All far above what any account here owes: whatever adds up to millions is a sum of these.
  const intents: [tenders: TenderInput[], changeMinor: number][] = [
    [[cash('ILS', 5_141_590, 1_237_000)], 2_000_000],
    [[cash('ILS', 1_618_030), card(2_236_060, 'A-1')], 0],
    [[cheque(1_414_210, { chequeNumber: 'Q-1' })], 0],
    [[cash('ILS', 3_232_050, 1_419_000), transfer(1_123_580, { reference: 'T-1' })], 1_500_000],
    [[cash('ILS', 1_259_920), card(1_202_050, 'A-2')], 0],
    [[cheque(1_303_570, { chequeNumber: 'Q-2' }), transfer(1_309_010, { reference: 'T-2' })], 0],
    [[cash('JOD', 1_525_250)], 0],
    [[cash('JOD', 1_775_750)], 0],
    [[cash('USD', 1_130_300)], 0],
    [[cash('USD', 1_470_700)], 0],
  ];
  for (const [index, [tenders, changeMinor]] of intents.entries()) {
    const account = await accountWithBills(till, 1, 1 + index);
    const minor = tenders.reduce((sum, one) => sum + valueOf(one), -changeMinor);
    const taken = await till.call('payments.take', {
      ...paymentOf(account),
      lines: [{ kind: 'advance', accountId: account.id, minor }],
      tenders,
      change: changeMinor === 0 ? [] : [{ currency: 'ILS', minor: changeMinor }],
      rates,
    });
    paid.push(taken.paymentId);
    note();
  }
  const paymentId = paid[1] ?? 0;
  const undo = { paymentId, reason: 'wrongAmount', explanation: 'كُتب المبلغ خطأ' } as const;
  await till.call('payments.undoPreview', { paymentId });
  const act = { kind: 'payment.undo', contents: undo } as const;
  const { approvalId } = await till.call('approvals.grant', { act, ...witness('huda') });
  await till.call('payments.undo', { requestId: randomUUID(), undo, approvalId });
  note();
  await till.call('payments.abandon', { accountId: 1, totalMinor: 10, receivedKinds: ['cash'] });
  const common = { requestId: randomUUID, note: '' };
  await till.call('custody.payIn', {
    requestId: common.requestId(),
    lines: ils([1000, 3]),
    bagNumber: 'B-1',
    note: '',
    receiver: witness('huda'),
  });
  await till.call('custody.topUp', {
    requestId: common.requestId(),
    lines: ils([1000, 2]),
    note: '',
    giver: witness('huda'),
  });
  const move = { direction: 'out', reason: 'smallExpense', note: 'ورق', lines: ils([1000, 1]) } as const;
  await till.call('custody.cashMove', { requestId: common.requestId(), move, approvalId: null });
  await till.ask('custody.exchange', {
    requestId: common.requestId(),
    given: ils([1000, 1]),
    taken: ils([500, 2]),
    note: '',
    other: witness('yousef'),
  });
  note();

  await till.call('shifts.suspend', { requestId: common.requestId() });
  await till.call('session.lock', {});
  await till.call('session.unlock', { secret: witness('amal').secret });
  await till.call('shifts.resume', { requestId: common.requestId() });
  await till.call('shifts.xReport', { shiftId: null });
  await till.call('shifts.current', {});
  await till.call('custody.movesOfShift', { shiftId: shift.id });
  await till.call('zReports.list', always);
  await till.call('zReports.get', { id: 1 });
  await till.ask('counts.get', { countId: 3 });
  await till.call('receipts.find', { text: '', limit: 200 });
  await till.call('receipts.find', { text: 'KY01', limit: 200 });
  await till.call('accounts.search', { text: '1' });
  await till.call('receipts.get', { paymentId });
  await till.ask('printing.reprint', { requestId: common.requestId(), paymentId, reason: 'lost' });
  // An auditor counts by surprise at the cashier's own screen: what they found stays unsaid, also when it is asked for.
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  const surprise = await till.call('shifts.countSurprise', {
    ...countedFrom(sheet, drawerOf(till, shift.id)),
    lines: ils([20_000, 1]),
    shiftId: shift.id,
    remark: '',
    auditor: witness('nader'),
  });
  await till.ask('counts.get', { countId: surprise.countId });
  // What is refused tells nothing either.
  const counted = countedFrom(sheet, ils([20_000, 1]));
  await till.ask('shifts.count', { ...counted, mark: 'another', reason: '' });
  await till.ask('shifts.count', { ...counted, lines: ils([20_000, 900]), isSure: false, reason: '' });

  for (const channel of cashierChannels)
    if (!asked.has(channel) && !notBefore.has(channel)) await askAnything(channel);
  for (const channel of Object.keys(contract) as ChannelName[])
    if (!cashierChannels.includes(channel))
      for (const reply of await askAnything(channel))
        expect([channel, reply]).toMatchObject([channel, { ok: false, code: 'session.forbidden' }]);
  expect(cashierChannels.filter((channel) => !asked.has(channel) && !notBefore.has(channel))).toEqual([]);
  for (const { name, payload } of till.events)
    answers.push({ channel: `event ${name}`, text: plainly(payload) });

  note();
  const known = singleAmounts(shift.id);
  const sums = sumsNow(shift.id);
  const unmistakable = [...seen].filter((sum) => sum >= 1_000_000 && !known.has(sum));
  expect(sums.filter((sum) => unmistakable.includes(sum)).length).toBeGreaterThan(12);
  for (const sum of unmistakable) expect([sum, ...whereSaid(sum)]).toEqual([sum]);

  // The count is committed with something else: only now, in its own answer, is it said what should have been there.
  const last = await till.call('shifts.countSheet', { shiftId: null });
  const count = await till.call('shifts.count', { ...countedFrom(last, ils([1000, 1])), reason: '' });
  for (const { expectedMinor } of count.results)
    expect(whereSaid(expectedMinor), String(expectedMinor)).toEqual(['shifts.count']);
  expect(count.results).toHaveLength(3);
  await till.call('shifts.close', closingOf(count));
});

test('a supervisor who keeps a drawer is as blind of it as any cashier', async () => {
  await signIn(till, 'huda');
  const { shift } = await till.call('shifts.open', { requestId: randomUUID(), counts: ils([20_000, 333]) });
  const account = await accountWithBills(till, 2, 3);
  await till.call('payments.take', paymentOf(account));
  const sheet = await till.call('shifts.countSheet', { shiftId: null });
  const { countId } = await till.call('shifts.countSurprise', {
    ...countedFrom(sheet, ils([20_000, 1])),
    shiftId: shift.id,
    remark: '',
    auditor: witness('nader'),
  });
  const expected = Math.max(...sumsNow(shift.id));
  answers.length = 0;
  asked.clear();
  const mine = await till.call('shifts.xReport', { shiftId: shift.id });
  expect(mine.figures).toBeNull();
  await till.ask('counts.get', { countId });
  await till.ask('counts.ofShift', { shiftId: shift.id });
  const { rows } = await till.call('audit.entries', { beforeSequence: null, act: null, limit: 200 });
  expect(rows.length).toBeGreaterThan(10);
  for (const channel of Object.keys(contract) as ChannelName[])
    if (!asked.has(channel) && !notBefore.has(channel) && !ending.has(channel)) await askAnything(channel);
  expect([expected, ...whereSaid(expected)]).toEqual([expected]);
});
