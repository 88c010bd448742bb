import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { launchSanduq } from '../../tests/helpers/launch.ts';
import { freshFolder, programFolder } from '../../tests/helpers/runtime.ts';
import type { Day } from './day.ts';
import * as acts from './day.ts';
import type { DayInDatabase } from './database.ts';
import { readDay } from './database.ts';
import { takePictures } from './pictures.ts';
import { startDemoPrinter } from './printer.ts';
import { importedBills, readSample } from './samples.ts';
import { runSteps } from './steps.ts';
import * as evening from './evening.ts';
import * as reports from './reports.ts';
import * as shift from './shift.ts';
import * as tenders from './tenders.ts';
import { expect } from './expect.ts';

/*
 * A day at the counter: the real program, driven by its keys and buttons, with a virtual printer beside it. Leaves
 * pictures, papers, the database and summary.json in out/demo.
 */
const outFolder = join(programFolder, 'out/demo');
const samplesFolder = join(programFolder, 'docs/samples');
const database = 'sanduq.db';

rmSync(outFolder, { recursive: true, force: true });
mkdirSync(outFolder, { recursive: true });
const data = freshFolder();
const printer = await startDemoPrinter();
let started: Day | undefined;
let isClosed = false;
let result: DayInDatabase | undefined;

async function start(): Promise<void> {
  const samples = {
    accounts: readSample(samplesFolder, 'accounts'),
    bills: readSample(samplesFolder, 'bills'),
  };
  const launched = await launchSanduq({ dataFolder: data.path, language: 'ar' });
  launched.page.setDefaultTimeout(15_000);
  started = {
    launched,
    page: launched.page,
    pictures: takePictures(launched.page, join(outFolder, 'screenshots')),
    printer,
    outFolder,
    samples,
    imported: importedBills(samples.accounts, samples.bills),
    receipts: [],
  };
}

/** An act of the day that has started: without the first step none of the others is run. */
function onDay(act: (day: Day) => Promise<void>): () => Promise<void> {
  return async () => {
    if (started === undefined) throw new Error('the program has not started');
    await act(started);
  };
}

async function closeProgram({ launched }: Day): Promise<void> {
  isClosed = true;
  await launched.close();
}

/** A worker that does not start holds nothing up: it is said in the log alone. */
function whatWasLogged(): string {
  const file = join(data.path, 'logs/sanduq.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What the file says must be what the papers say; and nothing may have been printed as letters. */
async function checkCopy({ receipts }: Day): Promise<void> {
  copyFileSync(join(data.path, 'data', database), join(outFolder, database));
  result = readDay(join(outFolder, database));
  expect(result.report.firstProblem).toBeNull();
  expect(printer.strayText).toBe('');
  expect(whatWasLogged()).not.toContain('warming up');
  expect(result.receipts.map(({ number, qr }) => ({ number, qr }))).toEqual(
    receipts.map(({ number, qr }) => ({ number, qr })),
  );
}

const steps = await runSteps([
  { name: 'the program starts', run: start },
  { name: 'first run: a demonstration municipality', run: onDay(acts.firstRun) },
  { name: 'a wrong PIN is refused', run: onDay(acts.wrongPin) },
  { name: 'the administrator looks after users and settings', run: onDay(acts.lookAfterSettings) },
  {
    name: 'accounts are imported from the sample file',
    run: onDay((day) => acts.importFile(day, 'accounts')),
  },
  { name: 'bills are imported from the sample file', run: onDay((day) => acts.importFile(day, 'bills')) },
  { name: 'a file with bad lines names each of them', run: onDay(acts.refuseBadLines) },
  { name: 'the administrator signs out', run: onDay(acts.signOut) },
  { name: 'the supervisor sets the rates of the day', run: onDay(tenders.setTheRates) },
  { name: 'the supervisor signs out', run: onDay(acts.signOut) },
  { name: 'the cashier signs in and opens a shift with a counted float', run: onDay(shift.openShift) },
  { name: 'half a name; a typed amount pays the oldest bills', run: onDay(acts.payAnAmount) },
  { name: 'an imported citizen pays all bills', run: onDay(acts.payAllBills) },
  { name: 'a scanned bill is paid', run: onDay(acts.payAScannedBill) },
  { name: 'dinars, dollars and shekels; the change in dinars', run: onDay(tenders.payInThreeCurrencies) },
  { name: 'a cheque that is due in a month', run: onDay(tenders.payByCheque) },
  { name: 'a transfer from a phone', run: onDay(tenders.payByTransfer) },
  { name: 'change that cannot be given becomes credit', run: onDay(tenders.keepChangeAsCredit) },
  { name: 'a waiver with its decision and a supervisor’s word', run: onDay(tenders.waiveAPart) },
  { name: 'two accounts and a fee in one receipt', run: onDay(tenders.payForAFamily) },
  { name: 'a receipt is voided with a supervisor’s word', run: onDay(tenders.voidTheLast) },
  { name: 'more than is owed waits for a word, too little is refused', run: onDay(acts.refusePayments) },
  { name: 'a marked copy of a receipt is printed', run: onDay(acts.printACopy) },
  { name: 'English and back, the guide, the lock', run: onDay(acts.switchLanguage) },
  { name: 'the counter in the dark', run: onDay(acts.lookInTheDark) },
  { name: 'a bag goes to the safe', run: onDay(shift.payIntoTheSafe) },
  { name: 'the drawer is counted blind and the shift closed', run: onDay(shift.closeShift) },
  { name: 'the cashier signs out', run: onDay(acts.signOut) },
  { name: 'a provider’s statement matches the transfer', run: onDay(tenders.matchTheStatement) },
  { name: 'the supervisor reviews the shift and its difference', run: onDay(evening.reviewTheShift) },
  { name: 'the day is closed', run: onDay(evening.closeTheDay) },
  { name: 'the safe goes to the bank, whose slip confirms it', run: onDay(evening.takeToTheBank) },
  { name: 'reports on the screen and as a workbook', run: onDay(reports.readTheReports) },
  { name: 'the supervisor signs out again', run: onDay(acts.signOut) },
  { name: 'the auditor verifies the journal', run: onDay(acts.verifyAsAuditor) },
  { name: 'the program is closed', run: onDay(closeProgram) },
  { name: 'the database proves itself; every paper carries its signed code', run: onDay(checkCopy) },
]);

if (started !== undefined && !isClosed) {
  await started.pictures.one('failed').catch((error: unknown) => console.error('no last picture:', error));
  await closeProgram(started);
  console.error(started.launched.printed());
}
await printer.close();
data.remove();

const receipts = started?.receipts ?? [];
const frozen = new Map(result?.receipts.map((receipt) => [receipt.number, receipt]));
const ok = steps.every((step) => step.ok);
const summary = {
  ok,
  steps,
  receipts: receipts.map(({ number, qr, png }) => ({
    number,
    currency: frozen.get(number)?.currency ?? null,
    totalMinor: frozen.get(number)?.totalMinor ?? null,
    qr,
    png,
  })),
  journal: {
    entries: result?.report.entries ?? 0,
    head: result?.report.head ?? null,
    verified: result?.report.ok ?? false,
  },
  database: result === undefined ? null : database,
};
writeFileSync(join(outFolder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
const failed = steps.filter((step) => !step.ok).length;
console.log(
  `${steps.length - failed} of ${steps.length} steps, ${receipts.length} receipts: ` +
    `${relative(process.cwd(), join(outFolder, 'summary.json'))}`,
);
process.exitCode = ok ? 0 : 1;
