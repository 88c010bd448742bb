import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { transact } from '../../electron/db/connection.ts';
import { insertSaved } from '../../electron/documents/savedDocuments.ts';
import type { Drawing } from '../../electron/printing/drawing.ts';
import { getContent, insertPaper } from '../../electron/printing/printJobs.ts';
import type { PrintQueue } from '../../electron/printing/queue.ts';
import { demonstrationPrinter } from '../../electron/setup/demonstrationPeople.ts';
import type { PaperDocument } from '../../shared/domain/paper.ts';
import type { Settings } from '../../shared/ipc/contract.ts';
import type { Printer } from '../../shared/ipc/printing.ts';
import { Refusal } from '../../shared/errors.ts';
import type { VirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { startVirtualPrinter } from '../../scripts/printer/virtualPrinter.ts';
import { shiftReport } from './paperSamples.ts';
import type { PrintingFile } from './printingFixtures.ts';
import { cashier, openDrawing, openPrintingFile, openQueue, until } from './printingFixtures.ts';

/** Two printers: receipts on the first, whose drawer sales open; reports on the second. */
let drawing: Drawing;
let counterPrinter: VirtualPrinter;
let office: VirtualPrinter;
let file: PrintingFile;
let queue: PrintQueue & { readonly errors: unknown[] };
let settings: Pick<Settings, 'printers' | 'routes'>;

beforeAll(() => {
  drawing = openDrawing();
});
afterAll(() => drawing.close());
beforeEach(async () => {
  counterPrinter = await startVirtualPrinter();
  office = await startVirtualPrinter();
  file = openPrintingFile();
  settings = {
    printers: [printerAt('receipts', counterPrinter), { ...printerAt('office', office), drawer: null }],
    routes: { main: 'receipts', fallback: 'office', documents: { shiftReport: 'office' } },
  };
  queue = openQueue(file, drawing, 0, { settings: () => settings });
});
afterEach(async () => {
  await queue.close(0);
  await counterPrinter.close();
  await office.close();
  file.close();
});

function printerAt(id: string, { port }: VirtualPrinter): Printer {
  return { ...demonstrationPrinter, id, name: id, way: { kind: 'tcp', host: '127.0.0.1', port } };
}

function insert(subjectId: number, changes: Partial<PaperDocument> = {}): number {
  const paper = shiftReport(changes);
  return transact(file.db, (tx) => insertPaper(tx, { paper, subjectId, userId: 1, atMs: file.clock() }));
}

const becomes = (jobId: number, state: string) =>
  until(
    () => file.job(jobId).state,
    (seen) => seen === state,
  );
const codeOf = async (act: () => unknown): Promise<string | null> => {
  try {
    await act();
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

test('each document comes out on the printer that it goes to, and what it says stays with its job', async () => {
  const receipt = file.pay();
  const report = insert(1);
  const slip = insert(1, { kind: 'depositSlip', number: 'D-000001' });
  queue.nudge();
  for (const id of [receipt.jobId, report, slip]) await becomes(id, 'confirmed');
  expect([counterPrinter.papers.length, office.papers.length]).toEqual([2, 1]);
  expect(getContent(file.db, report)).toEqual(shiftReport());
  expect(file.bodies('print.sent').find(({ jobId }) => jobId === report)).toMatchObject({
    document: 'shiftReport',
    title: 'Z-KY01-000012',
    subjectId: 1,
    paymentId: null,
    printer: 'office',
  });
  // One original of one act's paper.
  expect(() => insert(1)).toThrow('UNIQUE');
});

test('a printer without paper keeps no other from printing, and says itself what is wrong', async () => {
  counterPrinter.set({ paperOut: true });
  const { jobId } = file.pay();
  const report = insert(1);
  queue.nudge();
  await becomes(report, 'confirmed');
  await becomes(jobId, 'failedNotSent');
  expect(queue.status()).toMatchObject({
    state: 'failing',
    waiting: 1,
    lastProblem: 'paperOut',
    mainId: 'receipts',
    fallbackId: 'office',
    printers: [
      { id: 'receipts', state: 'failing', waiting: 1, problem: 'paperOut', hasDrawer: true },
      { id: 'office', state: 'idle', waiting: 0, problem: null, hasDrawer: false },
    ],
  });
});

test('what waits goes to the other printer when a person says so: once, unmarked, and in the journal', async () => {
  counterPrinter.set({ paperOut: true });
  const { jobId, number } = file.pay();
  queue.nudge();
  await becomes(jobId, 'failedNotSent');
  expect(await codeOf(() => queue.move({ from: 'receipts', to: 'no', jobId: null, person: cashier }))).toBe(
    'printing.printerNotFound',
  );
  queue.move({ from: 'receipts', to: 'office', jobId: null, person: cashier });
  await becomes(jobId, 'confirmed');
  expect(office.papers).toHaveLength(1);
  expect(file.bodies('print.moved')).toMatchObject([
    { from: 'receipts', to: 'office', jobs: [{ jobId, title: number, copyNumber: 0 }] },
  ]);
  // It is on paper: it does not come out again, wherever a person sends it.
  expect(await codeOf(() => queue.move({ from: 'office', to: 'receipts', jobId, person: cashier }))).toBe(
    'printing.notMovable',
  );
  counterPrinter.set({ paperOut: false });
  queue.retry();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(counterPrinter.papers).toHaveLength(0);
});

test('copies of a report are marked and numbered, printed and saved ones in one row', async () => {
  const report = insert(1);
  queue.nudge();
  await becomes(report, 'confirmed');
  const copy = () =>
    queue.reprint({ requestId: randomUUID(), of: { jobId: report }, reason: 'lost', person: cashier });
  const first = copy();
  await becomes(first.jobId, 'confirmed');
  transact(file.db, (tx) =>
    insertSaved(tx, { jobId: report, copyNumber: 2, reason: 'lost', userId: 1, atMs: 1 }),
  );
  const third = copy();
  await becomes(third.jobId, 'confirmed');
  expect([first.copyNumber, third.copyNumber]).toEqual([1, 3]);
  // A copy is taller by its mark.
  const [original, marked] = office.papers;
  expect(marked?.height).toBeGreaterThan(original?.height ?? Infinity);
  expect(file.bodies('print.requested').map(({ copyNumber }) => copyNumber)).toEqual([1, 3]);
});

test('jobs of a printer that was taken away go where the documents go now', async () => {
  counterPrinter.set({ paperOut: true });
  const { jobId } = file.pay();
  queue.nudge();
  await becomes(jobId, 'failedNotSent');
  settings = {
    printers: settings.printers.filter(({ id }) => id === 'office'),
    routes: { main: 'office', fallback: null, documents: {} },
  };
  queue.settingsChanged();
  await becomes(jobId, 'confirmed');
  expect(office.papers).toHaveLength(1);
});

const opening = () =>
  ({ requestId: randomUUID(), reason: 'giveChange', note: '', shiftOf: () => 1, person: cashier }) as const;

test.each([
  ['with paper', {}],
  ['without paper', { paperOut: true }],
  ['with an open cover', { coverOpen: true }],
])('a sale opens the drawer once, at a printer %s', async (_, faults) => {
  counterPrinter.set(faults);
  queue.openDrawerForSale();
  await until(
    () => counterPrinter.drawerPulses,
    (pulses) => pulses === 1,
  );
  counterPrinter.set({ paperOut: false, coverOpen: false });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(counterPrinter.drawerPulses).toBe(1);
  expect(queue.status().drawerProblem).toBeNull();
});

test('who opens the drawer without a sale, and why, is written down before it opens, once for a request', async () => {
  const request = opening();
  await queue.openDrawer(request);
  await queue.openDrawer(request);
  expect(counterPrinter.drawerPulses).toBe(1);
  expect(file.bodies('drawer.opened')).toMatchObject([
    { reason: 'giveChange', note: '', shiftId: 1, printer: 'receipts', requestId: request.requestId },
  ]);
  expect(await codeOf(() => queue.openDrawer({ ...request, reason: 'checkCash' }))).toBe('request.reused');
});

test('a drawer that did not open is told and journaled, and no receipt waits for it', async () => {
  await counterPrinter.close();
  await queue.openDrawer(opening());
  expect(queue.status().drawerProblem).toMatchObject({ problem: 'refused' });
  expect(file.bodies('drawer.failed')).toMatchObject([{ printer: 'receipts', problem: 'refused' }]);
  queue.drawerSeen();
  expect(queue.status().drawerProblem).toBeNull();
  const report = insert(1);
  queue.nudge();
  await becomes(report, 'confirmed');
});

test('where no printer has a drawer, none is opened and nothing is written', async () => {
  settings = { ...settings, printers: settings.printers.map((one) => ({ ...one, drawer: null })) };
  expect(await codeOf(() => queue.openDrawer(opening()))).toBe('drawer.none');
  queue.openDrawerForSale();
  expect(file.acts()).toEqual([]);
  expect(file.db.prepare('SELECT count(*) FROM drawer_openings').pluck().get()).toBe(0);
});
