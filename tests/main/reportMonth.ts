import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { CounterOptions } from '../../electron/counter.ts';
import { demonstrationPeople } from '../../electron/setup/demonstrationPeople.ts';
import { addDays, businessDate, offsetMinutesAt } from '../../shared/domain/dates.ts';
import type { ApprovableAct } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../helpers/counter.ts';
import { copyFolder, makeMunicipality, signIn, startCounter } from '../helpers/counter.ts';
import type { PaymentInput, TenderInput } from '../helpers/payments.ts';
import { card, cash, cheque, setRates, shekels } from '../helpers/payments.ts';
import { closeShift, openShift } from '../helpers/days.ts';

export type Month = {
  readonly till: TestCounter;
  /** Three dates, one after another: amal's, yousef's, and the one on which a cheque bounced. */
  readonly days: readonly [string, string, string];
  now(): number;
};

/** A moment on the clock on the wall in Gaza. */
export function gaza(date: string, time: string): number {
  const utc = Date.parse(`${date}T${time}:00Z`);
  return utc - offsetMinutesAt(utc) * 60_000;
}

/** Bills of account 1, whose amounts are known. */
function insertBills(folder: string, [first]: readonly [string, ...string[]]): void {
  const db = new Database(join(folder, 'sanduq.db'));
  const insert = db.prepare(
    `INSERT INTO bills (account_id, id, number, service_code, period, kind, issued_on, due_on, amount_minor)
     VALUES (1, ?, ?, ?, '2020-01', ?, '2020-01-01', ?, ?)`,
  );
  const past = addDays(first, -1);
  const later = addDays(first, 20);
  insert.run(901, 'R-901', 'water', 'charge', past, 5_000);
  insert.run(902, 'R-902', 'water', 'charge', first, 4_000);
  insert.run(903, 'R-903', 'lateFine', 'fine', past, 2_000);
  insert.run(904, 'R-904', 'waste', 'charge', past, 12_000);
  insert.run(905, 'R-905', 'waste', 'charge', later, 10_000);
  insert.run(906, 'R-906', 'water', 'charge', later, 1_870);
  db.close();
}

export const bill = (billId: number, minor: number): PaymentInput['lines'][number] => ({
  kind: 'bill',
  accountId: 1,
  billId,
  minor,
});

export function payment(
  lines: PaymentInput['lines'],
  tenders: PaymentInput['tenders'],
  edit: Partial<PaymentInput> = {},
): PaymentInput {
  return {
    requestId: randomUUID(),
    payer: { kind: 'account', accountId: 1 },
    lines,
    tenders,
    change: [],
    changeCredit: null,
    rates: {},
    approvalId: null,
    book: null,
    ...edit,
  };
}

/** The supervisor's word for one act. */
export async function approve(till: TestCounter, act: ApprovableAct): Promise<number> {
  const huda = demonstrationPeople.find(({ login }) => login === 'huda');
  const { approvalId } = await till.call('approvals.grant', { act, login: 'huda', secret: huda?.pin ?? '' });
  return approvalId;
}

async function undo(till: TestCounter, paymentId: number): Promise<void> {
  const contents = { paymentId, reason: 'wrongAmount', explanation: 'كُتب المبلغ خطأ' } as const;
  const approvalId = await approve(till, { kind: 'payment.undo', contents });
  await till.call('payments.undo', { requestId: randomUUID(), undo: contents, approvalId });
}

/**
 * Three days that are small enough to be added up by hand (tests/main/reports.test.ts says what they come to): a shift
 * that goes on past midnight, a void, a reversal of the day after, a waiver, dinars, change kept as credit, a difference,
 * and a cheque that bounces.
 */
export async function smallMonth(options: Partial<CounterOptions> = {}): Promise<Month> {
  const first = addDays(businessDate(Date.now()), 2);
  const days = [first, addDays(first, 1), addDays(first, 2)] as const;
  const folder = copyFolder(await makeMunicipality());
  insertBills(folder, days);
  let nowMs = gaza(first, '08:00');
  const till = startCounter({ ...options, folder, clock: () => nowMs });
  const at = (date: string, time: string): void => {
    nowMs = gaza(date, time);
  };
  const take = async (request: PaymentInput): Promise<number> =>
    (await till.call('payments.take', request)).paymentId;
  const waiver: TenderInput = {
    kind: 'waiver',
    currency: 'ILS',
    receivedMinor: 2_500,
    decisionNumber: '17/2026',
    decisionOn: '2026-01-05',
  };

  // The first day: amal. 50 + 15 + 30 − 30 (void) + 40 + 20 after midnight; one shekel short at the count.
  await setRates(till, { JOD: 52_000 });
  await openShift(till, 'amal', 20_000);
  at(first, '10:15');
  const paid = await take(payment([bill(901, 5_000)], [shekels(5_000)]));
  at(first, '10:40');
  await take(
    payment(
      [{ kind: 'fee', serviceCode: 'siteplan', quantity: 1, unitMinor: 3_000, note: '' }],
      [card(3_000, 'A-1')],
    ),
  );
  at(first, '11:05');
  const wrong = await take(payment([{ kind: 'advance', accountId: 1, minor: 3_000 }], [shekels(3_000)]));
  at(first, '11:30');
  await undo(till, wrong);
  at(first, '23:50');
  await take(payment([bill(902, 4_000)], [shekels(5_000)], { change: [{ currency: 'ILS', minor: 1_000 }] }));
  at(days[1], '00:20');
  await take(payment([bill(903, 2_000)], [shekels(2_000)]));
  at(days[1], '00:40');
  await closeShift(till, -100);

  // The second: yousef, who also takes the first receipt back.
  at(days[1], '09:00');
  await setRates(till, { JOD: 52_000 });
  await openShift(till, 'yousef', 20_000);
  at(days[1], '09:10');
  await take(payment([bill(904, 12_000)], [cheque(12_000)]));
  at(days[1], '10:10');
  const waived = payment([bill(905, 10_000)], [shekels(7_500), waiver]);
  const { requestId, payer, lines, tenders } = waived;
  const approvalId = await approve(till, {
    kind: 'payment.waiver',
    contents: { requestId, payer, lines, tenders },
  });
  await take({ ...waived, approvalId });
  at(days[1], '10:20');
  await take(
    payment([{ kind: 'advance', accountId: 1, minor: 5_200 }], [cash('JOD', 10_000)], {
      rates: { JOD: 52_000 },
    }),
  );
  at(days[1], '12:00');
  await take(payment([bill(906, 1_870)], [shekels(2_000)], { changeCredit: { accountId: 1, minor: 130 } }));
  at(days[1], '12:30');
  await undo(till, paid);
  at(days[1], '13:00');
  await closeShift(till);

  // The third: the cheque bounces, and the bank takes 25.
  at(days[2], '09:30');
  await signIn(till, 'huda');
  const [taken] = await till.call('registers.cheques', { state: 'inHand', text: '' });
  for (const to of ['deposited', 'bounced'] as const)
    await till.call('registers.moveCheque', {
      requestId: randomUUID(),
      chequeId: taken?.id ?? 0,
      to,
      note: '',
      feeMinor: to === 'bounced' ? 2_500 : null,
    });
  return { till, days, now: () => nowMs };
}
