import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { benchAccount } from './bench/account.ts';
import { benchCounter } from './bench/counter.ts';
import type { WorkFolder } from './bench/data.ts';
import { closeTill, makeWorkFolder, openTill } from './bench/data.ts';
import type { BenchOptions, Part } from './bench/options.ts';
import { readOptions, usage } from './bench/options.ts';
import { benchDay } from './bench/day.ts';
import { benchLine } from './bench/line.ts';
import { benchPayment } from './bench/payment.ts';
import { benchReceipt } from './bench/receipt.ts';
import type { Row } from './bench/report.ts';
import { tableOf } from './bench/report.ts';
import { benchReports } from './bench/reports.ts';
import { benchSearch } from './bench/search.ts';
import { benchStart } from './bench/start.ts';

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function bench(work: WorkFolder, options: BenchOptions): Promise<Row[]> {
  const { accounts, runs, only } = options;
  const rows: Row[] = [];
  const wants = (part: Part): boolean => {
    if (only.has(part)) say(`measuring: ${part} …`);
    return only.has(part);
  };

  const till = await openTill(work.folder);
  if (wants('search')) rows.push(...benchSearch(work.folder, till.db, accounts, runs));
  if (wants('account')) rows.push(...benchAccount(till.db, accounts, runs));
  if (only.has('payment') || only.has('receipt') || only.has('line')) {
    say('measuring: payment …');
    const paid = await benchPayment(work.folder, till, accounts, runs);
    if (only.has('payment')) rows.push(...paid.rows);
    if (wants('receipt')) rows.push(...(await benchReceipt(paid.receipts, runs)));
    if (wants('line')) rows.push(...(await benchLine(paid.receipts, runs)));
  }
  await closeTill(till);
  if (wants('reports')) rows.push(...(await benchReports(options, runs, say)));
  if (wants('counter')) rows.push(...(await benchCounter(work.folder, accounts, runs)));
  if (wants('start')) rows.push(...(await benchStart(work, runs)));
  // Last: of a day that is closed nobody takes money any more.
  if (wants('day')) {
    const evening = await openTill(work.folder);
    rows.push(...(await benchDay(evening, accounts, runs)));
    await closeTill(evening);
  }
  return rows;
}

/** A machine that does other things too is measured with them: times of a tenth of a millisecond become four. */
function sayIfBusy(): void {
  const [lastMinute = 0] = loadavg();
  if (lastMinute > availableParallelism() / 2)
    say(`this machine is busy (load ${lastMinute.toFixed(1)}): measure again when it is not`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const work = await makeWorkFolder(options, say);
  try {
    sayIfBusy();
    const rows = await bench(work, options);
    process.stdout.write(`${tableOf(rows)}\n`);
    if (options.jsonFile !== null) writeFileSync(options.jsonFile, `${JSON.stringify(rows, null, 2)}\n`);
  } finally {
    work.remove();
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  say(usage);
  process.exitCode = 1;
});
