import { setTimeout as pause } from 'node:timers/promises';
import { realTimeQuestions } from '../../electron/printing/transports/statusReplies.ts';
import type { AccountView } from '../../shared/ipc/contract.ts';
import type { TestCounter } from '../../tests/helpers/counter.ts';
import { startCounter } from '../../tests/helpers/counter.ts';
import type { VirtualPrinter } from '../printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../printer/virtualPrinter.ts';
import { administrator, cashier } from './data.ts';
import { accountsToPay, paymentFor } from './payments.ts';
import type { Goal, Row } from './report.ts';
import { noGoal, rowOf } from './report.ts';
import { printersAt } from '../../electron/setup/demonstrationPeople.ts';
import { spreadOf } from './statistics.ts';

const paymentsPerRun = 25;
const betweenMs = 40;
/** The questions that the printer is asked before a job, GS r among them at times, are not the job. */
const questionBytes = (realTimeQuestions.length + 1) * 3;

type NextAccount = () => Promise<AccountView>;

/**
 * The whole counter without its window and a virtual printer on TCP: how soon a receipt's first byte is at the
 * printer, and that the payment's reply waits for no printer.
 */
export async function benchCounter(folder: string, accounts: number, runs: number): Promise<Row[]> {
  const counter = startCounter({ folder });
  const printer = await startVirtualPrinter();
  const bytes: number[][] = [];
  const replies = { without: [] as number[][], printing: [] as number[][], stalled: [] as number[][] };
  try {
    // Reading the whole file takes a worker a while after each start.
    await until(counter, ({ storage }) => storage?.check === 'ok');
    const next = accountsToPay((accountId) => counter.call('accounts.open', { accountId }), accounts);
    for (let run = 0; run <= runs; run++) {
      await choosePrinter(counter, null);
      const without = await payAndWait(counter, next);

      await choosePrinter(counter, printer.port);
      await until(counter, (status) => status.printer?.waiting === 0);
      const printed = await payAndPrint(counter, printer, next);

      printer.set({ stallAfterBytes: 0 });
      const stalled = await payAndWait(counter, next);
      printer.set({ stallAfterBytes: null });
      await until(counter, (status) => status.printer?.waiting === 0);

      if (run === 0) continue;
      bytes.push(printed.bytes);
      replies.printing.push(printed.replies);
      replies.without.push(without);
      replies.stalled.push(stalled);
    }
  } finally {
    await counter.close();
    await printer.close();
  }
  const alone = spreadOf(replies.without);
  // Drawing alone takes longer than that.
  const near: Goal = { text: 'p95 ≤ limit + 2', isMet: ({ p95, limit }) => p95 <= limit + 2 };
  return [
    rowOf('confirm → first byte at the printer', spreadOf(bytes), null, {
      text: 'p95 ≤ 60',
      isMet: ({ p95 }) => p95 <= 60,
    }),
    rowOf("payment's reply, no printer", alone, null, noGoal),
    rowOf("payment's reply, printing", spreadOf(replies.printing), alone, near),
    rowOf("payment's reply, printer stalled", spreadOf(replies.stalled), alone, near),
  ];
}

/** Pays one after the other; the papers wait. */
async function payAndWait(counter: TestCounter, next: NextAccount): Promise<number[]> {
  const replies: number[] = [];
  for (let i = 0; i < paymentsPerRun; i++) {
    const request = paymentFor(await next());
    const from = performance.now();
    await counter.call('payments.take', request);
    replies.push(performance.now() - from);
    await pause(betweenMs);
  }
  return replies;
}

/** Pays one after the other, each when the paper before it is out. */
async function payAndPrint(
  counter: TestCounter,
  printer: VirtualPrinter,
  next: NextAccount,
): Promise<{ bytes: number[]; replies: number[] }> {
  const bytes: number[] = [];
  const replies: number[] = [];
  for (let i = 0; i < paymentsPerRun; i++) {
    const request = paymentFor(await next());
    const before = printer.receivedBytes + questionBytes;
    printer.papers.length = 0;
    const from = performance.now();
    const firstByte = new Promise<number>((resolve) => {
      printer.on('byte', function look() {
        if (printer.receivedBytes <= before) return;
        printer.off('byte', look);
        resolve(performance.now() - from);
      });
    });
    await counter.call('payments.take', request);
    replies.push(performance.now() - from);
    bytes.push(await firstByte);
    await printer.waitForPapers(1);
    await until(counter, (status) => status.printer?.waiting === 0);
    await pause(betweenMs);
  }
  return { bytes, replies };
}

type Status = Awaited<ReturnType<typeof askStatus>>;
const askStatus = (counter: TestCounter) => counter.call('app.status', {});

async function until(counter: TestCounter, isSo: (status: Status) => boolean): Promise<void> {
  const givenUpAt = performance.now() + 300_000;
  while (!isSo(await askStatus(counter))) {
    if (performance.now() > givenUpAt) throw new Error('the counter did not get there in five minutes');
    await pause(50);
  }
}

/** As the administrator does it; afterwards the cashier is at the counter again. Null: none is set up. */
async function choosePrinter(counter: TestCounter, port: number | null): Promise<void> {
  await signIn(counter, administrator);
  const settings = await counter.call('settings.get', {});
  await counter.call('settings.set', { ...settings, ...printersAt(port) });
  await signIn(counter, cashier);
}

async function signIn(counter: TestCounter, { login, pin }: typeof cashier): Promise<void> {
  await counter.call('session.signOut', {});
  const { session } = await counter.call('session.signIn', { login, secret: pin });
  if (session.kind !== 'active') throw new Error(`${login} is not signed in`);
}
