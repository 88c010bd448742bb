import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from '@playwright/test';
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

/*
 * A day at the counter: the real program, driven by its keys and buttons, with a virtual printer beside it. Leaves
 * pictures, papers, the database and summary.json in out/demo.
 */
const outFolder = join(programFolder, 'out/demo');
const samplesFolder = join(programFolder, 'docs/samples');
const database = 'sanduq.db';

rmSync(outFolder, { recursive: true, force: true });
mkdirSync(outFolder, { recursive: true });
const samples = {
  accounts: readSample(samplesFolder, 'accounts'),
  bills: readSample(samplesFolder, 'bills'),
};
const data = freshFolder();
const printer = await startDemoPrinter();
const launched = await launchSanduq({ dataFolder: data.path, language: 'ar' });
const day: Day = {
  launched,
  page: launched.page,
  pictures: takePictures(launched.page, join(outFolder, 'screenshots')),
  printer,
  outFolder,
  samples,
  imported: importedBills(samples.accounts, samples.bills),
  receipts: [],
};
launched.page.setDefaultTimeout(15_000);

let isClosed = false;
let result: DayInDatabase | undefined;

async function closeProgram(): Promise<void> {
  isClosed = true;
  await launched.close();
}

/** What the file says must be what the papers say; and nothing may have been printed as letters. */
async function checkCopy(): Promise<void> {
  copyFileSync(join(data.path, 'data', database), join(outFolder, database));
  result = readDay(join(outFolder, database));
  expect(result.report.firstProblem).toBeNull();
  expect(printer.strayText).toBe('');
  expect(result.receipts.map(({ number, qr }) => ({ number, qr }))).toEqual(
    day.receipts.map(({ number, qr }) => ({ number, qr })),
  );
}

const steps = await runSteps([
  { name: 'first run: a demonstration municipality', run: () => acts.firstRun(day) },
  { name: 'a wrong PIN is refused', run: () => acts.wrongPin(day) },
  { name: 'the administrator looks after users and settings', run: () => acts.lookAfterSettings(day) },
  { name: 'accounts are imported from the sample file', run: () => acts.importFile(day, 'accounts') },
  { name: 'bills are imported from the sample file', run: () => acts.importFile(day, 'bills') },
  { name: 'the administrator signs out', run: () => acts.signOut(day) },
  { name: 'the cashier signs in and opens a shift with a counted float', run: () => acts.openShift(day) },
  { name: 'half a name; a typed amount pays the oldest bills', run: () => acts.payAnAmount(day) },
  { name: 'an imported citizen pays all bills', run: () => acts.payAllBills(day) },
  { name: 'a scanned bill is paid', run: () => acts.payAScannedBill(day) },
  { name: 'too much and too little are refused', run: () => acts.refusePayments(day) },
  { name: 'a marked copy of a receipt is printed', run: () => acts.printACopy(day) },
  { name: 'English and back, the guide, the lock', run: () => acts.switchLanguage(day) },
  { name: 'the counter in the dark', run: () => acts.lookInTheDark(day) },
  { name: 'the shift is closed', run: () => acts.closeShift(day) },
  { name: 'the cashier signs out', run: () => acts.signOut(day) },
  { name: 'the auditor verifies the journal', run: () => acts.verifyAsAuditor(day) },
  { name: 'the program is closed', run: closeProgram },
  { name: 'the database proves itself; every paper carries its signed code', run: checkCopy },
]);

if (!isClosed) {
  await day.pictures.one('failed').catch((error: unknown) => console.error('no last picture:', error));
  await closeProgram();
  console.error(launched.printed());
}
await printer.close();
data.remove();

const frozen = new Map(result?.receipts.map((receipt) => [receipt.number, receipt]));
const ok = steps.every((step) => step.ok);
const summary = {
  ok,
  steps,
  receipts: day.receipts.map(({ number, qr, png }) => ({
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
  `${steps.length - failed} of ${steps.length} steps, ${day.receipts.length} receipts: ` +
    `${relative(process.cwd(), join(outFolder, 'summary.json'))}`,
);
process.exitCode = ok ? 0 : 1;
