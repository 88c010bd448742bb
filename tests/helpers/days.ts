import { randomUUID } from 'node:crypto';
import type { CashLine } from '../../shared/domain/counting.ts';
import { demonstrationPeople } from '../../electron/setup/demonstrationPeople.ts';
import type { AccountView, DayView, ZReport } from '../../shared/ipc/contract.ts';
import type { TestCounter } from './counter.ts';
import { accountWithBills, signIn } from './counter.ts';
import type { PaymentInput } from './payments.ts';
import { accountAfter, paymentOf, totalOf } from './payments.ts';
import { closingOf, countDrawer, expectedIn, linesFor } from './shifts.ts';

/** Shekels in the fewest notes and coins. */
export function inNotes(minor: number): CashLine[] {
  return linesFor('ILS', minor);
}

/** One of the demonstration's people at this PC beside whoever is signed in. */
export function witness(login: string): { login: string; secret: string } {
  const person = demonstrationPeople.find((one) => one.login === login);
  if (person === undefined) throw new Error(`nobody called ${login}`);
  return { login, secret: person.pin };
}

type Work = {
  readonly login?: string;
  readonly till?: string;
  /** How many times a bill is paid in cash, with a note or two more than it takes. */
  readonly payments?: number;
  readonly also?: readonly ((account: AccountView) => PaymentInput)[];
  /** What is found in the drawer beyond what should be there, or short of it; agorot. */
  readonly differenceMinor?: number;
  readonly floatMinor?: number;
  /** Agorot that stay in the drawer. */
  readonly leftMinor?: number;
};

/** A whole shift from the float to its report; whoever worked stays signed in. */
export async function workShift(till: TestCounter, work: Work = {}): Promise<ZReport> {
  const { login = 'amal', payments = 1, differenceMinor = 0, floatMinor = 20_000, leftMinor = 0 } = work;
  await openShift(till, login, floatMinor, work.till);
  let account = await accountWithBills(till, payments + (work.also?.length ?? 0));
  for (let paid = 0; paid < payments; paid += 1)
    account = accountAfter(await till.call('payments.take', roundPayment(account)));
  for (const pay of work.also ?? []) account = accountAfter(await till.call('payments.take', pay(account)));
  return closeShift(till, differenceMinor, leftMinor);
}

export async function openShift(
  till: TestCounter,
  login = 'amal',
  floatMinor = 20_000,
  code: string | null = null,
): Promise<number> {
  await signIn(till, login);
  const { shift } = await till.call('shifts.open', {
    requestId: randomUUID(),
    till: code,
    counts: inNotes(floatMinor),
  });
  return shift.id;
}

/** The first bill paid with notes only: what stays in the drawer can be counted. */
export function roundPayment(account: AccountView): PaymentInput {
  return paymentOf(account, 1, Math.ceil(totalOf(paymentOf(account)) / 1000) * 1000);
}

/** Counts the signed-in person's drawer, finds so much more or less than should be there, and closes the shift. */
export async function closeShift(till: TestCounter, differenceMinor = 0, leftMinor = 0): Promise<ZReport> {
  const { shiftId } = await till.call('shifts.countSheet', { shiftId: null });
  const found = expectedIn(till.folder, shiftId).flatMap(({ currency, minor }) =>
    linesFor(currency, minor + (currency === 'ILS' ? differenceMinor : 0)),
  );
  const count = await countDrawer(till, found);
  const { report } = await till.call('shifts.close', closingOf(count, inNotes(leftMinor)));
  return report;
}

/** Every difference of the day that lacks the supervisor's words gets them. The supervisor is signed in. */
export async function explainAll(till: TestCounter, businessDate: string): Promise<DayView> {
  let day = await till.call('days.view', { businessDate });
  for (const obstacle of day.obstacles)
    if (obstacle.kind === 'unexplained' && obstacle.by === 'supervisor')
      day = await till.call('days.explain', {
        requestId: randomUUID(),
        countId: obstacle.countId,
        currency: obstacle.currency,
        text: 'راجعت الشريط ووافقت على التفسير',
        cashier: null,
      });
  return day;
}

/** The request that closes a day as the signed-in supervisor sees it now. */
export async function closing(till: TestCounter, businessDate: string) {
  const { mark } = await till.call('days.view', { businessDate });
  return { requestId: randomUUID(), businessDate, mark, exceptionId: null as number | null };
}
